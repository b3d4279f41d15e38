"""What is drawn on a page image and is no writing: rules, streaks, rows of dots or dashes.

OCR reads a dotted leader as letters, loses words that touch a rule, and takes what stands in a box
of dashes for a picture.
"""

from __future__ import annotations

from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from openimr.intake.patches import Numbers, Patches
from openimr.intake.ports import Grey

Flags: TypeAlias = npt.NDArray[np.bool_]

_RULE_INCHES = 1.2
"""No stroke of a letter is as long as this."""
_MARK_INCHES = 0.03
"""How high a dot or a dash is, at most."""
_SOLID = 0.7
"""The part of its frame that a dot or a dash fills; a letter of fine print fills less."""
_STEP_INCHES = 0.13
"""From one mark of a row to the next, at most."""
_ROW_INCHES = 0.4
_FEWEST_MARKS = 6


def without_linework(image: Grey, dpi: int, patches: Patches) -> Grey:
    """Without long thin lines and without rows of dots or dashes; a gap stays where they were."""
    drawn = _in_rows(patches, dpi)
    long = np.maximum(patches.width, patches.height) >= _RULE_INCHES * dpi
    long[0] = False
    if not drawn.any() and not long.any():
        return image
    erased = drawn[patches.labels]
    if long.any():
        erased |= _rules(long[patches.labels], dpi)
    return np.asarray(np.where(erased, 255, image), dtype=np.uint8)


def _rules(ink: Flags, dpi: int) -> Flags:
    """Streaks of a dirty scanner, rules of forms and tables."""
    length, thick = int(_RULE_INCHES * dpi), max(3, round(dpi / 40))
    marks = np.asarray(ink, dtype=np.uint8)
    rules = np.zeros_like(marks)
    for shape, across in (((1, length), (thick, 1)), ((length, 1), (1, thick))):
        long = _opened(marks, shape)
        rules |= long & (1 - _opened(long, across))
    return np.asarray(rules, dtype=np.bool_)


def _opened(ink: Grey, shape: tuple[int, int]) -> Grey:
    """What of the ink a bar of this height and width fits into."""
    kernel = np.ones(shape, dtype=np.uint8)
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel), dtype=np.uint8)


def _in_rows(patches: Patches, dpi: int) -> Flags:
    """Which patches are marks of a row: leaders from an entry to its column, lines of hyphens."""
    highest = max(2, round(_MARK_INCHES * dpi))
    solid = patches.area >= _SOLID * patches.width * patches.height
    small = solid & (patches.height <= highest)
    small[0] = False
    marks = np.flatnonzero(small)
    drawn = np.zeros(len(small), dtype=np.bool_)
    for shift in (0, highest):  # a row that lies across two bands lies within one of the others
        band = (patches.top[marks] + shift) // (2 * highest)
        drawn[_in_one_band(patches, marks, band, dpi)] = True
    return drawn


def _in_one_band(patches: Patches, marks: Numbers, band: Numbers, dpi: int) -> Numbers:
    """The marks that follow each other closely in their band, enough of them over enough room."""
    order = np.lexsort((patches.left[marks], band))
    marks, band = marks[order], band[order]
    if not len(marks):
        return marks
    left, right = patches.left[marks], patches.left[marks] + patches.width[marks]
    parted = (np.diff(band) != 0) | (left[1:] - right[:-1] > _STEP_INCHES * dpi)
    row = np.concatenate(([0], np.cumsum(parted)))
    first = np.searchsorted(row, np.arange(row[-1] + 1))
    last = np.append(first[1:], len(row)) - 1
    long = right[last] - left[first] >= _ROW_INCHES * dpi
    return np.asarray(marks[(long & (last - first >= _FEWEST_MARKS - 1))[row]])
