"""From the schema of a value to the fields of a property, an item or entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..composing.doubts import is_name_of_secret
from ..reading.hints import hint_for_word
from .result import Part
from .schema_alternatives import Alternatives, alternatives_of, is_object
from .schema_fields import (
    COUNTS,
    NUMBERS,
    PHRASES,
    accepted,
    add_constraints,
    add_texts,
    add_values,
    as_list,
    words_of_types,
)
from .schema_nodes import unknown_keywords
from .values import TYPES, example_of, names_secret, type_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .result import Fields, Losses
    from .schema_nodes import Document, Node

#: How deep objects and arrays are nested at most: a data file has 50 levels, and needs three for an array of objects.
MAX_NESTING = 14

_FLAGS = {
    "airbyte_secret": "secret",
    "writeOnly": "secret",
    "readOnly": "read_only",
    "deprecated": "deprecated",
    "airbyte_hidden": "internal",
}

#: The keywords that say nothing of values, or that are read with others.
_SILENT = {"$schema", "$id", "id", "$anchor", "$defs", "definitions", "order", "nullable", "x-nullable"}

_KNOWN = frozenset(
    {
        *NUMBERS, *COUNTS, *PHRASES, *_FLAGS, *_SILENT, "type", "description", "enum", "const", "default", "examples",
        "example", "uniqueItems", "items", "properties", "required", "additionalProperties", "oneOf", "anyOf", "allOf",
    }
)  # fmt: skip


class ValueReader:
    """Reads the schemas of one document as fields of the data format.

    ``members`` gives the properties of a schema of objects, with the choices among them.
    """

    def __init__(self, document: Document, members: Callable[[Alternatives, int], Fields]) -> None:
        self.document = document
        self.losses: Losses = document.losses
        self.members = members

    def property(self, name: str, node: Node, nesting: int) -> Part:
        """The fields of a property, with its name."""
        alternatives = alternatives_of(node, self.document)
        node = alternatives.node
        flags = self.flags(node)
        part = Part(node.path, {"name": name, **self.value(alternatives, nesting), **flags})
        is_secret = "secret" in part or ("string" in as_list(part["type"]) and is_name_of_secret(name))
        if is_secret and "values" in part:
            del part["values"]
            self.losses.add(node.path, "the accepted values of a secret are not written")
        for field, value, where in self.stated_values(node):
            if is_secret or _has_secret(part) or names_secret(value):
                self.losses.add(where, f"the {field} of a secret is not written")
                continue
            try:
                part[field] = example_of(value, part)
            except ValueError:
                message = f"the {field} of “{name}” is not what the property takes, which is {words_of_types(part)}"
                self.losses.add(where, message)
        return part

    def flags(self, node: Node) -> Fields:
        """The flags of a property that are set."""
        flags = {field: True for keyword, field in _FLAGS.items() if node.schema.get(keyword) is True}
        if node.schema.get("format") == "password":
            flags["secret"] = True
        if node.schema.get("required") is True:  # as before draft 4
            flags["required"] = True
        return flags

    def stated_values(self, node: Node) -> Iterator[tuple[str, Any, Any]]:
        """The default and the first example of a schema, with their fields and paths."""
        if "default" in node.schema:
            yield "default", node.schema["default"], node.at("default")
        examples = node.schema.get("examples")
        if isinstance(examples, list) and examples:
            yield "example", examples[0], node.at("examples", 0)
            if len(examples) > 1:
                self.losses.add(node.at("examples", 1), "a property has one example; the first is kept")
        elif "example" in node.schema or (examples is not None and not isinstance(examples, list)):
            keyword = "example" if "example" in node.schema else "examples"
            yield "example", node.schema[keyword], node.at(keyword)

    def value(self, alternatives: Alternatives, nesting: int) -> Part:
        """The fields of what a value is."""
        node = alternatives.node
        for path, message in unknown_keywords(node, _KNOWN):
            self.losses.add(path, message)
        types = self.types(node, alternatives)
        part = Part(node.path, {"type": types[0] if len(types) == 1 else types})
        if self.is_nullable(node):
            part["nullable"] = True
        add_texts(part, node, self.losses)
        add_constraints(part, node, self.losses)
        add_values(part, node, alternatives.meanings, self.losses)
        is_holder = "object" in types or "array" in types
        if is_holder and nesting >= MAX_NESTING:
            self.losses.add(node.path, f"nested deeper than {MAX_NESTING} levels; what is below is left out")
        elif is_holder:
            self.add_nested(part, node, alternatives, nesting + 1)
        return part

    # Types

    def types(self, node: Node, alternatives: Alternatives) -> list[str]:
        """The types of a schema, of which at least one must be stated in a data file."""
        if alternatives.cases or alternatives.choices:
            return ["object"]
        stated = node.schema.get("type")
        names = [name for name in as_list(stated) if name != "null"] if stated is not None else []
        known = [name for name in dict.fromkeys(names) if name in TYPES]
        for name in names:
            if name not in TYPES:
                hint = hint_for_word(name, TYPES)
                self.losses.add(node.at("type"), f"“{name[:40]}” is not a type of JSON Schema{hint}")
        if "integer" in known and "number" in known:
            known.remove("integer")
        return [name for name in TYPES if name in known] or self.types_of_values(node)

    def types_of_values(self, node: Node) -> list[str]:
        """The types of a schema that states none: those of its values, or what its keywords are of, else any."""
        values = accepted(node)
        if values:
            found = {type_of(value) for value in values} - {"null"}
            found -= {"integer"} if "number" in found else set()
            return [name for name in TYPES if name in found] or ["string"]
        if is_object(node):
            self.losses.add(node.path, "there is no “type”; it is taken for an object")
            return ["object"]
        if "items" in node.schema:
            self.losses.add(node.path, "there is no “type”; it is taken for an array")
            return ["array"]
        if node.schema.get("type") in ("null", ["null"]):
            self.losses.add(node.at("type"), "“null” alone is not a type of properties; it is taken for a text")
            return ["string"]
        return [name for name in TYPES if name != "integer"]

    def is_nullable(self, node: Node) -> bool:
        stated = node.schema.get("type")
        if any(node.schema.get(keyword) is True for keyword in ("nullable", "x-nullable")):
            return True
        values = accepted(node)
        if values is not None:
            return None in values
        return "null" in as_list(stated) if stated is not None else not is_object(node) and "items" not in node.schema

    # What is nested

    def add_nested(self, part: Part, node: Node, alternatives: Alternatives, nesting: int) -> None:
        if "array" in as_list(part["type"]):
            self.add_items(part, node, nesting)
        if "object" not in as_list(part["type"]):
            return
        if "items" in part and isinstance(part["items"], dict):
            self.losses.add(node.path, "members beside items are left out")
            return
        part.update(self.members(alternatives, nesting))
        free = node.schema.get("additionalProperties")
        if free is False:
            self.losses.add(node.at("additionalProperties"), "other members than these are not refused")
        elif isinstance(free, dict) and free:
            part["entries"] = self.inner(part, self.document.below(node, "additionalProperties"), nesting, "entries")

    def add_items(self, part: Part, node: Node, nesting: int) -> None:
        items = node.schema.get("items")
        if isinstance(items, list):
            self.losses.add(node.at("items"), "a list of items that differ by their place is left out")
        elif isinstance(items, dict) and items:
            inner = self.inner(part, self.document.below(node, "items"), nesting, "items")
            nested = inner.get("items")
            if isinstance(nested, dict) and {"values", "properties", "entries"} & nested.keys():
                for field in ("values", "properties", "entries", "one_of", "any_of"):
                    nested.pop(field, None)
                self.losses.add(node.at("items", "items"), "what is in the items of items is left out")
            part["items"] = inner["type"] if inner.keys() == {"type"} else inner

    def inner(self, holder: Part, node: Node, nesting: int, what: str) -> Part:
        """The fields of items or entries, which have no default and no flags of their own: if they are secret, all is."""
        alternatives = alternatives_of(node, self.document)
        node = alternatives.node
        if "secret" in self.flags(node):
            holder["secret"] = True
        for keyword in ("default", "examples", "example", *_FLAGS):
            if node.schema.get(keyword, False) is not False and _FLAGS.get(keyword) != "secret":
                self.losses.add(node.at(keyword), f"“{keyword}” of {what} has no place in the data format")
        return self.value(alternatives, nesting)


def _has_secret(fields: Fields) -> bool:
    """Whether a member of an object is a secret, which its examples would have."""
    items = fields.get("items")
    inner = [
        *fields.get("properties", ()),
        *(part for part in (items, fields.get("entries")) if isinstance(part, dict)),
    ]
    return any(part.get("secret") or is_name_of_secret(part.get("name", "")) or _has_secret(part) for part in inner)
