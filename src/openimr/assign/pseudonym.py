"""The name that a reviewer has outside: the same in every letter, and nobody's without the key."""

from __future__ import annotations

import base64
import hashlib

from openimr.model.errors import UsageError

SHORTEST_KEY = 16
"""Bytes of a key below which it could be guessed."""
_BYTES = 10


def pseudonym(reviewer: str, key: bytes) -> str:
    """The pseudonym of a register id: a keyed hash of 80 bits, such as `R-7K2QXMPA4ZB3CD5E`.

    Raises:
        UsageError: the key is too short to keep a secret.
    """
    if len(key) < SHORTEST_KEY:
        raise UsageError(
            f"the key of pseudonyms has {len(key)} bytes",
            why=f"fewer than {SHORTEST_KEY} could be guessed",
            remedy="make one with: python -c 'import secrets; print(secrets.token_hex(32))'",
        )
    digest = hashlib.blake2b(
        reviewer.encode(), key=hashlib.sha256(key).digest(), digest_size=_BYTES, person=b"reviewer"
    )
    return f"R-{base64.b32encode(digest.digest()).decode()}"
