"""Errors of a JSON Schema validator in the words of the pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from ..formats import FORMATS
from ..problems import QUOTED
from ..scalars import has_form
from ..suggestions import nearest
from .wording import BOUNDS, KINDS, SIZES, TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jsonschema import ValidationError

    from ..object_schema import Schema


class Member(NamedTuple):
    """What is known of a value; that of a secret is in no message."""

    is_secret: bool


def missing(condition: Schema | None) -> str:
    """What to say of a member that must be sent, always or if the schema of a condition holds."""
    if condition is None:
        return TEXTS["missing"]
    return TEXTS["missingIf"] % {"condition": f" {TEXTS['and']} ".join(_conditions(condition))}


def _conditions(schema: Schema) -> Iterator[str]:
    for one in schema.get("allOf", [schema]):
        if "not" in one:
            yield TEXTS["isNotSent"] % {"name": one["not"]["required"][0]}
        elif "properties" in one:
            ((name, member),) = one["properties"].items()
            yield TEXTS["hasValue"] % {"name": name, "values": _values(member["enum"])}
        else:
            yield TEXTS["isSent"] % {"name": one["required"][0]}


def sets(schemas: Sequence[Schema], value: Any, exactly_one: bool) -> str:  # noqa: FBT001 - positional beside its like
    """What to say of a value without, or with too many, of the sets of a choice."""
    names = [[*_names(schema)] for schema in schemas]
    listed = f" {TEXTS['or']} ".join(_quoted_names(one) for one in names)
    found = [name for name in dict.fromkeys(name for one in names for name in one) if _has(value, name.split("."))]
    seen = _quoted_names(found) if found else TEXTS["none"]
    return TEXTS["oneSet" if exactly_one else "anySet"] % {"sets": listed, "found": seen}


def _quoted_names(names: Sequence[str]) -> str:
    return f" {TEXTS['and']} ".join(f"“{name}”" for name in names)


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
    found = "" if member.is_secret else TEXTS["found"] % {"value": _quoted(value)}
    if error.validator == "enum":
        texts = [one for one in bound if isinstance(one, str)]
        meant = nearest(value, texts) if isinstance(value, str) and not member.is_secret else ""
        return f"{TEXTS['mustBe'] % {'values': _values(bound)}}{found}{meant}"
    if error.validator == "format":
        return f"{TEXTS['mustBe'] % {'values': FORMATS[bound].meaning}}{found}"
    if error.validator in BOUNDS:
        return f"{BOUNDS[error.validator] % {'bound': bound}}{found}"
    if error.validator in SIZES:
        return SIZES[error.validator] % {"bound": f"{bound:,}", "size": f"{len(value):,}"}
    return TEXTS["wrong"]


def _type(types: Sequence[str], value: Any, member: Member) -> str:
    """What to say of a value of another type; often it lacks quotes, or has some."""
    if not member.is_secret:
        if "string" in types and isinstance(value, (bool, int, float)):
            return TEXTS["quoted"] % {"text": _quoted(json.dumps(value)), "value": _quoted(value)}
        if isinstance(value, str) and any(
            has_form(value, name) for name in types if name in ("integer", "number", "boolean")
        ):
            return TEXTS["unquoted"] % {"value": value, "text": _quoted(value)}
    expected = f" {TEXTS['or']} ".join(KINDS[name] for name in types)
    return TEXTS["type"] % {"types": expected, "found": _kind(value)}


def _kind(value: Any) -> str:
    """What messages call a value that they do not show."""
    kinds = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    return KINDS[kinds.get(type(value), "null")]


def _values(values: Sequence[Any]) -> str:
    texts = [_quoted(value) for value in values]
    return f" {TEXTS['or']} ".join(filter(None, (", ".join(texts[:-1]), texts[-1])))


def _quoted(value: Any) -> str:
    """A value as JSON, not longer than messages quote."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= QUOTED else f"{text[: QUOTED - 1]}…"
