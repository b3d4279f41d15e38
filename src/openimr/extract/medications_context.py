"""How a drug's mention is meant: in use, started, stopped, failed, asked for, or not about use.

The cue nearest before a drug governs it, and reaches on over a list (`STOP naproxen and Advil`).
A cue after the drug (`Soma was discontinued`) wins over one before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from openimr.extract.medications_cues import AFTER, BEFORE, Cue, Outcome, Status
from openimr.extract.medications_reasons import outcome_of, reason_of
from openimr.extract.medications_segments import Section
from openimr.extract.medications_speaker import belongs_to_another, is_guideline, is_other_person
from openimr.model.evidence import Assertion

_PRESENT, _HISTORICAL = Assertion.PRESENT, Assertion.HISTORICAL
_HYPOTHETICAL, _ABSENT = Assertion.HYPOTHETICAL, Assertion.ABSENT
_ACTS = frozenset({Status.STARTED, Status.CONTINUED})
_TURNING = tuple(
    cue
    for cue in BEFORE
    if cue.assertion in {_HYPOTHETICAL, _ABSENT} and cue.status is Status.LISTED
)
_LISTS = frozenset({Section.CURRENT, Section.PAST, Section.PLAN})
_BEING_WRITTEN = frozenset({Status.LISTED, Status.REQUESTED, Status.CONTINUED})
_HELPED = re.compile(
    r"\b(?:helps?|helped|helpful|effective|beneficial|(?:good|some|significant|moderate|partial"
    r"|adequate|excellent)\s+(?:relief|benefit|response)|works?\s+well|worked\s+well|reliev\w+"
    r"|reduc\w+\s+(?:\w+\s+)?pain|with\s+benefit)\b",
    re.IGNORECASE,
)
_NOT_USE_BEFORE = re.compile(
    r"(?:\b(?:positive|negative|neg|pos|tested|testing|detect\w+|screen\w*|confirm\w*"
    r"|metabolites?|level|levels|presence)\b(?:\s+(?:\w+\s+){0,2}?(?:for|of|to))?[^.;]{0,60}$)|"
    r"\b(?:overdose\s+(?:of|on)|addict\w*\s+to|dependen\w+\s+(?:on|to)|abuse\s+of"
    r"|education\s+(?:on|about)|risks?\s+of|warned\s+(?:about|of|against))\s*$",
    re.IGNORECASE,
)
_NOT_USE_AFTER = re.compile(
    r"^\W{0,6}(?:[\d,.<>]+\s*(?:(?:ng|mcg|ug)\s*/\s*(?:ml|dl|l)|mg\s*/\s*(?:dl|l))\b|level|levels\b|screen"
    r"|NEG(?:ATIVE)?\b|POS(?:ITIVE)?\b|not\s+detected|detected|metabolite|toxicity|abuse"
    r"|addiction|dependence|overdose|withdrawal"
    r"|(?:milligram\s+)?equivalents?\b|eq\.?\s+dose)|^[ .]{4,}(?:NEG|POS|not\s+detected|detected"
    r"|[<>]?\s*[\d,]+\s*ng)",
    re.IGNORECASE,
)
_NONE_IN_TABLE = re.compile(
    r"[ \t]*(?:[|:]|\.{3,})[ \t]*(?:N|No|None|Neg|Never|Denie[sd]|Not\s+taken)\b"
    r"(?=[ \t]*(?:[|/;,.)]|\n|\Z))",
    re.IGNORECASE,
)
"""`Soma | N`, `Benzodiazepines: none`."""
_TEMPLATE = re.compile(
    r"\[\s?\]\s*\w*\s*$|\be\.?g\.?\W|\((?:template|pre-?printed|auto-?text|boilerplate|canned)\b|\bsuch\s+as\s*\(?$",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"^\s*(?:(?:can|may|could|might|should)\s+(?:not\s+)?(?:be|cause|lead|interact|have|help"
    r"|produce|increase|result)|is\s+(?:an?(?!\s+(?:first|new|initial|trial))|indicated|recommended|approved|associated|known"
    r"|considered)\b|are\s+(?:recommended|indicated|associated|considered))",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"\b(?:may|might|could|would|consider(?:ing)?|disc(?:uss(?:ed|ing)?)?\.?|if\s+(?:not|no"
    r"|needed|necessary|she|he)[^.;]*)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_WITHOUT = re.compile(r"\b(?:without|w/o)\s+(?:(?:the|her|his|any|taking)\s+)*$", re.IGNORECASE)
"""`Without Norco pain is 9/10` tells of pain; that it is taken, other words tell."""
_NOT_DONE = re.compile(
    r"(?:\bnot|n't|\bnever|\bdeclin\w+\s+to|\brefus\w+\s+to)\s+(?:yet\s+|been\s+|ever\s+)*$",
    re.IGNORECASE,
)
_TESTED = re.compile(r"\b(?:UDS|UDT|urine|tox\w*|drug\s+screen)\b[^.;]{0,80}$", re.IGNORECASE)
_STILL = re.compile(r"\btoday\b|\bthis\s+visit\b", re.IGNORECASE)
_SUBORDINATE = re.compile(r"\b(?:when|once|before|until|after|since)\b", re.IGNORECASE)
"""`on morphine for years when the patch was begun`: what was begun is another thing."""
_PRESENT_HARM = re.compile(
    r"\b(?:makes?|making|causes|causing|gives|giving|gets|some|mild|minor|slight|occasional)\b",
    re.IGNORECASE,
)
"""`makes her sleepy`: an effect of a drug that is still taken."""
_VERB_OF_HARM = re.compile(
    r"caused|made|not|intoleran|upset|allerg|poorly|could|was|left|gave|dried|gained|threw|knocked|fogged|clouded|dulled|doped|drugged|sickened|nauseated|bloated|dizzied|sedated|swelled|->|=>|\u2192",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r";|(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)\.\s+(?=[A-Z])")
_FAR = 8
_FURTHER = 12
"""Words after which a verb still tells what a drug did: `was tried for two months and made her`."""
_COURSE = frozenset({Status.STARTED, Status.CONTINUED, Status.CHANGED})
_FUTURE_CONDITION = re.compile(
    r"^\s*(?:\d+[.)]\s*)?(?:if|should|were|unless|in\s+the\s+event)\b", re.IGNORECASE
)
_LIST_ONLY = re.compile(
    r"^(?:[\s,;/&+()\[\]*.:\u2013-]|\b(?:and|or|plus|then|with|as\s+well\s+as|also|both|including"
    r"|incl"
    r"|otc|nor|generic|brand|oral|the|his|her|for|pain|sleep|mg|tabs?|caps?|stomach|protection"
    r"|all|any|other|some|a|of|up\s+to|(?:\d|one|two|three|four|five|six|seven|eight))\b)*$",
    re.IGNORECASE,
)
_TAKEN_FOR = re.compile(
    r"\b(?:if|when|while|despite|for|of|prn|onset|needed|treat\w*|with|about|re:?|no|without|denies"
    r"|any)\s*(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_APART = re.compile(r"\(|\b(?:tried|used|taken|given)\b[^.;]*\s[-\u2013]\s+(?:\w+\s+)?$")
"""`Soma 350 bid (sleepy)`, `Soma 350 bid tried - sleepy`: set apart, a complaint is of the drug."""
_RISKS_TOLD = re.compile(
    r"\b(?:risks?|side[\s-]effects?|warnings?|precautions?|cautions?)\s+(?:(?:were|was|are)\s+)?(?:told|explained|discussed|reviewed|given"
    r"|gone\s+over|covered)\b(?:(?!\n\s*\n)[\s\S])*$|\b(?:warned|counsel(?:l?ed)|told\s+what\s+to\s+watch)\b[^\n]*$",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\b(?:caused|made|gave|was|were|had|did|could|left|stopped|discontinued|d/?c'?d|failed|tried|after|from)\b",
    re.IGNORECASE,
)
_WARNING = re.compile(
    r"\b(?:call\s+(?:if|me|us)|may\s+(?:make|cause|give)|might\s+(?:make|cause)|can\s+(?:make|cause)|never\s+stop|watch\s+for|do\s+not\s+stop)\b",
    re.IGNORECASE,
)
_NEVER_BEFORE = re.compile(
    r"[^.;\n]{0,70}(?:(?:\n[^.;\n]{0,40})?[.;]\s+|,\s+|[-\u2013]\s+)(?:(?:she|he|the\s+patient|pt|patient)\s+(?:has|had|have)\s+"
    r"(?:not|never)\s+(?:yet\s+|ever\s+)?(?:had|taken|tried|used|been\s+on)\s+(?:it|this|one|any|that)\b"
    r"|(?:none|never|not\s+(?:taken|used|tried|had))\s+before\b(?!\s+(?:bed|sleep|work|meals|driving)))",
    re.IGNORECASE,
)
"""`Cymbalta 30. He has not had it before`: what is written for is being started."""
_ASKED_NOT_TAKEN = re.compile(r"\s*(?:\w+\s*)?\?[^\n.;]{0,30}?\bnot\s+taking\b", re.IGNORECASE)
"""`Gabapentin capsules? "no" - NOT TAKING since Oct`."""
_PRESCRIBED = re.compile(r"(?:was|were)\s+(?:prescribed|given)$", re.IGNORECASE)
_LONG_AGO = re.compile(r"\bin\s+the\s+past\b|^previously$|^beforehand$", re.IGNORECASE)
"""`has been on Soma and Norco in the past`: the time told after it rules the verb."""
_NAIVE = re.compile(r"\b(?:never|has|have|had|hasn|hadn|was|were|naive|no)\b", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)|\s[-\u2013]\s[^,;.]{1,30}(?=[,;])|:\s*[^,;.:]{1,24}(?=[,;])")
"""What a list tells beside a drug: `Tylenol (no help), Motrin - stomach, Soma`."""
_WORD = re.compile(r"[A-Za-z][\w'/]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How one mention is meant; None of all is no statement of use."""

    status: Status = Status.LISTED
    assertion: Assertion = Assertion.PRESENT
    outcome: Outcome | None = None
    reason: str | None = None
    cue: str = ""
    """The words that decided, as written."""
    hands_on: Reading | None = None
    """How the next drug of the same list is meant, if no words of its own say otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What stands around a drug's name."""

    head: str
    """Since the drug before, or the start of the statement."""
    rest: str
    """To the next drug or the end of the statement, with dosing blanked out."""
    tail: str
    """As `rest`, as written."""
    statement: str
    """The whole statement before the drug."""
    following: str = ""
    """After the drug, over the end of the statement."""
    earlier: str = ""
    """Before the statement: who reports."""
    section: Section = Section.OTHER
    has_dosing: bool = False
    """Whether a strength, directions or a quantity stand beside."""
    previous: Reading | None = None
    """How the drug before in the same statement is meant."""
    link: str = ""
    """What stands between the two, with dosing blanked out."""


