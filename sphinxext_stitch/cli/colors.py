"""Colors for terminals."""

from __future__ import annotations

import os
from typing import TextIO


class Colors:
    """Colors texts for a stream if it is a terminal and ``NO_COLOR`` is not set (https://no-color.org).

    A stream that was closed before Python started is None.
    """

    def __init__(self, stream: TextIO | None) -> None:
        self.wanted = (
            stream is not None
            and stream.isatty()
            and not os.environ.get("NO_COLOR")
            and os.environ.get("TERM") != "dumb"
        )

    def bold(self, text: object) -> str:
        return self._colored(text, 1)

    def faint(self, text: object) -> str:
        return self._colored(text, 2)

    def red(self, text: object) -> str:
        return self._colored(text, 31)

    def green(self, text: object) -> str:
        return self._colored(text, 32)

    def yellow(self, text: object) -> str:
        return self._colored(text, 33)

    def _colored(self, text: object, code: int) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.wanted else str(text)
