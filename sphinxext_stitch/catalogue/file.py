"""The content of a data file, and where each value of it stands; reading one is :mod:`.read`'s."""

from __future__ import annotations

from typing import Any, NamedTuple

from .problems import Place

Steps = tuple[str | int, ...]


class Span(NamedTuple):
    """Where a value stands; all numbers count from 0, and ``block`` tells a ``|`` or ``>`` scalar."""

    key_line: int
    key_column: int
    line: int
    column: int
    block: bool


class File:
    """A data file that was read.

    ``data`` is the content (dict, list, str, None), None for a file that could not be read;
    ``spans`` tells where each value stands, by its path of keys and indices.
    """

    __slots__ = ("data", "path", "spans")

    def __init__(self, path: str, data: Any, spans: dict[Steps, Span]) -> None:
        self.path = path
        self.data = data
        self.spans = spans

    def key_place(self, steps: Steps) -> Place:
        """Where the key (or list item) of a value stands; for what is missing, the place of its holder."""
        span = self._span(steps)
        return Place(self.path, span.key_line + 1, span.key_column + 1)

    def place(self, steps: Steps) -> Place:
        """Where a value begins; of a block scalar, the first line of its content."""
        span = self._span(steps)
        if span.block:
            return Place(self.path, span.line + 2, span.key_column + 3)
        return Place(self.path, span.line + 1, span.column + 1)

    def take_out(self, steps: Steps) -> None:
        """Forget where a value stands that is left out; in a list, those behind it move up."""
        *_, last = steps
        if not isinstance(last, int):
            return
        depth = len(steps) - 1
        moved: dict[Steps, Span] = {}
        for path, span in self.spans.items():
            index = path[depth] if path[:depth] == steps[:-1] and len(path) > depth else None
            if not isinstance(index, int) or index < last:
                moved[path] = span
            elif index > last:
                moved[*path[:depth], index - 1, *path[depth + 1 :]] = span
        self.spans = moved

    def _span(self, steps: Steps) -> Span:
        while steps not in self.spans:
            steps = steps[:-1]
        return self.spans[steps]


class Stated(NamedTuple):
    """A value with the file and path where it stands.

    What merges an object's fields over a group's has them from two files.
    """

    value: Any
    file: File
    path: Steps

    @property
    def place(self) -> Place:
        return self.file.place(self.path)

    @property
    def key_place(self) -> Place:
        return self.file.key_place(self.path)

    def below(self, key: str | int) -> Stated:
        """A value in this one, which is a list or mapping."""
        return Stated(self.value[key], self.file, (*self.path, key))
