"""The drug of a request: named as one, or by the service that gives it."""

from __future__ import annotations

import re

from openimr.model.drug import Drug, Formulary
from openimr.model.request import Request
from openimr.model.rule import Topic


def drug_of(request: Request, topic: Topic, formulary: Formulary) -> Drug | None:
    """The drug that a line asks for; of a service, the drug of its topic that its words name.

    `Ketamine infusion, 5 days` is a service of the topic of ketamine, and its drug is ketamine.
    """
    named = formulary.find(request.generic or "") or formulary.find(request.brand or "")
    if named is not None:
        return named
    said = f"{request.procedure or ''} {request.text}".casefold()
    drugs = [formulary.find(generic) for generic in topic.generics]
    return next((drug for drug in drugs if drug is not None and _names(drug, said)), None)


def _names(drug: Drug, said: str) -> bool:
    words = (drug.generic, *drug.brands, *drug.names)
    return any(re.search(rf"\b{re.escape(word.casefold())}\b", said) for word in words)
