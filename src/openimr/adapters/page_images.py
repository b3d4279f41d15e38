"""Page images out of files: frames of an image file, rendered pages of a PDF. Runs in a child."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageOps, UnidentifiedImageError

from openimr.adapters.opened import OpenedFile
from openimr.intake.ports import Grey
from openimr.model.errors import LimitExceeded, UnreadableFile

DPI = 200
"""A fax is not finer; OCR gains nothing above 300."""
MOST_DPI = 300
_LEAST_DPI = 60
_LETTER_INCHES = 8.5


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as a picture, its pixels square."""

    image: Grey
    dpi: int


def open_image(path: Path, name: str, limit: int) -> OpenedFile:
    """Open an image file and count its pages.

    Raises:
        UnreadableFile: not an image, or damaged.
        LimitExceeded: more frames than the limit.
    """
    try:
        with Image.open(path, formats=("PNG", "JPEG", "TIFF")) as image:
            frames = int(getattr(image, "n_frames", 1))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise UnreadableFile(
            "the image is damaged or cut short",
            where=name,
            remedy="ask the sender for the file again",
        ) from error
    if frames > limit:
        raise LimitExceeded(f"it has {frames:,} pages, and at most {limit:,} are read", where=name)
    return OpenedFile(path, frames, pictures=True)


def frame(path: Path, number: int, max_pixels: int) -> PageImage:
    """One page (1-based) of an image file, upright by its camera's word."""
    try:
        with Image.open(path, formats=("PNG", "JPEG", "TIFF")) as image:
            if number > 1:
                image.seek(number - 1)
            _check_pixels(image.width * image.height, max_pixels)
            dpi = image.info.get("dpi", (0, 0))
            upright = ImageOps.exif_transpose(image)
            grey = _grey(upright)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise UnreadableFile(f"page {number} of the image is damaged or cut short") from error
    return _square(grey, _resolution(dpi, grey.shape[1]))


def rendered(path: Path, number: int, max_pixels: int) -> PageImage:
    """One page (1-based) of a PDF as a reader sees it."""
    document = pdfium.PdfDocument(path)
    try:
        if document.get_formtype():
            document.init_forms()
        page = document[number - 1]
        width, height = page.get_size()
        dpi = _affordable(width, height, max_pixels)
        bitmap = page.render(scale=dpi / 72, grayscale=True)
        grey = np.array(bitmap.to_numpy(), dtype=np.uint8)
    finally:
        document.close()
    return PageImage(grey[:, :, 0] if grey.ndim == 3 else grey, dpi)


def _affordable(width: float, height: float, max_pixels: int) -> int:
    """The usual resolution, or as much of it as a huge page may have."""
    inches = max(width * height / 72**2, 0.01)
    dpi = min(DPI, int((max_pixels / inches) ** 0.5))
    if dpi < _LEAST_DPI:
        raise LimitExceeded(
            f"the page measures {width / 72:,.0f} by {height / 72:,.0f} inches, too large to be"
            " drawn for OCR"
        )
    return dpi


def _check_pixels(pixels: int, max_pixels: int) -> None:
    if pixels > max_pixels:
        raise LimitExceeded(f"the image has {pixels:,} pixels, and at most {max_pixels:,} are read")


def _grey(image: Image.Image) -> Grey:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        coloured = image.convert("RGBA")
        paper = Image.new("RGBA", coloured.size, (255, 255, 255, 255))
        image = Image.alpha_composite(paper, coloured)
    if image.mode.startswith("I"):
        deep = np.asarray(image, dtype=np.float64)
        return np.asarray(np.clip(deep / 257, 0, 255), dtype=np.uint8)
    return np.array(image.convert("L"), dtype=np.uint8)


def _resolution(dpi: tuple[float, float], width: int) -> tuple[float, float]:
    """What the file says, if it can be; else that of a Letter page that the image fills."""
    across, down = float(dpi[0]), float(dpi[1])
    if 50 <= across <= 1300 and 50 <= down <= 1300:
        return across, down
    guess = width / _LETTER_INCHES
    return guess, guess


def _square(grey: Grey, dpi: tuple[float, float]) -> PageImage:
    """Square pixels at a resolution that suits OCR: faxes have 204 by 98 dots to the inch."""
    across, down = dpi
    target = min(max(across, down, float(DPI)), float(MOST_DPI))
    scale_x, scale_y = target / across, target / down
    if abs(scale_x - 1) > 0.02 or abs(scale_y - 1) > 0.02:
        shrinks = scale_x < 1 and scale_y < 1
        method = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
        grey = np.asarray(
            cv2.resize(grey, None, fx=scale_x, fy=scale_y, interpolation=method), dtype=np.uint8
        )
    return PageImage(grey, round(target))
