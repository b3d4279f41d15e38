"""The summary and the rationale: sentences of our own around paragraphs that reviewers copy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from openimr.synth.letters.bank import Slots, data, phrases, say, variants
from openimr.synth.letters.dice import Dice
from openimr.synth.letters.header import Header
from openimr.synth.letters.rare import draw_disorder, draw_surname, misspell
from openimr.synth.letters.request import ForgedRequest, name_drug


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgedRationale:
    """A rationale and what it says of the record."""

    text: str
    present: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def letter_slots(dice: Dice, header: Header) -> Slots:
    """The words of one letter: its worker, its dates in its own style, and all that is drawn."""
    style = dice.pick(_DATE_STYLES)
    words = {
        "age": str(header.age),
        "sex": header.sex,
        "injury": style(header.injured),
        "denied": style(header.denied),
    }
    slots = Slots(dice, words, _DRAWS)
    slots.day = lambda: style(header.denied - timedelta(days=dice.between(3, 120)))
    return slots


def _dashes(day: date) -> str:
    return f"{day.month:02d}-{day.day:02d}-{day.year}"


def _slashes(day: date) -> str:
    return f"{day.month:02d}/{day.day:02d}/{day.year}"


def _short(day: date) -> str:
    return f"{day.month}/{day.day}/{day.year % 100:02d}"


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def _in_full(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


_DATE_STYLES: tuple[Callable[[date], str], ...] = (_dashes, _dashes, _slashes, _short, _in_full)


def _drug(slots: Slots) -> str:
    return name_drug(slots.dice)


def _therapy(slots: Slots) -> str:
    return str(slots.dice.pick(data("prose")["therapies"]))


def _number(low: int, high: int) -> Callable[[Slots], str]:
    return lambda slots: str(slots.dice.between(low, high))


_DRAWS: Mapping[str, Callable[[Slots], str]] = {
    "dx": lambda slots: say(slots, phrases("people", "diagnoses")),
    "drug": _drug,
    "therapy": _therapy,
    "Therapy": lambda slots: _therapy(slots).capitalize(),
    "area": lambda slots: slots.dice.pick(data("prose")["areas"]),
    "rare": lambda slots: draw_disorder(slots.dice),
    "name": lambda slots: draw_surname(slots.dice),
    "Name": lambda slots: draw_surname(slots.dice),
    "initial": lambda slots: slots.dice.pick("ABCDEFGHJKLMNPRSTW"),
    "studies": lambda slots: say(slots, phrases("prose", "studies")),
    "visit": lambda slots: slots.day(),
    "month": lambda slots: slots.dice.pick(_MONTHS),
    "short_date": lambda slots: _short(date(2013, 1, 1) + timedelta(slots.dice.between(0, 1700))),
    "level": lambda slots: slots.dice.pick(("L4-5", "L5-S1", "C5-6", "C6-7", "L3-4")),
    "motor": lambda slots: slots.dice.pick(("3", "4", "4+", "5", "5-")),
    "decimal": lambda slots: f"{slots.dice.between(5, 169) / 10}",
    "year": _number(1995, 2017),
    "score": _number(2, 7),
    "high": _number(7, 10),
    "degrees": _number(20, 95),
    "small": _number(5, 20),
    "pounds": _number(5, 40),
    "count": _number(2, 24),
}


def write_summary(slots: Slots, asked: str) -> str:
    """The clinical case summary: who, what for, what was found, asked for and denied."""
    dice = slots.dice
    slots["asked"] = asked
    sentences = [say(slots, phrases("prose", "opening")), say(slots, phrases("prose", "diagnosed"))]
    sentences += [say(slots, phrases("prose", "treated")) for _ in range(dice.between(1, 4))]
    sentences += [say(slots, phrases("prose", "findings")) for _ in range(dice.between(2, 14))]
    sentences.append(say(slots, phrases("prose", "requested")))
    if dice.chance(0.8):
        sentences.append(say(slots, phrases("prose", "denied")))
    return _typed(dice, " ".join(sentences))


def write_rationale(slots: Slots, request: ForgedRequest, *, upheld: bool) -> ForgedRationale:
    """Why: pasted guideline, the worker's facts, what is shown or missing, and the conclusion."""
    dice = slots.dice
    slots["asked"] = request.asked
    if upheld and request.facts.get("associated_surgical") and dice.chance(0.7):
        return ForgedRationale(text=say(slots, phrases("prose", "associated")))
    needs = data("needs")
    wanted = dice.some(needs.get(request.group, needs["default"]), dice.between(1, 4))
    # Reviewers who uphold name a thing or two in favour as well; who overturn, seldom one against.
    against = [upheld != dice.chance(0.18 if upheld else 0.08) for _ in wanted]
    if upheld:
        against[-1] = True
    said = [
        _say_need(slots, need, missing=missing)
        for need, missing in zip(wanted, against, strict=True)
    ]
    facts = [_case_fact(slots) for _ in range(dice.between(0, 3))]
    middle = [*facts, *said]
    text = " ".join(
        [
            *_pasted(slots, request.group),
            *middle,
            say(slots, phrases("prose", "upheld" if upheld else "overturned")),
        ]
    )
    return ForgedRationale(
        text=_typed(dice, text),
        present=tuple(need for need, missing in zip(wanted, against, strict=True) if not missing),
        missing=tuple(need for need, missing in zip(wanted, against, strict=True) if missing),
    )


def _pasted(slots: Slots, group: str) -> list[str]:
    """Guideline paragraphs, the usual ones far more often than others."""
    dice, paragraphs = slots.dice, data("paragraphs")
    own = paragraphs.get(group, paragraphs["default"])
    count = 1 + dice.rank(5) if dice.chance(0.5) else 1
    chosen = [own[dice.rank(len(own))] for _ in range(min(count, len(own)))]
    if count > len(own):
        chosen.append(dice.pick(paragraphs["default"]))
    return [say(slots, (variants(text),)) for text in dict.fromkeys(chosen)]


def _case_fact(slots: Slots) -> str:
    finding = say(slots, phrases("prose", "findings"))
    slots["finding"] = finding[0].lower() + finding[1:]
    return say(slots, phrases("prose", "case_facts"))


def _say_need(slots: Slots, need: str, *, missing: bool) -> str:
    slots["need"] = need
    text = say(slots, phrases("prose", "lacking" if missing else "shown"))
    return text[0].upper() + text[1:]


def _typed(dice: Dice, text: str) -> str:
    """With a slip of the keys now and then."""
    return misspell(dice, text) if dice.chance(0.25) else text
