"""The ``stitch`` domain: resolves cross-references, and lists objects for the inventory and the search."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.errors import NoUri
from sphinx.locale import get_translation
from sphinx.util.nodes import make_refnode

from .builders import has_scripts
from .catalogue.problems import Subtype
from .catalogue.queries.targets import ambiguous, find_target, find_targets, target_suggestion
from .inventory import entries
from .link_places import link_place, target_place
from .page_records import BY_PAGE, PageRecords
from .render.links import link
from .render.nodes import search_reference
from .render.parts import internal
from .render.words import words_of
from .roles import ROLES, TargetRole
from .translation import Translator, text_domain
from .warnings import warn, warn_shown_twice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from docutils.nodes import Element, Node
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from .catalogue.api import Api
    from .catalogue.loading.incremental import LoadedCatalogue
    from .catalogue.model import Catalogue
    from .catalogue.queries.selection import Selection
    from .inventory import Entry
    from .page_records import Anchored

_ = get_translation("sphinxext_stitch")


class StitchDomain(Domain):
    """Has the catalogue of the build, and the page of each object, connection and endpoint.

    ``data``, which Sphinx pickles with the environment, has the records of each page (see
    :class:`.page_records.PageRecords`) and, for all pages: ``catalogue``, the digest of the catalogue; ``navigation``, a
    digest of the titles and of the order of pages; ``names``, the result of :meth:`get_objects`, which Sphinx calls in
    each build, or None if it is outdated, and ``words``, those for their types; ``pages``, the generated pages, behind the
    digest of the catalogue and the folder that they are of.
    """

    name = "stitch"
    label = "Stitch"
    roles: ClassVar = {role: TargetRole() for role in ROLES}
    object_types: ClassVar = {
        # Links of prose have the reference type “stitch”, which is no role; intersphinx looks up the types that have it.
        name: ObjType(name, role, "stitch")
        for role, name in ROLES.items()
    }
    initial_data: ClassVar = {
        **{name: {} for name in BY_PAGE},
        "catalogue": "",
        "navigation": "",
        "names": None,
        "words": {},
        "pages": ((), {}),
    }
    data_version = 9

    #: The catalogue of the build, which is not part of the environment.
    _loaded: LoadedCatalogue | None = None

    #: Its API for the pages of each text domain; see :meth:`api_of`.
    _apis: dict[str, Api]

    #: Whether the catalogue differs from that of the last build.
    catalogue_changed = False

    #: Whether the builder only extracts messages, as ``gettext`` does.
    extracts = False

    @cached_property
    def records(self) -> PageRecords:
        """The records of each page."""
        return PageRecords(self.data)

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue.  Raises :class:`RuntimeError` before the event ``builder-inited``."""
        if self._loaded is None:
            message = "the catalogue is loaded when Sphinx emits “builder-inited”"
            raise RuntimeError(message)
        return self._loaded.catalogue

    def take(self, loaded: LoadedCatalogue) -> None:
        """Set the catalogue of the build, and note whether it differs from that of the last one."""
        self._loaded = loaded
        self._apis = {}
        if self.data["catalogue"] != loaded.digest:
            self.data["catalogue"] = loaded.digest
            self.catalogue_changed = True
            self.data["names"] = None
        if self.records.conditions:  # they are of another builder, perhaps
            self.data["names"] = None

    def note_selection(self, docname: str, selection: Selection) -> None:
        """Record what a page shows, so that it is read again when that changes."""
        self.records.note_selection(docname, selection, selection.digest(self.catalogue))
        # The files of the packaged catalogue are none of the project.
        if self.env.config.stitch_data_path:
            self.records.note_files(docname, selection.files(self.catalogue))

    def note_anchor(self, collection: str, docname: str, name: str, place: Anchored) -> bool:
        """Record that a page shows an object, connection or endpoint; see :meth:`.PageRecords.note_anchor`."""
        self.data["names"] = None
        return self.records.note_anchor(collection, docname, name, place)

    def clear_doc(self, docname: str) -> None:
        self.data["names"] = None
        self.records.clear(docname)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        self.data["names"] = None
        self.records.merge(docnames, otherdata)

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
        """Resolve a cross-reference; None if no page shows its target: Sphinx warns of it if it is nitpicky."""
        docname, anchor = link_place(self.catalogue, self.records, fromdocname, typ, target)
        if typ == "stitch" and docname is not None:
            first = next(find_targets(self.catalogue, target))
            # An object that another project shows goes before the row of its connection here.
            if target_place(self.records, first) != (docname, anchor) and (found := self.elsewhere(node, contnode)):
                return found
        if docname == fromdocname and node.get("refquiet") and "query" not in node:
            # Of directives, so without classes; a page can have hundreds.
            return internal(anchor, *contnode.children)
        if docname is not None:
            reference = make_refnode(builder, fromdocname, docname, anchor, contnode)
            if "query" in node and has_scripts(builder):
                # Only HTML pages have a filter that reads the query.
                return search_reference("", "", *reference.children, **reference.attributes, query=node["query"])
            return reference
        if "query" in node:
            warn(Subtype.UNKNOWN_TARGET, "no page has an availability table, so this link leads nowhere", node)
        if anchor:
            return nodes.reference("", "", *contnode.children, refuri=anchor, internal=False)
        # Another extension may know, as intersphinx does.
        return None

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, nodes.reference]]:
        for found_target in find_targets(self.catalogue, target):
            docname, anchor = target_place(self.records, found_target)
            if docname is not None:
                reference = make_refnode(builder, fromdocname, docname, anchor, contnode)
                return [(f"stitch:{self.role_for_objtype(found_target.objtype)}", reference)]
        return []

    def get_type_name(self, type: ObjType, primary: bool = False) -> str:  # noqa: A002, FBT001, FBT002 - Sphinx's
        """The word for a type, which the search shows, without the name of the domain: the platform may have another."""
        self.get_objects()
        return _("endpoint") if type.lname == "endpoint" else self.data["words"].get(type.lname, type.lname)

    def get_objects(self) -> Iterator[Entry]:
        """The objects for the inventory and the search; none before the catalogue is loaded."""
        if self.data["names"] is None:
            if self._loaded is None:
                return iter(())
            self.data["names"] = [*entries(self.catalogue, self.records, self.api_of)]
            words = words_of(self.api_of(min(self.records.selections, default=self.env.config.root_doc)))
            self.data["words"] = {name: str(getattr(words, name)) for name in self.object_types if name != "endpoint"}
        return iter(self.data["names"])

    def api_of(self, docname: str) -> Api:
        """The API with the words for kinds, objects and steps in the language of a page."""
        domain = text_domain(self.env, docname)
        if domain not in self._apis:
            api = self.catalogue.api
            translate = Translator(self.env, docname)
            self._apis[domain] = replace(
                api, kinds=translate(api.kinds), words=translate(api.words), steps=translate(api.steps)
            )
        return self._apis[domain]

    def check_consistency(self) -> None:
        """Warn of objects that two pages show with anchors, and of tables whose objects no page shows."""
        shown: dict[str, str] = {}
        for docname in sorted(self.records.objects):
            for name, place in self.records.objects[docname].items():
                if not self.records.is_shown(docname, place.anchor):
                    continue
                if name in shown:
                    warn_shown_twice(name, shown[name], place.location)
                shown.setdefault(name, docname)
        for docname, tables in sorted(self.records.tables.items()):
            for table in tables:
                if not self.records.is_shown(docname, table.anchor):
                    continue
                missing = [name for name in table.objects if shown and name not in shown]
                missing = [name for name in missing if not self.is_elsewhere(name)]
                if missing:
                    listed = ", ".join(missing[:10]) + (", …" if len(missing) > 10 else "")
                    message = (
                        f"no page shows {len(missing)} of the objects in this table, so they have no links: {listed}"
                    )
                    warn(Subtype.NOT_SHOWN, message, table.location)

    def is_elsewhere(self, name: str) -> bool:
        """Whether another extension knows where an object is that no page shows."""
        node = link("object", name, [nodes.Text(name)])
        node["refdoc"] = self.env.config.root_doc
        return self.elsewhere(node, node[0]) is not None

    def elsewhere(self, node: pending_xref, content: Node) -> nodes.reference | None:
        """The link to another project that an extension makes of a cross-reference, as intersphinx does."""
        try:
            found = self.env.events.emit_firstresult(
                "missing-reference", self.env, node, content, allowed_exceptions=(NoUri,)
            )
        except NoUri:
            return None
        return cast("nodes.reference | None", found)


