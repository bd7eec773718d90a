"""Warnings of the extension in Sphinx's log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util import logging

if TYPE_CHECKING:
    from docutils.nodes import Node

    from .catalogue.problems import Subtype

logger = logging.getLogger(__name__)


def warn(subtype: Subtype, message: str, location: str | Node) -> None:
    """Warn of a problem; ``location`` is a file and a line, with a column where it is known, or a node."""
    logger.warning("%s", message, location=location, type="stitch", subtype=subtype.value)
