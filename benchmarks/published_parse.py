"""How fast letters are read: text by the parser with the request grammar, PDF against the library.

    python benchmarks/published_parse.py [--letters 400]

Forged letters of every layout. One process, processor time, the best of several passes: on a busy
machine the best pass says what the code costs. The floor of a PDF is the library's own text.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeVar

import pypdfium2

from openimr.adapters.letters import letter_text
from openimr.model.request import Request
from openimr.published.guideline import read_guideline
from openimr.published.json import letter_json
from openimr.published.parse import Parse, parse_letter
from openimr.request.grammar import read_line
from openimr.request.lexis import lexis_of
from openimr.rulebook.formulary import load_formulary
from openimr.rulebook.requests import load_request_vocabulary
from openimr.synth.letters.pdf import as_pdf
from openimr.synth.letters.run import Run

Thing = TypeVar("Thing")
PASSES = 7


def best_rate(
    work: Callable[[Thing], object], things: Sequence[Thing], *, remembered: bool = True
) -> float:
    """Things a second of processor time, in the best pass.

    Args:
        work: what is done with each.
        things: what it is done with.
        remembered: whether guideline lines of the pass before may still be known.
    """
    seconds: list[float] = []
    for _ in range(PASSES):
        if not remembered:
            read_guideline.cache_clear()
        start = time.process_time()
        for thing in things:
            work(thing)
        seconds.append(time.process_time() - start)
    return len(things) / min(seconds)


def library_text(data: bytes) -> int:
    """What the PDF library alone does: open, text of each page."""
    document = pypdfium2.PdfDocument(data)
    length = 0
    for page in document:
        text_page = page.get_textpage()
        length += len(text_page.get_text_range())
        text_page.close()
        page.close()
    document.close()
    return length


def remembering() -> tuple[Parse, Parse]:
    """The request grammar without any memory, and as a corpus calls it: headings repeat."""
    lexis = lexis_of(load_formulary(), load_request_vocabulary())

    def grammar(line: str) -> Request:
        return read_line(line, lexis)

    return grammar, lru_cache(maxsize=65_536)(grammar)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--letters", type=int, default=400)
    count = options.parse_args().letters
    forged = [Run(seed=1).letter(number) for number in range(count)]
    printed = [Run(seed=1, pdf=True).letter(number) for number in range(count // 4)]
    texts = [letter.text for letter in forged]
    pdfs = [as_pdf(letter) for letter in printed]
    grammar, parse = remembering()
    for text in texts:
        parse_letter(text, parse=parse)
    rates = {
        "text letters/s, headings seen before": best_rate(
            lambda text: parse_letter(text, parse=parse), texts
        ),
        "text letters/s, every heading and line anew": best_rate(
            lambda text: parse_letter(text, parse=grammar), texts, remembered=False
        ),
        "text letters/s, to JSON": best_rate(
            lambda text: json.dumps(letter_json(parse_letter(text, parse=parse))), texts
        ),
        "PDF letters/s, to the model": best_rate(
            lambda data: parse_letter(letter_text(data), parse=parse), pdfs
        ),
        "PDF letters/s, every heading and line anew": best_rate(
            lambda data: parse_letter(letter_text(data), parse=grammar), pdfs, remembered=False
        ),
        "PDF letters/s, the library's text alone": best_rate(library_text, pdfs),
    }
    size = sum(map(len, texts)) / len(texts)
    print(f"{count} letters, {size:,.0f} characters each on average")
    for name, rate in rates.items():
        print(f"{name:45} {rate:8,.0f}")


if __name__ == "__main__":
    main()
