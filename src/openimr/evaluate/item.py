"""One disputed item laid against its topics."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from openimr.evaluate.advice import modification, taper_note, used_up
from openimr.evaluate.context import Context, LeafResult, about_the_patient
from openimr.evaluate.decision import Decision, Rules, decide
from openimr.evaluate.drug_of import drug_of
from openimr.evaluate.flip import flip_sets, led_by
from openimr.evaluate.leaves import TESTS
from openimr.evaluate.leaves.history import stage
from openimr.evaluate.narrow import narrowed, of_line, of_stage
from openimr.evaluate.overruled import NONE, Overrides
from openimr.evaluate.regimen import Regimen
from openimr.evaluate.retrospect import known_then, retrospect_notes, service_day
from openimr.model.case import CaseHeader, DisputedItem
from openimr.model.document import Document
from openimr.model.drug import Drug, Formulary
from openimr.model.edition import EditionChoice
from openimr.model.evidence import Certificate, Fact
from openimr.model.finding import Evaluation, Finding, Suggestion, Value
from openimr.model.ids import ConceptId, CriterionId, DocumentId
from openimr.model.labels import us_date
from openimr.model.rule import Criterion, Settings, Source, Topic
from openimr.model.timeline import Course

Certify = Callable[[tuple[ConceptId, ...], str | None], Certificate]
_MTUS = re.compile(r"MTUS|chronic pain|CPMTG|9792|ACOEM", re.IGNORECASE)
"""How UR names the MTUS and its parts."""
_PAGES = re.compile(r"\b(?:decision|based|on|pages?|pp?|to|and)\b|[\W\d]", re.IGNORECASE)
"""What a citation holds besides the name of a guideline; without one, UR may mean the MTUS."""
_SILENT = frozenset({Value.NOT_DOCUMENTED, Value.UNKNOWN})
_FROM_ANY_DOCUMENT = frozenset({ConceptId("medication"), ConceptId("ur_outcome")})


def evaluate_item(
    item: DisputedItem,
    *,
    facts: Sequence[Fact],
    header: CaseHeader,
    topics: tuple[Topic, ...],
    settings: Settings,
    formulary: Formulary,
    certify: Certify,
    as_of: date,
    items: Sequence[DisputedItem] = (),
    courses: Sequence[Course] = (),
    documents: Sequence[Document] = (),
    decided: Mapping[int, Suggestion] = MappingProxyType({}),
    edition: EditionChoice | None = None,
    overrides: Overrides = NONE,
) -> Evaluation:
    """Findings, suggestion, reasons and flip set of one item.

    Args:
        item: the disputed item.
        facts: all facts of the case.
        header: dates and the patient's age.
        topics: the item's topic and those it inherits, in force on the day; the own topic first.
        settings: the policy switches.
        formulary: drug facts.
        certify: makes the certificate of a search for concepts, about a drug if one is given.
        as_of: the day that stands for 'now' where the case gives no date of decision or request.
        items: all disputed items: what is asked for together is taken together.
        courses: the medication timeline, for what its fills show.
        documents: where given, statements in documents that are no evidence are left out.
        decided: what is suggested for the operations of the case, which associated items follow.
        edition: the edition that governs, and why.
        overrides: what the reviewer reads differently; nothing in a draft.
    """
    if not topics:
        return overrides.evaluation(_without_rules(item, edition))
    drug = drug_of(item.request, topics[0], formulary)
    if drug is not None and not _covers(topics[0], drug):
        why = f"The criteria of '{topics[0].title}' do not cover {drug.generic}."
        return overrides.evaluation(_without_rules(item, edition, why))
    line = f"{item.request_text} {item.request.text}"
    generic = drug.generic if drug else ""
    topics = tuple(of_line(narrowed(topic, generic), line) for topic in topics)
    evidence = _evidence(facts, documents)
    served = service_day(item, as_of)
    context = _context(
        item,
        drug,
        tuple(items),
        known_then(evidence, served),
        header,
        settings,
        formulary,
        served or header.ur_decision_date or header.rfa_date or as_of,
        topics[0].criteria[0],
    )
    context = replace(context, courses=tuple(courses), decided=decided, served=served)
    first_use = stage(context) is Value.PRESENT
    topics = (topics[0], *(of_stage(topic, first_use=first_use) for topic in topics[1:]))
    found = _findings(context, topics, certify, overrides)
    ordered = _in_order(topics, found)
    context = replace(context, findings=MappingProxyType(dict(found)))
    values = {finding.criterion: finding.value for finding in ordered}
    rules = Rules(
        topics=topics,
        settings=settings,
        first_use=first_use,
        used_up=used_up(context, (c for topic in topics for c in topic.criteria)),
    )
    decision = decide(rules, values)
    evaluation = Evaluation(
        topics=tuple((topic.id, topic.edition) for topic in topics if topic.criteria),
        findings=tuple(
            replace(finding, weight=decision.weights[finding.criterion]) for finding in ordered
        ),
        suggestion=decision.suggestion,
        reasons=decision.reasons,
        flags=decision.flags,
        flip=flip_sets(rules, values, led_by(ordered, rules)),
        modification=_modification(context, rules, decision),
        taper_note=taper_note(context, topics[0], decision.suggestion),
        notes=(*_notes(context, topics[0]), *retrospect_notes(item, served, evidence)),
        edition=edition,
    )
    return overrides.evaluation(evaluation)


def _covers(topic: Topic, drug: Drug) -> bool:
    """Whether a topic that lists its drugs lists this one: hydroxyzine is no benzodiazepine.

    A line whose words choose another topic than the formulary's (a taper, a compound) is covered.
    """
    return not topic.generics or drug.topic != topic.id or drug.generic in topic.generics


def _without_rules(item: DisputedItem, edition: EditionChoice | None, why: str = "") -> Evaluation:
    topic = item.request.topic_id
    if not why and topic:
        why = f"No criteria for the topic '{topic}' are held of the text that governs on the day."
    why = why or "The request names no treatment for which a topic is known."
    return Evaluation(
        topics=(),
        findings=(),
        suggestion=Suggestion.REFER,
        reasons=(),
        flags=(),
        flip=(),
        notes=(f"{why} The item goes to the reviewer without a suggestion.",),
        edition=edition,
    )


def _evidence(facts: Sequence[Fact], documents: Sequence[Document]) -> tuple[Fact, ...]:
    """Facts that may count: a UR decision or a letter speaks of drugs and of itself at most."""
    barred: set[DocumentId] = {d.id for d in documents if not d.kind.is_clinical}
    return tuple(
        fact
        for fact in facts
        if fact.provenance.document not in barred or fact.concept in _FROM_ANY_DOCUMENT
    )


def _context(
    item: DisputedItem,
    drug: Drug | None,
    items: tuple[DisputedItem, ...],
    facts: tuple[Fact, ...],
    header: CaseHeader,
    settings: Settings,
    formulary: Formulary,
    day: date,
    criterion: Criterion,
) -> Context:
    by_concept = about_the_patient(facts)
    spoken = tuple(fact for group in by_concept.values() for fact in group)
    return Context(
        item=item,
        items=items,
        header=header,
        drug=drug,
        formulary=formulary,
        settings=settings,
        day=day,
        facts=by_concept,
        regimen=Regimen(spoken, formulary, day),
        criterion=criterion,
    )


def _findings(
    context: Context, topics: tuple[Topic, ...], certify: Certify, overrides: Overrides
) -> Mapping[CriterionId, Finding]:
    """Every criterion's finding; inherited topics first, since others derive from theirs.

    In a topic, those that derive from another of its criteria come last.
    """
    found: dict[CriterionId, Finding] = {}
    for topic in reversed(topics):
        for criterion in sorted(topic.criteria, key=lambda one: len(_derived_from(one, topic))):
            if criterion.id in found:
                continue
            scene = replace(context, criterion=criterion, findings=MappingProxyType(dict(found)))
            found[criterion.id] = overrides.finding(_finding(scene, topic, certify))
    return found


def _derived_from(criterion: Criterion, topic: Topic) -> set[str]:
    """Criteria of the topic that a criterion's test names."""
    named = {str(value) for value in criterion.test.parameters.values() if isinstance(value, str)}
    return named & {str(other.id) for other in topic.criteria}


