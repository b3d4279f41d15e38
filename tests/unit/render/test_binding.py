"""A signature binds letter, records, rules and ruling: a change of any of them breaks it."""

from collections.abc import Callable
from dataclasses import fields, replace

import pytest

from example_case import draft
from openimr.model.determination import Determination
from openimr.model.ruling import ItemRuling, Outcome, Ruling
from openimr.render.binding import NothingToSign, letter_sha256, make_signature, signature_problems
from ruled_case import CREDENTIALS, SIGNED_AT, issued, ruling, signed


def test_a_signed_and_an_issued_letter_hold() -> None:
    assert signature_problems(signed()) == []
    assert signature_problems(issued()) == []


def test_issuing_does_not_change_what_was_signed() -> None:
    assert letter_sha256(issued()) == letter_sha256(signed())


def test_a_draft_has_none_and_a_decision_without_one_is_named() -> None:
    assert signature_problems(draft()) == []
    assert signature_problems(replace(signed(), signature=None)) == ["signature: is missing"]


def test_a_draft_cannot_be_signed() -> None:
    with pytest.raises(NothingToSign, match="without a ruling"):
        make_signature(draft(), pseudonym="R", licensure=(), specialties=(), at=SIGNED_AT)


def _other_rationale(letter: Determination) -> Determination:
    first, *rest = letter.items
    changed = replace(first, rationale=first.rationale[:-1])
    return replace(letter, items=(changed, *rest))


def _other_record(letter: Determination) -> Determination:
    first, *rest = letter.documents
    return replace(letter, documents=(replace(first, sha256="0" * 64), *rest))


def _other_rules(letter: Determination) -> Determination:
    return replace(letter, engine=replace(letter.engine, rulebook_sha256="0" * 64))


def _other_ruling(letter: Determination) -> Determination:
    upheld = ItemRuling(item=1, outcome=Outcome.UPHELD, reason="no")
    return replace(letter, ruling=Ruling(items=(upheld, *ruling().items[1:])))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (_other_rationale, "the letter is not the one that was signed"),
        (_other_record, "the records are not those that were signed over"),
        (_other_rules, "the rules are not those that were signed over"),
        (_other_ruling, "the ruling is not the one that was signed"),
    ],
)
def test_each_part_is_bound(change: Callable[[Determination], Determination], named: str) -> None:
    assert f"signature: {named}" in signature_problems(change(signed()))


@pytest.mark.parametrize("name", [field.name for field in fields(type(signed().signature))])
def test_each_field_of_a_signature_is_bound(name: str) -> None:
    signature = signed().signature
    assert signature is not None
    other = {"licensure": ("Nevada",), "specialties": (), "signed": SIGNED_AT.replace(year=2020)}
    changed = replace(signature, **{name: other.get(name, "f" * 64)})
    assert signature_problems(replace(signed(), signature=changed))


def test_who_signed_is_a_state_and_a_specialty() -> None:
    signature = signed().signature
    assert signature is not None
    assert (signature.licensure, signature.specialties) == (
        CREDENTIALS.licensure,
        CREDENTIALS.specialties,
    )
