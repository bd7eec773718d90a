"""The ``stitch`` domain: which page shows what, and how links find it."""

from __future__ import annotations

from contextlib import suppress
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.builders.gettext import MessageCatalogBuilder
from sphinx.domains import Domain, ObjType
from sphinx.domains.std import StandardDomain
from sphinx.locale import get_translation
from sphinx.util import logging
from sphinx.util.display import status_iterator
from sphinx.util.nodes import make_refnode

from .catalogue.load import load
from .catalogue.targets import find_target
from .config import data_path
from .render.property_object import labels, object_title
from .translation import Translator
from .warnings import Subtype

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from docutils.nodes import Element, Node
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from .catalogue.model import Catalogue
    from .catalogue.select import Selection
    from .catalogue.targets import Target

logger = logging.getLogger(__name__)
_ = get_translation("sphinxext_stitch")

#: From this number of files on, reading a catalogue takes long enough to show how far it is.
LARGE = 500

#: The file that keeps the catalogue, beside Sphinx's own.
CACHE = "stitch-catalogue.pickle"


class Table(NamedTuple):
    """An availability table: where it is written, its id, and the objects in it."""

    location: str
    anchor: str
    objects: tuple[str, ...]


class StitchDomain(Domain):
    """Knows the page of each object and connection.

    ``data`` has, by page: ``selections``, what its directives show, with digests; ``objects`` and
    ``connections``, the ones that have their anchor there, with the place of the directive; ``tables``, its
    availability tables; ``links``, what its links name, with the places to which they led.
    """

    name = "stitch"
    label = "Stitch"
    object_types: ClassVar = {"object": ObjType("object"), "connection": ObjType("connection")}
    initial_data: ClassVar = {"selections": {}, "objects": {}, "connections": {}, "tables": {}, "links": {}}
    data_version = 1

    #: Loaded anew for each build; not part of the environment.
    catalogue: Catalogue

    #: Whether the build extracts messages to translate, and nothing else.
    extracts = False

    #: Who owns an anchor, once all pages are read; see :meth:`page_of`.
    _owners: dict[str, dict[str, str]] | None = None

    def note_selection(self, docname: str, selection: Selection) -> None:
        """Remember what a page shows, so that it is read again when that changes."""
        shown = self.data["selections"].setdefault(docname, {})
        shown[selection] = selection.digest(self.catalogue)

    def note_object(self, docname: str, name: str, location: str) -> bool:
        """Remember that a page shows an object; False if it has its anchor there already."""
        return self._note("objects", docname, name, location)

    def note_connection(self, docname: str, name: str, location: str) -> bool:
        """Remember that a page has the row of a connection; False if it has its anchor there already."""
        return self._note("connections", docname, name, location)

    def note_table(self, docname: str, table: Table) -> None:
        """Remember an availability table; ways back lead to the first of the page, or of the project."""
        self.data["tables"].setdefault(docname, []).append(table)

    def note_links(self, docname: str, links: Iterable[tuple[str, str]]) -> None:
        """Remember what the links of a page name, so that it is written again when that moves."""
        self.data["links"][docname] = dict.fromkeys(links)

    def _note(self, what: str, docname: str, name: str, location: str) -> bool:
        self._owners = None
        places: dict[str, str] = self.data[what].setdefault(docname, {})
        if name in places:
            return False
        places[name] = location
        return True

    def page_of(self, what: str, name: str) -> str | None:
        """The page that owns the anchor of an object or connection: the first by name that shows it.

        So the owner is the same, whichever page is read first.
        """
        if self._owners is None:
            self._owners = {
                what: {
                    name: docname
                    for docname in sorted(self.data[what], reverse=True)
                    for name in self.data[what][docname]
                }
                for what in ("objects", "connections")
            }
        return self._owners[what].get(name)

    def clear_doc(self, docname: str) -> None:
        self._owners = None
        for what in self.initial_data:
            self.data[what].pop(docname, None)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        self._owners = None
        for what in self.initial_data:
            self.data[what].update({name: value for name, value in otherdata[what].items() if name in docnames})

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        """Resolve a link that a directive or prose made; what no page shows stays plain text."""
        found = None if typ == "table" else find_target(self.catalogue, target)
        if found is not None and found.endpoint is not None and found.endpoint.docs is not None:
            return nodes.reference("", "", *contnode.children, refuri=found.endpoint.docs, internal=False)
        docname, anchor = self.table_for(fromdocname) if typ == "table" else self.place_of(found)
        if docname is not None:
            return make_refnode(builder, fromdocname, docname, anchor, contnode)
        # Sphinx warns of None where it is asked to. It must not for what a directive made: a table may list
        # objects that the project does not show.
        return None if typ == "stitch" else cast(nodes.reference, contnode)

    def table_for(self, docname: str) -> tuple[str | None, str]:
        """The page and id of the table to which a page leads back: its own, else the first of the project."""
        tables: dict[str, list[Table]] = self.data["tables"]
        page = docname if docname in tables else min(tables, default=None)
        return (page, tables[page][0].anchor) if page is not None else (None, "")

    def place_of(self, target: Target | None) -> tuple[str | None, str]:
        """The page and id of an object or property; no page if it is shown on none."""
        if target is None or target.obj is None:
            return None, ""
        return self.page_of("objects", f"{target.obj.kind}/{target.obj.key}"), target.anchor

    def moved_links(self, labels: Mapping[str, object]) -> list[str]:
        """The pages with a link to something that is elsewhere, or called otherwise, than when they were written.

        ``labels`` has what ``:ref:`` can name.
        """
        places: dict[tuple[str, str], object] = {}
        moved = []
        for docname, links in self.data["links"].items():
            for typ, target in links:
                if typ != "table" and (typ, target) not in places:
                    place = self.place_of(find_target(self.catalogue, target)) if typ != "ref" else None
                    places[typ, target] = place, labels.get(target)
            now = {link: self.table_for(docname) if link[0] == "table" else places[link] for link in links}
            if now != links:
                moved.append(docname)
                self.data["links"][docname] = now
        return moved

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, nodes.reference]]:
        docname, anchor = self.place_of(find_target(self.catalogue, target))
        if docname is None:
            return []
        return [("stitch:object", make_refnode(builder, fromdocname, docname, anchor, contnode))]

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        for obj in self.catalogue.objects:
            name = f"{obj.kind}/{obj.key}"
            docname = self.page_of("objects", name)
            if docname is not None:
                yield name, object_title(obj, _), "object", docname, obj.anchor, 1
        for connection in self.catalogue.connections:
            name = f"{connection.kind}/{connection.key}"
            docname = self.page_of("connections", name)
            if docname is not None:
                yield name, connection.name, "connection", docname, connection.anchor, 1

    def check_consistency(self) -> None:
        """Warn of objects that two pages own, and of tables whose objects no page shows."""
        shown: dict[str, str] = {}
        for docname in sorted(self.data["objects"]):
            for name, location in self.data["objects"][docname].items():
                if name in shown:
                    warn_shown_twice(name, shown[name], location)
                shown.setdefault(name, docname)
        for _docname, tables in sorted(self.data["tables"].items()):
            for table in tables:
                missing = [name for name in table.objects if name not in shown]
                if missing and shown:
                    listed = ", ".join(missing[:10]) + (", …" if len(missing) > 10 else "")
                    message = (
                        f"no page shows {len(missing)} of the objects in this table, so they have no links: {listed}"
                    )
                    warn(Subtype.NOT_SHOWN, message, table.location)


