"""What looks like a defect and is none: a false alarm is worse than a miss."""

from __future__ import annotations

import pytest
from test_checks import NO, SPECIFIC, codes, item, letter, one

from openimr.qa.letter import CheckedLetter

NORCO = "Norco 10/325mg #90"
ESI = "Lumbar epidural steroid injection at L4-5"
RADICULITIS = "She is treated for lumbar radiculitis."
NEAR: list[tuple[str, CheckedLetter]] = [
    ("DRUG-CLASS", one("Lyrica 75mg #60", f"Alternatives to opioids such as Lyrica failed. {NO}")),
    ("DRUG-CLASS", one("Tylenol 500mg #60", f"She took non-opioids such as acetaminophen. {NO}")),
    ("DRUG-CLASS", one("Cymbalta 60mg #30", f"Cymbalta is not an SSRI. {NO}")),
    (
        "APPROVED-USE",
        one("Flexeril 10mg #60", f"Cyclobenzaprine is not FDA approved for chronic pain. {NO}"),
    ),
    (
        "APPROVED-USE",
        one("Lidoderm 5% #30", f"Lidoderm is FDA approved for neuralgia, not low back pain. {NO}"),
    ),
    (
        "APPROVED-USE",
        one(
            "Trazodone 50mg #30",
            f"Trazodone is FDA approved for depression but used for insomnia. {NO}",
        ),
    ),
    ("OTHER-SIDE", one("MRI of the left knee", f"This right-handed man's request is weak. {NO}")),
    ("OTHER-SIDE", one("MRI of the left knee", f"The request is of no use right now. {NO}")),
    (
        "OTHER-SIDE",
        one("MRI of the left knee", f"The request for MRI follows surgery of the right knee. {NO}"),
    ),
    ("AMOUNT", one(NORCO, f"Review modified the request for Norco to #45. Taper. {NO}")),
    ("AMOUNT", one(NORCO, f"Norco met the request for relief by 50%. Taper. {NO}")),
    (
        "AMOUNT",
        one("Tramadol 50mg #60", f"The request for tramadol does not exceed 400 mg. Taper. {NO}"),
    ),
    ("OTHER-ITEM", one("Soma 350mg #60", f"A prior request for Norco was denied. {NO}")),
    ("TAPER", one("Norco 5/325mg #30", f"She has not taken opioids; this is a first trial. {NO}")),
    ("TAPER", one(NORCO, f"The dose should be slowly decreased. {NO}")),
    ("TAPER", one("Norco 5/325mg #30 post-operative", f"{SPECIFIC} {NO}")),
    ("UNIT", one("Duragesic 50mcg hr #10", f"{SPECIFIC} Taper. {NO}")),
    ("UNIT", one("Duragesic 50mcglhr #10", f"{SPECIFIC} Taper. {NO}")),
    (
        "SELF-CONTRADICTION",
        one(
            "Butrans 10mcg/hr #4",
            "She had 50% pain relief from an injection. There is no documentation of pain relief"
            f" from Butrans. Taper. {NO}",
        ),
    ),
    (
        "SUMMARY-CONTRADICTION",
        letter(
            item("Ambien 10mg #30", f"There is no documentation of insomnia treatment. {NO}"),
            summary="She complained of insomnia.",
        ),
    ),
    ("NOT-SPECIFIC", one("MRI of the lumbar spine", f"The patient has no radiculopathy. {NO}")),
    ("NOT-SPECIFIC", one("Soma 350mg #60", f"Taken since 2011 for spasm of the back. {NO}")),
    ("NOT-SPECIFIC", one("Soma 350mg #60", "")),
    (
        "NOT-SPECIFIC",
        one("Prilosec 20mg #90", f"There is a lack of history of peptic ulcer. {NO}"),
    ),
    (
        "NOT-SPECIFIC",
        one("TENS unit", f"ACOEM does not recommend it for neck pain, as was present here. {NO}"),
    ),
    (
        "SELF-CONTRADICTION",
        one(ESI, f"{RADICULITIS} There is no evidence of lumbar radiculopathy. {NO}"),
    ),
    (
        "SELF-CONTRADICTION",
        one(
            ESI,
            "She was diagnosed with radicular pain. The exam findings do not show dermatomal"
            f" deficits. {NO}",
        ),
    ),
    (
        "SUMMARY-CONTRADICTION",
        letter(
            item(
                "MRI of the lumbar spine",
                "She has normal strength. She has decreased sensation of the foot, but nothing on"
                f" CT. {NO}",
            ),
            summary="The exam showed decreased sensation to the lateral foot.",
        ),
    ),
]
STILL = [
    ("TAPER", one("Duragesic 50mcg/hr #10", f"The patch releases an opioid slowly. {NO}")),
    ("UNIT", one("Fentanyl patch 50mcg q72h #10", f"{SPECIFIC} Taper. {NO}")),
    ("OTHER-SIDE", one("MRI of the left knee", f"The request for the right-knee MRI fails. {NO}")),
    (
        "NOT-SPECIFIC",
        one("Soma 350mg #60", f"The patient does not have documentation of spasm. {NO}"),
    ),
    ("AMOUNT", one("Omeprazole 20mg #60", f"The request for omeprazole 40 mg fails. {NO}")),
    (
        "NOT-SPECIFIC",
        one("Prilosec 20mg #90", f"There is no documented history of ulcer in the records. {NO}"),
    ),
    (
        "SELF-CONTRADICTION",
        one(
            ESI,
            "The record shows a true radiculopathy. There is no evidence of lumbar"
            f" radiculopathy. {NO}",
        ),
    ),
    (
        "SELF-CONTRADICTION",
        one(
            ESI,
            "The exam showed dermatomal deficits. There is no documentation of radicular pain on"
            f" exam. {NO}",
        ),
    ),
]


@pytest.mark.parametrize(("code", "told"), NEAR)
def test_a_near_miss_draws_no_alarm(code: str, told: CheckedLetter) -> None:
    assert code not in codes(told)


@pytest.mark.parametrize(("code", "told"), STILL)
def test_a_defect_beside_it_is_still_found(code: str, told: CheckedLetter) -> None:
    assert code in codes(told)
