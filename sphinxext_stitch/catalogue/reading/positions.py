"""The positions of values in the text of a YAML file."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import yaml

    from ..problems import Fold

_LINE_BREAK = re.compile("\r\n?|\n")

#: YAML 1.1, and so the loaders, count these as line breaks; YAML 1.2 and editors do not.
_NO_LINE_BREAKS = re.compile("[\x85\u2028\u2029]")

_COMMENT = re.compile(r"[ \t]+#")

#: An escape in double quotes, as in ``\\n`` or ``\\u2026``; at the end of a line it is nothing but the line break.
_ESCAPE = re.compile(r"\\(?:x(..)|u(....)|U(........)|(.?))")

#: The escapes of one character that stand for white space.
_SPACES = frozenset("tnvfr \tN_LP")


class Positions:
    """Finds the lines and columns, counted from 0, of what the loader has marked in a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._has_comments = " #" in text or "\t#" in text
        self._is_usual = _NO_LINE_BREAKS.search(text) is None

    def of(self, mark: Any) -> tuple[int, int]:
        """The line and column of a mark."""
        return (mark.line, mark.column) if self._is_usual else self.at(mark.index)

    def at(self, index: int) -> tuple[int, int]:
        """The line and column of the character at an index."""
        line = bisect_right(self._starts, index) - 1
        return line, index - self._starts[line]

    @cached_property
    def _starts(self) -> list[int]:
        """The index at which each line begins."""
        return [0, *(match.end() for match in _LINE_BREAK.finditer(self.text))]

    def has_comment(self, scalar: yaml.ScalarEvent) -> bool:
        """Whether a comment follows a text in its line."""
        if not self._has_comments:
            return False
        end: Any = scalar.end_mark
        return _COMMENT.match(self.text, end.index) is not None

    def of_scalar(self, scalar: yaml.ScalarEvent) -> tuple[int, int, tuple[Fold, ...]]:
        """The line and column of the first line of a text, and its folds; see :class:`~..problems.Place`.

        The lines of a ``|`` block are those of the file, as far as the indentation, so it has no folds.
        """
        start: Any = scalar.start_mark
        end: Any = scalar.end_mark
        line, column = self.of(start)
        if start.line == end.line and "\n" not in scalar.value:
            return line, column, ()
        raw = self.text[start.index : end.index].split("\n")
        if scalar.style == "|":
            first = next((part for part in raw[1:] if part.strip()), "")
            return (line + 1, len(first) - len(first.lstrip(" ")), ()) if first else (line, column, ())
        # The rest of a line is moved to where it stands in the file.
        raw[0] = " " * column + raw[0]
        folds = tuple(_folds(scalar, raw, line))
        return (*folds[0][1:], folds) if folds and scalar.style == ">" else (line, column, folds)


def _folds(scalar: yaml.ScalarEvent, raw: list[str], line: int) -> Iterator[Fold]:
    """The start of each line of a file in the text of a scalar.

    Except for white space and escapes, the characters of the text are those of the file, in their order.
    """
    offset = 0
    for number, part in enumerate(raw):
        content = part.strip()
        if number == 0:
            content = content[1:] if scalar.style else content  # without the quote
        if not content or (number == 0 and scalar.style == ">"):
            continue
        offset = _skip(scalar.value, offset, 0)
        yield offset, line + number, len(part) - len(part.lstrip()) + (number == 0 and bool(scalar.style))
        offset = _skip(scalar.value, offset, _visible_characters(content, scalar.style))


def _skip(text: str, offset: int, characters: int) -> int:
    """The offset behind this number of characters that are not white space, and behind the white space after them."""
    while offset < len(text) and (characters or text[offset].isspace()):
        characters -= not text[offset].isspace()
        offset += 1
    return offset


def _visible_characters(content: str, style: str | None) -> int:
    """The number of characters, without white space, that a line of a scalar stands for."""
    if style == "'":
        content = content.replace("''", "'")
    elif style == '"':
        content = _ESCAPE.sub(_unescaped, content)
    return sum(not letter.isspace() for letter in content)


def _unescaped(match: re.Match[str]) -> str:
    """A character of the same kind, white space or not, as the one that an escape stands for."""
    code = match[1] or match[2] or match[3]
    if code:
        return chr(int(code, 16))
    return " " if not match[4] or match[4] in _SPACES else "x"
