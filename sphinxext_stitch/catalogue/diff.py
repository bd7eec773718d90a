"""Compare two catalogues: the changes for clients of the API, in what they can send and what they must.

Texts and examples are not compared, as a change of these breaks no program.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, Self, TypeVar

from .problems import listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .model import Api, Catalogue, Choice, Connection, ConnectionObject, Property, Step

    Named = TypeVar("Named", "Step", "Property")

#: The weights of changes, the most important one first.
WEIGHTS = ("breaking", "addition", "other")


class ChangeType(Enum):
    """A kind of change.

    The value of a member is its name in JSON, ``weight`` one of :data:`WEIGHTS`, ``explanation`` a sentence for
    the manual.
    """

    weight: str
    explanation: str

    def __new__(cls, value: str, weight: str, explanation: str) -> Self:
        member = object.__new__(cls)
        member._value_ = value
        member.weight = weight
        member.explanation = explanation
        return member

    OBJECT_REMOVED = "object-removed", "breaking", "The API does not have an object any more."
    TYPE_CHANGED = "type-changed", "breaking", "An object, or the one of a connection, has another type."
    CONNECTION_REMOVED = "connection-removed", "breaking", "A connection is not available in the API any more."
    STEP_REMOVED = "step-removed", "breaking", "An object does not have a step any more."
    STEP_REQUIRED = "step-required", "breaking", "An object needs a step that it did not need."
    PROPERTY_REMOVED = "property-removed", "breaking", "A property is not there any more."
    PROPERTY_REQUIRED = "property-required", "breaking", "A property must be sent that could be left out, or is new."
    PROPERTY_READ_ONLY = "property-read-only", "breaking", "A property cannot be sent any more."
    TYPE_REFUSED = "type-refused", "breaking", "A property, or an item of it, does not take a JSON type any more."
    VALUE_REFUSED = "value-refused", "breaking", "A property does not take a value any more."
    CHOICE_REQUIRED = "choice-required", "breaking", "Exactly one of some sets of properties must be sent."
    ENDPOINT_REMOVED = "endpoint-removed", "breaking", "An endpoint is not there any more."
    ENDPOINT_CHANGED = "endpoint-changed", "breaking", "An endpoint has another method or path."

    OBJECT_ADDED = "object-added", "addition", "The API has a new object."
    CONNECTION_ADDED = "connection-added", "addition", "A connection is available in the API now."
    STEP_ADDED = "step-added", "addition", "An object has a new step."
    PROPERTY_ADDED = "property-added", "addition", "There is a new property, which can be left out."
    PROPERTY_OPTIONAL = "property-optional", "addition", "A property can be left out that had to be sent."
    PROPERTY_WRITABLE = "property-writable", "addition", "A property can be sent that was read-only."
    TYPE_ACCEPTED = "type-accepted", "addition", "A property, or an item of it, takes another JSON type, too."
    VALUE_ACCEPTED = "value-accepted", "addition", "A property takes another value, too."
    CHOICE_WIDENED = "choice-widened", "addition", "A choice of sets of properties has another set, or is gone."
    ENDPOINT_ADDED = "endpoint-added", "addition", "There is a new endpoint."

    DEPRECATED = "deprecated", "other", "An object or a property is deprecated."
    DEFAULT_CHANGED = "default-changed", "other", "The API takes something else if a property is not sent."
    SECRET_CHANGED = "secret-changed", "other", "The API returns a property that it did not return, or the other way."


class Change(NamedTuple):
    """One change: its type, the subject (an object, connection or endpoint), and a message."""

    type: ChangeType
    subject: str
    message: str


def diff(old: Catalogue, new: Catalogue) -> list[Change]:
    """The changes for clients: breaking ones first, then additions, then others, each sorted by subject and message."""
    pairs = _pairs(old.objects, new.objects)
    changes = [*_endpoints(old.api, new.api), *_objects(pairs, old.api, new.api), *_connections(old, new, pairs)]
    return sorted(changes, key=lambda change: (WEIGHTS.index(change.type.weight), *change[1:]))


#: An object in the old and in the new catalogue; None in the one that does not have it.
_Pair = tuple["ConnectionObject | None", "ConnectionObject | None"]


def _pairs(old: Iterable[ConnectionObject], new: Iterable[ConnectionObject]) -> list[_Pair]:
    """Pair the objects of both catalogues: those with the same type, else those with the same key."""
    before, after = list(old), list(new)
    pairs: list[_Pair] = []
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


def _objects(pairs: Iterable[_Pair], old_api: Api, new_api: Api) -> Iterator[Change]:
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
    before, after = _by_name(was.steps), _by_name(now.steps)
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
        yield from _choices(subject, of_step, before[name].choices, after[name].choices)
        yield from _properties(subject, "", of_step, before[name].properties, after[name].properties)


def _properties(
    subject: str, parent: str, of_step: str, old: Sequence[Property], new: Sequence[Property]
) -> Iterator[Change]:
    before, after = _by_name(old), _by_name(new)
    for name in before.keys() | after.keys():
        label = f"the property “{parent}{name}”{of_step}"
        if name not in after:
            yield Change(ChangeType.PROPERTY_REMOVED, subject, f"{label} is removed")
        elif name not in before:
            required = _required(after[name])
            change_type = ChangeType.PROPERTY_REQUIRED if required else ChangeType.PROPERTY_ADDED
            yield Change(change_type, subject, f"{label} is new{', and required' if required else ''}")
        else:
            for change_type, message in _property(before[name], after[name]):
                yield Change(change_type, subject, f"{label} {message}")
            nested = (before[name].properties, after[name].properties)
            yield from _properties(subject, f"{parent}{name}.", of_step, *nested)


def _property(was: Property, now: Property) -> Iterator[tuple[ChangeType, str]]:
    """The changes of one property, without those of the properties nested in it."""
    if now.read_only and not was.read_only:
        yield ChangeType.PROPERTY_READ_ONLY, "is read-only now"
    elif was.read_only and not now.read_only:
        yield ChangeType.PROPERTY_WRITABLE, "can be sent now"
    yield from _requirement(was, now)
    yield from _types("takes", was.types, now.types)
    if was.items or now.items:
        yield from _types("has items that are", was.items, now.items)
    yield from _values([value for value, _meaning in was.values], [value for value, _meaning in now.values])
    if now.deprecated and not was.deprecated:
        yield ChangeType.DEPRECATED, "is deprecated"
    if was.default != now.default:
        yield (
            ChangeType.DEFAULT_CHANGED,
            f"is “{now.default}” if it is not sent" if now.default else "has no default any more",
        )
    if was.secret != now.secret:
        yield ChangeType.SECRET_CHANGED, "is never returned now" if now.secret else "is returned now"


def _requirement(was: Property, now: Property) -> Iterator[tuple[ChangeType, str]]:
    """The changes of whether a property must be sent."""
    if _required(now) and not _required(was):
        yield ChangeType.PROPERTY_REQUIRED, "is required now"
    elif _required(was) and not _required(now) and not now.read_only:
        yield ChangeType.PROPERTY_OPTIONAL, "is not always required any more" if now.required_if else "is optional now"
    elif now.required_if and not was.required and not _is_stricter(now, was):
        yield ChangeType.PROPERTY_REQUIRED, "is required now where other properties have some values"
    elif was.required_if and not now.required_if and not now.required and not now.read_only:
        yield ChangeType.PROPERTY_OPTIONAL, "is optional now"


def _required(prop: Property) -> bool:
    return prop.required and not prop.read_only and not prop.required_if


def _is_stricter(now: Property, was: Property) -> bool:
    """Whether a property is required under no more circumstances than it was."""
    return bool(was.required_if) and set(was.required_if) <= set(now.required_if)


def _types(verb: str, was: tuple[str, ...], now: tuple[str, ...]) -> Iterator[tuple[ChangeType, str]]:
    """The changes of accepted types; no types means any type, and an integer is a number."""
    lost = [name for name in was if name not in now and not (name == "integer" and "number" in now)]
    gained = [name for name in now if name not in was and not (name == "integer" and "number" in was)]
    if now and not was:
        yield ChangeType.TYPE_REFUSED, f"{verb} {listing(now, 'or')} only"
    elif was and not now:
        yield ChangeType.TYPE_ACCEPTED, f"{verb} of any type now"
    else:
        if lost:
            yield ChangeType.TYPE_REFUSED, f"{verb} {listing(now, 'or')} now, not {listing(lost, 'or')}"
        if gained:
            yield ChangeType.TYPE_ACCEPTED, f"{verb} {listing(gained, 'and')}, too"


def _values(was: list[str], now: list[str]) -> Iterator[tuple[ChangeType, str]]:
    """The changes of accepted values; no values means any value."""
    lost = [value for value in was if value not in now]
    gained = [value for value in now if value not in was]
    if now and not was:
        yield ChangeType.VALUE_REFUSED, f"accepts {listing(now, 'or')} only"
    elif was and not now:
        yield ChangeType.VALUE_ACCEPTED, "accepts any value now"
    else:
        if lost:
            yield ChangeType.VALUE_REFUSED, f"does not accept {listing(lost, 'and')} any more"
        if gained:
            yield ChangeType.VALUE_ACCEPTED, f"accepts {listing(gained, 'and')}, too"


def _choices(subject: str, of_step: str, old: Iterable[Choice], new: Iterable[Choice]) -> Iterator[Change]:
    before, after = _sets(old), _sets(new)
    for choice in after:
        words = " or ".join(listing(names, "and") for names in choice)
        narrower = [was for was in before if set(was) <= set(choice)]
        if not narrower:
            message = f"exactly one of these{of_step} must be sent now: {words}"
            yield Change(ChangeType.CHOICE_REQUIRED, subject, message)
        elif all(len(was) < len(choice) for was in narrower):
            yield Change(ChangeType.CHOICE_WIDENED, subject, f"there is another choice{of_step}: {words}")
    for choice in before:
        if not any(set(choice) & set(now) for now in after):
            words = " or ".join(listing(names, "and") for names in choice)
            yield Change(ChangeType.CHOICE_WIDENED, subject, f"there is no need any more to choose{of_step}: {words}")


def _sets(choices: Iterable[Choice]) -> list[list[tuple[str, ...]]]:
    return [[tuple(sorted(entry.names)) for entry in choice.sets] for choice in choices]


def _connections(old: Catalogue, new: Catalogue, pairs: Iterable[_Pair]) -> Iterator[Change]:
    """The connections that were added or removed, except those of an object that was added or removed itself."""
    removed = {(was.kind, was.key) for was, now in pairs if was and not now}
    added = {(now.kind, now.key) for was, now in pairs if now and not was}
    types = {was.type: now.type for was, now in pairs if was and now}
    before, after = _available(old.connections), _available(new.connections)
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


def _available(connections: Iterable[Connection]) -> dict[tuple[str, str], Connection]:
    return {
        (connection.kind, connection.key): connection
        for connection in connections
        if connection.type is not None and connection.status != "sunset"
    }


def _subject(obj: ConnectionObject) -> str:
    return f"{obj.kind} {obj.type}"


def _by_name(named: Iterable[Named]) -> dict[str, Named]:
    return {entry.name: entry for entry in named}
