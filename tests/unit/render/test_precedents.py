"""The sheet of decided items that lies beside a draft."""

from __future__ import annotations

import json
from datetime import date

from example_case import draft
from openimr.model.precedent import Precedent, Precedents, Statement
from openimr.model.published import Polarity
from openimr.model.ruling import Outcome
from openimr.render.precedents import NOTE, precedent_files

HOSTILE = "<script>alert(1)</script> & co"
FOUND = Precedents(
    same="drug tramadol",
    upheld_count=1200,
    overturned_count=1,
    upheld=(),
    overturned=(
        Precedent(
            item="CM15-0000001/2",
            heading=HOSTILE,
            outcome=Outcome.OVERTURNED,
            decision_date=date(2015, 3, 4),
            specialties=(),
            reviewer_guideline="MTUS",
            alike=("drug",),
            shared=("footdrop",),
            said=(Statement(element="goals", polarity=Polarity.MISSING, quote=HOSTILE),),
        ),
    ),
)


def test_the_sheet_holds_both_outcomes_and_says_that_it_decides_nothing() -> None:
    files = precedent_files([(draft().items[0].item, FOUND)])
    page = files["precedents.html"].decode()
    assert NOTE in page
    assert "Overturned: found necessary (1)" in page
    assert "Upheld: not found necessary (1,200)" in page
    assert "There is none." in page
    assert "missing: goals" in page
    assert "03/04/2015, specialty not stated" in page


def test_what_letters_say_is_text_and_no_markup() -> None:
    page = precedent_files([(draft().items[0].item, FOUND)])["precedents.html"].decode()
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co" in page


def test_the_data_names_the_item_and_both_counts() -> None:
    (entry,) = json.loads(precedent_files([(draft().items[0].item, FOUND)])["precedents.json"])
    assert (entry["item"], entry["upheld_count"], entry["overturned_count"]) == (1, 1200, 1)
    assert entry["overturned"][0]["said"][0]["quote"] == HOSTILE
