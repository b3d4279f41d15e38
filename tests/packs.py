"""A licensee's pack written for one test."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

MANIFEST = {
    "name": "example",
    "title": "Example Guidelines",
    "edition": "2009",
    "licence": "for the tests alone",
    "source": "written for the tests",
    "dated": "2026-01-02",
    "effective_from": "1990-01-01",
}
WHERE = "packs/example/guidelines/example/2009/example.yaml"


def write_pack(folder: Path, files: Mapping[str, str | bytes], **manifest: str) -> Path:
    """A pack with these files; keys of its manifest may be given."""
    told = {key: f'"{value}"' for key, value in MANIFEST.items()} | manifest
    for key in ("dated", "effective_from", "effective_to"):
        if key in told:
            told[key] = told[key].strip('"')
    lines = "".join(f"{key}: {value}\n" for key, value in told.items())
    for name, text in {"pack.yaml": lines, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder
