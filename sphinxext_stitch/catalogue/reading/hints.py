"""What is meant by keys, words and shapes that the data format does not have, but other formats do."""

from __future__ import annotations

import re
from types import NoneType
from typing import TYPE_CHECKING, Any

from ..suggestions import nearest, suggestion

if TYPE_CHECKING:
    from collections.abc import Collection

#: The key of this format for one of JSON Schema, or of other catalogues of connectors, or of another record.
_KEYS = {
    "additionalproperties": "entries",
    "choices": "values",
    "const": "values",
    "displayname": "name",
    "documentation": "docs",
    "documentationurl": "docs",
    "enum": "values",
    "examples": "example",
    "help": "description",
    "hidden": "internal",
    "label": "title",
    "mandatory": "required",
    "max": "maximum",
    "min": "minimum",
    "name": "title",
    "options": "values",
    "regex": "pattern",
    "sensitive": "secret",
    "state": "status",
    "summary": "description",
    "title": "name",
    "writeonly": "secret",
}

#: The type of JSON for one of another language.
_WORDS = {
    "bool": "boolean",
    "dict": "object",
    "double": "number",
    "float": "number",
    "int": "integer",
    "list": "array",
    "long": "integer",
    "map": "object",
    "no": "false",
    "off": "false",
    "on": "true",
    "str": "string",
    "text": "string",
    "yes": "true",
}

#: What says what other formats have as a type.
_TYPES = {
    **{name: f"“string” with “format: {name}”" for name in ("date", "date-time", "email", "time", "uri", "uuid")},
    "datetime": "“string” with “format: date-time”",
    "enum": "“string” with “values”",
    "null": "“nullable: true” beside the other types",
    "password": "“string” with “secret: true”",
    "secret": "“string” with “secret: true”",
    "timestamp": "“string” with “format: date-time”",
    "url": "“string” with “format: uri”",
}

_PROPERTY = "each property is an item of a list and begins with “- name:”"
_CONNECTION = "each connection is an item of a list and begins with “- key:”"
_VERSION = "each version is an item of a list and begins with “- version:”"
_CONDITION = "a condition names a property and its value, as in “{mode: key}” or “{mode: {present: true}}”"
_SET = "each set is a list of names, as in “[[name], [other_name, third_name]]”"

#: What to write where a field, or an item of it, has a value of another type.
_SHAPES: dict[tuple[Any, type], str] = {
    ("properties", dict): _PROPERTY,
    ("properties", str): _PROPERTY,
    ("connections", dict): _CONNECTION,
    ("connections", str): _CONNECTION,
    ("history", dict): _VERSION,
    ("history", str): _VERSION,
    ("required", list): "write “required: true” in each of these properties",
    ("required_if", list): _CONDITION,
    ("required_if", str): _CONDITION,
    ("applies_if", list): _CONDITION,
    ("applies_if", str): _CONDITION,
    ("one_of", str): _SET,
    ("any_of", str): _SET,
    ("entries", str): "as in “{type: string}”",
    ("deprecated", str): "say since when, as in “{since: 2030-01-31}”, or “status: deprecated” alone",
    ("values", dict): "values with meanings are one mapping: “value: what it does”",
    ("values", NoneType): "for null, write “nullable: true” beside the values",
}


def hint_for_key(name: str, known: Collection[str]) -> str:
    """What to write instead of an unknown key, as the end of a message; empty if nobody can tell."""
    if name == "required" and "properties" in known:
        return hint_for_shape(name, [])
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
    for meant in (plain, plain.replace("-", "_"), _KEYS.get(plain.replace("_", ""), "")):
        if meant != name and meant in known:
            return f"; did you mean “{meant}”?"
    return suggestion(name, known)


def hint_for_word(word: str, known: Collection[str]) -> str:
    """What to write instead of a wrong word, as the end of a message; empty if nobody can tell."""
    if "string" in known and word.lower() in _TYPES:
        return f"; did you mean {_TYPES[word.lower()]}?"
    meant = _WORDS.get(word.lower())
    return f"; did you mean “{meant}”?" if meant in known else nearest(word, known)


def hint_for_shape(field: Any, value: Any) -> str:
    """What to write where a value has another type than the field, or an item of it, as the end of a message."""
    hint = _SHAPES.get((field, str if isinstance(value, str) else type(value)))
    return f"; {hint}" if hint else ""
