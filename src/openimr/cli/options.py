"""Options that several commands share."""

from __future__ import annotations

import click

from openimr.adapters.ocr_choice import OcrChoice

OCR_OPTION = click.option(
    "--ocr",
    type=click.Choice([str(choice) for choice in OcrChoice]),
    default=str(OcrChoice.AUTO),
    help="What reads page images; auto takes tesseract where it is installed.",
)
