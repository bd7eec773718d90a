"""What is meant by keys, words and shapes that the data format does not have, but other formats do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..suggestions import nearest, suggestion

if TYPE_CHECKING:
    from collections.abc import Collection

#: The key of this format for one of JSON Schema, or of other catalogues of connectors.
_KEYS = {
    "additionalproperties": "entries",
    "choices": "values",
    "enum": "values",
    "examples": "example",
    "help": "description",
    "label": "title",
    "max": "maximum",
    "min": "minimum",
    "options": "values",
    "sensitive": "secret",
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
    "str": "string",
    "text": "string",
}

#: What to write where a mapping is in the place of a list, or in one.
_SHAPES = {
    "properties": "each property is an item of a list and begins with “- name:”",
    "connections": "each connection is an item of a list and begins with “- key:”",
    "history": "each version is an item of a list and begins with “- version:”",
    "values": "values with meanings are one mapping: “value: what it does”",
}


def hint_for_key(name: str, known: Collection[str]) -> str:
    """What to write instead of an unknown key, as the end of a message; empty if nobody can tell."""
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
    for meant in (plain, plain.replace("-", "_"), _KEYS.get(plain.replace("_", ""), "")):
        if meant != name and meant in known:
            return f"; did you mean “{meant}”?"
    return suggestion(name, known)


def hint_for_word(word: str, known: Collection[str]) -> str:
    """What to write instead of a wrong word, as the end of a message; empty if nobody can tell."""
    meant = _WORDS.get(word.lower())
    return f"; did you mean “{meant}”?" if meant in known else nearest(word, known)


def hint_for_shape(field: Any, value: Any) -> str:
    """What to write where a mapping is in the place of a list, or of a text in one, as the end of a message."""
    return f"; {_SHAPES[field]}" if isinstance(value, dict) and field in _SHAPES else ""
