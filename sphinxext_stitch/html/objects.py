"""Turn the sections of objects into lean HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from .element import make
from .tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docutils.nodes import Element, Node
    from sphinx.application import Sphinx

    from .element import element


class LeanObjects(SphinxPostTransform):
    """Make the sections of objects and our tables lean."""

    formats = ("html",)
    default_priority = 210  # after the tables

    def run(self, **kwargs: Any) -> None:
        for root in list(self.document.findall(_is_ours)):
            for node in list(root.findall(nodes.Element)):
                made = _LEAN[type(node)](node) if type(node) in _LEAN else None
                if made is not None:
                    node.replace_self(made)


def _is_ours(node: Node) -> bool:
    if isinstance(node, nodes.section):
        return "stitch-object" in node["classes"]
    return isinstance(node, nodes.table) and bool(set(TABLES).intersection(node["classes"]))


def _code(literal: Element) -> element:
    return make("code", literal.children, classes=[*literal["classes"], "literal"])


def _link(reference: Element) -> element | None:
    """A link within the page; others have the classes by which themes tell readers that they leave it."""
    return make("a", reference.children, href=f"#{reference['refid']}") if "refid" in reference else None


def _list(items: Element) -> element | None:
    """A list, unless an item is more than a paragraph."""
    alone = [item for item in items.children if _alone(item)]
    if len(alone) < len(items):
        return None
    return make("ul", [make("li", _alone(item)) for item in alone])


def _summary(fields: Element) -> element:
    parts: list[Node] = []
    for field in fields.findall(nodes.field):
        name, body = field.children
        parts += [make("dt", name.children), make("dd", _alone(body) or body.children)]
    return make("dl", parts, classes=["field-list", *fields["classes"]])


def _alone(parent: Node) -> Sequence[Node]:
    """What stands in a paragraph that is alone in its parent."""
    only = parent.children[0] if len(parent.children) == 1 else None
    return only.children if isinstance(only, nodes.paragraph) else ()


#: What is made of each node.
_LEAN: dict[type[Element], Callable[[Any], element | None]] = {
    nodes.literal: _code,
    nodes.reference: _link,
    nodes.bullet_list: _list,
    nodes.field_list: _summary,
}


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(LeanObjects)
