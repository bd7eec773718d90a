"""The forms of JSON's scalars in data files, where every scalar is text."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

#: The form of each scalar type, and the function that reads it.  The forms are those of JSON: ``007`` is not an integer.
#: Python refuses to read integers that are much longer, and reads numbers that are much larger as infinity.
SCALARS: dict[str, tuple[re.Pattern[str], Callable[[str], Any]]] = {
    "string": (re.compile(r".*\Z", re.DOTALL), str),
    "integer": (re.compile(r"-?(0|[1-9][0-9]{0,99})\Z"), int),
    "number": (re.compile(r"-?(0|[1-9][0-9]{0,99})(\.[0-9]+)?([eE][-+]?[0-9]{1,2})?\Z"), json.loads),
    "boolean": (re.compile(r"(true|false)\Z"), json.loads),
}


def has_form(text: str, type_name: str) -> bool:
    """Whether a text has the form of a scalar type."""
    return SCALARS[type_name][0].match(text) is not None


def read_scalar(text: str, type_name: str) -> Any:
    """The value of a text that has the form of a scalar type."""
    return SCALARS[type_name][1](text)


def is_count(text: str) -> bool:
    """Whether a text is a number of things."""
    return has_form(text, "integer") and not text.startswith("-")
