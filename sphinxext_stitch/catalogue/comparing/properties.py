"""Compare properties, with what is nested in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model import by_name
from ..problems import listing
from .changes import ChangeType
from .choices import choice_changes
from .constraints import constraint_changes
from .requirements import case_changes, requirement_changes, requirement_of_new

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Item, Property, Step
    from .changes import Message
    from .requirements import Named


def member_changes(was: Step | Property, now: Step | Property, parent: str, of_step: str) -> Iterator[Message]:
    """The changes of the properties of a step or property, of those nested in them, and of the choices among them.

    ``parent`` is before their names in messages, ``of_step`` behind.
    """
    of = f" of the property “{parent.removesuffix('.')}”{of_step}" if parent else of_step
    yield from choice_changes(was, now, of)
    old, new = by_name(was.properties), by_name(now.properties)
    before, after = ({prop.key: prop for prop in holder.properties} for holder in (was, now))
    for key in before | after:
        label = f"the property “{parent}{key}”{of_step}"
        if key not in after:
            yield ChangeType.PROPERTY_REMOVED, f"{label} is removed"
        elif key not in before:
            change_type, message = requirement_of_new(after[key], old, new)
            yield change_type, f"{label} {message}"
        else:
            for change_type, message in _property(before[key], after[key], old, new):
                yield change_type, f"{label} {message}"
            yield from _value(label, before[key], after[key])
            yield from member_changes(before[key], after[key], f"{parent}{key}.", of_step)


#: What is said of a flag that is set, and of one that is not any more.
_FLAGS: dict[str, tuple[Message, Message]] = {
    "read_only": (
        (ChangeType.PROPERTY_READ_ONLY, "is read-only now"),
        (ChangeType.PROPERTY_WRITABLE, "can be sent now"),
    ),
    "immutable": (
        (ChangeType.PROPERTY_IMMUTABLE, "cannot be changed any more after the connection is created"),
        (ChangeType.PROPERTY_MUTABLE, "can be changed now after the connection is created"),
    ),
    "supplied": (
        (ChangeType.PROPERTY_SUPPLIED, "is supplied by the platform now if it is not sent"),
        (ChangeType.PROPERTY_NOT_SUPPLIED, "is not supplied by the platform any more"),
    ),
    "secret": (
        (ChangeType.SECRET_CHANGED, "is never returned now"),
        (ChangeType.SECRET_CHANGED, "is returned now"),
    ),
}


def _property(was: Property, now: Property, old: Named, new: Named) -> Iterator[Message]:
    """The changes of what only properties have; ``old`` and ``new`` are all that are beside each other."""
    for flag, (is_set, is_unset) in _FLAGS.items():
        if getattr(was, flag) != getattr(now, flag):
            yield is_set if getattr(now, flag) else is_unset
    yield from requirement_changes(was, now, old, new)
    yield from case_changes(was, now)
    yield from _types("takes", _types_of(was), _types_of(now))
    yield from _accepted([*was.accepted], [*now.accepted])
    if now.deprecated and not was.deprecated:
        use = f"; use “{now.replacement.use}”" if now.replacement and now.replacement.use else ""
        yield ChangeType.DEPRECATED, f"is deprecated{use}"
    if was.default != now.default:
        default = f"is “{now.default}” if it is not sent" if now.default else "has no default any more"
        yield ChangeType.DEFAULT_CHANGED, default


def _value(label: str, was: Property | Item, now: Property | Item) -> Iterator[Message]:
    """The changes of what a property and an item have in common, but for their types; then those of its own items."""
    for change_type, message in (*constraint_changes(was, now), *_unit(was, now)):
        yield change_type, f"{label} {message}"
    if "array" in was.types and "array" in now.types:
        for change_type, message in _types("has items that are", _types_of(was.item), _types_of(now.item)):
            yield change_type, f"{label} {message}"
        if was.item and now.item:
            yield from _value(f"each item of {label}", was.item, now.item)


def _unit(was: Property | Item, now: Property | Item) -> Iterator[Message]:
    if was.unit and now.unit and was.unit != now.unit:
        yield ChangeType.UNIT_CHANGED, f"has the unit “{now.unit}” now; it had the unit “{was.unit}”"
    elif was.unit != now.unit:
        yield ChangeType.UNIT_STATED, f"has the unit “{now.unit}” now" if now.unit else "has no unit any more"


def _types_of(of: Property | Item | None) -> tuple[str, ...]:
    """The accepted types; no types mean any type."""
    return (*of.types, *(["null"] if of.nullable else [])) if of else ()


def _types(verb: str, was: tuple[str, ...], now: tuple[str, ...]) -> Iterator[Message]:
    """The changes of accepted types; an integer is a number."""
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


def _accepted(was: list[str], now: list[str]) -> Iterator[Message]:
    """The changes of accepted values; no values mean any value."""
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
