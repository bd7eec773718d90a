"""The directives ``connection-table`` and ``connection-property``."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StateMachine
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from .catalogue.kinds import STATUSES
from .catalogue.problems import Place, Subtype, listing
from .catalogue.queries.selection import Selection
from .catalogue.queries.targets import ambiguous, target_suggestion
from .catalogue.suggestions import nearest, suggestion
from .catalogue.texts import Phrase, Prose
from .conditional import is_conditional
from .domain import domain_of
from .general_index import connection_index, endpoint_index, object_index
from .page_records import Anchored, Table
from .render.parts import free_id, section_target
from .translation import Translator
from .warnings import warn, warn_of, warn_shown_twice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from docutils.nodes import Element, Node
    from sphinx.application import Sphinx

    from .catalogue.api import Api
    from .catalogue.model import ConnectionObject
    from .domain import StitchDomain


#: The parts of a section that options can leave out: the examples, the minimal ones alone, and the links back to the table.
PARTS = ("examples", "minimal", "back")

# What makes nodes is imported where it is used: a build that reads no page does without.


class CatalogueDirective(SphinxDirective):
    """The base of all directives: the catalogue, options that are lists of words, warnings with their location."""

    @property
    def domain(self) -> StitchDomain:
        return domain_of(self.env)

    @cached_property
    def translate(self) -> Translator:
        """Translates the texts of the data for the page."""
        return Translator(self.env, self.env.docname, extracts=self.domain.extracts)

    def finish(self, content: list[Node]) -> list[Node]:
        """The content of the directive, prepared for Sphinx's translation; warn of the problems of translations."""
        for problem in self.translate.problems:
            warn_of(problem, once=True)  # every directive shows texts of ``api.yml``
        return self.translate.finish(content)

    def get_source_info(self) -> tuple[str, int]:
        """The file and line of the directive; the first line of the page if an extension made the directive without a source."""
        source, line = super().get_source_info()
        return (source, line) if source else (str(self.env.doc2path(self.env.docname)), 1)

    @property
    def location(self) -> str:
        """The file and line of the directive, also within an included file."""
        source, line = self.get_source_info()
        # docutils has the path of an included file relative to the working directory.
        file = Path(source)
        return f"{file.absolute().resolve() if file.exists() else source}:{line}"

    def warn(self, subtype: Subtype, message: str) -> None:
        warn(subtype, message, self.location)

    def words(self, option: str, known: Iterable[str], *, keep: bool = False) -> tuple[str, ...]:
        """The words of an option, separated by commas or spaces; warn of unknown ones and leave them out.

        A known word can have spaces in it, such as a category.  With ``keep``, unknown words are returned, too, as a
        later catalogue may have them.
        """
        accepted = list(known)
        parts = [part.strip() for part in self.options.get(option, "").split(",")]
        split = [[part] if part in accepted else part.split() for part in parts]
        words = tuple(dict.fromkeys(word for part in split for word in part))
        for word in words:
            if word not in accepted:
                message = (
                    f"“:{option}:” cannot be “{word}”; it takes {listing(accepted, 'or')}{nearest(word, accepted)}"
                )
                self.warn(Subtype.BAD_OPTION, message)
        return tuple(word for word in words if keep or word in accepted)

    def categories(self) -> tuple[str, ...]:
        """The words of the option ``category``."""
        return self.words("category", self.domain.catalogue.categories, keep=True)

    def where(self) -> tuple[tuple[str, str], ...]:
        """The attributes and values of the option ``where``; warn of unknown ones, and leave unknown attributes out.

        Unknown values are returned, too, as a later catalogue may have them.
        """
        values = self.domain.catalogue.attribute_values
        pairs = []
        for part in filter(None, (part.strip() for part in self.options.get("where", "").split(","))):
            name, _equals, value = (text.strip() for text in part.partition("="))
            if name not in values:
                found = f"“:where:” takes attributes and their values, as in “plan=premium”; found “{part}”"
                self.warn(Subtype.BAD_OPTION, f"{found}{suggestion(name, values)}")
                continue
            pairs.append((name, value))
            if value not in values[name]:
                known = f"“{name}” of “:where:” takes {listing(values[name], 'or')}"
                self.warn(Subtype.BAD_OPTION, f"{known}; found “{value}”{nearest(value, values[name])}")
        return tuple(pairs)

    def owns(self, collection: str, name: str, anchor: str) -> bool:
        """Record that the page shows a member of a collection; whether this is to have its anchor, at least in some builds."""
        place = Anchored(self.location, anchor)
        is_first = self.domain.note_anchor(collection, self.env.docname, name, place)
        return is_first or is_conditional(self.state.document.ids.get(anchor))

    def takes_sections(self) -> bool:
        """Whether sections can stand where the directive does: on a page, and in directives that take titles."""
        # No document names `node`, but docutils' own “topic” asks it, and MyST has it for that.
        node = self.state_machine.node
        if isinstance(node, (nodes.document, nodes.section, addnodes.only)):
            return True
        if not isinstance(self.state_machine, StateMachine):
            # MyST's `match_titles` is always true.  The node has no class of its own in directives that let Sphinx parse
            # their content, whether they take titles or not.
            return type(node) is nodes.Element
        machine: Any = self.state_machine
        # From 0.22 on, docutils parses what follows a directive by a machine that matches no titles, with the same node.
        while machine is not None and machine.node is node:
            if machine.match_titles:
                return True
            machine = getattr(machine, "parent_state_machine", None)
        return False

    def note_ids(self, root: Element) -> None:
        """Register the ids below a node with the document, as links and labels need it."""
        document = self.state.document
        for node in root.findall(nodes.Element):
            node.document = document
            if isinstance(node, nodes.section) and not node["ids"]:
                # Sphinx requires an id on every section, also with ``:no-index:``.
                self.state.document.set_id(node)
            elif node.get("ids") and not is_conditional(document.ids.get(node["ids"][0])):
                document.note_explicit_target(node, node)


