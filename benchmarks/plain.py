"""Nodes as plain data that can be saved as JSON and restored at little cost."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes

#: A text, or the tag, raw source, attributes, source, line and children of an element.
Plain = str | list[Any]


def to_plain(node: nodes.Node) -> Plain:
    """The plain data of a node; our node classes are replaced by their base classes of docutils or Sphinx."""
    if isinstance(node, nodes.Text):
        return str(node)
    assert isinstance(node, nodes.Element)
    tag = next(kind.__name__ for kind in type(node).__mro__ if kind.__module__ in ("docutils.nodes", "sphinx.addnodes"))
    attributes = {name: value for name, value in node.attributes.items() if value != []}
    return [tag, node.rawsource, attributes, node.source, node.line, [to_plain(child) for child in node.children]]


def from_plain(plain: Plain) -> nodes.Node:
    """The node of plain data."""
    if isinstance(plain, str):
        return nodes.Text(plain)
    tag, rawsource, attributes, source, line, children = plain
    kind = getattr(nodes, tag, None) or getattr(addnodes, tag)
    content = [from_plain(child) for child in children]
    text = [""] if issubclass(kind, nodes.TextElement) else []
    node: nodes.Element = kind(rawsource, *text, *content, **attributes)
    node.source, node.line = source, line
    if isinstance(node, nodes.target):
        node.referenced = 1  # as for our targets
    return node
