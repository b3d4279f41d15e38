"""What a search found, for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from openimr.corpus.counting import FacetCounts
    from openimr.corpus.facets import UnknownValue
    from openimr.corpus.highlight import Passage
    from openimr.corpus.search import Hit, Request, Result

_COLUMNS = {
    "heading": "heading",
    "rationale": "rationale",
    "reviewer_guideline": "reviewer's guideline",
    "claims_guideline": "claims administrator's guideline",
    "summary": "case summary",
}


def as_json(query: str, request: Request, result: Result) -> dict[str, Any]:
    """The result as one JSON object; places are characters of the named column's text."""
    return {
        "query": query,
        "total": result.total,
        "searched": result.searched,
        "sort": str(request.sort),
        "limit": request.limit,
        "offset": request.offset,
        "filters": {facet: list(values) for facet, values in result.filters.items()},
        "unknown": [
            {"facet": each.facet, "value": each.value, "nearest": list(each.nearest)}
            for each in result.unknown
        ],
        "absent": [{"word": each.word, "nearest": list(each.nearest)} for each in result.absent],
        "hits": [_hit_as_json(hit) for hit in result.hits],
        "facets": {
            counts.facet: [
                {"value": each.value, "count": each.count, "chosen": each.chosen}
                for each in counts.values
            ]
            for counts in result.facets
        },
    }


def _hit_as_json(hit: Hit) -> dict[str, Any]:
    return {
        "item": hit.item,
        "heading": hit.heading,
        "outcome": hit.outcome,
        "decision_date": hit.decision_date.isoformat() if hit.decision_date else None,
        "drug": hit.drug,
        "topic": hit.topic,
        "score": hit.score,
        "passages": [
            {
                "column": passage.column,
                "start": passage.start,
                "end": passage.end,
                "text": passage.text,
                "highlights": [{"start": start, "end": end} for start, end in passage.marks],
            }
            for passage in hit.passages
        ],
    }


def show(query: str, request: Request, result: Result) -> None:
    """Print the result for a person: the items, then the counts."""
    console = Console(highlight=False)
    for unknown in result.unknown:
        console.print(_unknown(unknown))
    if not result.hits:
        _show_nothing(console, query, request, result)
    else:
        _show_hits(console, request, result)
    counted = tuple(counts for counts in result.facets if counts.values)
    if counted:
        console.print()
        console.print(_table(counted))


def _show_hits(console: Console, request: Request, result: Result) -> None:
    first, last = request.offset + 1, request.offset + len(result.hits)
    console.print(
        f"{result.total:,} of {result.searched:,} items; {first:,} to {last:,}"
        + (", most relevant first" if request.sort == "relevance" else f", {request.sort} first")
    )
    for hit in result.hits:
        _show_hit(console, hit)


def _show_hit(console: Console, hit: Hit) -> None:
    console.print()
    head = Text(hit.item, style="bold")
    head.append(f"  {hit.outcome or 'no outcome'}  {hit.decision_date or 'undated'}", style="")
    console.print(head)
    console.print(Text("  " + hit.heading))
    for passage in hit.passages:
        if passage.column != "heading":
            console.print(_marked(passage))


def _marked(passage: Passage) -> Text:
    """The passage, its marks in colour where there is colour."""
    shown = Text(f"  {_COLUMNS[passage.column]}: ", style="dim")
    shown.append("... " if passage.start else "", style="dim")
    text = Text(passage.text.replace("\n", " "), style="not dim")
    for start, end in passage.marks:
        text.stylize("bold yellow", start - passage.start, end - passage.start)
    return shown.append_text(text)


def _table(facets: tuple[FacetCounts, ...]) -> Table:
    table = Table("facet", "items for each value", box=None, pad_edge=False)
    for counts in facets:
        values = [
            Text(f"{each.value} ({each.count:,})", style="bold" if each.chosen else "")
            for each in counts.values
        ]
        table.add_row(counts.facet.replace("_", " "), Text(", ").join(values))
    return table


def _show_nothing(console: Console, query: str, request: Request, result: Result) -> None:
    if result.total:
        console.print(f"{result.total:,} of {result.searched:,} items match; none on this page.")
        return
    asked = [f"the query {query}"] if query.strip() else []
    asked += [
        f"{facet.replace('_', ' ')} {' or '.join(values)}"
        for facet, values in request.filters.items()
    ]
    what = escape("; ".join(asked) or "everything")
    console.print(f"Nothing was found in {result.searched:,} items for: {what}")
    for absent in result.absent:
        console.print(Text(f"No item has the word {absent.word}." + _did_you_mean(absent.nearest)))
    if not (result.unknown or result.absent):
        console.print("Try fewer words, OR between them, begin* for a word, or fewer facets.")


def _unknown(unknown: UnknownValue) -> Text:
    name = "--" + unknown.facet.replace("_", "-")
    return Text(f"No item has {name} {unknown.value}." + _did_you_mean(unknown.nearest))


def _did_you_mean(nearest: tuple[str, ...]) -> str:
    return f" Did you mean {', or '.join(nearest)}?" if nearest else ""
