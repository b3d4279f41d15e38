"""How English joins words and opens a sentence: findings, letters and pages write it alike."""

from __future__ import annotations

from collections.abc import Iterable


def listed(words: Iterable[str], conjunction: str = "and") -> str:
    """Words in a row.

    >>> listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"], "or")
    ('a', 'a and b', 'a, b or c')
    """
    parts = list(words)
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {conjunction} {parts[-1]}"


def capital(text: str) -> str:
    """The text with a capital at its start, the rest as it is.

    >>> capital("the MRI of May")
    'The MRI of May'
    """
    return text[:1].upper() + text[1:]
