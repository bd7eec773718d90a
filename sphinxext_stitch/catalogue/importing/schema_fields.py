"""The texts, accepted values and constraints of a schema as fields of the data format."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ..invisible import HIDDEN
from ..scalars import has_form, is_count
from .texts import LONGEST, phrase, prose
from .values import is_of_type, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .result import Fields, Losses, Part
    from .schema_nodes import Node

#: The keywords that are fields of the data format as they are.
NUMBERS = {
    "minimum": "minimum",
    "maximum": "maximum",
    "exclusiveMinimum": "exclusive_minimum",
    "exclusiveMaximum": "exclusive_maximum",
    "multipleOf": "multiple_of",
}
COUNTS = {"minLength": "min_length", "maxLength": "max_length", "minItems": "min_items", "maxItems": "max_items"}
PHRASES = {"title": "title", "format": "format", "pattern": "pattern", "pattern_descriptor": "pattern_description"}


def add_texts(part: Part, node: Node, losses: Losses) -> None:
    """Add the title, the description, and the form of a text."""
    for keyword, field in PHRASES.items():
        text = node.get(keyword, str) or ""
        if HIDDEN.search(text) or (keyword == "pattern" and "\n" in text):
            losses.add(node.at(keyword), f"“{keyword}” is not a text of one line")
            continue
        plain, lost = phrase(text) if keyword in ("title", "pattern_descriptor") or len(text) > LONGEST else (text, [])
        for loss in lost:
            losses.add(node.at(keyword), loss)
        if plain.strip():
            part[field] = plain
    text, lost = prose(node.get("description", str) or "")
    for loss in lost:
        losses.add(node.at("description"), loss)
    if text:
        part["description"] = text


def accepted(node: Node) -> list[Any] | None:
    """The values that a schema accepts alone; None if they are not listed."""
    return [node.schema["const"]] if "const" in node.schema else node.get("enum", list)


def add_values(part: Part, node: Node, meanings: Sequence[Node], losses: Losses) -> None:
    """Add the accepted values, with the titles and descriptions of alternatives as their meanings."""
    values = accepted(node)
    keyword = "const" if "const" in node.schema else "enum"
    types = as_list(part["type"])
    texts: dict[str, str | None] = {}
    plain: list[Any] = []
    for index, value in enumerate(values or ()):
        if value is None:
            continue
        text = text_of(value, types)
        where = node.at(keyword) if keyword == "const" or meanings else node.at(keyword, index)
        if text is None or text in texts or not is_of_type(value, types):
            if text not in texts:
                losses.add(where, f"this cannot be one of the accepted values of {words_of_types(part)}")
            continue
        texts[text] = meaning_of(meanings[index], text, losses) if meanings else None
        plain.append(value if isinstance(value, str) or json.dumps(value) == text else text)
    if texts:
        part["values"] = texts if any(texts.values()) else plain


def meaning_of(node: Node, text: str, losses: Losses) -> str | None:
    """The meaning of a value: the title and the description of the alternative that has it."""
    words = [result.text.strip() for result in (phrase(node.get("title", str) or ""),) if result.text]
    described = prose(node.get("description", str) or "")
    for loss in described.losses:
        losses.add(node.at("description"), loss)
    if words == [text]:
        words = []
    words = [prose(word).text for word in words]
    if described.text:
        words.append(described.text)
    return ": ".join(words) or None


def add_constraints(part: Part, node: Node, losses: Losses) -> None:
    """Add bounds, lengths and numbers of items."""
    node = _with_old_bounds(node)
    for keyword, field in {**NUMBERS, **COUNTS}.items():
        if keyword not in node.schema:
            continue
        value = node.schema[keyword]
        text = str(value).lower()
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and has_form(text, "number")
        if isinstance(value, float) and is_number and value.is_integer():
            value = int(value)
        if not is_number or (keyword in COUNTS and not is_count(str(value))):
            losses.add(node.at(keyword), f"“{keyword}” is not a number that the data format has")
        else:
            part[field] = value
    if node.schema.get("uniqueItems") is True:
        part["unique_items"] = True


def _with_old_bounds(node: Node) -> Node:
    """A schema with bounds as they are since draft 6, where ``exclusiveMinimum`` is a number of its own."""
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        is_exclusive = node.schema.get(exclusive)
        if isinstance(is_exclusive, bool):
            changed = {exclusive: node.schema[bound]} if is_exclusive and bound in node.schema else {}
            node = node.without(exclusive, *([bound] if changed else [])).with_keywords(changed)
    return node


def as_list(value: Any) -> list[Any]:
    """The types of a field that has one or several."""
    return value if isinstance(value, list) else [value]


def words_of_types(fields: Fields) -> str:
    """What messages call the types of some fields."""
    return " or ".join(as_list(fields["type"]))
