"""The forms in which letters were issued, one file each, in the order in which they are tried."""

from __future__ import annotations

from openimr.published.layouts.case_number import CASE_NUMBER
from openimr.published.layouts.headerless import HEADERLESS
from openimr.published.layouts.layout import Layout

LAYOUTS: tuple[Layout, ...] = (CASE_NUMBER, HEADERLESS)
"""The most marks first: a headerless body is what is left when no header was found."""

__all__ = ["LAYOUTS", "Layout"]
