"""Certificates as the letter shows them: what was looked for, where, and what came nearest.

Search expressions are written for the program; a reader sees how many there were and some of them
as plain phrases. `determination.json` holds them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from openimr.model.concepts import concept_name
from openimr.model.document import Document
from openimr.model.evidence import Certificate, NearMiss, UnreadPage
from openimr.model.labels import us_dates
from openimr.model.names import WorkerName
from openimr.model.quotation import quotation
from openimr.model.ranges import page_list
from openimr.render.records import searched_pages
from openimr.render.spans import Span, Spans, printable

EXAMPLES_SHOWN, EXAMPLES_ON_PAPER = 12, 4
_LONGEST = 40
_PAPER_QUOTE = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """One certificate."""

    id: str
    title: str
    expressions: int
    """How many phrases and patterns were searched."""
    examples: tuple[str, ...]
    """Some of them as plain phrases."""
    extent: str
    unreadable: tuple[str, ...]
    weak: tuple[str, ...]
    nearest: tuple[Spans, ...]
    """Without passages that only share a word."""
    words_only: int
    """How many of those the certificate holds besides."""
    brief: SearchRow


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRow:
    """A certificate in two or three lines, for paper."""

    id: str
    title: str
    looked_for: str
    pages: str
    """What it searched and could not read; empty where all searches share it."""
    nearest: Spans


def common_pages(searches: Sequence[Search]) -> str:
    """What all searches covered and could not read, in a sentence; empty where they differ."""
    told = {_pages(search) for search in searches}
    return f"Each search covered {told.pop()}." if len(told) == 1 else ""


def search_rows(searches: Sequence[Search]) -> tuple[SearchRow, ...]:
    """A row for each search."""
    shared = bool(common_pages(searches))
    return tuple(
        replace(each.brief, pages="" if shared else f"Covered {_pages(each)}.") for each in searches
    )


def _pages(search: Search) -> str:
    parts = [
        search.extent,
        *(f"could not be read: {each}" for each in search.unreadable),
        *(f"read badly: {each}" for each in search.weak),
    ]
    return "; ".join(parts)


def looked_for(number: int, examples: Sequence[str]) -> str:
    """`139 expressions, such as “no relief”, “nothing helps”`, with examples as paper has room."""
    every = max(1, -(-len(examples) // EXAMPLES_ON_PAPER))
    examples = examples[::every]
    noun = "expression" if number == 1 else "expressions"
    such = f", such as {', '.join(f'“{each}”' for each in examples)}" if examples else ""
    return f"{number:,} {noun}{such}"


def search_of(
    certificate: Certificate, documents: Sequence[Document], worker: WorkerName
) -> Search:
    """The certificate with its pages in ranges and its expressions in plain words."""
    about = " or ".join(concept_name(each) for each in certificate.concepts)
    tied = f", tied to {certificate.subject}" if certificate.subject else ""
    number = len(certificate.pages_searched)
    extent = searched_pages(certificate.pages_searched, documents)
    nearest = [near for near in certificate.nearest if not near.words_only]
    examples = plain_examples(certificate.queries, certificate.subject)
    title = printable(f"{about}{tied}")
    return Search(
        id=str(certificate.id),
        title=title,
        expressions=len(certificate.queries),
        examples=examples,
        extent=f"{number:,} {'page' if number == 1 else 'pages'}: {extent}",
        unreadable=_reasons(certificate.pages_unreadable),
        weak=_reasons(certificate.pages_weak),
        nearest=tuple(_near(near, worker) for near in nearest),
        words_only=len(certificate.nearest) - len(nearest),
        brief=SearchRow(
            id=str(certificate.id),
            title=title,
            looked_for=looked_for(len(certificate.queries), examples),
            pages="",
            nearest=_near(nearest[0], worker, _PAPER_QUOTE) if nearest else (),
        ),
    )


def plain_examples(queries: Iterable[str], subject: str | None) -> tuple[str, ...]:
    """Some of the expressions as phrases, from the whole length of the list.

    >>> plain_examples(["no|without relief", "/r[ao]nge/", "{n} % better"], None)
    ('no relief',)
    """
    told = list(queries)
    # The subject's own names come last and say nothing of what was sought about it.
    told = told[: told.index(subject)] if subject in told[1:] else told
    plain = [plain_phrase(query, subject) for query in told]
    phrases = [each for each in dict.fromkeys(plain) if " " in each and len(each) <= _LONGEST]
    if len(phrases) < EXAMPLES_ON_PAPER:
        phrases += [each for each in dict.fromkeys(plain) if each and each not in phrases]
    step = max(1, -(-len(phrases) // EXAMPLES_SHOWN))
    return tuple(printable(each) for each in phrases[::step])


def plain_phrase(query: str, subject: str | None) -> str:
    """One reading of an expression: its first alternatives, without what may be left out.

    Empty for patterns and for what holds a number or a date.

    >>> plain_phrase("are|is helping|helpful with? {drug}", "Norco")
    'are helping Norco'
    """
    if query.startswith("/"):
        return ""
    words = []
    for token in query.split():
        first = token.split("|")[0].replace("~", " ").lstrip("=")
        first = first.replace("{drug}", subject or "the drug")
        if "{" in first:
            return ""
        if not token.endswith("?"):
            words.append(first)
    return " ".join(words).replace(" ... ", " … ")


def _near(near: NearMiss, worker: WorkerName, limit: int | None = None) -> Spans:
    place = f"{near.document} p.\u00a0{near.page}"
    text = worker.remove(near.quote)
    quote = quotation(text) if limit is None else quotation(text, limit)
    return (
        Span(text=f"“{printable(quote)}” "),
        Span(text=place, document=near.document, page=near.page),
        Span(text=f": {printable(us_dates(near.why))}"),
    )


def _reasons(pages: Iterable[UnreadPage]) -> tuple[str, ...]:
    """Pages of one document and reason together: `D05 p. 2: the image is too dark`."""
    groups: dict[tuple[str, str], list[int]] = {}
    for page in pages:
        groups.setdefault((page.document, page.reason), []).append(page.page)
    return tuple(
        printable(f"{document} {page_list(numbers)}: {reason}")
        for (document, reason), numbers in groups.items()
    )
