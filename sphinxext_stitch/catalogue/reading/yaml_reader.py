"""Read one YAML file: plain data in which every scalar is text, and the position of each value.

YAML guesses the type of a scalar: ``1.10`` is a number, ``no`` a boolean, ``1:30`` the number 90.  Here each scalar is
text, and its field decides what it means; only an unquoted ``null`` or ``~`` and an empty value are None.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from ..invisible import HIDDEN, named, visible
from ..problems import Place, Problem, Subtype
from .data_file import DataFile, Quoted, Span
from .events import Events, UnreadableError, text_of
from .positions import Positions

if TYPE_CHECKING:
    from pathlib import Path

    from ..limits import Limits
    from ..problems import Fold, Report
    from .data_file import KeyPath

#: Quotation marks of typography, which begin or end a text.
_QUOTES = frozenset("“”„‟‘’‚‛«»‹›")


def read(path: Path, report: Report, limits: Limits) -> DataFile | None:
    """Read a file; None if it is not valid YAML or exceeds ``limits``, which is reported."""
    name = str(path)
    try:
        positions = Positions(text_of(path, limits))
        reader = _Reader(name, positions, Events(positions, limits))
        data = reader.document()
    except UnreadableError as error:
        place = Place(name, error.line + 1, error.column + 1)
        report(Problem(place, error.subtype, error.message))
        return None
    for problem in reader.problems:
        report(problem)
    return DataFile(name, data, reader.spans, reader.cut)


class _Reader:
    """Makes plain data of the ``events`` of the file ``path``, with the position of each value and its key in ``spans``."""

    def __init__(self, path: str, positions: Positions, events: Events) -> None:
        self.path = path
        self.positions = positions
        self.events = events
        self.problems: list[Problem] = []
        self.spans: dict[KeyPath, Span] = {}
        self.cut: list[KeyPath] = []

    def document(self) -> Any:
        try:
            self.events.start()
            data = self.value(self.events.node(), (), (1, 1))
            self.events.end()
        except (yaml.MarkedYAMLError, yaml.reader.ReaderError) as error:
            raise self.events.explained(error) from error
        return data

    def value(self, event: Any, path: KeyPath, key: tuple[int, int]) -> Any:
        """The data of the value that an event begins; ``key`` is the line and column of its key."""
        line, column, folds = self.position(event)
        self.spans[path] = Span(*key, line, column, folds)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(path)
        is_null = not event.style and event.value in ("null", "~", "")
        text = None if is_null else self.visible(event)
        if text and not event.style:
            self.check_plain(text, path, event)
        return Quoted(text) if text is not None and event.style else text

    def sequence(self, path: KeyPath) -> list[Any]:
        data: list[Any] = []
        while not isinstance(event := self.events.node(), yaml.SequenceEndEvent):
            data.append(self.value(event, (*path, len(data)), self.start(event)))
        return data

    def mapping(self, path: KeyPath) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while not isinstance(key := self.events.node(), yaml.MappingEndEvent):
            start = self.start(key)
            if not isinstance(key, yaml.ScalarEvent):
                message = "a key that is not text; write a name before the colon"
                if isinstance(key, yaml.MappingStartEvent):
                    message = "“{{” without quotes begins a mapping of YAML; put the text in quotes"
                self.problem(Place(self.path, *start), Subtype.YAML, message)
                self.events.skip(key)
                self.events.skip(self.events.node())
                continue
            name = self.visible(key)
            if name in data:
                first = self.spans[(*path, name)].key_line
                message = f"the key “{name}” is defined twice, first in line {first}; the first definition is used"
                self.problem(Place(self.path, *start), Subtype.DUPLICATE_KEY, message)
                self.events.skip(self.events.node())
                continue
            data[name] = self.value(self.events.node(), (*path, name), start)
        return data

    def problem(self, place: Place, subtype: Subtype, message: str) -> None:
        self.problems.append(Problem(place, subtype, message))

    def check_plain(self, text: str, path: KeyPath, event: yaml.ScalarEvent) -> None:
        """Report quotes that YAML does not know around a text, and note whether a comment follows."""
        if text[0] in _QUOTES and text[-1] in _QUOTES and len(text) > 1:
            message = f"the quotes {text[0]} and {text[-1]} are a part of this text; YAML has ' and \" only"
            self.problem(self.place(event), Subtype.DOUBTFUL_TEXT, message)
        if self.positions.has_comment(event):
            self.cut.append(path)

    def visible(self, event: yaml.ScalarEvent) -> str:
        """The text of a scalar, without the invisible characters; they are reported."""
        text = str(event.value)
        # Nearly all texts are so, and this takes a tenth of the time.
        if text.isascii() and text.replace("\n", "").isprintable():
            return text
        match = HIDDEN.search(text)
        if match is None:
            return text
        message = f"an invisible character, {named(match[0])}; it is left out"
        self.problem(self.place(event).within(text, match.start()), Subtype.HIDDEN_CHARACTER, message)
        return visible(text)

    def place(self, event: yaml.NodeEvent) -> Place:
        """The place of a value; of a block scalar, the first line of its content."""
        return Place(self.path, *self.position(event))

    def position(self, event: yaml.NodeEvent) -> tuple[int, int, tuple[Fold, ...]]:
        """The line, column and folds of the place of a value."""
        if not isinstance(event, yaml.ScalarEvent):
            return *self.start(event), ()
        line, column, folds = self.positions.of_scalar(event)
        return line + 1, column + 1, tuple((offset, row + 1, at + 1) for offset, row, at in folds) if folds else ()

    def start(self, event: yaml.NodeEvent) -> tuple[int, int]:
        """The line and column where a value or key begins, counted from 1."""
        line, column = self.positions.of(event.start_mark)
        return line + 1, column + 1
