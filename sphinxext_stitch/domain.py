"""The ``stitch`` domain: which page shows what, and how links find it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, cast

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.locale import get_translation
from sphinx.util.nodes import make_refnode

from .catalogue.problems import Subtype, suggestion
from .catalogue.queries.targets import ambiguous, find_target, find_targets, names_of, property_names, target_names
from .links import ROLES, TargetRole, search_reference
from .render.titles import named_kind, object_title, property_title
from .warnings import warn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from .catalogue.loading.incremental import LoadedCatalogue
    from .catalogue.model import Catalogue
    from .catalogue.queries.selection import Selection
    from .catalogue.queries.targets import Target

_ = get_translation("sphinxext_stitch")


#: What the domain knows of each page.
BY_PAGE = ("selections", "objects", "connections", "endpoints", "tables", "links", "titles")


class Table(NamedTuple):
    """An availability table: where it is written, its id, and the objects in it."""

    location: str
    anchor: str
    objects: tuple[str, ...]


class StitchDomain(Domain):
    """Knows the page of each object and connection.

    ``data`` has, by page: ``selections``, what its directives show, with digests; ``objects``, ``connections``
    and ``endpoints``, the ones that have their anchor there, with the place of the directive; ``tables``, its
    availability tables; ``links``, what its links name, with the places to which they led; ``titles``, a digest
    of its titles and their ids, if it shows something.  Of all pages: ``catalogue``, the digest of the one that they
    show; ``navigation``, a digest of the titles and of the order of the pages; ``names``, what :meth:`get_objects`
    gives, for which Sphinx asks in each build, None if it is to be found out; ``pages``, the pages that are made, and for
    which catalogue and folder.
    """

    name = "stitch"
    label = "Stitch"
    roles: ClassVar = {role: TargetRole() for role in ROLES}
    object_types: ClassVar = {
        "object": ObjType(_("connection property object"), "object"),
        "property": ObjType(_("connection property"), "prop"),
        "endpoint": ObjType(_("endpoint"), "endpoint"),
        "connection": ObjType(_("connection"), "conn"),
    }
    initial_data: ClassVar = {
        **{what: {} for what in BY_PAGE},
        "catalogue": "",
        "navigation": "",
        "names": None,
        "pages": ((), {}),
    }
    data_version = 4

    #: Loaded anew for each build; not part of the environment.
    _kept: LoadedCatalogue

    #: What changed since the last build: the catalogue, a page.
    catalogue_changed = False
    pages_changed = False

    #: Whether the build extracts messages to translate, and nothing else.
    extracts = False

    #: Who owns an anchor, once all pages are read; see :meth:`page_of`.
    _owners: dict[str, dict[str, str]] | None = None

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue."""
        return self._kept.catalogue

    def take(self, kept: LoadedCatalogue) -> None:
        """Take the catalogue of the build."""
        self._kept = kept
        if self.data["catalogue"] != kept.digest:
            self.data["catalogue"] = kept.digest
            self.catalogue_changed = True
            self.data["names"] = None

    def _change_pages(self) -> None:
        """Forget what follows from the pages."""
        self.pages_changed = True
        self.data["names"] = self._owners = None

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

    def note_endpoint(self, docname: str, name: str, location: str) -> bool:
        """Remember that a page has the row of an endpoint; False if it has its anchor there already."""
        return self._note("endpoints", docname, name, location)

    def note_table(self, docname: str, table: Table) -> None:
        """Remember an availability table; ways back lead to the first of the page, or of the project."""
        self.data["tables"].setdefault(docname, []).append(table)

    def note_links(self, docname: str, links: Iterable[tuple[str, str]]) -> None:
        """Remember what the links of a page name, so that it is written again when that moves."""
        self.data["links"][docname] = dict.fromkeys(links)

    def _note(self, what: str, docname: str, name: str, location: str) -> bool:
        self._change_pages()
        places: dict[str, str] = self.data[what].setdefault(docname, {})
        if name in places:
            return False
        places[name] = location
        return True

    def page_of(self, what: str, name: str) -> str | None:
        """The page that owns the anchor of an object, connection or endpoint: the first by name that shows it.

        So the owner is the same, whichever page is read first.
        """
        if self._owners is None:
            self._owners = {
                what: {
                    name: docname
                    for docname in sorted(self.data[what], reverse=True)
                    for name in self.data[what][docname]
                }
                for what in ("objects", "connections", "endpoints")
            }
        return self._owners[what].get(name)

    def clear_doc(self, docname: str) -> None:
        self._change_pages()
        for what in BY_PAGE:
            self.data[what].pop(docname, None)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        self._change_pages()
        for what in BY_PAGE:
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
        """Resolve a link; what no page shows stays plain text, of which Sphinx warns where it is asked to."""
        docname, anchor = self.place(fromdocname, typ, target)
        if docname is not None:
            made = make_refnode(builder, fromdocname, docname, anchor, contnode)
            if "query" in node and builder.format == "html" and builder.name != "epub":
                # Only these pages have a filter to read it.
                return search_reference("", "", *made.children, **made.attributes, query=node["query"])
            return made
        if "query" in node:
            warn(Subtype.UNKNOWN_TARGET, "no page has an availability table, so this link leads nowhere", node)
        if anchor:
            return nodes.reference("", "", *contnode.children, refuri=anchor, internal=False)
        return cast(nodes.reference, contnode) if node.get("refquiet") else None

    def table_for(self, docname: str) -> tuple[str | None, str]:
        """The page and id of the table to which a page leads back: its own, else the first of the project."""
        tables: dict[str, list[Table]] = self.data["tables"]
        page = docname if docname in tables else min(tables, default=None)
        return (page, tables[page][0].anchor) if page is not None else (None, "")

    def place(self, fromdocname: str, typ: str, target: str) -> tuple[str | None, str]:
        """The page and id to which a link leads; without a page, the address of another site or nothing."""
        if typ == "table":
            return self.table_for(fromdocname)
        for found in find_targets(self.catalogue, target, ROLES.get(typ, "")):
            place = self.place_of(found)
            if place[1]:
                return place
        return None, ""

    def place_of(self, target: Target) -> tuple[str | None, str]:
        """The page and id of something; of an endpoint that no page shows, no page and its documentation."""
        if target.obj is not None:
            docname = self.page_of("objects", f"{target.obj.kind}/{target.obj.key}")
        elif target.connection is not None:
            row = target.connection
            docname = self.page_of("connections", f"{row.kind}/{row.key}")
        elif target.endpoint is not None:
            docname = self.page_of("endpoints", target.endpoint.name)
            if docname is None:
                return None, target.endpoint.docs or ""
        else:
            docname = None
        return (docname, target.anchor) if docname is not None else (None, "")

    def moved_links(self, labels: Mapping[str, object]) -> list[str]:
        """The pages with a link to something that is elsewhere, or called otherwise, than when they were written.

        ``labels`` has what ``:ref:`` can name.
        """
        places: dict[tuple[str, str], object] = {}
        moved = []
        for docname, links in self.data["links"].items():
            for typ, target in links:
                if typ != "table" and (typ, target) not in places:
                    place = self.place(docname, typ, target) if typ != "ref" else None
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
        for found in find_targets(self.catalogue, target):
            docname, anchor = self.place_of(found)
            if docname is not None:
                made = make_refnode(builder, fromdocname, docname, anchor, contnode)
                return [(f"stitch:{self.role_for_objtype(found.what)}", made)]
        return []

    def get_type_name(self, type: ObjType, primary: bool = False) -> str:  # noqa: A002, FBT001, FBT002 - Sphinx's
        """The name of a type, without the domain's before it: readers know their own platform."""
        return type.lname

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """What other projects and the search can find.

        Each has one name with a title that the search shows; its other names are for links alone.
        """
        if self.data["names"] is None:
            self.data["names"] = [*self._all_objects()]
        return iter(self.data["names"])

    def _all_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        catalogue = self.catalogue
        for obj in catalogue.objects:
            docname = self.page_of("objects", f"{obj.kind}/{obj.key}")
            if docname is not None:
                yield from _entries("object", names_of(catalogue, obj), object_title(obj), docname, obj.anchor)
                for found, names in property_names(catalogue, obj):
                    yield from _entries("property", names, property_title(obj, found.path), docname, found.anchor)
        for row in catalogue.connections:
            docname = self.page_of("connections", f"{row.kind}/{row.key}")
            if docname is not None:
                yield from _entries("connection", names_of(catalogue, row), named_kind(row), docname, row.anchor)
        for endpoint in catalogue.api.endpoints:
            docname = self.page_of("endpoints", endpoint.name)
            if docname is not None:
                yield from _entries("endpoint", [endpoint.name], str(endpoint.title), docname, endpoint.anchor)

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


