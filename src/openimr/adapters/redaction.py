"""PDFs redacted for real: pages drawn anew with the places blackened, nothing of the file kept.

A black bar over text leaves the text in the file. Here every page is drawn as a reader sees it, the
pixels under the boxes are made black, and a new file is made of the pictures alone: no text, no
fonts, no annotations, no attachments, no metadata and no earlier revisions of the old one.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import pikepdf

from openimr.adapters.limits import DEFAULT_LIMITS, Limits
from openimr.adapters.workers import Task, Workers, processors
from openimr.model.errors import UnreadableFile
from openimr.model.text import Box

_PAD = 1.0
"""Points around a box, so that no edge of a letter shows."""
_SECONDS = 30.0
Drawn = tuple[bytes, int, int, int]
"""Compressed grey pixels, width, height, and dots to the inch."""


def redact_pdf(
    path: Path, boxes: Mapping[int, Sequence[Box]], pages: int, *, limits: Limits = DEFAULT_LIMITS
) -> bytes:
    """A new PDF of the pages of one, with the boxes (by page, from 1) blackened.

    Raises:
        UnreadableFile: a page cannot be drawn.
    """
    tasks = [
        Task(
            function="openimr.adapters.redaction:draw",
            arguments=(path, number, tuple(boxes.get(number, ())), limits.max_pixels),
            seconds=_SECONDS,
            key=number,
        )
        for number in range(1, pages + 1)
    ]
    drawn: dict[int, Drawn] = {}
    with Workers(processors(), limits.parser_memory) as workers:
        for answer in workers.run(tasks):
            if answer.error is not None or answer.crash:
                raise UnreadableFile(
                    f"page {answer.key} cannot be drawn",
                    where=str(path),
                    why=answer.crash or str(answer.error),
                    remedy="redact the file by hand; nothing was written",
                )
            drawn[answer.key] = answer.result
    return _bound([drawn[number] for number in sorted(drawn)])


def draw(path: Path, number: int, boxes: Sequence[Box], max_pixels: int) -> Drawn:
    """One page as grey pixels, the boxes black; runs in a child."""
    from openimr.adapters.page_images import rendered

    page = rendered(path, number, max_pixels)
    grey, scale = page.image, page.dpi / 72
    height, width = grey.shape
    for box in boxes:
        left, top = int((box.x0 - _PAD) * scale), int((box.y0 - _PAD) * scale)
        right, bottom = int((box.x1 + _PAD) * scale) + 1, int((box.y1 + _PAD) * scale) + 1
        grey[max(0, top) : min(height, bottom), max(0, left) : min(width, right)] = 0
    return zlib.compress(grey.tobytes(), 6), width, height, page.dpi


def _bound(pages: Sequence[Drawn]) -> bytes:
    """A PDF with a picture on each page and nothing else."""
    pdf = pikepdf.new()
    for pixels, width, height, dpi in pages:
        picture = pikepdf.Stream(pdf, pixels)
        picture.stream_dict = pikepdf.Dictionary(
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=width,
            Height=height,
            ColorSpace=pikepdf.Name.DeviceGray,
            BitsPerComponent=8,
            Filter=pikepdf.Name.FlateDecode,
        )
        across, down = width * 72 / dpi, height * 72 / dpi
        page = pdf.add_blank_page(page_size=(across, down))
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=picture))
        page.Contents = pdf.make_stream(f"{across:.3f} 0 0 {down:.3f} 0 0 cm /Page Do".encode())
    target = io.BytesIO()
    pdf.save(target, deterministic_id=True, linearize=False)
    return target.getvalue()
