"""The worker's name, found as records write it, so that no letter prints it."""

from __future__ import annotations

import re

ANONYMOUS = "[the injured worker]"
_TITLES = r"(?:Mr|Mrs|Ms|Miss)\.?\s+"
_NAME = re.compile(r"[^\W\d_][\w'\u2019-]+")


class WorkerName:
    """Replaces the worker's name in text.

    `Rosa M. Delgado` also stands as `DELGADO, ROSA`, `Delgado Rosa` and `Ms. Delgado`.

    Args:
        name: as the application gives it; None replaces nothing.
    """

    def __init__(self, name: str | None) -> None:
        parts = _NAME.findall(name or "")
        self._pattern = _pattern(re.escape(parts[0]), re.escape(parts[-1])) if parts else None

    def remove(self, text: str) -> str:
        """The text with every form of the name replaced.

        >>> WorkerName("Rosa M. Delgado").remove("Ms. Delgado walks.")
        '[the injured worker] walks.'
        """
        return self._pattern.sub(ANONYMOUS, text) if self._pattern else text


def _pattern(first: str, last: str) -> re.Pattern[str]:
    middle = r"(?:\s+\w\.?|\s+[\w'\u2019-]+)?"
    forms = (
        rf"(?:{_TITLES})?{first}{middle}\s+{last}",
        rf"{last},?\s+{first}(?:\s+\w\b\.?)?",
        rf"{_TITLES}{last}",
    )
    return re.compile(rf"\b(?:{'|'.join(forms)})\b", re.IGNORECASE)