class ConnectionTable(CatalogueDirective):
    """``connection-table``: the connections and where to find their objects, or the endpoints."""

    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        "kind": directives.unchanged,
        "category": directives.unchanged,
        "availability": directives.unchanged,
        "status": directives.unchanged,
        "where": directives.unchanged,
        "columns": directives.unchanged,
        "placeholder": directives.unchanged,
        "empty": directives.unchanged,
        "actions": directives.unchanged,
    }
    #: The options of each table.
    used: ClassVar = {
        "availability": {"kind", "category", "availability", "status", "where", "columns", "placeholder", "empty"},
        "endpoints": {"kind", "actions"},
    }

    def run(self) -> list[Node]:
        what = self.arguments[0] if self.arguments else "availability"
        if what not in self.used:
            hint = suggestion(what, self.used)
            self.warn(Subtype.BAD_OPTION, f"there is no table “{what}”{hint}")
            return []
        for option in sorted(self.options.keys() - self.used[what]):
            self.warn(Subtype.BAD_OPTION, f"the table “{what}” does not use “:{option}:”")
        return self.endpoints() if what == "endpoints" else self.availability()

    def endpoints(self) -> list[Node]:
        from .render.tables import endpoints_table

        catalogue = self.domain.catalogue
        selection = Selection(
            what="endpoints",
            kinds=self.words("kind", self.domain.catalogue.api.kind_names),
            actions=self.words(
                "actions", dict.fromkeys(endpoint.action for endpoint in catalogue.api.endpoints), keep=True
            ),
        )
        self.domain.note_selection(self.env.docname, selection)
        endpoints = [self.translate(entry) for entry in selection.endpoints(catalogue)]
        owned = {entry for entry in endpoints if self.owns("endpoints", entry.name, entry.anchor)}
        table = endpoints_table(endpoints, anchored=owned)
        self.note_ids(table)
        return self.finish([endpoint_index(entry for entry in endpoints if entry in owned), table])

    def availability(self) -> list[Node]:
        from .render.tables import COLUMNS, DEFAULT_COLUMNS, availability_table

        domain = self.domain
        choice = self.words("availability", ("available", "unavailable"))
        selection = Selection(
            what="availability",
            kinds=self.words("kind", self.domain.catalogue.api.kind_names),
            categories=self.categories(),
            statuses=self.words("status", STATUSES),
            where=self.where(),
            availability=choice[0] if len(choice) == 1 else "",
        )
        domain.note_selection(self.env.docname, selection)
        connections = selection.connections(domain.catalogue)
        shown = dict.fromkeys(f"{item.kind}/{item.object_key}" for item in connections if item.object_key is not None)
        anchor, ids = "connection-table", self.state.document.ids
        if not is_conditional(ids.get(anchor)):
            anchor = free_id(anchor, ids)
        domain.records.note_table(self.env.docname, Table(self.location, anchor, tuple(shown)))
        owned = {row for row in connections if self.owns("connections", f"{row.kind}/{row.key}", row.anchor)}
        api = self.api()
        further = tuple(info.name for info in api.attributes if info.column)
        named = self.words("columns", [*COLUMNS, *(info.name for info in api.attributes)])
        columns = named or (*DEFAULT_COLUMNS, *further)
        table = availability_table(
            connections,
            api,
            columns,
            self.translate(self.closing()),
            placeholder=self.translate(Phrase(self.options.get("placeholder", ""), Place(*self.get_source_info()))),
            anchored=owned,
        )
        table["ids"].append(anchor)
        self.note_ids(table)
        return self.finish([connection_index((row for row in connections if row in owned), api), table])

    def api(self) -> Api:
        """The API, with the texts that the table shows translated."""
        api = self.domain.catalogue.api
        shown = ("kinds", "words", "attributes", "unavailable", "unavailable_tip", "categories")
        return replace(api, **{name: self.translate(getattr(api, name)) for name in shown})

    def closing(self) -> Prose | None:
        """The closing row: the option's text, else the catalogue's."""
        from .catalogue.checks.prose import check_prose
        from .catalogue.checks.references import unknown_targets

        if "empty" not in self.options:
            return self.domain.catalogue.api.empty
        text = self.options["empty"]
        if not text:
            return None
        prose = Prose(text, Place(*self.get_source_info()))
        checked = check_prose(prose)
        targets = Selection(what="targets", names=tuple(link.target for link in checked.links))
        if targets.names:
            self.domain.note_selection(self.env.docname, targets)
        for problem in (*checked.problems, *unknown_targets(self.domain.catalogue, checked.links)):
            self.warn(problem.subtype, problem.message)
        return prose


