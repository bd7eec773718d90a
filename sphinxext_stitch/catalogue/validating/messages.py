"""Errors of a JSON Schema validator in the words of the pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from ..formats import FORMATS
from ..problems import QUOTED
from ..scalars import has_form
from ..suggestions import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from jsonschema import ValidationError

    from ..object_schema import Schema

#: What messages call a value of each type.
_KINDS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
}


class Member(NamedTuple):
    """What is known of a value; that of a secret is in no message."""

    is_secret: bool


def missing(condition: Schema | None) -> str:
    """What to say of a member that must be sent, always or if the schema of a condition holds."""
    if condition is None:
        return "is missing; it is required"
    return f"is missing; it is required if {' and '.join(_conditions(condition))}"


def _conditions(schema: Schema) -> Iterator[str]:
    for one in schema.get("allOf", [schema]):
        if "not" in one:
            yield f"“{one['not']['required'][0]}” is not sent"
        elif "properties" in one:
            ((name, member),) = one["properties"].items()
            yield f"“{name}” is {_values(member['enum'])}"
        else:
            yield f"“{one['required'][0]}” is sent"


def sets(schemas: Sequence[Schema], value: Any, exactly_one: bool) -> str:  # noqa: FBT001 - positional beside its like
    """What to say of a value without, or with too many, of the sets of a choice."""
    names = [[*_names(schema)] for schema in schemas]
    listed = " or ".join(" and ".join(f"“{name}”" for name in one) for one in names)
    found = [name for name in dict.fromkeys(name for one in names for name in one) if _has(value, name.split("."))]
    seen = " and ".join(f"“{name}”" for name in found) if found else "none of them"
    amount = "exactly one set" if exactly_one else "at least one set"
    return f"must have {amount} of {listed}; found {seen}"


def _names(schema: Schema) -> Iterator[str]:
    """The names of a set; those of nested members are dotted."""
    for name in schema.get("required", ()):
        below = schema.get("properties", {}).get(name, {})
        nested = [f"{name}.{further}" for further in _names(below)]
        yield from nested or [name]


def _has(value: Any, keys: Sequence[str]) -> bool:
    if not isinstance(value, dict):
        return False
    name = ".".join(keys)
    return name in value or any(_has(value.get(".".join(keys[:end])), keys[end:]) for end in range(1, len(keys)))


def value_message(member: Member, error: ValidationError) -> str:
    """What to say of a value that is none that the property takes."""
    bound, value = error.validator_value, error.instance
    if error.validator == "type":
        return _type(bound if isinstance(bound, list) else [bound], value, member)
    found = "" if member.is_secret else f"; found {_quoted(value)}"
    if error.validator == "enum":
        texts = [one for one in bound if isinstance(one, str)]
        meant = nearest(value, texts) if isinstance(value, str) and not member.is_secret else ""
        return f"must be {_values(bound)}{found}{meant}"
    if error.validator == "format":
        return f"must be {FORMATS[bound].meaning}{found}"
    if error.validator in _BOUNDS:
        return f"{_BOUNDS[error.validator](bound)}{found}"
    size = len(value) if isinstance(value, (str, list)) else 0
    return f"{_SIZES[error.validator](bound)}; it has {size:,}" if error.validator in _SIZES else "has a wrong value"


#: What to say of each bound of a value, and of its size.
_BOUNDS: dict[object, Callable[[Any], str]] = {
    "minimum": lambda bound: f"must be at least {bound}",
    "maximum": lambda bound: f"must be at most {bound}",
    "exclusiveMinimum": lambda bound: f"must be more than {bound}",
    "exclusiveMaximum": lambda bound: f"must be less than {bound}",
    "multipleOf": lambda bound: f"must be a multiple of {bound}",
    "pattern": lambda bound: f"must match {bound}",
    "uniqueItems": lambda _bound: "must have no two items alike",
}
_SIZES: dict[object, Callable[[Any], str]] = {
    "minLength": lambda bound: f"must have at least {bound:,} characters",
    "maxLength": lambda bound: f"must have at most {bound:,} characters",
    "minItems": lambda bound: f"must have at least {bound:,} items",
    "maxItems": lambda bound: f"must have at most {bound:,} items",
}


def _type(types: Sequence[str], value: Any, member: Member) -> str:
    """What to say of a value of another type; often it lacks quotes, or has some."""
    if not member.is_secret:
        if "string" in types and isinstance(value, (bool, int, float)):
            return f"must be the text {_quoted(json.dumps(value))}, not {_quoted(value)}"
        if isinstance(value, str) and any(
            has_form(value, name) for name in types if name in ("integer", "number", "boolean")
        ):
            return f"must be {value}, not the text {_quoted(value)}"
    expected = " or ".join(_KINDS[name] for name in types)
    return f"must be {expected}, not {_kind(value)}"


def _kind(value: Any) -> str:
    """What messages call a value that they do not show."""
    kinds = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    return _KINDS[kinds.get(type(value), "null")]


def _values(values: Sequence[Any]) -> str:
    texts = [_quoted(value) for value in values]
    return " or ".join(filter(None, (", ".join(texts[:-1]), texts[-1])))


def _quoted(value: Any) -> str:
    """A value as JSON, not longer than messages quote."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= QUOTED else f"{text[: QUOTED - 1]}…"