def read_context(around: Surroundings) -> Reading | None:
    """How a mention is meant; None where the words are not about taking the drug."""
    if _is_no_use(around):
        return None
    if is_other_person(around.statement, around.section, around.earlier) or belongs_to_another(
        around.tail
    ):
        return _for_all(Reading(assertion=Assertion.OTHER_PERSON, cue="relative"))
    if (answered := _answered(around)) is not None:
        return answered
    if around.section is Section.ALLERGY and not around.has_dosing:
        return _allergy(around.tail)
    if general := _in_general(around):
        return _for_all(Reading(assertion=_HYPOTHETICAL, cue=general))
    before = _governing(around.head, has_dosing=around.has_dosing) or _handed(around)
    before = _still(before, around)
    if before is None and not around.has_dosing and _TESTED.search(around.statement):
        return None
    after = _following(around.rest, has_dosing=around.has_dosing)
    if after is not None and after.outcome is Outcome.NOT_TOLERATED and _is_warning(around):
        return Reading(assertion=_HYPOTHETICAL, cue="warning")
    reading = _as_new(_joined(before, after, around), around)
    if _FUTURE_CONDITION.match(around.statement) and reading.assertion is _PRESENT:
        return _for_all(Reading(status=reading.status, assertion=_HYPOTHETICAL, cue="if"))
    return reading


