"""Running text -> sentences of the model; joined with a space they are the text again."""

from __future__ import annotations

from itertools import pairwise

from openimr.model.determination import Sentence

_ABBREVIATIONS = frozenset(
    {
        "dr",
        "drs",
        "mr",
        "ms",
        "mrs",
        "st",
        "no",
        "nos",
        "vs",
        "p",
        "pp",
        "pg",
        "pgs",
        "fig",
        "vol",
        "ed",
        "al",
        "cf",
        "approx",
        "e.g",
        "i.e",
        "etc",
        "b.i.d",
        "t.i.d",
        "q.i.d",
        "p.o",
        "p.r.n",
        "q.d",
        "q.h",
        "q.h.s",
        "q.s",
        "h.s",
        "u.s",
        "m.d",
        "d.o",
        "d.c",
        "ph.d",
    }
)
_LONGEST = 8
_GOES_ON = frozenset("abcdefghijklmnopqrstuvwxyz,;)")


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Sentences of flat text: cheap, since a million letters pass here.

    >>> [sentence.text for sentence in split_sentences("Pain is 8/10. Dr. Roe gave Norco.")]
    ['Pain is 8/10.', 'Dr. Roe gave Norco.']
    """
    if not text:
        return ()
    pieces = text.split(". ")
    sentences: list[Sentence] = []
    held = ""
    for piece, following in pairwise(pieces):
        if following[:1] in _GOES_ON or (" " in piece[-_LONGEST:] and _is_abbreviation(piece)):
            held += f"{piece}. "
        elif held:
            sentences.append(Sentence(text=f"{held}{piece}."))
            held = ""
        else:
            sentences.append(Sentence(text=piece + "."))
    sentences.append(Sentence(text=held + pieces[-1]))
    return tuple(sentences)


def _is_abbreviation(piece: str) -> bool:
    """Whether the full stop after a piece is its last word's own, or an initial's."""
    word = piece[piece.rfind(" ") + 1 :].lstrip("(\"'\u201c")
    return word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isupper())