def warn(subtype: Subtype, message: str, location: str) -> None:
    """Warn of a problem; ``location`` is a file and a line, with a column where it is known."""
    logger.warning("%s", message, location=location, type="stitch", subtype=subtype.value)


def warn_shown_twice(name: str, docname: str, location: str) -> None:
    """Warn that an object is shown again."""
    message = (
        f"the object “{name}” is shown on the page “{docname}” already, which keeps its anchors; "
        "add “:no-index:” to show it again without"
    )
    warn(Subtype.SHOWN_TWICE, message, location)


def domain_of(env: BuildEnvironment) -> StitchDomain:
    """The domain of an environment."""
    return cast(StitchDomain, env.get_domain("stitch"))


def link(kind: str, target: str, content: list[Node]) -> Node:
    """A link that is resolved when all pages are read.

    ``kind`` is ``object``, ``table`` or ``stitch`` (what a link in prose can name), or ``ref`` or ``doc``
    for Sphinx's own.
    """
    domain = "std" if kind in ("ref", "doc") else "stitch"
    if kind == "ref":
        target = nodes.fully_normalize_name(target)
    options = {"refdomain": domain, "reftype": kind, "reftarget": target, "refexplicit": True}
    return addnodes.pending_xref("", nodes.inline("", "", *content), refwarn=domain == "std", **options)


