"""The section of a connection property object."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.locale import get_translation

from ..catalogue.composing.examples import body
from .links import link
from .nodes import stitch_enumerated_list, stitch_example, stitch_heading
from .parts import code, date, external, internal, kind_badge, paragraph, section_target, sentence, target
from .property_table import property_table
from .prose import blocks, lead
from .requirements import choices, note
from .summary import badges, summary
from .titles import object_title, step_title
from .words import words_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from docutils.nodes import Element, Node

    from ..catalogue.api import Api
    from ..catalogue.model import ConnectionObject, Step

_ = get_translation("sphinxext_stitch")


def object_section(
    obj: ConnectionObject,
    api: Api,
    replacement: ConnectionObject | None,
    *,
    anchors: bool,
    hidden: Container[str] = (),
) -> nodes.section:
    """The section of an object; with ``anchors``, ids for it, its steps, examples and properties.

    ``replacement`` is the object to use instead of a deprecated one; ``hidden`` are
    the parts to leave out: ``examples``, the ``minimal`` ones alone, and the links ``back`` to the table.
    """
    return _Section(obj, api, anchors=anchors, hidden=hidden).section(replacement)


def object_list(objects: Iterable[ConnectionObject], api: Api) -> nodes.bullet_list:
    """A list of objects, each with a badge for its kind."""
    items = []
    for obj in objects:
        name = link("object", f"{obj.kind}/{obj.key}", [nodes.Text(obj.name)])
        kind = kind_badge(obj.kind, api)
        items.append(nodes.list_item("", paragraph(name, nodes.Text(" "), kind)))
    return nodes.bullet_list("", *items, bullet="-", classes=["stitch-objects"])


class _Section:
    """Makes the section of one object."""

    def __init__(self, obj: ConnectionObject, api: Api, *, anchors: bool, hidden: Container[str]) -> None:
        self.obj = obj
        self.api = api
        self.words = words_of(api)
        self.anchors = anchors
        self.hidden = hidden

    def section(self, replacement: ConnectionObject | None) -> nodes.section:
        obj = self.obj
        section = self.new_section(obj.anchor, object_title(obj, self.api), "stitch-object")
        section += badges(obj, self.api)
        section += summary(obj, self.api)
        section += self.action()
        if obj.deprecated:
            section += self.deprecation(replacement)
        if len(obj.steps) > 1:
            section += self.step_list()
            section += blocks(obj.description)
            for step in obj.steps:
                part = self.new_section(obj.step_anchor(step.name), step_title(obj, step, self.api), "stitch-step")
                part += self.step(step)
                section += [*map(section_target, part["ids"]), part]
        else:
            section += blocks(obj.description)
            section += [target(self.obj.step_anchor(step.name)) for step in obj.steps if self.anchors]
            for step in obj.steps:
                section += self.step(step)
        return section

    def new_section(self, anchor: str, title: str, label: str) -> nodes.section:
        section = nodes.section("", nodes.title(title, title), classes=[label])
        if self.anchors:
            section["ids"].append(anchor)
        return section

    def action(self) -> nodes.paragraph:
        """A sentence on what a connection does, and on its type."""
        obj = self.obj
        slots: dict[str, Node | str] = {"name": obj.name, "type": code("type"), "value": code(obj.type)}
        if not obj.action:
            return paragraph(*sentence(self.words.type_sentence, **slots))
        return paragraph(*sentence(self.words.sentence, action=obj.action, **slots))

    def deprecation(self, replacement: ConnectionObject | None) -> nodes.admonition:
        deprecation = self.obj.deprecated
        since = deprecation.since if deprecation else None
        content = (
            sentence(_("Deprecated since %(date)s."), date=date(since)) if since else [nodes.Text(_("Deprecated."))]
        )
        if replacement is not None:
            name = f"{replacement.kind}/{replacement.key}"
            use = link("object", name, [code(replacement.type)])
            content += [nodes.Text(" "), *sentence(_("Use %(object)s instead."), object=use)]
        title = nodes.title("", _("Deprecated"))
        return nodes.admonition("", title, paragraph(*content), classes=["warning", "stitch-deprecated"])

    def step_list(self) -> nodes.enumerated_list:
        """The steps of the object, with links."""
        items = []
        for step in self.obj.steps:
            info = self.api.step(step.name)
            title: Node = nodes.Text(info.title)
            if self.anchors:
                title = internal(self.obj.step_anchor(step.name), title)
            content: list[Node] = [title]
            if not info.required:
                optional = _("optional")
                content.append(nodes.Text(f" ({optional})"))
            explanation = lead(info.sentence)
            items.append(
                nodes.list_item("", paragraph(*content, *([nodes.Text(": "), *explanation] if explanation else [])))
            )
        return stitch_enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".", classes=["stitch-steps"])

    def step(self, step: Step) -> list[Element]:
        """The description, note, table and example of a step, and a back link."""
        content = self.step_introduction(step)
        if step.properties:
            content.append(note(step))
            content += self.choices(step)
            content.append(property_table(self.obj, step, anchors=self.anchors))
            content += self.endpoint(step)
        else:
            content.append(paragraph(nodes.Text(_("This object has no properties; send it empty."))))
        if self.anchors:
            content.append(target(f"{self.obj.step_anchor(step.name)}-example-usage"))
        if "examples" not in self.hidden:
            content += [stitch_heading("", _("Example")), self.examples(step)]
        if "back" not in self.hidden:
            back = link("table", "", [nodes.Text(self.words.back)])
            content.append(paragraph(back, classes=["stitch-back"]))
        return content

    def choices(self, step: Step) -> list[Element]:
        """The choices of a step; with anchors, the names of properties are links."""
        if not self.anchors:
            return choices(step, None, {})
        anchors = {
            ".".join(path[1:]): self.obj.property_anchor(step.name, path[1:])
            for path in self.obj.property_paths
            if path[0] == step.name
        }
        return choices(step, self.obj.choices_anchor(step.name), anchors)

    def examples(self, step: Step) -> nodes.container:
        """The full body as JSON, and the minimal one if it differs and is not empty."""
        full = body(step.properties, step.choices)
        minimal = body(step.properties, step.choices, minimal=True)
        content: list[Element] = [_json_block(full)]
        if minimal and minimal != full and "minimal" not in self.hidden:
            content.insert(0, paragraph(nodes.Text(_("Full: with optional properties.")), classes=["stitch-full"]))
            content.append(
                paragraph(nodes.Text(_("Minimal: only what completes the step.")), classes=["stitch-minimal"])
            )
            content.append(_json_block(minimal))
        return nodes.container("", *content, classes=["stitch-examples"], step=step.name)

    def step_introduction(self, step: Step) -> list[Element]:
        """The sentence and description of a step, and its documentation."""
        explanation = blocks(self.api.step(step.name).sentence)
        if step.name == self.api.steps[0].name and len(self.api.steps) > 1:
            explanation = explanation[1:]  # the list of steps is right above
        content = [*explanation, *blocks(step.description)]
        if step.docs:
            title = _("%(name)s documentation") % {"name": self.obj.name}
            docs = external(step.docs, nodes.Text(title))
            content.append(paragraph(*sentence(_("How to get them: %(docs)s."), docs=docs)))
        return content

    def endpoint(self, step: Step) -> list[Element]:
        """The endpoint to which the properties of a step are sent, if it has one."""
        endpoint = self.api.step(step.name).endpoint(self.obj.kind)
        if endpoint is None:
            return []
        call = external(endpoint.docs, code(f"{endpoint.method} {endpoint.path}"))
        return [paragraph(*sentence(_("Send with %(endpoint)s."), endpoint=call), classes=["stitch-endpoint"])]


def _json_block(value: object) -> nodes.literal_block:
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return stitch_example(text, text, language="json", classes=["stitch-example"])
