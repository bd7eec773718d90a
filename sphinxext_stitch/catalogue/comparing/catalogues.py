"""Compare two catalogues: their endpoints, objects and steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .changes import WEIGHTS, Change, ChangeType
from .connections import connection_changes
from .properties import member_changes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..api import Api
    from ..model import Catalogue, ConnectionObject
    from .connections import Pair


def diff(old: Catalogue, new: Catalogue) -> list[Change]:
    """The changes for clients: breaking ones first, then additions, then others, each sorted by subject and message."""
    pairs = _pairs(old.objects, new.objects)
    changes = [*_endpoints(old.api, new.api), *_objects(pairs, old.api, new.api), *connection_changes(old, new, pairs)]
    return sorted(changes, key=lambda change: (WEIGHTS.index(change.type.weight), *change[1:]))


def _pairs(old: Iterable[ConnectionObject], new: Iterable[ConnectionObject]) -> list[Pair]:
    """Pair the objects of both catalogues: those with the same type, else those with the same key."""
    before, after = list(old), list(new)
    pairs: list[Pair] = []
    for attributes in (("kind", "type", "key"), ("kind", "type"), ("kind", "key")):
        by_name = {tuple(getattr(obj, name) for name in attributes): obj for obj in reversed(after)}
        for obj in before.copy():
            counterpart = by_name.pop(tuple(getattr(obj, name) for name in attributes), None)
            if counterpart is not None:
                pairs.append((obj, counterpart))
                before.remove(obj)
                after.remove(counterpart)
    return [*pairs, *((obj, None) for obj in before), *((None, obj) for obj in after)]


def _endpoints(old: Api, new: Api) -> Iterator[Change]:
    after = {endpoint.name: endpoint for endpoint in new.endpoints}
    for was in old.endpoints:
        now = after.pop(was.name, None)
        if now is None:
            yield Change(ChangeType.ENDPOINT_REMOVED, was.name, "the endpoint is removed")
        elif (was.method, was.path) != (now.method, now.path):
            message = f"the endpoint is “{now.method} {now.path}” now; it was “{was.method} {was.path}”"
            yield Change(ChangeType.ENDPOINT_CHANGED, was.name, message)
    for name in after:
        yield Change(ChangeType.ENDPOINT_ADDED, name, "the endpoint is new")


def _objects(pairs: Iterable[Pair], old_api: Api, new_api: Api) -> Iterator[Change]:
    for was, now in pairs:
        if now is None:
            if was is not None:
                yield Change(ChangeType.OBJECT_REMOVED, _subject(was), "the object is removed")
        elif was is None:
            yield Change(ChangeType.OBJECT_ADDED, _subject(now), "the object is new")
        else:
            subject = _subject(was)
            if was.type != now.type:
                yield Change(ChangeType.TYPE_CHANGED, subject, f"the type is “{now.type}” now")
            if now.deprecated and not was.deprecated:
                use = f"; use “{now.deprecated.use}”" if now.deprecated.use else ""
                yield Change(ChangeType.DEPRECATED, subject, f"the object is deprecated{use}")
            yield from _steps(subject, was, now, old_api, new_api)


def _steps(subject: str, was: ConnectionObject, now: ConnectionObject, old_api: Api, new_api: Api) -> Iterator[Change]:
    first = new_api.steps[0].name
    before, after = ({step.name: step for step in obj.steps} for obj in (was, now))
    for name in before.keys() - after.keys():
        yield Change(ChangeType.STEP_REMOVED, subject, f"the step “{name}” is removed")
    for name in after:
        needed = new_api.step(name).required
        if name not in before:
            change_type = ChangeType.STEP_REQUIRED if needed else ChangeType.STEP_ADDED
            yield Change(change_type, subject, f"the step “{name}” is new{', and required' if needed else ''}")
            continue
        if needed and not old_api.step(name).required:
            yield Change(ChangeType.STEP_REQUIRED, subject, f"the step “{name}” is required now")
        of_step = "" if name == first else f" of the step “{name}”"
        for change_type, message in member_changes(before[name], after[name], "", of_step):
            yield Change(change_type, subject, message)


def _subject(obj: ConnectionObject) -> str:
    return f"{obj.kind} {obj.type}"
