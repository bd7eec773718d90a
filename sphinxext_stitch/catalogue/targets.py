"""What a link can name: an object, one of its properties, an endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .problems import listing

if TYPE_CHECKING:
    from .model import Catalogue, ConnectionObject, Endpoint, Property


class Target(NamedTuple):
    """What a link leads to: an object, with ``step`` and ``path`` one of its properties; or an endpoint."""

    obj: ConnectionObject | None = None
    step: str = ""
    path: tuple[str, ...] = ()
    endpoint: Endpoint | None = None

    @property
    def anchor(self) -> str:
        """The id to which the link leads; nothing for an endpoint, which has its own documentation."""
        if self.obj is None:
            return ""
        return self.obj.property_anchor(self.step, self.path) if self.path else self.obj.anchor


def find_target(catalogue: Catalogue, name: str) -> Target | None:
    """Find what ``name`` stands for, None if there is no such thing or more than one.

    A name is a type or key (``platform.salesforce``, ``salesforce``, ``source/salesforce``); the same with
    a property (``platform.salesforce.api_type``, nested ``TYPE.parent.child``, with its step where it must
    be told, ``TYPE.oauth.client_id``); or an endpoint (``sources.create``).
    """
    found = catalogue.find(name)
    if found:
        return Target(found[0]) if len(found) == 1 else None
    for endpoint in catalogue.api.endpoints:
        if endpoint.name == name:
            return Target(endpoint=endpoint)
    parts = name.split(".")
    # Types have dots in them, so the longest beginning that is an object counts.
    for end in range(len(parts) - 1, 0, -1):
        found = catalogue.find(".".join(parts[:end]))
        if len(found) == 1:
            return _property(found[0], tuple(parts[end:]))
    return None


def ambiguous(catalogue: Catalogue, name: str) -> str | None:
    """What to say of a name that is the key of more than one object, None if it is not."""
    found = catalogue.find(name)
    if len(found) < 2:
        return None
    wanted = listing((f"{obj.kind}/{obj.key}" for obj in found), "or")
    return f"“{name}” is the key of more than one object; write {wanted}"


def _property(obj: ConnectionObject, path: tuple[str, ...]) -> Target | None:
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
