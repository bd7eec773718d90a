"""The table of a step's properties; nested properties have dotted names."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.locale import get_translation

from ..catalogue.composing.values import as_json, typed
from .constraints import constraint_lines
from .nodes import stitch_row_name
from .parts import (
    badge,
    bullets,
    cell,
    external,
    internal,
    json_value,
    paragraph,
    property_name,
    row,
    sentence,
    table,
    target,
    wide_cell,
)
from .prose import blocks, inlines
from .requirements import Siblings, case, choices_of_members, holder_words, name_or_link, requirement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from docutils.nodes import Element, Node

    from ..catalogue.model import Choice, ConnectionObject, Property, Step
    from ..catalogue.texts import Prose

_ = get_translation("sphinxext_stitch")


def property_table(obj: ConnectionObject, step: Step, *, anchors: bool) -> nodes.table:
    """The table of a step's properties, grouped; with ``anchors``, an id for each property.

    A nested property is a row of its own with a dotted name: tables in tables are unreadable in a PDF, and not supported
    by some writers.
    """
    header: list[list[Node]] = [
        [nodes.Text(_("Property"))],
        [nodes.Text(_("Type"))],
        [nodes.Text(_("Required"))],
        [nodes.Text(_("Description"))],
    ]
    maker = _Rows(obj, step, anchors=anchors)
    # Where all types are the same short word, its column needs no more room than that.
    short = ["stitch-short-types"] if set(_all_types(step.properties)) <= {"string"} else []
    return table(header, [26, 14, 12, 48], maker.rows(), ["stitch-properties", *short])


class _Rows:
    """Makes the rows of one table."""

    def __init__(self, obj: ConnectionObject, step: Step, *, anchors: bool) -> None:
        self.obj = obj
        self.step = step
        self.ids: dict[tuple[str, ...], str] = {}
        #: The ids of properties by the path of their holder and their name.
        self.below: dict[tuple[str, ...], dict[str, str]] = {}
        taken: set[str] = set()
        for path, name, anchor in self.all_ids(step.properties, ()) if anchors else ():
            # Two properties can have the same dotted name, which is reported; the first one gets the anchor.
            if anchor not in taken:
                taken.add(anchor)
                self.ids[path] = anchor
                self.below.setdefault(path[:-1], {}).setdefault(name, anchor)
        self.members = step.members
        self.top_ids = dict(self.top_of_every_step()) if anchors else {}
        self.beside: set[str] = set()
        #: The ids of the choices, by the dotted names that they have; empty without anchors.
        self.chosen: dict[str, str] = dict(
            self.all_chosen(step.choices, (), obj.choices_anchor(step.name) if anchors else "")
        )
        self.chosen |= self.chosen_below(step.properties, ())

    def top_of_every_step(self) -> Iterator[tuple[str, str]]:
        """The names and ids of the top properties of each step; this step is last, so that its ids override others."""
        for step in sorted(self.obj.steps, key=lambda step: step.name == self.step.name):
            for prop in step.properties:
                yield prop.name, self.obj.property_anchor(step.name, (prop.key,))

    def all_ids(
        self, properties: Iterable[Property], parents: tuple[str, ...]
    ) -> Iterator[tuple[tuple[str, ...], str, str]]:
        """The path, the name and the id of every property, nested ones too."""
        for prop in properties:
            path = (*parents, prop.key)
            yield path, prop.name, self.obj.property_anchor(self.step.name, path)
            yield from self.all_ids(prop.properties, path)

    def rows(self) -> Iterator[nodes.row]:
        groups = self.step.groups
        for group in groups:
            if group.title and len(groups) > 1:
                heading = row(wide_cell(4, paragraph(nodes.Text(group.title))), classes=["stitch-group"])
                heading["group"] = group.key
                yield heading
            self.beside = {prop.name for prop in group.properties} if group.title else set()
            yield from self.case_rows(group.properties, (), None)

    def case_rows(
        self, properties: Iterable[Property], parents: tuple[Property, ...], holder: Sequence[Node] | None
    ) -> Iterator[nodes.row]:
        """The rows of some properties; those that apply in the same case are below a line that says the condition."""
        is_below_line = False
        for (_conditions, _last), members in groupby(properties, lambda prop: (prop.applies_if, prop.read_only)):
            of_case = [*members]
            first = (*(parent.key for parent in parents), of_case[0].key)
            condition = case(of_case[0], self.siblings(first, parents))
            if condition or is_below_line:
                line = paragraph(nodes.strong("", "", *(condition or [nodes.Text(_("In all cases:"))])))
                yield row(wide_cell(4, line), classes=["stitch-case", f"stitch-level-{len(first)}"])
                is_below_line = bool(condition)
            for prop in of_case:
                yield from self.property_rows(prop, parents, holder)

    def property_rows(
        self, prop: Property, parents: tuple[Property, ...], holder: Sequence[Node] | None
    ) -> Iterator[nodes.row]:
        path = (*(parent.key for parent in parents), prop.key)
        name = ".".join((*(parent.name for parent in parents), prop.name))
        yield row(
            cell(
                paragraph(
                    *([target(self.ids[path])] if path in self.ids else []), stitch_row_name(name, name, own=prop.name)
                ),
                *_title(prop),
            ),
            cell(paragraph(nodes.Text(_type_text(prop)))),
            cell(paragraph(*requirement(prop, self.choice(path), self.siblings(path, parents), holder))),
            cell(*self.description(prop, path)),
            classes=[f"stitch-level-{len(path)}"],
        )
        if not prop.required or prop.applies_if or "array" in prop.types:
            said = property_name(name)
            holder = holder_words(prop, internal(self.ids[path], said) if path in self.ids else said)
        yield from self.case_rows(prop.properties, (*parents, prop), holder)

    def choice(self, path: tuple[str, ...]) -> str | None:
        """The id of the choices that name a property; empty without anchors, None if no choice names it."""
        return self.chosen.get(".".join(path))

    def chosen_below(self, properties: Iterable[Property], parents: tuple[str, ...]) -> dict[str, str]:
        """What the choices among nested properties name; they are shown in the row of the holder."""
        chosen: dict[str, str] = {}
        for prop in properties:
            path = (*parents, prop.key)
            chosen |= dict(self.all_chosen(prop.choices, path, self.ids.get(path, "")))
            chosen |= self.chosen_below(prop.properties, path)
        return chosen

    @staticmethod
    def all_chosen(choices: Iterable[Choice], path: tuple[str, ...], anchor: str) -> Iterator[tuple[str, str]]:
        for choice in choices:
            for entry in choice.sets:
                yield from ((".".join((*path, name)), anchor) for name in entry.names)

    def description(self, prop: Property, path: tuple[str, ...]) -> list[Element]:
        flags = _flags(prop)
        anchors = self.sibling_ids(path)
        content: list[Element] = [paragraph(*flags, classes=["stitch-flags"])] if flags else []
        content += blocks(prop.description, anchors)
        content += choices_of_members(prop, self.below.get(path, {}))
        content += self.values(prop, anchors)
        content += constraint_lines(prop)
        content += blocks(prop.item.description, anchors) if prop.item else []
        if prop.default is not None:
            content.append(paragraph(*sentence(_("Default: %(value)s"), value=json_value(prop.default))))
        content += self.further(prop, path)
        return content

    def further(self, prop: Property, path: tuple[str, ...]) -> Iterator[Element]:
        """Who sends the property, what replaces it, and its documentation."""
        if prop.supplied:
            yield paragraph(nodes.Text(_("The platform supplies it unless the client sends it.")))
        if prop.replacement and prop.replacement.since:
            yield paragraph(nodes.Text(_("Deprecated since %(date)s.") % {"date": prop.replacement.since}))
        if prop.replacement and prop.replacement.use:
            use = name_or_link(prop.replacement.use, self.near(path))
            yield paragraph(*sentence(_("Use %(object)s instead."), object=use))
        if prop.docs:
            yield paragraph(*external(prop.docs, nodes.Text(_("Documentation"))))

    def sibling_ids(self, path: tuple[str, ...]) -> Mapping[str, str]:
        """The ids of the properties that a description can name.

        These are its siblings, else the top ones of the step, else those of other steps.  Rows of the same property
        group have no links to each other, as they are close together and on many pages.
        """
        ids = {**self.top_ids, **self.near(path)}
        for name in (path[-1], *(self.beside if len(path) == 1 else ())):
            ids.pop(name, None)
        return ids

    def near(self, path: tuple[str, ...]) -> Mapping[str, str]:
        """The ids of a property and its siblings, by their names."""
        return self.below.get(path[:-1], {})

    def siblings(self, path: tuple[str, ...], parents: Sequence[Property]) -> Siblings:
        """The properties beside one, of every group."""
        return Siblings(self.near(path), parents[-1].members if parents else self.members)

    def values(self, prop: Property, anchors: Mapping[str, str]) -> list[Element]:
        """The accepted values: a list if they have meanings, else one line."""
        if not prop.values:
            return []
        values = [as_json(typed(value, prop.accepted_item)) for value, _meaning in prop.values]
        if all(meaning is None for _value, meaning in prop.values):
            content: list[Node] = []
            for value in values:
                content += [*([nodes.Text(", ")] if content else []), json_value(value)]
            return [paragraph(*sentence(_("Accepted values: %(values)s"), values=content))]
        meanings = (meaning for _value, meaning in prop.values)
        items = (
            [paragraph(json_value(value), *self.meaning(meaning, anchors))]
            for value, meaning in zip(values, meanings, strict=True)
        )
        return [paragraph(nodes.Text(_("Accepted values:"))), bullets(*items)]

    def meaning(self, meaning: Prose | None, anchors: Mapping[str, str]) -> list[Node]:
        content = inlines(meaning, anchors)
        return [nodes.Text(": "), *content] if content else []


def _all_types(properties: Iterable[Property]) -> Iterator[str]:
    """The words in the column of types."""
    for prop in properties:
        yield _type_text(prop)
        yield from _all_types(prop.properties)


def _type_text(prop: Property) -> str:
    types = list(prop.types)
    items = prop.items or (("object",) if prop.properties else ())
    if prop.nullable:
        types.append("null")
    if "array" in types and items:
        # It is the last one, as what is behind “of” would be read as another type of the items.
        types.remove("array")
        types.append(_("array of %(items)s") % {"items": _(" or ").join(items)})
    text = _(" or ").join(types)
    return _("%(type)s, %(unit)s") % {"type": text, "unit": prop.unit} if prop.unit else text


def _flags(prop: Property) -> list[Node]:
    words = {
        "secret": _("secret") if prop.secret else "",
        "read-only": _("read-only") if prop.read_only else "",
        "immutable": _("cannot be changed") if prop.immutable else "",
        "internal": _("internal") if prop.internal else "",
        "advanced": _("advanced") if prop.advanced else "",
        "deprecated": _("deprecated") if prop.deprecated else "",
        "since": _("since %(version)s") % {"version": prop.since} if prop.since else "",
    }
    badges: list[Node] = []
    for style, word in words.items():
        if word:
            badges += [*([nodes.Text(" ")] if badges else []), badge(word, style)]
    return badges


def _title(prop: Property) -> list[Element]:
    """What the platform's own forms call a property."""
    return [paragraph(nodes.Text(prop.title), classes=["stitch-title"])] if prop.title else []
