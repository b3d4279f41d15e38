"""A part of the record called missing that the summary tells: scores, drugs, findings, studies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from openimr.model.problem import Denial, Problem
from openimr.qa.check import Check, Scene, of_item
from openimr.qa.letter import CheckedLetter, Item
from openimr.qa.regions import regions_in
from openimr.qa.words import Sentence, sentences

CODE = "RECORD-DENIED"
_NEGATED = re.compile(
    r"\b(?:no|not|without|lacks?|lacking|fail\w*|denie[sd]|denying|negative|never|illegible)\b",
    re.IGNORECASE,
)
_REVIEWER = re.compile(
    r"\b(?:[Uu]tilization\s+[Rr]eview|UR|(?:[Pp]rior|[Pp]revious\w*)\s+(?:\w+\s+)?(?:review|determination|denial|denied)"
    r"|non-?\s?certif\w+|claims\s+administrator)\b"
)
"""What a summary tells of the earlier review is not of the record."""
_CLAUSE = re.compile(r"[;]|,\s+(?:but|however|although)\b|\b(?:but|however)\b", re.IGNORECASE)


_MOST_DENIED, _MOST_TOLD = 60, 300
"""Different sentences of each side that are compared: time must grow with the letter only."""


class _Claim(NamedTuple):
    """What a sentence of a rationale calls missing, and how it is found where it stands."""

    what: str
    sentence: Sentence
    stands: Callable[[str], bool]


def _find(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    told = (one.text for one in sentences(letter.summary) if not _REVIEWER.search(one.text))
    summary = list(dict.fromkeys(told))[:_MOST_TOLD]
    for item in letter.items:
        seen: set[str] = set()
        for claim in _distinct(item, scene):
            if claim.what in seen:
                continue
            against = next((text for text in summary if claim.stands(text)), None)
            if against is not None:
                seen.add(claim.what)
                message = f"it says that {claim.what} is missing, and the case summary tells it"
                yield of_item(CODE, item, message, told=claim.sentence, against=against)


def _distinct(item: Item, scene: Scene) -> Iterator[_Claim]:
    """Each thing called missing by the same words once, and not without end."""
    claims = {(one.what, one.sentence.text): one for one in reversed([*_claims(item, scene)])}
    yield from sorted(claims.values(), key=lambda one: one.sentence.start)[:_MOST_DENIED]


_Reader: TypeAlias = Callable[[Sentence, Item, Scene], Iterator[_Claim]]


def _claims(item: Item, scene: Scene) -> Iterator[_Claim]:
    for sentence in sentences(item.rationale):
        for read in _READERS:
            yield from read(sentence, item, scene)


def _listed(sentence: Sentence, item: Item, scene: Scene) -> Iterator[_Claim]:
    """What the rules list: a score, the drugs, the work status."""
    for denial in scene.rules.denials:
        if _any(denial.denied).search(sentence.text):
            yield _Claim(denial.of, sentence, _tells(denial, item.request.procedure or ""))


def _tells(denial: Denial, treatment: str) -> Callable[[str], bool]:
    def stands(text: str) -> bool:
        if denial.of_treatment and (not treatment or treatment.lower() not in text.lower()):
            return False
        found = _any(denial.told).search(text)
        return found is not None and not _NEGATED.search(_clause(text, found))

    return stands


def _clause(text: str, found: re.Match[str]) -> str:
    """The words of the sentence about a place, up to `but` or a semicolon on either side."""
    begun = max((one.end() for one in _CLAUSE.finditer(text, 0, found.start())), default=0)
    ended = _CLAUSE.search(text, found.end())
    return text[begun : ended.start() if ended else len(text)]


_NO_RECORD = re.compile(
    r"\b(?:no|lack\s+of|without(?:\s+any)?|insufficient)\s+(?:clinical\s+)?"
    r"(?:documentation|documented|evidence|mention|indication|reports?|record|complaints?)\s+(?:of\s+|that\s+)?"
    r"(?P<rest>[^.;]{3,160})|\bfail\w*\s+to\s+(?:document|show|mention|demonstrate)\s+(?P<failed>[^.;]{3,160})",
    re.IGNORECASE,
)
_RESERVED = re.compile(
    r"\b(?:recent|current\w*|since|objective\w*|specific\w*|significant\w*|quantif\w+|clear\w*|further"
    r"|additional|new|ongoing|continued|fail\w*|respon\w+|benefit\w*|improve\w*|effica\w+|efficien\w+"
    r"|treat\w+|severe|chronic|acute|post|not|adequate|how|whether|result\w*|trial\w*|exhaust\w*|complet\w+"
    r"|plan\w*|diagnos\w+|caus\w+|due|secondary|disorder|concurrent\w*|combin\w+|adjunct|frequen\w+"
    r"|progress\w*|worsen\w*|rationale|need\w*|requir\w+|previous\w*|prior|number|amount|duration)\b",
    re.IGNORECASE,
)
"""Before what is denied: a reserve of time, degree or effect, with which it is no denial."""
_RECEIVED = frozenset({"physical therapy", "chiropractic care", "acupuncture", "an injection"})
_TAKEN = re.compile(
    r"\b(?:treat\w+|therap\w+|care)\b[^.;]{0,60}?\b(?:includ\w+|consist\w+|rendered)|\b(?:completed|attended"
    r"|received|underwent|undergone|undergoing|administered|sessions?\s+of|given|performed)\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:plan\w*|request\w*|recommend\w*|order\w*|prescri\w+|pending|refer\w*|authoriz\w+|schedul\w+"
    r"|discuss\w*|consider\w*)\b",
    re.IGNORECASE,
)
"""A treatment that is planned has not been had."""


def _of_the_patient(sentence: Sentence, item: Item, scene: Scene) -> Iterator[_Claim]:
    """`No documentation of muscle spasm`, `no evidence of physical therapy`."""
    del item
    for denial in _NO_RECORD.finditer(sentence.text):
        rest = denial["rest"] or denial["failed"]
        for name, patterns in scene.rules.findings.items():
            met = _any(patterns).search(rest)
            if (
                met is None
                or _RESERVED.search(rest, 0, met.end())
                or _RESERVED.match(rest[met.end() :].lstrip())
            ):
                continue
            yield _Claim(name, sentence, _is_had(patterns, is_treatment=name in _RECEIVED))


def _is_had(patterns: tuple[str, ...], *, is_treatment: bool) -> Callable[[str], bool]:
    def stands(text: str) -> bool:
        met = _any(patterns).search(text)
        if met is None or _NEGATED.search(_clause(text, met)):
            return False
        return not is_treatment or (bool(_TAKEN.search(text)) and not _PLANNED.search(text))

    return stands


_NO_FINDINGS = re.compile(
    r"\b(?:fail\w*\s+to\s+(?:provide|show|document)\s+any|no|lack\s+of\s+any)\s+(?:significant\s+)?"
    r"(?:(?:subjective\s+)?complaints?\s+or\s+)?(?:(?:physical|objective)\s+)?(?:exam\w*\s+)?findings?\b"
    r"(?P<rest>[^.;]*)",
    re.IGNORECASE,
)
_NO_EXAM = re.compile(
    r"\bno\s+(?P<part>\w+(?:\s+\w+){0,2}?)\s+exam(?:ination)?\b(?!\s+(?:findings?|signs?|evidence))",
    re.IGNORECASE,
)
_ABNORMAL = re.compile(
    r"\b(?:tender\w*|painful|pain\s+with|decreased|restricted|limited|reduced|diminished|positive|weak\w*"
    r"|spasms?|swelling|effusion|crepitus|abnormal|deformity|instability)\b",
    re.IGNORECASE,
)
_EXAMINED = re.compile(r"\bexam(?:ination|ined)?\b", re.IGNORECASE)
_STUDY = re.compile(r"\b(?P<study>CT|MRI|x-?rays?|EMG|ultrasound)\b", re.IGNORECASE)
_LESION = re.compile(
    r"\b(?:bulg\w+|protru\w+|herniat\w+|extru\w+|tears?|torn|fractur\w+|defects?|stenosis|narrowing"
    r"|spondylolisthesis|impingement)\b",
    re.IGNORECASE,
)
_STUDIES = {"ct": r"\bCT\b|\bcomputed\s+tomography", "mri": r"\bMRI\b|\bmagnetic\s+resonance"}
_ONLY = re.compile(
    r"\bonly\s+(?P<what>[\w\s-]{3,60}?)\s+(?:is|are|was|were)\s+(?:noted|documented|found|seen)\b"
    r"[^.;]{0,30}\bexam",
    re.IGNORECASE,
)
_NO_OTHER = re.compile(r"\bno\s+other\s+(?:\w+\s+)?exam(?:ination)?\s+findings\b", re.IGNORECASE)
_FINDINGS = ("strength", "sensation", "reflex", "straight leg", "range of motion", "spurling")


def _of_a_part(sentence: Sentence, item: Item, scene: Scene) -> Iterator[_Claim]:
    """`No findings regarding the left shoulder`, `no neck examination`."""
    del item
    rules = scene.rules
    found = _NO_FINDINGS.search(sentence.text)
    parts = regions_in(found["rest"], rules) if found is not None else frozenset[str]()
    if found is not None and parts and not _STUDY.search(found["rest"][:20]):
        side = _side(found["rest"])

        def stands(text: str) -> bool:
            tells = _ABNORMAL.search(text)
            return (
                tells is not None
                and bool(regions_in(text, rules) & parts)
                and (side is None or side in text.lower())
                and not _NEGATED.search(text)
            )

        yield _Claim(f"any finding of the {_named(parts)}", sentence, stands)
    bare = _NO_EXAM.search(sentence.text)
    about = regions_in(bare["part"], rules) if bare is not None else frozenset[str]()
    if about:
        yield _Claim(
            f"an examination of the {_named(about)}",
            sentence,
            lambda text: bool(_EXAMINED.search(text)) and bool(regions_in(text, rules) & about),
        )


def _of_a_study(sentence: Sentence, item: Item, scene: Scene) -> Iterator[_Claim]:
    """`No significant findings of CT lumbar`, where the summary tells what the study showed."""
    del item
    found = _NO_FINDINGS.search(sentence.text)
    named = _STUDY.search(found["rest"][:40]) if found is not None else None
    if found is None or named is None:
        return
    study = re.compile(
        _STUDIES.get(named["study"].lower(), re.escape(named["study"])), re.IGNORECASE
    )
    parts, rules = regions_in(found["rest"], scene.rules), scene.rules

    def stands(text: str) -> bool:
        lesion = _LESION.search(text)
        return (
            lesion is not None
            and study.search(text) is not None
            and not _NEGATED.search(_clause(text, lesion))
            and (not parts or bool(regions_in(text, rules) & parts))
        )

    yield _Claim(f"any finding of the {named['study']}", sentence, stands)


def _of_the_rest(sentence: Sentence, item: Item, scene: Scene) -> Iterator[_Claim]:
    """`Only tenderness is noted on exam`, `no other examination findings`."""
    del scene
    only = _ONLY.search(sentence.text)
    if only is not None:
        named = only["what"].lower()
        yield _Claim(
            "any other finding",
            sentence,
            lambda text: (
                any(one.group().lower()[:6] not in named for one in _ABNORMAL.finditer(text))
                and not _NEGATED.search(text)
            ),
        )
    if _NO_OTHER.search(sentence.text):
        own = item.rationale.lower()
        missing = [one for one in _FINDINGS if one not in own]
        yield _Claim(
            "any other examination finding",
            sentence,
            lambda text: any(one in text.lower() for one in missing),
        )


def _side(text: str) -> str | None:
    sides = {side for side in ("left", "right") if re.search(rf"\b{side}\b", text, re.IGNORECASE)}
    return sides.pop() if len(sides) == 1 else None


def _named(parts: frozenset[str]) -> str:
    return " and the ".join(sorted(parts))


@lru_cache(maxsize=64)
def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in patterns), re.IGNORECASE)


_READERS: tuple[_Reader, ...] = (_listed, _of_the_patient, _of_a_part, _of_a_study, _of_the_rest)

CHECK = Check(
    CODE,
    "what the rationale calls missing of the record stands in the case summary",
    "What the reviewer summarises as documented cannot be missing in the reasons (Labor Code"
    " 4610.6(h)(5)).",
    _find,
)
