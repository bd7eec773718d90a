"""Compare what values a property or item takes within its types: bounds, lengths, counts, patterns and formats."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Any, NamedTuple

from ..problems import listing
from .changes import ChangeType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..constraints import Constraints, Number
    from ..model import Item, Property
    from .changes import Message


class Limit(NamedTuple):
    """A limit to what a value can be: what is compared, and the words for it behind its verb."""

    value: Any
    words: str


class LimitType(NamedTuple):
    """A kind of limit: the JSON types that it is of, its verb as in “need not VERB”, and when one is no narrower than another."""

    types: tuple[str, ...]
    verb: str
    allows: Callable[[Any, Any], bool]


#: Present and past of the verbs.
_VERBS = {"be": ("is", "was"), "have": ("has", "had")}


def constraint_changes(was: Property | Item, now: Property | Item) -> Iterator[Message]:
    """The changes of the constraints, each for values of a type that was taken before and is taken now."""
    before, after = _limits(was), _limits(now)
    for name, (types, verb, allows) in _LIMITS.items():
        if set(types).isdisjoint(was.types) or set(types).isdisjoint(now.types):
            continue
        old, new = before.get(name), after.get(name)
        present, past = _VERBS[verb]
        if old is None and new is not None:
            yield ChangeType.CONSTRAINT_NARROWED, f"{present} {new.words} now"
        elif old is not None and new is None:
            yield ChangeType.CONSTRAINT_WIDENED, f"need not {verb} {old.words} any more"
        elif old is not None and new is not None and old.value != new.value:
            is_wider = allows(new.value, old.value)
            change_type = ChangeType.CONSTRAINT_WIDENED if is_wider else ChangeType.CONSTRAINT_NARROWED
            yield change_type, f"{present} {new.words} now; it {past} {old.words}"


def _is_lower(bound: Any, other: Any) -> bool:
    return bool(bound <= other)


def _is_higher(bound: Any, other: Any) -> bool:
    return bool(bound >= other)


def _divides(step: Number, other: Number) -> bool:
    return not Fraction(str(other)) % Fraction(str(step))


def _is_same(limit: Any, other: Any) -> bool:
    return bool(limit == other)


_NUMBERS = ("integer", "number")
_LIMITS = {
    "lower": LimitType(_NUMBERS, "be", _is_lower),
    "upper": LimitType(_NUMBERS, "be", _is_higher),
    "multiple_of": LimitType(_NUMBERS, "be", _divides),
    "min_length": LimitType(("string",), "have", _is_lower),
    "max_length": LimitType(("string",), "have", _is_higher),
    "min_items": LimitType(("array",), "have", _is_lower),
    "max_items": LimitType(("array",), "have", _is_higher),
    "unique_items": LimitType(("array",), "have", _is_same),
    "pattern": LimitType(("string",), "have", _is_same),
    "format": LimitType(("string",), "have", _is_same),
}


def _limits(of: Property | Item) -> dict[str, Limit]:
    """The limits of a value, by the names of :data:`_LIMITS`."""
    constraints = of.constraints
    lower, upper = _lower(constraints, of.types), _upper(constraints, of.types)
    limits = {"lower": lower, "upper": upper}
    if constraints.multiple_of is not None:
        limits["multiple_of"] = Limit(constraints.multiple_of, f"a multiple of {constraints.multiple_of:,}")
    for name, words in (("length", "character"), ("items", "item")):
        for bound, beginning in (("min", "at least"), ("max", "at most")):
            number = getattr(constraints, f"{bound}_{name}")
            if number is not None and (bound, number) != ("min", 0):
                plural = "" if number == 1 else "s"
                limits[f"{bound}_{name}"] = Limit(number, f"{beginning} {number:,} {words}{plural}")
    if constraints.unique_items:
        limits["unique_items"] = Limit(value=True, words="all items different")
    for name in ("pattern", "format"):
        text = getattr(constraints, name)
        if text is not None:
            limits[name] = Limit(text, f"the {name} {listing([text], 'or')}")
    return {name: limit for name, limit in limits.items() if limit is not None}


def _lower(constraints: Constraints, types: tuple[str, ...]) -> Limit | None:
    """The lowest number, and whether it is just not taken itself; of integers, the lowest one that is."""
    whole = "number" not in types
    bounds: list[tuple[Number, bool]] = []
    if constraints.minimum is not None:
        bounds.append((ceil(constraints.minimum) if whole else constraints.minimum, False))
    if constraints.exclusive_minimum is not None:
        bound = constraints.exclusive_minimum
        bounds.append((floor(bound) + 1, False) if whole else (bound, True))
    if not bounds:
        return None
    number, is_exclusive = max(bounds)
    return Limit((number, is_exclusive), f"{'more than' if is_exclusive else 'at least'} {number:,}")


def _upper(constraints: Constraints, types: tuple[str, ...]) -> Limit | None:
    """The highest number, and whether it is taken itself; of integers, the highest one that is."""
    whole = "number" not in types
    bounds: list[tuple[Number, bool]] = []
    if constraints.maximum is not None:
        bounds.append((floor(constraints.maximum) if whole else constraints.maximum, True))
    if constraints.exclusive_maximum is not None:
        bound = constraints.exclusive_maximum
        bounds.append((ceil(bound) - 1, True) if whole else (bound, False))
    if not bounds:
        return None
    number, is_inclusive = min(bounds)
    return Limit((number, is_inclusive), f"{'at most' if is_inclusive else 'less than'} {number:,}")
