"""What builders can do, by their classes; and how nodes are written, so that every builder of a format finds it.

Sphinx looks up handlers by the name of a builder, and by its format only if no extension has registered any by that name.
Other extensions derive builders from Sphinx's own, under other names.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from sphinx.builders.epub3 import Epub3Builder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.builders import Builder


def has_scripts(builder: Builder) -> bool:
    """Whether a builder makes HTML pages with scripts; readers of EPUB run none."""
    return builder.format == "html" and not isinstance(builder, Epub3Builder)


def has_one_page(builder: Builder) -> bool:
    """Whether a builder puts all pages into one HTML page, which can be read without scripts, as one that becomes a PDF."""
    return isinstance(builder, SingleFileHTMLBuilder)


def writes_markdown(builder: Builder) -> bool:
    """Whether a builder writes Markdown as sphinx-markdown-builder does, to whose translator texts can be added."""
    return builder.format == "markdown" and hasattr(builder.get_translator_class(), "add")


def add_node(app: Sphinx, node: type[Element], **handlers: Any) -> None:
    """Register a node, as :meth:`~sphinx.application.Sphinx.add_node`, with handlers for the builders of each format."""
    app.add_node(node, **handlers)
    # When extensions and conf.py have registered theirs.
    app.connect("builder-inited", partial(_add_by_name, node, handlers), priority=900)


def _add_by_name(node: type[Element], handlers: dict[str, Any], app: Sphinx) -> None:
    """Register the handlers by the name of the builder if others are: these would hide ours.

    By themselves ours would hide the others, so Sphinx's registry is asked, which no function of its interface tells of.
    """
    builder = app.builder
    if builder.name not in handlers and builder.format in handlers:
        others = app.registry.translation_handlers.get(builder.name, {})
        if others and node.__name__ not in others:
            app.add_node(node, override=True, **{builder.name: handlers[builder.format]})
