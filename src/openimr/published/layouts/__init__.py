"""The forms in which letters were issued, one file each, in the order in which they are tried."""

from __future__ import annotations

from openimr.published.layouts.case_number import CASE_NUMBER
from openimr.published.layouts.decisions_2014 import DECISIONS_2014
from openimr.published.layouts.headerless import HEADERLESS
from openimr.published.layouts.layout import Layout
from openimr.published.layouts.notice_2013 import NOTICE_2013
from openimr.published.layouts.professional_review import PROFESSIONAL_REVIEW

LAYOUTS: tuple[Layout, ...] = (
    CASE_NUMBER,
    HEADERLESS,
    DECISIONS_2014,
    NOTICE_2013,
    PROFESSIONAL_REVIEW,
)
"""The commonest first. A headerless body comes after the header form that has the same body."""

__all__ = ["LAYOUTS", "Layout"]