def _answered(around: Surroundings) -> Reading | None:
    """The answer beside a drug that a form or table asks for."""
    if answer := _NONE_IN_TABLE.match(around.following):
        return Reading(assertion=_ABSENT, cue=answer.group().strip())
    if answer := _ASKED_NOT_TAKEN.match(around.following):
        return Reading(status=Status.STOPPED, assertion=_HISTORICAL, cue=answer.group().strip())
    return None


def _still(before: Reading | None, around: Surroundings) -> Reading | None:
    """A word of the past before a drug that the words after it say is taken today."""
    was = before is not None and before.assertion is _HISTORICAL
    if before is not None and was and before.status is Status.LISTED and _STILL.search(around.tail):
        return replace(before, assertion=_PRESENT)
    return before


def _as_new(reading: Reading, around: Surroundings) -> Reading:
    """A drug that is written for, and of which the next words say that it was never had."""
    written = reading.assertion is _PRESENT and reading.status in _BEING_WRITTEN
    if written and _NEVER_BEFORE.match(around.following):
        return replace(reading, status=Status.STARTED)
    return reading


def _is_warning(around: Surroundings) -> bool:
    """Whether a harm beside a drug is what the patient was told to watch for."""
    if _HAPPENED.search(around.rest):
        return False
    told = _RISKS_TOLD.search(f"{around.earlier}{around.statement}") is not None
    return told or _WARNING.search(around.rest) is not None


