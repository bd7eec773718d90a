"""Targets of links by their names: objects, properties, endpoints and connections."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from ..problems import listing
from ..suggestions import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ..api import Endpoint
    from ..model import Catalogue, Connection, ConnectionObject


#: The beginning of the long name of an endpoint: ``endpoint/sources.create``.  Sphinx's search needs one, as it makes the
#: anchor ``endpoint-NAME`` of a title that it takes for the name.
ENDPOINT = "endpoint/"


class Target(NamedTuple):
    """The target of a link: an object, or with ``step`` and ``path`` one of its properties; an endpoint; a connection."""

    obj: ConnectionObject | None = None
    step: str = ""
    path: tuple[str, ...] = ()
    endpoint: Endpoint | None = None
    connection: Connection | None = None

    @property
    def objtype(self) -> str:
        """Its type of object in the domain: ``object``, ``property``, ``endpoint`` or ``connection``."""
        if self.obj is not None:
            return "property" if self.path else "object"
        return "endpoint" if self.endpoint else "connection"

    @property
    def anchor(self) -> str:
        """The id to which the link leads."""
        if self.obj is not None:
            return self.obj.property_anchor(self.step, self.path) if self.path else self.obj.anchor
        target = self.endpoint or self.connection
        return target.anchor if target else ""


def find_target(catalogue: Catalogue, name: str, objtype: str = "") -> Target | None:
    """The target that has ``name``; None if there is none, or more than one.

    ``objtype`` is ``object``, ``property``, ``endpoint`` or ``connection``; without it, the first of them in
    this order that has the name.  An object's name is a type or key (``platform.salesforce``,
    ``source/salesforce``, ``salesforce``); a property's begins with its object's
    (``platform.salesforce.api_type``, nested ``TYPE.parent.child``, with its step where the name is ambiguous,
    ``TYPE.oauth.client_id``); an endpoint has its own (``sources.create``, ``endpoint/sources.create``); a connection's is its key, or
    its type if no other connection has it.
    """
    return next(find_targets(catalogue, name, objtype), None)


def find_targets(catalogue: Catalogue, name: str, objtype: str = "") -> Iterator[Target]:
    """All targets that have ``name``, none if it is the key of two objects; see :func:`find_target`."""
    if not objtype and len(catalogue.find(name)) > 1:
        return
    for finder in (_FINDERS[objtype],) if objtype else _FINDERS.values():
        target = finder(catalogue, name)
        if target is not None:
            yield target


def ambiguous(catalogue: Catalogue, name: str, objtype: str = "object") -> str | None:
    """A message about a name that more than one object, or connection, has; None if it is unambiguous."""
    matches = catalogue.find_connections(name) if objtype == "connection" else catalogue.find(name)
    if len(matches) < 2:
        return None
    names = listing([f"{item.kind}/{item.key}" for item in matches], "or")
    name_or_key = "the name" if objtype == "connection" else "the key"
    return f"“{name}” is {name_or_key} of more than one {objtype}; write {names}"


def target_suggestion(catalogue: Catalogue, name: str, objtype: str = "") -> str:
    """What to write instead of an unknown name; see :meth:`..suggestions.Vocabulary.suggestion`.

    A name that begins with that of an object is compared with the object's properties first.  For what pages call an
    object or connection, and for a key behind another kind, the names are suggested that they have in links.
    """
    index = _index_of(catalogue)
    if objtype in ("", "property"):
        for beginning, _rest in ((name, ""), *_divisions(name)):
            objects = catalogue.find(beginning)
            if objects and (near := index.properties_after(beginning, objects).nearest(name)):
                return near
    called = index.connections_called if objtype == "connection" else index.objects_called
    if objtype in ("", "object", "connection") and (meant := called.get(name.rpartition("/")[2].casefold())):
        return f"; did you mean {listing([*meant][:3], 'or')}?"
    return index.vocabularies.get(objtype, index.vocabularies["object"]).suggestion(name)


def names_of(catalogue: Catalogue, item: ConnectionObject | Connection) -> list[str]:
    """The names of an object or connection: kind and key, and its type and key where these are unambiguous."""
    find = catalogue.find if hasattr(item, "steps") else catalogue.find_connections
    first = f"{item.kind}/{item.key}"
    others = [name for name in (item.type, item.key) if name is not None and find(name) == [item]]
    return list(dict.fromkeys((first, *others)))


def property_names(catalogue: Catalogue, obj: ConnectionObject) -> Iterator[tuple[Target, list[str]]]:
    """Every property of an object, nested ones too, with its names.

    The first name has the key and the step; the others begin with the type, without the step where that is unambiguous.
    """
    own_type = catalogue.find(obj.type) == [obj]
    targets = _index_of(catalogue).paths_of(obj)
    for path in dict.fromkeys(obj.property_paths):
        names = [".".join((f"{obj.kind}/{obj.key}", *path))]
        ends = (".".join(path), ".".join(path[1:])) if own_type else ()
        names += [f"{obj.type}.{end}" for end in ends if targets[end] == path]
        yield Target(obj, path[0], path[1:]), names


def _object(catalogue: Catalogue, name: str) -> Target | None:
    matches = catalogue.find(name)
    return Target(matches[0]) if len(matches) == 1 else None


def _property(catalogue: Catalogue, name: str) -> Target | None:
    for beginning, rest in _divisions(name):
        matches = catalogue.find(beginning)
        if len(matches) == 1:
            path = _index_of(catalogue).paths_of(matches[0]).get(rest)
            return Target(matches[0], path[0], path[1:]) if path else None
    return None


def _divisions(name: str) -> Iterator[tuple[str, str]]:
    """The name divided at each of its dots, at the last one first: types can have dots, so the longest one is used."""
    end = name.rfind(".")
    while end > 0:
        yield name[:end], name[end + 1 :]
        end = name.rfind(".", 0, end)


def _endpoint(catalogue: Catalogue, name: str) -> Target | None:
    endpoint = _index_of(catalogue).endpoints.get(name.removeprefix(ENDPOINT))
    return Target(endpoint=endpoint) if endpoint else None


def _connection(catalogue: Catalogue, name: str) -> Target | None:
    matches = catalogue.find_connections(name)
    return Target(connection=matches[0]) if len(matches) == 1 else None


_FINDERS: dict[str, Callable[[Catalogue, str], Target | None]] = {
    "object": _object,
    "property": _property,
    "endpoint": _endpoint,
    "connection": _connection,
}


#: The index of each catalogue.
_INDEX: WeakKeyDictionary[Catalogue, _Index] = WeakKeyDictionary()


def _index_of(catalogue: Catalogue) -> _Index:
    if catalogue not in _INDEX:
        _INDEX[catalogue] = _Index(catalogue)
    return _INDEX[catalogue]


class _Index:
    """What links of one catalogue are looked up in, made when it is first needed."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.endpoints = {endpoint.name: endpoint for endpoint in reversed(catalogue.api.endpoints)}
        names, connections = catalogue.names(), catalogue.connection_names()
        self.vocabularies = {
            "": Vocabulary([*names, *self.endpoints]),
            "object": Vocabulary(names),
            "endpoint": Vocabulary(self.endpoints),
            "connection": Vocabulary(connections),
        }
        #: By what pages call them, and by keys, the types of objects and the kinds and keys of connections.
        self.objects_called: dict[str, dict[str, None]] = {}
        self.connections_called: dict[str, dict[str, None]] = {}
        for obj in catalogue.objects:
            for word in (obj.name.casefold(), obj.key.casefold()):
                self.objects_called.setdefault(word, {})[obj.type] = None
        for row in catalogue.connections:
            for word in (row.name.casefold(), row.key.casefold()):
                self.connections_called.setdefault(word, {})[f"{row.kind}/{row.key}"] = None
                if row.type is not None:
                    self.objects_called.setdefault(word, {})[row.type] = None
        self._paths: dict[str, dict[str, tuple[str, ...]]] = {}
        self._properties: dict[str, Vocabulary] = {}

    def paths_of(self, obj: ConnectionObject) -> dict[str, tuple[str, ...]]:
        """The path of each property by its dotted name: without the step where that is unambiguous, and with it."""
        if obj.anchor not in self._paths:
            paths = [*dict.fromkeys(obj.property_paths)]
            dotted: dict[str, tuple[str, ...]] = {}
            for first in (1, 0):
                for path in paths:
                    dotted.setdefault(".".join(path[first:]), path)
            self._paths[obj.anchor] = dotted
        return self._paths[obj.anchor]

    def properties_after(self, beginning: str, objects: Iterable[ConnectionObject]) -> Vocabulary:
        """The properties of the ``objects`` that are named ``beginning``, each after this name and a dot."""
        if beginning not in self._properties:
            paths = (path for obj in objects for path in obj.property_paths)
            self._properties[beginning] = Vocabulary([".".join((beginning, *path[1:])) for path in paths])
        return self._properties[beginning]
