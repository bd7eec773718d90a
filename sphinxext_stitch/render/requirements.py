"""Requirements in words: the note and the choices above a table of properties, and its column *Required*."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes
from sphinx.locale import get_translation

from ..catalogue.composing.values import json_text
from .parts import badge, bullets, enumeration, internal, json_value, paragraph, property_name, sentence, target
from .prose import inlines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from docutils.nodes import Element, Node

    from ..catalogue.model import Choice, Condition, Property, PropertySet, Step

_ = get_translation("sphinxext_stitch")


class Siblings(NamedTuple):
    """The properties beside one, by their names; and the ids of those that have one, empty without anchors."""

    ids: Mapping[str, str]
    properties: Mapping[str, Sequence[Property]]


def note(step: Step) -> nodes.paragraph:
    """The note on which properties complete the step."""
    text = _("Properties marked as required are needed to complete the step; all others are optional.")
    if _has_conditions(step.properties):
        text = _(
            "Properties marked as required are needed to complete the step, and those with a condition if it holds; "
            "all others are optional."
        )
    if _has_cases(step.properties):
        effect = _("Those below the line of a case have an effect in this case only.")
        text = f"{text} {effect}"
    if any(prop.read_only for prop in step.properties):
        exception = _("Read-only properties are the exception: the API sets them.")
        text = f"{text} {exception}"
    return paragraph(nodes.Text(text), classes=["stitch-note"])


def choices(step: Step, anchor: str | None, anchors: Mapping[str, str]) -> list[Element]:
    """The choices of a step, each as a sentence and a list of its sets; ``anchor`` is the id of the first.

    ``anchors`` has the ids of properties by their names.
    """
    content: list[Element] = [target(anchor)] if anchor is not None and step.choices else []
    for choice in step.choices:
        text = _("In addition, at least one of these is needed, with all of its properties:")
        if choice.exactly_one:
            text = _("In addition, exactly one of these is needed, with all of its properties:")
        content += _choice(choice, text, anchors)
    return content


def choices_of_members(prop: Property, anchors: Mapping[str, str]) -> list[Element]:
    """The choices among the members of a property; ``anchors`` has the ids of the members by their names."""
    content: list[Element] = []
    for choice in prop.choices:
        text = _("At least one of these is needed with it, with all of its properties:")
        if choice.exactly_one:
            text = _("Exactly one of these is needed with it, with all of its properties:")
        content += _choice(choice, text, anchors)
    return content


def _choice(choice: Choice, text: str, anchors: Mapping[str, str]) -> list[Element]:
    return [
        paragraph(nodes.Text(text), classes=["stitch-choice"]),
        bullets(*([paragraph(*_set(entry, anchors))] for entry in choice.sets)),
    ]


def _set(entry: PropertySet, anchors: Mapping[str, str]) -> list[Node]:
    names = enumeration([[name_or_link(name, anchors)] for name in entry.names], ", ")
    label = inlines(entry.label, anchors)
    return [*label, nodes.Text(": "), *names] if label else names


def case(prop: Property, siblings: Siblings) -> list[Node]:
    """The conditions under which a property applies, as the heading of a case; empty if it always applies."""
    if not prop.applies_if:
        return []
    conditions = [_condition(condition, siblings) for condition in prop.applies_if]
    return sentence(_("If %(conditions)s:"), conditions=enumeration(conditions, _(" and ")))


def requirement(
    prop: Property, choice: str | None, siblings: Siblings, holder: Sequence[Node] | None = None
) -> list[Node]:
    """What a request should do with a property: send it always, on conditions, if it is chosen, or never.

    ``choice`` is the id of the choices that name it, empty if they have no id, None if none names it.  ``siblings`` are
    the properties that conditions can name.  ``holder`` says when the property is sent that it is a member of,
    unless that is always.
    """
    if prop.read_only or prop.internal:
        return [nodes.Text(_("never send") if prop.read_only else _("leave out"))]
    if prop.required and prop.supplied:
        return [nodes.Text(_("unless supplied"))]
    if prop.required:
        return [badge(_("required"), "required")] if holder is None else [*holder]
    if prop.required_if and not prop.supplied:
        conditions = [_condition(condition, siblings) for condition in prop.required_if]
        return sentence(_("if %(conditions)s"), conditions=enumeration(conditions, _(" and ")))
    if choice is not None:
        chosen = nodes.Text(_("if chosen"))
        return [internal(choice, chosen) if choice else chosen]
    return [nodes.Text(_("optional"))]


def holder_words(prop: Property, name: Node) -> list[Node]:
    """When a property is sent of which others are members, in words."""
    if "array" in prop.types:
        return [nodes.Text(_("in each item"))]
    return sentence(_("if %(property)s is sent"), property=name)


def _condition(condition: Condition, siblings: Siblings) -> list[Node]:
    name = name_or_link(condition.name, siblings.ids)
    if not condition.values:
        text = _("%(property)s is sent") if condition.present else _("%(property)s is not sent")
        return sentence(text, property=name)
    types = [name for prop in siblings.properties.get(condition.name, ()) for name in prop.types]
    values = enumeration([[json_value(json_text(value, types))] for value in condition.values], _(" or "))
    return sentence(_("%(property)s is %(values)s"), property=name, values=values)


def name_or_link(name: str, anchors: Mapping[str, str]) -> Node:
    """The name of a property, as a link if it has an id."""
    if name not in anchors:
        return property_name(name)
    return internal(anchors[name], property_name(name))


def _has_conditions(properties: Iterable[Property]) -> bool:
    return any(
        prop.required_if or (prop.required and prop.supplied) or _has_conditions(prop.properties) for prop in properties
    )


def _has_cases(properties: Iterable[Property]) -> bool:
    return any(prop.applies_if or _has_cases(prop.properties) for prop in properties)
