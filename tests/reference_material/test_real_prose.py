"""Case files built on real clinical prose run through, and every fact is a quote of its page."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from openimr.adapters.casefile import read_files
from openimr.extract.facts import extract_document
from openimr.model.determination import Determination
from openimr.model.document import Document, DocumentKind
from openimr.model.evidence import Assertion, Fact
from openimr.model.ids import DocumentId
from openimr.model.text import Page, PageState
from openimr.pipeline import Rules, load_rules, review
from openimr.proof import check_quotes, check_references
from openimr.render.json import render_json
from reference import reference

pytestmark = [pytest.mark.shared, pytest.mark.slow]
NOTES_A_CASE = 12

APPLICATION = """APPLICATION FOR INDEPENDENT MEDICAL REVIEW
DWC Form IMR
Employee Name (First, MI, Last): Rosalind Q. Marchetti
Date of Birth: 03/14/1961     Date of Injury: 06/02/2009
Claim Number: ZZ-4471-09
Date of Utilization Review Determination Letter: 05/12/2015
List each specific requested medical service, good, or item that was denied or modified:
   1.  Norco 10/325mg #120
   2.  Cymbalta 60mg #30
Employee Signature: R. Marchetti     Date: 05/20/2015
"""
DECISION = """UTILIZATION REVIEW DETERMINATION
Date: 05/12/2015
Re: Rosalind Marchetti     Claim Number: ZZ-4471-09     Date of Injury: 06/02/2009
1. Norco 10/325mg #120 - DENIED
2. Cymbalta 60mg #30 - DENIED
The MTUS Chronic Pain Medical Treatment Guidelines p. 78 ask for documented relief and function.
Reviewer: P. Aldworth, MD
"""


def note_file(number: int, text: str) -> str:
    head = (
        "PRIMARY TREATING PHYSICIAN'S PROGRESS REPORT (PR-2)\n"
        f"Patient: Rosalind Marchetti     Date of exam: 04/{number + 1:02d}/2015\n\n"
    )
    return head + text


def cases() -> list[list[str]]:
    lines = reference("real-notes/notes.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    return [texts[first : first + NOTES_A_CASE] for first in range(0, len(texts), NOTES_A_CASE)]


def reviewed(texts: list[str], folder: Path) -> Determination:
    (folder / "01-application.txt").write_text(APPLICATION)
    (folder / "02-ur.txt").write_text(DECISION)
    for number, text in enumerate(texts):
        (folder / f"{number + 3:02d}-pr2.txt").write_text(note_file(number, text))
    return review(read_files(folder), rules=load_rules())


def test_cases_of_real_prose_run_through_and_resolve(tmp_path: Path) -> None:
    for number, texts in enumerate(cases()):
        folder = tmp_path / str(number)
        folder.mkdir()
        determination = reviewed(texts, folder)
        as_json = json.loads(json.dumps(render_json(determination)))
        assert len(determination.items) == 2
        assert list(check_quotes(as_json, determination.documents)) == []
        assert list(check_references(as_json)) == []


_HEAD = r"^[A-Z][A-Z /&()-]{3,60}:"
_RELATIVES = re.compile(r"(?i)\b(?:mother|father|brother|sister|aunt|uncle|grand\w+|siblings?)\b")
_PARAGRAPH_OF_FAMILY = re.compile(rf"(?ms)^FAMILY HISTORY:.*?(?=\n\s*\n|{_HEAD}|\Z)")
_OPERATION = re.compile(
    rf"(?ms)^(?:DESCRIPTION OF )?(?:PROCEDURE|OPERATION|ANESTHESIA)[A-Z ]*:.*?(?=^\s*$\n{_HEAD}|\Z)"
)
_LIVED = frozenset(
    {"adverse_effects", "functional_improvement", "pain_with_without_medication", "pain_score"}
)
"""What a patient under an anesthetic tells nobody."""


def facts_of(text: str, rules: Rules) -> tuple[str, tuple[Fact, ...]]:
    """The text of a note as a report of one page, and what is read from it."""
    page = Page(number=1, text=note_file(1, text), state=PageState.TEXT, file_page=1)
    document = Document(
        id=DocumentId("D01"),
        file="report.txt",
        sha256="",
        kind=DocumentKind.PROGRESS_REPORT,
        date=date(2015, 4, 2),
        author=None,
        pages=(page,),
    )
    facts = extract_document(document, lexicon=rules.lexicon, formulary=rules.formulary)
    return page.text, facts


def stands_in(fact: Fact, found: re.Match[str]) -> bool:
    return found.start() <= fact.provenance.start and fact.provenance.end <= found.end()


def test_notes_assert_nothing_of_relatives_operations_and_questions() -> None:
    lines = reference("real-notes/notes.jsonl").read_text(encoding="utf-8").splitlines()
    rules, wrong = load_rules(), []
    for number, line in enumerate(lines):
        text, facts = facts_of(json.loads(line)["text"], rules)
        said = [f for f in facts if f.assertion in {Assertion.PRESENT, Assertion.ABSENT}]
        families = list(_PARAGRAPH_OF_FAMILY.finditer(text))
        operations = list(_OPERATION.finditer(text))
        for fact in said:
            quote = fact.provenance.quote
            of_kin = _RELATIVES.search(quote) and any(stands_in(fact, f) for f in families)
            asleep = fact.concept in _LIVED and any(stands_in(fact, o) for o in operations)
            asked = quote.startswith(("QUESTION", "Has ", "Does ", "Is ")) and quote.endswith("?")
            if of_kin or asleep or asked:
                wrong.append(f"note {number}: {fact.concept} {fact.assertion} {quote[:120]!r}")
    assert not wrong, "\n".join(wrong)
