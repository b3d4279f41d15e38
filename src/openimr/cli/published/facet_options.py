"""Options that narrow items by facet: one for each, named after it."""

from __future__ import annotations

from collections.abc import Callable

import click

from openimr.corpus.schema import ITEM_FACETS

MEANINGS = {
    "drug": "Generic name, e.g. tramadol.",
    "drug_class": "Class of the drug, e.g. opioid.",
    "dose": "Strength as parsed, e.g. '10/325 mg'.",
    "category": "Kind of treatment, e.g. drug, imaging, therapy.",
    "topic": "Topic of the rulebook.",
    "body_part": "Part of the body, e.g. 'lumbar spine'.",
    "guideline": "Guideline that the reviewer cites.",
    "guideline_page": "A page of it, e.g. 'MTUS Chronic Pain p. 78'.",
    "outcome": "Upheld or Overturned.",
    "specialty": "Specialty of the reviewer.",
    "licence_state": "State that licensed the reviewer.",
    "year": "Year of the decision: 2015, 2015-2017, 2015-.",
    "missing": "What the reviewer says the record lacks.",
}


def facet_options(function: Callable[..., None]) -> Callable[..., None]:
    """Add the options; the command gets a tuple of values under each facet's name."""
    for facet in reversed(ITEM_FACETS):
        name = "--" + facet.replace("_", "-")
        option = click.option(name, facet, multiple=True, metavar="VALUE", help=MEANINGS[facet])
        function = option(function)
    return function
