"""Where the parts of a corpus lie in its folder.

    corpus/
      ledger.sqlite            every source taken in: kept, doubled or set aside, and why
      lock                     held by the one process that writes
      segments/000001/         letters.parquet and items.parquet: immutable, complete or absent
      index/000003/            the search index over segments 1 to 3: derived, may be rebuilt
      index/CURRENT            the name of the index in use
      boilerplate/             what rationales share: derived, may be measured again
      problems/000001.parquet  what the checks find in a segment: derived, may be found again

The ledger is the truth: a segment that it does not name is the rest of a stopped run.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CorpusFolder:
    """The paths of one corpus."""

    root: Path

    @property
    def ledger(self) -> Path:
        """The SQLite file that says what was taken in."""
        return self.root / "ledger.sqlite"

    @property
    def lock(self) -> Path:
        """The file that a writer holds locked."""
        return self.root / "lock"

    @property
    def segments(self) -> Path:
        """The folder of segments."""
        return self.root / "segments"

    def segment(self, number: int) -> Path:
        """The folder of one segment."""
        return self.segments / f"{number:06d}"

    @property
    def boilerplate(self) -> Path:
        """The folder of what rationales share."""
        return self.root / "boilerplate"

    @property
    def problems(self) -> Path:
        """The folder of the problems that the checks found."""
        return self.root / "problems"

    @property
    def index(self) -> Path:
        """The folder of search indexes."""
        return self.root / "index"
