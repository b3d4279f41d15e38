"""Where the words about one drug end and those about the next begin, within a statement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from openimr.extract.medications_names import Mention
from openimr.extract.medications_segments import Segment
from openimr.extract.medications_trials import ClassMention

_SPLIT = re.compile(
    r"[;,]|(?<![\w-])(?:and|or|plus|then|but|to|with|in\s+place\s+of|instead\s+of|nor"
    r"|also)(?![\w-])|[&+]|\s/\s|(?=\[[ xX]?\])"
    r"|(?<!\bwas\s)(?<!\bwere\s)(?<!\bbeen\s)(?=\b(?:re-?start|start|stop|d/c|discontinu|continu|cont\b|refill|renew|add\b|increas"
    r"|decreas|request|chang|switch|takes?\b|taking\b|trial\s+of|if\b|unless\b|while\b|because\b))",
    re.IGNORECASE,
)
_SAME_DRUG = re.compile(
    r"^\s*(?:(?:tabs?|tablets?|caps?|patch|ER|IR|SR|CR|[\d./%\s-]*(?:mg"
    r"|mcg)?)\s*)?[®™]?\s*(?:[(\[/\u2013-]|,?\s*(?:aka|a\.k\.a\.|also\s+known\s+as|generic\s+for"
    r"|brand\s+name)|=)\s*"
    r"(?:(?:generic|brand(?:\s+name)?|aka|generic\s+for|i\.e\.,?|for"
    r"|equiv\w*(?:\s+to)?)\s*:?\s*)*$",
    re.IGNORECASE,
)
_DOSING = re.compile(
    r"#\s?\d|\d\s*(?:/\s*day|refills?|rf\b)|\bmax\b|\bq\d|\b[btq]id\b|\bprn\b", re.IGNORECASE
)
_HEAD_REACH = 160
_TAIL_REACH = 260


def stretches(
    text: str, named: Sequence[Mention | ClassMention], segment: Segment
) -> list[tuple[int, int]]:
    """For each mention of a statement, where the words about it begin and end."""
    borders = [max(segment.start, named[0].start - _HEAD_REACH)]
    for one, two in pairwise(named):
        gap = text[one.end : two.start]
        cuts = [
            found for found in _SPLIT.finditer(gap) if not _inside_parenthesis(gap, found.start())
        ]
        borders.append(one.end + (_border(cuts, gap) if cuts else len(gap)))
    borders.append(min(segment.end, named[-1].end + _TAIL_REACH))
    return list(pairwise(borders))


def _border(cuts: list[re.Match[str]], gap: str) -> int:
    """Where the words about one drug end and those about the next begin.

    At the end of a sentence or clause, else before the verb that governs the second drug, else at
    the last comma or conjunction; but never before dosing that must belong to the first.
    """
    for found in cuts:
        if found.group().strip() == ";" or re.search(
            r"[.!?]", gap[found.start() - 1 : found.end()]
        ):
            return found.end()
    verbs = [found for found in cuts if not found.group()]
    border = verbs[0].start() if verbs else cuts[-1].start()
    if _DOSING.search(gap[border:]):
        last = max(gap.rfind("\n"), gap.rfind("  "))
        return last if last > border else len(gap)
    return border


def _inside_parenthesis(gap: str, offset: int) -> bool:
    return gap.rfind("(", 0, offset) > gap.rfind(")", 0, offset)


def without_synonyms(
    text: str, named: Sequence[Mention | ClassMention]
) -> list[Mention | ClassMention]:
    """`Norco (hydrocodone/APAP)` names one drug: the second name is left out."""
    kept: list[Mention | ClassMention] = []
    for mention in named:
        last = kept[-1] if kept else None
        if (
            isinstance(last, Mention)
            and isinstance(mention, Mention)
            and _same(text, last, mention)
        ):
            kept[-1] = _joined(text, last, mention)
        elif last is None or mention.start >= last.end:
            kept.append(mention)
    return kept


def _joined(text: str, one: Mention, two: Mention) -> Mention:
    """Both names as one mention, of the more particular drug; dosing between stays readable."""
    more = len(two.drug.ingredients) > len(one.drug.ingredients)
    has_dosing = any(char.isdigit() for char in text[one.end : two.start])
    closed = text[two.end : two.end + 1] in {")", "]"}
    return replace(
        one,
        drug=two.drug if more else one.drug,
        long_acting=one.long_acting if one.long_acting is not None else two.long_acting,
        end=one.end if has_dosing else two.end + closed,
    )


def _same(text: str, one: Mention, two: Mention) -> bool:
    share = set(one.drug.ingredients) & set(two.drug.ingredients)
    return bool(share) and _SAME_DRUG.match(text[one.end : two.start]) is not None
