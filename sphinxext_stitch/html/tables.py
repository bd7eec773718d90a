"""Turn our tables into better HTML: header cells with a scope, and groups of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..catalogue.problems import Subtype, suggestion
from ..domain import domain_of
from ..render.find import blocks, elements, is_ours
from ..warnings import warn
from .element import become, make

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docutils.nodes import Element
    from sphinx.application import Sphinx


class BetterTables(SphinxPostTransform):
    """Make our tables better HTML."""

    formats = ("html",)
    default_priority = 200

    def run(self, **kwargs: Any) -> None:
        for table in blocks(self.document, nodes.table):
            if not is_ours(table):
                continue
            # The table itself stays the theme's: it knows its classes, and what to put around it.
            table["classes"].remove("longtable")
            head = next(table.findall(nodes.thead))
            body = next(table.findall(nodes.tbody))
            _become_head(head)
            table[:] = [head, *_bodies(body, self.config.stitch_fold_groups)]


def _become_head(head: Element) -> None:
    for row in elements(head):
        for entry in elements(row):
            _become_cell(entry, "th", scope="col")
        become(row, "tr")
    become(head, "thead")


def _bodies(body: Element, folded: Sequence[str]) -> Iterator[Element]:
    """The rows, those of each group in a body of their own, which the heading of the group is for.

    ``folded`` are the groups that the script folds.
    """
    made = make("tbody")
    for row in elements(body):
        if "stitch-group" in row["classes"]:
            if made.children:
                yield made
            made = make("tbody")
            if row["group"] in folded:
                row["classes"].append("stitch-folded")
            _become_wide_row(row, "th", scope="rowgroup")
        elif "stitch-closing-row" in row["classes"]:
            _become_wide_row(row, "td")
        else:
            _become_row(row)
        made += row
    yield made


def _become_wide_row(row: Element, tag: str, **attributes: str) -> None:
    (entry,) = elements(row)
    _become_cell(entry, tag, colspan=entry.get("morecols", 0) + 1, classes=[], **attributes)
    become(row, "tr")


def _become_row(row: Element) -> None:
    """A row, its first cell heading it."""
    first, *others = elements(row)
    targets = list(first.findall(nodes.target))
    for target in targets:
        target.parent.remove(target)
    _become_cell(first, "th", ids=[name for target in targets for name in target["ids"]], scope="row")
    for entry in others:
        _become_cell(entry, "td")
    # What is true of most rows needs no class.
    become(row, "tr", classes=[name for name in row["classes"] if name != "stitch-level-1"])


def _become_cell(entry: Element, tag: str, **attributes: Any) -> None:
    """A cell: flags stand before the first paragraph, which needs no element of its own."""
    parts = elements(entry)
    if parts and "stitch-flags" in parts[0]["classes"]:
        become(parts.pop(0), "span")
        entry.insert(1, nodes.Text(" "))
    if parts and isinstance(parts[0], nodes.paragraph) and not parts[0]["classes"]:
        become(parts[0], "")
    become(entry, tag, **attributes)


def check_folded_groups(app: Sphinx) -> None:
    """Warn of a group to be folded that no object has."""
    if not app.config.stitch_fold_groups:
        return
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
