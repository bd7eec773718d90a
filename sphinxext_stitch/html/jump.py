"""The quick jump: its script on the pages that have it, and beside them the index of all objects and properties."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sphinx.locale import get_translation

from ..builders import has_scripts
from ..catalogue.digest import digest
from ..catalogue.json_paths import FOLDER
from ..domain import domain_of, shows_ours
from ..render.words import kind_words, words_of
from .assets import STYLE
from .files import write_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from ..catalogue.api import Api
    from ..catalogue.model import Catalogue, Connection, ConnectionObject
    from ..domain import StitchDomain

_ = get_translation("sphinxext_stitch")

SCRIPT = "sphinxext-stitch-jump.js"

#: The index: a script, as browsers refuse to read data beside pages that are opened from disk.
INDEX = f"{FOLDER}/jump.js"


def add_jump(
    app: Sphinx, pagename: str, _template: str, _context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add the script to the pages that ``stitch_jump`` says; the handler of ``html-page-context``."""
    pages = app.config.stitch_jump
    selections = domain_of(app.env).records.selections
    if pages == "none" or not selections or not has_scripts(app.builder):
        return
    if pages == "all" or (doctree is not None and shows_ours(app.env, pagename)):
        app.add_css_file(STYLE)
        words: dict[str, Any] = {
            "data-keys": "\n".join(app.config.stitch_jump_keys),
            "data-label": _("Jump to …"),
            "data-hint": _("Type, name or property"),
            "data-failed": _("The list of names cannot be loaded."),
        }
        app.add_js_file(SCRIPT, loading_method="defer", **words)


def write_index(app: Sphinx, exception: Exception | None) -> None:
    """Write the index if something in it has changed; the handler of ``build-finished``."""
    if exception is not None or not has_scripts(app.builder):
        return
    domain = domain_of(app.env)
    records = domain.records
    origin = ""
    if records.selections and app.config.stitch_jump != "none":
        # An object and its connection can have the same name.
        places = [
            {name: [page, _address(app.builder, page)] for name, page in records.pages_of(collection).items()}
            for collection in ("objects", "connections")
        ]
        # Pages are read again when words change in their language.
        origin = digest([domain.data["catalogue"], places, records.versions])

    write_files(app, "jump", (origin, ""), lambda: {INDEX: (origin, lambda: _Index(domain, app.builder).as_text())})


def _address(builder: Builder, docname: str) -> str:
    """The address of a page from the folder of the output; empty where all pages are one."""
    return builder.get_target_uri(docname).partition("#")[0]


class _Index:
    """What the script searches, as short as it goes: names, pages and kinds that many share are there once."""

    def __init__(self, domain: StitchDomain, builder: Builder) -> None:
        self.records = domain.records
        self.catalogue: Catalogue = domain.catalogue
        self.builder = builder
        self.api: Api = domain.api_of(min(self.records.selections))
        self.kinds = {name: position for position, name in enumerate(self.api.kind_names)}
        self.pages: dict[str, int] = {}
        self.names: dict[str, int] = {}

    def as_text(self) -> str:
        """The text of the script."""
        entries = [*self._objects(), *self._rows()]
        kinds = [kind_words(name, self.api) for name in self.kinds]
        index = {
            "found": _("%(count)s found"),
            "none": _("Nothing found"),
            "property": words_of(self.api).property,
            "kinds": [[words.title, words.named] for words in kinds],
            "pages": [*self.pages],
            "names": [*self.names],
            "entries": entries,
        }
        return f"stitchJump={json.dumps(index, ensure_ascii=False, separators=(',', ':'))}\n"

    def _objects(self) -> Iterator[list[Any]]:
        for obj in self.catalogue.objects:
            page = self.records.page_of("objects", f"{obj.kind}/{obj.key}")
            if page is not None:
                aliases = [name for row in obj.connections for name in (row.name, *row.aliases)]
                paths = dict.fromkeys(".".join(path) for path in obj.property_paths)
                yield self._entry(obj, obj.type, page, aliases, paths)

    def _rows(self) -> Iterator[list[Any]]:
        """The connections whose objects no page shows, and those that have none."""
        for row in self.catalogue.connections:
            page = self.records.page_of("connections", f"{row.kind}/{row.key}")
            obj = self.records.page_of("objects", f"{row.kind}/{row.object_key}")
            if page is not None and obj is None:
                yield self._entry(row, row.type or "", page, row.aliases, ())

    def _entry(
        self,
        item: ConnectionObject | Connection,
        type_name: str,
        page: str,
        aliases: Iterable[str],
        paths: Iterable[str],
    ) -> list[Any]:
        """Name, type, kind, page, anchor, aliases and properties."""
        return [
            item.name,
            type_name,
            self.kinds[item.kind],
            _position(self.pages, _address(self.builder, page)),
            item.anchor,
            [*dict.fromkeys(alias for alias in aliases if alias != item.name)],
            [_position(self.names, path) for path in paths],
        ]


def _position(positions: dict[str, int], key: str) -> int:
    """The position of a key, which is the next one if it is new."""
    return positions.setdefault(key, len(positions))


def setup(app: Sphinx) -> None:
    """Connect the handlers."""
    app.connect("html-page-context", add_jump)
    app.connect("build-finished", write_index)
