"""How far a command is that takes long, for a person who waits."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ..catalogue.reading.discover import LARGE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: The beginning of a line of a terminal, emptied.
_LINE = "\r\x1b[K"


def progress(files: list[Path]) -> Iterator[Path]:
    """Hand on the files, and show on a terminal how far that is where they are many.

    What is shown goes to the stream of errors, which no other program reads, and is wiped away at the end.
    """
    if len(files) < LARGE or not sys.stderr.isatty():
        yield from files
        return
    shown = None
    for number, file in enumerate(files, 1):
        yield file
        percent = 100 * number // len(files)
        if percent != shown:
            print(f"{_LINE}reading the catalogue: {percent} %", end="", file=sys.stderr, flush=True)
            shown = percent
    print(_LINE, end="", file=sys.stderr, flush=True)
