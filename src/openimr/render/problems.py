"""A page with a letter on the left and what the checks found on the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openimr.model.problem import Problem
from openimr.model.prose import capital
from openimr.render.markup import Html, join, page, tag

TITLE = "Letters and what the checks found"
NOTE = (
    "A check proposes, a person decides. A number leads from a passage to the problem that quotes"
    " it."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a letter, set as one block: the summary, or an item with its reasons."""

    title: str
    text: str
    problems: tuple[Problem, ...]

    @property
    def runs(self) -> tuple[tuple[str, int], ...]:
        """The text in runs, each with the number of the problem that quotes it, or 0."""
        marks: list[tuple[int, int, int]] = []
        for number, problem in enumerate(self.problems, 1):
            for quote in filter(None, (problem.quote, problem.against)):
                start = self.text.find(quote)
                apart = all(start >= end or start + len(quote) <= begin for begin, end, _ in marks)
                if start >= 0 and apart:
                    marks.append((start, start + len(quote), number))
        runs: list[tuple[str, int]] = []
        at = 0
        for start, end, number in sorted(marks):
            runs += [(self.text[at:start], 0), (self.text[start:end], number)]
            at = end
        return tuple(run for run in (*runs, (self.text[at:], 0)) if run[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPage:
    """A letter with its problems."""

    name: str
    header: tuple[Problem, ...]
    parts: tuple[Part, ...]


def render_problems(pages: Sequence[CheckedPage], titles: Mapping[str, tuple[str, str]]) -> str:
    """One HTML page of letters with their problems; every text is escaped.

    Args:
        pages: the letters.
        titles: code to the check's title and the reason why it matters.
    """
    letters = [_letter(each, titles) for each in pages]
    return page(TITLE, tag("p", NOTE), *letters, stylesheet="problems.css")


def _letter(checked: CheckedPage, titles: Mapping[str, tuple[str, str]]) -> Html:
    header = [_told(problem, 0, titles) for problem in checked.header]
    return tag(
        "section", tag("h2", checked.name), *header, *(_row(one, titles) for one in checked.parts)
    )


def _row(part: Part, titles: Mapping[str, tuple[str, str]]) -> Html:
    told = [_told(problem, number, titles) for number, problem in enumerate(part.problems, 1)]
    nothing = tag("p", "Nothing found.", class_="quiet good")
    return tag(
        "div",
        tag("div", tag("h3", part.title), tag("p", *(_run(*run) for run in part.runs))),
        tag("div", *(told or [nothing])),
        class_="row",
    )


def _run(text: str, number: int) -> Html | str:
    return join([tag("mark", text), tag("sup", str(number))]) if number else text


def _told(problem: Problem, number: int, titles: Mapping[str, tuple[str, str]]) -> Html:
    title, reason = titles[problem.code]
    code = f"{number} \u00b7 {problem.code}" if number else problem.code
    return tag(
        "aside",
        tag("p", tag("b", code), f" {title}"),
        tag("p", f"{capital(problem.message)}."),
        tag("p", reason, class_="quiet"),
    )
