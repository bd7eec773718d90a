"""The constraints of a property in words, below its description."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.locale import get_translation

from .parts import code, paragraph, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils.nodes import Element, Node

    from ..catalogue.constraints import Constraints, Number
    from ..catalogue.model import Item, Property

_ = get_translation("sphinxext_stitch")


def constraint_lines(prop: Property) -> Iterator[Element]:
    """A line for each kind of constraint of a property; those of the items of an array are in one line."""
    for label, content in _constraints(prop.constraints):
        yield paragraph(*sentence(_("%(label)s: %(value)s"), label=label, value=content))
    item = prop.item
    while item is not None:
        if facts := _facts_of_item(item):
            yield paragraph(*sentence(_("Each item: %(facts)s"), facts=facts))
        item = item.item


def _facts_of_item(item: Item) -> list[Node]:
    facts: list[list[Node]] = []
    if item.title:
        facts.append([nodes.Text(item.title)])
    if item.unit:
        facts.append([nodes.Text(item.unit)])
    if item.nullable:
        facts.append(sentence(_("or %(null)s"), null=code("null")))
    facts += (
        sentence(_("%(label)s: %(value)s"), label=label, value=content)
        for label, content in _constraints(item.constraints)
    )
    content: list[Node] = []
    for fact in facts:
        content += [*([nodes.Text("; ")] if content else []), *fact]
    return content


def _constraints(constraints: Constraints) -> Iterator[tuple[str, list[Node]]]:
    """The label and the words of each kind of constraint."""
    if numbers := _range(constraints):
        yield _("Range"), [nodes.Text(numbers)]
    if characters := _count(constraints.min_length, constraints.max_length):
        yield _("Number of characters"), [nodes.Text(characters)]
    if items := _count(constraints.min_items, constraints.max_items):
        yield _("Number of items"), [nodes.Text(items)]
    if constraints.unique_items:
        yield _("Items"), [nodes.Text(_("all different"))]
    if constraints.pattern_description:
        yield _("Form"), [nodes.Text(constraints.pattern_description)]
    elif constraints.pattern:
        yield _("Form"), sentence(_("matches %(pattern)s"), pattern=code(constraints.pattern))
    if constraints.format:
        yield _("Format"), [code(constraints.format)]


def _range(constraints: Constraints) -> str:
    parts = []
    if constraints.exclusive_minimum is not None:
        parts.append(_("more than %(low)s") % {"low": _number(constraints.exclusive_minimum)})
    if constraints.exclusive_maximum is not None:
        parts.append(_("less than %(high)s") % {"high": _number(constraints.exclusive_maximum)})
    parts.append(_count(constraints.minimum, constraints.maximum))
    if constraints.multiple_of is not None:
        parts.append(_("a multiple of %(number)s") % {"number": _number(constraints.multiple_of)})
    return ", ".join(filter(None, parts))


def _count(low: Number | None, high: Number | None) -> str:
    """A range in words; empty if it has no bound."""
    if low is not None and high is not None:
        if low == high:
            return _number(low)
        return _("%(low)s to %(high)s") % {"low": _number(low), "high": _number(high)}
    if low is not None:
        return _("at least %(low)s") % {"low": _number(low)}
    return "" if high is None else _("at most %(high)s") % {"high": _number(high)}


def _number(number: Number) -> str:
    """A number with the separator of thousands, and the minus sign, of the language."""
    # The translations of these texts.  A language that is written from right to left needs a left-to-right mark before the
    # sign, as in Unicode's CLDR; otherwise the sign stands behind the number.
    separator, minus = _(","), _("-")
    return f"{number:,}".replace("-", minus).replace(",", separator)