def _is_no_use(around: Surroundings) -> bool:
    """Laboratory values, warnings, addiction: the drug is named, its use is not told."""
    if _NOT_USE_AFTER.match(around.following) or _WITHOUT.search(around.head):
        return True
    return not around.has_dosing and _NOT_USE_BEFORE.search(around.head) is not None


def _in_general(around: Surroundings) -> str:
    """Why a statement is no statement about this patient's drug; empty if it is one."""
    if around.section is Section.TEMPLATE or _TEMPLATE.search(around.head):
        return "template"
    if _GENERAL.match(around.rest) and not around.has_dosing:
        return "general"
    is_quoted = is_guideline(around.statement, around.rest, has_dosing=around.has_dosing)
    return "guideline" if is_quoted else ""


def _allergy(tail: str) -> Reading:
    reading = Reading(assertion=_ABSENT, outcome=Outcome.CONTRAINDICATED, cue="allergy")
    return replace(reading, reason=reason_of(tail), hands_on=reading)


def _governing(head: str, *, has_dosing: bool) -> Reading | None:
    """What the nearest cue before the drug says."""
    met = [
        (_last(found), _last(found) - found.start(), -order, cue, found)
        for order, cue in enumerate(BEFORE)
        for found in cue.pattern.finditer(head)
        if _reaches(cue, head[found.end() :], has_dosing=has_dosing)
    ]
    if not met:
        return None
    *_, cue, found = max(met, key=lambda hit: hit[:3])
    assertion = _turned(cue, head[: found.start()])
    return Reading(
        status=cue.status,
        assertion=assertion,
        outcome=cue.outcome if assertion is cue.assertion else None,
        cue=found.group().strip(),
    )


