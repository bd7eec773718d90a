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

    from ..model import Api
    from ..problems import Report
    from ..reading.data_file import DataFile, KeyPath

#: The keys that hold the schema in a specification of Airbyte, or in what its protocol sends.
_SPECIFICATIONS = ("connectionSpecification", "connection_specification")
_HOLDERS = ("spec", "connectorSpecification")

#: Names of files that say nothing of the connector; that of the folder does.
_GENERAL = {"spec", "schema", "manifest", "specification", "connector", "expected_spec", "index"}

#: The end of a title such as “Shop Source Spec”.
_SPEC = re.compile(r"\s+(?:(?:source|destination)\s+)?spec(?:ification)?$", re.IGNORECASE)


def read_json_schema(file: DataFile, kind: str | None, api: Api, report: Report) -> Iterator[ImportedObject]:
    """The object of a file.

    What is no schema, or has too much in it, is reported.  Raises :class:`MissingKindError` if no ``kind`` is given.
    """
    if not isinstance(file.data, dict):
        report(Problem(file.key_place(()), Subtype.WRONG_TYPE, "this is not a JSON Schema, which is a mapping"))
        return
    if kind is None:
        raise MissingKindError
    try:
        yield _object(file, kind)
    except TooLargeError:
        message = f"with its references followed, the schema has more than {MAX_SCHEMAS:,} schemas in it"
        report(Problem(file.key_place(()), Subtype.LIMIT, message))


def _object(file: DataFile, kind: str) -> ImportedObject:
    losses = Losses(file)
    specification, path = _specification(file.data)
    key = _key(file)
    holder = _below(file.data, path[:-1]) if specification else {}
    node_path: KeyPath = path if specification else ()
    document = Document(file.data, losses)
    node = document.node(_below(file.data, node_path), node_path)
    title = phrase(node.get("title", str) or "").text
    name = _SPEC.sub("", title) if specification else title
    data = Part(node_path, {"name": name or words_of_key(key), "type": key})
    for field in ("documentationUrl", "documentation_url"):
        url = holder.get(field)
        if isinstance(url, str) and scheme(url) in ("https", "http"):
            data["docs"] = url
    for field in holder:
        if field not in (*_SPECIFICATIONS, "documentationUrl", "documentation_url", "type"):
            losses.add((*path[:-1], field), f"the data format has no place for “{field}” of a specification")
    reader = MemberReader(document)
    alternatives = alternatives_of(node, document)
    root = reader.values.value(alternatives._replace(node=alternatives.node.without("title")), 0)
    if "object" not in ([root["type"]] if isinstance(root["type"], str) else root["type"]):
        losses.add(node_path, "this is not a schema of objects")
    for field in ("description", "properties", "one_of", "any_of"):
        if field in root:
            data[field] = root[field]
    if "entries" in root:
        losses.add(node_path, "members whose names are free have no place at the top of an object")
    for keyword in ("default", "examples", "example"):
        if keyword in node.schema:
            losses.add(node.at(keyword), f"“{keyword}” of the whole has no place in the data format")
    return ImportedObject(kind, key, data, losses)


def _specification(data: Any) -> tuple[bool, KeyPath]:
    """Whether a file is a specification of Airbyte, and the path of the schema in it."""
    for holder in ((), *((name,) for name in _HOLDERS)):
        inner = _below(data, holder)
        for name in _SPECIFICATIONS:
            if isinstance(inner.get(name), dict):
                return True, (*holder, name)
    return False, ()


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
