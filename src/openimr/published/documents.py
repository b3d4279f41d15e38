"""The list of documents reviewed that letters of 2013 and 2014 print."""

from __future__ import annotations

import re

from openimr.published.letter_text import flat

_INTRODUCTION = re.compile(
    r"\s*:?\s*The\s+following\s+(?:relevant\s+)?documents\b.*?"
    r"(?:These\s+documents\s+included\s*:?|(?:were\s+)?(?:reviewed\s+and\s+)?considered\s*[.:]|:\s*\n)",
    re.DOTALL | re.IGNORECASE,
)
_INCLUDED = re.compile(r"\s*These\s+documents\s+included\s*:?", re.IGNORECASE)
_BULLET = re.compile(
    r"^\s*(?:[-*\u2022\u25cf\u25cb\u25aa\u2013\uf0b7\u00b7]|o(?=\s)|\(?\d{1,2}[.)])\s+"
)
_RUNS_ON = re.compile(r"(?:,|\band|\bof|\bfrom|\bdated|\bthe|\bby|\bto|-)$", re.IGNORECASE)


def read_documents(section: str) -> tuple[str, ...]:
    r"""The documents, one each, bullets and the introduction taken off.

    >>> read_documents("\n- UR determination of 8/30/2013\n- Medical records from\n  the clinic")
    ('UR determination of 8/30/2013', 'Medical records from the clinic')
    """
    introduction = _INTRODUCTION.match(section)
    body = section[introduction.end() :] if introduction else section
    included = _INCLUDED.match(body)
    lines = (body[included.end() :] if included else body).lstrip(" :").split("\n")
    bulleted = any(_BULLET.match(line) for line in lines)
    documents: list[str] = []
    for line in lines:
        text = flat(_BULLET.sub("", line))
        if not text:
            continue
        if documents and _goes_on(documents[-1], line, bulleted=bulleted):
            documents[-1] += f" {text}"
        else:
            documents.append(text)
    return tuple(documents)


def _goes_on(before: str, line: str, *, bulleted: bool) -> bool:
    """Whether a line goes on with the document of the line before."""
    if bulleted:
        return not _BULLET.match(line)
    return line.lstrip()[:1].islower() or bool(_RUNS_ON.search(before))
