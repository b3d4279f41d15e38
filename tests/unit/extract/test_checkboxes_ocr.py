from __future__ import annotations

import pytest

from openimr.extract.checkboxes import Mark, find_marked


@pytest.mark.parametrize(
    ("line", "marks"),
    [
        ("Hospital stay: [ 1] yes [xX] no", [Mark.NO]),
        ("Hospital stay: { ] yes [X] no", [Mark.NO]),
        ("Hospital stay: [X] yes [ l] no", [Mark.TICKED]),
        ("Pain: { ] mild [X] severe", [Mark.EMPTY, Mark.TICKED]),
        ("as reported [1] by others", []),
    ],
)
def test_boxes_as_ocr_writes_them(line: str, marks: list[Mark]) -> None:
    assert [found.mark for found in find_marked(line)] == marks
