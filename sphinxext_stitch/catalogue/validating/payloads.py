"""What is wrong with the properties that a client would send.

The JSON Schema of the object decides, see :mod:`..object_schema`.  It takes what is read-only, and members that the data
do not name; here the first are errors and the others are notes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validators

from ..formats import FORMATS
from ..suggestions import nearest
from .messages import Member, missing, sets, value_message
from .wording import TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..object_schema import Schema

    #: The keys and indices that lead to a value.
    Path = tuple[str | int, ...]


class Fault(NamedTuple):
    """What is wrong with a value; a note is no error.  ``path`` is as in ``reports[0].days``, empty for the whole."""

    path: str
    message: str
    is_error: bool = True


def faults(schema: Schema, payload: Any) -> list[Fault]:
    """The errors and notes of a payload, by their place in it; each once."""
    found = [*_errors(schema, payload), *_beyond_the_schema(schema, payload, ())]
    order: dict[Path, int] = {}
    _number(payload, (), order)
    # What is missing stands behind what its object has.
    found.sort(key=lambda one: order.get(one[0], len(order)))
    return [*dict.fromkeys(fault for _path, fault in found)]


def written(path: Path) -> str:
    """A path as messages have it."""
    text = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path)
    return text.removeprefix(".")


def _number(value: Any, path: Path, order: dict[Path, int]) -> None:
    """Number the places of a payload in the order in which it is read."""
    order[path] = len(order)
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        _number(member, (*path, key), order)


def _errors(schema: Schema, payload: Any) -> Iterator[tuple[Path, Fault]]:
    errors = [*_Validator(schema, format_checker=_FORMATS).iter_errors(payload)]
    specific = {tuple(error.absolute_path) for error in errors if error.validator != "anyOf"}
    of_type = {tuple(error.absolute_path) for error in errors if error.validator == "type"}
    for error in errors:
        path: Path = tuple(error.absolute_path)
        if path in of_type and error.validator != "type":
            continue  # the type says it all
        parts = list(error.absolute_schema_path)
        if error.validator == "required":
            rule = _at(schema, parts[: -1 - parts[::-1].index("then")]) if "then" in parts else {}
            for name in error.validator_value:
                if name not in error.instance:
                    yield (*path, name), Fault(written((*path, name)), missing(rule.get("if")))
        elif error.validator in ("oneOf", "anyOf") and "allOf" in parts[-4:]:
            yield path, Fault(written(path), sets(error.validator_value, error.instance, error.validator == "oneOf"))
        elif error.validator != "anyOf":
            yield path, Fault(written(path), value_message(_member(schema, path), error))
        elif path not in specific:
            # A property that is something else in each case, and is none of it.
            yield path, Fault(written(path), value_message(_member(schema, path), _of_cases(error)))


def _of_cases(error: ValidationError) -> ValidationError:
    """One error for a value that fits none of the cases: of a case that takes its type, else with the types of all."""
    by_case: dict[Any, list[ValidationError]] = {}
    for one in error.context:
        by_case.setdefault(one.schema_path[0], []).append(one)
    types = []
    for errors in by_case.values():
        of_type = [one for one in errors if one.validator == "type" and not one.path]
        if not of_type:
            return errors[0]
        types += of_type
    names = [name for one in types for name in _listed(one.validator_value)]
    types[0].validator_value = [*dict.fromkeys(names)]
    return types[0]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _at(schema: Schema, parts: Sequence[str | int]) -> Schema:
    part: Any = schema
    for key in parts:
        part = part[key]
    return part if isinstance(part, dict) else {}


def _member(schema: Schema, path: Path) -> Member:
    """What the schema says of the value at a path, besides its keywords: whether it or what it is in is secret."""
    is_secret = False
    for key in path:
        schema = _below(schema, key)
        is_secret = is_secret or any(one.get("writeOnly") for one in schema.get("anyOf", [schema]))
    return Member(is_secret=is_secret)


def _below(schema: Schema, key: str | int) -> Schema:
    """The schema of a member or item; empty if there is none."""
    if isinstance(key, int):
        below = schema.get("items", {})
    else:
        below = schema.get("properties", {}).get(key, schema.get("additionalProperties", {}))
    return below if isinstance(below, dict) else {}


def _beyond_the_schema(schema: Schema, value: Any, path: Path) -> Iterator[tuple[Path, Fault]]:
    """Errors of members that are read-only, and notes of unknown ones."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    known = schema.get("properties", {})
    for key, member in members:
        here = (*path, key)
        below = _below(schema, key)
        cases = below.get("anyOf", [below])
        if cases and all(one.get("readOnly") for one in cases):
            yield here, Fault(written(here), TEXTS["readOnly"])
        elif isinstance(key, str) and known and key not in known and "additionalProperties" not in schema:
            yield here, Fault(written(here), TEXTS["unknown"] + _meant(key, member, path, known), is_error=False)
        for one in cases:
            yield from _beyond_the_schema(one, member, here)


def _meant(key: str, member: Any, path: Path, known: Schema) -> str:
    if not path and key == "properties" and isinstance(member, dict):
        return TEXTS["wholeBody"]
    return nearest(key, known)


def _pattern(validator: Any, pattern: str, instance: Any, _schema: Schema) -> Iterator[ValidationError]:
    """Match a pattern; one that Python cannot read takes any text."""
    try:
        matches = not validator.is_type(instance, "string") or re.search(pattern, instance)
    except re.error:
        return
    if not matches:
        yield ValidationError(pattern)


_Validator = validators.extend(Draft202012Validator, {"pattern": _pattern})

_FORMATS = FormatChecker(formats=())
for _name, _format in FORMATS.items():
    _FORMATS.checks(_name)(lambda value, fits=_format.fits: not isinstance(value, str) or fits(value))
