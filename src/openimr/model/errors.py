"""One error tree; messages are public API.

    OpenIMRError                exit 4  something we did not foresee
    ├── UsageError              exit 2  the call itself is wrong
    ├── InputError              exit 3  the material cannot be used
    │   ├── EmptyCase                   nothing readable in the case file
    │   ├── MissingDocument             a document without which no review can start
    │   ├── NotADetermination           no published determination, or not a whole one
    │   ├── UnreadableFile              encrypted, truncated, empty, wrong kind
    │   ├── ArchiveRefused              a zip that escapes, explodes or nests
    │   ├── LimitExceeded               more pages or bytes than the limits allow
    │   ├── CorpusBusy                  another process is writing the corpus
    │   ├── CaseBusy                    another process is writing the case
    │   ├── IllegalAct                  an act that the rules do not allow, here or of this role
    │   ├── BrokenChain                 events that were changed, dropped, inserted or reordered
    │   └── RulebookInvalid             rule, lexicon or drug data that cannot be used
    └── CheckFailed             exit 1  a check ran and found problems

Every message says what, where (file, page, line), why, and what to do next.
"""

from __future__ import annotations

from typing import ClassVar, Self

__all__ = [
    "ArchiveRefused",
    "BrokenChain",
    "CaseBusy",
    "CheckFailed",
    "CorpusBusy",
    "EmptyCase",
    "IllegalAct",
    "InputError",
    "LimitExceeded",
    "MissingDocument",
    "NotADetermination",
    "OpenIMRError",
    "RulebookInvalid",
    "UnreadableFile",
    "UsageError",
]


class OpenIMRError(Exception):
    """Base of every error that OpenIMR raises on purpose.

    Args:
        what: what happened, in a sentence without a full stop.
        where: file, page or line, as the reader knows it; empty where there is none.
        why: the reason, if it is known.
        remedy: what the reader can do next.
    """

    code: ClassVar[str] = "internal"
    exit_status: ClassVar[int] = 4

    def __init__(self, what: str, *, where: str = "", why: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.why = why
        self.remedy = remedy
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """The whole message on one line: where, what, why, what to do."""
        head = f"{self.where}: {self.what}" if self.where else self.what
        parts = [head, *(part for part in (self.why, self.remedy) if part)]
        return ". ".join(part.rstrip(".") for part in parts) + "."

    def at(self, where: str) -> Self:
        """The same error at a place."""
        return type(self)(self.what, where=where, why=self.why, remedy=self.remedy)

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way back from a child process, keyword arguments and all."""
        return (_rebuild, (type(self), self.what, self.where, self.why, self.remedy))


def _rebuild(
    kind: type[OpenIMRError], what: str, where: str, why: str, remedy: str
) -> OpenIMRError:
    return kind(what, where=where, why=why, remedy=remedy)


class UsageError(OpenIMRError):
    """The command or call has the wrong arguments."""

    code = "usage"
    exit_status = 2


class InputError(OpenIMRError):
    """The material handed over cannot be used."""

    code = "input"
    exit_status = 3


class EmptyCase(InputError):
    """No document with a readable page was found."""

    code = "empty-case"


class MissingDocument(InputError):
    """A document is missing without which there is nothing to review."""

    code = "missing-document"


class NotADetermination(InputError):
    """A document is no published determination, or not a whole one: it is refused whole."""

    code = "not-a-determination"


class UnreadableFile(InputError):
    """A file is encrypted, damaged, empty, or not of a kind we read."""

    code = "unreadable-file"


class ArchiveRefused(InputError):
    """An archive escapes its folder, explodes, or nests archives."""

    code = "archive-refused"


class LimitExceeded(InputError):
    """A file asks for more pages, bytes, pixels or time than the limits allow."""

    code = "limit-exceeded"


class CorpusBusy(InputError):
    """Another process is writing this corpus; one writes at a time."""

    code = "corpus-busy"


class CaseBusy(InputError):
    """Another process is writing the events of this case; one writes at a time."""

    code = "case-busy"


class IllegalAct(InputError):
    """The rules do not allow an act: not from this state, not by this role, or not yet."""

    code = "illegal-act"


class BrokenChain(InputError):
    """The events of a case are not those that were written."""

    code = "broken-chain"


class RulebookInvalid(InputError):
    """Rule, lexicon or drug data has problems; all of them are listed.

    Args:
        problems: one line each: file, path inside the file, what is wrong, how to mend it.
    """

    code = "rulebook-invalid"

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        shown = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(f"the rulebook has {len(problems)} problem(s):\n{shown}")

    def at(self, where: str) -> Self:
        """The error as it is: each of its problems says where."""
        del where
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.problems,))


class CheckFailed(OpenIMRError):
    """A check ran to its end and found problems."""

    code = "check-failed"
    exit_status = 1
