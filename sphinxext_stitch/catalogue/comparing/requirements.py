"""Compare when a property must be sent, and when it has an effect."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from ..composing.values import ContradictionError, typed
from ..problems import listing
from .changes import ChangeType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..model import Condition, Property
    from .changes import Message

    #: Properties beside each other by name, several if it depends on the case.
    Named = Mapping[str, Sequence[Property]]

    #: Conditions, all of which must hold: none if they always do; or None in their place if they cannot.
    Conditions = tuple[Condition, ...] | None


def requirement_of_new(now: Property, old: Named, new: Named) -> Message:
    """The change by a new property: it breaks only what a client of the old API can have sent."""
    conditions = possible(now.required_where, old, new)
    if conditions is None:
        return ChangeType.PROPERTY_ADDED, "is new"
    return ChangeType.PROPERTY_REQUIRED, f"is new, and required{where(now.required_where)}"


def requirement_changes(was: Property, now: Property, old: Named, new: Named) -> Iterator[Message]:
    """The changes of whether a property must be sent."""
    before, after = was.required_where, possible(now.required_where, old, new)
    if after is not None and (before is None or not _implies(after, before)):
        yield ChangeType.PROPERTY_REQUIRED, f"is required now{where(now.required_where)}"
    elif before is not None and (after is None or not _implies(before, after)):
        if now.required_where:
            yield ChangeType.PROPERTY_OPTIONAL, f"is required only{where(now.required_where)} now"
        elif not now.read_only and not now.supplied:
            yield ChangeType.PROPERTY_OPTIONAL, "is optional now"


def case_changes(was: Property, now: Property) -> Iterator[Message]:
    """The changes of the cases in which a property has an effect."""
    if set(was.applies_if) != set(now.applies_if):
        cases = f"has an effect only{where(now.applies_if)} now" if now.applies_if else "always has an effect now"
        yield ChangeType.CASES_CHANGED, cases


def where(conditions: Conditions) -> str:
    """The end of a message that names the conditions; empty if there are none."""
    words = " and ".join(_words(condition) for condition in conditions or ())
    return f" where {words}" if words else ""


def possible(conditions: Conditions, old: Named, new: Named) -> Conditions:
    """What is left of conditions for a client of the old API; None if they cannot hold for one.

    Such a client sends no properties and values that the old API did not have; what it does not send has the default of the
    new one.
    """
    left = [_possible(condition, old, new) for condition in conditions or ()]
    return None if conditions is None or None in left else tuple(filter(None, left))


def _possible(condition: Condition, old: Named, new: Named) -> Condition | None:
    before, after = old.get(condition.name, ()), new.get(condition.name, ())
    if not condition.values:
        return condition if before or not condition.present else None
    values = [
        value
        for value in condition.values
        if any(_takes(prop, value) for prop in before) or any(_is_default(prop, value) for prop in after)
    ]
    return replace(condition, values=tuple(values)) if values else None


def _words(condition: Condition) -> str:
    if condition.values:
        return f"“{condition.name}” is {listing(condition.values, 'or')}"
    return f"“{condition.name}” is {'sent' if condition.present else 'not sent'}"


def _implies(conditions: Iterable[Condition], others: Iterable[Condition]) -> bool:
    """Whether the other conditions hold wherever these do."""
    known = list(conditions)
    return all(any(_is_part(condition, other) for condition in known) for other in others)


def _is_part(condition: Condition, other: Condition) -> bool:
    same = (condition.name, condition.present, bool(condition.values)) == (
        other.name,
        other.present,
        bool(other.values),
    )
    return same and set(condition.values) <= set(other.values)


def _takes(prop: Property, value: str) -> bool:
    """Whether a client can send a value of a condition."""
    with suppress(ContradictionError):
        typed(value, prop)
        return not prop.accepted or value in prop.accepted
    return False


def _is_default(prop: Property, value: str) -> bool:
    with suppress(ContradictionError):
        return prop.default is not None and json.loads(prop.default) == typed(value, prop)
    return False
