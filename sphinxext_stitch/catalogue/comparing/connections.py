"""Compare the connections that are available in the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .changes import Change, ChangeType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..model import Catalogue, Connection, ConnectionObject

    #: The kind and key of an object or connection.
    Name = tuple[str, str]

#: An object in the old and in the new catalogue; None in the one that does not have it.
Pair = tuple["ConnectionObject | None", "ConnectionObject | None"]


def connection_changes(old: Catalogue, new: Catalogue, pairs: Iterable[Pair]) -> Iterator[Change]:
    """The connections that were added or removed, except those of an object that was added or removed itself."""
    pairs = list(pairs)
    removed = {(was.kind, was.key) for was, now in pairs if was and not now}
    added = {(now.kind, now.key) for was, now in pairs if now and not was}
    types = {was.type: now.type for was, now in pairs if was and now}
    before, after = _available(old.connections), _available(new.connections)
    _drop_renamed(pairs, before, after)
    for (kind, key), connection in before.items():
        now = after.get((kind, key))
        subject = f"{kind}/{key}"
        if now is None:
            if (kind, connection.object_key) not in removed:
                message = f"the connection “{connection.name}” is not available any more"
                yield Change(ChangeType.CONNECTION_REMOVED, subject, message)
        elif now.type != types.get(connection.type or "", now.type):
            yield Change(ChangeType.TYPE_CHANGED, subject, f"the connection “{now.name}” has the type “{now.type}” now")
    for (kind, key), connection in after.items():
        if (kind, key) not in before and (kind, connection.object_key) not in added:
            message = f"the connection “{connection.name}” is available now"
            yield Change(ChangeType.CONNECTION_ADDED, f"{kind}/{key}", message)


def _available(connections: Iterable[Connection]) -> dict[Name, Connection]:
    return {
        (connection.kind, connection.key): connection
        for connection in connections
        if connection.type is not None and connection.status != "sunset"
    }


def _drop_renamed(pairs: Iterable[Pair], before: dict[Name, Connection], after: dict[Name, Connection]) -> None:
    """Drop the connections whose key is that of their object if its file alone is renamed: clients know the type."""
    for was, now in pairs:
        if was and now and was.key != now.key:
            old, new = before.get((was.kind, was.key)), after.get((now.kind, now.key))
            if old and new and (old.object_key, new.object_key) == (was.key, now.key):
                del before[was.kind, was.key], after[now.kind, now.key]
