"""A forged case as files: text, set PDF, or fax-like scans."""

from __future__ import annotations

import json

from openimr.synth.types import ForgedCase


def as_text(case: ForgedCase) -> dict[str, bytes]:
    """One text file a document, form feed between pages, and `truth.json`."""
    files = {f"{doc.file}.txt": "\f".join(doc.pages).encode() for doc in case.documents}
    return files | {"truth.json": truth_bytes(case, ".txt")}


def truth_bytes(case: ForgedCase, ending: str) -> bytes:
    """The truth file, naming documents by the ending they were written with."""
    text = json.dumps(case.truth, indent=1, ensure_ascii=False, sort_keys=False)
    return text.replace('.txt"', f'{ending}"').encode()
