"""A ¶ behind each property, as Sphinx has it behind headings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


class permalink(nodes.Inline, nodes.Element):  # noqa: N801 - docutils names nodes so
    """A link to the place where it stands, which has its id."""


class AddPermalinks(SphinxPostTransform):
    """Give every property a link to itself."""

    formats = ("html",)
    default_priority = 190  # before the tables change their shape

    def run(self, **kwargs: Any) -> None:
        for table in self.document.findall(nodes.table):
            if "stitch-properties" in table["classes"]:
                for anchor in list(table.findall(nodes.target)):
                    # One place for the id and the link to it: a page has thousands of them.
                    anchor.parent.append(permalink(ids=anchor["ids"]))
                    anchor.parent.remove(anchor)


def visit_permalink(self: HTML5Translator, node: permalink) -> None:
    """Write the link as Sphinx does, where the project has such links (``html_permalinks``); else the id alone."""
    if self.config.html_permalinks and self.builder.add_permalinks:
        self.body.append(self.starttag(node, "a", "", CLASS="headerlink", href=f"#{node['ids'][0]}"))
        self.body.append(f"{self.config.html_permalinks_icon}</a>")
    else:
        self.body.append(f"{self.starttag(node, 'span', '')}</span>")
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the transform and its node."""
    app.add_node(permalink, html=(visit_permalink, None))
    app.add_post_transform(AddPermalinks)
