"""Resolve links to the page and id of their targets, and find the links that moved since the last build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .catalogue.queries.targets import find_targets
from .roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .catalogue.model import Catalogue
    from .catalogue.queries.targets import Target
    from .page_records import PageRecords

    #: The page and id to which a link leads; if the page is None, the URL of another site, or an empty string.
    LinkPlace = tuple[str | None, str]


def link_place(catalogue: Catalogue, records: PageRecords, docname: str, reftype: str, target: str) -> LinkPlace:
    """The place to which a link of the page ``docname`` leads, by its reference type and target."""
    if reftype == "table":
        return records.table_for(docname)
    for found_target in find_targets(catalogue, target, ROLES.get(reftype, "")):
        place = target_place(records, found_target)
        if place[1]:
            return place
    return None, ""


def target_place(records: PageRecords, target: Target) -> LinkPlace:
    """The page and id of a target; of an endpoint that no page shows, None and the URL of its documentation."""
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
    """The pages with a link whose place or title changed since the last version of the page.

    ``labels`` are our labels for ``:ref:``.  The new places are recorded.
    """
    places: dict[tuple[str, str], object] = {}
    moved = []
    for docname, links in records.links.items():
        for link in links:
            if link[0] != "table" and link not in places:
                place = link_place(catalogue, records, docname, *link) if link[0] != "ref" else None
                places[link] = place, labels.get(link[1])
        current = {link: records.table_for(docname) if link[0] == "table" else places[link] for link in links}
        if current != links:
            moved.append(docname)
            records.links[docname] = current
    return moved
