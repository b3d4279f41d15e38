"""What a state of the search index holds: it is up to date if the ledger says the same."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Self

from openimr.corpus.columns import RARE, Frequent
from openimr.corpus.folder import CorpusFolder
from openimr.corpus.ledger import Ledger

FORMAT = 6
"""Of the fields and words of the index; a state of another format is built anew."""
_FILE = "openimr.json"
_OUTGROWN = 10
"""Times the items that frequent values were chosen from: then the index is built anew."""


@dataclass(frozen=True, slots=True)
class IndexState:
    """Segments with how much they hold, and the letters in them that no longer count."""

    segments: frozenset[tuple[int, int, int]] = frozenset()
    """Number, letters, items."""
    replaced: frozenset[tuple[int, str]] = frozenset()
    frequent: Frequent = field(default_factory=dict, compare=False)
    """How the columns were written (`corpus.frequent`), not what is held."""
    chosen_from: int = field(default=0, compare=False)
    """Items among which these were frequent."""

    @classmethod
    def of(cls, folder: CorpusFolder) -> Self:
        """What the index should hold now: the ledger's word, which only ever grows."""
        with Ledger(folder.ledger) as ledger:
            segments = ((each.number, each.letters, each.items) for each in ledger.segments())
            return cls(frozenset(segments), ledger.replaced())

    @classmethod
    def read(cls, place: Path) -> Self | None:
        """What is in this folder; None if it is of another format or cannot be read."""
        try:
            read = json.loads((place / _FILE).read_text(encoding="utf-8"))
            if read["format"] != _format():
                return None
            segments = frozenset(
                (int(n), int(letters), int(i)) for n, letters, i in read["segments"]
            )
            replaced = frozenset((int(n), str(letter)) for n, letter in read["replaced"])
            frequent = {facet: frozenset(read["frequent"][facet]) for facet in RARE}
            return cls(segments, replaced, frequent, int(read["chosen_from"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, place: Path) -> None:
        """Say it in this folder."""
        written = {
            "format": _format(),
            "segments": sorted(self.segments),
            "replaced": sorted(self.replaced),
            "frequent": {facet: sorted(values) for facet, values in self.frequent.items()},
            "chosen_from": self.chosen_from,
        }
        (place / _FILE).write_text(json.dumps(written) + "\n", encoding="utf-8")

    def grew_from(self, before: Self) -> bool:
        """Whether all that was held before is held still, and is not a small part by now."""
        kept = before.segments <= self.segments and before.replaced <= self.replaced
        return kept and self.items <= _OUTGROWN * before.chosen_from

    @property
    def items(self) -> int:
        """Items of the segments, replaced ones too."""
        return sum(items for _, _, items in self.segments)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the segments, in order."""
        return tuple(sorted(number for number, _, _ in self.segments))


def _format() -> str:
    """Tantivy promises no stable format, so that its version is part of ours."""
    return f"{FORMAT} tantivy {version('tantivy')}"
