"""Urine drug tests analyte by analyte: what was found against what was declared or prescribed.

Many reports give no verdict (`stated meds: norco`, `hydrocodone 700 ng/mL`, `opiates POS`), or
mark the rows that are not explained (`NOT expected`, `** not listed`). A positive is explained by a
declared drug or by one that is broken down into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from openimr.extract.passages import PageText, Reading
from openimr.model.ids import ConceptId

_URINE_TEST = ConceptId("urine_drug_test")
_EXPLAINS = {
    "hydrocodone": "hydrocodone hydromorphone norhydrocodone dihydrocodeine opiates",
    "hydromorphone": "hydromorphone opiates",
    "oxycodone": "oxycodone oxymorphone noroxycodone opiates",
    "oxymorphone": "oxymorphone opiates",
    "morphine": "morphine hydromorphone opiates",
    "codeine": "codeine morphine hydrocodone opiates",
    "fentanyl": "fentanyl norfentanyl",
    "fentanyl transdermal": "fentanyl norfentanyl",
    "buprenorphine": "buprenorphine norbuprenorphine",
    "tramadol": "tramadol",
    "tapentadol": "tapentadol",
    "methadone": "methadone eddp",
    "alprazolam": "alprazolam benzodiazepines",
    "clonazepam": "clonazepam benzodiazepines",
    "lorazepam": "lorazepam benzodiazepines",
    "temazepam": "temazepam oxazepam benzodiazepines",
    "diazepam": "diazepam nordiazepam temazepam oxazepam benzodiazepines",
    "carisoprodol": "carisoprodol meprobamate",
    "butalbital": "barbiturates",
}
"""Drug to what a test finds of it (metabolites: Reisfield et al., Clin J Pain 2007;23:254-60)."""
_ANALYTES = {
    "opiates": r"opiates?",
    "benzodiazepines": r"benzo(?:diazepine)?s?",
    "barbiturates": r"barb(?:iturate)?s?",
    "amphetamines": r"(?:meth)?amph(?:et(?:amine)?s?)?|mdma",
    "cocaine": r"cocaine|coc|benzoylecgonine",
    "cannabinoids": r"thc|cannabinoids?|marijuana",
    "alcohol": r"etg|ets|ethyl\s+(?:glucuronide|sulfate)|ethanol|alcohol",
    "heroin": r"heroin|6-?(?:mam|acetylmorphine)",
    "pcp": r"pcp|phencyclidine",
    "eddp": r"eddp",
    "meprobamate": r"meprob(?:amate)?",
    **{
        name: name
        for words in _EXPLAINS.values()
        for name in words.split()
        if name not in {"opiates", "benzodiazepines", "barbiturates", "eddp", "meprobamate"}
    },
}
_ANALYTE = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<a{n}>{pattern})" for n, pattern in enumerate(_ANALYTES.values()))
    + r")(?![\w-])",
    re.IGNORECASE,
)
_NAMES = tuple(_ANALYTES)
_ONLY_IF_FLAGGED = frozenset({"alcohol"})
"""What a prescription never explains, so that only the report's own remark makes it odd."""
_NEGATIVE = re.compile(
    r"(?<!\w)(?:neg(?:ative)?|nd|none(?:\s+(?:detected|found))?|not\s+(?:detected|found|present)|absent|undetected)\b|<\s?\d",
    re.IGNORECASE,
)
_POSITIVE = re.compile(
    r"(?<!\w)(?:pos(?:itive)?|detected|present|found)\b|(?<![\w.])\d[\d,]*(?:\.\d+)?(?![\w%])",
    re.IGNORECASE,
)
_CUTOFF = re.compile(
    r"[\s|:=(]*(?:cut-?off\W{0,3})?[\d.,]+\s*(?:[nu\u00b5]g/m?L|mcg/L)?[\s|)]*$"
    r"|(?!.*\d\s*(?:[nu\u00b5]g/m?L|mcg/L)).*(?:\s{2,}|\|\s*)$",
    re.IGNORECASE | re.DOTALL,
)
"""What stands before a cell `not detected`: the least that the test can find, and no result."""
_IS_RESULT = re.compile(r"(?:not|none)\b|nd\b|undetected", re.IGNORECASE)
_ONLY_JOINS = re.compile(r"[\s,/&|]*(?:and\s+)?(?:metabolites?)?[\s,/&|:]*", re.IGNORECASE)
_FLAGGED = re.compile(
    r"\bnot\s+(?:expected|listed|prescribed|declared|reported|on\s+(?:list|file))\b|\bunexpected\b"
    r"|\bundeclared\b|\bunlisted\b|\binconsistent\b",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"\b(?:declared|prescribed|listed|reported|expected|stated|on\s+(?:list|file))\W+(?:but\s+)?"
    r"(?:not\s+(?:found|detected|present)|absent|missing|negative)\b",
    re.IGNORECASE,
)
_DECLARED = re.compile(
    r"\b(?:stated|declared|listed|prescribed|reported|requisition|current|rx)\b[^:\n]{0,40}:(?P<list>[^\n]*)",
    re.IGNORECASE,
)
_COMMENT = re.compile(
    r"\s*(?:interpretation|comments?|summary|conclusion|impression|notes?|overall)\b", re.IGNORECASE
)
_LEAST_ANALYTES = 3


