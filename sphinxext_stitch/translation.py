"""Translation of the data by the project's own catalogs.

Sphinx extracts and translates the text of nodes, and parses a translation in the markup of the page.  Texts of the data
are not in this markup.  So they are translated before nodes are made of them, and for extraction the page has further
nodes with the messages only.
"""

from __future__ import annotations

import struct
from gettext import find, translation
from typing import TYPE_CHECKING, TypeVar

from docutils import nodes
from sphinx.util.i18n import docname_to_domain

from .catalogue.messages import differences, translated
from .catalogue.problems import Problem, Subtype

if TYPE_CHECKING:
    from collections.abc import Iterator
    from gettext import NullTranslations

    from docutils.nodes import Node
    from sphinx.environment import BuildEnvironment

    from .catalogue.problems import Place
    from .catalogue.texts import Phrase, Prose

T = TypeVar("T")


class Translator:
    """Translates parts of the model for one page.

    With ``extracts``, it collects the messages for the ``gettext`` builder and translates nothing.  ``problems`` are those
    of the translations that were looked up.
    """

    def __init__(self, env: BuildEnvironment, docname: str, *, extracts: bool = False) -> None:
        self.extracts = extracts
        self.catalogs = [] if extracts else list(_catalogs(env, docname))
        self.messages: dict[tuple[str, Place], None] = {}
        self.problems: dict[Problem, None] = {}

    def __call__(self, part: T) -> T:
        """The part of the model in the language of the page."""
        return translated(part, self._look_up) if self.extracts or self.catalogs else part

    def _look_up(self, whole: Phrase | Prose, message: str, place: Place) -> str | None:
        if not message:
            return None
        self.messages[message, place] = None
        translations = (catalog.gettext(message) for catalog in self.catalogs)
        text = next((text for text in translations if text.strip() and text != message), None)
        if text is not None and (difference := differences(message, text, whole)):
            problem = f"the translation “{text}” {difference}; it is not used"
            self.problems[Problem(place, Subtype.BAD_TRANSLATION, problem)] = None
            return None
        return text

    def finish(self, content: list[Node]) -> list[Node]:
        """The content of a directive, marked as not translatable by Sphinx, with nodes for the messages to extract."""
        if not self.extracts and not self.catalogs:
            return content
        for root in content:
            for node in root.findall(nodes.TextElement):
                if not isinstance(node, nodes.Inline):
                    node["translatable"] = False
        return [*content, *map(_message_node, self.messages)] if self.extracts else content


def text_domain(env: BuildEnvironment, docname: str) -> str:
    """The name of the project's catalogs for a page, which many pages share."""
    return docname_to_domain(docname, env.config.gettext_compact)


def _catalogs(env: BuildEnvironment, docname: str) -> Iterator[NullTranslations]:
    """The catalogs of the project for a page, as Sphinx finds them; like Sphinx, ignore those that cannot be read."""
    domain = text_domain(env, docname)
    languages = [env.config.language]
    for folder in env.config.locale_dirs:
        path = env.srcdir / folder
        if find(domain, path, languages):
            try:
                yield translation(domain, path, languages)
            except (OSError, ValueError, struct.error):
                continue


def _message_node(message: tuple[str, Place]) -> nodes.paragraph:
    """A node for a message and its place, for Sphinx to extract."""
    text, place = message
    node = nodes.paragraph(text, "", classes=["stitch-message"], translatable=False)
    node.source, node.line = place.path, place.line
    return node
