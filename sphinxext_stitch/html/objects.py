"""Turn the sections of objects into lean HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..render.find import elements, is_ours
from .element import become

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils.nodes import Element, Node
    from sphinx.application import Sphinx


class LeanObjects(SphinxPostTransform):
    """Make the sections of objects and our tables lean."""

    formats = ("html",)
    default_priority = 210  # after the tables

    def run(self, **kwargs: Any) -> None:
        _make_lean(self.document, ours=False)


def _make_lean(node: Node, *, ours: bool) -> None:
    """Make lean what is in our nodes; ``ours``: this node is in one."""
    ours = ours or _begins_ours(node)
    if ours and type(node) in _LEAN:
        _LEAN[type(node)](node)
    for child in node.children:
        _make_lean(child, ours=ours)


def _begins_ours(node: Node) -> bool:
    if isinstance(node, nodes.section):
        return "stitch-object" in node["classes"]
    return isinstance(node, nodes.table) and is_ours(node)


def _code(literal: Element) -> None:
    become(literal, "code", classes=[*literal["classes"], "literal"])


def _link(reference: Element) -> None:
    """A link within the page; others have the classes by which themes tell readers that they leave it."""
    if "refid" in reference:
        become(reference, "a", href=f"#{reference['refid']}", classes=[])


def _list(items: Element) -> None:
    """A list, unless an item is more than a paragraph, or the numbers do not begin with 1."""
    if all(_is_paragraph(item) for item in items.children) and "start" not in items:
        for item in elements(items):
            _unwrap(item)
            become(item, "li")
        become(items, "ol" if isinstance(items, nodes.enumerated_list) else "ul")


def _tip(inline: Element) -> None:
    if "tip" in inline:
        become(inline, "abbr", title=inline["tip"])


def _summary(fields: Element) -> None:
    for field in elements(fields):
        name, body = elements(field)
        _unwrap(body)
        become(name, "dt")
        become(body, "dd")
        become(field, "")
    become(fields, "dl", classes=["field-list", *fields["classes"]])


def _is_paragraph(parent: Node) -> bool:
    """Whether there is one paragraph in a node, and nothing else."""
    return len(parent.children) == 1 and isinstance(parent.children[0], nodes.paragraph)


def _unwrap(parent: Element) -> None:
    """Let what stands in a paragraph that is alone stand in its parent."""
    if _is_paragraph(parent):
        become(elements(parent)[0], "")


#: What makes each node lean.
_LEAN: dict[type[Node], Callable[[Any], None]] = {
    nodes.literal: _code,
    nodes.reference: _link,
    nodes.bullet_list: _list,
    nodes.enumerated_list: _list,
    nodes.inline: _tip,
    nodes.field_list: _summary,
}


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(LeanObjects)
