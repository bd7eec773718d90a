"""Write the content of a data file as a person would: in the order of the manual, with short parts in one line."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import yaml

from ..composing.values import free_form

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The order of the fields of a file, a property, an item and entries: what is short and important stands first.
ORDER = (
    "name", "type", "key", "title", "category", "version", "status", "docs", "action",
    "required", "required_if", "applies_if", "secret", "read_only", "supplied", "immutable", "internal", "advanced", "omit_from_examples",
    "deprecated", "since", "nullable", "items",
    "format", "pattern", "pattern_description", "unit", "minimum", "maximum", "exclusive_minimum", "exclusive_maximum",
    "multiple_of", "min_length", "max_length", "min_items", "max_items", "unique_items",
    "values", "default", "example", "description", "properties", "entries", "one_of", "any_of",
)  # fmt: skip

#: The fields whose keys are names of the data, and not of the format.
_NAMES = ("values", "default", "example", "required_if", "applies_if", "one_of", "any_of")

#: The length of a line, and of what stands in one line of it.
_WIDTH = 110
_SHORT = 80

#: Quotation marks of typography: unquoted, a text that they surround looks as if they were quotes of YAML.
_QUOTES = "“”„‟‘’‚‛«»‹›"


class _Dumper(yaml.SafeDumper):
    """Indents the items of lists, and prefers double quotes."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002 - PyYAML's
        super().increase_indent(flow, False)  # noqa: FBT003 - PyYAML's

    def choose_scalar_style(self) -> str:
        style = str(super().choose_scalar_style())
        text = getattr(self.event, "value", "")
        return '"' if style == "'" and not set(text) & set('"\\') else style


_RESOLVER = yaml.resolver.Resolver()
_TEXT = _RESOLVER.DEFAULT_SCALAR_TAG


def write(data: dict[str, Any], steps: Iterable[str] = ()) -> str:
    """The text of a data file; ``steps`` are the keys that are further steps.

    The text is read as the same content, with each scalar as text.
    """
    ordered = _ordered(data)
    behind = [name for name in ("one_of", "any_of", *steps) if name in ordered]
    head = {name: value for name, value in ordered.items() if name not in ("properties", *behind)}
    parts = [_dump(head)]
    for index, prop in enumerate(ordered.get("properties", ())):
        indented = re.sub(r"^(?=.)", "  ", _dump([prop]), flags=re.MULTILINE)
        parts.append(indented if index else f"properties:\n{indented}")
    parts.extend(_dump({name: ordered[name]}) for name in behind)
    # Beside a list of properties, each of them stands alone.
    return "\n".join(parts) if len(parts) > 2 else "".join(parts)


def _dump(data: Any) -> str:
    """The text of a mapping or list, whose own items are not in one line."""
    node = _node(data)
    for inner in (node, *(node.value if isinstance(data, list) else ())):
        inner.flow_style = False
    return str(yaml.serialize(node, Dumper=_Dumper, allow_unicode=True, width=_WIDTH))


def _ordered(data: Any, field: str = "") -> Any:
    """The data with the fields of each mapping in the order of the format."""
    if isinstance(data, list):
        return [_ordered(item, field) for item in data]
    if not isinstance(data, dict) or field in _NAMES:
        return data
    known = {name: number for number, name in enumerate(ORDER)}
    names = sorted(data, key=lambda name: known.get(name, len(known)))
    return {name: _ordered(data[name], name) for name in names}


def _node(data: Any) -> Any:
    """The node of a value, with the style in which it is written."""
    if isinstance(data, dict):
        pairs = [(_scalar(str(key)), _node(value)) for key, value in data.items()]
        return yaml.MappingNode(_RESOLVER.DEFAULT_MAPPING_TAG, pairs, flow_style=_is_short(data))
    if isinstance(data, list):
        items = [_node(item) for item in data]
        if not all(item.flow_style for item in items if isinstance(item, yaml.CollectionNode)):
            for item in items:
                item.flow_style = False  # items that stand below each other look alike
        is_short = _is_short(data) and not any(isinstance(item, dict) and item for item in data)
        return yaml.SequenceNode(_RESOLVER.DEFAULT_SEQUENCE_TAG, items, flow_style=is_short)
    if isinstance(data, str):
        return _scalar(str(data))
    text = json.dumps(data)
    return yaml.ScalarNode(_tag(text), text)


def _is_short(data: Any) -> bool:
    """Whether a list or mapping stands in one line: it is short, and no text in it has several lines."""
    text = json.dumps(data, ensure_ascii=False)
    return len(text) <= _SHORT and "\\n" not in text


def _scalar(text: str) -> yaml.Node:
    """The node of a text, in quotes if it would be taken for something else, or looks as if it were in quotes."""
    style = None
    if _tag(text) != _TEXT or free_form(text) != text or (text[:1] in _QUOTES and text[-1:] in _QUOTES):
        style = '"'
    elif "\n" in text:
        # Further line breaks at the end would be the end of the document, too.
        style = "|" if text.strip() and not text.endswith("\n\n") else '"'
    elif len(text) > _SHORT:
        style = ">"
    return yaml.ScalarNode(_TEXT, text, style=style)


def _tag(text: str) -> str:
    return str(_RESOLVER.resolve(yaml.ScalarNode, text, (True, False)))  # type: ignore[no-untyped-call] # PyYAML has no type for it
