"""What a link can name: an object, one of its properties, an endpoint, a connection."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..problems import listing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..model import Catalogue, Connection, ConnectionObject, Endpoint, Property


class Target(NamedTuple):
    """What a link leads to: an object, with ``step`` and ``path`` one of its properties; an endpoint; a connection."""

    obj: ConnectionObject | None = None
    step: str = ""
    path: tuple[str, ...] = ()
    endpoint: Endpoint | None = None
    connection: Connection | None = None

    @property
    def what(self) -> str:
        """What it is: ``object``, ``property``, ``endpoint`` or ``connection``."""
        if self.obj is not None:
            return "property" if self.path else "object"
        return "endpoint" if self.endpoint else "connection"

    @property
    def anchor(self) -> str:
        """The id to which the link leads."""
        if self.obj is not None:
            return self.obj.property_anchor(self.step, self.path) if self.path else self.obj.anchor
        found = self.endpoint or self.connection
        return found.anchor if found else ""


def find_target(catalogue: Catalogue, name: str, what: str = "") -> Target | None:
    """Find what ``name`` stands for, None if there is no such thing or more than one.

    ``what`` is ``object``, ``property``, ``endpoint`` or ``connection``; without it, the first of them in
    this order that has the name.  An object's name is a type or key (``platform.salesforce``,
    ``source/salesforce``, ``salesforce``); a property's begins with its object's
    (``platform.salesforce.api_type``, nested ``TYPE.parent.child``, with its step where it must be told,
    ``TYPE.oauth.client_id``); an endpoint has its own (``sources.create``); a connection's is its key, or
    the type that it alone has.
    """
    return next(find_targets(catalogue, name, what), None)


def find_targets(catalogue: Catalogue, name: str, what: str = "") -> Iterator[Target]:
    """All that ``name`` can stand for, nothing if it is the key of two objects; see :func:`find_target`."""
    if not what and len(catalogue.find(name)) > 1:
        return
    for finder in (_FINDERS[what],) if what else _FINDERS.values():
        found = finder(catalogue, name)
        if found is not None:
            yield found


def ambiguous(catalogue: Catalogue, name: str, what: str = "object") -> str | None:
    """What to say of a name that more than one object, or connection, has; None if it is not so."""
    found = catalogue.find_connections(name) if what == "connection" else catalogue.find(name)
    if len(found) < 2:
        return None
    wanted = listing((f"{item.kind}/{item.key}" for item in found), "or")
    told = "the name" if what == "connection" else "the key"
    return f"“{name}” is {told} of more than one {what}; write {wanted}"


def target_names(catalogue: Catalogue, name: str, what: str = "") -> list[str]:
    """The names that there are, to find the one that is meant; of properties, those of the object it begins with."""
    if what == "connection":
        return catalogue.connection_names()
    if what == "endpoint":
        return [endpoint.name for endpoint in catalogue.api.endpoints]
    properties = [
        f"{start}.{prop.name}"
        for obj in (catalogue.objects if what != "object" else ())
        for start in (obj.type, f"{obj.kind}/{obj.key}", obj.key)
        if f"{name}.".startswith(f"{start}.")
        for step in obj.steps
        for prop in step.properties
    ]
    if what == "property" and properties:
        return properties
    return [*catalogue.names(), *(target_names(catalogue, name, "endpoint") if not what else ()), *properties]


def names_of(catalogue: Catalogue, item: ConnectionObject | Connection) -> list[str]:
    """The names of an object or connection: kind and key, and its type and key where these are its own."""
    find = catalogue.find if hasattr(item, "steps") else catalogue.find_connections
    first = f"{item.kind}/{item.key}"
    others = [name for name in (item.type, item.key) if name is not None and find(name) == [item]]
    return list(dict.fromkeys((first, *others)))


def property_names(catalogue: Catalogue, obj: ConnectionObject) -> Iterator[tuple[Target, list[str]]]:
    """Every property of an object, nested ones too, with its names.

    The first has the key and the step; the others begin with the type, without the step where it need not be told.
    """
    own_type = catalogue.find(obj.type) == [obj]
    paths = dict.fromkeys(obj.property_paths)
    # What each name leads to, as ``_property_of`` finds it: every build asks for all names, and has no time to search.
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for path in paths:
        found.setdefault(path[1:], path)
    for path in paths:
        found.setdefault(path, path)
    for path in paths:
        names = [".".join((f"{obj.kind}/{obj.key}", *path))]
        ends = (path, path[1:]) if own_type else ()
        names += [".".join((obj.type, *end)) for end in ends if found[end] == path]
        yield Target(obj, path[0], path[1:]), names


def _object(catalogue: Catalogue, name: str) -> Target | None:
    found = catalogue.find(name)
    return Target(found[0]) if len(found) == 1 else None


def _property(catalogue: Catalogue, name: str) -> Target | None:
    parts = name.split(".")
    # Types have dots in them, so the longest beginning that is an object counts.
    for end in range(len(parts) - 1, 0, -1):
        found = catalogue.find(".".join(parts[:end]))
        if len(found) == 1:
            return _property_of(found[0], tuple(parts[end:]))
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
    found = catalogue.find_connections(name)
    return Target(connection=found[0]) if len(found) == 1 else None


_FINDERS: dict[str, Callable[[Catalogue, str], Target | None]] = {
    "object": _object,
    "property": _property,
    "endpoint": _endpoint,
    "connection": _connection,
}
