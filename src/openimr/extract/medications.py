"""Medication statements of a document: one fact for each statement of a drug.

page -> drugs named -> statements (dosing, context) -> facts
"""

from __future__ import annotations

import re

from openimr.extract.ledger import read_ledger
from openimr.extract.medications_facts import FactMaker
from openimr.extract.medications_names import DrugMatcher, Mention, drug_matcher
from openimr.extract.medications_segments import Layout, Section
from openimr.extract.medications_statements import StatementReader
from openimr.extract.medications_trials import ClassMention, classes
from openimr.extract.medications_write import FactWriter
from openimr.model.document import Document
from openimr.model.drug import Formulary
from openimr.model.evidence import Fact

_TITLE_BEFORE = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Prof)\.?\s*$")
_CARRIED = frozenset({Section.CURRENT, Section.PAST, Section.PLAN})
"""Sections that go on over the page; an allergy or a relative does not."""


def extract_medications(
    document: Document, *, formulary: Formulary, matcher: DrugMatcher | None = None
) -> tuple[Fact, ...]:
    """All that a document says of drugs.

    Facts of four concepts: `medication`, `prior_nonopioid_trials`, `initial_trial` and
    `duration_of_use`; their ids are empty until the case file's facts are numbered.

    Args:
        document: to read.
        formulary: the drugs there are.
        matcher: built from the formulary; one is built and kept if none is given.
    """
    matcher = matcher or drug_matcher(formulary)
    facts: list[Fact] = []
    section = Section.OTHER
    columns: tuple[str, ...] = ()
    for page in document.pages:
        maker = FactMaker(document=document, page=page)
        drugs = matcher.find(page.text)
        ledger = read_ledger(maker, drugs, formulary, columns)
        named = [one for one in _named(page.text, drugs) if not ledger.covers(one.start)]
        layout = Layout(page.text, [one.start for one in named], carried=section)
        reader = StatementReader(page.text, document.kind, layout, formulary)
        writer = FactWriter(maker)
        facts += ledger.facts
        for statement in reader.read(named):
            facts += writer.write(statement)
        columns = ledger.columns
        section = layout.last_section if layout.last_section in _CARRIED else Section.OTHER
    return tuple(facts)


def _named(text: str, drugs: tuple[Mention, ...]) -> list[Mention | ClassMention]:
    """Drugs and classes of drugs, in order; a physician named like a drug is none."""
    named: list[Mention | ClassMention] = [
        drug
        for drug in drugs
        if not _TITLE_BEFORE.search(text[max(0, drug.start - 6) : drug.start])
    ]
    taken = {drug.start for drug in drugs}
    named += [found for found in classes(text) if found.start not in taken]
    return sorted(named, key=lambda one: (one.start, -one.end))
