"""The content of a data file and the position of each value; :mod:`.yaml_reader` makes it."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any, NamedTuple

from ..problems import Place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from ..problems import Fold

#: The keys and indices that lead from the top of a file to a value.
KeyPath = tuple[str | int, ...]


class Quoted(str):
    """A scalar in quotes or in a block: text, where a free-form value can be a number."""

    __slots__ = ()


class Span(NamedTuple):
    """The position of a value and of its key, counted from 1; see :class:`~..problems.Place` for ``folds``."""

    key_line: int
    key_column: int
    line: int
    column: int
    folds: tuple[Fold, ...]


class DataFile:
    """A data file that was read.

    ``data`` is the content (dict, list, str, None), None for a file that could not be read;
    ``spans`` has the position of each value, by its path; ``cut`` are the paths of the texts that a comment follows.
    """

    __slots__ = ("cut", "data", "path", "spans")

    def __init__(self, path: str, data: Any, spans: dict[KeyPath, Span], cut: Collection[KeyPath] = ()) -> None:
        self.path = path
        self.data = data
        self.spans = spans
        self.cut = frozenset(cut)

    def key_place(self, path: KeyPath) -> Place:
        """The place of the key (or list item) of a value; for a missing one, that of the value that would hold it."""
        span = self._span(path)
        return Place(self.path, span.key_line, span.key_column)

    def place(self, path: KeyPath) -> Place:
        """The place where a value begins; of a block scalar, the first line of its content."""
        span = self._span(path)
        return Place(self.path, span.line, span.column, span.folds)

    def take_out(self, removed: Iterable[KeyPath]) -> None:
        """Remove the positions of values that are left out; later items of the same list get lower indices."""
        indices_by_list: dict[KeyPath, list[int]] = {}
        for *holder, last in removed:
            if isinstance(last, int):
                indices_by_list.setdefault(tuple(holder), []).append(last)
        if not indices_by_list:
            return
        for indices in indices_by_list.values():
            indices.sort()
        moved = ((_moved(path, indices_by_list), span) for path, span in self.spans.items())
        self.spans = {path: span for path, span in moved if path is not None}

    def _span(self, path: KeyPath) -> Span:
        while path not in self.spans:
            path = path[:-1]
        return self.spans[path]


def _moved(path: KeyPath, indices_by_list: dict[KeyPath, list[int]]) -> KeyPath | None:
    """The path of a value after list items are removed; None if it is in one of them.

    ``indices_by_list`` has the sorted indices of the removed items, by the path of their list.
    """
    moved = list(path)
    for depth, key in enumerate(path):
        indices = indices_by_list.get(path[:depth]) if isinstance(key, int) else None
        if indices and isinstance(key, int):
            before = bisect_left(indices, key)
            if key in indices[before : before + 1]:
                return None
            moved[depth] = key - before
    return tuple(moved)


class Located(NamedTuple):
    """A value with its file and its path in the file.

    The fields of one property can come from two files: an object's are merged over a group's.
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
        """The value at a key or index of this one."""
        return Located(self.value[key], self.file, (*self.path, key))


class Source(NamedTuple):
    """A record and the file that it was read from."""

    file: DataFile
    record: Any
