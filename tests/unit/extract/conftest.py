"""The shipped vocabularies, loaded once for all tests of extraction."""

from __future__ import annotations

import pytest

from openimr.model.drug import Formulary
from openimr.model.lexicon import Lexicon
from openimr.rulebook.formulary import load_formulary
from openimr.rulebook.lexicon import load_lexicon


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="session")
def formulary() -> Formulary:
    return load_formulary()
