"""Examples: the JSON body of an object."""

from __future__ import annotations

import json
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any

from ..formats import FORMATS
from .values import as_json, typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..model import Condition, Item, Property, PropertySet


def body(
    properties: Sequence[Property], choices: Iterable[Sequence[PropertySet]] = (), *, minimal: bool = False
) -> dict[str, Any]:
    """The example of an object: the properties that a client can send, by name; if ``minimal``, those that it must.

    Of each choice, the first set is used.  A property with a condition is included if and only if the condition holds
    in the example; read-only properties never are.  A value is the property's example, else its default, else its first
    accepted value, else the examples of its nested properties, else a placeholder of its first type.
    """
    chosen = {name for choice in choices for name in choice[0].names}
    others = {name for choice in choices for entry in choice for name in entry.names} - chosen
    by_name = {prop.name: prop for prop in properties}
    example: dict[str, Any] = {}

    def holds(condition: Condition) -> bool:
        default = by_name[condition.name].default
        current = example.get(condition.name, None if default is None else json.loads(default))
        return (current if isinstance(current, str) else as_json(current)) in condition.values

    # A property comes after those that its conditions name; conditions that form a cycle were left out.
    named = {prop.name: [condition.name for condition in prop.required_if] for prop in properties}
    for prop in map(by_name.__getitem__, TopologicalSorter(named).static_order()):
        if prop.required_if:
            included = all(map(holds, prop.required_if))
        else:
            included = not minimal or prop.required or prop.name in chosen
        if included and not prop.read_only and prop.name not in others:
            example[prop.name] = value(prop, minimal=minimal)
    return dict(sorted(example.items()))


def value(prop: Property, *, minimal: bool = False) -> Any:
    """The example value of one property; see :func:`body`."""
    if prop.example is not None:
        return _members(json.loads(prop.example), prop, minimal=minimal)
    if prop.default is not None:
        return json.loads(prop.default)
    if prop.values:
        first = typed(prop.values[0][0], prop.accepted_item)
        return prop.constraints.fitted([first]) if prop.types[0] == "array" else first
    if prop.properties:
        inner = body(prop.properties, minimal=minimal)
        return prop.constraints.fitted([inner]) if "array" in prop.types else inner
    return _placeholder(prop.name, prop)


def _members(example: Any, prop: Property, *, minimal: bool) -> Any:
    """An example from the data without its read-only members; if ``minimal``, without all optional ones, too."""
    if isinstance(example, list):
        return [_members(item, prop, minimal=minimal) for item in example]
    if not isinstance(example, dict):
        return example
    nested = {child.name: child for child in prop.properties}
    left_out = {
        child.name
        for child in prop.properties
        if child.read_only or (minimal and not child.required and not child.required_if)
    }
    return {
        key: _members(item, nested[key], minimal=minimal) if key in nested else item
        for key, item in example.items()
        if key not in left_out
    }


def _placeholder(name: str, of: Property | Item) -> Any:
    """A value of the first type, as far as the constraints go; a pattern is for people to follow."""
    type_name = of.types[0]
    if type_name == "array":
        items = [_placeholder(name, of.item)] if of.item else []
        return of.constraints.fitted(items)
    simple = {"integer": 1, "number": 1.5, "boolean": True, "object": {}}
    if type_name in simple:
        return of.constraints.fitted(simple[type_name])
    if of.constraints.format in FORMATS:
        return FORMATS[of.constraints.format].example
    return of.constraints.fitted(f"<{name.upper()}>")
