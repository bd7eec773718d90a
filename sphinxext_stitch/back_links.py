"""Remove the back links to the availability table where a project has none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from .domain import domain_of, shows_ours
from .render.find import blocks

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class DropBackLinks(SphinxPostTransform):
    """Removes back links if no page has an availability table in this build."""

    default_priority = 5  # before Sphinx resolves references

    def run(self, **kwargs: Any) -> None:
        docname, _anchor = domain_of(self.env).records.table_for(self.env.docname)
        if docname is not None or not shows_ours(self.env, self.env.docname):
            return
        for paragraph in blocks(self.document, nodes.paragraph):
            if "stitch-back" in paragraph["classes"]:
                paragraph.parent.remove(paragraph)


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(DropBackLinks)
