"""`With medication`, `before the dose`, `at its worst`: what the words say of a number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from openimr.extract.passages import Passage

_MEDICINE = (
    r"(?:med\w*|pills?|opioids?|narcotics?|dos(?:e|es|ing)|tablets?|drugs?|analgesics?|patch(?:es)?|"
    r"regimen|rx|prescriptions?|one|it|them|(?:these|this)(?!\s+(?!(?:he|she|they|the|his|her|pain|is|was|and|or|but|can|pt|patient)\b)[a-z]))\b"
)
_BETWEEN = (
    r"(?:\s+(?:the|his|her|their|my|its|any|this|these|taking|use|using|of|a|an|pain|current|all|each|"
    r"opioid|morning|noon|midday|evening|bedtime|nightly|daily|first|[ap]\.?m\.?))*\s*"
)
_WITHOUT = (
    rf"(?:without|w/o|w/out|w\.o\.?|s(?=\s+med_)|off(?:\s+of)?|before|ahead\s+of|prior\s+to|(?:if|when)\s+(?:he|she|I|you)\s+(?:do(?:es)?\s+not|do(?:es)?n.t)"
    rf"\s+(?:take\s+anything|use\s+anything)\b|(?:if|when)\s+(?:he|she|I|you)\s+(?:do(?:es)?\s+not|do(?:es)?n.t)\s+(?:take|use|have)|when\s+not\s+(?:taking|on)|not\s+taking|in\s+the\s+absence\s+of){_BETWEEN}{_MEDICINE}"
    r"|\b(?:when|as|after|once)\s+(?:\w+\s+){0,4}?(?:wears?|wore|worn)\s+off\b"
    r"|\b(?:un)?til+l?\s+(?:the\s+)?\w+\s+(?:kicks?\s+in|works|takes?\s+effect)\b|\b(?:unmedicated|untreated)\b|\bpre-?(?:med\w*|dose)\b|\b(?:without|w/o)(?=\s*[,.;)]|\s*$|\s*:|\s+(?:and|vs|versus|or|but)\b)"
    r"|\bwithout\s+(?:any|it|one|them)\b|\boff\s+it\b|\b(?:patch(?:es)?|pills?|med_*)\s+off\b|\bpre\b(?=\s*[:=]?\s*\d)|\b(?:was|were|being|been|is|when|if|while)\s+out\s+of\b|\boff(?=\s*[,.;)]|\s*$)|\bran\s+out\b"
    r"|\b(?:skips?|skipped|missed|misses|forgets?|forgot|omits?|omitted)\s+(?:it|a\s+dose|doses|one|the\s+\w+|his\s+\w+|her\s+\w+|med_*)\b|\bnothing\s+on\b"
    r"|\bno\s+(?:patch|pills?|med\w*|dose)\b|\bin\s+its\s+absence\b|\b(?:prior\s+to|before)\s+(?:starting|beginning)\b"
    r"|\b(?:were\s+it\s+not|if\s+(?:it\s+were\s+)?not|but)\s+for\b"
    r"|\b(?:refills?|prescriptions?|rx|scripts?|supply|patch(?:es)?|med\w*|it|they)\s+(?:is|was|were|came|had\s+been)\s+"
    r"(?:late|delayed|denied|held\s+up|not\s+(?:re)?filled|out\s+of\s+stock)\b"
    r"|\bbefore(?=\s*[,.;)]|\s*$|\s*:)|\botherwise\b|\bruns?\s+out\b"
    r"|\b(?:patch(?:es)?|med_*|it|they)\s+(?:came|comes?|fell|falls?|washed|peeled|slid|dropped|floated|soaked|rubbed|sweated)\s+off\b"
    r"|\b(?:when|before)\s+(?:I|we|he|she)\s+(?:first\s+)?(?:started|began|put)\s+(?:(?:him|her|the|on|taking|with)\s+)*med_*\b"
    r"|\bunpatched\b|\bbare(?=\s+(?:and|but|vs\.?|versus)\b[^.;]{0,20}\bpatched\b)"
    r"|\b(?:without|w/o)(?=\s+(?:and|or|when)\b)"
)
_WITH = (
    r"(?:(?<!and\ )|(?<=,\ and\ )|(?<=\d\ and\ ))"
    rf"(?:with|w/|[wcp](?=\s+(?:med_|patch))|w(?=\s+(?:med|pill|it\b|the\b))|"
    rf"on|after|using|while\s+on|when\s+(?:he|she)\s+takes|"
    rf"when\s+taking|taking|takes|post|despite|following|if\s+(?:he|she|I)\s+(?:has\s+had|takes?|took)|because\s+of|b/c\s+of|thanks\s+to|owing\s+to|due\s+to)"
    rf"{_BETWEEN}{_MEDICINE}"
    r"|\b(?:when|while|once)\s+(?:it|they|the\s+\w+|med_*)(?:.s|\s+(?:is|are|kicks?|starts?))?\s+(?:working|in\b|on\b|active)"
    r"|\b(?:went|goes|is|was|came|put|got|been)\s+back\s+on\b|\b(?:since|after|on|once)\s+(?:resum\w+|restart\w+|refill\w+)|\b(?:resumed|restarted)\b"
    rf"|(?:{_MEDICINE})(?<!one)(?<!it)(?<!these)(?<!this)\s+(?:keeps?|kept|holds?|held|leaves?|brings?|gets?|takes?)\s+(?:the\s+pain|it|things|him|her|me|his|matters)\b"
    r"|\b(?:at|after|by)\s+\d{1,3}\s+min(?:ute)?s\b(?!\s+(?:of|walk|sit|stand|driv|on))"
    r"|\b(?:if|when)\s+(?:I|he|she|you)\s+do(?:es)?\b(?=\s*[.,;\"]|\s*$)"
    r"|\b(?:once|after|when|since)\s+(?:the|a|his|her)\s+(?:replacement|new\s+(?:one|patch|box|supply)|next\s+(?:one|patch))\b"
    r"|\b(?:when|while)\s+(?:the|a|his|her)\s+(?:patch|med_*)\s+is\s+(?:fresh|new|on)\b"
    r"|\bhaving\s+(?:taken|had|used)\b|\bpost\b(?=\s*[:=]?\s*\d)|\bsince\s+(?:he|she)\s+(?:has|had|got|takes|started|began)\b"
    r"|\bat\s+(?:the\s+|his\s+|her\s+)?(?:full|target|present|steady)\s+dose\b|(?<!un)\bpatched\b"
    r"|\bsince\s+(?:(?:the|starting|beginning|taking|going\s+on)\s+)*(?:med_|patch)\w*"
    r"|\b(?:after|once|since|when)\s+(?:the\s+|his\s+|her\s+)?(?:pharmacy|carrier|insur\w+|adjuster|mail[-\s]order|office|clinic)\s+(?:\w+\s+)?"
    r"(?:releas\w+|fill\w+|refill\w+|approv\w+|deliver\w+|sent|dispens\w+|restor\w+|paid(?:\s+for)?)\s+(?:it|them|the\s+\w+|med_*)"
    r"|\b(?:after|once|since|when)\s+(?:it|they|med_*|the\s+(?:refill|supply|prescription))\s+(?:(?:was|were|is|are)\s+(?:released|refilled|restored|delivered|reinstated)|arrived|came\s+(?:through|in))\b"
    r"|\binside\s+(?:the|an|half\s+an)\s+hour\b"
    r"|\bthen(?=\s+an?\s)|\bmedicated\b|\btreated\b(?!\s+(?:with|by|for|at|in))|\b(?:one|a|each|every)\s+(?:dose|tablet|pill|patch)\s+(?:brings?|gives?|takes?|makes?|gets?|lowers?)\b|\bpost-?(?:med\w*|dose)\b|\bwithin\s+(?:the|an|one|half\s+an)\s+hour\b"
    r"|\b(?:an|one|half\s+an)\s+hour\s+(?:after|later)\b|\bw/(?=\s*[,.;)]|\s*$)|\b(?:with|after)(?=\s*[,.;)]|\s*$|\s*:|\s+(?:vs|versus|or|but)\b)|\bafterwards?\b"
)
_CONTEXT = re.compile(
    rf"(?P<without_medication>(?<![\w/]){_WITHOUT})|(?P<with_medication>(?<![\w/]){_WITH})"
    r"|\b(?P<best>best|least|lowest|minimum|good\s+days?|low\s+of|at\s+rest)\b"
    r"|\b(?P<worst>worst|greatest|highest|max(?:imum)?|bad\s+days?|peaks?|at\s+most(?!\s+(?:visits?|times|days|appointments))|high\s+of)\b"
    r"|\b(?P<average>average|avg|averages|averaging|usual(?:ly)?|typical(?:ly)?|generally|most\s+days)\b"
    r"|\b(?P<current>current(?:ly)?|now|today|present(?:ly)?|at\s+this\s+time)\b",
    re.IGNORECASE | re.VERBOSE,
)


_THEN = re.compile(
    r";\s+(?=(?:by|on|within)\s+the\s+(?:\w+\s+)?(?:day|night|evening|morning|weekend|week)\b|by\s+then\b)",
    re.IGNORECASE,
)
"""`Three days without; by the third evening he was at 8`: the same time goes on."""
_STRONG = frozenset({"with_medication", "without_medication"})
_COMMA = re.compile(r"[,;]\s|\s+and\s+|\.\s+(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a passage: `text[start:end]`, and its context; empty if nothing says."""

    start: int
    end: int
    value: float
    context: str = ""


