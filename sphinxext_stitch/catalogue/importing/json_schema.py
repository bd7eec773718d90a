"""``json-schema``: the JSON Schema of what a client sends to a connector, as it is or in the specification of Airbyte."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..problems import Problem, Subtype
from ..prose import scheme
from .result import ImportedObject, Losses, MissingKindError, Part
from .schema_alternatives import alternatives_of
from .schema_members import MemberReader
from .schema_nodes import MAX_SCHEMAS, Document, TooLargeError
from .texts import phrase, words_of_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..api import Api
    from ..problems import Report
    from ..reading.data_file import DataFile, KeyPath

#: The keys that hold the schema in a specification of Airbyte, or in what its protocol sends.
_SPECIFICATIONS = ("connectionSpecification", "connection_specification")
_HOLDERS = ("spec", "connectorSpecification")

#: The keywords of which a schema of objects has one.
_OF_OBJECTS = {"properties", "$ref", "allOf", "anyOf", "oneOf", "additionalProperties"}

#: Names of files that say nothing of the connector; that of the folder does.
_GENERAL = {
    "spec", "schema", "manifest", "specification", "expected_spec", "resources", "main", "src", "test", "integration_tests",
}  # fmt: skip

#: The end of a title such as “Shop Source Spec”.
_SPEC = re.compile(r"\s+(?:(?:source|destination)\s+)?spec(?:ification)?$", re.IGNORECASE)


def read_json_schema(file: DataFile, kind: str | None, api: Api, report: Report) -> Iterator[ImportedObject]:
    """The object of a file.

    What is no schema, or has too much in it, is reported.  Raises :class:`MissingKindError` if no ``kind`` is given.
    """
    path = _path_of_schema(file.data)
    schema = _below(file.data, path)
    if schema.get("type") != "object" and schema.keys().isdisjoint(_OF_OBJECTS):
        message = "this is neither a JSON Schema of objects nor a specification of Airbyte"
        report(Problem(file.key_place(()), Subtype.WRONG_TYPE, message))
        return
    if kind is None:
        raise MissingKindError
    try:
        yield _object(file, path, kind)
    except TooLargeError:
        message = f"with its references followed, the schema has more than {MAX_SCHEMAS:,} schemas in it"
        report(Problem(file.key_place(()), Subtype.LIMIT, message))


def _object(file: DataFile, path: KeyPath, kind: str) -> ImportedObject:
    """The object of the schema at a path of a file."""
    losses = Losses(file)
    document = Document(losses, path)
    node = document.node(_below(file.data, path), path)
    key = _key(file)
    title = phrase(node.get("title", str) or "").text
    name = _SPEC.sub("", title) if path else title
    data = Part(path, {"name": name or words_of_key(key), "type": key})
    if path:
        _add_specification(data, _below(file.data, path[:-1]), path[:-1], losses)
    reader = MemberReader(document)
    alternatives = alternatives_of(node, document)
    root = reader.values.value(alternatives._replace(node=alternatives.node.without("title")), 0)
    for field in ("description", "properties", "one_of", "any_of"):
        if field in root:
            data[field] = root[field]
    for keyword in ("additionalProperties", "default", "examples", "example"):
        if isinstance(node.schema.get(keyword), (dict, list)):
            losses.add(node.at(keyword), f"“{keyword}” of the whole has no place in the data format")
    return ImportedObject(kind, key, data, losses)


def _add_specification(data: Part, specification: Any, path: KeyPath, losses: Losses) -> None:
    """Add what a specification says beside its schema."""
    for field, value in specification.items():
        if field in ("documentationUrl", "documentation_url") and isinstance(value, str):
            if scheme(value) in ("https", "http"):
                data["docs"] = value
            else:
                losses.add((*path, field), f"“{field}” is not a web address")
        elif field not in (*_SPECIFICATIONS, "type"):
            losses.add((*path, field), f"the data format has no place for “{field}” of a specification")


def _path_of_schema(data: Any) -> KeyPath:
    """The path of the schema: in a specification, it is below a key; else it is the whole."""
    for holder in ((), *((name,) for name in _HOLDERS)):
        inner = _below(data, holder)
        for name in _SPECIFICATIONS:
            if isinstance(inner.get(name), dict):
                return (*holder, name)
    return ()


def _below(data: Any, path: KeyPath) -> Any:
    """The mapping at a path; an empty one if there is none."""
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, dict) else {}


def _key(file: DataFile) -> str:
    """The key of the object: the name of the file, or of its folder if the file has a name that many have."""
    path = Path(file.path)
    stem = re.sub(r"(\.schema|\.spec)$", "", path.stem)
    parents = [stem, *(parent.name for parent in path.absolute().parents)]
    return next((name for name in parents if name and name.lower() not in _GENERAL), stem)
