"""The commands as a user calls them: what they print, write and return."""

import json
from pathlib import Path

import pytest

from openimr.cli.main import run
from openimr.synth.forge import SCENARIOS, forge_case
from openimr.synth.writers import as_packet, as_pdf, as_text, as_zip

LETTERS = ("json", "pdf", "html", "docx", "txt")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forged") / "case"
    folder.mkdir()
    for name, data in as_text(forge_case(21)).items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def letter(case: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("letter") / "out"
    assert run(["review", str(case), "--out", str(out), "--quiet"]) == 0
    return out


def test_review_writes_the_letter_in_five_forms(letter: Path) -> None:
    written = {path.name for path in letter.iterdir()}
    assert written == {"problems.json", *(f"determination.{form}" for form in LETTERS)}
    determination = json.loads((letter / "determination.json").read_text())
    assert determination["status"] == "draft"
    assert all(item["outcome"] is None for item in determination["items"])


def test_the_same_input_gives_the_same_bytes(case: Path, letter: Path, tmp_path: Path) -> None:
    assert run(["review", str(case), "--out", str(tmp_path / "again"), "--quiet"]) == 0
    for form in LETTERS:
        name = f"determination.{form}"
        assert (tmp_path / "again" / name).read_bytes() == (letter / name).read_bytes(), form


def test_verify_proves_it_and_names_a_changed_letter(
    case: Path, letter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["verify", str(letter / "determination.json"), "--case", str(case), "--quiet"]
    assert run(call) == 0
    assert "holds" in capsys.readouterr().err
    for path in letter.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with (tmp_path / "determination.txt").open("a") as text:
        text.write("Overturned.\n")
    call[1] = str(tmp_path / "determination.json")
    assert run(call) == 1
    assert "determination.txt: is not the letter" in capsys.readouterr().out


def test_the_table_of_items_goes_to_stdout_and_talk_to_stderr(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["review", str(case), "--out", str(tmp_path / "out")]) == 0
    printed = capsys.readouterr()
    assert "suggestion" in printed.out
    assert "the physician decides" in printed.out
    assert "Draft written to" in printed.err
    assert "\x1b[" not in printed.out + printed.err


@pytest.mark.slow
def test_a_zip_and_a_packet_give_the_suggestions_of_the_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forged = forge_case(22)
    written = as_pdf(forged)
    folder, packed, packet = (tmp_path / name for name in ("folder", "case.zip", "packet.pdf"))
    folder.mkdir()
    for name, data in written.items():
        (folder / name).write_bytes(data)
    packed.write_bytes(as_zip(written))
    packet.write_bytes(as_packet(forged)["packet.pdf"])
    found = []
    for path in (folder, packed, packet):
        capsys.readouterr()
        assert run(["review", str(path), "--out", str(tmp_path / "o"), "--json", "--quiet"]) == 0
        items = json.loads(capsys.readouterr().out)["items"]
        found.append([(item["request_text"], item["suggestion"]) for item in items])
    assert found[0] == found[1] == found[2]


def test_evaluate_scores_a_packet(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", str(case), "--json", "--quiet"]) == 0
    scores = json.loads(capsys.readouterr().out)["all"]
    assert scores["topics"]["share"] == 1.0
    assert scores["criteria"]["total"] > 5


@pytest.mark.slow
@pytest.mark.parametrize("form", ["text", "pdf"])
def test_the_seed_scenarios_give_the_published_decisions(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for scenario in SCENARIOS:
        call = ["forge", "--out", str(tmp_path), "--scenario", scenario, "--format", form]
        assert run([*call, "--quiet"]) == 0
    capsys.readouterr()
    assert run(["evaluate", str(tmp_path), "--json", "--quiet"]) == 0
    scores = json.loads(capsys.readouterr().out)["all"]["suggestions"]
    assert (scores["right"], scores["total"]) == (14, 14), scores["misses"]


def test_request_prints_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["request", "Norco 10/325mg #150", "MRI lumbar spine", "--json"]) == 0
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (first["kind"], first["brand"], first["quantity"]) == ("drug", "Norco", 150)
    assert (second["kind"], second["body_parts"]) == ("imaging", ["lumbar spine"])


def test_assertion_reads_json_lines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import io

    lines = '{"text": "He denies numbness.", "concept": "numbness"}\n'
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    assert run(["assertion"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "assertion": "absent",
        "experiencer": "patient",
    }
    monkeypatch.setattr("sys.stdin", io.StringIO("not json\n"))
    assert run(["assertion"]) == 3
    assert "line 1" in capsys.readouterr().err


def test_read_shows_documents_and_facts(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = next(case.glob("*pr2*.txt"))
    assert run(["read", str(report), "--json", "--quiet"]) == 0
    records = json.loads(capsys.readouterr().out)
    text = report.read_text().split("\f")
    assert records["documents"][0]["type"] == "progress_report"
    assert records["facts"]
    for fact in records["facts"]:
        assert text[fact["page"] - 1][fact["start"] : fact["end"]] == fact["quote"]


def test_rules_list_show_and_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "list", "--json"]) == 0
    topics = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"opioid-ongoing", "duloxetine"} <= {topic["id"] for topic in topics}
    assert run(["rules", "show", "gabapentin-er", "--as-of", "2015-03-01"]) == 0
    assert "(unverified)" in capsys.readouterr().out
    assert run(["rules", "check"]) == 0
    assert run(["rules", "show", "no-such-topic"]) == 2
    capsys.readouterr()
    assert run(["rules", "show", "gabapentin-er", "--as-of", "2020-03-01"]) == 0
    shown = capsys.readouterr().out
    assert "The text that governs is ACOEM Chronic Pain Guideline" in shown
    assert "GBP-1" not in shown


def test_a_wrong_call_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review"]) == 2
    assert run(["no-such-command"]) == 2
    assert run(["review", "x", "--out", "y", "--as-of", "tomorrow"]) == 2
    assert "Usage" in capsys.readouterr().err


def test_the_rulebook_as_a_book_and_an_empty_topic(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = Path(__file__).parents[1] / "rules"
    assert run(["rules", "book", "--out", str(tmp_path / "book"), "--cases", str(cases)]) == 0
    page = (tmp_path / "book/topics/gabapentin-er.html").read_text(encoding="utf-8")
    assert "Radiculopathy with a finding" in page
    assert (tmp_path / "book/index.html").exists()
    capsys.readouterr()
    assert run(["rules", "shell", "gabapentin-er", "--as-of", "2020-03-01"]) == 0
    assert "criteria: []" in capsys.readouterr().out
    assert run(["rules", "shell", "gabapentin-er", "--as-of", "2015-03-01"]) == 2
