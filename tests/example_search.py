"""The example's search of authorities: one step of every kind, told by hand."""

from __future__ import annotations

from openimr.model.authority import SearchResult, SearchSequence, SearchStep

_CHRONIC_PAIN = "MTUS Chronic Pain Medical Treatment Guidelines, 8 CCR 9792.24.2"


def _step(number: int, authority: str, name: str, result: SearchResult, **more: str) -> SearchStep:
    return SearchStep(number=number, authority=authority, name=name, result=result, **more)


def _sequence(*steps: SearchStep) -> SearchSequence:
    return SearchSequence(
        order="search-sequence",
        name="the search sequence of the MTUS",
        citation="8 CCR 9792.21.1",
        unverified=True,
        rule="The search goes on only where the MTUS does not address the condition.",
        steps=steps,
    )


_SETTLED = "Step 1 speaks to this treatment and is not rebutted."
NORCO_SEARCH = _sequence(
    SearchStep(
        number=1,
        authority="mtus",
        name="Medical Treatment Utilization Schedule (MTUS)",
        result=SearchResult.ADDRESSED,
        text=_CHRONIC_PAIN,
        edition="2009",
        citation=f"{_CHRONIC_PAIN}, pages 74-96",
        unverified=True,
    ),
    _step(2, "acoem_odg", "ACOEM or ODG", SearchResult.NOT_REACHED, note=_SETTLED),
    _step(3, "other_guidelines", "other guidelines", SearchResult.NOT_REACHED, note=_SETTLED),
    _step(4, "studies", "peer-reviewed studies", SearchResult.NOT_REACHED, note=_SETTLED),
)
FLEXERIL_SEARCH = _sequence(
    _step(
        1,
        "mtus",
        "Medical Treatment Utilization Schedule (MTUS)",
        SearchResult.ADDRESSED,
        text=_CHRONIC_PAIN,
        edition="2009",
        citation=f"{_CHRONIC_PAIN}, pages 41-42, 63-64",
    ),
    _step(
        2,
        "acoem_odg",
        "ACOEM or ODG",
        SearchResult.ADDRESSED,
        text="ODG Pain, cyclobenzaprine",
        citation="ODG Pain, cyclobenzaprine",
        note="It fills what the schedule leaves open: CBP-2.",
    ),
    _step(3, "other_guidelines", "other guidelines", SearchResult.NOT_REACHED, note=_SETTLED),
    _step(4, "studies", "peer-reviewed studies", SearchResult.NOT_REACHED, note=_SETTLED),
)
