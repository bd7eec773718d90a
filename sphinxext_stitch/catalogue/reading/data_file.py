"""The content of a data file, and where each value of it stands; reading one is :mod:`.read`'s."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any, NamedTuple

from ..problems import Place

if TYPE_CHECKING:
    from collections.abc import Iterable

KeyPath = tuple[str | int, ...]


class Span(NamedTuple):
    """Where a value stands; all numbers count from 0, and ``block`` tells a ``|`` or ``>`` scalar."""

    key_line: int
    key_column: int
    line: int
    column: int
    block: bool


class DataFile:
    """A data file that was read.

    ``data`` is the content (dict, list, str, None), None for a file that could not be read;
    ``spans`` tells where each value stands, by its path of keys and indices.
    """

    __slots__ = ("data", "path", "spans")

    def __init__(self, path: str, data: Any, spans: dict[KeyPath, Span]) -> None:
        self.path = path
        self.data = data
        self.spans = spans

    def key_place(self, steps: KeyPath) -> Place:
        """Where the key (or list item) of a value stands; for what is missing, the place of its holder."""
        span = self._span(steps)
        return Place(self.path, span.key_line + 1, span.key_column + 1)

    def place(self, steps: KeyPath) -> Place:
        """Where a value begins; of a block scalar, the first line of its content."""
        span = self._span(steps)
        if span.block:
            return Place(self.path, span.line + 2, span.key_column + 3)
        return Place(self.path, span.line + 1, span.column + 1)

    def take_out(self, lost: Iterable[KeyPath]) -> None:
        """Forget where the values stand that are left out; in a list, those behind them move up."""
        gone: dict[KeyPath, list[int]] = {}
        for *holder, last in lost:
            if isinstance(last, int):
                gone.setdefault(tuple(holder), []).append(last)
        for indices in gone.values():
            indices.sort()
        moved = ((_moved(path, gone), span) for path, span in self.spans.items())
        self.spans = {path: span for path, span in moved if path is not None}

    def _span(self, steps: KeyPath) -> Span:
        while steps not in self.spans:
            steps = steps[:-1]
        return self.spans[steps]


def _moved(path: KeyPath, gone: dict[KeyPath, list[int]]) -> KeyPath | None:
    """The path of a value once list items are gone, by the path of their list; None if it is gone with them."""
    moved = list(path)
    for depth, step in enumerate(path):
        indices = gone.get(path[:depth]) if isinstance(step, int) else None
        if indices and isinstance(step, int):
            before = bisect_left(indices, step)
            if step in indices[before : before + 1]:
                return None
            moved[depth] = step - before
    return tuple(moved)


class Located(NamedTuple):
    """A value with the file and path where it stands.

    What merges an object's fields over a group's has them from two files.
    """

    value: Any
    file: DataFile
    path: KeyPath

    @property
    def place(self) -> Place:
        return self.file.place(self.path)

    @property
    def key_place(self) -> Place:
        return self.file.key_place(self.path)

    def below(self, key: str | int) -> Located:
        """A value in this one, which is a list or mapping."""
        return Located(self.value[key], self.file, (*self.path, key))


class Source(NamedTuple):
    """A record and the file that it was read from."""

    file: DataFile
    record: Any
