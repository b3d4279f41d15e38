"""Scores a determination against the truth file of its packet.

A truth file is written by someone who knows what the record holds; every disagreement is listed
with what was expected, so that a score can be argued with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from openimr.model.document import Document

Json = Mapping[str, Any]
_REQUEST_NAMES = {
    "frequency_per_week": "per_week",
    "total_visits": "visits",
    "modality": "procedure",
    "body_part": "body_parts",
    "side": "laterality",
}
"""Names that truth files use for fields of a request, and the contract's."""
_REQUEST_FIELDS = frozenset(
    {
        "generic",
        "brand",
        "strength",
        "quantity",
        "refills",
        "per_week",
        "weeks",
        "visits",
        "body_parts",
        "laterality",
        "procedure",
        "retrospective",
    }
)
"""What is compared. `form` is left out (the contract gives it only if the line writes it), as are
values computed from the request rather than read from it."""
_QUOTE_MATCH = 82
"""rapidfuzz partial ratio from which a quote of a scanned page counts as found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many were right of how many, and what was not."""

    right: int = 0
    total: int = 0
    misses: tuple[str, ...] = ()

    @property
    def share(self) -> float | None:
        """Right of total; None of nothing."""
        return None if self.total == 0 else self.right / self.total

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            right=self.right + other.right,
            total=self.total + other.total,
            misses=self.misses + other.misses,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """All scores of one packet."""

    packet: str
    requests: Tally = field(default_factory=Tally)
    topics: Tally = field(default_factory=Tally)
    facts: Tally = field(default_factory=Tally)
    """Truth facts that have a fact of ours at their place."""
    assertions: Tally = field(default_factory=Tally)
    """Of the facts found, those meant the same way."""
    criteria: Tally = field(default_factory=Tally)
    suggestions: Tally = field(default_factory=Tally)
    suggestions_first_choice: Tally = field(default_factory=Tally)
    """Without the alternatives that the truth file allows."""
    flips: Tally = field(default_factory=Tally)
    certificates: Tally = field(default_factory=Tally)
    """Certificates that claim the absence of nothing the truth places on a page.

    One that marks possible evidence for the reviewer claims no absence, if it shows the page.
    """
    pointed: Tally = field(default_factory=Tally)
    """Of all 'not documented' against the truth, those that show the page among their nearest."""


MEASURES = (
    "requests",
    "topics",
    "facts",
    "assertions",
    "criteria",
    "suggestions",
    "suggestions_first_choice",
    "flips",
    "certificates",
    "pointed",
)


def score_packet(
    packet: str, truth: Json, determination: Json, documents: Sequence[Document]
) -> Score:
    """Score one determination (as JSON) against its truth.

    Args:
        packet: the packet's name, for the list of misses.
        truth: the packet's `truth.json`.
        determination: `determination.json` of the same packet.
        documents: as intake read them, for finding the truth's quotes on their pages.
    """
    places = _Places(documents)
    score = Score(packet=packet)
    facts, assertions = _score_facts(truth.get("facts", ()), determination["facts"], places)
    tallies: dict[str, Tally] = {"facts": facts, "assertions": assertions}
    ours_by_index = _pair_items(truth["items"], determination["items"])
    for index, item in enumerate(truth["items"]):
        scored = _score_item(item, ours_by_index.get(index), determination, places)
        for measure, tally in scored.items():
            tallies[measure] = tallies.get(measure, Tally()) + tally
    return Score(packet=score.packet, **tallies)


def total(scores: Iterable[Score]) -> Score:
    """All packets together."""
    sums = {measure: Tally() for measure in MEASURES}
    for score in scores:
        for measure in MEASURES:
            sums[measure] += getattr(score, measure)
    return Score(packet="all", **sums)


def _pair_items(truth: Sequence[Json], ours: Sequence[Json]) -> dict[int, Json]:
    """Pair items by their wording, each of ours once."""
    left = list(ours)
    pairs: dict[int, Json] = {}
    for index, item in enumerate(truth):
        if not left:
            break
        best = max(left, key=lambda other: fuzz.ratio(item["request_text"], other["request_text"]))
        if fuzz.ratio(item["request_text"], best["request_text"]) >= 60:
            pairs[index] = best
            left.remove(best)
    return pairs


def _score_item(
    truth: Json, ours: Json | None, determination: Json, places: _Places
) -> dict[str, Tally]:
    label = truth["request_text"]
    if ours is None:
        missing = Tally(total=1, misses=(f"{label}: the item was not found in the case file",))
        criteria = Tally(total=len(truth.get("criteria", ())), misses=(f"{label}: no item",))
        return {"suggestions": missing, "topics": missing, "criteria": criteria}
    findings = {finding["criterion"]: finding for finding in ours["findings"]}
    accepted = [truth["expected"], *(truth.get("alt_accept") or ())]
    certificates, pointed = _score_certificates(truth, findings, determination, places)
    return {
        "requests": _score_request(truth.get("parse") or {}, ours["request"], label),
        "topics": _one(ours["request"]["topic_id"], [truth["topic_id"]], f"{label}: topic"),
        "criteria": _score_criteria(truth, findings),
        "suggestions": _one(ours["suggestion"], accepted, f"{label}: suggestion"),
        "suggestions_first_choice": _one(ours["suggestion"], accepted[:1], f"{label}: suggestion"),
        "flips": _score_flip(truth, ours),
        "certificates": certificates,
        "pointed": pointed,
    }


