"""Which page shows what: the part of the domain's data that goes by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from .catalogue.queries.selection import Selection

#: What has an anchor of its own on one page.
ANCHORED = ("objects", "connections", "endpoints")

#: What is known of each page, by the names of :class:`PageRecords`.
BY_PAGE = ("selections", *ANCHORED, "tables", "links", "titles")


class Table(NamedTuple):
    """An availability table: where it is written, its id, and the objects in it."""

    location: str
    anchor: str
    objects: tuple[str, ...]


class PageRecords:
    """Typed access to the data of the domain that go by page.

    ``changed`` tells whether a page was read, or is gone, since the last build.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.changed = False
        self._owners: dict[str, dict[str, str]] | None = None

    @property
    def selections(self) -> dict[str, dict[Selection, str]]:
        """What the directives of each page show, with digests of that."""
        selections: dict[str, dict[Selection, str]] = self.data["selections"]
        return selections

    @property
    def objects(self) -> dict[str, dict[str, str]]:
        """The objects that have their anchor on each page, with the places of the directives."""
        objects: dict[str, dict[str, str]] = self.data["objects"]
        return objects

    @property
    def tables(self) -> dict[str, list[Table]]:
        """The availability tables of each page."""
        tables: dict[str, list[Table]] = self.data["tables"]
        return tables

    @property
    def links(self) -> dict[str, dict[tuple[str, str], object]]:
        """What the links of each page name, by reference type and target, with where they led when it was written."""
        links: dict[str, dict[tuple[str, str], object]] = self.data["links"]
        return links

    @property
    def titles(self) -> dict[str, str]:
        """A digest of the titles, and their ids, of each page that shows something."""
        titles: dict[str, str] = self.data["titles"]
        return titles

    def note_selection(self, docname: str, selection: Selection, digest: str) -> None:
        """Remember what a page shows, so that it is read again when that changes."""
        self.selections.setdefault(docname, {})[selection] = digest

    def note_anchor(self, what: str, docname: str, name: str, location: str) -> bool:
        """Remember that a page shows something of :data:`ANCHORED`; False if it has the anchor of it already."""
        self._forget_owners()
        places: dict[str, str] = self.data[what].setdefault(docname, {})
        return places.setdefault(name, location) is location

    def note_table(self, docname: str, table: Table) -> None:
        """Remember an availability table; back links lead to the first of the page, or of the project."""
        self.tables.setdefault(docname, []).append(table)

    def note_links(self, docname: str, links: Iterable[tuple[str, str]]) -> None:
        """Remember what the links of a page name, so that it is written again when that moves."""
        self.links[docname] = dict.fromkeys(links)

    def clear(self, docname: str) -> None:
        """Forget a page."""
        self._forget_owners()
        for what in BY_PAGE:
            self.data[what].pop(docname, None)

    def merge(self, docnames: Collection[str], other: dict[str, Any]) -> None:
        """Take the records of pages that another process has read."""
        self._forget_owners()
        for what in BY_PAGE:
            self.data[what].update({name: value for name, value in other[what].items() if name in docnames})

    def _forget_owners(self) -> None:
        self.changed = True
        self._owners = None

    def page_of(self, what: str, name: str) -> str | None:
        """The page that owns the anchor of an object, connection or endpoint: the first by name that shows it.

        So the owner is the same, whichever page is read first.
        """
        if self._owners is None:
            self._owners = {
                what: {name: page for page in sorted(self.data[what], reverse=True) for name in self.data[what][page]}
                for what in ANCHORED
            }
        return self._owners[what].get(name)

    def table_for(self, docname: str) -> tuple[str | None, str]:
        """The page and id of the table to which a page leads back: its own, else the first of the project."""
        page = docname if docname in self.tables else min(self.tables, default=None)
        return (page, self.tables[page][0].anchor) if page is not None else (None, "")
