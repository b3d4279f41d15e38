"""Scales printed out, on which one number is marked: `0 1 2 (3) 4 5 6 7 8 9 10`.

A scale on which nothing is marked, or two numbers are, says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from openimr.extract.contexts import Number, with_contexts
from openimr.extract.pain_patterns import PAIN_STRICT
from openimr.extract.pain_relief import SCORE
from openimr.extract.passages import PageText, Reading

_STEP = re.compile(
    r"(?P<open>[(\[<{*_])?\s?(?P<n>\d{1,2})\s?(?P<close>[)\]>}*_]|[xX\u2713](?!\w))?"
)
_GAP = r"[ \t.,|/\u2013-]+"
_RUN = re.compile(
    rf"(?<![\w/.])(?:[(\[<{{*_]\s?)?[01](?:\s?[)\]>}}*_xX\u2713])?(?:{_GAP}"
    r"(?:[(\[<{*_]\s?)?\d{1,2}(?:\s?[)\]>}*_]|[xX\u2713])?){5,10}(?![\w/])"
)
_LEAST_END = 5
_MOST = 10
_ABOVE, _BELOW = 160, 120


@dataclass(frozen=True, slots=True)
class Scale:
    """A printed scale at `text[start:end]`, and the number marked; None if none alone is."""

    start: int
    end: int
    marked: int | None


def find_scales(text: str) -> list[Scale]:
    """The scales printed in a text.

    >>> find_scales("Pain: 0-1-2-3-4-[5]-6-7-8-9-10")[0].marked
    5
    """
    return [scale for run in _RUN.finditer(text) if (scale := _scale(run)) is not None]


def _scale(run: re.Match[str]) -> Scale | None:
    steps = list(_STEP.finditer(run[0]))
    numbers = [int(step["n"]) for step in steps]
    first, last = numbers[0], numbers[-1]
    if numbers != list(range(first, last + 1)) or not _LEAST_END <= last <= _MOST:
        return None
    marked = [int(step["n"]) for step in steps if step["close"] is not None]
    return Scale(run.start(), run.end(), marked[0] if len(marked) == 1 else None)


def without_scales(text: str) -> str:
    """The text with its printed scales blanked, of the same length."""
    for scale in find_scales(text):
        text = text[: scale.start] + " " * (scale.end - scale.start) + text[scale.end :]
    return text


def read_scales(source: PageText) -> Iterator[Reading]:
    """The numbers marked on a page's scales of pain."""
    text = source.page.text
    for scale in find_scales(text):
        above = text[max(0, scale.start - _ABOVE) : scale.start]
        below = text[scale.end : scale.end + _BELOW].split("\n\n")[0]
        if scale.marked is None or not PAIN_STRICT.search(f"{above} {below}"):
            continue
        line = above.rsplit("\n", 1)[-1]
        label = line if line.strip(" .:") else below
        told = with_contexts(f"{label} ", [Number(len(label) + 1, len(label) + 1, scale.marked)])
        yield Reading(
            concept=SCORE,
            start=scale.start,
            end=scale.end,
            value={"score": scale.marked, "context": told[0].context or "unspecified"},
            rule="pain.scale",
            negatable=False,
        )
