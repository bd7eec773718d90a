"""The table of a step's properties; nested properties have dotted names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.locale import get_translation

from .constraints import constraint_lines
from .nodes import stitch_tip
from .parts import badge, bullets, cell, code, external, paragraph, row, sentence, table, target, wide_cell
from .prose import blocks, inlines
from .requirements import name_or_link, requirement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from docutils.nodes import Element, Node

    from ..catalogue.model import ConnectionObject, Property, Step
    from ..catalogue.texts import Prose

_ = get_translation("sphinxext_stitch")


def property_table(obj: ConnectionObject, step: Step, *, anchors: bool) -> nodes.table:
    """The table of a step's properties, grouped; with ``anchors``, an id for each property.

    A nested property is a row of its own with a dotted name: tables in tables are unreadable in a PDF, and not supported
    by some writers.
    """
    required = stitch_tip("", _("Required"), tip=_("Whether the property must be sent"))
    header: list[list[Node]] = [
        [nodes.Text(_("Property"))],
        [nodes.Text(_("Type"))],
        [required],
        [nodes.Text(_("Description"))],
    ]
    maker = _Rows(obj, step, anchors=anchors)
    return table(header, [26, 14, 12, 48], maker.rows(), ["stitch-properties"])


class _Rows:
    """Makes the rows of one table."""

    def __init__(self, obj: ConnectionObject, step: Step, *, anchors: bool) -> None:
        self.obj = obj
        self.step = step
        owners: dict[str, tuple[str, ...]] = {}
        for path, anchor in self.all_ids(step.properties, ()) if anchors else ():
            # Two properties can have the same dotted name, which is reported; the first one gets the anchor.
            owners.setdefault(anchor, path)
        self.ids = {path: anchor for anchor, path in owners.items()}
        self.top_ids = dict(self.top_of_every_step()) if anchors else {}
        self.beside: set[str] = set()
        self.chosen = {(name,) for choice in step.choices for entry in choice for name in entry.names}

    def top_of_every_step(self) -> Iterator[tuple[str, str]]:
        """The names and ids of the top properties of each step; this step is last, so that its ids override others."""
        for step in sorted(self.obj.steps, key=lambda step: step.name == self.step.name):
            for prop in step.properties:
                yield prop.name, self.obj.property_anchor(step.name, (prop.name,))

    def all_ids(
        self, properties: Iterable[Property], parents: tuple[str, ...]
    ) -> Iterator[tuple[tuple[str, ...], str]]:
        for prop in properties:
            path = (*parents, prop.name)
            yield path, self.obj.property_anchor(self.step.name, path)
            yield from self.all_ids(prop.properties, path)

    def rows(self) -> Iterator[nodes.row]:
        groups = self.step.groups
        for group in groups:
            if group.title and len(groups) > 1:
                heading = row(wide_cell(4, paragraph(nodes.Text(group.title))), classes=["stitch-group"])
                heading["group"] = group.key
                yield heading
            self.beside = {prop.name for prop in group.properties} if group.title else set()
            for prop in group.properties:
                yield from self.property_rows(prop, ())

    def property_rows(self, prop: Property, parents: tuple[str, ...]) -> Iterator[nodes.row]:
        path = (*parents, prop.name)
        name: list[Node] = [target(self.ids[path])] if path in self.ids else []
        yield row(
            cell(paragraph(*name, code(".".join(path))), *self.title(prop)),
            cell(paragraph(nodes.Text(self.type_text(prop)))),
            cell(paragraph(*requirement(prop, self.choice(path), self.near(path) if prop.required_if else {}))),
            cell(*self.description(prop, path)),
            classes=[f"stitch-level-{len(path)}"],
        )
        for child in prop.properties:
            yield from self.property_rows(child, path)

    def title(self, prop: Property) -> list[Element]:
        """What the platform's own forms call a property."""
        return [paragraph(nodes.Text(prop.title), classes=["stitch-title"])] if prop.title else []

    def choice(self, path: tuple[str, ...]) -> str | None:
        """The id of the choices that name a property; empty without anchors, None if no choice names it."""
        if path not in self.chosen:
            return None
        return self.obj.choices_anchor(self.step.name) if self.ids else ""

    def type_text(self, prop: Property) -> str:
        types = list(prop.types)
        items = prop.items or (("object",) if prop.properties else ())
        if "array" in types and items:
            types[types.index("array")] = _("array of %(items)s") % {"items": _(" or ").join(items)}
        if prop.nullable:
            types.append("null")
        text = _(" or ").join(types)
        return _("%(type)s, %(unit)s") % {"type": text, "unit": prop.unit} if prop.unit else text

    def description(self, prop: Property, path: tuple[str, ...]) -> list[Element]:
        flags = self.flags(prop)
        anchors = self.sibling_ids(path)
        content: list[Element] = [paragraph(*flags, classes=["stitch-flags"])] if flags else []
        content += blocks(prop.description, anchors)
        content += self.values(prop, anchors)
        content += constraint_lines(prop)
        content += blocks(prop.item.description, anchors) if prop.item else []
        if prop.default is not None:
            content.append(paragraph(*sentence(_("Default: %(value)s"), value=_default(prop.default))))
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
        ids = self.top_ids | self.near(path)
        for name in (path[-1], *(self.beside if len(path) == 1 else ())):
            ids.pop(name, None)
        return ids

    def near(self, path: tuple[str, ...]) -> dict[str, str]:
        """The ids of a property and its siblings."""
        return {other[-1]: anchor for other, anchor in self.ids.items() if other[:-1] == path[:-1]}

    def flags(self, prop: Property) -> list[Node]:
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

    def values(self, prop: Property, anchors: Mapping[str, str]) -> list[Element]:
        """The accepted values: a list if they have meanings, else one line."""
        if not prop.values:
            return []
        if all(meaning is None for _value, meaning in prop.values):
            content: list[Node] = []
            for value, _meaning in prop.values:
                content += [*([nodes.Text(", ")] if content else []), code(value)]
            return [paragraph(*sentence(_("Accepted values: %(values)s"), values=content))]
        items = ([paragraph(code(value), *self.meaning(meaning, anchors))] for value, meaning in prop.values)
        return [paragraph(nodes.Text(_("Accepted values:"))), bullets(*items)]

    def meaning(self, meaning: Prose | None, anchors: Mapping[str, str]) -> list[Node]:
        content = inlines(meaning, anchors)
        return [nodes.Text(": "), *content] if content else []


def _default(text: str) -> Node:
    """A default for readers: a text without its quotes, and an empty one in words."""
    value = json.loads(text)
    if value == "":
        return nodes.Text(_("empty text"))
    return code(value if isinstance(value, str) else text)
