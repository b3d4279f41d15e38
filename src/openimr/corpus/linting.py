"""What a worker does when a corpus is checked: letters go in, rows of problems come out."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from openimr.model.errors import InputError
from openimr.model.problem import Problem
from openimr.quality import Checker, from_published_json, load_checker

NOT_CHECKED = "NOT-CHECKED"
"""The code of a letter that could not be checked: silence would look like a clean letter."""
PROBLEM_COLUMNS: dict[str, str] = {
    "letter": "VARCHAR",
    "item": "VARCHAR",  # permalink; null where it is about the whole letter
    "code": "VARCHAR",
    "place": "VARCHAR",
    "message": "VARCHAR",
    "quote": "VARCHAR",
    "against": "VARCHAR",
    "share": "DOUBLE",
}
_REMEMBERED = 16_384


@dataclass(frozen=True, slots=True)
class KeptLetter:
    """A letter of a corpus: its permalink, and the JSON that the corpus keeps."""

    link: str
    letter_json: str


def lint_letters(letters: tuple[KeptLetter, ...]) -> bytes:
    """The problems of letters, a line of JSON each; `copied_letters` seeks copies between them."""
    checker = _checker()
    return b"".join(row for letter in letters for row in _rows(letter, checker))


def not_checked(link: str, why: str) -> bytes:
    """The row of a letter that could not be checked."""
    problem = {"code": NOT_CHECKED, "place": "header", "message": why}
    return _line({"letter": link, **problem})


@cache
def _checker() -> Checker:
    checker = load_checker()
    return replace(checker, parse=lru_cache(maxsize=_REMEMBERED)(checker.parse))


def _rows(letter: KeptLetter, checker: Checker) -> list[bytes]:
    try:
        read = from_published_json(json.loads(letter.letter_json), checker, name=letter.link)
        return [problem_row(letter.link, problem) for problem in checker.problems(read)]
    except (InputError, ValueError) as error:
        return [not_checked(letter.link, f"the letter cannot be read: {type(error).__name__}")]
    except MemoryError:
        raise  # what is left of the process is not to be trusted
    except Exception as error:  # noqa: BLE001 a fault of a check must cost this letter only
        return [not_checked(letter.link, f"the checks failed with {type(error).__name__}")]


def problem_row(link: str, problem: Problem, **more: object) -> bytes:
    """A line of JSON of a problem (`PROBLEM_COLUMNS`), with more columns."""
    return _line(
        {
            "letter": link,
            "item": None if problem.item is None else f"{link}/{problem.item}",
            "code": problem.code,
            "place": problem.place.value,
            "message": problem.message,
            "quote": problem.quote,
            "against": problem.against,
            "share": problem.share,
            **more,
        }
    )


def _line(row: dict[str, object]) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode("utf-8", errors="replace") + b"\n"