def _last(found: re.Match[str]) -> int:
    """Where the words of a cue end, without the space after them."""
    return found.start() + len(found.group().rstrip())


def _reaches(cue: Cue, gap: str, *, has_dosing: bool) -> bool:
    """Whether the words between a cue and the drug let it govern the drug."""
    if len(_WORD.findall(gap)) > cue.reach or (";" in gap and cue.reach < _FAR):
        return False
    return not (cue.assertion in {_ABSENT, _HISTORICAL} and has_dosing and "," in gap)


def _turned(cue: Cue, before: str) -> Assertion:
    """The assertion of an act that is only considered (`may start`) or denied (`did not start`)."""
    if cue.status is Status.LISTED:
        return cue.assertion
    if _NOT_DONE.search(before):
        return _PRESENT if cue.status is Status.STOPPED else _ABSENT
    for other in _TURNING:
        for found in other.pattern.finditer(before):
            between = before[found.end() :]
            if len(_WORD.findall(between)) <= 1 and not re.search(r"[,;]", between):
                return other.assertion
    return _HYPOTHETICAL if _MODAL.search(before) else cue.assertion


def _following(tail: str, *, has_dosing: bool) -> Reading | None:
    """What a cue right after the drug and its directions says, with the outcome told beside it."""
    clause = _CLAUSE_END.split(tail, maxsplit=1)[0]
    met = [
        (found.start(), order, cue, found)
        for order, cue in enumerate(AFTER)
        if (found := cue.pattern.search(clause))
        and _applies(
            cue, clause[: found.start()], has_dosing, _VERB_OF_HARM.match(found.group()) is not None
        )
    ]
    if not met:
        return None
    # Years beside a drug tell less than any word on what became of it.
    met = [hit for hit in met if not hit[3].group().lstrip("(")[:1].isdigit()] or met
    _, _, cue, found = min(met, key=lambda hit: hit[:2])
    outcomes = [
        other.outcome for *_, other, _ in sorted(met, key=lambda hit: hit[:2]) if other.outcome
    ]
    return Reading(
        status=cue.status,
        assertion=cue.assertion,
        outcome=next(
            (outcome for outcome in outcomes if outcome is not Outcome.TRIED), cue.outcome
        ),
        cue=found.group().strip(),
    )


def _applies(cue: Cue, before: str, has_dosing: bool, found_verb: bool) -> bool:  # noqa: FBT001 - one word more says it
    """Whether a cue after a drug is about it: near, and no complaint that it is taken for."""
    further = found_verb and cue.outcome is Outcome.NOT_TOLERATED
    reach = max(_FURTHER, cue.reach) if further else cue.reach
    if len(_WORD.findall(before)) > reach:
        return False
    if cue.status in _COURSE and _SUBORDINATE.search(before):
        return False
    if cue.outcome is not Outcome.NOT_TOLERATED:
        return True
    if _TAKEN_FOR.search(before) or _PRESENT_HARM.search(before):
        return False
    return not has_dosing or found_verb or _APART.search(before) is not None


def _handed(around: Surroundings) -> Reading | None:
    """What the drug before in a list hands on; a stop does not reach a drug with own directions."""
    handed = around.previous.hands_on if around.previous else None
    if handed is None or not is_list(around.link) or around.link.lstrip().startswith(")"):
        return None
    ended = handed.assertion in {_HISTORICAL, _ABSENT} and handed.status is not Status.LISTED
    return None if around.has_dosing and ended else handed


def is_list(link: str) -> bool:
    """Whether only list marks and filling words stand between two drugs.

    >>> is_list(" and "), is_list(" helps more than ")
    (True, False)
    """
    return _LIST_ONLY.match(_ASIDE.sub(" ", link)) is not None


def _for_all(reading: Reading) -> Reading:
    """A reading that holds for the whole list."""
    return replace(reading, hands_on=reading)


