"""The second reader from the command line to the proof: it points, the rules read, nobody is asked
again.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from openimr.adapters.casefile import read_files
from openimr.cli.main import run
from openimr.model.source import SourceFile
from openimr.pipeline import Rules, load_rules
from openimr.proof import prove
from openimr.synth.forge import forge_case
from openimr.synth.writers import as_text
from stub_server import Stub, completion, reply, serving

pytestmark = pytest.mark.slow
SAID = "She is listless on the tablets we give her."
QUOTE = "listless on the tablets"
PREFIX = "OPENIMR_SECOND_READER_"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A forged case whose reports say one more thing, in words that no rule foresees."""
    folder = tmp_path_factory.mktemp("forged") / "case"
    folder.mkdir()
    for name, data in as_text(forge_case(21)).items():
        more = f"\n\n{SAID}\n".encode() if "-pr2-" in name else b""
        (folder / name).write_bytes(data + more)
    return folder


def point(stub: Stub, line: socket.socket) -> None:
    """Answers a question as a good model would, and as a bad one would in the same breath."""
    told: Any = stub.body()
    sentences = told["messages"][1]["content"].splitlines()
    proposals = [
        {"sentence": number, "concept": concept, "quote": quote}
        for number, sentence in enumerate(sentences, start=1)
        if QUOTE in sentence
        for concept, quote in (
            ("adverse_effects", QUOTE),
            ("adverse_effects", "listless and near death"),
            ("verdict", QUOTE),
            ("urine_drug_test", QUOTE),
        )
    ]
    proposals += [{"sentence": 1, "concept": "verdict", "quote": "", "verdict": "support"}]
    reply(completion(json.dumps({"proposals": proposals, "suggestion": "support"})))(line)


@pytest.fixture(scope="module")
def letter(case: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("letter") / "out"
    with pytest.MonkeyPatch.context() as patch, serving(lambda line: point(stub, line)) as stub:
        patch.setenv(f"{PREFIX}URL", stub.url)
        patch.setenv(f"{PREFIX}MODEL", "a-model:7b")
        patch.setenv(f"{PREFIX}KEY", "sesame")
        call = ["review", str(case), "--out", str(out), "--second-reader", "--quiet"]
        assert run(call) == 0
        assert stub.requests
    return out


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_rules()


@pytest.fixture(scope="module")
def files(case: Path) -> tuple[SourceFile, ...]:
    return read_files(case)


def determination(letter: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((letter / "determination.json").read_text())
    return told


def test_its_facts_carry_their_origin_and_stand_on_the_page(letter: Path) -> None:
    told = determination(letter)
    pointed = [fact for fact in told["facts"] if fact["origin"] == "second_reader"]
    assert pointed
    for fact in pointed:
        assert fact["quote"] == SAID
        assert fact["value"]["effect"] == "sedation"
        assert fact["rule"].startswith("second_reader.")
    reading = told["second_reading"]
    assert reading["reader"] == "a-model:7b"
    assert len(reading["proposals"]) == len(pointed)
    assert {one["quote"] for one in reading["proposals"]} == {QUOTE}
    dropped = reading["dropped"]
    assert dropped["its words do not stand in the sentence it names"] == len(pointed)
    assert dropped["its words hold no value that the rules can read"] == len(pointed)
    assert dropped["says more than a quote, its sentence and its concept"] == reading["questions"]
    assert dropped["names no concept that may be proposed"] == len(pointed)


def test_the_letter_says_that_one_was_asked_and_shows_no_secret(letter: Path) -> None:
    text = " ".join((letter / "determination.txt").read_text().split())
    assert "A language model (a-model:7b) was asked as a second reader" in text
    assert "with no statistical or language model" not in text
    for path in letter.iterdir():
        assert b"sesame" not in path.read_bytes()
        assert b"near death" not in path.read_bytes()


def test_it_is_proved_without_anybody_to_ask(
    case: Path, letter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the proof speaks to the network")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    call = ["verify", str(letter / "determination.json"), "--case", str(case), "--quiet"]
    assert run(call) == 0


def forge_quote(told: dict[str, Any]) -> None:
    told["second_reading"]["proposals"][0]["quote"] = "cheerful on the tablets"


def forge_concept(told: dict[str, Any]) -> None:
    told["second_reading"]["proposals"][0]["concept"] = "urine_drug_test"


def forge_place(told: dict[str, Any]) -> None:
    told["second_reading"]["proposals"][0]["page"] = 99


def drop_proposals(told: dict[str, Any]) -> None:
    told["second_reading"]["proposals"].clear()


def deny_the_reader(told: dict[str, Any]) -> None:
    told["second_reading"] = None


def spoil(told: dict[str, Any]) -> None:
    told["second_reading"] = {"reader": 7, "proposals": ["x"]}


def hide_the_origin(told: dict[str, Any]) -> None:
    for fact in told["facts"]:
        fact["origin"] = "rules"


@pytest.mark.parametrize(
    "change",
    [forge_quote, forge_concept, forge_place, drop_proposals, deny_the_reader, spoil,
     hide_the_origin],
)  # fmt: skip
def test_a_changed_reading_does_not_hold(
    files: tuple[SourceFile, ...], rules: Rules, letter: Path, change: Callable[[Any], None]
) -> None:
    told = determination(letter)
    change(told)
    _, problems = prove(told, files, rules=rules)
    assert problems


def test_it_is_off_by_default(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(lambda line: point(stub, line)) as stub:
        monkeypatch.setenv(f"{PREFIX}URL", stub.url)
        monkeypatch.setenv(f"{PREFIX}MODEL", "a-model")
        assert run(["review", str(case), "--out", str(tmp_path / "out"), "--quiet"]) == 0
        assert stub.requests == []
    assert determination(tmp_path / "out")["second_reading"] is None


def test_a_reader_that_breaks_costs_nothing_but_itself(
    case: Path, letter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(reply(b"x", status="500 No")) as stub:
        monkeypatch.setenv(f"{PREFIX}URL", stub.url)
        monkeypatch.setenv(f"{PREFIX}MODEL", "a-model")
        call = ["review", str(case), "--out", str(tmp_path / "out"), "--second-reader", "--quiet"]
        assert run(call) == 0
        assert len(stub.requests) == 3
    reading = determination(tmp_path / "out")["second_reading"]
    assert reading["unanswered"]["the server answers with status 500"] == 3
    assert sum(reading["unanswered"].values()) == reading["questions"]
    assert len(determination(tmp_path / "out")["items"]) == len(determination(letter)["items"])


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({}, "OPENIMR_SECOND_READER_URL"),
        ({"URL": "http://127.0.0.1:9/v1"}, "OPENIMR_SECOND_READER_MODEL"),
        ({"URL": "http://8.8.8.8/v1", "MODEL": "m"}, "not on this machine or a private network"),
    ],
)
def test_a_wrong_address_is_told_before_anything_is_read(
    case: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    variables: dict[str, str],
    named: str,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(f"{PREFIX}{name}", value)
    call = ["review", str(case), "--out", str(tmp_path / "out"), "--second-reader", "--quiet"]
    assert run(call) == 2
    assert named in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
