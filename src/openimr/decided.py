"""What a reviewer decided, read back from a determination and laid on the draft derived anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from openimr.adapters.plain_files import from_plain
from openimr.draft.ruled import Credentials, apply_ruling
from openimr.model.determination import Determination, Status
from openimr.model.errors import InputError
from openimr.model.ruling import Issuance, Ruling, Signature

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """The parts that a reviewer and the organization added; none in a draft."""

    status: Status = Status.DRAFT
    ruling: Ruling | None = None
    signature: Signature | None = None
    issuance: Issuance | None = None

    def laid_on(self, draft: Determination) -> Determination:
        """The determination as it was signed or issued; the draft itself where nobody decided."""
        if self.ruling is None or self.signature is None:
            return draft
        credentials = Credentials(
            licensure=self.signature.licensure, specialties=self.signature.specialties
        )
        return replace(
            apply_ruling(draft, self.ruling, credentials),
            status=self.status,
            signature=self.signature,
            issuance=self.issuance,
        )


def claimed_decision(claimed: Json) -> Decided:
    """What a determination (as JSON) says was decided.

    Raises:
        InputError: a part cannot be read, or the parts do not go with the status.
    """
    status = _status(claimed)
    needed = {
        Status.DRAFT: (),
        Status.SIGNED: ("ruling", "signature"),
        Status.ISSUED: ("ruling", "signature", "issuance"),
    }[status]
    told = {name for name in ("ruling", "signature", "issuance") if claimed.get(name) is not None}
    for name in sorted(told.symmetric_difference(needed)):
        raise InputError(
            f"a determination that is {status.value} {'lacks its' if name in needed else 'has a'} "
            f"{name}",
            where=name,
        )
    if status is Status.DRAFT:
        return Decided()
    return Decided(
        status=status,
        ruling=_part(claimed, "ruling", Ruling),
        signature=_part(claimed, "signature", Signature),
        issuance=_part(claimed, "issuance", Issuance) if "issuance" in needed else None,
    )


def _status(claimed: Json) -> Status:
    try:
        return Status(str(claimed.get("status")))
    except ValueError:
        raise InputError(
            "the determination has no status",
            where="status",
            remedy=f"it is one of: {', '.join(Status)}",
        ) from None


def _part(claimed: Json, name: str, kind: type[Any]) -> Any:  # noqa: ANN401 one of three types
    return from_plain(claimed[name], kind, where=name, what=f"a {name}")
