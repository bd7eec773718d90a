"""Links back to the availability table, which a project need not have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from .domain import domain_of, shows_ours
from .render.find import blocks

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class DropBackLinks(SphinxPostTransform):
    """Without an availability table there is nothing to go back to."""

    default_priority = 5  # before Sphinx resolves links

    def run(self, **kwargs: Any) -> None:
        if domain_of(self.env).records.tables or not shows_ours(self.env, self.env.docname):
            return
        for paragraph in blocks(self.document, nodes.paragraph):
            if "stitch-back" in paragraph["classes"]:
                paragraph.parent.remove(paragraph)


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(DropBackLinks)
