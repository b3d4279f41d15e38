"""What holds for any text at all: offsets, order, determinism, no exception."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openimr.extract.certificate import Searcher
from openimr.extract.checkboxes import find_marked
from openimr.extract.classify import classify
from openimr.extract.dates import find_dates
from openimr.extract.facts import extract_document, extract_facts, merge_facts
from openimr.extract.phrases import PhraseTrie, expand
from openimr.extract.sections import find_sections
from openimr.extract.sentences import split_sentences
from openimr.extract.tokens import stem, tokenize
from openimr.model.document import Document, DocumentKind
from openimr.model.drug import Formulary
from openimr.model.errors import InputError
from openimr.model.evidence import Assertion
from openimr.model.ids import ConceptId, DocumentId
from openimr.model.lexicon import Lexicon
from openimr.model.text import Notice, NoticeKind, Page, PageState

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WORDS = st.sampled_from(
    [
        *("pain", "8/10", "4/10", "Norco", "gabapentin", "with", "without", "medication", "w/o"),
        *("meds", "no", "denies", "UDS", "consistent", "[X]", "[ ]", "yes", "from", "to", "50%"),
        *("relief", "function", "ADLs", "walk", "30", "minutes", "sister", "mother", "if", "goal"),
        *("MTUS", "states,", ".", ";", ":", "\n", "\n\n", "signed", "1/2014", "4/10/15", "since"),
        *("constipation", "spasm", "(", ")", '"', "L5", "5/5", "\u2612", "Family: aunt on", "neg"),
    ]
)
CHARTS = st.lists(WORDS, max_size=60).map(" ".join)
TEXTS = st.one_of(CHARTS, st.text(max_size=300))


def document(
    *texts: str,
    kind: DocumentKind = DocumentKind.PROGRESS_REPORT,
    on: date = date(2015, 4, 9),
    name: str = "D01",
) -> Document:
    pages = tuple(
        Page(number=number, text=text, state=PageState.TEXT, file_page=number)
        for number, text in enumerate(texts, start=1)
    )
    return Document(
        id=DocumentId(name),
        file=f"{name}.txt",
        sha256="",
        kind=kind,
        date=on,
        author=None,
        pages=pages,
    )


@QUICK
@given(text=TEXTS)
def test_every_fact_stands_where_it_says(text: str, lexicon: Lexicon, formulary: Formulary) -> None:
    facts = extract_document(document(text), lexicon=lexicon, formulary=formulary)
    for fact in facts:
        where = fact.provenance
        assert text[where.start : where.end] == where.quote
        assert where.quote.strip()
    assert list(facts) == sorted(
        facts, key=lambda f: (f.provenance.page, f.provenance.start, f.provenance.end)
    )


@QUICK
@given(text=TEXTS)
def test_the_same_text_gives_the_same_facts(
    text: str, lexicon: Lexicon, formulary: Formulary
) -> None:
    once = extract_document(document(text), lexicon=lexicon, formulary=formulary)
    assert once == extract_document(document(text), lexicon=lexicon, formulary=formulary)


@QUICK
@given(text=TEXTS)
def test_sentences_cover_all_words_in_order(text: str) -> None:
    found = split_sentences(text, frozenset({"dr"}))
    assert all(s.start < s.end for s in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert "".join("".join(text[s.start : s.end].split()) for s in found) == "".join(text.split())


@QUICK
@given(text=TEXTS)
def test_tokens_lie_in_order_within_the_text(text: str) -> None:
    tokens = tokenize(text)
    assert list(tokens.starts) == sorted(tokens.starts)
    assert all(
        start < end <= len(text) for start, end in zip(tokens.starts, tokens.ends, strict=True)
    )


@QUICK
@given(text=TEXTS)
def test_boxes_dates_and_sections_stay_inside(text: str, lexicon: Lexicon) -> None:
    assert all(0 <= m.start <= m.end <= len(text) for m in find_marked(text))
    assert all(0 <= d.start < d.end <= len(text) for d in find_dates(text))
    assert all(
        0 <= start <= len(text) for start in find_sections(text, lexicon.section_heads).starts
    )


@QUICK
@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=14))
def test_a_stem_is_found_again(word: str) -> None:
    trie: PhraseTrie[str] = PhraseTrie()
    trie.add(word, word)
    tokens = tokenize(f"the {word.upper()}\nis")
    assert [hit.what for hit in trie.find(tokens, 0, len(tokens), {})].count(word) >= 1
    assert stem(word) == stem(word.upper())


WAYS = st.sampled_from(
    ["a", "b", "a|b", "a?", "b|c?", "a~b|b", "c~b~a?|b", "=as", "=as|a?", "...", "{n}", "{date}"]
)


@QUICK
@given(
    phrases=st.lists(st.lists(WAYS, min_size=1, max_size=5).map(" ".join), max_size=6),
    texts=st.lists(
        st.lists(st.sampled_from(["a", "b", "c", "as", "7", ".", "|"]), max_size=9).map(" ".join),
        max_size=3,
    ),
    place=st.integers(0, 8),
)
def test_a_phrase_is_found_as_every_sequence_it_stands_for(
    phrases: list[str], texts: list[str], place: int
) -> None:
    whole: PhraseTrie[str] = PhraseTrie()
    spelled: PhraseTrie[str] = PhraseTrie()
    for phrase in phrases:
        if all(expand(phrase)):
            whole.add(phrase, phrase)
            for words in expand(phrase):
                spelled.add(" ".join(words), phrase)
    assert whole.vocabulary == spelled.vocabulary
    for text in texts:
        tokens = tokenize(text)
        slots = {"{date}": {place: place + 1}}
        found = list(whole.find(tokens, 0, len(tokens), slots))
        assert found == list(spelled.find(tokens, 0, len(tokens), slots))


def test_phrases_expand_with_alternatives_and_options() -> None:
    assert expand("opioid|pain treatment? agreement") == [
        ("opioid", "treatment", "agreement"),
        ("opioid", "agreement"),
        ("pain", "treatment", "agreement"),
        ("pain", "agreement"),
    ]


@pytest.mark.parametrize(
    "kind", [DocumentKind.UR_DECISION, DocumentKind.CORRESPONDENCE, DocumentKind.IMR_APPLICATION]
)
def test_what_is_not_clinical_is_never_evidence(
    kind: DocumentKind, lexicon: Lexicon, formulary: Formulary
) -> None:
    text = "Norco brings pain from 8/10 to 4/10. UDS consistent. She can cook with medication."
    facts = extract_document(document(text, kind=kind), lexicon=lexicon, formulary=formulary)
    own = [f for f in facts if f.concept not in {"medication", "ur_outcome"}]
    assert own
    assert all(f.assertion not in {Assertion.PRESENT, Assertion.ABSENT} for f in own)


def test_a_foreign_page_speaks_of_another_person(lexicon: Lexicon, formulary: Formulary) -> None:
    given_document = document("UDS inconsistent. Positive for cocaine.")
    notice = Notice(kind=NoticeKind.FOREIGN, message="another patient's")
    foreign = replace(given_document, pages=(replace(given_document.pages[0], notices=(notice,)),))
    facts = extract_document(foreign, lexicon=lexicon, formulary=formulary)
    assert facts
    assert {f.assertion for f in facts} == {Assertion.OTHER_PERSON}


def test_a_copied_sentence_is_as_old_as_its_first_standing(
    lexicon: Lexicon, formulary: Formulary
) -> None:
    text = "With Norco she can walk her dog for 30 minutes and do her laundry."
    older = document(text, on=date(2014, 11, 3), name="D02")
    newer = document(text, on=date(2015, 4, 9), name="D01")
    facts = extract_facts((newer, older), lexicon=lexicon, formulary=formulary)
    function = [f for f in facts if f.concept == "functional_improvement"]
    assert [f.value.get("carried_from") for f in function] == ["2014-11-03", None]
    assert all(f.date is not None and f.date.isoformat() == "2014-11-03" for f in function)


def test_a_statement_of_long_ago_is_history_in_the_record(
    lexicon: Lexicon, formulary: Formulary
) -> None:
    old = document("Norco takes the pain from 8 to 5.", on=date(2010, 6, 15), name="D01")
    new = document("Refill.", on=date(2015, 4, 9), name="D02")
    facts = extract_facts((old, new), lexicon=lexicon, formulary=formulary)
    assert {f.assertion for f in facts if f.concept == "pain_with_without_medication"} == {
        Assertion.HISTORICAL
    }


def test_facts_are_numbered_in_record_order(lexicon: Lexicon, formulary: Formulary) -> None:
    documents = (
        document("Pain 8/10.", "No spasm.", name="D01"),
        document("UDS consistent.", name="D02"),
    )
    found = [extract_document(d, lexicon=lexicon, formulary=formulary) for d in documents]
    facts = merge_facts(documents, found)
    assert [f.id for f in facts] == [f"f{n:05d}" for n in range(1, len(facts) + 1)]
    assert facts == extract_facts(documents, lexicon=lexicon, formulary=formulary)


def test_dates_are_as_precise_as_the_text() -> None:
    text = "signed 1/2014, UDS 10/14/14, 6-7/10, 10/325, in 2009, May 27, 2010, since 3/14 she"
    assert [d.value.isoformat() for d in find_dates(text)] == [
        "2014-01", "2014-10-14", "2009", "2010-05-27", "2014-03",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "phrase", "assertion", "experiencer"),
    [
        ("Denies any nausea or constipation.", "constipation", "absent", "patient"),
        ("Mother has diabetes.", "diabetes", "other_person", "other"),
        ("Her daughter reports that she is sleepy.", "sleepy", "present", "patient"),
        ("If pain worsens she may need surgery.", "surgery", "hypothetical", "patient"),
        ("No change in radicular pain.", "radicular pain", "present", "patient"),
        (
            "MTUS states that there should be functional improvement.",
            "functional improvement",
            "hypothetical",
            "patient",
        ),
        ("The 45 year-old man has radiculopathy.", "radiculopathy", "present", "patient"),
        ("Spasm cannot be ruled out.", "spasm", "possible", "patient"),
        ("No sedation, but constipation.", "constipation", "present", "patient"),
        ("He used to smoke; now quit.", "smoke", "historical", "patient"),
        ("Family history of\nbreast cancer.", "breast cancer", "other_person", "other"),
    ],
)
def test_a_phrase_is_judged_in_its_sentence(
    text: str, phrase: str, assertion: str, experiencer: str, lexicon: Lexicon
) -> None:
    assert classify(text, phrase, lexicon) == (Assertion(assertion), experiencer)


def test_a_phrase_that_is_not_there_is_refused(lexicon: Lexicon) -> None:
    with pytest.raises(InputError, match="does not stand in the text"):
        classify("Pain 8/10.", "spasm", lexicon)


@QUICK
@given(text=TEXTS)
def test_a_certificate_points_to_words_that_stand_there(
    text: str, lexicon: Lexicon, formulary: Formulary
) -> None:
    given_document = document(text, "The patient sleeps poorly. Norco refilled.")
    facts = extract_facts((given_document,), lexicon=lexicon, formulary=formulary)
    searcher = Searcher((given_document,), facts, lexicon, formulary)
    certificate = searcher.certify(
        (ConceptId("insomnia_workup"), ConceptId("functional_improvement")),
        "hydrocodone/acetaminophen",
    )
    assert len(certificate.pages_searched) == 2
    assert len(certificate.nearest) <= 10
    for near in certificate.nearest:
        assert given_document.page(near.page).text[near.start : near.end] == near.quote
        assert near.why
