"""Compare when a property must be sent, and when it has an effect."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from ..composing.values import ContradictionError, typed
from ..problems import listing
from .changes import ChangeType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..model import Condition, Property
    from .changes import Message

    #: Properties beside each other by name, several if it depends on the case.
    Named = Mapping[str, Sequence[Property]]

    #: Conditions, all of which must hold: none if they always do; or None in their place if they never do.
    Conditions = tuple[Condition, ...] | None


class Scope(NamedTuple):
    """For which requests of clients of the old API a condition holds: by the value of a property, or where it is not sent.

    ``values`` are None if all are meant.
    """

    name: str
    values: frozenset[str] | None
    absent: bool

    def is_within(self, other: Scope) -> bool:
        """Whether the other condition holds wherever this one does."""
        values = other.values is None or (self.values is not None and self.values <= other.values)
        return self.name == other.name and values and (other.absent or not self.absent)


def requirement_of_new(now: Property, old: Named, new: Named) -> Message:
    """The change by a new property: it breaks only what a client of the old API can have sent."""
    if _scopes(now.required_where, old, new) is None:
        return ChangeType.PROPERTY_ADDED, "is new"
    return ChangeType.PROPERTY_REQUIRED, f"is new, and required{_where(now.required_where)}"


def requirement_changes(was: Property, now: Property, old: Named, new: Named) -> Iterator[Message]:
    """The changes of whether a property must be sent."""
    before, after = _scopes(was.required_where, old, old), _scopes(now.required_where, old, new)
    if after is not None and (before is None or not _is_within(after, before)):
        yield ChangeType.PROPERTY_REQUIRED, f"is required now{_where(now.required_where)}"
    elif before is not None and (after is None or not _is_within(before, after)):
        if now.required_where:
            yield ChangeType.PROPERTY_OPTIONAL, f"is required only{_where(now.required_where)} now"
        elif not now.read_only and not now.supplied:
            yield ChangeType.PROPERTY_OPTIONAL, "is optional now"


def case_changes(was: Property, now: Property) -> Iterator[Message]:
    """The changes of the cases in which a property has an effect."""
    if set(was.applies_if) != set(now.applies_if):
        cases = f"has an effect only{_where(now.applies_if)} now" if now.applies_if else "always has an effect now"
        yield ChangeType.CASES_CHANGED, cases


def _where(conditions: Conditions) -> str:
    """The end of a message that names the conditions; empty if there are none."""
    words = " and ".join(_words(condition) for condition in conditions or ())
    return f" where {words}" if words else ""


def _words(condition: Condition) -> str:
    if condition.values:
        return f"“{condition.name}” is {listing(condition.values, 'or')}"
    return f"“{condition.name}” is {'sent' if condition.present else 'not sent'}"


def _is_within(scopes: Iterable[Scope], others: Iterable[Scope]) -> bool:
    """Whether the other conditions hold wherever these do."""
    known = list(scopes)
    return all(any(scope.is_within(other) for scope in known) for other in others)


def _scopes(conditions: Conditions, old: Named, of_defaults: Named) -> tuple[Scope, ...] | None:
    """The scopes of conditions; None if one cannot hold for any request of a client of the ``old`` API.

    What such a client does not send has the default that is in ``of_defaults``.
    """
    scopes = [_scope(condition, old, of_defaults) for condition in conditions or ()]
    can_hold = all(scope.values is None or scope.values or scope.absent for scope in scopes)
    return tuple(scopes) if conditions is not None and can_hold else None


def _scope(condition: Condition, old: Named, of_defaults: Named) -> Scope:
    known = old.get(condition.name, ())
    can_be_absent = all(prop.required_where != () for prop in known)
    if condition.values:
        values = frozenset(value for value in condition.values if any(_takes(prop, value) for prop in known))
        defaults = of_defaults.get(condition.name, ())
        is_default = any(_is_default(prop, value) for prop in defaults for value in condition.values)
        return Scope(condition.name, values, absent=is_default and can_be_absent)
    if condition.present:
        return Scope(condition.name, None if known else frozenset(), absent=False)
    return Scope(condition.name, frozenset(), absent=can_be_absent)


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
