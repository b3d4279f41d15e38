"""Names as they are written: variants are found, and the index finds what comparing all finds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openimr.assign.names import Likeness, NameFolder, NameIndex
from reviewing import RULES

FOLDER = NameFolder(RULES.conflicts.names)
FIRST = ("Adelaide", "Bartholomew", "Cornelia", "Desmond", "Evangeline")
LAST = ("Achterberg", "Bandyopadhyay", "Charbonneau", "Okonkwo", "Wetherby")
HOUSES = ("Castleton Steel", "Delgado Brothers Drywall", "Zenith Harbor Insurance")
FORMS = ("", " Inc", ", Inc.", " LLC", ", L.L.C.", " Corp.", " Company")


def likeness(one: str, other: str) -> Likeness:
    return max(FOLDER.compare(a, b) for a in FOLDER.fold(one) for b in FOLDER.fold(other))


@given(st.sampled_from(HOUSES), st.sampled_from(FORMS), st.sampled_from(FORMS), st.booleans())
def test_case_punctuation_and_legal_forms_do_not_tell_houses_apart(
    house: str, one: str, other: str, upper: bool
) -> None:
    written = house + one
    assert likeness(written.upper() if upper else written, house + other) is Likeness.SAME


@given(st.sampled_from(FIRST), st.sampled_from(LAST), st.sampled_from("ABCDW"))
def test_order_titles_and_initials_do_not_hide_a_person(first: str, last: str, middle: str) -> None:
    plain = f"{first} {last}"
    assert likeness(f"{last.upper()}, {first.upper()}", plain) is Likeness.SAME
    assert likeness(f"Dr. {first} {last}, M.D.", plain) is Likeness.SAME
    assert likeness(f"{first} {middle}. {last}", plain) >= Likeness.POSSIBLE
    assert likeness(f"{first[0]}. {last}", plain) >= Likeness.POSSIBLE
    assert likeness(f"{last}, {first[0]}.", plain) >= Likeness.POSSIBLE
    assert likeness(last, plain) >= Likeness.POSSIBLE


@given(st.sampled_from(FIRST), st.sampled_from(LAST), st.data())
def test_one_slip_in_each_word_does_not_hide_a_person(
    first: str, last: str, data: st.DataObject
) -> None:
    def slip(word: str) -> str:
        at = data.draw(st.integers(1, len(word) - 2))
        how = data.draw(st.sampled_from(["drop", "double", "swap", "other"]))
        match how:
            case "drop":
                return word[:at] + word[at + 1 :]
            case "double":
                return word[:at] + word[at] + word[at:]
            case "swap":
                return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        return word[:at] + "x" + word[at + 1 :]

    assert likeness(f"{slip(first)} {slip(last)}", f"{first} {last}") >= Likeness.POSSIBLE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5mith, Wi11iam", "William Smith"),
        ("Srnith Lumber", "Smith Lumber"),
        ("Carne1ia Okonkwo", "Carnelia Okonkwo"),
        ("De La Cruz, Maria", "Maria Delacruz"),
        ("Lansarosa Medica1 Devices Corp", "Lansarosa Medical Deices"),
        ("Monmanath andElectric LLP", "Monmanath and Electric"),
        ("SCIF", "State Compensation Insurance Fund"),
        ("Sedgwick", "Sedgwick Claims Management Services, Inc."),
        ("St. Mary Med Ctr", "Saint Mary Medical Center"),
        ("O'Brien & Sons", "OBrien and Sons"),
        ("Bob Lee", "Robert Lee"),
        ("Lee, Robert J., M.D.", "Bob Lee"),
        ("Bob J. Lee", "Robert James Lee"),
        ("James Carter", "Jim Carter"),
        ("Jim Cartr", "James Carter"),
        ("Liz Stone", "Elizabeth Stone"),
        ("Cathy Ng", "Catherine Ng"),
        ("Katharine Ng", "Cathy Ng"),
        ("Sasha Petrov", "Alexander Petrov"),
        ("Muhammad Khan", "Mohammed Khan"),
        ("Mohd. Khan", "Muhammad Khan"),
        ("ICW", "Insurance Company of the West"),
        ("I.C.W. Group", "Insurance Company of the West, Inc."),
        ("CIGA", "California Insurance Guarantee Association"),
    ],
)
def test_what_scans_and_clerks_make_of_names_is_found(one: str, other: str) -> None:
    assert likeness(one, other) >= Likeness.POSSIBLE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Adelaide Wetherby", "Cornelia Wetherby"),
        ("A. Wetherby", "C. Wetherby"),
        ("John A. Smith", "John B. Smith"),
        ("Pacific Medical Group", "Atlantic Medical Group"),
        ("Medical Group", "Pacific Medical Group"),
        ("Castleton Steel", "Castleton Dairy"),
        ("Adelaide Okonkwo", "Adelaide Wetherby"),
        ("Bob Lee", "Robert Ng"),
        ("Bob Lee", "James Lee"),
        ("Eleanor Wetherby", "Helen Wetherby"),
        ("ICW", "Insurance Company of the East"),
    ],
)
def test_others_are_others(one: str, other: str) -> None:
    assert likeness(one, other) is Likeness.DIFFERENT


PIECES = st.sampled_from(
    [
        *FIRST,
        *LAST,
        "A.",
        "B",
        "Steel",
        "Stee1",
        "Steal",
        "Medical",
        "Group",
        "Inc",
        "SCD",
        "Delacruz",
        *("Bob", "Robert", "Bert", "Liz", "of", "the", "SWO", "DCH"),
        *("De", "La", "Cruz", "Dairy", "wetherbey", "Okonkvo", "Zenith", "Zenlth", "Medica1"),
    ]
)
NAMES = st.lists(PIECES, min_size=1, max_size=4).map(" ".join)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=8), NAMES)
def test_the_index_finds_what_comparing_with_all_finds(entries: list[str], name: str) -> None:
    found = {alike.entry: alike.likeness for alike in NameIndex(FOLDER, entries).like(name)}
    expected = {
        place: best for place, entry in enumerate(entries) if (best := likeness(name, entry))
    }
    assert found == expected
