"""Write our tables as HTML: header cells with a scope, groups of rows, and ids on cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

from ..builders import add_node
from ..catalogue.invisible import one_line
from ..catalogue.problems import Subtype, listing
from ..catalogue.suggestions import suggestion
from ..config import warn_of_config
from ..domain import domain_of
from ..lifecycle import LOADING
from ..render.find import elements
from ..render.nodes import stitch_tgroup
from .element import end_tag, start_tag
from .nodes import write, write_all

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


def visit_tgroup(self: HTML5Translator, node: stitch_tgroup) -> None:
    """Write the content of a table; the table element is written by the theme, which may wrap it."""
    head, body = elements(node)[-2:]
    self.body.append(start_tag("thead"))
    for row in elements(head):
        _write_row(self, row, [("th", {"scope": "col"})] * len(row.children))
    self.body.append(end_tag("thead") + start_tag("tbody"))
    for number, row in enumerate(elements(body)):
        if "stitch-group" in row["classes"]:
            # Each group has its own tbody, to which the scope of its heading refers.
            self.body.append(end_tag("tbody") + start_tag("tbody") if number else "")
            folded = row["group"] in self.config.stitch_fold_groups
            classes = [*row["classes"], *(["stitch-folded"] if folded else [])]
            _write_row(self, row, [("th", {**_span(row), "scope": "rowgroup"})], classes)
        elif "stitch-closing-row" in row["classes"] or "stitch-case" in row["classes"]:
            _write_row(self, row, [("td", _span(row))])
        else:
            ids = [name for target in row.children[0].findall(nodes.target) for name in target["ids"]]
            cells: list[tuple[str, dict[str, Any]]] = [("th", {"ids": ids, "scope": "row"})]
            # Most rows are of level 1; they need no class.
            classes = [name for name in row["classes"] if name != "stitch-level-1"]
            _write_row(self, row, cells + [("td", {})] * (len(row.children) - 1), classes)
    self.body.append(end_tag("tbody"))
    raise nodes.SkipNode


def _span(row: Element) -> dict[str, int]:
    """The ``colspan`` of the only cell of a row."""
    (entry,) = elements(row)
    return {"colspan": entry.get("morecols", 0) + 1}


def _write_row(
    self: HTML5Translator,
    row: Element,
    cells: Iterable[tuple[str, dict[str, Any]]],
    classes: list[str] | None = None,
) -> None:
    """Write a row; ``cells`` are the tag and attributes of each of its cells."""
    self.body.append(start_tag("tr", classes=row["classes"] if classes is None else classes))
    for entry, (tag, attributes) in zip(elements(row), cells, strict=True):
        _write_cell(self, entry, tag, **attributes)
    self.body.append(end_tag("tr"))


def _write_cell(self: HTML5Translator, entry: Element, tag: str, *, ids: Iterable[str] = (), **attributes: Any) -> None:
    """Write a cell: flags first, then the first paragraph without an element of its own, then the rest."""
    self.body.append(start_tag(tag, ids=ids, **attributes))
    parts = elements(entry)
    if parts and "stitch-flags" in parts[0]["classes"]:
        flags = parts.pop(0)
        write(self, "span", flags.children, classes=flags["classes"])
        self.body.append(" ")
    if parts and isinstance(parts[0], nodes.paragraph) and not parts[0]["classes"]:
        write_all(self, (node for node in parts.pop(0).children if not isinstance(node, nodes.target)))
        self.body.append("\n" if parts else "")  # between words, where a reader takes the text without the elements
    write_all(self, parts)
    self.body.append(end_tag(tag))


def check_folded_groups(app: Sphinx) -> None:
    """Warn of names in ``stitch_fold_groups`` that no property group of an object has."""
    if not app.config.stitch_fold_groups:
        return
    objects = domain_of(app.env).catalogue.objects
    known = dict.fromkeys(group.key for obj in objects for step in obj.steps for group in step.groups if group.key)
    for key in app.config.stitch_fold_groups:
        if key not in known:
            group = listing([one_line(key)], "")
            message = f"“stitch_fold_groups”: no object has a property group {group}{suggestion(key, known)}"
            warn_of_config(app, message, Subtype.UNKNOWN_GROUP)


def setup(app: Sphinx) -> None:
    """Register the node."""
    add_node(app, stitch_tgroup, html=(visit_tgroup, None))
    app.connect("builder-inited", check_folded_groups, priority=LOADING + 1)
