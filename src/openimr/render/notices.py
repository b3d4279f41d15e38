"""A notice as text, 78 characters wide, and as an accessible PDF, each with its proof of service.

Everything a case holds goes to the page as data: markup, control characters and marks that turn the
direction of text change nothing. The same notice gives the same bytes; no clock is asked. What was
not checked against the law is for the sender and stands in no letter.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator
from importlib.resources import files

from openimr.model.notice import Notice, NoticePart, Office, PartKind, Recipient
from openimr.model.notice_words import ROLES, SERVED_BY, long_day
from openimr.model.party import ServiceMethod
from openimr.render.pdf import midnight, showable
from openimr.render.spans import printable
from openimr.render.text import WIDTH

_RULE = "-" * WIDTH
PROOF = "Proof of service"
_LEAD = (
    "I am over eighteen and no party to this case. On {day} I served the notice with the title "
    '"{title}" on those named below, each in the way that is named. I declare under penalty of '
    "perjury under the laws of the State of California that this is true."
)
_ON_FILE = {
    ServiceMethod.FAX: "at the fax number on file",
    ServiceMethod.ELECTRONIC: "at the electronic address on file",
}
_SIGN = ("Place", "Date", "Name in print", "Signature")


def notice_text(notice: Notice) -> str:
    """The letter and its proof of service; lines end with a newline."""
    lines = [
        *(part for line in _office(notice.sender) for part in _wrapped(line)),
        "",
        long_day(notice.day),
        "",
        *(part for line in _address(notice.recipient) for part in _wrapped(line)),
        f"({SERVED_BY[notice.recipient.service]})",
        "",
        *_wrapped(notice.title.upper()),
        "",
        *(
            line
            for label, value in notice.rows
            for line in _wrapped(f"{label}: {printable(value)}", "  ")
        ),
        "",
        *(line for part in notice.parts for line in _part(part)),
        *_ending(notice),
        _RULE,
        *_proof(notice),
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def notice_pdf(notice: Notice) -> bytes:
    """The same as a tagged, archival PDF without metadata on people."""
    import typst

    return bytes(
        typst.compile(
            files("openimr.render").joinpath("templates", "notice.typ").read_bytes(),
            format="pdf",
            sys_inputs={"notice": json.dumps(showable(_data(notice)), ensure_ascii=False)},
            pdf_standards=["ua-1", "a-2a"],
            ignore_system_fonts=True,
            timestamp=midnight(notice.day),
        )
    )


def _data(notice: Notice) -> dict[str, object]:
    return {
        "title": printable(notice.title),
        "day": notice.day.isoformat(),
        "date": long_day(notice.day),
        "case_number": printable(notice.case_number),
        "sender": _office(notice.sender),
        "to": _address(notice.recipient),
        "way": SERVED_BY[notice.recipient.service],
        "rows": [[label, printable(value)] for label, value in notice.rows],
        "parts": [
            {"kind": str(part.kind), "texts": [printable(text) for text in part.texts]}
            for part in notice.parts
        ],
        "copies": [_copy(one) for one in _others(notice)],
        "citation": notice.citation,
        "proof": {
            "title": PROOF,
            "lead": _LEAD.format(title=notice.title, day=long_day(notice.day)),
            "served": [
                {"who": _copy(one), "where": _where(one), "way": SERVED_BY[one.service]}
                for one in notice.served
            ],
            "sign": _SIGN,
        },
    }


def _office(office: Office) -> list[str]:
    ways = [("Telephone", office.phone), ("Fax", office.fax), ("Electronically", office.electronic)]
    return [
        printable(office.name),
        *(printable(line) for line in office.address.split("\n") if line.strip()),
        *(printable(f"{label}: {way}") for label, way in ways if way),
    ]


def _address(recipient: Recipient) -> list[str]:
    lines = [recipient.name, recipient.organization, *recipient.address.split("\n")]
    return [printable(line) for line in lines if line.strip()]


def _where(recipient: Recipient) -> str:
    """The postal address; a number or electronic address is in the sender's own file."""
    if recipient.service in _ON_FILE:
        return _ON_FILE[recipient.service]
    lines = [line.strip() for line in recipient.address.split("\n") if line.strip()]
    return printable(", ".join(lines))


def _copy(recipient: Recipient) -> str:
    name = printable(", ".join(filter(None, (recipient.name, recipient.organization))))
    return f"{name} ({ROLES[recipient.role]})"


def _others(notice: Notice) -> Iterator[Recipient]:
    return (one for one in notice.served if one != notice.recipient)


def _part(part: NoticePart) -> Iterator[str]:
    texts = [printable(text) for text in part.texts]
    match part.kind:
        case PartKind.HEADING:
            yield from _wrapped(texts[0])
            yield "-" * min(WIDTH, len(texts[0]))
        case PartKind.BULLETS:
            for text in texts:
                yield from _wrapped(f"- {text}", "  ")
            yield ""
        case PartKind.SAY:
            yield from _wrapped(texts[0])
            yield ""


def _ending(notice: Notice) -> Iterator[str]:
    copies = [_copy(one) for one in _others(notice)]
    if copies:
        yield "Copies to"
        for copy in copies:
            yield from _wrapped(f"- {copy}", "  ")
        yield ""
    yield from _wrapped(f"Legal basis: {notice.citation}")
    yield ""


def _proof(notice: Notice) -> Iterator[str]:
    yield PROOF.upper()
    yield f"Case number: {printable(notice.case_number)}"
    yield ""
    yield from _wrapped(_LEAD.format(title=notice.title, day=long_day(notice.day)))
    yield ""
    for one in notice.served:
        way = f"{_copy(one)}: {SERVED_BY[one.service]}, {_where(one)}"
        yield from _wrapped(f"- {way}", "  ")
    yield ""
    for label in _SIGN:
        yield f"{label}: {'_' * (WIDTH - len(label) - 20)}"
        yield ""


def _wrapped(text: str, hanging: str = "") -> Iterable[str]:
    return textwrap.wrap(
        text, WIDTH, subsequent_indent=hanging, break_on_hyphens=False, break_long_words=True
    ) or [""]
