"""Our own drafts: an untouched one is silent, a planted defect of each code is caught."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from openimr.adapters.casefile import read_files
from openimr.model.errors import InputError
from openimr.pipeline import load_rules, review
from openimr.quality import Checker, from_json, load_checker
from openimr.render.json import render_json
from openimr.synth.forge import forge_case
from openimr.synth.writers import as_text

Draft = dict[str, Any]
EXAMPLE = Path(__file__).parents[2] / "golden" / "example.json"
FIRST_SEED, CASES = 70_400, 12


@lru_cache(maxsize=1)
def checker() -> Checker:
    return load_checker()


def codes(draft: Draft) -> set[str]:
    return {one.code for one in checker().problems(from_json(draft, checker(), name="draft"))}


def say(place: list[dict[str, Any]], *texts: str) -> None:
    place[-1:-1] = [{"text": text, "findings": [], "facts": [], "citations": []} for text in texts]


def outcome(draft: Draft) -> Iterator[None]:
    for item in draft["items"]:
        flipped = {"support": "not_support", "not_support": "support"}.get(item["suggestion"])
        if flipped:
            item["suggestion"] = flipped
            yield


def contradicts_itself(draft: Draft) -> Iterator[None]:
    for item in draft["items"]:
        say(item["rationale"], "There is documentation of a 40% reduction of pain with it.")
        say(item["rationale"], "There is no documentation of pain relief.")
        yield


def contradicts_summary(draft: Draft) -> Iterator[None]:
    say(draft["summary"], "She complained of insomnia.")
    say(draft["items"][0]["rationale"], "There is no documentation of insomnia.")
    yield


def other_item(draft: Draft) -> Iterator[None]:
    for item in draft["items"]:
        if item["request"]["kind"] == "drug":
            say(item["rationale"], "The request for sildenafil is not supported.")
            yield


def amount(draft: Draft) -> Iterator[None]:
    for item in draft["items"]:
        quantity = item["request"]["quantity"]
        first = item["rationale"][0]
        if item["request"]["kind"] == "drug" and quantity and f"#{quantity:g}" in first["text"]:
            first["text"] = first["text"].replace(f"#{quantity:g}", f"#{quantity + 7:g}")
            yield


def drug_class(draft: Draft) -> Iterator[None]:
    say(draft["items"][0]["rationale"], "Proton pump inhibitors such as Cymbalta need care.")
    yield


def approved_use(draft: Draft) -> Iterator[None]:
    say(draft["items"][0]["rationale"], "Gralise is FDA approved for restless leg syndrome.")
    yield


def guideline_page(draft: Draft) -> Iterator[None]:
    for item in draft["items"]:
        line = item["reviewer_guideline"]
        if any(cited.startswith("MTUS Chronic Pain 2009") for cited in line["citations"]):
            line["pages"] = [*line["pages"], [131, 131]]
            yield


def edition(draft: Draft) -> Iterator[None]:
    line = draft["items"][0]["reviewer_guideline"]
    line["citations"] = ["MTUS Chronic Pain 2016, p. 3"]
    yield


def skipped(draft: Draft) -> Iterator[None]:
    for item in draft["items"]:
        if item["topics"]:
            item["reviewer_guideline"] |= {"mtus": False, "text": "Draft based on ODG Pain."}
            yield


def wide(draft: Draft) -> Iterator[None]:
    draft["items"][0]["reviewer_guideline"]["pages"] = [[74, 96]]
    yield


def missing(draft: Draft) -> Iterator[None]:
    draft["items"][0]["reviewer_guideline"]["text"] = ""
    yield


def empty(draft: Draft) -> Iterator[None]:
    draft["items"][0]["rationale"] = []
    yield


def general(draft: Draft) -> Iterator[None]:
    item = draft["items"][0]
    item["rationale"] = item["rationale"][-1:]
    item["rationale"][0]["text"] = "Guidelines recommend this treatment for a short time only."
    yield


def copied(draft: Draft) -> Iterator[None]:
    items = draft["items"]
    if len(items) > 1 and items[0]["request"]["topic_id"] != items[1]["request"]["topic_id"]:
        items[1]["rationale"] = copy.deepcopy(items[0]["rationale"])
        yield


def dates(draft: Draft) -> Iterator[None]:
    if draft["case"]["ur_decision_date"]:
        draft["case"]["application_received"] = "2001-01-01"
        yield


def taper(draft: Draft) -> Iterator[None]:
    for item in draft["items"]:
        told = [one for one in item["rationale"] if _NO_TAPER(one["text"])]
        weaned = item["request"]["topic_id"] in _WEANED and not item["request"]["modified"]
        if weaned and item["suggestion"] == "not_support" and len(told) < len(item["rationale"]):
            item["rationale"] = told
            yield


_WEANED = {"hydrocodone-apap", "fentanyl-td", "buprenorphine-td", "temazepam"}


def _NO_TAPER(text: str) -> bool:  # noqa: N802 reads as a test where it is used
    words = ("taper", "wean", "withdraw", "gradual", "step by step", "stepwise")
    return not any(word in text.lower() for word in words)


DEFECTS: dict[str, tuple[Callable[[Draft], Iterator[None]], ...]] = {
    "OUTCOME": (outcome,),
    "SELF-CONTRADICTION": (contradicts_itself,),
    "SUMMARY-CONTRADICTION": (contradicts_summary,),
    "OTHER-ITEM": (other_item,),
    "AMOUNT": (amount,),
    "DRUG-CLASS": (drug_class,),
    "APPROVED-USE": (approved_use,),
    "GUIDELINE-PAGE": (guideline_page,),
    "EDITION": (edition,),
    "MTUS-SKIPPED": (skipped,),
    "WIDE-RANGE": (wide,),
    "MISSING-PART": (missing, empty),
    "NOT-SPECIFIC": (general,),
    "COPIED-ITEM": (copied,),
    "DATES": (dates,),
    "TAPER": (taper,),
}


def planted(draft: Draft) -> Iterator[tuple[str, Draft]]:
    """One changed copy for each defect that the draft has room for."""
    for code, makers in DEFECTS.items():
        for make in makers:
            changed = copy.deepcopy(draft)
            if next(iter(make(changed)), 0) is None:
                yield code, changed


def test_the_example_is_silent() -> None:
    assert codes(json.loads(EXAMPLE.read_text(encoding="utf-8"))) == set()


def test_defects_planted_in_the_example_are_caught() -> None:
    draft = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    missed = [code for code, changed in planted(draft) if code not in codes(changed)]
    assert missed == []


@pytest.mark.parametrize(
    "document", [{}, [], {"case": 1}, {"case": {}, "items": [{}], "summary": []}]
)
def test_what_is_no_determination_is_refused(document: Any) -> None:
    with pytest.raises(InputError, match="this is no determination"):
        from_json(document, checker(), name="some.json")


@pytest.mark.slow
def test_forged_drafts_are_silent_and_every_planted_defect_is_caught(tmp_path: Path) -> None:
    rules, tried, missed, alarms = load_rules(), 0, [], []
    for seed in range(FIRST_SEED, FIRST_SEED + CASES):
        folder = tmp_path / str(seed)
        folder.mkdir()
        for name, data in as_text(forge_case(seed)).items():
            (folder / name).write_bytes(data)
        draft = json.loads(json.dumps(render_json(review(read_files(folder), rules=rules))))
        alarms += [(seed, code) for code in codes(draft)]
        for code, changed in planted(draft):
            tried += 1
            if code not in codes(changed):
                missed.append((seed, code))
    assert alarms == []
    assert missed == []
    assert tried >= 150
