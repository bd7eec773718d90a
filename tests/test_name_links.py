"""The names of connections lead to their objects, and a link behind them to their documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Project

BROOK = "connection-source-brook"
DOCS = "https://pelican.example/brook"
OBJECT = "source-form-properties-brook-object"


def _links(project: Project, row: str, page: str = "index") -> list[tuple[str, str, str | None]]:
    """The address, text and label of each link in the first cell of a row."""
    cell = project.html(page).select_one(f"#{row}")
    return [(link["href"], link.get_text(), link.get("aria-label")) for link in cell.select("a")]


def test_an_object_on_the_same_page(pelican: Project) -> None:
    pelican.build()
    assert _links(pelican, BROOK) == [(f"#{OBJECT}", "Brook", None), (DOCS, "", "Documentation of Brook")]
    # One without documentation, and one without object.
    lake = [("#destination-form-properties-brook-object", "Brook", None)]
    assert _links(pelican, "connection-destination-brook") == lake


def test_an_object_on_another_page(pelican: Project) -> None:
    pelican.write("index.rst", "Find\n====\n\n.. toctree::\n\n   all\n\n.. connection-table::\n")
    pelican.write("all.rst", "All\n===\n\n.. connection-property::\n")
    pelican.build()
    assert _links(pelican, BROOK) == [(f"all.html#{OBJECT}", "Brook", None), (DOCS, "", "Documentation of Brook")]


def test_an_object_that_no_page_shows(pelican: Project) -> None:
    pelican.write("index.rst", "Find\n====\n\n.. connection-table::\n")
    pelican.build(exclude_patterns=["guide.md"])
    assert _links(pelican, BROOK) == [(DOCS, "Brook", None)]
    assert _links(pelican, "connection-destination-brook") == []


@pytest.mark.parametrize(
    ("builder", "name", "link"),
    [
        ("text", "index.txt", None),
        ("man", "m.1", "(Documentation)"),
        ("latex", "m.tex", r"\sphinxhref{https://pelican.example/brook}{ (Documentation)}"),
        ("epub", "index.xhtml", 'aria-label="Documentation of Brook" href="https://pelican.example/brook"'),
    ],
)
def test_other_formats(pelican: Project, builder: str, name: str, link: str | None) -> None:
    pelican.build(
        builder,
        man_pages=[("index", "m", "", [], 1)],
        latex_documents=[("index", "m.tex", "M", "A", "manual")],
        version="1",
        copyright="1",
    )
    text = pelican.output(name)
    assert link in text if link else "(Documentation)" not in text
