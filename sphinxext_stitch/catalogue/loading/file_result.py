"""What a catalogue is put together from, file by file; it is kept for the next build."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..model import ConnectionObject, Row
    from ..problems import Place, Problem


class FileResult(NamedTuple):
    """What the file of an object gives: the object, its rows, and what is wrong with the file.

    ``groups`` are the groups that it lists, ``type_place`` is where it states its type.  A broken file gives nothing
    but problems.
    """

    problems: list[Problem]
    obj: ConnectionObject | None = None
    rows: Iterable[Row] = ()
    groups: Iterable[str] = ()
    type_place: Place | None = None