@dataclass(frozen=True, slots=True)
class _Result:
    """One analyte of the report."""

    name: str
    start: int
    end: int
    """Of its row."""
    found: bool
    flagged: bool
    missing: bool
    """Whether the row says that it should be there."""


def read_analytes(source: PageText) -> list[Reading]:
    """The report's verdict as its rows give it; empty where they do not say what was prescribed."""
    text = source.page.text
    results = sorted(_results(text), key=lambda one: one.start)
    if len(results) < _LEAST_ANALYTES:
        return []
    flagged = [one for one in results if one.missing or (one.flagged and one.found)]
    declared = _declared(source)
    explained = {name for drug in declared for name in _EXPLAINS[drug].split()}
    known = explained | _ONLY_IF_FLAGGED
    strangers = [one for one in results if declared and one.found and one.name not in known]
    odd = {one.start: one for one in (*flagged, *strangers)}
    if odd:
        return [_reading(one.start, one.end, "inconsistent", one.name) for one in odd.values()]
    tested = {one.name for one in results}
    present = {one.name for one in results if one.found}
    missing = [
        drug
        for drug in declared
        if tested & {drug, _EXPLAINS[drug].split()[0]}
        and not present & set(_EXPLAINS[drug].split())
    ]
    own = [one for one in results if one.found and one.name in explained]
    if missing:
        own_name = _EXPLAINS[missing[0]].split()[0]
        row = next(one for one in results if one.name in {missing[0], own_name})
        return [_reading(row.start, row.end, "inconsistent", f"{missing[0]} not found")]
    if not own:
        return []
    names = ", ".join(dict.fromkeys(one.name for one in own))
    return [_reading(own[0].start, own[0].end, "consistent", names)]


def _reading(start: int, end: int, result: str, detail: str) -> Reading:
    value = {"result": result, "detail": detail}
    return Reading(
        concept=_URINE_TEST,
        start=start,
        end=end,
        value=value,
        rule="laboratory.analytes",
        negatable=False,
    )


def _declared(source: PageText) -> tuple[str, ...]:
    """The drugs that the sender declared and that the test can find."""
    found: list[str] = []
    for line in _DECLARED.finditer(source.page.text):
        for mention in source.drugs_in(*line.span("list")):
            parts = (mention.drug.generic, *mention.drug.generic.split("/"))
            found += [part for part in parts if part in _EXPLAINS]
    return tuple(dict.fromkeys(found))


def _results(text: str) -> Iterator[_Result]:
    """Each analyte with its result; a list before one result shares it."""
    for line in re.finditer(r"[^\n]+", text):
        if _DECLARED.search(line[0]) or _COMMENT.match(line[0]):
            continue
        hits = list(_ANALYTE.finditer(line[0]))
        flagged = _FLAGGED.search(line[0]) is not None
        missing = _MISSING.search(line[0]) is not None
        shared: bool | None = None
        for at in reversed(range(len(hits))):
            end = hits[at + 1].start() if at + 1 < len(hits) else len(line[0])
            said = line[0][hits[at].end() : end]
            found = _found(said)
            if found is None and at + 1 < len(hits) and _ONLY_JOINS.fullmatch(said):
                found = shared
            shared = found
            if found is not None:
                name = _NAMES[int((hits[at].lastgroup or "a0")[1:])]
                start = line.start() + hits[at].start()
                yield _Result(name, start, line.end(), found, flagged, missing and not found)


def _found(said: str) -> bool | None:
    """Whether the words after an analyte say that it was found."""
    negative, positive = _NEGATIVE.search(said), _POSITIVE.search(said)
    if negative and _IS_RESULT.match(negative[0]) and _CUTOFF.match(said[: negative.start()]):
        return False
    if negative and (positive is None or negative.start() <= positive.start()):
        return False
    return True if positive else None
