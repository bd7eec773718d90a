"""The attributes that ``api.yml`` defines, and those that a connection states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..attributes import RESERVED, AttributeInfo
from ..problems import Problem, Subtype, listing
from ..suggestions import nearest, suggestion
from ..texts import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..attributes import Attributes
    from ..format.api_records import AttributeRecord
    from ..problems import Report
    from ..reading.data_file import DataFile, KeyPath


def compose_attributes(
    records: Mapping[str, AttributeRecord], file: DataFile, report: Report
) -> Iterator[AttributeInfo]:
    """The attributes of a catalogue; one with a reserved name is reported and left out."""
    for name, record in records.items():
        path = ("attributes", name)
        if name in RESERVED:
            message = f"“{name}” cannot name an attribute: the table and its filter have it for something else"
            report(Problem(file.key_place(path), Subtype.WRONG_TYPE, message))
            continue
        yield AttributeInfo(
            name=name,
            title=Phrase(record.title, file.place((*path, "title"))),
            values=tuple(_titles(record, file, (*path, "values"))),
            column=record.column == "true",
            filter=record.filter == "true",
            badge=record.badge == "true",
        )


def _titles(record: AttributeRecord, file: DataFile, path: KeyPath) -> Iterator[tuple[str, Phrase]]:
    """The titles of the values that an attribute takes: those of a list are their own."""
    if isinstance(record.values, dict):
        yield from ((value, Phrase(title, file.place((*path, value)))) for value, title in record.values.items())
    else:
        for index, value in enumerate(record.values):
            yield value, Phrase(value, file.place((*path, index)))


def stated_attributes(
    record: Mapping[str, str | tuple[str, ...]],
    path: KeyPath,
    known: Iterable[AttributeInfo],
    file: DataFile,
    report: Report,
) -> Attributes:
    """The attributes that a connection states, in the order of ``api.yml``; unknown ones and unknown values are reported."""
    infos = {info.name: info for info in known}
    for name in record:
        if name not in infos:
            message = f"there is no attribute “{name}” in api.yml{suggestion(name, infos)}"
            report(Problem(file.key_place((*path, name)), Subtype.UNKNOWN_KEY, message))
    stated = {}
    for name, info in infos.items():
        values = record.get(name)
        if values is None:
            continue
        places = (
            {values: (*path, name)}
            if isinstance(values, str)
            else {value: (*path, name, index) for index, value in enumerate(values)}
        )
        for value, place in places.items():
            if info.titles and value not in info.titles:
                message = f"“{name}” takes {listing(info.titles, 'or')}; found “{value}”{nearest(value, info.titles)}"
                report(Problem(file.place(place), Subtype.WRONG_TYPE, message))
        stated[name] = tuple(value for value in places if not info.titles or value in info.titles)
    return tuple(stated.items())
