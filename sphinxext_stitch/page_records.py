"""Records of each page in the data of the domain: selections, anchors, tables, links, titles."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from .catalogue.queries.selection import Selection

#: The collections whose members have an anchor on a page.
ANCHORED = ("objects", "connections", "endpoints")

#: The names of all collections; each is a dict by page.
BY_PAGE = ("selections", *ANCHORED, "tables", "conditions", "files", "links", "titles", "versions")


#: The name of a directive, ``only`` or ``ifconfig``, and its expression.
Condition = tuple[str, str]

#: Ids of a page that only some builds have, with alternatives: of one of them, all conditions must hold.
Conditions = dict[str, tuple[tuple[Condition, ...], ...]]


class Anchored(NamedTuple):
    """A member of a collection on a page: the location of its directive, and its id."""

    location: str
    anchor: str


class Table(NamedTuple):
    """An availability table: the location of its directive, its id, and its objects as ``kind/key``."""

    location: str
    anchor: str
    objects: tuple[str, ...]


class PageRecords:
    """Typed access to the records of each page in the domain's data.

    ``changed`` is true if a page was read or removed since the last build.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.changed = False
        #: Whether a condition holds in this build.
        self.holds: Callable[[Condition], bool] = lambda _condition: True
        self._owners: dict[str, dict[str, str]] | None = None

    @property
    def selections(self) -> dict[str, dict[Selection, str]]:
        """The selections of the directives of each page, with their digests."""
        selections: dict[str, dict[Selection, str]] = self.data["selections"]
        return selections

    @property
    def objects(self) -> dict[str, dict[str, Anchored]]:
        """The objects with an anchor on each page, as ``kind/key``, with the locations of their first directives."""
        objects: dict[str, dict[str, Anchored]] = self.data["objects"]
        return objects

    @property
    def tables(self) -> dict[str, list[Table]]:
        """The availability tables of each page."""
        tables: dict[str, list[Table]] = self.data["tables"]
        return tables

    @property
    def conditions(self) -> dict[str, Conditions]:
        """The conditions of ids, of each page with parts that only some builds have."""
        conditions: dict[str, Conditions] = self.data["conditions"]
        return conditions

    @property
    def files(self) -> dict[str, dict[str, None]]:
        """The paths of the data files that each page shows."""
        files: dict[str, dict[str, None]] = self.data["files"]
        return files

    @property
    def links(self) -> dict[str, dict[tuple[str, str], object]]:
        """The links of each page, by reference type and target, with the places to which they lead in this version."""
        links: dict[str, dict[tuple[str, str], object]] = self.data["links"]
        return links

    @property
    def titles(self) -> dict[str, str]:
        """A digest of the titles and their ids, of each page with our nodes."""
        titles: dict[str, str] = self.data["titles"]
        return titles

    @property
    def versions(self) -> dict[str, int]:
        """When each page was read, or something changed that it shows of other pages: a time in nanoseconds."""
        versions: dict[str, int] = self.data["versions"]
        return versions

    def note_selection(self, docname: str, selection: Selection, digest: str) -> None:
        """Record a selection of a page, so that the page is read again when the digest changes."""
        self.selections.setdefault(docname, {})[selection] = digest

    def note_files(self, docname: str, paths: Iterable[str]) -> None:
        """Record data files that a page shows."""
        self.files.setdefault(docname, {}).update(dict.fromkeys(paths))

    def note_anchor(self, collection: str, docname: str, name: str, place: Anchored) -> bool:
        """Record a member of a collection of :data:`ANCHORED`; False if the page has an anchor for it already."""
        self._forget_owners()
        return self.data[collection].setdefault(docname, {}).setdefault(name, place) is place

    def note_conditions(self, docname: str, conditions: Conditions) -> None:
        """Record the ids of a page that only some builds have."""
        self._forget_owners()
        self.conditions[docname] = conditions

    def note_table(self, docname: str, table: Table) -> None:
        """Record an availability table; back links lead to the first one of the page, else of the project."""
        self.tables.setdefault(docname, []).append(table)

    def note_links(self, docname: str, links: Iterable[tuple[str, str]]) -> None:
        """Record the targets of the links of a page, so that the page is written again when one moves."""
        self.links[docname] = dict.fromkeys(links)

    def note_version(self, docname: str) -> None:
        """Record that a page changed, so that each builder writes it again."""
        self.versions[docname] = time.time_ns()

    def clear(self, docname: str) -> None:
        """Remove the records of a page."""
        self._forget_owners()
        for collection in BY_PAGE:
            self.data[collection].pop(docname, None)

    def merge(self, docnames: Collection[str], other: dict[str, Any]) -> None:
        """Add the records of pages that another process has read."""
        self._forget_owners()
        for collection in BY_PAGE:
            self.data[collection].update({name: value for name, value in other[collection].items() if name in docnames})

    def _forget_owners(self) -> None:
        self.changed = True
        self._owners = None

    def page_of(self, collection: str, name: str) -> str | None:
        """The page to which links to an object, connection or endpoint lead: the first one by name that shows it in this build.

        This does not depend on the order in which pages are read.
        """
        return self.pages_of(collection).get(name)

    def pages_of(self, collection: str) -> dict[str, str]:
        """The page to which links to each object, connection or endpoint lead; see :meth:`page_of`."""
        if self._owners is None:
            self._owners = {
                collection: {
                    name: page
                    for page in sorted(self.data[collection], reverse=True)
                    for name, place in self.data[collection][page].items()
                    if self.is_shown(page, place.anchor)
                }
                for collection in ANCHORED
            }
        return self._owners[collection]

    def table_for(self, docname: str) -> tuple[str | None, str]:
        """The page and id of the table to which the back links of a page lead: its own, else the first of the project."""
        for page in (docname, *sorted(self.tables)):
            for table in self.tables.get(page, ()):
                if self.is_shown(page, table.anchor):
                    return page, table.anchor
        return None, ""

    def is_shown(self, docname: str, anchor: str) -> bool:
        """Whether a page has an id in this build."""
        alternatives = self.conditions.get(docname, {}).get(anchor, ((),))
        return any(all(map(self.holds, conditions)) for conditions in alternatives)