def _entries(
    what: str, names: list[str], title: str, docname: str, anchor: str
) -> Iterator[tuple[str, str, str, str, str, int]]:
    """The first name with a title for the search, and the others, which -1 keeps out of it (a Sphinx contract)."""
    yield names[0], title, what, docname, anchor, 1
    yield from ((name, name, what, docname, anchor, -1) for name in names[1:])


def warn_shown_twice(name: str, docname: str, location: str) -> None:
    """Warn that an object is shown again."""
    message = (
        f"the object “{name}” is shown on the page “{docname}” already, which keeps its anchors; "
        "add “:no-index:” to show it again without them"
    )
    warn(Subtype.SHOWN_TWICE, message, location)


def domain_of(env: BuildEnvironment) -> StitchDomain:
    """The domain of an environment."""
    return cast(StitchDomain, env.get_domain("stitch"))


def warn_dangling(app: Sphinx, domain: Domain | None, node: pending_xref) -> bool | None:
    """Say of a link that leads nowhere what is wrong with it; Sphinx asks where it warns of such links."""
    if not isinstance(domain, StitchDomain):
        return None
    catalogue, target, what = domain.catalogue, node["reftarget"], ROLES.get(node["reftype"], "")
    found = find_target(catalogue, target, what)
    if found is not None:
        warn(Subtype.NOT_SHOWN, f"no page shows the {found.what} “{target}”, so this link leads nowhere", node)
        return True
    several = ambiguous(catalogue, target, what or "object") if what in ("", "object", "connection") else None
    named = what or "object, property, endpoint or connection"
    message = f"there is no {named} “{target}”{suggestion(target, target_names(catalogue, target, what))}"
    warn(Subtype.UNKNOWN_TARGET, several or message, node)
    return True


def setup(app: Sphinx) -> None:
    """Register the domain."""
    app.add_domain(StitchDomain)
    app.connect("warn-missing-reference", warn_dangling)
