"""The annual figures as a table for people and as plain data for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict

from openimr.model.annual import Ages, Figures, Outcomes

_LABEL, _NUMBER = 46, 12


def figures_data(figures: Figures) -> dict[str, object]:
    """Every figure under the name it has in the model; shares are told beside counts."""
    data = asdict(figures)
    data["items"] = _outcomes_data(figures.items)
    data["by_category"] = {
        category: _outcomes_data(found) for category, found in figures.by_category.items()
    }
    return data


def figures_text(figures: Figures) -> str:
    """Sections of labels and numbers, with what each number counts."""
    return "\n".join(line.rstrip() for line in _sections(figures)) + "\n"


def _sections(figures: Figures) -> Iterator[str]:
    yield f"Independent Medical Review, {figures.year or 'all years'}"
    yield from _counts(
        "Applications, by the day of receipt",
        {
            "all (gross)": figures.gross,
            "unique (without duplicates)": figures.unique,
            **{_words(name): number for name, number in figures.standing.items()},
        },
    )
    yield from _counts("Ineligible, by ground", figures.ineligible_by)
    decided = {"determinations": sum(figures.letters.values()), **figures.letters}
    yield from _counts("Determinations, by the day of mailing", decided)
    yield from _categories(figures)
    yield from _ages(figures)
    yield from _timeliness(figures)
    yield from _counts(
        "Records, by their last day",
        {"limits missed": figures.records_late, "penalties by the rule, $": figures.penalties},
    )
    yield from _counts("Ended without determination", figures.terminated)
    yield from _counts("Petitions to the Appeals Board", figures.appeals)
    yield from _fees(figures)


def _counts(title: str, counts: Mapping[str, int]) -> Iterator[str]:
    yield from ("", title)
    for name, number in counts.items() or (("none", 0),):
        yield f"  {_words(name):<{_LABEL}}{number:>{_NUMBER},}"


def _categories(figures: Figures) -> Iterator[str]:
    yield from ("", "Treatments decided, by category")
    yield _columns("", "decided", "upheld", "overturned", "share")
    for name, found in (*figures.by_category.items(), ("all", figures.items)):
        share = "-" if found.share is None else f"{found.share:.1%}"
        yield _columns(name, found.decided, found.upheld, found.overturned, share)


def _ages(figures: Figures) -> Iterator[str]:
    yield from ("", "Calendar days to the mailing of the determination")
    yield _columns("", "letters", "median", "mean", "p90")
    for name, ages in (
        ("from the notice of assignment", figures.from_assignment),
        ("from complete records", figures.from_complete_records),
    ):
        yield _columns(name, ages.determinations, *_age(ages))


def _age(ages: Ages) -> tuple[str, str, str]:
    if ages.median is None or ages.mean is None:
        return "-", "-", "-"
    return f"{ages.median:g}", f"{ages.mean:.1f}", f"{ages.p90}"


def _timeliness(figures: Figures) -> Iterator[str]:
    yield from ("", "Time limits, by their last day")
    yield _columns("", "in time", "late", "open", "ended")
    for name, counts in figures.timeliness.items():
        yield _columns(f"{name} {figures.titles[name]}", *counts.values())


def _fees(figures: Figures) -> Iterator[str]:
    yield from ("", "Fees, by the day of receipt")
    yield _columns("", "reviews", "$", "not known", "")
    for name, fees in figures.fees.items():
        yield _columns(_words(name), fees.applications, f"{fees.amount:,}", fees.unknown, "")


def _columns(name: str, *values: object) -> str:
    if len(name) > _LABEL:
        name = f"{name[: _LABEL - 3]}..."
    return f"  {name:<{_LABEL}}" + "".join(f"{value!s:>{_NUMBER}}" for value in values)


def _words(name: str) -> str:
    """A name as people read it; a code stays a code."""
    return name if name.isupper() else name.replace("_", " ")


def _outcomes_data(found: Outcomes) -> dict[str, object]:
    return {
        "decided": found.decided,
        "upheld": found.upheld,
        "overturned": found.overturned,
        "share_overturned": found.share,
    }