def _finding(context: Context, topic: Topic, certify: Certify) -> Finding:
    criterion = context.criterion
    result = TESTS[criterion.test.name](context, criterion.test.parameters)
    statement, certificate = result.statement, None
    silent = result.value in _SILENT and not result.supporting
    if criterion.concepts and (silent or result.searched):
        proof = certify(criterion.concepts, context.drug.generic if context.drug else None)
        certificate = proof.id
        statement = statement or silence_sentence(context, result, proof)
    return Finding(
        criterion=criterion.id,
        topic=topic.id,
        role=criterion.role,
        value=result.value,
        statement=statement or f"{criterion.statement}: {result.value.replace('_', ' ')}.",
        citation=citation(criterion.source),
        facts_for=tuple(sorted({fact.id for fact in result.supporting})),
        facts_against=tuple(sorted({fact.id for fact in result.opposing})),
        certificate=certificate,
        calculations=result.calculations,
        requirement=criterion.statement,
        satisfied_by=criterion.satisfied_by,
        name=criterion.name,
    )


def silence_sentence(context: Context, result: LeafResult, proof: Certificate) -> str:
    """The sentence of a silence: `No urine drug test was found in the 26 pages searched`."""
    sought = context.criterion.sought.replace("{drug}", context.drug_name) or "statement on this"
    pages = len(proof.pages_searched)
    counted = f"the {pages} page{'' if pages == 1 else 's'} searched"
    known = f", of {us_date(context.served)} or before," if context.served else ""
    return f"No {sought}{known} was found in {counted}{result.remark}."


def citation(source: Source) -> str:
    """Title and pages: `MTUS Chronic Pain 2009, pp. 76-80 (unverified)`."""
    single = source.pages.isdigit()
    pages = f", {'p.' if single else 'pp.'} {source.pages}" if source.pages else ""
    return f"{source.title}{pages}{' (unverified)' if source.unverified else ''}"


def _in_order(
    topics: tuple[Topic, ...], found: Mapping[CriterionId, Finding]
) -> tuple[Finding, ...]:
    """The own topic's findings first, each topic in the rulebook's order."""
    identities = dict.fromkeys(c.id for topic in topics for c in topic.criteria)
    return tuple(found[identity] for identity in identities)


def _modification(context: Context, rules: Rules, decision: Decision) -> str | None:
    criteria = rules.criteria
    return modification(context, (criteria[identity] for identity in decision.exceeded))


def _notes(context: Context, topic: Topic) -> tuple[str, ...]:
    item = context.item
    notes = [
        f"The request line leaves open: {open_point}." for open_point in item.request.ambiguities
    ]
    cited = item.ur_guideline or ""
    if topic.mtus_addresses and _PAGES.sub("", cited) and not _MTUS.search(cited):
        notes.append(
            "The MTUS addresses this treatment, so it comes before the guideline that UR cited."
        )
    notes += [topic.open] if topic.open else []
    notes += [f"Fills of {context.drug_name}: {flag.note}." for flag in context.fill_flags()]
    return tuple(notes)