def load_catalogue(app: Sphinx) -> None:
    """Load the catalogue, and report what is wrong with it, on every build."""
    cache = Path(app.doctreedir, CACHE)
    if app.fresh_env_used:
        with suppress(OSError):
            cache.unlink()  # whoever asks Sphinx to begin anew means the catalogue too
    catalogue = load(data_path(app), lambda files: progress(files, app.verbosity), cache)
    domain = domain_of(app.env)
    domain.catalogue = catalogue
    domain.extracts = isinstance(app.builder, MessageCatalogBuilder)
    for problem in catalogue.problems:
        warn(problem.subtype, problem.message, str(problem.place))


def progress(files: list[Path], verbosity: int) -> Iterator[Path]:
    """Hand on the files, and show in Sphinx's way how far that is where they are many, in a hundred steps at most."""
    if len(files) < LARGE:
        yield from files
        return
    size = ceil(len(files) / 100)
    parts = [files[start : start + size] for start in range(0, len(files), size)]
    summary = "reading the catalogue... "
    for part in status_iterator(parts, summary, "brown", len(parts), verbosity, lambda part: part[0].name):
        yield from part


def outdated(
    app: Sphinx, env: BuildEnvironment, added: AbstractSet[str], changed: AbstractSet[str], removed: AbstractSet[str]
) -> list[str]:
    """The pages that show something that is not in the catalogue as it was."""
    domain = domain_of(env)
    digests: dict[Selection, str] = {}
    pages = []
    for docname, selections in domain.data["selections"].items():
        for selection, digest in selections.items():
            if selection not in digests:
                digests[selection] = selection.digest(domain.catalogue)
            if digests[selection] != digest:
                pages.append(docname)
                break
    return pages


def note_links(app: Sphinx, doctree: nodes.document) -> None:
    """Remember what the links of a page name: ours, and the ones that may name a label of ours."""
    found = {
        (node["reftype"], node["reftarget"])
        for node in doctree.findall(addnodes.pending_xref)
        if node.get("refdomain") == "stitch" or node["reftype"] in ("ref", "any", "myst")
    }
    domain_of(app.env).note_links(app.env.docname, sorted(found))


def places_changed(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Label the sections of objects for ``:ref:``, and name the pages whose links are to be written again.

    Labels are not made by names on the sections, which Sphinx notes page by page: of an object on two
    pages, the page that happens to be read last would get the label.
    """
    domain = domain_of(env)
    standard = cast(StandardDomain, env.get_domain("std"))
    ours: dict[str, tuple[str, str, str]] = {}
    for obj in domain.catalogue.objects:
        docname = domain.page_of("objects", f"{obj.kind}/{obj.key}")
        if docname is not None:
            api = Translator(env, docname)(domain.catalogue.api)
            for anchor, title in labels(obj, api, _).items():
                name = nodes.fully_normalize_name(anchor)
                ours[name] = standard.labels[name] = (docname, anchor, title)
                standard.anonlabels[name] = (docname, anchor)
    return domain.moved_links(ours)


def setup(app: Sphinx) -> None:
    """Register the domain and what keeps it up to date."""
    app.add_domain(StitchDomain)
    app.connect("builder-inited", load_catalogue)
    app.connect("env-get-outdated", outdated)
    app.connect("doctree-read", note_links)
    app.connect("env-updated", places_changed)
