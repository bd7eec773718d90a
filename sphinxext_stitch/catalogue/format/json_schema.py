"""The JSON Schema of the data files, for editors: what :mod:`.schema` checks of one file; and that of the export.

The one of a file is looser where a schema cannot know more: a scalar is read as written, so that ``version: 1`` is a text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from ..export import Export
from ..format import records

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The record of each file, by the name of its schema.
FILES: dict[str, type] = {
    "object": records.ObjectRecord,
    "group": records.GroupRecord,
    "api": records.ApiRecord,
    "check": records.CheckRecord,
}

#: The version that every editor knows.
_DIALECT = "http://json-schema.org/draft-07/schema#"

#: What YAML may take a text for; an integer is a number, too.
_SCALAR = {"type": ["string", "number", "boolean"]}


def json_schema(name: str, steps: Iterable[str] | None = None) -> dict[str, Any]:
    """The schema of a file.

    ``steps`` are the further steps that an object can have; None if they are not known, then any key can be one.
    """
    schema: dict[str, Any] = _loosened(TypeAdapter(FILES[name]).json_schema())
    if name == "object":
        # The record gathers further steps; in the file each is a key of its own.
        step = schema["properties"].pop("steps")["additionalProperties"]
        if steps is None:
            schema["additionalProperties"] = step
        else:
            schema["properties"] |= dict.fromkeys(steps, step)
    return {"$schema": _DIALECT, "title": f"sphinxext-stitch: {name}", **schema}


def export_schema() -> dict[str, Any]:
    """The schema of what :mod:`.export` makes."""
    return {"$schema": _DIALECT, **TypeAdapter(Export).json_schema()}


def _loosened(schema: Any) -> Any:
    """A part of pydantic's schema, which is that of data in which each scalar is text, as one of YAML."""
    if isinstance(schema, list):
        return [_loosened(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {
        key: {name: _loosened(value) for name, value in part.items()}
        if key in ("properties", "$defs")
        else _loosened(part)
        for key, part in schema.items()
        if key != "title" and (key, part) not in (("default", None), ("default", []))
    }
    if "description" in schema:
        schema["description"] = schema["description"].partition("\n\n")[0].replace("``", "`").replace("\n", " ")
    if schema.get("enum") == ["true", "false"]:
        return {**_without_type(schema), "enum": [True, False, "true", "false"]}
    return schema | _SCALAR if schema.get("type") == "string" and "enum" not in schema else schema


def _without_type(schema: dict[str, Any]) -> dict[str, Any]:
    return {key: part for key, part in schema.items() if key != "type"}
