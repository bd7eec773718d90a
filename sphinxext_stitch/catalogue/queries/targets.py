"""Targets of links by their names: objects, properties, endpoints and connections."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..problems import listing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..model import Catalogue, Connection, ConnectionObject, Endpoint, Property


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
    ``TYPE.oauth.client_id``); an endpoint has its own (``sources.create``); a connection's is its key, or
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
    names = listing((f"{item.kind}/{item.key}" for item in matches), "or")
    name_or_key = "the name" if objtype == "connection" else "the key"
    return f"“{name}” is {name_or_key} of more than one {objtype}; write {names}"


def target_names(catalogue: Catalogue, name: str, objtype: str = "") -> list[str]:
    """The names to suggest for an unknown one; of properties, those of the object with which the name begins."""
    if objtype == "connection":
        return catalogue.connection_names()
    if objtype == "endpoint":
        return [endpoint.name for endpoint in catalogue.api.endpoints]
    properties = [
        f"{start}.{prop.name}"
        for obj in (catalogue.objects if objtype != "object" else ())
        for start in (obj.type, f"{obj.kind}/{obj.key}", obj.key)
        if f"{name}.".startswith(f"{start}.")
        for step in obj.steps
        for prop in step.properties
    ]
    if objtype == "property" and properties:
        return properties
    return [*catalogue.names(), *(target_names(catalogue, name, "endpoint") if not objtype else ()), *properties]


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
    paths = dict.fromkeys(obj.property_paths)
    # The target of each name, as ``_property_of`` finds it, but without a search for each: builds need all names.
    targets: dict[tuple[str, ...], tuple[str, ...]] = {}
    for path in paths:
        targets.setdefault(path[1:], path)
    for path in paths:
        targets.setdefault(path, path)
    for path in paths:
        names = [".".join((f"{obj.kind}/{obj.key}", *path))]
        ends = (path, path[1:]) if own_type else ()
        names += [".".join((obj.type, *end)) for end in ends if targets[end] == path]
        yield Target(obj, path[0], path[1:]), names


def _object(catalogue: Catalogue, name: str) -> Target | None:
    matches = catalogue.find(name)
    return Target(matches[0]) if len(matches) == 1 else None


def _property(catalogue: Catalogue, name: str) -> Target | None:
    parts = name.split(".")
    # Types can have dots, so the longest beginning that names an object is used.
    for end in range(len(parts) - 1, 0, -1):
        matches = catalogue.find(".".join(parts[:end]))
        if len(matches) == 1:
            return _property_of(matches[0], tuple(parts[end:]))
    return None


def _property_of(obj: ConnectionObject, path: tuple[str, ...]) -> Target | None:
    for step in obj.steps:
        if _has(step.properties, path):
            return Target(obj, step.name, path)
    for step in obj.steps:
        if path[0] == step.name and _has(step.properties, path[1:]):
            return Target(obj, step.name, path[1:])
    return None


def _has(properties: tuple[Property, ...], path: tuple[str, ...]) -> bool:
    for prop in properties:
        if path and prop.name == path[0]:
            return len(path) == 1 or _has(prop.properties, path[1:])
    return False


def _endpoint(catalogue: Catalogue, name: str) -> Target | None:
    return next((Target(endpoint=entry) for entry in catalogue.api.endpoints if entry.name == name), None)


def _connection(catalogue: Catalogue, name: str) -> Target | None:
    matches = catalogue.find_connections(name)
    return Target(connection=matches[0]) if len(matches) == 1 else None


_FINDERS: dict[str, Callable[[Catalogue, str], Target | None]] = {
    "object": _object,
    "property": _property,
    "endpoint": _endpoint,
    "connection": _connection,
}