def masked(passage: Passage) -> str:
    """The passage's text with each drug's name as `med____`, of the same length.

    So one pattern reads `with Norco` and `with medication` alike.
    """
    text = passage.text
    for drug in passage.drugs:
        start, end = drug.start - passage.start, drug.end - passage.start
        text = text[:start] + "med".ljust(end - start, "_")[: end - start] + text[end:]
    return text


def speaks_of_medicine(text: str) -> bool:
    """Whether a masked text speaks of taking or not taking medicine."""
    return not _contexts(text).isdisjoint(_STRONG)


def says_without(text: str) -> bool:
    """Whether a masked text speaks of the state without medicine."""
    return "without_medication" in _contexts(text)


@lru_cache(maxsize=1024)
def _contexts(text: str) -> frozenset[str | None]:
    """The contexts a text names; several readers ask this of the same sentence."""
    return frozenset(found.lastgroup for found in _CONTEXT.finditer(text))


def with_contexts(text: str, numbers: Iterable[Number]) -> list[Number]:
    """Numbers with the context each stands in.

    Where a context stands before the first number (`w/o meds 9/10, w/ meds 6/10`) each number takes
    the nearest one before it, otherwise the nearest one after it (`9/10 without, 6/10 with meds`).
    """
    ordered = sorted(numbers, key=lambda number: number.start)
    cues = [
        found
        for found in _CONTEXT.finditer(text)
        if not any(n.start < found.end() and found.start() < n.end for n in ordered)
    ]
    if not ordered or not cues:
        return ordered
    strong = [cue for cue in cues if cue.lastgroup in _STRONG] or cues
    leads = strong[0].start() < ordered[0].start and _is_label(text, strong[0], ordered[0])
    parts = _parts(text, ordered, cues)
    labelled = _is_form(ordered, cues)
    result: list[Number] = []
    for index, number in enumerate(ordered):
        low = ordered[index - 1].end if index else 0
        high = ordered[index + 1].start if index + 1 < len(ordered) else len(text)
        part = next((p for p in parts if p[0] <= number.start < p[1]), (0, len(text)))
        low, high = max(low, part[0]), min(high, part[1])
        before = [c for c in cues if low <= c.start() and c.end() <= number.start]
        after = [c for c in cues if number.end <= c.start() and c.end() <= high]
        chosen = _choose(text, number, before, [] if labelled else after, leads=leads)
        result.append(Number(number.start, number.end, number.value, chosen))
    return result


