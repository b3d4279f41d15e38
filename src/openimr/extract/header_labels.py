"""Labels of forms, letters and `Re:` blocks, and the values beside or below them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from openimr.extract.header_text import Line, Place, lines_of

_LABELS = {
    "date_of_birth": (
        r"(?:date\s+of\s+birth|d\.?o\.?b\.?|birth\s*-?date|born(?=\s*:|\s{2,}|\s+[A-Z0-9]))"
    ),
    "date_of_injury": (
        r"(?:date\s*\(?s?\)?\s+of\s+(?:injury|loss|accident)|d\.?o\.?i\.?|d\.?o\.?l\.?|d/i"
        r"|injury\s+date|loss\s+date|injury(?=\s*:|\s{2,}))"
    ),
    "ur_decision_date": (
        r"(?:date\s+of\s+(?:the\s+)?(?:utilization\s+review|UR)\s+(?:determination|decision|denial)(?:\s+letter)?"
        r"|(?:utilization\s+review|UR)\s+(?:decision|determination|denial)\s+date"
        r"|date\s+of\s+(?:decision|determination|notice)|(?:decision|determination|notice)\s+date"
        r"|UR\s+(?:letter(?:\s+dated)?|date)(?=\s*:|\s+\S*\d|\s{2,})"
        r"|decision\s+issued|date\s+issued|date\s+UR\s+decision\s+issued)"
    ),
    "decision": r"(?:decision|determination)(?=\s*:?\s*\d|\s*:?\s+[A-Z][a-z]+\s+\d)",
    "rfa_date": (
        r"(?:(?:date\s+of\s+)?(?:RFA|request\s+for\s+authorization)(?:\s+(?:date|dated|signed)))"
    ),
    "application_received": r"(?:(?:application|IMR)\s+received|date\s+application\s+received)",
    "claim_number": (
        r"(?:claim\s*(?:number|no\.?|num|\#|id)?|claim\s+file)"
        r"(?=\s*[:\#.]|\s+[A-Z0-9-]*\d|\s*$|\s{2,})"
    ),
    "claims_administrator": (
        r"(?:claims?\s+admin(?:istrator|\.)?|admin(?=\s*:|\s{2,})|claims(?=\s*:)|claims\s+administration|administrator|(?:insurance\s+)?carrier"
        r"|insurer|insurance(?:\s+company)?|third\s+party\s+administrator|TPA|payor|payer)"
    ),
    "employer": r"(?:employer|insured(?!\s+worker)|emp(?=\s*[:.]))",
    "ur_organization": (
        r"(?:utilization\s+review\s+organization|UR\s+(?:organization|vendor|company)|URO)"
    ),
    "requesting_physician": (
        r"(?:req(?:uesting|uest\.?|\.)?\s+(?:phys(?:ician)?|provider|doctor)\.?|requesting(?=\s*:)|prescriber|treating\s+(?:physician|provider)|primary\s+treating\s+physician"
        r"|requestor|requester|requested\s+by|physician|provider|ordering\s+(?:physician|provider)|PTP)"
    ),
    "worker": (
        r"(?:employee|patient|injured\s+(?:worker|employee)|claimant|applicant|worker|IW|pt)(?:'s)?"
    ),
    "re": r"re(?=\s*:|\s{2,})",
    "sex": r"(?:sex|gender)",
    "age": r"age(?=\s*:)",
    "company": r"company",
    "name": r"name(?=\s*[(:]|\s{2,})",
    "date": r"(?:dated?|letter\s+date)(?=\s*:|\s{2,}\d)",
    "other": (
        r"(?:phone|telephone|tel|fax|address|EAMS|ADJ|WCIS|adjuster|contact|specialty|attorney"
        r"|practice|NPI|e-?mail|our\s+file|file|reference|ref|occupation|MRN|account|acct|received"
        r"|request\s+received|city|state|zip|diagnos[ie]s|ICD|body\s+parts?|date\s+of\s+(?:service|exam\w*|visit|report)"
        r"|reviewer|signature|signed|jurisdiction\w*|member|policy|chart|DOS|SSN|reason|code)"
    ),
}
_WITH_NAME = r"(?:\s+(?:name|number|no\.?|info(?:rmation)?))?"
_LABEL = re.compile(
    r"(?<![\w'])(?:" + "|".join(f"(?P<{key}>{words})" for key, words in _LABELS.items()) + ")"
    rf"{_WITH_NAME}(?:\s*\([^()\n]{{0,45}}\))?(?P<mark>\s*[:#]|\.(?=\s)|(?=\s|$))",
    re.IGNORECASE,
)
_NEXT_LABEL = re.compile(
    r"[,;]?\s+(?:" + "|".join(words for words in _LABELS.values()) + r")"
    rf"{_WITH_NAME}(?:\s*\([^()\n]{{0,45}}\))?\s*(?:[:#]|\.\s|\s(?=\S*\d))",
    re.IGNORECASE,
)
_OTHER_DOCTOR = re.compile(
    r"\b(?:review(?:ing|er)?|peer|primary\s+care|family|consulting|evaluating|referring)\s+$",
    re.IGNORECASE,
)
"""Before `physician`: not the one who asks for the treatment."""
_SECTION = re.compile(
    r"(?P<worker>employee|patient|injured\s+worker|claimant)|(?P<physician>requesting\s+physician|physician|provider)"
    r"|(?P<administrator>claims?\s+admin)|(?P<other>claim|disputed|treatment|request|consent|reviewer)",
    re.IGNORECASE,
)
_SECTION_KEYS = {
    ("name", "worker"): "worker",
    ("name", "physician"): "requesting_physician",
    ("name", "administrator"): "claims_administrator",
    ("company", "administrator"): "claims_administrator",
}
_FREE_TEXT_WORDS = 7
"""A label without a colon whose value is longer than this is a sentence."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A value and the label it stands under."""

    key: str
    """The field, or `re`, `name`, `date`, `decision` where the label alone does not say it."""
    place: Place
    start: int
    end: int
    line: Line
    marked: bool
    """Whether a colon, a rule or a wide space parts label and value."""

    @property
    def text(self) -> str:
        """The value as written."""
        return self.place.page.text[self.start : self.end]


