"""Values of a source as values of the data format: texts that are read as the same JSON again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ..composing.doubts import is_name_of_secret
from ..composing.values import free_form
from ..invisible import HIDDEN
from ..scalars import has_form, read_scalar
from .texts import LONGEST, escaped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .result import Fields

#: The types of JSON Schema in the order in which a text is tried as each of them: a number is also a text.
TYPES = ("boolean", "integer", "number", "object", "array", "string")

#: How deep an example or default is at most; the data format has 50 levels for all.
_MAX_DEPTH = 12


def type_of(value: Any) -> str:
    """The type of a JSON value; a number without fraction is an ``integer``, as JSON Schema has it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "integer" if float(value).is_integer() else "number"
    return "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"


def is_of_type(value: Any, types: Iterable[str]) -> bool:
    """Whether a value has one of some types of the data format."""
    name = type_of(value)
    return name in types or (name == "integer" and "number" in types)


def text_of(value: Any, types: Iterable[str]) -> str | None:
    """The text of an accepted value; None if it would be read as another one, or as none."""
    if isinstance(value, str) and ("\n" in value or not _is_text(value)):
        return None
    if value is None or isinstance(value, (list, dict)):
        return None
    if isinstance(value, float) and value.is_integer() and not is_of_type(0.5, types):
        value = int(value)
    text = value if isinstance(value, str) else json.dumps(value)
    return text if _read(text, types) == (type_of(value), value) else None


def _read(text: str, types: Iterable[str]) -> tuple[str, Any] | None:
    for name in types:
        if name in ("object", "array"):
            continue
        if has_form(text, name):
            value = read_scalar(text, name)
            return type_of(value), value
    return None


def names_secret(value: Any) -> bool:
    """Whether a value has a text below the name of a secret."""
    if isinstance(value, list):
        return any(map(names_secret, value))
    if not isinstance(value, dict):
        return False
    return any(
        (isinstance(member, str) and member != "" and is_name_of_secret(name)) or names_secret(member)
        for name, member in value.items()
    )


def example_of(value: Any, fields: Fields) -> Any:
    """An example or default of what some fields describe; raises :class:`ValueError` if they do not take it.

    Texts are escaped, as braces in them could be a substitution.
    """
    return _fitted(value, fields, _MAX_DEPTH)


def _fitted(value: Any, fields: Fields, depth: int) -> Any:
    types = _as_list(fields["type"])
    if value is None and fields.get("nullable"):
        return None
    if not is_of_type(value, types):
        raise ValueError
    if isinstance(value, list):
        items = fields.get("items")
        if items is None:
            return [_free(item, depth - 1) for item in value]
        return [_fitted(item, items if isinstance(items, dict) else {"type": items}, depth - 1) for item in value]
    if isinstance(value, dict):
        return _fitted_members(value, fields, depth)
    text = text_of(value, types) if not isinstance(value, str) else value
    if text is None or not _is_text(text) or _read(text, types) != (type_of(value), value):
        raise ValueError
    return escaped(text) if isinstance(value, str) else int(value) if has_form(text, "integer") else value


def _fitted_members(value: dict[str, Any], fields: Fields, depth: int) -> Any:
    entries = fields.get("entries")
    if depth <= 0 or not all(map(_is_text, value)):
        raise ValueError
    if "properties" not in fields and entries is None:
        return {name: _free(member, depth - 1) for name, member in value.items()}
    fitted = {}
    for name, member in value.items():
        known = [prop for prop in fields.get("properties", ()) if prop["name"] == name]
        if len(known) > 1 or (not known and entries is None):
            raise ValueError
        fitted[name] = _fitted(member, known[0] if known else entries or {}, depth - 1)
    return fitted


def _is_text(text: str) -> bool:
    """Whether a data file can have a text as it is."""
    return len(text) <= LONGEST // 2 and not HIDDEN.search(text)  # each of its braces can need another character


def _free(value: Any, depth: int) -> Any:
    """A value of which the data do not say what it is."""
    if depth <= 0:
        raise ValueError
    if isinstance(value, list):
        return [_free(item, depth - 1) for item in value]
    if isinstance(value, dict):
        if not all(map(_is_text, value)):
            raise ValueError
        return {name: _free(member, depth - 1) for name, member in value.items()}
    if isinstance(value, str):
        if not _is_text(value):
            raise ValueError
        return escaped(value)
    if value is not None and free_form(json.dumps(value)) != value:
        raise ValueError
    return value


def _as_list(types: Any) -> list[str]:
    return [types] if isinstance(types, str) else list(types)
