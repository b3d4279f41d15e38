"""Bad input ends in a clear message and exit 3, and leaves nothing half-written."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from openimr.cli.main import run
from openimr.synth.forge import forge_case
from openimr.synth.writers import as_text


@cache
def good_files() -> dict[str, bytes]:
    return as_text(forge_case(23))


def good_case(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for name, data in good_files().items():
        (folder / name).write_bytes(data)
    return folder


def empty_folder(path: Path) -> Path:
    path.mkdir()
    return path


def missing(path: Path) -> Path:
    return path / "nowhere"


def no_decision(path: Path) -> Path:
    good_case(path)
    for file in (*path.glob("01-*"), *path.glob("02-*")):
        file.unlink()
    return path


def junk(path: Path) -> Path:
    path.mkdir()
    (path / "records.pdf").write_bytes(bytes(range(256)) * 40)
    return path


def nothing_in_it(path: Path) -> Path:
    path.mkdir()
    (path / "records.pdf").write_bytes(b"")
    return path


def undated(path: Path) -> Path:
    path.mkdir()
    (path / "note.txt").write_text("UTILIZATION REVIEW DETERMINATION\n1. Norco #60 DENIED\n")
    return path


def nothing_asked(path: Path) -> Path:
    path.mkdir()
    text = "UTILIZATION REVIEW DETERMINATION\nDate: 03/30/2015\nThank you for your letter.\n"
    (path / "note.txt").write_text(text)
    return path


BAD: list[tuple[Callable[[Path], Path], str]] = [
    (empty_folder, "case"),
    (missing, "nowhere"),
    (no_decision, "utilization review decision"),
    (junk, "records.pdf"),
    (nothing_in_it, "records.pdf"),
    (undated, "date"),
    (nothing_asked, "no disputed item"),
]


@pytest.mark.parametrize(("make", "named"), BAD, ids=lambda part: getattr(part, "__name__", ""))
def test_bad_cases_are_refused_by_name(
    make: Callable[[Path], Path],
    named: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    case = make(tmp_path / "case")
    before = sorted(tmp_path.rglob("*"))
    assert run(["review", str(case), "--out", str(tmp_path / "out"), "--quiet"]) == 3
    message = capsys.readouterr().err
    assert named.casefold() in message.casefold()
    assert message.startswith("openimr: ")
    assert sorted(tmp_path.rglob("*")) == before


def test_one_bad_file_among_good_ones_is_said_and_the_review_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = good_case(tmp_path / "case")
    (case / "50-broken.pdf").write_bytes(b"%PDF-1.4\nbroken")
    assert run(["review", str(case), "--out", str(tmp_path / "out")]) == 0
    assert "50-broken.pdf" in capsys.readouterr().err
    letter = (tmp_path / "out/determination.txt").read_text()
    assert "50-broken.pdf" in letter


def test_an_existing_letter_stays_whole_when_the_next_review_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert run(["review", str(good_case(tmp_path / "a")), "--out", str(out), "--quiet"]) == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    bad = junk(tmp_path / "b")
    assert run(["review", str(bad), "--out", str(out), "--quiet"]) == 3
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    capsys.readouterr()


def test_a_fault_of_ours_shows_no_health_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("Norma J. Eastlund, pain 8/10")

    monkeypatch.setattr("openimr.pipeline.read_header", broken)
    case = good_case(tmp_path / "case")
    assert run(["review", str(case), "--out", str(tmp_path / "out"), "--quiet"]) == 4
    message = capsys.readouterr().err
    assert "Eastlund" not in message
    assert "OPENIMR_DEBUG" in message
