"""Source text with pages, words and boxes; an offset always leads back to a place on paper."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page in points (1/72 inch).

    The origin is the top left corner of the page as a reader sees it, rotation and crop applied;
    y grows downwards.
    """

    x0: float
    y0: float
    x1: float
    y1: float

    def union(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(
            min(self.x0, other.x0),
            min(self.y0, other.y0),
            max(self.x1, other.x1),
            max(self.y1, other.y1),
        )


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a page: `text[start:end]`, where it stands, and how surely it was read (0 to 1)."""

    start: int
    end: int
    box: Box
    confidence: float


class Words:
    """The words of a page in reading order, packed: 28 bytes a word, since case files are long."""

    __slots__ = ("_boxes", "_confidence", "_ends", "_starts")

    def __init__(self, words: Iterator[Word] | tuple[Word, ...] = ()) -> None:
        self._starts = array("I")
        self._ends = array("I")
        self._boxes = array("f")
        self._confidence = array("f")
        for word in words:
            self._starts.append(word.start)
            self._ends.append(word.end)
            self._boxes.extend((word.box.x0, word.box.y0, word.box.x1, word.box.y1))
            self._confidence.append(word.confidence)

    def __len__(self) -> int:
        return len(self._starts)

    def __iter__(self) -> Iterator[Word]:
        return (self[index] for index in range(len(self)))

    def __getitem__(self, index: int) -> Word:
        index = range(len(self))[index]
        x0, y0, x1, y1 = self._boxes[4 * index : 4 * index + 4]
        return Word(
            self._starts[index], self._ends[index], Box(x0, y0, x1, y1), self._confidence[index]
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Words):
            return NotImplemented
        return (self._starts, self._ends, self._boxes, self._confidence) == (
            other._starts,
            other._ends,
            other._boxes,
            other._confidence,
        )

    def __hash__(self) -> int:
        return hash((self._starts.tobytes(), self._boxes.tobytes()))

    def between(self, start: int, end: int) -> list[Word]:
        """The words that `text[start:end]` touches."""
        first = bisect_right(self._ends, start)
        last = bisect_left(self._starts, end)
        return [self[index] for index in range(first, last)]


class PageState(StrEnum):
    """How a page ended: every page ends as one of these."""

    TEXT = "text"
    OCR = "ocr"
    BLANK = "blank"
    UNREADABLE = "unreadable"


class NoticeKind(StrEnum):
    """What intake noticed about a page or a file."""

    BLANK = "blank"
    ROTATED = "rotated"
    NEAR_DUPLICATE = "near_duplicate"
    OUT_OF_ORDER = "out_of_order"
    FOREIGN = "foreign"
    LOW_CONFIDENCE = "low_confidence"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something a reader should know of a page, in plain words.

    `of` names the page it relates to: the earlier twin of a near-duplicate.
    """

    kind: NoticeKind
    message: str
    of: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page: its text, where each word stands, and how it was read."""

    number: int
    """1-based, in its document."""
    text: str
    """Lines joined with a newline, in reading order, as read: nothing is removed."""
    words: Words = field(default_factory=Words)
    state: PageState
    reason: str = ""
    """Why it is unreadable; empty otherwise."""
    width: float = 612.0
    height: float = 792.0
    """Points, as a reader sees the page."""
    file_page: int
    """1-based, in the file the page came from."""
    confidence: float = 1.0
    """Mean word confidence, 0 to 1; 1 for a text layer."""
    notices: tuple[Notice, ...] = ()
    turned: int = 0
    """Degrees, clockwise, by which the page was turned upright; boxes are of the turned page."""

    @property
    def status(self) -> str:
        """`text`, `ocr`, `blank`, or `unreadable: reason`."""
        return f"{self.state}: {self.reason}" if self.reason else str(self.state)

    @property
    def is_foreign(self) -> bool:
        """Whether the page is another patient's."""
        return any(notice.kind is NoticeKind.FOREIGN for notice in self.notices)

    def box(self, start: int, end: int) -> Box | None:
        """The smallest box around `text[start:end]`; None where no word stands there."""
        boxes = self.line_boxes(start, end)
        if not boxes:
            return None
        whole = boxes[0]
        for box in boxes[1:]:
            whole = whole.union(box)
        return whole

    def line_boxes(self, start: int, end: int) -> list[Box]:
        """A box for each line that `text[start:end]` runs over, for marking the passage."""
        lines: list[Box] = []
        previous_end: int | None = None
        for word in self.words.between(start, end):
            new_line = previous_end is None or "\n" in self.text[previous_end : word.start]
            if new_line:
                lines.append(word.box)
            else:
                lines[-1] = lines[-1].union(word.box)
            previous_end = word.end
        return lines
