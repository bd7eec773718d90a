"""From the fields of a property to its constraints, with the problems of those that contradict each other or its type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..constraints import NONE, Constraints
from ..problems import Problem, Subtype, listing
from ..scalars import read_scalar
from ..texts import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..problems import Report
    from ..reading.data_file import Located

_OF_NUMBERS = ("minimum", "maximum", "exclusive_minimum", "exclusive_maximum", "multiple_of")

#: The JSON types that each constraint is of; ``pattern_description`` is of those that have a ``pattern``.
TYPES = {
    **dict.fromkeys(_OF_NUMBERS, ("integer", "number")),
    **dict.fromkeys(("min_length", "max_length", "format", "pattern"), ("string",)),
    **dict.fromkeys(("min_items", "max_items", "unique_items"), ("array",)),
}

_NAMES = (*TYPES, "pattern_description")

#: Pairs of bounds, of which the first must not be higher than the second.
_BOUNDS = (("minimum", "maximum"), ("min_length", "max_length"), ("min_items", "max_items"))


def compose_constraints(
    fields: Mapping[str, Located], types: tuple[str, ...], owner: str, report: Report
) -> Constraints:
    """The constraints of the ``owner`` among its fields; one that contradicts another or the types is reported.

    Forms of numbers are checked with the record already.
    """
    if fields.keys().isdisjoint(_NAMES):  # as nearly always
        return NONE
    stated = {name: fields[name] for name in _NAMES if name in fields}
    values: dict[str, Any] = {name: _read(name, located) for name, located in stated.items()}
    faults = {
        **{name: (Subtype.WRONG_TYPE, message) for name, message in _contradictions(values, owner)},
        **{name: (Subtype.WITHOUT_EFFECT, message) for name, message in _without_effect(values, types, owner)},
    }
    for name, (subtype, message) in faults.items():
        report(Problem(stated[name].key_place, subtype, message))
    constraints = Constraints(**{name: value for name, value in values.items() if name not in faults})
    number = 1 if "integer" in types else 1.5
    if not {"integer", "number"}.isdisjoint(types) and constraints.fault(constraints.fitted(number)):
        last = max((name for name in stated if name in _OF_NUMBERS), key=lambda name: stated[name].key_place)
        message = f"the bounds of {owner} leave no {types[0] if len(types) == 1 else 'number'}"
        report(Problem(stated[last].key_place, Subtype.WRONG_TYPE, message))
        others = {name: value for name, value in values.items() if name not in (*faults, *_OF_NUMBERS)}
        return Constraints(**others)
    return constraints


def _read(name: str, located: Located) -> Any:
    if name in ("format", "pattern"):
        return located.value
    if name == "pattern_description":
        return Phrase(located.value, located.place)
    if name == "unique_items":
        return located.value == "true"
    return read_scalar(located.value, "number" if "number" in TYPES[name] else "integer")


def _without_effect(values: Mapping[str, Any], types: tuple[str, ...], owner: str) -> Iterator[tuple[str, str]]:
    for name, of_types in TYPES.items():
        if name in values and not set(of_types) & set(types):
            yield name, f"“{name}” of {owner} has no effect: only the type {listing(of_types, 'or')} has it"
    if "pattern_description" in values and "pattern" not in values:
        yield "pattern_description", f"“pattern_description” of {owner} has no effect without a “pattern”"


def _contradictions(values: Mapping[str, Any], owner: str) -> Iterator[tuple[str, str]]:
    for low, high in _BOUNDS:
        if low in values and high in values and values[low] > values[high]:
            yield high, f"“{high}” of {owner} is lower than “{low}”: {values[high]:,} and {values[low]:,}"
    if values.get("multiple_of", 1) <= 0:
        yield "multiple_of", f"“multiple_of” of {owner} takes a number above 0; found “{values['multiple_of']}”"
