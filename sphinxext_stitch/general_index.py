"""Entries of the general index for objects, properties, connections and endpoints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sphinx import addnodes
from sphinx.locale import get_translation
from sphinx.transforms.post_transforms import SphinxPostTransform

from .catalogue.queries.targets import property_names
from .domain import shows_ours
from .render.find import blocks
from .render.titles import named_kind
from .render.words import kind_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

    from .catalogue.api import Api, Endpoint
    from .catalogue.model import Catalogue, Connection, ConnectionObject

    Entry = tuple[str, str, str, str, None]

_ = get_translation("sphinxext_stitch")


def object_index(catalogue: Catalogue, obj: ConnectionObject, api: Api) -> addnodes.index:
    """The entries of an object, by its name, and of each of its properties; ``api`` has the words of the page."""
    targets = (target for target, _names in property_names(catalogue, obj))
    named = named_kind(obj, api)
    properties = [_entry(".".join(target.path), named, target.anchor) for target in targets]
    return _index([_entry(obj.name, kind_words(obj.kind, api).object, obj.anchor), *properties])


def connection_index(connections: Iterable[Connection], api: Api) -> addnodes.index:
    """The entries of rows; ``api`` has the words of the page."""
    return _index([_entry(row.name, kind_words(row.kind, api).connection, row.anchor) for row in connections])


def endpoint_index(endpoints: Iterable[Endpoint]) -> addnodes.index:
    """The entries of endpoints."""
    return _index([_entry(entry.title, _("endpoint"), entry.anchor) for entry in endpoints])


def _index(entries: list[Entry]) -> addnodes.index:
    return addnodes.index(entries=entries, classes=["stitch-index"])


def _entry(name: str, sub: str, anchor: str) -> Entry:
    """An entry with a sub-entry, in the form of ``addnodes.index``; a semicolon would separate a further sub-entry."""
    return "single", f"{name.replace(';', ',')}; {sub.replace(';', ',')}", index_address(anchor), "", None


def index_address(anchor: str) -> str:
    """An anchor as the general index gets it: Sphinx writes it into an attribute of HTML as it is."""
    return re.sub("[\"'&<>`]", lambda match: quote(match[0]), anchor)


class DropIndex(SphinxPostTransform):
    """Removes our index nodes for HTML, whose index is made before: the search would find their words twice."""

    formats = ("html",)
    default_priority = 200

    def run(self, **kwargs: Any) -> None:
        if not shows_ours(self.env, self.env.docname):
            return
        for node in blocks(self.document, addnodes.index):
            if "stitch-index" in node["classes"]:
                node.parent.remove(node)


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(DropIndex)
