"""Hostile text costs time in proportion, and names of every shape are found."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from openimr.cli.main import cli
from openimr.deid.detect import detect
from openimr.deid.replace import Surrogates, replace_identifiers

LETTERS = 50_000
SECONDS = 5.0
"""Far above what one run takes, far below what a quadratic pattern takes."""
PIECES = [
    "A A ",
    "A",
    "a",
    "a.a.a",
    "Aa-",
    "A-",
    "A'",
    "1",
    "12-",
    "1 A ",
    " ",
    "\n",
    "Aa Aa ",
    "a@b ",
]


@pytest.mark.parametrize("piece", PIECES)
def test_long_monotonous_text_takes_no_time(piece: str) -> None:
    text = (piece * LETTERS)[:LETTERS]
    began = time.process_time()
    detect([text])
    assert time.process_time() - began < SECONDS


def clean(text: str) -> str:
    return replace_identifiers(text, detect([text])[0], Surrogates()).text


NAMES = [
    ("Patient: Maria de la Cruz\nMs. de la Cruz", "Patient: [worker]\nMs. [worker]"),
    ("Dr. van der Berg saw", "Dr. [physician 1] saw"),
    ("Dr. McDonald and Dr. MacArthur", "Dr. [physician 1] and Dr. [physician 2]"),
    ("Patient: Q. Page\nMs. Page. Page 2 of 5", "Patient: [worker]\nMs. [worker]. Page 2 of 5"),
    ("Requesting Physician: Lee Wu", "Requesting Physician: [physician 1]"),
    ("Patient: Huong Long\nLong-term use", "Patient: [worker]\nLong-term use"),
    ("PATIENT: DOERR ANN B\nMs. Doerr", "PATIENT: [worker]\nMs. [worker]"),
    ("Patient: Ann Doerr, 45 year old", "Patient: [worker], 45 year old"),
    ("Physician: Sunil P. Reddy M.D.", "Physician: [physician 1] M.D."),
    ("Patient: John Smith Jr.\nMr. Smith", "Patient: [worker] Jr.\nMr. [worker]"),
    ("Patient: Nguyen Thi Hoa\nNguyen Thi Hoa", "Patient: [worker]\n[worker]"),
    ("Dr. M\u00fcller's note", "Dr. [physician 1]'s note"),
    ("\u00c9ric Fran\u00e7ois, MD", "[physician 1], MD"),
    ("Nurse Case Manager. Doctor First Report.", "Nurse Case Manager. Doctor First Report."),
    ("MRI Spine. Physical Therapy", "MRI Spine. Physical Therapy"),
]  # fmt: skip
NUMBERS = [
    ("DOB: 12/11/61\nborn 12-11-1961", "DOB: [date of birth]\nborn [date of birth]"),
    ("D0B: 4 March 1961", "D0B: [date of birth]"),
    ("DOB 03041961, seen in 61 days", "DOB [date of birth], seen in 61 days"),
    ("DOB: March 4, 1961. Level 4-61.", "DOB: [date of birth]. Level 4-61."),
    ("SSN: 123456789", "SSN: [social security number 1]"),
    ("Call +44 20 7946 0958", "Call [phone 1]"),
    ("Tel: 555-0116", "Tel: [phone 1]"),
]


@pytest.mark.parametrize(("text", "expected"), NAMES + NUMBERS)
def test_shapes_of_names_and_numbers(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_files_of_one_name_are_all_written(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(f"Visit {folder}.", encoding="utf-8")
    files = [str(tmp_path / folder / "a.txt") for folder in ("one", "two")]
    CliRunner().invoke(cli, ["deid", *files, "--quiet", "--out", str(tmp_path / "out")])
    written = sorted(one.read_text("utf-8").strip() for one in (tmp_path / "out").iterdir())
    assert written == ["Visit one.", "Visit two."]
