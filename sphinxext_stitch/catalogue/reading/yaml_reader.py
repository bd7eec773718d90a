"""Read one YAML file: plain data in which every scalar is text, and the position of each value.

YAML guesses the type of a scalar: ``1.10`` is a number, ``no`` a boolean, ``1:30`` the number 90.  Here each scalar is
text, and its field decides what it means; only an unquoted ``null`` or ``~`` and an empty value are None.
"""

from __future__ import annotations

import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import yaml

from ..invisible import HIDDEN, named, visible
from ..problems import Place, Problem, Subtype
from .data_file import DataFile, Quoted, Span
from .positions import Positions
from .syntax import explained

if TYPE_CHECKING:
    from pathlib import Path

    from ..limits import Limits
    from ..problems import Fold, Report
    from .data_file import KeyPath

#: Some installations lack the C loader; the one in Python is ten times slower and has the same result.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

#: Deeper nesting crashes libyaml, so this is not configurable; the format needs a dozen levels.
MAX_DEPTH = 50

#: Quotation marks of typography, which begin or end a text.
_QUOTES = frozenset("“”„‟‘’‚‛«»‹›")

#: What libyaml says of a thousand levels, from 0.2.6 on.  It looks so far ahead in a line that it has not told of the
#: first one then; the pure loader tells of each.
_TOO_DEEP = "exceeded maximum nesting depth"

#: What is said when something that was begun has no end: the place is where it begins.
_UNFINISHED = ("end of stream", "could not find expected ':'", "expected ',' or")


class _UnreadableError(Exception):
    """A file cannot be read; ``message`` says why, ``line`` and ``column`` where, counted from 0."""

    def __init__(self, message: str, line: int = 0, column: int = 0, subtype: Subtype = Subtype.YAML) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column
        self.subtype = subtype


def read(path: Path, report: Report, limits: Limits) -> DataFile | None:
    """Read a file; None if it is not valid YAML or exceeds ``limits``, which is reported."""
    name = str(path)
    try:
        text = _text(path, limits)
        positions = Positions(text)
        root = _root(positions, limits)
    except _UnreadableError as error:
        place = Place(name, error.line + 1, error.column + 1)
        report(Problem(place, error.subtype, error.message))
        return None
    builder = _Builder(name, positions, report)
    data = builder.value(root, (), (1, 1))
    return DataFile(name, data, builder.spans, builder.cut)


def _text(path: Path, limits: Limits) -> str:
    """The text of a file.  Raises if it is not a regular file, too large, or not UTF-8."""
    try:
        info = path.stat()
        if not stat.S_ISREG(info.st_mode) and not stat.S_ISDIR(info.st_mode):
            message = "not a regular file; reading it might never end"
            raise _UnreadableError(message)
        if info.st_size > limits.file_size:
            message = f"the file has {info.st_size:,} bytes; a data file has at most {limits.file_size:,} (stitch_max_file_size)"
            raise _UnreadableError(message, subtype=Subtype.LIMIT)
        with path.open("rb") as file:
            raw = file.read(limits.file_size)
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        raise _UnreadableError(message) from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # Behind a byte order mark, the start is counted from there.
        before = error.object[: error.start].decode()
        message = "the file is not UTF-8; save it in this encoding"
        raise _UnreadableError(message, *Positions(before).at(len(before))) from error


def _root(positions: Positions, limits: Limits) -> yaml.Node:
    """The root node of the one document of a text.  Raises if the text is not YAML, or has something forbidden."""
    text = positions.text
    try:
        _refuse_dangers(positions, limits)
        root = _compose(text)
    except yaml.MarkedYAMLError as error:
        if error.problem == _TOO_DEEP and error.problem_mark:
            _refuse_too_deep(positions, error.problem_mark, limits)
        unfinished = any(part in str(error.problem) for part in _UNFINISHED)
        mark = (unfinished and error.context_mark) or error.problem_mark or error.context_mark
        fault = explained(str(error.problem), positions, mark)
        raise _UnreadableError(fault.message, fault.line, fault.column) from error
    except yaml.reader.ReaderError as error:
        # The C loader counts bytes, the one in Python characters; both have the character itself.
        message = "a control character, which no text has; delete it"
        raise _UnreadableError(message, *positions.at(text.index(chr(error.character)))) from error
    if root is None:
        message = "the file is empty; write a mapping of keys and values, or delete it"
        raise _UnreadableError(message)
    return root


def _refuse_too_deep(positions: Positions, mark: yaml.Mark, limits: Limits) -> None:
    """Raise for the place where the nesting gets too deep; for that of libyaml, where the pure loader finds none."""
    with suppress(yaml.YAMLError):
        _refuse_dangers(Positions(positions.text[: mark.index]), limits, yaml.SafeLoader)
    message = f"nested deeper than {MAX_DEPTH} levels"
    raise _UnreadableError(message, *positions.of(mark), Subtype.LIMIT)


def _refuse_dangers(positions: Positions, limits: Limits, loader: Any = LOADER) -> None:
    """Raise for what would take too much memory or run code, before anything is built from the text."""
    depth = documents = values = 0
    anchor: Any = None
    for event in yaml.parse(positions.text, loader):
        if isinstance(event, yaml.ScalarEvent) and _is_plain(event, values, limits):
            values += 1
            continue
        message = _forbidden(event, documents)
        subtype = Subtype.YAML
        documents += isinstance(event, yaml.DocumentStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if not message and isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)):
            values += 1
            depth += isinstance(event, yaml.CollectionStartEvent)
            anchor = anchor or (event if event.anchor else None)
            message = _too_much(event, depth, values, limits)
            subtype = Subtype.LIMIT
        if message:
            raise _UnreadableError(message, *positions.of(event.start_mark), subtype)
    if anchor is not None:  # and no alias, which is said first
        message = f"an anchor, “&{anchor.anchor}”; data files have none: put a text that begins with “&” in quotes"
        raise _UnreadableError(message, *positions.of(anchor.start_mark))


