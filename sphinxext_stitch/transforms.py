"""Changes to a page after all pages are read, for every builder or for those that can do less."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from .domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class DropWayBack(SphinxPostTransform):
    """Without an availability table there is nothing to go back to."""

    default_priority = 5  # before Sphinx resolves links

    def run(self, **kwargs: Any) -> None:
        if domain_of(self.env).data["tables"]:
            return
        for paragraph in list(self.document.findall(nodes.paragraph)):
            if "stitch-back" in paragraph["classes"]:
                paragraph.parent.remove(paragraph)


class NarrowCells(SphinxPostTransform):
    """Manual pages cannot have a cell across columns: it becomes one cell and empty ones."""

    formats = ("man",)
    default_priority = 200

    def run(self, **kwargs: Any) -> None:
        for entry in list(self.document.findall(nodes.entry)):
            if "stitch-wide" in entry["classes"]:
                row = entry.parent
                row += [nodes.entry() for _column in range(entry.attributes.pop("morecols", 0))]


class DropIndex(SphinxPostTransform):
    """HTML has its index from what is read; from these nodes the search would find everything twice."""

    formats = ("html",)
    default_priority = 200

    def run(self, **kwargs: Any) -> None:
        for node in list(self.document.findall(addnodes.index)):
            if "stitch-index" in node["classes"]:
                node.parent.remove(node)


def setup(app: Sphinx) -> None:
    """Register the transforms."""
    app.add_post_transform(DropWayBack)
    app.add_post_transform(DropIndex)
    app.add_post_transform(NarrowCells)
