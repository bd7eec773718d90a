"""Read a source, which is JSON or YAML: plain data as JSON has them, and the place of each value."""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NoReturn

from ..composing.values import free_form
from ..limits import Limits
from ..problems import Place, Problem, Subtype
from ..reading.data_file import DataFile, Span
from ..reading.events import MAX_DEPTH
from ..reading.yaml_reader import read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ..problems import Report
    from ..reading.data_file import KeyPath

#: The endings of files that are YAML; all others are JSON.
YAML_ENDINGS = (".yml", ".yaml")

#: What a source can have, so that none exhausts memory: a catalogue of thousands of connectors has less.
MAX_SIZE = 10_000_000
MAX_VALUES = 250_000
_LIMITS = Limits(file_size=MAX_SIZE, values=MAX_VALUES, text=MAX_SIZE)

#: How many digits a number has that Python reads in no time; those of the data format are no longer.
_MAX_DIGITS = 100

_TOKEN = re.compile(r'[\[\]{},:]|"(?:[^"\\]|\\.)*"|[^\s\[\]{},:"]+')


class _UnreadableError(Exception):
    """A source cannot be read; ``message`` says why, ``offset`` is the place in its text."""

    def __init__(self, message: str, offset: int = 0, subtype: Subtype = Subtype.YAML) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.subtype = subtype


def read_source(path: Path, report: Report) -> DataFile | None:
    """Read a file; None if it is neither JSON nor YAML of the kind that data files have, which is reported.

    The content is as in JSON: numbers, ``true`` and ``false`` are what they are.  Also reported is what is left out of
    it, such as a key that is there twice.  Raises :class:`OSError` if the file cannot be opened.
    """
    with path.open("rb") as opened:
        raw = opened.read(MAX_SIZE + 1)  # a file that is not a regular one may never end
    place = Place(str(path))
    if len(raw) > MAX_SIZE:
        message = f"the file has more than {MAX_SIZE:,} bytes, the most that a source has"
        report(Problem(place, Subtype.LIMIT, message))
        return None
    if path.suffix.lower() in YAML_ENDINGS:
        file = read(path, lambda problem: report(_without_setting(problem)), _LIMITS)
        return file and DataFile(file.path, free_form(file.data), file.spans)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        report(Problem(place, Subtype.YAML, "the file is not UTF-8; save it in this encoding"))
        return None
    try:
        return _json(str(path), text, report)
    except _UnreadableError as error:
        report(Problem(_Lines(text).place(str(path), error.offset), error.subtype, error.message))
    return None


def _without_setting(problem: Problem) -> Problem:
    """A problem of a limit without the configuration value of data files, which does not apply."""
    return Problem(problem.place, problem.subtype, re.sub(r" \(stitch_\w+\)$", "", problem.message))


def _json(path: str, text: str, report: Report) -> DataFile:
    """The content of a text.  Raises if it is not JSON, or is too deep or large."""
    try:
        data = json.loads(text, parse_int=_integer, parse_float=_number, parse_constant=_refuse)
        json.dumps(data, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        message = f"this is not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        raise _UnreadableError(message, error.pos) from error
    except RecursionError as error:
        message = f"nested deeper than {MAX_DEPTH} levels"
        raise _UnreadableError(message, subtype=Subtype.LIMIT) from error
    except UnicodeEncodeError as error:
        message = "a text has one half of a surrogate pair, which is no character"
        raise _UnreadableError(message) from error
    lines = _Lines(text)
    spans: dict[KeyPath, Span] = {}
    for where, key_offset, offset in _values(text):
        if where in spans:
            message = f"the key “{where[-1]}” is defined twice; the last definition is used"
            report(Problem(lines.place(path, key_offset), Subtype.DUPLICATE_KEY, message))
        spans[where] = Span(*lines.at(key_offset), *lines.at(offset), ())
    return DataFile(path, data, spans)


def _integer(text: str) -> int:
    if len(text) > _MAX_DIGITS:
        message = f"a number has more than {_MAX_DIGITS} digits"
        raise _UnreadableError(message, subtype=Subtype.LIMIT)
    return int(text)


def _number(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        message = f"the number “{text[:20]}” is too large"
        raise _UnreadableError(message, subtype=Subtype.LIMIT)
    return number


def _refuse(word: str) -> NoReturn:
    message = f"this is not JSON: it has no “{word}”"
    raise _UnreadableError(message)


def _values(text: str) -> Iterator[tuple[KeyPath, int, int]]:
    """The path of each value of a text that is JSON, with the offsets of its key and of itself."""
    path: list[str | int] = []
    is_key, key_offset, number = False, 0, 0
    for match in _TOKEN.finditer(text):
        part, offset = match[0], match.start()
        if part in ("}", "]"):
            path.pop()
            is_key = False
        elif part == ",":
            last = path[-1]
            is_key = isinstance(last, str)
            path[-1] = last if isinstance(last, str) else last + 1
        elif is_key:
            path[-1], key_offset, is_key = json.loads(part), offset, False
        elif part != ":":
            number += 1
            if number > MAX_VALUES:
                message = f"the file has more than {MAX_VALUES:,} values"
                raise _UnreadableError(message, offset, Subtype.LIMIT)
            yield tuple(path), key_offset if path and isinstance(path[-1], str) else offset, offset
            if part in ("{", "["):
                path.append("" if part == "{" else 0)
                is_key = part == "{"
                if len(path) > MAX_DEPTH:
                    message = f"nested deeper than {MAX_DEPTH} levels"
                    raise _UnreadableError(message, offset, Subtype.LIMIT)


class _Lines:
    """The lines of a text, to find the line and column of an offset."""

    def __init__(self, text: str) -> None:
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def at(self, offset: int) -> tuple[int, int]:
        """The line and column of an offset, counted from 1."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def place(self, path: str, offset: int) -> Place:
        return Place(path, *self.at(offset))