class ConnectionProperty(CatalogueDirective):
    """``connection-property``: a section for each object."""

    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        "kind": directives.unchanged,
        "category": directives.unchanged,
        "status": directives.unchanged,
        "where": directives.unchanged,
        "list": directives.flag,
        "no-index": directives.flag,
        **{f"no-{part}": directives.flag for part in PARTS},
    }

    def run(self) -> list[Node]:
        from .render.property_object import object_list

        if not self.takes_sections():
            message = "connection-property makes sections; it cannot stand in a list, a quote or another directive"
            self.warn(Subtype.BAD_OPTION, message)
            return []
        selection = Selection(
            what="objects",
            names=self.names(),
            kinds=self.words("kind", self.domain.catalogue.api.kind_names),
            categories=self.categories(),
            statuses=self.words("status", STATUSES),
            where=self.where(),
        )
        self.domain.note_selection(self.env.docname, selection)
        objects = selection.objects(self.domain.catalogue)
        if self.arguments and not selection.names:
            return []
        api = self.api(objects)
        made: list[Node] = [object_list(objects, api)] if "list" in self.options and objects else []
        for obj in objects:
            section = self.section(obj, api)
            made += [section_target(obj.anchor), section] if obj.anchor in section["ids"] else [section]
        return self.finish(made)

    def api(self, objects: Iterable[ConnectionObject]) -> Api:
        """The API, with the texts that the sections of these objects show translated."""
        api = self.domain.catalogue.api
        shown = {step.name for obj in objects if len(obj.steps) > 1 for step in obj.steps}
        steps = tuple(self.translate(step) if step.name in shown else step for step in api.steps)
        shown_always = ("kinds", "words", "attributes")
        return replace(api, steps=steps, **{name: self.translate(getattr(api, name)) for name in shown_always})

    def names(self) -> tuple[str, ...]:
        """The types or keys of the argument; warn of those that the catalogue does not have."""
        names = self.arguments[0].replace(",", " ").split() if self.arguments else []
        catalogue = self.domain.catalogue
        for option in ("kind", "category", "status", "where"):
            if names and option in self.options:
                message = f"“:{option}:” has no effect on objects that are named"
                self.warn(Subtype.BAD_OPTION, message)
        for name in names:
            if not catalogue.find(name):
                hint = target_suggestion(catalogue, name, "object")
                message = f"there is no object “{name}”{hint}"
                self.warn(Subtype.UNKNOWN_OBJECT, message)
            elif several := ambiguous(catalogue, name):
                self.warn(Subtype.UNKNOWN_OBJECT, several)
        return tuple(names)

    def section(self, obj: ConnectionObject, api: Api) -> nodes.section:
        from .render.property_object import object_section

        domain, name = self.domain, f"{obj.kind}/{obj.key}"
        anchors = "no-index" not in self.options
        if anchors and not self.owns("objects", name, obj.anchor):
            warn_shown_twice(name, self.env.docname, self.location)
            anchors = False
        use = domain.catalogue.find(obj.deprecated.use) if obj.deprecated and obj.deprecated.use else []
        hidden = {part for part in PARTS if f"no-{part}" in self.options}
        replacement = use[0] if len(use) == 1 else None
        section = object_section(self.translate(obj), api, replacement, anchors=anchors, hidden=hidden)
        if anchors:
            section.insert(1, object_index(domain.catalogue, obj, api))
        section.source, section.line = self.get_source_info()
        self.note_ids(section)
        return section


def setup(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("connection-table", ConnectionTable)
    app.add_directive("connection-property", ConnectionProperty)