def _one(value: object, accepted: Sequence[object], label: str) -> Tally:
    if value in accepted:
        return Tally(right=1, total=1)
    return Tally(total=1, misses=(f"{label}: {value}, expected {accepted[0]}",))


def _score_request(truth: Json, ours: Json, label: str) -> Tally:
    tally = Tally()
    for name, expected in truth.items():
        key = _REQUEST_NAMES.get(name, name)
        if key in _REQUEST_FIELDS:
            value = ours.get(key)
            wanted = [expected] if key == "body_parts" and isinstance(expected, str) else expected
            if key == "refills" and value is None and wanted == 0:
                value = 0
            tally += _one(value, [wanted], f"{label}: {key}")
    return tally


def _score_criteria(truth: Json, findings: Mapping[str, Json]) -> Tally:
    tally = Tally()
    for criterion in truth.get("criteria", ()):
        accepted = [criterion["value"], *(criterion.get("also_accept") or ())]
        ours = findings.get(criterion["id"])
        value = None if ours is None else ours["value"]
        tally += _one(value, accepted, f"{truth['request_text']}: {criterion['id']}")
    return tally


def _score_flip(truth: Json, ours: Json) -> Tally:
    if "flip" not in truth:
        return Tally()
    wanted = sorted(truth["flip"])
    found = sorted({criterion for flip in ours["flip"] for criterion in flip})
    return _one(found, [wanted], f"{truth['request_text']}: flip")


def _score_certificates(
    truth: Json, findings: Mapping[str, Json], determination: Json, places: _Places
) -> tuple[Tally, Tally]:
    """Count 'not documented' findings against what the truth places on readable pages."""
    certificates = {certificate["id"]: certificate for certificate in determination["certificates"]}
    honest, pointed = Tally(), Tally()
    for criterion in truth.get("criteria", ()):
        finding = findings.get(criterion["id"])
        if finding is None or not finding.get("certificate"):
            continue
        spots = places.spots(criterion.get("evidence") or ())
        accepted = [criterion["value"], *(criterion.get("also_accept") or ())]
        claims = finding["value"] in {"not_documented", "unknown", "absent"}
        if not claims or finding["value"] in accepted or not spots:
            honest += Tally(right=1, total=1)
            continue
        label = f"{truth['request_text']}: {criterion['id']} claimed absent"
        certificate = certificates[finding["certificate"]]
        shown = {(near["document"], near["page"]) for near in certificate["nearest"]}
        seen = any((document, page) in shown for document, page, _, _ in spots)
        misses = (f"{label}: {criterion['value']} on {spots}",)
        if certificate["claims_absence"] or not seen:
            honest += Tally(total=1, misses=misses)
        else:
            honest += Tally(right=1, total=1)
        pointed += Tally(right=int(seen), total=1, misses=() if seen else (label,))
    return honest, pointed


def _score_facts(
    truth: Sequence[Json], ours: Sequence[Json], places: _Places
) -> tuple[Tally, Tally]:
    by_page: dict[tuple[str, int], list[Json]] = {}
    for fact in ours:
        by_page.setdefault((fact["document"], fact["page"]), []).append(fact)
    found, agreed = Tally(), Tally()
    for fact in truth:
        spots = places.spots([fact])
        if not spots:
            continue
        touching = [
            other
            for document, page, start, end in spots
            for other in by_page.get((document, page), ())
            if other["start"] < end and other["end"] > start
        ]
        label = f"{fact['concept']} ({fact['file']} p. {fact['page']})"
        found += Tally(
            right=int(bool(touching)), total=1, misses=() if touching else (f"{label}: no fact",)
        )
        if touching:
            assertions = sorted({other["assertion"] for other in touching})
            right = fact.get("status") in assertions
            miss = f"{label}: {'/'.join(assertions)}, expected {fact.get('status')}"
            agreed += Tally(right=int(right), total=1, misses=() if right else (miss,))
    return found, agreed


class _Places:
    """Finds a truth file's quotes on the pages as intake read them."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._by_file: dict[str, list[tuple[Document, int]]] = {}
        for document in documents:
            stem = _stem(document.file)
            for page in document.pages:
                self._by_file.setdefault(stem, []).append((document, page.number))

    def spots(self, evidence: Iterable[Json]) -> list[tuple[str, int, int, int]]:
        """(document, page, start, end) of each quote that stands on a readable page."""
        return [spot for entry in evidence if (spot := self._spot(entry)) is not None]

    def _spot(self, entry: Json) -> tuple[str, int, int, int] | None:
        if not entry.get("file") or not entry.get("quote"):
            return None
        for document, number in self._by_file.get(_stem(entry["file"]), ()):
            page = document.page(number)
            if page.file_page != entry["page"]:
                continue
            span = _locate(entry["quote"], page.text)
            if span is not None:
                return str(document.id), number, *span
        return None


def _stem(name: str) -> str:
    return name.rsplit("/", 1)[-1].rsplit(".", 1)[0].casefold()


def _locate(quote: str, text: str) -> tuple[int, int] | None:
    """Where a quote stands; white space may differ, and OCR slips are forgiven."""
    words = [re.escape(word) for word in quote.split()]
    exact = re.search(r"\s+".join(words), text)
    if exact is not None:
        return exact.span()
    if len(quote) < 8:
        return None
    near = fuzz.partial_ratio_alignment(" ".join(quote.split()), text, score_cutoff=_QUOTE_MATCH)
    return None if near is None else (near.dest_start, near.dest_end)