def domain_of(env: BuildEnvironment) -> StitchDomain:
    """The domain of an environment."""
    return cast(StitchDomain, env.get_domain("stitch"))


def shows_ours(env: BuildEnvironment, docname: str) -> bool:
    """Whether a document may have nodes of this extension: most documents of a large project need no search for them.

    Some builders assemble a document from several pages, under the name of one that lists the others.
    """
    selections = domain_of(env).records.selections
    return docname in selections or (bool(selections) and docname in env.toctree_includes)


def warn_dangling(app: Sphinx, domain: Domain | None, node: pending_xref) -> bool | None:
    """Warn of a cross-reference that cannot be resolved; the handler of ``warn-missing-reference``.

    Returns True, so that Sphinx does not warn itself, or None for other domains.
    """
    if not isinstance(domain, StitchDomain):
        return None
    # A table may list objects that no page shows; there is one warning for the table.
    if node.get("refquiet"):
        return True
    catalogue, target, objtype = domain.catalogue, node["reftarget"], ROLES.get(node["reftype"], "")
    found_target = find_target(catalogue, target, objtype)
    if found_target is not None:
        warn(
            Subtype.NOT_SHOWN, f"no page shows the {found_target.objtype} “{target}”, so this link leads nowhere", node
        )
        return True
    if node["reftype"] == "stitch":  # of prose, which is checked with the data
        return True
    ambiguity = ambiguous(catalogue, target, objtype or "object") if objtype in ("", "object", "connection") else None
    expected = objtype or "object, property, endpoint or connection"
    message = f"there is no {expected} “{target}”{target_suggestion(catalogue, target, objtype)}"
    warn(Subtype.UNKNOWN_TARGET, ambiguity or message, node)
    return True


def setup(app: Sphinx) -> None:
    """Register the domain."""
    app.add_domain(StitchDomain)
    app.connect("warn-missing-reference", warn_dangling)
