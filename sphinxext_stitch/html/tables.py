"""Turn our tables into better HTML: header cells with a scope, and tips."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..catalogue.problems import suggestion
from ..domain import domain_of, warn
from ..warnings import Subtype
from .element import element, make

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docutils.nodes import Element, Node
    from sphinx.application import Sphinx

#: The classes of our tables.
TABLES = ("stitch-connections", "stitch-endpoints", "stitch-properties")


class BetterTables(SphinxPostTransform):
    """Make our tables better HTML."""

    formats = ("html",)
    default_priority = 200

    def run(self, **kwargs: Any) -> None:
        for table in list(self.document.findall(nodes.table)):
            if not set(TABLES).intersection(table["classes"]):
                continue
            for inline in list(table.findall(nodes.inline)):
                if "tip" in inline:
                    tip = nodes.abbreviation("", "", *inline.children, explanation=inline["tip"])
                    inline.replace_self(tip)
            # The table itself stays the theme's: it knows its classes, and what to put around it.
            table["classes"].remove("longtable")
            head = next(table.findall(nodes.thead))
            body = next(table.findall(nodes.tbody))
            table[:] = [
                make("thead", [_head(row) for row in _elements(head)]),
                *_bodies(body, self.config.stitch_fold_groups),
            ]


def _elements(parent: Element) -> list[Element]:
    return [child for child in parent.children if isinstance(child, nodes.Element)]


def _head(row: Element) -> element:
    return make("tr", [make("th", _content(entry), scope="col") for entry in _elements(row)])


def _bodies(body: Element, folded: Sequence[str]) -> Iterator[element]:
    """The rows, those of each group in a body of their own, which the heading of the group is for.

    ``folded`` are the groups that the script folds.
    """
    made = make("tbody")
    for row in _elements(body):
        if "stitch-group" in row["classes"]:
            if made.children:
                yield made
            classes = [*row["classes"], *(["stitch-folded"] if row["group"] in folded else [])]
            made = make("tbody", [make("tr", [_wide_cell("th", row, scope="rowgroup")], classes=classes)])
        elif "stitch-closing-row" in row["classes"]:
            made += make("tr", [_wide_cell("td", row)], classes=row["classes"])
        else:
            made += _row(row)
    yield made


def _wide_cell(tag: str, row: Element, **attributes: str) -> element:
    (entry,) = _elements(row)
    return make(tag, _content(entry), colspan=entry.get("morecols", 0) + 1, **attributes)


def _row(row: Element) -> element:
    """A row, its first cell heading it."""
    first, *others = _elements(row)
    targets = list(first.findall(nodes.target))
    ids = [name for target in targets for name in target["ids"]]
    for target in targets:
        target.parent.remove(target)
    head = make("th", _content(first), ids=ids, scope="row")
    # What is true of most rows needs no class.
    classes = [name for name in row["classes"] if name != "stitch-level-1"]
    return make("tr", [head, *(make("td", _content(entry)) for entry in others)], classes=classes)


def _content(entry: Element) -> list[Node]:
    """What a cell holds: flags stand before the first paragraph, which needs no element of its own."""
    blocks = _elements(entry)
    content: list[Node] = []
    if blocks and "stitch-flags" in blocks[0]["classes"]:
        content += [make("span", blocks[0].children, classes=blocks.pop(0)["classes"]), nodes.Text(" ")]
    if blocks and isinstance(blocks[0], nodes.paragraph) and not blocks[0]["classes"]:
        content += blocks.pop(0).children
    return [*content, *blocks]


def check_folded_groups(app: Sphinx) -> None:
    """Warn of a group to be folded that no object has."""
    objects = domain_of(app.env).catalogue.objects
    known = dict.fromkeys(group.key for obj in objects for step in obj.steps for group in step.groups if group.key)
    for key in app.config.stitch_fold_groups:
        if key not in known:
            message = f"stitch_fold_groups: no object has a property group “{key}”{suggestion(key, known)}"
            warn(Subtype.UNKNOWN_GROUP, message, "")


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(BetterTables)
    app.connect("builder-inited", check_folded_groups, priority=600)  # when the catalogue is loaded