def labelled_values(place: Place) -> list[Labelled]:
    """Every labelled value of a page, in order."""
    lines = lines_of(place)
    found: list[Labelled] = []
    section = ""
    for index, line in enumerate(lines):
        heading = _heading(line)
        if heading:
            section = heading
        below = lines[index + 1] if index + 1 < len(lines) else None
        for value in _of_line(line, below):
            key = _SECTION_KEYS.get((value.key, section), value.key)
            found.append(Labelled(key, place, value.start, value.end, line, value.marked))
    return found


def _heading(line: Line) -> str:
    """The section a line opens: `REQUESTING PHYSICIAN INFORMATION`, or the first cell of a row."""
    text = line.text
    first = text[: line.cells()[0][1] - line.start] if line.cells() else text
    if len(first.split()) > 4 or not (first.isupper() or first.rstrip(":").istitle()):
        return ""
    found = _SECTION.match(first)
    return (found.lastgroup or "") if found else ""


def _of_line(line: Line, below: Line | None) -> Iterator[Labelled]:
    text = line.place.page.text
    labels_only = len(line.cells()) > 1 and all(
        _LABEL.fullmatch(text, *cell) for cell in line.cells()
    )
    position = line.start
    while position < line.end:
        found = _LABEL.search(text, position, line.end)
        if found is None:
            return
        position = found.end()
        if not _opens_a_cell(text, line, found) or _OTHER_DOCTOR.search(
            text, line.start, found.start()
        ):
            continue
        value = _value(line, found)
        over = found["mark"].strip() or labels_only
        if value is None and over and below is not None:
            value = _below(line, below, found)
        if value is None:
            continue
        start, end = value
        gap = text[found.end() : start]
        marked = bool(found["mark"].strip() or re.search(r"\s{2,}|[|\t]", gap) or labels_only)
        yield Labelled(_key(found), line.place, start, end, line, marked)
        if line.start <= start < line.end:
            position = max(position, end)


def _key(found: re.Match[str]) -> str:
    return next(key for key in _LABELS if found[key])


def _opens_a_cell(text: str, line: Line, found: re.Match[str]) -> bool:
    """A label starts a line or cell, or carries a colon after other words of the line."""
    before = text[line.start : found.start()]
    apart = (
        not before
        or before.endswith(("  ", "\t", "|", ", ", "; ", "("))
        or before.rstrip().endswith("|")
    )
    return apart or bool(found["mark"].strip())


def _value(line: Line, found: re.Match[str]) -> tuple[int, int] | None:
    """What follows the label in its line, up to the next label or gap."""
    text = line.place.page.text
    gap = re.compile(r"[\s.:#|]*").match(text, found.end(), line.end)
    start = gap.end() if gap else found.end()
    if start >= line.end:
        return None
    stop = re.compile(r"\s{2,}|\t|\s*\|").search(text, start, line.end)
    end = stop.start() if stop else line.end
    following = _NEXT_LABEL.search(text, start, end)
    end = following.start() if following else end
    while end > start and text[end - 1] in " ,;_":
        end -= 1
    if end <= start or not re.search(r"\w", text[start:end]):
        return None
    inner = _LABEL.match(text, start, end)
    if inner is not None and (inner["mark"].strip() or inner.end() >= end):
        return None
    if not found["mark"].strip() and len(text[start:end].split()) > _FREE_TEXT_WORDS:
        return None
    return start, end


def _below(line: Line, below: Line, found: re.Match[str]) -> tuple[int, int] | None:
    """The cell of the next line that stands under the label."""
    text = line.place.page.text
    line_start = text.rfind("\n", 0, found.start()) + 1
    below_start = text.rfind("\n", 0, below.start) + 1
    column = found.start() - line_start
    for start, end in below.cells():
        if abs(start - below_start - column) <= 3:
            inner = _LABEL.match(text, start, end)
            return None if inner is not None and inner["mark"].strip() else (start, end)
    return None
