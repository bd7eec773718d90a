"""Manual pages cannot have cells across columns; they show addresses if the project wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..builders import add_node
from ..domain import shows_ours
from ..render.nodes import stitch_documentation

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.manpage import ManualPageTranslator


class NarrowCells(SphinxPostTransform):
    """Manual pages cannot have a cell across columns: it becomes one cell and empty ones."""

    formats = ("man",)
    default_priority = 200

    def run(self, **kwargs: Any) -> None:
        if not shows_ours(self.env, self.env.docname):
            return
        for entry in list(self.document.findall(nodes.entry)):
            if "stitch-wide" in entry["classes"]:
                row = entry.parent
                row += [nodes.entry() for _column in range(entry.attributes.pop("morecols", 0))]


def visit_documentation(self: ManualPageTranslator, node: stitch_documentation) -> None:
    """Write the link where it has an address."""
    if not self.config.man_show_urls:
        raise nodes.SkipNode
    self.visit_reference(node)


def setup(app: Sphinx) -> None:
    """Register the transform and the node."""
    add_node(app, stitch_documentation, override=True, man=(visit_documentation, None))
    app.add_post_transform(NarrowCells)
