"""From a clean page to what comes out of a fax machine: skewed, speckled, one bit deep."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

DOTS_PER_INCH = 200
Gray = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Damage:
    """How badly a document was sent."""

    skew: float
    """Largest tilt, in degrees."""
    speckle: float
    """Share of dots that flip."""


LIGHT = Damage(skew=0.5, speckle=0.002)
MEDIUM = Damage(skew=1.0, speckle=0.006)


def fax_pages(pdf: bytes, rng: np.random.Generator, damage: Damage) -> list[Gray]:
    """Every page of a PDF as a damaged one-bit image: 0 ink, 255 paper."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    pages = []
    for page in document:
        bitmap = page.render(scale=DOTS_PER_INCH / 72, grayscale=True)
        pages.append(
            send(bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width], rng, damage)
        )
    document.close()
    return pages


def send(image: Gray, rng: np.random.Generator, damage: Damage) -> Gray:
    """One page through the machine."""
    import cv2

    height, width = image.shape[:2]
    angle = float(rng.uniform(-damage.skew, damage.skew))
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    tilted = cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)
    ink = np.asarray(tilted) < int(rng.integers(150, 190))
    noise = rng.random(ink.shape, dtype=np.float32)
    dust = noise < damage.speckle / 2
    gaps = noise > 1 - damage.speckle
    ink = (ink | dust) & ~gaps
    if rng.random() < 0.08:
        column = int(rng.integers(60, width - 60))
        ink[:, column : column + 2] = True
    return np.where(ink, 0, 255).astype(np.uint8)


def turned(image: Gray, quarter_turns: int) -> Gray:
    """The page as it was laid on the glass: turned by quarters."""
    return np.ascontiguousarray(np.rot90(image, quarter_turns))


def blank(rng: np.random.Generator) -> Gray:
    """The back of a page: nothing but dust."""
    height, width = round(11 * DOTS_PER_INCH), round(8.5 * DOTS_PER_INCH)
    return np.where(rng.random((height, width), dtype=np.float32) < 0.0005, 0, 255).astype(np.uint8)


def image_pdf(pages: Sequence[Gray]) -> bytes:
    """One-bit images as the pages of a PDF."""
    import pikepdf

    pdf = pikepdf.Pdf.new()
    for image in pages:
        height, width = image.shape
        data = zlib.compress(np.packbits(image > 127, axis=1).tobytes(), 6)
        stream = pdf.make_stream(
            data,
            Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=width, Height=height,
            ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=1, Filter=pikepdf.Name.FlateDecode,
        )  # fmt: skip
        size = (width * 72 / DOTS_PER_INCH, height * 72 / DOTS_PER_INCH)
        page = pdf.add_blank_page(page_size=size)
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=stream))
        page.obj.Contents = pdf.make_stream(
            f"q {size[0]:.2f} 0 0 {size[1]:.2f} 0 0 cm /Im0 Do Q".encode()
        )
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()
