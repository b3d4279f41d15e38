"""Letters by clinicians: reports without headings, told from letters that argue or transmit.

A treating or consulting clinician who writes `Dear Mr. Lund: I saw Mrs. Ferris today` makes a
report of that visit, whoever is addressed. An attorney, adjuster, employer or reviewer does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from openimr.model.document import DocumentKind
from openimr.model.text import Page

_KINDS = {
    "physician": DocumentKind.PROGRESS_REPORT,
    "psychologist": DocumentKind.PSYCHOLOGY,
    "therapist": DocumentKind.PHYSICAL_THERAPY,
    "chiropractor": DocumentKind.CHIROPRACTIC,
    "acupuncturist": DocumentKind.ACUPUNCTURE,
}
_SIGNER = re.compile(
    r"^\s*(?:/s/\s*)?(?:dr\.?\s+)?(?:[a-z][\w.'\u2019-]*,?\s+){1,4}?"
    r"(?:(?P<physician>m\.?d|d\.?o|d\.?p\.?m|n\.?p|fnp(?:-b?c)?|p\.?a(?:-?c)?)"
    r"|(?P<psychologist>ph\.?d|psy\.?d|l\.?c\.?s\.?w|l?mft)"
    r"|(?P<therapist>d?\.?p\.?t|mpt|otr?(?:/l)?|cht)|(?P<chiropractor>d\.?c)"
    r"|(?P<acupuncturist>l\.?\s?ac))\b\.?(?!\w)",
    re.IGNORECASE,
)
"""A line that opens with a name and a clinician's credential: a letterhead or a signature."""
_NOT_A_SIGNER = re.compile(
    r"^\s*(?:dear|to|cc|c/o|attn|attention|re|regarding|from the|ref|patient|requesting)\b[:.]?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"^\s*(?:dear\b|to\s+whom\b|gentle(?:men|persons)\b|(?:ms|mrs|mr|miss|dr)\.?\s+[\w.'\u2019-]+(?:\s+[\w'\u2019-]+)?\s*[:,]\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
_OTHER_TRADE = re.compile(
    r"\blaw\s+(?:offices?|firm|corporation|group)\b|\battorneys?\s+(?:at\s+law|for)\b|\besq\b"
    r"|\b(?:my|our)\s+client\b|\bi\s+represent\b|\bclaims?\s+(?:examiner|adjuster|representative|administrator\s+for)\s*$"
    r"|\bhuman\s+resources\b|\bphysician\s+(?:reviewer|advisor)\b|\butilization\s+review(?:er|\s+(?:department|physician|services|nurse))\b",
    re.IGNORECASE | re.MULTILINE,
)
_HEAD_LINES, _FOOT_LINES = 5, 9


def clinicians_letter(pages: Sequence[Page]) -> DocumentKind | None:
    """The kind of report that a clinician's letter is; None where the pages are no such letter.

    The name that signs or heads it must bear a clinician's credential, and somebody be addressed.
    """
    texts = [page.text for page in pages if page.text.strip()]
    if not texts or not _ADDRESS.search(texts[0]):
        return None
    if any(_OTHER_TRADE.search(text) for text in texts):
        return None
    top = [line for line in texts[0].split("\n") if line.strip()][:_HEAD_LINES]
    foot = [line for line in texts[-1].split("\n") if line.strip()][-_FOOT_LINES:]
    for line in (*reversed(foot), *top):
        found = _SIGNER.match(line)
        if found is not None and found.lastgroup and not _NOT_A_SIGNER.match(line):
            return _KINDS[found.lastgroup]
    return None
