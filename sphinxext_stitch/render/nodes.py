"""Nodes that HTML writes with less than docutils does; to every other writer they are what they derive from.

A page can have thousands of them, and would be half as large again with the classes, paragraphs and spans that docutils
adds.  ``html.nodes`` says how they are written.  The doctree names them as docutils does.
"""

from __future__ import annotations

from docutils import nodes


class stitch_literal(nodes.literal):
    """A name or value."""

    tagname = "literal"


class stitch_reference(nodes.reference):
    """A link within the page, to a ``refid``."""

    tagname = "reference"


class stitch_tip(nodes.inline):
    """A word with a ``tip``, which says more of it."""

    tagname = "inline"


class stitch_bullet_list(nodes.bullet_list):
    """A list."""

    tagname = "bullet_list"


class stitch_enumerated_list(nodes.enumerated_list):
    """A list with numbers."""

    tagname = "enumerated_list"


class stitch_field_list(nodes.field_list):
    """The summary of an object."""

    tagname = "field_list"


class stitch_tgroup(nodes.tgroup):
    """What is in a table: its columns, header and rows."""

    tagname = "tgroup"


class stitch_example(nodes.literal_block):
    """A body in JSON."""

    tagname = "literal_block"
