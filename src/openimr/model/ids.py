"""Identifiers as distinct types, so that a fact's id is never handed over as a finding's."""

from __future__ import annotations

from typing import NewType

DocumentId = NewType("DocumentId", str)
"""`D01`, `D02` ... in the order of the case file."""

FactId = NewType("FactId", str)
"""`f00001` ... in the order of the record: document, page, position."""

CertificateId = NewType("CertificateId", str)
"""`c01` ... one for each distinct search."""

CriterionId = NewType("CriterionId", str)
"""As the guideline digest numbers it: `OPI-1`, `GBP-3`."""

TopicId = NewType("TopicId", str)
"""A guideline topic: `hydrocodone-apap`."""

ConceptId = NewType("ConceptId", str)
"""What the record may speak of: `functional_improvement`."""
