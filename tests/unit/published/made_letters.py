"""Letters made for tests: the labelled form, with whatever items a test wants."""

from __future__ import annotations

from dataclasses import dataclass

from openimr.model.published import PublishedLetter
from openimr.model.request import Request
from openimr.published.parse import parse_letter

HEADER = """Case Number: CM16-0990001
Date Assigned: 10/03/2016 Date of Injury: 02/19/2014
Decision Date: 11/02/2016 UR Denial Date: 09/08/2016
Priority: Standard Application
Received:
09/26/2016
"""
BODY = """HOW THE IMR FINAL DETERMINATION WAS MADE
A reviewer without a tie to the parties was chosen.
State(s) of Licensure: Texas,Ohio
Certification(s)/Specialty: Family Practice
CLINICAL CASE SUMMARY
The expert reviewer developed the following clinical case summary based on a review of the
case file, including all medical records:
{summary}
IMR ISSUES, DECISIONS AND RATIONALES
The Final Determination was based on decisions for the disputed items/services set forth below:
"""
SUMMARY = "The injured worker is a 41 year old female with low back pain."


@dataclass(frozen=True)
class Item:
    """What an item of a made letter says."""

    heading: str = "Norco 10/325mg #60"
    outcome: str = "Upheld"
    claims: str = "Decision based on MTUS Opioid Treatment 2016."
    reviewer: str = "Decision based on MTUS Opioid Treatment 2016."
    rationale: str = "Function is not on record. The request is not medically necessary."

    def lines(self) -> list[str]:
        return [
            f"{self.heading}: {self.outcome}",
            f"Claims Administrator guideline: {self.claims}",
            f"MAXIMUS guideline: {self.reviewer}",
            f"Decision rationale: {self.rationale}",
        ]


def made(*items: Item, header: str = HEADER, summary: str = SUMMARY) -> str:
    """A letter's text."""
    body = header + BODY.format(summary=summary)
    return body + "\n".join(line for item in items for line in item.lines()) + "\n"


def read(text: str) -> PublishedLetter:
    """The letter, its requests unread."""
    return parse_letter(text, parse=lambda line: Request(text=line))


def rationale_of(letter: PublishedLetter, number: int) -> str:
    return " ".join(sentence.text for sentence in letter.items[number - 1].rationale)
