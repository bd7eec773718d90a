"""The result of reading one file of an object or a group, which is cached for the next build."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..checks.prose import Link
    from ..model import ConnectionObject, Row
    from ..problems import Place, Problem
    from ..reading.data_file import Source


class FileResult(NamedTuple):
    """The object of a file and its rows, or the group, and the problems of the file; an invalid file has problems only.

    ``groups`` are the keys of the groups that it lists, ``type_place`` is the place of its type, ``links`` are those of its
    texts to parts of the catalogue.
    """

    problems: list[Problem]
    obj: ConnectionObject | None = None
    rows: Iterable[Row] = ()
    groups: Iterable[str] = ()
    type_place: Place | None = None
    links: Iterable[Link] = ()
    group: Source | None = None
