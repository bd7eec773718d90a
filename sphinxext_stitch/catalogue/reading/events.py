"""The text of a data file, and the events of its YAML, without what would take too much memory or run code."""

from __future__ import annotations

import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NoReturn

import yaml

from ..problems import Subtype
from .positions import Positions
from .syntax import explained

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ..limits import Limits

#: Deeper nesting crashes libyaml, so this is not configurable; the format needs a dozen levels.
MAX_DEPTH = 50

#: What libyaml says of a thousand levels, from 0.2.6 on.  It looks so far ahead in a line that it has not told of the
#: first one then; the pure loader tells of each.
_TOO_DEEP = "exceeded maximum nesting depth"

#: What is said when something that was begun has no end: the place is where it begins.
_UNFINISHED = ("end of stream", "could not find expected ':'", "expected ',' or")


class UnreadableError(Exception):
    """A file cannot be read; ``message`` says why, ``line`` and ``column`` where, counted from 0."""

    def __init__(self, message: str, line: int = 0, column: int = 0, subtype: Subtype = Subtype.YAML) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column
        self.subtype = subtype


def text_of(path: Path, limits: Limits) -> str:
    """The text of a file.  Raises :class:`UnreadableError` if it is not a regular file, too large, or not UTF-8."""
    try:
        info = path.stat()
        if not stat.S_ISREG(info.st_mode) and not stat.S_ISDIR(info.st_mode):
            message = "not a regular file; reading it might never end"
            raise UnreadableError(message)
        if info.st_size > limits.file_size:
            message = f"the file has {info.st_size:,} bytes; a data file has at most {limits.file_size:,} (stitch_max_file_size)"
            raise UnreadableError(message, subtype=Subtype.LIMIT)
        with path.open("rb") as file:
            raw = file.read(limits.file_size)
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        raise UnreadableError(message) from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # Behind a byte order mark, the start is counted from there.
        before = error.object[: error.start].decode()
        message = "the file is not UTF-8; save it in this encoding"
        raise UnreadableError(message, *Positions(before).at(len(before))) from error


class Events:
    """The events of the one document of a text.

    Its methods raise :class:`UnreadableError` for something forbidden, and the errors of PyYAML if the text is not YAML.
    """

    def __init__(self, positions: Positions, limits: Limits) -> None:
        self.positions = positions
        self.limits = limits
        self.get_event: Callable[[], Any]
        self.depth = self.values = 0
        self.anchor: Any = None

    def start(self) -> None:
        """Go to the beginning of the document."""
        # Some installations lack the C loader; the one in Python is ten times slower and has the same result.
        self.get_event = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(self.positions.text).get_event
        for event in self.rest():
            if isinstance(event, yaml.DocumentStartEvent):
                return
        message = "the file is empty; write a mapping of keys and values, or delete it"
        raise UnreadableError(message)

    def end(self) -> None:
        """Go to the end of the text, behind the document."""
        for event in self.rest():
            if isinstance(event, yaml.DocumentStartEvent):
                self.refuse(event, "a second document; a data file has one")
        if self.anchor is not None:  # and no alias, which is said first
            message = (
                f"an anchor, “&{self.anchor.anchor}”; data files have none: put a text that begins with “&” in quotes"
            )
            self.refuse(self.anchor, message)

    def node(self) -> Any:
        """The next event of the document: a scalar, or the beginning or end of a collection."""
        event = self.get_event()
        if isinstance(event, yaml.CollectionEndEvent):
            self.depth -= 1
            return event
        self.values += 1
        is_scalar = isinstance(event, yaml.ScalarEvent)
        # Nearly all events are scalars without anything else to check.
        if not is_scalar or event.tag is not None or event.anchor is not None:
            self.check(event)
        if self.values > self.limits.values:
            message = f"more than {self.limits.values:,} keys and values (stitch_max_values)"
            self.refuse(event, message, Subtype.LIMIT)
        if is_scalar and len(event.value) > self.limits.text:
            message = (
                f"a text of {len(event.value):,} characters; it has at most {self.limits.text:,} (stitch_max_text)"
            )
            self.refuse(event, message, Subtype.LIMIT)
        return event

    def skip(self, event: yaml.Event) -> None:
        """Go behind the value that an event of the document begins."""
        outside = self.depth - isinstance(event, yaml.CollectionStartEvent)
        while self.depth > outside:
            self.node()

    def check(self, event: Any) -> None:
        """Refuse aliases, tags and deep nesting, and note the first anchor."""
        if isinstance(event, yaml.AliasEvent):
            self.refuse(event, "an alias; data files have none: write the text twice, or use a group")
        if event.tag is not None:
            self.refuse(event, f"a tag, “{event.tag}”; data files have none")
        if event.anchor:
            self.anchor = self.anchor or event
        self.depth += isinstance(event, yaml.CollectionStartEvent)
        if self.depth > MAX_DEPTH:
            self.refuse(event, f"nested deeper than {MAX_DEPTH} levels", Subtype.LIMIT)

    def rest(self) -> Iterator[yaml.Event]:
        """The events from here to the end of the text."""
        while not isinstance(event := self.get_event(), yaml.StreamEndEvent):
            yield event

    def refuse(self, event: yaml.Event, message: str, subtype: Subtype = Subtype.YAML) -> NoReturn:
        raise UnreadableError(message, *self.positions.of(event.start_mark), subtype)

    def explained(self, error: yaml.MarkedYAMLError | yaml.reader.ReaderError) -> UnreadableError:
        """An error of PyYAML in the words of this project."""
        if isinstance(error, yaml.reader.ReaderError):
            # The C loader counts bytes, the one in Python characters; both have the character itself.
            message = "a control character, which no text has; delete it"
            return UnreadableError(message, *self.positions.at(self.positions.text.index(chr(error.character))))
        if error.problem == _TOO_DEEP and error.problem_mark:
            return self.too_deep(error.problem_mark)
        unfinished = any(part in str(error.problem) for part in _UNFINISHED)
        mark = (unfinished and error.context_mark) or error.problem_mark or error.context_mark
        return UnreadableError(*explained(str(error.problem), self.positions, mark))

    def too_deep(self, mark: yaml.Mark) -> UnreadableError:
        """The error of the place where the nesting gets too deep; for that of libyaml, where the pure loader finds none."""
        place = self.positions.of(mark)
        depth = 0
        with suppress(yaml.YAMLError):
            for event in yaml.parse(self.positions.text[: mark.index], yaml.SafeLoader):
                depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
                if depth > MAX_DEPTH:
                    place = self.positions.of(event.start_mark)
                    break
        message = f"nested deeper than {MAX_DEPTH} levels"
        return UnreadableError(message, *place, Subtype.LIMIT)
