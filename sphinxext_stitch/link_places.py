"""Where links lead: the page and id of what they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .catalogue.queries.targets import find_targets
from .links import ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .catalogue.model import Catalogue
    from .catalogue.queries.targets import Target
    from .page_records import PageRecords

    #: The page and id to which a link leads; without a page, the address of another site, or nothing.
    LinkPlace = tuple[str | None, str]


def link_place(catalogue: Catalogue, records: PageRecords, docname: str, reftype: str, target: str) -> LinkPlace:
    """Where a link of the page ``docname`` leads, by its reference type and target."""
    if reftype == "table":
        return records.table_for(docname)
    for found in find_targets(catalogue, target, ROLES.get(reftype, "")):
        place = target_place(records, found)
        if place[1]:
            return place
    return None, ""


def target_place(records: PageRecords, target: Target) -> LinkPlace:
    """The page and id of something; of an endpoint that no page shows, no page and its documentation."""
    docname = None
    if target.obj is not None:
        docname = records.page_of("objects", f"{target.obj.kind}/{target.obj.key}")
    elif target.connection is not None:
        docname = records.page_of("connections", f"{target.connection.kind}/{target.connection.key}")
    elif target.endpoint is not None:
        docname = records.page_of("endpoints", target.endpoint.name)
        if docname is None:
            return None, target.endpoint.docs or ""
    return (docname, target.anchor) if docname is not None else (None, "")


def pages_with_moved_links(catalogue: Catalogue, records: PageRecords, labels: Mapping[str, object]) -> list[str]:
    """The pages with a link to something that is elsewhere, or called otherwise, than when they were written.

    ``labels`` has what ``:ref:`` can name.  The new places are remembered.
    """
    places: dict[tuple[str, str], object] = {}
    moved = []
    for docname, links in records.links.items():
        for link in links:
            if link[0] != "table" and link not in places:
                place = link_place(catalogue, records, docname, *link) if link[0] != "ref" else None
                places[link] = place, labels.get(link[1])
        now = {link: records.table_for(docname) if link[0] == "table" else places[link] for link in links}
        if now != links:
            moved.append(docname)
            records.links[docname] = now
    return moved
