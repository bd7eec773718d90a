"""Entries for the inventory and the search, as ``Domain.get_objects`` returns them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .catalogue.queries.targets import ENDPOINT, names_of, property_names
from .render.titles import named_kind, property_title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .catalogue.api import Api
    from .catalogue.model import Catalogue
    from .page_records import PageRecords

    #: Name, title, type, page, anchor and priority; see ``Domain.get_objects``.
    Entry = tuple[str, str, str, str, str, int]


#: Priorities of the search: before the text of pages, and beside it; see ``Domain.get_objects``.
FIRST = 0
USUAL = 1


def entries(catalogue: Catalogue, records: PageRecords, api_of: Callable[[str], Api]) -> Iterator[Entry]:
    """The entries of all that pages show.

    Each object has one name with a title, which the search shows; its other names are for cross-references only.
    The title of an object ends in its type: the search compares a word with what is behind the last dot, and finds
    ``platform.mysql`` where all its words are in one title.  So an object has its first priority, before its properties.
    ``api_of`` gives the API in the language of a page.
    """
    for obj in catalogue.objects:
        docname = records.page_of("objects", f"{obj.kind}/{obj.key}")
        if docname is not None:
            api = api_of(docname)
            named = named_kind(obj, api)
            title = f"{named}, {obj.type}"
            yield from _entries("object", names_of(catalogue, obj), title, docname, obj.anchor, FIRST)
            for target, names in property_names(catalogue, obj):
                yield from _entries("property", names, property_title(named, target.path), docname, target.anchor)
    for row in catalogue.connections:
        docname = records.page_of("connections", f"{row.kind}/{row.key}")
        if docname is not None:
            yield from _entries(
                "connection", names_of(catalogue, row), named_kind(row, api_of(docname)), docname, row.anchor
            )
    for endpoint in catalogue.api.endpoints:
        docname = records.page_of("endpoints", endpoint.name)
        if docname is not None:
            names = [f"{ENDPOINT}{endpoint.name}", endpoint.name]
            yield from _entries("endpoint", names, str(endpoint.title), docname, endpoint.anchor)


def _entries(
    objtype: str, names: list[str], title: str, docname: str, anchor: str, priority: int = USUAL
) -> Iterator[Entry]:
    """The first name with a title for the search, and the others with the priority -1, which hides them from it."""
    yield names[0], title, objtype, docname, anchor, priority
    yield from ((name, name, objtype, docname, anchor, -1) for name in names[1:])
