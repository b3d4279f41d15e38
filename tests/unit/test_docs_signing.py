"""The ruling in the guide is one that the program reads."""

import json
import re
from pathlib import Path

from openimr.adapters.plain_files import from_plain
from openimr.model.ruling import Ruling

PAGE = Path(__file__).parents[2] / "docs" / "howto" / "sign-and-issue.md"


def test_the_ruling_of_the_guide_is_read() -> None:
    (block,) = re.findall(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    ruling = from_plain(json.loads(block), Ruling, where=PAGE.name, what="a ruling")
    assert [one.item for one in ruling.items] == [1, 2]
    assert ruling.findings
    assert ruling.sentences
    assert ruling.opened