def _joined(before: Reading | None, after: Reading | None, around: Surroundings) -> Reading:
    base = before or _by_section(around.section)
    listed = before is not None or around.section in _LISTS
    current = around.section in {Section.CURRENT, Section.PLAN, Section.DISPENSED}
    listed_now = current and base.assertion is _PRESENT and not _ENDED.search(around.rest)
    if after is not None and around.has_dosing and _PRESCRIBED.match(after.cue):
        after = None  # `Xanax 0.5 mg bid was prescribed`: it is taken
    chosen = base if after is None else _after_wins(base, after, listed_now=listed_now)
    outcome = _outcome(chosen, after, around.rest)
    reason = reason_of(around.tail) or (
        reason_of(around.tail.partition(after.cue)[2]) if after else None
    )
    if outcome in {None, Outcome.TRIED} and chosen.assertion is _HISTORICAL and reason:
        outcome = outcome_of(reason) or outcome
    if chosen.assertion is _ABSENT and reason and outcome is None:
        outcome = Outcome.CONTRAINDICATED
    ended = chosen.status in {Status.STOPPED, Status.FAILED, Status.CHANGED}
    return replace(
        chosen,
        outcome=outcome,
        reason=reason if ended or outcome is not None else None,
        hands_on=base if listed else None,
    )


_ENDED = re.compile(
    r"\b(?:tried|trial(?:ed)?|d/?c'?d?|stopped|discontinued|abandoned)\b", re.IGNORECASE
)
"""`gabapentin tid tried x 10 wk - sedated`, even under a plan."""


def _outcome(chosen: Reading, after: Reading | None, rest: str) -> Outcome | None:
    """The outcome told; that it helped, only of a drug of the past."""
    open_yet = chosen.outcome in {None, Outcome.TRIED} and not (after and after.outcome)
    if not open_yet or not _HELPED.search(rest):
        return chosen.outcome
    is_past = chosen.outcome is not None or chosen.assertion is _HISTORICAL
    return Outcome.HELPED if is_past else None


def _after_wins(base: Reading, after: Reading, *, listed_now: bool) -> Reading:
    """How the cue after a drug changes what the words before it say."""
    outcome = after.outcome
    if base.assertion is _HYPOTHETICAL or (base.assertion is _ABSENT and after.status in _ACTS):
        return base
    if _is_naive(after) and base.assertion is not _ABSENT:
        # `Prescribed Soma, which she has never had`: it is being started.
        prescribed = base.assertion is _PRESENT and (base.cue or listed_now)
        return replace(base, status=Status.STARTED, cue=after.cue) if prescribed else after
    if outcome is not None and base.status in {Status.STOPPED, Status.FAILED}:
        return replace(base, outcome=outcome)
    if outcome is Outcome.NOT_TOLERATED and listed_now and not _VERB_OF_HARM.match(after.cue):
        return base
    if _LONG_AGO.search(after.cue) and base.status is Status.LISTED and base.assertion is _PRESENT:
        return after
    if outcome is not None and base.assertion is _PRESENT and base.cue:
        return replace(base, outcome=outcome) if outcome is Outcome.FAILED else base
    if after.status is Status.LISTED and base.assertion is not _PRESENT:
        return (
            base
            if after.assertion is _HISTORICAL and outcome is Outcome.TRIED
            else replace(base, outcome=outcome)
        )
    return after


def _is_naive(after: Reading) -> bool:
    """Whether the words after a drug say that it was never had (not that it is avoided)."""
    never = after.assertion is _ABSENT and after.outcome is None
    return never and _NAIVE.search(after.cue) is not None


def _by_section(section: Section) -> Reading:
    if section is Section.PAST:
        return Reading(assertion=_HISTORICAL, outcome=Outcome.TRIED)
    if section is Section.DISPENSED:
        return Reading(status=Status.DISPENSED)
    return Reading()
