"""The authorities searched for an item, one after the other, with what each came to.

The search tells only what the rulebook knows: whose topic a treatment is, the schedule's or another
guideline's, on which pages, and whether its criteria are encoded. Of every other text it says that
it is not at hand. A step is settled by the rulebook or, where a reviewer challenges the schedule
with studies, by the appraisal of those studies.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openimr.model.authority import (
    Authority,
    SearchOrder,
    SearchResult,
    SearchSequence,
    SearchStep,
)
from openimr.model.finding import Finding
from openimr.model.prose import listed
from openimr.model.rule import Topic
from openimr.model.study import Appraisal

_UNVERIFIED = "(unverified)"


def search_authorities(
    order: SearchOrder,
    *,
    topics: Sequence[Topic],
    findings: Sequence[Finding],
    day: date,
    appraisal: Appraisal | None = None,
) -> SearchSequence:
    """The search for one item.

    Args:
        order: the order in force on the day.
        topics: the item's topics, its own first; none where no rule speaks to it.
        findings: the findings of the item; what they cite shows which texts bear on it.
        day: the day whose editions count.
        appraisal: of a challenge to the schedule, if a reviewer entered one.
    """
    scene = _Scene(order, topics[0] if topics else None, tuple(findings), day, appraisal)
    steps: list[SearchStep] = []
    for number, authority in enumerate(order.steps, start=1):
        steps.append(scene.step(number, authority, steps))
    return SearchSequence(
        order=order.id,
        name=order.name,
        citation=order.citation,
        unverified=order.unverified,
        rule=order.rule,
        steps=tuple(steps),
        appraisal=appraisal,
    )


@dataclass(frozen=True)
class _Scene:
    """One item before the order of its day."""

    order: SearchOrder
    topic: Topic | None
    findings: tuple[Finding, ...]
    day: date
    appraisal: Appraisal | None

    def step(self, number: int, authority: Authority, before: Sequence[SearchStep]) -> SearchStep:
        """What one authority comes to after those above it."""
        if number == 1:
            return self._schedule(authority)
        rebutted = before[0].result is SearchResult.REBUTTED
        if rebutted and authority.studies and self.appraisal is not None:
            return self._studies(number, authority, self.appraisal)
        gap = self._gap(authority) if not rebutted else ()
        if gap and before[0].result is SearchResult.ADDRESSED:
            return self._fills(number, authority, gap)
        settled = self._settled(before)
        if settled and any(map(self._gap, self.order.steps[number:])):
            note = "For what the schedule leaves open: no text of it is at hand."
            return self._named(number, authority, SearchResult.NOT_AVAILABLE, note)
        if settled:
            return self._make(number, authority, SearchResult.NOT_REACHED, note=settled)
        if self._is_own(authority) and not rebutted:
            return self._own(number, authority)
        return self._not_at_hand(number, authority)

    def _schedule(self, schedule: Authority) -> SearchStep:
        if self.topic is None:
            note = "No criteria of it for this request are encoded, and its text is not at hand."
            return self._named(1, schedule, SearchResult.NOT_AVAILABLE, note)
        if not self.topic.mtus_addresses:
            note = "It gives no criteria for this treatment, as far as the rulebook knows it."
            return self._named(1, schedule, SearchResult.NOT_ADDRESSED, note)
        step = self._own(1, schedule)
        if self.appraisal is None:
            return step
        return self._challenged(step, schedule, self.appraisal)

    def _challenged(
        self, step: SearchStep, schedule: Authority, appraisal: Appraisal
    ) -> SearchStep:
        result = SearchResult.REBUTTED if appraisal.rebuts else step.result
        doubt = ", unverified" if appraisal.unverified else ""
        weighed = f"weighed by {appraisal.citation}{doubt}"
        stated = appraisal.challenge.stated
        note = f"Challenged ({stated}; {weighed}): {appraisal.note}"
        return self._of_topic(1, schedule, result, note)

    def _own(self, number: int, authority: Authority) -> SearchStep:
        """The authority that the item's topic is of."""
        topic = self._topic()
        if topic.open:
            note = f"Its text on this treatment is not at hand. {topic.open}"
            return self._of_topic(number, authority, SearchResult.NOT_AVAILABLE, note)
        return self._of_topic(number, authority, SearchResult.ADDRESSED, "")

    def _of_topic(
        self, number: int, authority: Authority, result: SearchResult, note: str
    ) -> SearchStep:
        topic = self._topic()
        cited = self._cited(authority)
        return SearchStep(
            number=number,
            authority=authority.id,
            name=authority.name,
            result=result,
            text=topic.guideline,
            edition=topic.edition,
            citation=_pages(topic),
            verified_on=topic.verified_on,
            unverified=any(_UNVERIFIED in finding.citation for finding in cited),
            note=note,
        )

    def _fills(self, number: int, authority: Authority, gap: tuple[Finding, ...]) -> SearchStep:
        """A text below the schedule that some criteria stand on, since the schedule is silent."""
        names = listed(str(finding.criterion) for finding in gap)
        citations = tuple(dict.fromkeys(finding.citation for finding in gap))
        return SearchStep(
            number=number,
            authority=authority.id,
            name=authority.name,
            result=SearchResult.ADDRESSED,
            text="; ".join(citations),
            citation="; ".join(citations),
            verified_on=self._topic().verified_on,
            unverified=any(_UNVERIFIED in citation for citation in citations),
            note=f"It fills what the schedule leaves open: {names}.",
        )

    def _studies(self, number: int, authority: Authority, appraisal: Appraisal) -> SearchStep:
        counted = [one for one in appraisal.studies if one.level == appraisal.best]
        winning = [one for one in counted if one.study.speaks_for is appraisal.prevails]
        return SearchStep(
            number=number,
            authority=authority.id,
            name=authority.name,
            result=SearchResult.ADDRESSED,
            text="; ".join(one.study.citation for one in winning),
            citation="; ".join(f"{one.study.citation} (level {one.level})" for one in winning),
            unverified=any(one.unverified for one in winning),
            note="As the reviewer entered and judged the studies; no text of them was read.",
        )

    def _not_at_hand(self, number: int, authority: Authority) -> SearchStep:
        note = "No text of it is at hand; the reviewer searches it."
        return self._named(number, authority, SearchResult.NOT_AVAILABLE, note)

    def _settled(self, before: Sequence[SearchStep]) -> str:
        """Why the search goes no further, or empty."""
        first = before[0]
        if self.topic is None:
            return "Whether the search goes on depends on step 1."
        if first.result in (SearchResult.ADDRESSED, SearchResult.NOT_AVAILABLE):
            return "Step 1 speaks to this treatment and is not rebutted."
        own = (step for step in before[1:] if step.text and step.text == self.topic.guideline)
        return next((f"Step {step.number} speaks to this treatment." for step in own), "")

    def _is_own(self, authority: Authority) -> bool:
        topic = self._topic()
        return not topic.mtus_addresses and self._is_of(topic.guideline, authority)

    def _gap(self, authority: Authority) -> tuple[Finding, ...]:
        """Findings that cite this authority and not the schedule."""
        if self.topic is None or not self.topic.mtus_addresses:
            return ()
        schedule = self.order.steps[0]
        return tuple(
            finding
            for finding in self._cited(authority)
            if not self._is_of(finding.citation, schedule)
        )

    def _cited(self, authority: Authority) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if self._is_of(one.citation, authority))

    @staticmethod
    def _is_of(citation: str, authority: Authority) -> bool:
        return any(re.search(pattern, citation) for pattern in authority.cited_as)

    def _named(
        self, number: int, authority: Authority, result: SearchResult, note: str
    ) -> SearchStep:
        """A step that names the texts in force and claims nothing of what they say."""
        texts = authority.in_force(self.day)
        return SearchStep(
            number=number,
            authority=authority.id,
            name=authority.name,
            result=result,
            text="; ".join(text.title for text in texts),
            unverified=any(text.unverified for text in texts),
            note=note,
        )

    @staticmethod
    def _make(number: int, authority: Authority, result: SearchResult, *, note: str) -> SearchStep:
        return SearchStep(
            number=number, authority=authority.id, name=authority.name, result=result, note=note
        )

    def _topic(self) -> Topic:
        if self.topic is None:
            raise ValueError("a step of a topic was asked for where there is none")
        return self.topic


def _pages(topic: Topic) -> str:
    """Guideline and pages in one: `MTUS ... Guidelines, 8 CCR 9792.24.2, pages 74-96`."""
    if not topic.pages:
        return topic.guideline
    pages = topic.pages.replace(";", ",")
    if not pages[:1].isdigit():
        return f"{topic.guideline} ({pages})"
    return f"{topic.guideline}, {'page' if pages.isdigit() else 'pages'} {pages}"
