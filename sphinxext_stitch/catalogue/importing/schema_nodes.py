"""Schemas of a document, with their local references followed and what they combine put together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from ..problems import listing
from ..suggestions import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ..reading.data_file import KeyPath
    from .result import Losses

#: How many references and combinations lead to one schema at most.
_MAX_DEPTH = 40

#: Keywords of JSON Schema and of forms that are right as they are written.
_RIGHT = {
    "$comment", "additionalItems", "contains", "contentEncoding", "contentMediaType", "dependencies", "dependentRequired",
    "dependentSchemas", "else", "if", "maxContains", "maxProperties", "minContains", "minProperties", "not",
    "patternProperties", "prefixItems", "propertyNames", "then", "unevaluatedItems", "unevaluatedProperties",
    "always_show", "display_type", "group", "groups", "markdownDescription", "multiline",
}  # fmt: skip

#: How many schemas one object has at most, with those that references lead to counted each time.
MAX_SCHEMAS = 5_000


#: What the value of a keyword is: a test, and the words for it in messages.
_KINDS: dict[str, tuple[Callable[[Any], bool], str]] = {
    **dict.fromkeys(
        ("$ref", "title", "description", "format", "pattern", "pattern_descriptor"),
        (lambda value: isinstance(value, str), "a text"),
    ),
    "type": (lambda value: isinstance(value, str) or _is_texts(value), "the name of a type, or a list of names"),
    "required": (lambda value: isinstance(value, bool) or _is_texts(value), "a list of names"),
    "properties": (lambda value: isinstance(value, dict), "a mapping of schemas"),
    "enum": (lambda value: isinstance(value, list), "a list of values"),
    **dict.fromkeys(("allOf", "anyOf", "oneOf"), (lambda value: isinstance(value, list), "a list of schemas")),
}


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


class TooLargeError(Exception):
    """A schema has more in it than an object can have, once its references are followed."""


@dataclass(frozen=True)
class Node:
    """A schema: its keywords, the path of each in the document, and the references that led to it."""

    schema: dict[str, Any]
    path: KeyPath
    origins: Mapping[str, KeyPath] = field(default_factory=dict)
    references: frozenset[str] = frozenset()
    depth: int = 0

    def at(self, keyword: str, *below: str | int) -> KeyPath:
        """The path of a keyword, or of what is below it."""
        return (*self.origins.get(keyword, (*self.path, keyword)), *below)

    def get(self, keyword: str, kind: type) -> Any:
        """The value of a keyword if it is of the right kind, else None."""
        value = self.schema.get(keyword)
        return value if isinstance(value, kind) and not (isinstance(value, bool) and kind is not bool) else None

    def without(self, *keywords: str) -> Node:
        """The schema without some keywords."""
        return replace(self, schema={name: value for name, value in self.schema.items() if name not in keywords})

    def with_keywords(self, keywords: Mapping[str, Any]) -> Node:
        """The schema with some keywords more, or others."""
        return replace(self, schema={**self.schema, **keywords})


class Document:
    """The schemas of one document; what of them cannot be used is added to ``losses``.

    References begin at the schema, which is at ``path`` of the file; where that has not what they name, at the file.
    """

    def __init__(self, losses: Losses, path: KeyPath = ()) -> None:
        self.paths = dict.fromkeys((path, ()))
        self.losses = losses
        self.number = 0

    def below(self, node: Node, keyword: str, *keys: str | int) -> Node:
        """The schema at a place below a keyword of another one."""
        schema = node.schema[keyword]
        for key in keys:
            schema = schema[key]
        return self.node(schema, node.at(keyword, *keys), node)

    def node(self, schema: Any, path: KeyPath, parent: Node | None = None) -> Node:
        """The schema at a path, with its references followed, and the parts of ``allOf`` put together.

        Raises :class:`TooLargeError` if there are too many.
        """
        self.number += 1
        if self.number > MAX_SCHEMAS:
            raise TooLargeError
        references, depth = (parent.references, parent.depth + 1) if parent else (frozenset(), 0)
        if not isinstance(schema, dict):
            if schema is False:
                self.losses.add(path, "“false” takes no value at all; any value is taken here")
            elif schema is not True:
                self.losses.add(path, "this is not a schema, which is a mapping, or true or false")
            schema = {}
        schema = self._sound(schema, path)
        node = Node(schema, path, {name: (*path, name) for name in schema}, references, depth)
        node = self._followed(node)
        parts = node.get("allOf", list)
        if not parts or depth > _MAX_DEPTH:
            return node
        node = node.without("allOf")
        rules = []
        for index, part in enumerate(parts):
            if isinstance(part, dict) and "if" in part:
                rules.append((index, part))
            else:
                node = self._merged(node, self.node(part, node.at("allOf", index), node))
        return replace(node, schema={**node.schema, **({"allOf": [rule for _index, rule in rules]} if rules else {})})

    def _sound(self, schema: dict[str, Any], path: KeyPath) -> dict[str, Any]:
        """A schema without the keywords whose value is not what it can be; these are lost."""
        wrong = [name for name in schema.keys() & _KINDS.keys() if not _KINDS[name][0](schema[name])]
        for name in wrong:
            self.losses.add((*path, name), f"“{name}” is not {_KINDS[name][1]}")
        return {name: value for name, value in schema.items() if name not in wrong}

    def _followed(self, node: Node) -> Node:
        """A schema with what its reference leads to; what stands beside the reference comes first."""
        while "$ref" in node.schema:
            reference, path = node.schema["$ref"], node.at("$ref")
            node = node.without("$ref")
            target = self._target(reference, path)
            if target is None:
                return node
            pointer, schema = target[0], self._sound(target[1], target[0])
            if reference in node.references:
                self.losses.add(path, f"the reference “{reference}” leads to itself; what is below it is left out")
                return node.with_keywords({"type": schema["type"]} if "type" in schema else {})
            if len(node.references) > _MAX_DEPTH:
                self.losses.add(path, f"more than {_MAX_DEPTH} references lead here; this one is not followed")
                return node
            node = Node(
                {**schema, **node.schema},
                node.path,
                {**{name: (*pointer, name) for name in schema}, **node.origins},
                node.references | {reference},
                node.depth,
            )
        return node

    def _target(self, reference: str, path: KeyPath) -> tuple[KeyPath, dict[str, Any]] | None:
        """The path and the schema that a reference leads to; None if there is none in this document."""
        if not reference.startswith("#"):
            self.losses.add(path, f"the reference “{reference[:60]}” leads out of the file; it is not followed")
            return None
        parts = [part.replace("~1", "/").replace("~0", "~") for part in unquote(reference[1:]).split("/")[1:]]
        found = [target for base in self.paths if (target := self._at(base, parts)) is not None]
        if not found:
            self.losses.add(path, f"the reference “{reference[:60]}” leads nowhere")
            return None
        pointer, here = found[0]
        if isinstance(here, dict):
            return pointer, here
        if here is not True:
            self.losses.add(path, f"the reference “{reference[:60]}” leads to no schema")
        return None

    def _at(self, base: KeyPath, parts: Iterable[str]) -> tuple[KeyPath, Any] | None:
        """The path and the value at the end of a reference that begins at a path of the file; None if there is none."""
        here: Any = self.losses.file.data
        pointer: list[str | int] = []
        for part in (*base, *parts):
            key: Any = int(part) if isinstance(here, list) and str(part).isdecimal() and len(str(part)) < 9 else part
            is_there = (
                key in here
                if isinstance(here, dict)
                else isinstance(key, int) and isinstance(here, list) and key < len(here)
            )
            if not is_there:
                return None
            here = here[key]
            pointer.append(key)
        return tuple(pointer), here

    def _merged(self, node: Node, part: Node) -> Node:
        """A schema that takes what both take, as far as keywords can say it; the rest is lost."""
        schema, origins = dict(node.schema), dict(node.origins)
        for name, value in part.schema.items():
            if name not in schema:
                schema[name] = value
                origins[name] = part.at(name)
            elif name == "required" and isinstance(value, list) and isinstance(schema[name], list):
                schema[name] = [*schema[name], *(other for other in value if other not in schema[name])]
            elif name == "properties" and isinstance(value, dict) and isinstance(schema[name], dict):
                schema[name] = {**schema[name], **self._further(value, schema[name], part)}
            elif name == "allOf" and isinstance(value, list) and isinstance(schema[name], list):
                schema[name] = [*schema[name], *value]
            elif schema[name] != value:
                self.losses.add(part.at(name), f"“{name}” of this part of “allOf” differs from that of another one")
        return replace(node, schema=schema, origins=origins, references=node.references | part.references)

    def _further(self, value: dict[str, Any], known: Mapping[str, Any], part: Node) -> dict[str, Any]:
        """The members of a part of ``allOf`` that are not there yet; others are lost if they differ."""
        for name, schema in value.items():
            if name in known and known[name] != schema:
                message = f"“{name}” of this part of “allOf” differs from that of another one"
                self.losses.add(part.at("properties", name), message)
        return {name: schema for name, schema in value.items() if name not in known}


def unknown_keywords(node: Node, known: frozenset[str]) -> Iterator[tuple[KeyPath, str]]:
    """What the data format has no place for, with its path."""
    for name in node.schema:
        if name not in known:
            hint = nearest(name, known) if name not in _RIGHT else ""
            yield node.at(name), f"the data format has no place for {listing([name], '')}{hint}"
