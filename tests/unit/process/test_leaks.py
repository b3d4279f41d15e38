"""A reviewer's name is found however it is spelled, and a namesake among the treating is not."""

from dataclasses import replace

import pytest

from case_folders import seed_register
from openimr.process.leaks import leaks, words_of, words_that_name

REVIEWER = replace(seed_register().reviewers[0], name="Ottoline Farquharson")
LICENCE = REVIEWER.licences[0].number


@pytest.mark.parametrize(
    "written",
    [
        "Ottoline Farquharson",
        "OTTOLINE   FARQUHARSON, M.D.",
        "Farquharson, Ottoline",
        "O. Farquharson, MD",
        "Dr. Farquharson",
        "Ottoline J. Farquharson",
        "Otto\u200bline Far\u00adquharson",
        "\u041ettoline F\u0430rquh\u0430rson",
        "Ottol\u00efne F\u00e1rquharson",
        "Ottoline Farquhar-\nson",
        "rev-1",
        LICENCE,
        f"{LICENCE[0]}-{LICENCE[1:]}",
        f"{LICENCE[0]} {LICENCE[1:3]} {LICENCE[3:]}",
    ],
)
def test_every_spelling_is_found_in_a_file(written: str) -> None:
    assert leaks({"letter.txt": f"As {written} decided.".encode()}, REVIEWER)
    assert words_that_name([f"As {written} decided."], REVIEWER, frozenset())


@pytest.mark.parametrize(
    "written",
    ["The patient improved.", "It rests on page 70011 of the ledger.", "rev-12 and rev-100", ""],
)
def test_other_words_are_not(written: str) -> None:
    assert leaks({"letter.txt": written.encode()}, REVIEWER) == []
    assert words_that_name([written], REVIEWER, frozenset()) == []


def test_a_part_of_the_name_tells_unless_the_records_hold_it() -> None:
    text = "Farquharson found relief."
    assert words_that_name([text], REVIEWER, frozenset()) == [text]
    records = words_of(["Seen by Dr. Farquharson in clinic."])
    assert words_that_name([text], REVIEWER, records) == []
    assert leaks({"letter.txt": b"Dr. Farquharson's report"}, REVIEWER, records) == []
    assert leaks({"letter.txt": b"Ottoline Farquharson"}, REVIEWER, records)
