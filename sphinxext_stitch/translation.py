"""Translation of the data by the project's own catalogs.

Sphinx extracts and translates the text of nodes, and takes it for the markup of the page.  The words of the data
are not in that markup: so they are translated before nodes are made of them, and Sphinx is shown nothing but the
messages, to extract them.
"""

from __future__ import annotations

import struct
from gettext import find, translation
from typing import TYPE_CHECKING, Any, TypeVar

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.i18n import Locale
from sphinx.util.i18n import docname_to_domain

from .catalogue.messages import differences, translated
from .catalogue.problems import Problem, Subtype
from .catalogue.texts import Prose
from .domain import shows_ours
from .render.find import blocks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from gettext import NullTranslations

    from docutils.nodes import Node
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from .catalogue.problems import Place
    from .catalogue.texts import Phrase

T = TypeVar("T")


class Translator:
    """Translates parts of the model for one page.

    ``extracts``: the build is one that extracts the messages, and translates nothing.  ``problems`` are those of
    the translations that were looked up.
    """

    def __init__(self, env: BuildEnvironment, docname: str, *, extracts: bool = False) -> None:
        self.extracts = extracts
        self.catalogs = [] if extracts else list(_catalogs(env, docname))
        self.messages: dict[tuple[str, Place], None] = {}
        self.problems: dict[Problem, None] = {}

    def __call__(self, part: T) -> T:
        """The part in the language of the page."""
        return translated(part, self._look_up) if self.extracts or self.catalogs else part

    def _look_up(self, whole: Phrase | Prose, message: str, place: Place) -> str | None:
        if not message:
            return None
        self.messages[message, place] = None
        found = (catalog.gettext(message) for catalog in self.catalogs)
        words = next((words for words in found if words.strip() and words != message), None)
        if words is not None and isinstance(whole, Prose) and (told := differences(message, words, whole)):
            problem = f"the translation “{words}” {told}; it is not used"
            self.problems[Problem(place, Subtype.BAD_TRANSLATION, problem)] = None
            return None
        return words

    def finish(self, made: list[Node]) -> list[Node]:
        """The nodes of a directive, kept from what Sphinx does with the text of a page; and the messages."""
        if not self.extracts and not self.catalogs:
            return made
        for root in made:
            for node in root.findall(nodes.TextElement):
                if not isinstance(node, nodes.Inline):
                    node["translatable"] = False
        return [*made, *map(_message_node, self.messages)] if self.extracts else made


def _catalogs(env: BuildEnvironment, docname: str) -> Iterator[NullTranslations]:
    """The catalogs of the project for a page, as Sphinx finds them; what cannot be read is no catalog to Sphinx."""
    domain = docname_to_domain(docname, env.config.gettext_compact)
    languages = [env.config.language]
    for folder in env.config.locale_dirs:
        path = env.srcdir / folder
        if find(domain, path, languages):
            try:
                yield translation(domain, path, languages)
            except (OSError, ValueError, struct.error):
                continue


def _message_node(message: tuple[str, Place]) -> nodes.paragraph:
    """A message with its place, for Sphinx to extract."""
    text, place = message
    node = nodes.paragraph(text, "", classes=["stitch-message"], translatable=False)
    node.source, node.line = place.path, place.line
    return node


class KeepExamples(SphinxTransform):
    """Keep examples as they are, also where a project asks Sphinx to translate blocks of code."""

    default_priority = Locale.default_priority - 1

    def apply(self, **kwargs: Any) -> None:
        if "literal-block" in self.config.gettext_additional_targets and shows_ours(self.env, self.env.docname):
            for block in self.document.findall(nodes.literal_block):
                if "stitch-example" in block["classes"]:
                    block["translatable"] = False


class ShowMessages(SphinxTransform):
    """Show the messages of the data to Sphinx, after it has translated the page."""

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
