"""What a directive shows: a selection from the catalogue, and a digest that changes with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..digest import digest
from .chapters import chapters
from .targets import find_target

if TYPE_CHECKING:
    from ..api import Endpoint
    from ..kinds import Status
    from ..model import Catalogue, Connection, ConnectionObject

#: The status that a table leaves out unless an option selects it.
HIDDEN_STATUS: Status = "sunset"


@dataclass(frozen=True, kw_only=True)
class Selection:
    """The selection that the arguments and options of a directive make; an empty field selects all.

    ``what`` is ``objects``, ``availability``, ``endpoints``, ``contents``; or ``facets`` or ``targets`` if the page depends
    only on whether what it names exists: kinds, categories and attributes, or what its links lead to.  ``names`` are types
    or keys of objects, the name of a chapter, or those of targets.  ``most`` is how many objects sidebars have.  ``where``
    are attributes with their values: of each attribute, one of the values.  Names, categories, values and actions that the
    catalogue does not have are kept, as a later one may have them.
    """

    what: str
    names: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    availability: str = ""
    actions: tuple[str, ...] = ()
    most: int = 0

    def objects(self, catalogue: Catalogue) -> list[ConnectionObject]:
        """The selected objects: those of ``names``, in this order, else all that the other fields select."""
        if self.names:
            matches = [catalogue.find(name) for name in self.names]
            return [objects[0] for objects in matches if len(objects) == 1]
        categories, values = self._known_categories(catalogue), self._known_values(catalogue)
        return [obj for obj in catalogue.objects if self._selects(obj, categories, values)]

    def connections(self, catalogue: Catalogue) -> list[Connection]:
        """The selected connections; sunset ones only if their status is selected."""
        categories, values = self._known_categories(catalogue), self._known_values(catalogue)
        return [
            connection
            for connection in catalogue.connections
            if self._selects(connection, categories, values)
            and (self.statuses or connection.status != HIDDEN_STATUS)
            and (not self.availability or (connection.type is not None) == (self.availability == "available"))
        ]

    def endpoints(self, catalogue: Catalogue) -> list[Endpoint]:
        """The selected endpoints, in the order of ``actions`` if it is given."""
        of_kind = [entry for entry in catalogue.api.endpoints if not self.kinds or entry.kind in self.kinds]
        known = {entry.action for entry in catalogue.api.endpoints}
        actions = [action for action in self.actions if action in known]
        if not actions:
            return of_kind
        return sorted(
            (entry for entry in of_kind if entry.action in actions), key=lambda entry: actions.index(entry.action)
        )

    def files(self, catalogue: Catalogue) -> list[str]:
        """The paths of the data files of what is selected."""
        if self.what == "objects":
            return [path for obj in self.objects(catalogue) for path in obj.files]
        if self.what == "availability":
            return [connection.file for connection in self.connections(catalogue)]
        return [catalogue.api.file] if self.what == "endpoints" else []

    def _known_categories(self, catalogue: Catalogue) -> set[str]:
        return set(self.categories).intersection(catalogue.categories) if self.categories else set()

    def _known_values(self, catalogue: Catalogue) -> dict[str, set[str]]:
        """The values of each attribute that ``where`` names, as far as the catalogue has them."""
        values: dict[str, set[str]] = {}
        for name, value in self.where:
            if value in catalogue.attribute_values.get(name, ()):
                values.setdefault(name, set()).add(value)
        return values

    def _selects(self, item: Connection | ConnectionObject, categories: set[str], values: dict[str, set[str]]) -> bool:
        return (
            (not self.kinds or item.kind in self.kinds)
            and (not categories or item.category in categories)
            and (not self.statuses or item.status in self.statuses)
            and (not values or any(_has_values(connection, values) for connection in _connections_of(item)))
        )

    def digest(self, catalogue: Catalogue) -> str:
        """A digest of all that a page shows for this selection: if it changed, the page has to be read again."""
        shown: list[Any] = [catalogue.api.digest]
        if self.what == "objects":
            objects = self.objects(catalogue)
            shown += [obj.digest for obj in objects]
            for obj in objects:
                if obj.deprecated and obj.deprecated.use:
                    shown += [(other.type, other.kind, other.key) for other in catalogue.find(obj.deprecated.use)]
        elif self.what == "contents":
            known = chapters(catalogue)
            shown += [known[name].digest if name in known else None for name in self.names]
            shown.append(len(catalogue.objects) > self.most)
        elif self.what == "targets":
            shown = [find_target(catalogue, name) is not None for name in self.names]
        elif self.what == "facets":
            values = catalogue.attribute_values
            shown = [sorted(self._known_categories(catalogue)), sorted({*self.kinds} & {*catalogue.api.kind_names})]
            shown += [value in values.get(name, ()) for name, value in self.where]
            # A filter can have each of these, and be sorted by it.
            shown += [(info.name, info.filter) for info in catalogue.api.attributes]
        elif self.what == "availability":
            connections = self.connections(catalogue)
            keys = dict.fromkeys(f"{item.kind}/{item.object_key}" for item in connections)
            objects = [obj for key in keys for obj in catalogue.find(key)]
            # The filter of the table finds properties by their names and titles.
            shown += [connections, [(path, prop.title) for obj in objects for path, prop in obj.properties_by_path]]
        else:
            shown += self.endpoints(catalogue)
        return digest(shown)


def _has_values(connection: Connection, values: dict[str, set[str]]) -> bool:
    """Whether a connection has one of the values of each attribute."""
    stated = dict(connection.attributes)
    return all(wanted.intersection(stated.get(name, ())) for name, wanted in values.items())


def _connections_of(item: Connection | ConnectionObject) -> tuple[Connection, ...]:
    """The connection, or those of an object."""
    # Not by its class: a build in which nothing changed does without the module of the model, which takes long to import.
    return item.connections if hasattr(item, "connections") else (item,)
