"""The sentence of the checks: letters in, problems out; steps are put in order here only."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from openimr import __version__
from openimr.adapters.packs import pack_folders
from openimr.model.determination import GuidelineLine
from openimr.model.drug import Formulary
from openimr.model.errors import InputError
from openimr.model.ids import TopicId
from openimr.model.problem import Problem, QualityRules
from openimr.model.published import PublishedLetter
from openimr.model.request import Request, RequestVocabulary
from openimr.model.rule import Rulebook
from openimr.published.conclusion import read_conclusion
from openimr.published.said import read_said
from openimr.qa.check import Scene
from openimr.qa.checks import CHECKS
from openimr.qa.copies import Copies
from openimr.qa.letter import CheckedLetter, Item, ReadSaid, checked
from openimr.qa.run import problems
from openimr.request.grammar import parse_request
from openimr.rulebook.formulary import load_formulary
from openimr.rulebook.load import data_sha256, load_rulebook
from openimr.rulebook.quality import load_quality_rules
from openimr.rulebook.requests import load_request_vocabulary
from openimr.rulebook.said import load_said_vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Checker:
    """Everything that the checks are handed."""

    rules: QualityRules
    formulary: Formulary
    rulebook: Rulebook
    said: ReadSaid
    parse: Callable[[str], Request]

    def letter(self, letter: PublishedLetter, name: str) -> CheckedLetter:
        """A published letter as the checks see it; a draft is read by `from_json`."""
        return checked(letter, self.said, name=name)

    def problems(self, letter: CheckedLetter, copies: Copies | None = None) -> tuple[Problem, ...]:
        """What the checks find in one letter, compared with others."""
        return problems(letter, self.scene(letter, copies))

    def scene(self, letter: CheckedLetter, copies: Copies | None = None) -> Scene:
        """What the checks have besides one letter."""
        return Scene(
            rules=self.rules,
            formulary=self.formulary,
            mtus_addresses=self._addressed(letter),
            copies=copies or Copies(),
        )

    def _addressed(self, letter: CheckedLetter) -> frozenset[TopicId]:
        """The topics of the schedule's edition in force; none is known where no date is."""
        day = letter.ur_decision or letter.received
        if day is None:
            return frozenset()
        return frozenset(
            topic.id
            for topic in self.rulebook.topics
            if topic.mtus_addresses and topic.in_force(day)
        )


def load_checker(
    *,
    formulary: Formulary | None = None,
    vocabulary: RequestVocabulary | None = None,
    rulebook: Rulebook | None = None,
) -> Checker:
    """The checks with the rules shipped with the package; what is loaded already may be given."""
    formulary = formulary or load_formulary()
    vocabulary, said = vocabulary or load_request_vocabulary(), load_said_vocabulary()
    return Checker(
        rules=load_quality_rules(),
        formulary=formulary,
        rulebook=rulebook or load_rulebook(pack_folders(os.environ)),
        said=lambda text: read_said(text, said),
        parse=lambda line: parse_request(line, formulary, vocabulary),
    )


def checks_edition() -> str:
    """A name for the checks with their rules: with another one, letters must be checked again."""
    rules = data_sha256(pack_folders(os.environ))
    told = (__version__, rules, *(check.code for check in CHECKS))
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:12]


def from_json(document: Mapping[str, Any], checker: Checker, *, name: str) -> CheckedLetter:
    """A `determination.json` as the checks see it.

    Raises:
        InputError: it is no determination.
    """
    try:
        case = document["case"]
        summary = _running(document["summary"])
        return CheckedLetter(
            name=name,
            items=tuple(_items(document["items"], checker)),
            summary=summary,
            summary_said=checker.said(summary),
            injured=_day(case.get("date_of_injury")),
            ur_decision=_day(case.get("ur_decision_date")),
            received=_day(case.get("application_received")),
            is_draft=True,
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise InputError(
            "this is no determination",
            where=name,
            why=_why(error),
            remedy="give a determination.json of `openimr review`, or a published letter",
        ) from error


def from_published_json(
    document: Mapping[str, Any], checker: Checker, *, name: str
) -> CheckedLetter:
    """A published letter as a corpus keeps it (`published parse --json`), for the checks.

    Raises:
        InputError: it is no such letter.
    """
    try:
        summary = _plain(document["clinical_case_summary"])
        return CheckedLetter(
            name=name,
            items=tuple(_published_items(document["items"], checker)),
            summary=summary,
            summary_said=checker.said(summary),
            injured=_day(document["date_of_injury"]),
            ur_decision=_day(document["ur_denial_date"]),
            received=_day(document["application_received"]),
            assigned=_day(document["date_assigned"]),
            decided=_day(document["decision_date"]),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise InputError(
            "this is no letter of a corpus",
            where=name,
            why=_why(error),
            remedy="ingest the letters anew with this version",
        ) from error


def _published_items(items: Sequence[Mapping[str, Any]], checker: Checker) -> Iterator[Item]:
    for item in items:
        yield _item(
            item,
            checker,
            heading=item["heading"],
            rationale=_plain(item["rationale"]),
            is_necessary=_DECIDES.get(item["outcome"]),
            concludes=_CONCLUDES.get(item["conclusion"]),
        )


def _why(error: Exception) -> str:
    """The kind of error, and the key that is missing; a value may be text of the record."""
    missing = f": {error.args[0]}" if isinstance(error, KeyError) else ""
    return f"{type(error).__name__}{missing}"


def _items(items: Sequence[Mapping[str, Any]], checker: Checker) -> Iterator[Item]:
    for item in items:
        rationale = _running(item["rationale"])
        yield _item(
            item,
            checker,
            heading=item["request_text"],
            rationale=rationale,
            is_necessary=_DECIDES.get(item["outcome"] or item["suggestion"]),
            concludes=_concludes(rationale, decided=bool(item["outcome"])),
        )


def _item(
    item: Mapping[str, Any],
    checker: Checker,
    *,
    heading: str,
    rationale: str,
    is_necessary: bool | None,
    concludes: bool | None,
) -> Item:
    """What drafts and published letters tell alike, with what each tells in its own way."""
    return Item(
        index=item["index"],
        heading=heading,
        request=checker.parse(heading),
        is_necessary=is_necessary,
        concludes=concludes,
        claims=_line(item["claims_administrator_guideline"]),
        reviewer=_line(item["reviewer_guideline"]),
        rationale=rationale,
        said=checker.said(rationale),
    )


def _concludes(rationale: str, *, decided: bool) -> bool | None:
    """What a draft's own closing sentence suggests, or a decided item's rationale concludes."""
    if decided:
        return _CONCLUDES.get(str(read_conclusion(rationale)))
    found = _CLOSING.findall(rationale)
    return None if not found else not found[-1]


_CLOSING = re.compile(r"The criteria suggest (that the request is not supported)?")
_CONCLUDES = {"necessary": True, "not_necessary": False}
_DECIDES = {"support": True, "not_support": False, "Overturned": True, "Upheld": False}


def _line(line: Mapping[str, Any] | None) -> GuidelineLine:
    if line is None:
        return GuidelineLine(text="", mtus=False, odg=False)
    return GuidelineLine(
        text=line["text"],
        mtus=line["mtus"],
        odg=line["odg"],
        pages=tuple((first, last) for first, last in line["pages"]),
        citations=tuple(line["citations"]),
    )


def _running(sentences: Sequence[Mapping[str, Any]]) -> str:
    return _plain(" ".join(str(one["text"]) for one in sentences))


def _plain(text: str) -> str:
    return " ".join(text.split())


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
