"""The forms in which determinations were published, as paragraphs in their order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from openimr.synth.letters.content import Content
from openimr.synth.letters.dice import Dice
from openimr.synth.letters.form_2014 import decisions_form
from openimr.synth.letters.form_labelled import header_form, plain_form
from openimr.synth.letters.forms_2013 import notice_form, professional_form
from openimr.synth.letters.setting import Paragraph


@dataclass(frozen=True, slots=True)
class Layout:
    """A form of the letter."""

    write: Callable[[Dice, Content], list[Paragraph]]
    states: frozenset[str]
    """Header fields that it prints."""


_ALL = frozenset(
    {
        "case_number", "date_assigned", "decision_date", "date_of_injury", "ur_denial_date",
        "priority", "application_received",
    }
)  # fmt: skip

LAYOUTS: Mapping[str, Layout] = {
    "header": Layout(header_form, _ALL),
    "plain": Layout(plain_form, frozenset()),
    "2013": Layout(professional_form, _ALL - {"date_assigned", "priority"}),
    "2013-notice": Layout(notice_form, _ALL - {"date_assigned", "priority"}),
    "2014": Layout(decisions_form, _ALL),
}
"""Name to form."""
