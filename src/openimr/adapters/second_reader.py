"""The second reader behind an OpenAI-compatible endpoint of the organization's own machine.

Health data goes out to nobody else: the address is resolved once and must be of this machine or of
a private network, and every connection is made to that checked address (guarded_post.py). Reasons
of failure are phrases of our own; nothing that was sent or received is ever part of one.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass

from openimr.adapters.guarded_post import Broken, post
from openimr.adapters.private_address import Endpoint, Resolve, endpoint, system_resolve
from openimr.model.errors import UsageError
from openimr.model.second_reader import Answer, Question

PREFIX = "OPENIMR_SECOND_READER_"
_PATH = "/chat/completions"
_NAME = re.compile(r"[\w.:/@+ -]{1,100}")
_KEY = re.compile(r"[!-~]{1,500}")
_YES = "yes"
_NO_COMPLETION = "the answer is no chat completion"
_SPENT = "the time for one case was used up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long and how much a second reader may answer."""

    seconds: float = 60.0
    """For one question, from the connection to the last byte."""
    case_seconds: float = 1_800.0
    answer_bytes: int = 1_048_576
    answer_tokens: int = 4_096


class HttpSecondReader:
    """Puts questions to a model over HTTP.

    Args:
        place: whose address was checked.
        name: of the model, as the server knows it.
        key: for servers that ask for one; never shown.
        patience: its limits.
    """

    def __init__(
        self, place: Endpoint, name: str, *, key: str = "", patience: Patience | None = None
    ) -> None:
        self._place = place
        self._name = name
        self._key = key
        self._patience = patience or Patience()
        self._end: float | None = None

    @property
    def name(self) -> str:
        """The model, as the letter names it."""
        return self._name

    def ask(self, question: Question) -> Answer:
        """Put one question; whatever goes wrong comes back as a reason."""
        now = time.monotonic()
        if self._end is None:
            self._end = now + self._patience.case_seconds
        seconds = min(self._patience.seconds, self._end - now)
        if seconds <= 0:
            return Answer(failure=_SPENT)
        try:
            body = post(
                self._place,
                self._body(question),
                headers=self._headers(),
                seconds=seconds,
                most_bytes=self._patience.answer_bytes,
            )
        except Broken as error:
            return Answer(failure=error.reason)
        text = _content(body)
        return Answer(failure=_NO_COMPLETION) if text is None else Answer(text=text)

    def _body(self, question: Question) -> bytes:
        told = {
            "model": self._name,
            "messages": [
                {"role": "system", "content": question.instruction},
                {"role": "user", "content": question.text},
            ],
            "temperature": 0,
            "stream": False,
            "max_tokens": self._patience.answer_tokens,
            "response_format": {
                "type": "json_schema",
                "json_schema": {
                    "name": "proposals",
                    "strict": True,
                    "schema": json.loads(question.schema),
                },
            },
        }
        return json.dumps(told).encode("ascii")

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        return headers | ({"Authorization": f"Bearer {self._key}"} if self._key else {})


def _content(body: bytes) -> str | None:
    """The text of the first choice of a chat completion; None for anything else."""
    try:
        content = json.loads(body)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    return content if isinstance(content, str) else None


def second_reader_from(
    environment: Mapping[str, str], resolve: Resolve = system_resolve
) -> HttpSecondReader:
    """The second reader that the environment names.

    `OPENIMR_SECOND_READER_URL` and `_MODEL` are needed; `_KEY`, `_SECONDS` and `_ALLOW_PUBLIC`
    (`yes`) may be given.

    Args:
        environment: variables by name.
        resolve: looks a host's addresses up.

    Raises:
        UsageError: one is missing or cannot be used, or the address is not private.
    """
    given = {name: environment.get(f"{PREFIX}{name}", "").strip() for name in _VARIABLES}
    for name in ("URL", "MODEL"):
        if not given[name]:
            raise _usage(name, "is not set", "set it, or leave --second-reader out")
    if not _NAME.fullmatch(given["MODEL"]):
        raise _usage("MODEL", "is no name of a model", "use letters, digits and . : / @ + - _")
    if given["KEY"] and not _KEY.fullmatch(given["KEY"]):
        raise _usage("KEY", "holds blanks or characters no key has", "copy the key alone")
    if given["ALLOW_PUBLIC"] not in {"", _YES}:
        raise _usage("ALLOW_PUBLIC", "is neither empty nor `yes`", "unset it to stay private")
    place = endpoint(
        given["URL"].rstrip("/").removesuffix(_PATH) + _PATH,
        allow_public=given["ALLOW_PUBLIC"] == _YES,
        resolve=resolve,
        named=f"{PREFIX}URL",
    )
    patience = Patience(seconds=_seconds(given["SECONDS"]))
    return HttpSecondReader(place, given["MODEL"], key=given["KEY"], patience=patience)


_VARIABLES = ("URL", "MODEL", "KEY", "SECONDS", "ALLOW_PUBLIC")
_MOST_SECONDS = 600


def _seconds(stated: str) -> float:
    if not stated:
        return Patience().seconds
    if not stated.isdecimal() or not 1 <= int(stated) <= _MOST_SECONDS:
        raise _usage("SECONDS", "is no number of seconds", f"give 1 to {_MOST_SECONDS}")
    return float(stated)


def _usage(name: str, what: str, remedy: str) -> UsageError:
    return UsageError(f"{PREFIX}{name} {what}", remedy=remedy)
