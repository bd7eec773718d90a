"""Let the name of a connection whose object no page shows lead to its documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from .domain import shows_ours
from .render.find import blocks
from .render.nodes import stitch_documentation

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class LinkNames(SphinxPostTransform):
    """Replaces the link behind a name that leads nowhere by one of the name itself."""

    default_priority = 15  # after Sphinx has resolved references

    def run(self, **kwargs: Any) -> None:
        if not shows_ours(self.env, self.env.docname):
            return
        for table in blocks(self.document, nodes.table):
            for documentation in list(table.findall(stitch_documentation)):
                cell = documentation.parent
                place = next(index for index, node in enumerate(cell.children) if not isinstance(node, nodes.target))
                name = cell[place]
                if not isinstance(name, nodes.reference):
                    cell.remove(documentation)
                    cell[place] = nodes.reference(
                        "", "", *name.children, refuri=documentation["refuri"], internal=False
                    )


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(LinkNames)
