"""What a signature binds, as hashes: the letter, the records, the rules and the ruling."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import datetime

from openimr.model.determination import Determination, Status
from openimr.model.errors import OpenIMRError
from openimr.model.ruling import Signature
from openimr.render.json import render_json
from openimr.render.ruling_json import plain

_TOLD = {
    "letter": "the letter is not the one that was signed",
    "records": "the records are not those that were signed over",
    "rulebook": "the rules are not those that were signed over",
    "ruling": "the ruling is not the one that was signed",
    "sha256": "its own parts were changed",
}


class NothingToSign(OpenIMRError):
    """A draft without a ruling was to be signed: a fault of the program."""

    code = "nothing-to-sign"


def make_signature(
    determination: Determination,
    *,
    pseudonym: str,
    licensure: tuple[str, ...],
    specialties: tuple[str, ...],
    at: datetime,
) -> Signature:
    """The signature of a ruled determination.

    Args:
        determination: with its ruling; a signature and issuance it has are left out of the hash.
        pseudonym: of the reviewer.
        licensure: states.
        specialties: as the letter names them.
        at: the instant of the act.

    Raises:
        NothingToSign: there is no ruling.
    """
    if determination.ruling is None:
        raise NothingToSign("a determination without a ruling cannot be signed")
    bare = Signature(
        pseudonym=pseudonym,
        licensure=licensure,
        specialties=specialties,
        signed=at,
        letter=letter_sha256(determination),
        records=records_sha256(determination),
        rulebook=determination.engine.rulebook_sha256,
        ruling=digest(plain(determination.ruling)),
        sha256="",
    )
    return replace(bare, sha256=digest(plain(bare)))


def letter_sha256(determination: Determination) -> str:
    """Of everything the letter says, but not of who signed and when it was issued."""
    bare = replace(determination, status=Status.SIGNED, signature=None, issuance=None)
    return digest(render_json(bare))


def records_sha256(determination: Determination) -> str:
    """Of the names and hashes of every file that was read or could not be."""
    read = {(document.file, document.sha256) for document in determination.documents}
    unread = {(file.file, file.sha256) for file in determination.unread}
    return digest(sorted([file, sha256 or ""] for file, sha256 in read | unread))


def signature_problems(determination: Determination) -> list[str]:
    """What a signature says that the determination does not bear out."""
    stated = determination.signature
    if stated is None:
        return [] if determination.status is Status.DRAFT else ["signature: is missing"]
    derived = make_signature(
        determination,
        pseudonym=stated.pseudonym,
        licensure=stated.licensure,
        specialties=stated.specialties,
        at=stated.signed,
    )
    return [
        f"signature: {told}"
        for name, told in _TOLD.items()
        if getattr(stated, name) != getattr(derived, name)
    ]


def digest(value: object) -> str:
    """SHA-256 of a value in JSON's own types, whatever the order of its keys."""
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
