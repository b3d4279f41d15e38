"""Renew docs/explain/overturn-by-topic.md: run its commands again, put their output in its blocks.

A block that begins with `$ openimr ...` holds commands, each with what it printed below it; lines
cut out are marked `...`, and stay cut. Run it from anywhere: python docs/make_overturn_by_topic.py
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import tempfile
from pathlib import Path

from openimr.cli.main import run

DOCS = Path(__file__).parent
PAGE = DOCS / "explain/overturn-by-topic.md"
IMAGES = DOCS / "images"
_BLOCK = re.compile(r"(?<=```console\n)\$ openimr .*?(?=```)", re.DOTALL)
_WIDTH = "100"
_CUT = "..."


def renewed(page: str, folder: Path, letters: int | None = None) -> str:
    """The page with the output of its commands, run in this folder.

    Args:
        page: its text.
        folder: where the commands read and write.
        letters: forge so many instead of what the page says: quicker, and with other numbers.
    """
    os.environ["COLUMNS"] = _WIDTH
    with contextlib.chdir(folder):
        return _BLOCK.sub(lambda block: _renew_block(block.group(), letters), page)


def _renew_block(block: str, letters: int | None) -> str:
    parts = re.split(r"^(\$ openimr .*)\n", block, flags=re.MULTILINE)[1:]
    made = ""
    for command, before in zip(parts[::2], parts[1::2], strict=True):
        made += command + "\n" + _as_cut(_output(command, letters), before)
    return made


def _output(command: str, letters: int | None) -> str:
    arguments = shlex.split(command.removeprefix("$ openimr "))
    if letters and "--letters" in arguments:
        arguments[arguments.index("--letters") + 1] = str(letters)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
        status = run(arguments)
    if status:
        raise SystemExit(f"{command}: exit {status}")
    return "".join(f"{line.rstrip()}\n" for line in printed.getvalue().splitlines())


def _as_cut(output: str, before: str) -> str:
    """Cut it to as many lines as stood before `...`."""
    lines = before.splitlines()
    if _CUT not in lines:
        return output
    return "\n".join([*output.splitlines()[: lines.index(_CUT)], _CUT]) + "\n"


def main() -> None:
    """Write the page and the pictures that it shows."""
    with tempfile.TemporaryDirectory() as folder:
        PAGE.write_text(renewed(PAGE.read_text(), Path(folder)))
        for file in sorted(Path(folder).glob("overturn-by-topic.*")):
            shutil.copyfile(file, IMAGES / file.name)


if __name__ == "__main__":
    main()
