"""Surrogates in place of identifiers, the same for one person in every text of a case."""

from __future__ import annotations

from collections.abc import Sequence

from openimr.model.identifier import Deidentified, Identifier, IdentifierKind, Replacement

_ONE = frozenset({IdentifierKind.WORKER, IdentifierKind.BIRTH_DATE, IdentifierKind.EMPLOYER})


class Surrogates:
    """Hands out surrogates: `[physician 1]`, `[physician 2]`, in the order of appearance."""

    def __init__(self) -> None:
        self._given: dict[tuple[IdentifierKind, str], str] = {}
        self._counts: dict[IdentifierKind, int] = {}

    def of(self, one: Identifier) -> str:
        """The surrogate of an identifier; always the same for one entity."""
        key = (one.kind, one.entity)
        if key not in self._given:
            self._counts[one.kind] = self._counts.get(one.kind, 0) + 1
            number = self._counts[one.kind]
            first_of_few = one.kind in _ONE and number == 1
            self._given[key] = f"[{one.kind}]" if first_of_few else f"[{one.kind} {number}]"
        return self._given[key]


def replace_identifiers(
    text: str, identifiers: Sequence[Identifier], surrogates: Surrogates
) -> Deidentified:
    """The text with a surrogate for each identifier (in order, apart)."""
    parts: list[str] = []
    made: list[Replacement] = []
    at = length = 0
    for one in identifiers:
        surrogate = surrogates.of(one)
        kept = text[at : one.start]
        parts += [kept, surrogate]
        length += len(kept)
        made.append(
            Replacement(
                kind=one.kind,
                start=one.start,
                end=one.end,
                surrogate=surrogate,
                new_start=length,
                new_end=length + len(surrogate),
            )
        )
        length += len(surrogate)
        at = one.end
    parts.append(text[at:])
    return Deidentified(text="".join(parts), replacements=tuple(made))
