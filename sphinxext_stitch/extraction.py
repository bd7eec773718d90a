"""What Sphinx extracts and translates of our nodes: messages of the data, and no examples; see :mod:`.translation`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.i18n import Locale

from .domain import shows_ours
from .render.find import blocks

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class KeepExamples(SphinxTransform):
    """Excludes examples from translation, also if a project asks Sphinx to translate blocks of code."""

    default_priority = Locale.default_priority - 1

    def apply(self, **kwargs: Any) -> None:
        if "literal-block" in self.config.gettext_additional_targets and shows_ours(self.env, self.env.docname):
            for block in self.document.findall(nodes.literal_block):
                if "stitch-example" in block["classes"]:
                    block["translatable"] = False


class ShowMessages(SphinxTransform):
    """Makes the message nodes translatable for extraction, after Sphinx has translated the page."""

    default_priority = Locale.default_priority + 1

    def apply(self, **kwargs: Any) -> None:
        if not shows_ours(self.env, self.env.docname):
            return
        for node in blocks(self.document, nodes.paragraph):
            if "stitch-message" in node["classes"]:
                del node["translatable"]


def setup(app: Sphinx) -> None:
    """Register the transforms."""
    app.add_transform(KeepExamples)
    app.add_transform(ShowMessages)
