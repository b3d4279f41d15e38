"""How one phrase of a text is meant, for whoever asks about a sentence and not about a case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from openimr.extract.assertion import Asserter
from openimr.extract.checkboxes import find_marked
from openimr.extract.dates import find_dates
from openimr.extract.judgement import judge
from openimr.extract.passages import PageText, Passage, Reading, passages
from openimr.extract.phrases import Slots
from openimr.extract.sections import find_sections
from openimr.extract.sentences import split_sentences
from openimr.extract.tokens import Tokens, stem, tokenize
from openimr.model.document import Document, DocumentKind
from openimr.model.errors import InputError
from openimr.model.evidence import Assertion
from openimr.model.ids import ConceptId, DocumentId
from openimr.model.lexicon import Lexicon
from openimr.model.text import Page, PageState


def classify(text: str, concept_phrase: str, lexicon: Lexicon) -> tuple[Assertion, str]:
    """How a phrase of a text is meant, and of whom it is said: `patient` or `other`.

    >>> from openimr.rulebook.lexicon import load_lexicon
    >>> classify("Denies any nausea or constipation.", "constipation", load_lexicon())
    (<Assertion.ABSENT: 'absent'>, 'patient')

    Raises:
        InputError: if the phrase does not stand in the text.
    """
    source = _page(text, lexicon)
    tokens = source.tokens
    target = _locate(tokens, concept_phrase)
    if target is None:
        raise InputError(
            f"the phrase {concept_phrase!r} does not stand in the text",
            remedy="give the words as the sentence has them",
        )
    start, end = tokens.starts[target[0]], tokens.ends[target[1] - 1]
    passage = _around(source, start, end)
    asserter = _asserter(lexicon)
    cues = asserter.cues(tokens, passage.first, passage.last, source.slots)
    reading = Reading(concept=ConceptId(""), start=start, end=end, value={}, rule="asked")
    assertion = judge(reading, passage, cues, asserter)
    return assertion, "other" if assertion is Assertion.OTHER_PERSON else "patient"


def _page(text: str, lexicon: Lexicon) -> PageText:
    """The text as a page of a report."""
    page = Page(number=1, text=text, state=PageState.TEXT, file_page=1)
    document = Document(
        id=DocumentId("D01"), file="", sha256="", kind=DocumentKind.PROGRESS_REPORT,
        date=None, author=None, pages=(page,),
    )  # fmt: skip
    tokens = tokenize(text)
    dates = find_dates(text)
    slots: Slots = {"{date}": dict(tokens.range(one.start, one.end) for one in dates)}
    return PageText(
        page=page,
        document=document,
        tokens=tokens,
        sections=find_sections(text, lexicon.section_heads),
        sentences=split_sentences(text, frozenset(lexicon.abbreviations)),
        drugs=(),
        dates=dates,
        marked=find_marked(text),
        slots=slots,
    )


def _around(source: PageText, start: int, end: int) -> Passage:
    """The passage a place stands in; the whole text if the phrase runs over its end."""
    found = next((one for one in passages(source) if one.start <= start and end <= one.end), None)
    return found or Passage(source, 0, len(source.page.text), 0, len(source.tokens), "")


def _locate(tokens: Tokens, phrase: str) -> tuple[int, int] | None:
    wanted = tokenize(phrase)
    if not len(wanted):
        return None
    for have, want in ((tokens.words, wanted.words), (tokens.stems, wanted.stems)):
        for index in range(len(have) - len(want) + 1):
            if have[index : index + len(want)] == want:
                return index, index + len(want)
    return _scattered(tokens.stems, [stem(word) for word in wanted.words if word.isalnum()])


def _scattered(stems: Sequence[str], wanted: Iterable[str]) -> tuple[int, int] | None:
    """The phrase with other words between; None unless every word stands there in order."""
    places: list[int] = []
    at = 0
    for word in wanted:
        try:
            at = stems.index(word, at) + 1
        except ValueError:
            return None
        places.append(at - 1)
    return (places[0], places[-1] + 1) if places else None


_LATEST: list[tuple[Lexicon, Asserter]] = []


def _asserter(lexicon: Lexicon) -> Asserter:
    """The asserter of a lexicon, built once for the lexicon in use."""
    if not _LATEST or _LATEST[0][0] is not lexicon:
        _LATEST[:] = [(lexicon, Asserter(lexicon))]
    return _LATEST[0][1]
