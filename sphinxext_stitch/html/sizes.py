"""The size that each object will have, as a class: so a browser lays out only the objects that are near.

The style sheet has a size for each class, rounded to hundreds.  A property in ``style`` would say it more exactly, but a
strict Content-Security-Policy refuses that.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from docutils import nodes

from ..builders import has_scripts
from ..domain import shows_ours
from ..render.find import blocks

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: The size of the first class in pixels, how much larger each next one is, and the number of classes.
FIRST = 400
FACTOR = 1.2
COUNT = 21

#: What a section, a row, a character in a row and a further step add to the height, in pixels.  They were fitted to the
#: objects of Stitch in a browser, whose heights they give within 3 %; a browser puts them right as it comes there.
_SECTION = 640
_ROW = 35
_CHARACTER = 0.73
_STEP = 300


def size_class(height: float) -> int:
    """The number of the class whose size is the nearest to a height in pixels."""
    return min(max(round(log(height / FIRST, FACTOR)), 0), COUNT - 1)


def add_sizes(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Give each object the class of its size."""
    if not has_scripts(app.builder) or not shows_ours(app.env, docname):
        return
    for section in blocks(doctree, nodes.section):
        if "stitch-object" in section["classes"]:
            section["classes"].append(f"stitch-size-{size_class(_height(section))}")


def _height(section: nodes.section) -> float:
    """The height of a section on a wide page, about."""
    bodies = [body for table in blocks(section, nodes.table) for body in table.findall(nodes.tbody)]
    rows = sum(map(len, bodies))
    characters = sum(len(body.astext()) for body in bodies)
    steps = sum("stitch-step" in part["classes"] for part in section.children if isinstance(part, nodes.section))
    return _SECTION + _ROW * rows + _CHARACTER * characters + _STEP * steps


def setup(app: Sphinx) -> None:
    """Connect the handler."""
    app.connect("doctree-resolved", add_sizes)
