"""Runs another engine over texts, in an interpreter that has it; called by `reading.py`.

Reads JSON lines on standard input: first the engine's name and the words to look for, then a text
a line. Writes its name and version, then a list of statements a line. Nothing goes to standard
error, since one of the engines logs the text of notes there.
"""

import json
import os
import sys
from importlib.metadata import version

import spacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span


def medspacy_pipeline() -> Language:
    """Sentences by PyRuSH and assertion by ConText, as medspaCy sets them up."""
    import medspacy  # noqa: F401 - registers its parts

    nlp = spacy.blank("en")
    nlp.add_pipe("medspacy_pyrush")
    nlp.add_pipe("words")
    nlp.add_pipe("medspacy_context")
    return nlp


def negspacy_pipeline() -> Language:
    """Sentences by punctuation and negation by NegEx with its clinical terms."""
    import negspacy.negation  # noqa: F401 - registers its part

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("words")
    nlp.add_pipe("negex", config={"neg_termset": _clinical_terms()})
    return nlp


def _clinical_terms() -> dict[str, list[str]]:
    from negspacy.termsets import termset

    terms: dict[str, list[str]] = termset("en_clinical").get_patterns()
    return terms


def meant_by_context(entity: Span) -> str:
    """ConText's attributes in our words, in the order in which ours win."""
    for name, assertion in (
        ("is_family", "other_person"),
        ("is_hypothetical", "hypothetical"),
        ("is_negated", "absent"),
        ("is_uncertain", "possible"),
        ("is_historical", "historical"),
    ):
        if getattr(entity._, name):
            return assertion
    return "present"


def meant_by_negex(entity: Span) -> str:
    return "absent" if entity._.negex else "present"


PIPELINES = {
    "medspacy": (medspacy_pipeline, meant_by_context),
    "negspacy": (negspacy_pipeline, meant_by_negex),
}


def main() -> None:
    # medspaCy's sentence splitter logs the notes themselves.
    sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    head = json.loads(sys.stdin.readline())
    engine = head["engine"]
    found_by: dict[str, dict[str, object]] = {}

    @Language.component("words")
    def words(doc: Doc) -> Doc:
        spans = [
            Span(doc, start, end, label=doc.vocab.strings[match])
            for match, start, end in matcher(doc)
        ]
        doc.ents = spacy.util.filter_spans(spans)
        return doc

    build, meant = PIPELINES[engine]
    nlp = build()
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    by_words: dict[str, list[int]] = {}
    for number, entry in enumerate(head["words"]):
        by_words.setdefault(entry["words"].lower(), []).append(number)
    for number, (text, entries) in enumerate(by_words.items()):
        label = f"w{number}"
        found_by[label] = {"entries": [head["words"][entry] for entry in entries]}
        matcher.add(label, [nlp.make_doc(text)])
    print(json.dumps({"name": f"{engine} {version(engine)} (spaCy {spacy.__version__})"}))
    for line in sys.stdin:
        doc = nlp(json.loads(line)["text"])
        print(
            json.dumps(
                [told for entity in doc.ents for told in statements(entity, found_by, meant)]
            )
        )


def statements(entity: Span, found_by: dict, meant: object) -> list[dict[str, object]]:
    """One statement for each concept that lists the words."""
    assertion = meant(entity)
    return [
        {
            "concept": entry["concept"],
            "values": entry["values"],
            "assertion": "absent" if entry["absent"] and assertion == "present" else assertion,
            "start": entity.start_char,
            "end": entity.end_char,
        }
        for entry in found_by[entity.label_]["entries"]
    ]


if __name__ == "__main__":
    main()
