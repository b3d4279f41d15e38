"""Every check fires on what it is for, and stays silent beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

import pytest

from openimr.model.problem import Problem
from openimr.model.published import Conclusion
from openimr.published.conclusion import read_conclusion
from openimr.published.guideline import read_guideline
from openimr.qa.checks import CHECKS
from openimr.qa.copies import Copies
from openimr.qa.letter import CheckedLetter, Item
from openimr.quality import Checker, load_checker

MTUS = "Decision based on MTUS Chronic Pain Treatment Guidelines Opioids Page(s): 78-80."
MTUS_OF_2016 = "Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s): Opioids."
SECTION = "Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s):"
EXCEEDED = "9-10 visits are advised. The requested number of visits exceeds them."
SHOULDER = "Decision based on MTUS Shoulder Complaints 2004, Section(s): Special Studies."
ODG = "Decision based on Non-MTUS Citation Official Disability Guidelines, Pain Chapter."
SPECIFIC = "The patient rated her pain 7/10 on 03/02/2015."
NO = "The request is not medically necessary."
YES = "The request is medically necessary."


@lru_cache(maxsize=1)
def checker() -> Checker:
    return load_checker()


def item(
    heading: str, rationale: str, *, upheld: bool = True, line: str = MTUS, index: int = 1
) -> Item:
    conclusion = read_conclusion(rationale)
    return Item(
        index=index,
        heading=heading,
        request=checker().parse(heading),
        is_necessary=not upheld,
        concludes=None if conclusion is None else conclusion is Conclusion.NECESSARY,
        claims=read_guideline(MTUS),
        reviewer=read_guideline(line),
        rationale=rationale,
        said=checker().said(rationale),
    )


def letter(*items: Item, summary: str = "", **dates: date) -> CheckedLetter:
    numbered = tuple(replace(one, index=place) for place, one in enumerate(items, 1))
    return CheckedLetter(
        name="letter",
        items=numbered,
        summary=summary,
        summary_said=checker().said(summary),
        injured=dates.get("injured"),
        ur_decision=dates.get("ur_decision"),
        received=dates.get("received"),
    )


def found(told: CheckedLetter, *others: CheckedLetter) -> tuple[Problem, ...]:
    return checker().problems(told, Copies(others))


def codes(told: CheckedLetter, *others: CheckedLetter) -> set[str]:
    return {problem.code for problem in found(told, *others)}


def one(heading: str, rationale: str, **more: object) -> CheckedLetter:
    return letter(item(heading, rationale, **more))  # type: ignore[arg-type]


ROUTINE = (
    "Opioids in long use call for review of relief, function, side effects and adherence at each"
    " visit, by a scale that can be compared from one month to the next."
)
PAIRS = {
    "OUTCOME": (
        one("Norco 10/325mg #90", f"{SPECIFIC} A taper is planned. {YES}"),
        one("Norco 10/325mg #90", f"{SPECIFIC} A taper is planned. {NO}"),
    ),
    "SELF-CONTRADICTION": (
        one(
            "Butrans 10mcg/hr #4",
            "There is documentation of a 40% reduction of pain with the patch. There is no"
            f" documentation of pain relief. She should be weaned. {NO}",
        ),
        one(
            "Butrans 10mcg/hr #4",
            "There is documentation of a 40% reduction of pain with the patch. There is no"
            f" documentation of functional improvement. She should be weaned. {NO}",
        ),
    ),
    "SUMMARY-CONTRADICTION": (
        letter(
            item("Ambien 10mg #30", f"{SPECIFIC} There is no documentation of insomnia. {NO}"),
            summary="She complained of insomnia and of anxiety.",
        ),
        letter(
            item("Ambien 10mg #30", f"{SPECIFIC} There is no documentation of insomnia. {NO}"),
            summary="She denied insomnia and complained of anxiety.",
        ),
    ),
    "OTHER-ITEM": (
        one("Omeprazole 20mg #60", f"{SPECIFIC} The request for tramadol is not supported. {NO}"),
        one("Omeprazole 20mg #60", f"{SPECIFIC} The request for Prilosec is not supported. {NO}"),
    ),
    "OTHER-SIDE": (
        one("MRI of the left knee", f"{SPECIFIC} The request for the right knee fails. {NO}"),
        one("MRI of the left knee", f"{SPECIFIC} The right knee is well. MRI is refused. {NO}"),
    ),
    "AMOUNT": (
        one("Omeprazole 20mg #60", f"{SPECIFIC} The request for omeprazole 20mg #30 fails. {NO}"),
        one("Omeprazole 20mg #60", f"{SPECIFIC} The request for omeprazole 20mg #60 fails. {NO}"),
    ),
    "QUANTITY": (
        one("Cymbalta 60mg #300", f"{SPECIFIC} {YES}", upheld=False),
        one("Cymbalta 60mg #30", f"{SPECIFIC} {YES}", upheld=False),
    ),
    "UNIT": (
        one("Duragesic patch 50ug #10", f"{SPECIFIC} She should be weaned. {NO}"),
        one("Duragesic patch 50mcg/hr #10", f"{SPECIFIC} She should be weaned. {NO}"),
    ),
    "CUMULATIVE-DOSE": (
        one("Duragesic patch 100mcg/hr #10", f"{SPECIFIC} She should be weaned. {NO}"),
        one("Duragesic patch 100mcg/hr #10", f"{SPECIFIC} At 240 mg MED she must wean. {NO}"),
    ),
    "COMBINATION": (
        letter(
            item("Norco 10/325mg #60", f"{SPECIFIC} A taper is advised. {NO}"),
            item("Xanax 1mg #30", f"{SPECIFIC} Tapering is advised. {NO}"),
        ),
        letter(
            item("Norco 10/325mg #60", f"{SPECIFIC} A taper is advised. {NO}"),
            item("Xanax 1mg #30", f"{SPECIFIC} With opioids respiratory depression; taper. {NO}"),
        ),
    ),
    "TAPER": (
        one("Norco 10/325mg #60", f"{SPECIFIC} {NO}"),
        one("Norco 10/325mg #60", f"{SPECIFIC} {YES}", upheld=False),
    ),
    "DRUG-CLASS": (
        one("Cymbalta 60mg #30", f"{SPECIFIC} SSRIs such as Cymbalta are not first choice. {NO}"),
        one("Cymbalta 60mg #30", f"{SPECIFIC} SNRIs such as Cymbalta are a choice. {NO}"),
    ),
    "APPROVED-USE": (
        one("Gralise 600mg #60", f"{SPECIFIC} Gralise is FDA approved for restless legs. {NO}"),
        one("Gralise 600mg #60", f"{SPECIFIC} Gralise is FDA approved for neuralgia. {NO}"),
    ),
    "GUIDELINE-PAGE": (
        one("Soma 350mg #60", f"{SPECIFIC} {NO}", line=MTUS.replace("78-80", "131")),
        one("Soma 350mg #60", f"{SPECIFIC} {NO}", line=MTUS.replace("78-80", "127")),
    ),
    "EDITION": (
        letter(
            item("Soma 350mg #60", f"{SPECIFIC} {NO}", line=MTUS_OF_2016),
            ur_decision=date(2015, 3, 1),
        ),
        letter(item("Soma 350mg #60", f"{SPECIFIC} {NO}"), ur_decision=date(2015, 3, 1)),
    ),
    "MTUS-SKIPPED": (
        letter(
            item("Norco 10/325mg #60", f"{SPECIFIC} Taper. {NO}", line=ODG),
            ur_decision=date(2015, 3, 1),
        ),
        letter(item("Norco 10/325mg #60", f"{SPECIFIC} Taper. {NO}"), ur_decision=date(2015, 3, 1)),
    ),
    "WIDE-RANGE": (
        one("Soma 350mg #60", f"{SPECIFIC} {NO}", line=MTUS.replace("78-80", "74-96")),
        one("Soma 350mg #60", f"{SPECIFIC} {NO}"),
    ),
    "MISSING-PART": (
        one("Soma 350mg #60", f"{SPECIFIC} {NO}", line=""),
        one("Soma 350mg #60", f"{SPECIFIC} {NO}"),
    ),
    "NOT-SPECIFIC": (
        one("Soma 350mg #60", f"Guidelines do not recommend muscle relaxants for long use. {NO}"),
        one("Soma 350mg #60", f"She has taken it since 2011. {NO}"),
    ),
    "COPIED-ITEM": (
        letter(
            item("Norco 10/325mg #60", f"{ROUTINE} {SPECIFIC} Taper. {NO}"),
            item("Soma 350mg #60", f"{ROUTINE} {SPECIFIC} {NO}"),
        ),
        letter(
            item("Norco 10/325mg #60", f"{ROUTINE} {SPECIFIC} Taper. {NO}"),
            item("Soma 350mg #60", f"She has taken it since 2011 and dozes at work. {NO}"),
        ),
    ),
    "DATES": (
        letter(
            item("Soma 350mg #60", f"{SPECIFIC} {NO}"),
            ur_decision=date(2015, 3, 1),
            received=date(2015, 2, 1),
        ),
        letter(
            item("Soma 350mg #60", f"{SPECIFIC} {NO}"),
            ur_decision=date(2015, 3, 1),
            received=date(2015, 4, 1),
        ),
    ),
    "TOLD-DATE": (
        letter(
            item("Soma 350mg #60", f"{SPECIFIC} {NO}"),
            summary="The Request for Authorization was dated 04/02/2015.",
            ur_decision=date(2015, 3, 1),
        ),
        letter(
            item("Soma 350mg #60", f"{SPECIFIC} {NO}"),
            summary="The Request for Authorization was dated 02/02/2015.",
            ur_decision=date(2015, 3, 1),
        ),
    ),
    "RECORD-DENIED": (
        letter(
            item("Soma 350mg #60", f"{SPECIFIC} There is no documentation of muscle spasm. {NO}"),
            summary="Examination showed spasms of the paravertebral muscles.",
        ),
        letter(
            item("Soma 350mg #60", f"{SPECIFIC} There is no documentation of muscle spasm. {NO}"),
            summary="Examination showed tender muscles but no spasms.",
        ),
    ),
    "DURATION": (
        letter(
            item("Soma 350mg #60", f"She has been on Soma for at least 6 months. {NO}"),
            injured=date(2015, 2, 1),
            ur_decision=date(2015, 3, 1),
        ),
        letter(
            item("Soma 350mg #60", f"She has been on Soma for at least 3 weeks. {NO}"),
            injured=date(2015, 2, 1),
            ur_decision=date(2015, 3, 1),
        ),
    ),
    "OTHER-PATIENT": (
        letter(
            item("Soma 350mg #60", f"{SPECIFIC} He has no spasm. {NO}"),
            summary="This is a 51-year-old female with back pain.",
        ),
        letter(
            item("Soma 350mg #60", f"{SPECIFIC} She has no spasm. {NO}"),
            summary="This is a 51-year-old female with back pain.",
        ),
    ),
    "OTHER-PART": (
        one("MRI of the knee", f"{SPECIFIC} The request for MRI of the shoulder is refused. {NO}"),
        one("MRI of the knee", f"{SPECIFIC} The request for MRI of the left knee is refused. {NO}"),
    ),
    "STRENGTH": (
        one("Baclofen 100mg #30", f"{SPECIFIC} {NO}"),
        one("Baclofen 20mg #30", f"{SPECIFIC} {NO}"),
    ),
    "DIRECTIONS": (
        one("Soma 350mg one tablet twice daily 14 days #40", f"{SPECIFIC} {NO}"),
        one("Soma 350mg one tablet twice daily 14 days #28", f"{SPECIFIC} {NO}"),
    ),
    "MTUS-NOT-SILENT": (
        one("MRI of the left shoulder", f"{SPECIFIC} The MTUS is silent. {NO}", line=SHOULDER),
        one("MRI of the left shoulder", f"{SPECIFIC} The MTUS is silent. {NO}", line=ODG),
    ),
    "OTHER-CHAPTER": (
        one("MRI of the left knee", f"{SPECIFIC} {NO}", line=SHOULDER),
        one("MRI of the left shoulder", f"{SPECIFIC} {NO}", line=SHOULDER),
    ),
    "OTHER-CLASS": (
        one("Ambien 10mg #30", f"{SPECIFIC} {NO}", line=f"{SECTION} Muscle relaxants (for pain)."),
        one("Soma 350mg #60", f"{SPECIFIC} {NO}", line=f"{SECTION} Muscle relaxants (for pain)."),
    ),
    "VISITS": (
        one(
            "Physical therapy 6 visits",
            f"{SPECIFIC} {EXCEEDED} {NO}",
        ),
        one(
            "Physical therapy 12 visits",
            f"{SPECIFIC} {EXCEEDED} {NO}",
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("code", PAIRS)
def test_fires(code: str) -> None:
    assert code in codes(PAIRS[code][0])


@pytest.mark.parametrize("code", PAIRS)
def test_stays_silent(code: str) -> None:
    assert code not in codes(PAIRS[code][1])


def test_the_same_text_as_another_letter() -> None:
    told = one("Norco 10/325mg #60", f"{ROUTINE} {SPECIFIC} Taper. {NO}")
    other = replace(told, name="CM15-0000009")
    assert "COPIED-LETTER" in codes(told, told, other)
    assert "COPIED-LETTER" not in codes(told, told)


def test_every_check_has_a_pair() -> None:
    assert {check.code for check in CHECKS} == {*PAIRS, "COPIED-LETTER"}


@pytest.mark.parametrize("code", PAIRS)
def test_a_quote_stands_in_the_letter(code: str) -> None:
    told = PAIRS[code][0]
    for problem in found(told):
        item_of = told.items[problem.item - 1] if problem.item else None
        if problem.start is not None and item_of is not None:
            assert item_of.rationale.startswith(problem.quote, problem.start) or (
                problem.quote in item_of.rationale
            )


def test_late_by_a_day_beyond_the_mail() -> None:
    told = PAIRS["DATES"][1]
    on_time = replace(told, received=date(2015, 4, 5))
    late = replace(told, received=date(2015, 4, 6))
    assert "DATES" not in codes(on_time)
    assert "DATES" in codes(late)


def test_a_study_outside_the_schedule_skips_nothing() -> None:
    head = letter(
        item("CT scan of the head", f"{SPECIFIC} {NO}", line=ODG), ur_decision=date(2015, 3, 1)
    )
    spine = letter(
        item("CT scan of the lumbar spine", f"{SPECIFIC} {NO}", line=ODG),
        ur_decision=date(2015, 3, 1),
    )
    assert "MTUS-SKIPPED" not in codes(head)
    assert "MTUS-SKIPPED" in codes(spine)
