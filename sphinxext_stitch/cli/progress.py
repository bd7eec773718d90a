"""Progress of a long-running command, on a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ..catalogue.reading.discover import LARGE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: The escape sequence that clears the line of a terminal.
_LINE = "\r\x1b[K"


def progress(files: list[Path]) -> Iterator[Path]:
    """Yield the files; if there are many, and standard error is a terminal, show the progress there.

    The line with the progress is cleared at the end.
    """
    if len(files) < LARGE or sys.stderr is None or not sys.stderr.isatty():
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
