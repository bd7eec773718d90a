"""Manual pages cannot have cells across columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..domain import shows_ours

if TYPE_CHECKING:
    from sphinx.application import Sphinx


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


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(NarrowCells)
