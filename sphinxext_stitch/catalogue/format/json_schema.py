"""The JSON Schema of the data files, for editors, and that of the export.

The schema of a file accepts more than :mod:`..reading.validate`: where a field takes text, the file can have any scalar,
such as ``version: 1``, as it is read as it is written.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ..scalars import has_form
from . import api_records, records
from .exported import Export

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: The record of each file, by the name of its schema.
FILES: dict[str, type] = {
    "object": records.ObjectRecord,
    "group": records.GroupRecord,
    "api": api_records.ApiRecord,
    "check": records.CheckRecord,
}

#: The draft of JSON Schema that all editors support.
_DIALECT = "http://json-schema.org/draft-07/schema#"

#: The types that YAML may give a scalar that we read as text; a number includes integers.
_SCALAR = {"type": ["string", "number", "boolean"]}

#: The keyword for the least number of entries, which a required list or mapping has, by its type.
_AT_LEAST = {"array": "minItems", "object": "minProperties"}


def json_schema(
    name: str,
    steps: Iterable[str] | None = None,
    kinds: Iterable[str] | None = None,
    attributes: Mapping[str, Iterable[str]] | None = None,
) -> dict[str, Any]:
    """The schema of the data files of a kind; ``name`` is a key of :data:`FILES`.

    ``steps`` are the names of the further steps that an object can have, ``kinds`` those that ``api.yml`` names, and
    ``attributes`` the values of its attributes by name, none if it does not name them; of what is None, any name can be
    one.
    """
    schema: dict[str, Any] = _loosened(_of_class(FILES[name]))
    if name == "object":
        # The record has further steps in one field; in the file, each is a key of its own.
        step = schema["properties"].pop("steps")["additionalProperties"]
        if steps is None:
            schema["additionalProperties"] = step
        else:
            schema["properties"] |= dict.fromkeys(steps, step)
        if attributes is not None:
            for record in (schema, schema["$defs"]["ConnectionRecord"]):
                _name_attributes(record["properties"]["attributes"], attributes)
    elif name == "api" and kinds is not None:
        known = {"enum": list(kinds)}
        (kind, _null), (_name, by_kind, _null) = (
            schema["$defs"][record]["properties"][field]["anyOf"]
            for record, field in (("EndpointRecord", "kind"), ("StepInfoRecord", "endpoint"))
        )
        by_kind["propertyNames"] = known
        kind.clear()
        kind |= {**known, "type": "string"}
    return {"$schema": _DIALECT, "title": f"sphinxext-stitch: {name}", **schema}


def _name_attributes(schema: dict[str, Any], attributes: Mapping[str, Iterable[str]]) -> None:
    """Let a schema of attributes take these alone, and their values if these are named."""
    any_values = schema.pop("additionalProperties")
    known = {
        name: {"enum": [reading for value in values for reading in _readings(value)]}
        for name, values in attributes.items()
    }
    schema["properties"] = {
        name: {"anyOf": [values, {"type": "array", "items": values}]} if values["enum"] else any_values
        for name, values in known.items()
    }
    schema["additionalProperties"] = False


def _readings(value: str) -> list[Any]:
    """What YAML can read a text as that has no quotes."""
    is_typed = any(has_form(value, type_name) for type_name in ("boolean", "number"))
    return [value, json.loads(value)] if is_typed else [value]


def export_schema() -> dict[str, Any]:
    """The schema of the JSON that :mod:`..export` makes."""
    return {"$schema": _DIALECT, **_of_class(Export)}


def _of_class(class_: type) -> dict[str, Any]:
    # This import takes long, and a command that makes no schema does without it.
    from pydantic import TypeAdapter

    return TypeAdapter(class_).json_schema()


def _loosened(schema: Any) -> Any:
    """A part of pydantic's schema, in which each scalar is text, as a schema of YAML, in which it has any type."""
    if isinstance(schema, list):
        return [_loosened(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {
        key: {name: _loosened(value) for name, value in part.items()}
        if key in ("properties", "patternProperties", "$defs")
        else _loosened(part)
        for key, part in schema.items()
        if key != "title" and (key, part) not in (("default", None), ("default", []))
    }
    if "patternProperties" in schema:
        schema["additionalProperties"] = False
    for name in schema.get("required", ()):
        field = schema["properties"][name]
        if field.get("type") in ("array", "object"):
            field[_AT_LEAST[field["type"]]] = 1
    if "description" in schema:
        schema["description"] = schema["description"].partition("\n\n")[0].replace("``", "`").replace("\n", " ")
    if schema.get("enum") == ["true", "false"]:
        return {**_without_type(schema), "enum": [True, False, "true", "false"]}
    return schema | _SCALAR if schema.get("type") == "string" and "enum" not in schema else schema


def _without_type(schema: dict[str, Any]) -> dict[str, Any]:
    return {key: part for key, part in schema.items() if key != "type"}