def _forbidden(event: yaml.Event, documents: int) -> str:
    """A message about what data files do not have; empty if the event is none of it."""
    if isinstance(event, yaml.AliasEvent):
        return "an alias; data files have none: write the text twice, or use a group"
    if (tag := getattr(event, "tag", None)) is not None:
        return f"a tag, “{tag}”; data files have none"
    if isinstance(event, yaml.DocumentStartEvent) and documents:
        return "a second document; a data file has one"
    return ""


def _is_plain(event: yaml.ScalarEvent, values: int, limits: Limits) -> bool:
    """Whether a scalar, after ``values`` other values, needs no further checks, as nearly all do."""
    return event.tag is None and event.anchor is None and values < limits.values and len(event.value) <= limits.text


def _too_much(event: yaml.NodeEvent, depth: int, values: int, limits: Limits) -> str:
    """A message about a value that exceeds the limits of a file; empty if it does not."""
    if depth > MAX_DEPTH:
        return f"nested deeper than {MAX_DEPTH} levels"
    if values > limits.values:
        return f"more than {limits.values:,} keys and values (stitch_max_values)"
    if isinstance(event, yaml.ScalarEvent) and len(event.value) > limits.text:
        return f"a text of {len(event.value):,} characters; it has at most {limits.text:,} (stitch_max_text)"
    return ""


def _compose(text: str) -> yaml.Node | None:
    loader = LOADER(text)
    try:
        node: yaml.Node | None = loader.get_single_node()
        return node
    finally:
        loader.dispose()


class _Builder:
    """Makes plain data of the nodes of the file ``path``, with the position of each value and its key in ``spans``."""

    def __init__(self, path: str, positions: Positions, report: Report) -> None:
        self.path = path
        self.positions = positions
        self.report = report
        self.spans: dict[KeyPath, Span] = {}
        self.cut: list[KeyPath] = []

    def value(self, node: yaml.Node, path: KeyPath, key: tuple[int, int]) -> Any:
        """The data of a node; ``key`` is the line and column of its key."""
        line, column, folds = self.position(node)
        self.spans[path] = Span(*key, line, column, folds)
        if isinstance(node, yaml.ScalarNode):
            is_null = not node.style and node.value in ("null", "~", "")
            text = None if is_null else self.visible(node)
            if text and not node.style:
                self.check_plain(text, path, node)
            return Quoted(text) if text is not None and node.style else text
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, index), self.start(item)) for index, item in enumerate(node.value)]
        return self.mapping(node, path)

    def check_plain(self, text: str, path: KeyPath, node: yaml.ScalarNode) -> None:
        """Report quotes that YAML does not know around a text, and note whether a comment follows."""
        if text[0] in _QUOTES and text[-1] in _QUOTES and len(text) > 1:
            message = f"the quotes {text[0]} and {text[-1]} are a part of this text; YAML has ' and \" only"
            self.report(Problem(self.place(node), Subtype.DOUBTFUL_TEXT, message))
        if self.positions.has_comment(node):
            self.cut.append(path)

    def mapping(self, node: yaml.Node, path: KeyPath) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            start = self.start(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                message = "a key that is not text; write a name before the colon"
                if isinstance(key_node, yaml.MappingNode):
                    message = "“{{” without quotes begins a mapping of YAML; put the text in quotes"
                self.report(Problem(Place(self.path, *start), Subtype.YAML, message))
                continue
            name = self.visible(key_node)
            if name in data:
                first = self.spans[(*path, name)].key_line
                message = f"the key “{name}” is defined twice, first in line {first}; the first definition is used"
                self.report(Problem(Place(self.path, *start), Subtype.DUPLICATE_KEY, message))
                continue
            data[name] = self.value(value_node, (*path, name), start)
        return data

    def visible(self, node: yaml.ScalarNode) -> str:
        """The text of a scalar, without the invisible characters; they are reported."""
        text = str(node.value)
        # Nearly all texts are so, and this takes a tenth of the time.
        if text.isascii() and text.isprintable():
            return text
        match = HIDDEN.search(text)
        if match is None:
            return text
        message = f"an invisible character, {named(match[0])}; it is left out"
        self.report(Problem(self.place(node).within(text, match.start()), Subtype.HIDDEN_CHARACTER, message))
        return visible(text)

    def place(self, node: yaml.Node) -> Place:
        """The place of a value; of a block scalar, the first line of its content."""
        return Place(self.path, *self.position(node))

    def position(self, node: yaml.Node) -> tuple[int, int, tuple[Fold, ...]]:
        """The line, column and folds of the place of a value."""
        if not isinstance(node, yaml.ScalarNode):
            return *self.start(node), ()
        line, column, folds = self.positions.of_scalar(node)
        return line + 1, column + 1, tuple((offset, row + 1, at + 1) for offset, row, at in folds) if folds else ()

    def start(self, node: yaml.Node) -> tuple[int, int]:
        """The line and column where a node begins, counted from 1."""
        line, column = self.positions.of(node.start_mark)
        return line + 1, column + 1
