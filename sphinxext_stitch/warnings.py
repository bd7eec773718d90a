"""Warnings of the extension, logged with their subtype and location."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util import logging

from .catalogue.problems import Subtype

if TYPE_CHECKING:
    from docutils.nodes import Node

    from .catalogue.problems import Problem

logger = logging.getLogger(__name__)


def warn(subtype: Subtype, message: str, location: str | Node, *, once: bool = False) -> None:
    """Warn of a problem; ``location`` is ``path:line``, or a node.  With ``once``, a build warns of a message once."""
    logger.warning("%s", message, location=location, type="stitch", subtype=subtype.value, once=once)


def warn_of(problem: Problem, *, once: bool = False) -> None:
    """Warn of a problem of the data; see :func:`warn` for ``once``.

    The column is a part of the message, unless it is the first one: locations in Sphinx's log have none, and programs that
    read it, such as those that annotate files on GitHub, would take a line with a column for the name of a file.
    """
    place = problem.place
    column = f"column {place.column}: " if place.column > 1 else ""
    warn(problem.subtype, column + problem.message, f"{place.path}:{place.line}", once=once)


def warn_shown_twice(name: str, docname: str, location: str | Node) -> None:
    """Warn that an object is shown again; ``docname`` is the page that keeps its anchors."""
    message = (
        f"the object “{name}” is shown on the page “{docname}” already, which keeps its anchors; "
        "add “:no-index:” to show it again without them"
    )
    warn(Subtype.SHOWN_TWICE, message, location)
