"""Nodes with shorter HTML than that of docutils; other writers treat them as their base classes.

A page can have thousands of them, and would be half as large again with the classes, paragraphs and spans that docutils
adds.  ``html.nodes`` writes them.  Their ``tagname`` is that of docutils.
"""

from __future__ import annotations

from docutils import nodes


class stitch_literal(nodes.literal):
    """A name or value."""

    tagname = "literal"


class stitch_value(stitch_literal):
    """A value as JSON."""


class stitch_name(stitch_literal):
    """The name of a property in a sentence, or of a type in a column: it breaks between its parts."""


class stitch_row_name(stitch_literal):
    """The name of a property that heads a row, where it has more room."""


class stitch_reference(nodes.reference):
    """A link within the page, to a ``refid``."""

    tagname = "reference"


class stitch_documentation(nodes.reference):
    """A link to the documentation of a connection, behind its name, with a ``label`` that says so.

    Formats that show no addresses leave it out.
    """

    tagname = "reference"


class stitch_date(nodes.inline):
    """A date, which does not break."""

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
    """The columns, header and rows of a table."""

    tagname = "tgroup"


class stitch_heading(nodes.rubric):
    """A heading within a section, which no table of contents lists."""

    tagname = "rubric"


class stitch_example(nodes.literal_block):
    """A body in JSON."""

    tagname = "literal_block"


class search_reference(nodes.reference):
    """A reference to the availability table with a ``query``, which is inserted before the anchor of its URL."""
