"""The sentence of de-identification: files in, texts without identifiers and redacted pages out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from openimr.adapters.casefile import read_single
from openimr.adapters.redaction import redact_pdf
from openimr.deid.detect import detect
from openimr.deid.replace import Surrogates, replace_identifiers
from openimr.model.identifier import Deidentified, IdentifierKind
from openimr.model.progress import Progress
from openimr.model.source import SourceFile
from openimr.model.text import Box

PAGE_BREAK = "\f"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """A file without identifiers."""

    path: Path
    source: SourceFile
    text: Deidentified
    """Of all its pages, a form feed between them."""

    @property
    def boxes(self) -> dict[int, list[Box]]:
        """The places to blacken, by page."""
        places: dict[int, list[Box]] = {}
        start = 0
        for page in self.source.pages:
            end = start + len(page.text)
            for one in self.text.replacements:
                if one.start < end and start < one.end:
                    words = page.words.between(one.start - start, one.end - start)
                    places.setdefault(page.number, []).extend(word.box for word in words)
            start = end + len(PAGE_BREAK)
        return places

    def redacted_pdf(self) -> bytes:
        """The file's pages with the places blackened, as a new PDF."""
        return redact_pdf(self.path, self.boxes, len(self.source.pages))


def deidentify(
    paths: Sequence[Path],
    *,
    known: Mapping[str, IdentifierKind] | None = None,
    progress: Progress | None = None,
) -> list[Cleaned]:
    """The files of one case without identifiers; surrogates are the same in all of them."""
    read = [(path, source) for path in paths for source in read_single(path, progress=progress)]
    texts = [PAGE_BREAK.join(page.text for page in source.pages) for _, source in read]
    surrogates = Surrogates()
    return [
        Cleaned(path=path, source=source, text=replace_identifiers(text, found, surrogates))
        for (path, source), text, found in zip(read, texts, detect(texts, known), strict=True)
    ]
