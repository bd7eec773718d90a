"""Values of data files, where every scalar is text, read as the type of their property."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ..keys import ENTRIES
from ..reading.data_file import Quoted
from ..scalars import SCALARS, has_form, read_scalar
from ..suggestions import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..model import Item, Property
    from ..reading.data_file import KeyPath


#: Numbers of YAML 1.2's core schema, in decimal, as far as JSON has them and Python reads them.
_INTEGER = re.compile(r"[-+]?[0-9]{1,100}\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]{1,100}(\.[0-9]*)?)([eE][-+]?[0-9]{1,2})?\Z")

#: One for all values, as making one takes longer than its work.
_JSON = json.JSONEncoder(ensure_ascii=False)


class ContradictionError(ValueError):
    """A value does not have the type that its property declares; the message continues a sentence about the value.

    ``path`` leads to the member or item that is wrong, if it is not the whole value.
    """

    def __init__(self, message: str, path: KeyPath) -> None:
        super().__init__(message)
        self.path = path


def typed(value: Any, of: Property | Item, path: KeyPath = ()) -> Any:
    """Read a value of a data file as the first declared type that fits; ``path`` leads to a value within another.

    Raises :class:`ContradictionError` if no type fits, or if the value does not fit the constraints.
    """
    if value is None and of.nullable:
        return None
    failures = []
    for name in of.types:
        try:
            result = _as_type(value, name, of, path)
        except ContradictionError as failure:
            failures.append(failure)
        else:
            if fault := of.constraints.fault(result):
                message = f"{fault}; found {shown(value)}"
                raise ContradictionError(message, path)
            return result
    # The failure deepest in the value is the most specific one.
    deepest = max(failures, key=lambda failure: len(failure.path))
    if deepest.path != path or (len(failures) == 1 and str(deepest) not in of.types):
        raise deepest
    message = f"is not of type {' or '.join(of.types)}; found {shown(value)}"
    raise ContradictionError(message, path)


def json_text(text: str, types: Iterable[str]) -> str:
    """The JSON of a scalar that the data have as text, as the first of these types whose form it has; else a text."""
    for name in types:
        if name in SCALARS and has_form(text, name):
            return as_json(read_scalar(text, name))
    return as_json(text)


def free_form(value: Any) -> Any:
    """A value of which the data say no type: scalars are those of YAML 1.2's core schema, unless they are in quotes."""
    if isinstance(value, list):
        return [free_form(item) for item in value]
    if isinstance(value, dict):
        return {key: free_form(item) for key, item in value.items()}
    if not isinstance(value, str) or isinstance(value, Quoted):
        return value
    if value.lower() in ("true", "false", "null") and value in (value.lower(), value.upper(), value.title()):
        return json.loads(value.lower())
    if _INTEGER.match(value):
        return int(value)
    return float(value) if _FLOAT.match(value) else value


def shown(value: Any) -> str:
    """A value as messages show it: in quotes, at most 60 characters long."""
    text = value if isinstance(value, str) else as_json(value)
    return f"“{text if len(text) <= 60 else text[:59] + '…'}”"


def as_json(value: Any) -> str:
    """The JSON text of a value; members keep their order."""
    return _JSON.encode(value)


def _as_type(value: Any, name: str, of: Property | Item, path: KeyPath) -> Any:
    if name == "array" and isinstance(value, list):
        return [_item(item, of, (*path, index)) for index, item in enumerate(value)]
    if name == "object":
        return _object(value, of, path)
    if isinstance(value, str) and name in SCALARS and has_form(value, name):
        return read_scalar(value, name)
    raise ContradictionError(name, path)


def _item(value: Any, of: Property | Item, path: KeyPath) -> Any:
    if of.members:
        return _object(value, of, path)
    return typed(value, of.item, path) if of.item else free_form(value)


def _object(value: Any, of: Property | Item, path: KeyPath) -> Any:
    if not of.members and isinstance(value, str) and value.lstrip().startswith("{"):
        value = _object_of_json(value, path)
    if not isinstance(value, dict):
        message = f"is not of type object; found {shown(value)}"
        raise ContradictionError(message, path)
    return {key: _member(key, item, of, (*path, key)) for key, item in value.items()}


def _object_of_json(text: str, path: KeyPath) -> Any:
    """The object of a text that is JSON."""
    try:
        value = json.loads(text)
    except ValueError:
        value = None
    if isinstance(value, dict):
        return value
    message = f"is neither a mapping nor a text that is a JSON object; found {shown(text)}"
    raise ContradictionError(message, path)


def _member(key: str, value: Any, of: Property | Item, path: KeyPath) -> Any:
    if not of.members:
        return free_form(value)
    members = of.members.get(key) or of.members.get(ENTRIES)
    if members is None:
        message = f"is not a nested property{suggestion(key, of.members)}"
        raise ContradictionError(message, path)
    return typed_as_one(value, members, path)


def typed_as_one(value: Any, properties: Sequence[Property], path: KeyPath = ()) -> Any:
    """Read a value as the first of several properties with one name that it fits; see :func:`typed`."""
    for prop in properties[:-1]:
        with suppress(ContradictionError):
            return typed(value, prop, path)
    return typed(value, properties[-1], path)