def _parts(text: str, numbers: list[Number], cues: list[re.Match[str]]) -> list[tuple[int, int]]:
    """The parts between commas, if every context shares its part with exactly one number."""
    cuts = [0, *(found.end() for found in _COMMA.finditer(text)), len(text)]
    parts = list(pairwise(cuts))
    for start, end in parts:
        inside = sum(start <= number.start < end for number in numbers)
        spoken = sum(start <= cue.start() < end for cue in cues)
        if inside > 1 or (spoken and not inside):
            return []
    return parts


def _is_form(numbers: list[Number], cues: list[re.Match[str]]) -> bool:
    """Whether every number has a label of its own before it: `NOW 5  BEFORE PILL 7  AFTER 4`."""
    ends = [0, *(number.end for number in numbers)]
    gaps = zip(ends, (number.start for number in numbers), strict=False)
    return cues[-1].start() < numbers[-1].start and all(
        any(low <= cue.start() < high for cue in cues) for low, high in gaps
    )


def _is_label(text: str, cue: re.Match[str], number: Number) -> bool:
    return ";" not in text[cue.end() : number.start] and number.start - cue.end() < 60


def _choose(
    text: str,
    number: Number,
    before: list[re.Match[str]],
    after: list[re.Match[str]],
    *,
    leads: bool,
) -> str:
    first = [*reversed(before), *after] if leads else [*after, *reversed(before)]
    strong = [cue for cue in first if cue.lastgroup in _STRONG]
    for cue in (*strong, *first):
        gap = (
            text[cue.end() : number.start]
            if cue.end() <= number.start
            else text[number.end : cue.start()]
        )
        if ";" not in _THEN.sub(" ", gap) and ". " not in gap:
            return cue.lastgroup or ""
    return ""
