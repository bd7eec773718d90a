"""Examples: values read as their property's type, and the JSON body of an object."""

from __future__ import annotations

import json
import re
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any

from ..suggestions import suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ..model import Condition, Property, PropertySet
    from ..reading.data_file import KeyPath

#: The form of each scalar type, and the function that reads it.  The forms are those of JSON: ``007`` is not an integer.
#: Python refuses to read integers that are much longer, and reads numbers that are much larger as infinity.
_SCALARS: dict[str, tuple[re.Pattern[str], Callable[[str], Any]]] = {
    "string": (re.compile(r".*\Z", re.DOTALL), str),
    "integer": (re.compile(r"-?(0|[1-9][0-9]{0,99})\Z"), int),
    "number": (re.compile(r"-?(0|[1-9][0-9]{0,99})(\.[0-9]+)?([eE][-+]?[0-9]{1,2})?\Z"), json.loads),
    "boolean": (re.compile(r"(true|false)\Z"), json.loads),
}


class ContradictionError(ValueError):
    """A value does not have the type that its property declares; the message continues a sentence about the value.

    ``path`` leads to the member or item that is wrong, if it is not the whole value.
    """

    def __init__(self, message: str, path: KeyPath) -> None:
        super().__init__(message)
        self.path = path


def typed(
    value: Any, types: Iterable[str], items: tuple[str, ...], nested: dict[str, Property], path: KeyPath = ()
) -> Any:
    """Read a value of a data file, where every scalar is text, as the first declared type that fits.

    ``items`` are the types of an array's elements; ``nested`` the properties of an object (or of each
    element), by name; ``path`` leads to a value within another.  Raises :class:`ContradictionError` if no
    type fits.
    """
    names = list(types)
    failures = []
    for name in names:
        try:
            return _as_type(value, name, items, nested, path)
        except ContradictionError as failure:
            failures.append(failure)
    # The failure deepest in the value is the most specific one.
    deepest = max(failures, key=lambda failure: len(failure.path))
    if deepest.path != path:
        raise deepest
    message = f"is not of type {' or '.join(names)}; found {shown(value)}"
    raise ContradictionError(message, path)


def accepted_types(types: tuple[str, ...], items: tuple[str, ...]) -> tuple[str, ...]:
    """The types that accepted values of a property can have: for an array, those of its items."""
    own = tuple(name for name in types if name != "array")
    return own if own == types else (*own, *(items or ("string",)))


def shown(value: Any) -> str:
    """A value as messages show it: in quotes, at most 60 characters long."""
    text = value if isinstance(value, str) else as_json(value)
    return f"“{text if len(text) <= 60 else text[:59] + '…'}”"


def _as_type(value: Any, name: str, items: tuple[str, ...], nested: dict[str, Property], path: KeyPath) -> Any:
    if name == "array" and isinstance(value, list):
        inner = ("object",) if nested else items
        return [typed(item, inner, (), nested, (*path, index)) if inner else item for index, item in enumerate(value)]
    if name == "object" and isinstance(value, dict):
        return {key: _member(key, item, nested, (*path, key)) for key, item in value.items()}
    if isinstance(value, str) and name in _SCALARS:
        pattern, read = _SCALARS[name]
        if pattern.match(value):
            return read(value)
    raise ContradictionError(name, path)


def _member(key: str, value: Any, nested: dict[str, Property], path: KeyPath) -> Any:
    if key not in nested:
        if nested:
            message = f"is not a nested property{suggestion(key, nested)}"
            raise ContradictionError(message, path)
        return value
    prop = nested[key]
    return typed(value, prop.types, prop.items, {child.name: child for child in prop.properties}, path)


def body(
    properties: Sequence[Property], choices: Iterable[Sequence[PropertySet]] = (), *, minimal: bool = False
) -> dict[str, Any]:
    """The example of an object: the properties that a client can send, by name; if ``minimal``, those that it must.

    Of each choice, the first set is used.  A property with a condition is included if and only if the condition holds
    in the example; read-only properties never are.  A value is the property's example, else its first accepted value,
    else its default, else the examples of its nested properties, else a placeholder of its first type.
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
    if prop.values:
        first = typed(prop.values[0][0], accepted_types(prop.types, prop.items), (), {})
        return [first] if prop.types[0] == "array" else first
    if prop.default is not None:
        return json.loads(prop.default)
    if prop.properties:
        inner = body(prop.properties, minimal=minimal)
        return [inner] if "array" in prop.types else inner
    return _placeholder(prop.name, prop.types[0], prop.items)


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


def _placeholder(name: str, type_name: str, items: tuple[str, ...]) -> Any:
    if type_name == "array":
        return [_placeholder(name, items[0], ())] if items else []
    simple = {"integer": 1, "number": 1.5, "boolean": True, "object": {}}
    return simple.get(type_name, f"<{name.upper()}>")


def as_json(value: Any) -> str:
    """The JSON text of a value; members keep their order."""
    return json.dumps(value, ensure_ascii=False)
