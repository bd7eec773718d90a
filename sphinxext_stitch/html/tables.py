"""Turn our tables into better HTML: header cells with a scope, tips, and the box around a table to search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.locale import get_translation
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

_ = get_translation("sphinxext_stitch")

#: The classes of our tables.
TABLES = ("stitch-connections", "stitch-endpoints", "stitch-properties")


class scoped_cell(nodes.entry):  # noqa: N801 - docutils names nodes so
    """A table cell with the ``scope`` of what it heads, as in HTML; one without heads nothing."""


class search_box(nodes.General, nodes.Element):  # noqa: N801 - docutils names nodes so
    """The box around a table that can be searched; its attributes are the words that the script shows."""


class BetterTables(SphinxPostTransform):
    """Make our tables better HTML."""

    formats = ("html",)
    default_priority = 200

    def run(self, **kwargs: Any) -> None:
        for table in list(self.document.findall(nodes.table)):
            if not set(TABLES).intersection(table["classes"]):
                continue
            for entry in list(table.findall(nodes.entry)):
                if _is_first(entry):
                    cell = scoped_cell("", *entry.children, **entry.attributes)
                    cell["scope"] = _scope(entry.parent)
                    entry.replace_self(cell)
            for inline in list(table.findall(nodes.inline)):
                if "tip" in inline:
                    tip = nodes.abbreviation("", "", *inline.children, explanation=inline["tip"])
                    inline.replace_self(tip)
            if "stitch-connections" in table["classes"]:
                _wrap(table)


def _is_first(entry: nodes.entry) -> bool:
    """Whether a cell is in the head or the first column, which docutils makes header cells."""
    row = entry.parent
    return isinstance(row.parent, nodes.thead) or row.index(entry) == 0


def _scope(row: Element) -> str:
    """What the header cells of a row head: columns, all rows below, the row; the closing row's head nothing."""
    if isinstance(row.parent, nodes.thead):
        return "col"
    if "stitch-group" in row["classes"]:
        return "rowgroup"
    return "" if "stitch-closing-row" in row["classes"] else "row"


def _wrap(table: nodes.table) -> None:
    box = search_box(
        "",
        label=_("Search for a connection"),
        placeholder=table["placeholder"],
        count=_("%(shown)s of %(all)s connections shown"),
    )
    # Not replace_self, which hands the ids and classes of the table on.
    table.parent.replace(table, box)
    box += table


def visit_scoped_cell(self: HTML5Translator, node: scoped_cell) -> None:
    """Write the cell as docutils does, with its scope; without one it is no header cell."""
    self.visit_entry(node)
    name = f'th scope="{node["scope"]}"' if node["scope"] else "td"
    self.body[-1] = self.body[-1].replace("<th", f"<{name}", 1)
    self.context[-1] = f"</{name[:2]}>\n"


def depart_scoped_cell(self: HTML5Translator, node: scoped_cell) -> None:
    """Close the cell."""
    self.depart_entry(node)


def visit_search_box(self: HTML5Translator, node: search_box) -> None:
    """Open the box; the script finds it by its class."""
    words = {f"data-{name}": node[name] for name in ("label", "placeholder", "count")}
    self.body.append(self.starttag(node, "div", CLASS="stitch-search", **words))


def depart_search_box(self: HTML5Translator, node: search_box) -> None:
    """Close the box."""
    self.body.append("</div>\n")


def setup(app: Sphinx) -> None:
    """Register the transform and the nodes that it makes."""
    app.add_node(scoped_cell, html=(visit_scoped_cell, depart_scoped_cell))
    app.add_node(search_box, html=(visit_search_box, depart_search_box))
    app.add_post_transform(BetterTables)
