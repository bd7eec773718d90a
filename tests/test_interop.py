"""Beside other extensions, themes and set-ups, whichever comes first in ``extensions``.

The other extensions are invented, and do what known ones do.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from conftest import API, GOOD
from sphinx.util.docutils import patch_docutils

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Project

ORDERS = [("sphinxext_stitch", "neighbour"), ("neighbour", "sphinxext_stitch")]
NUMBERS = itertools.count()
both_orders = pytest.mark.parametrize("order", ORDERS, ids=["first", "last"])


@pytest.fixture
def beside(catalogue_project: Project, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Project]:
    """Make a project with another extension, whose source is given."""

    def make(source: str, order: tuple[str, ...] = ORDERS[0]) -> Project:
        # Python keeps a module that it has imported.
        name = f"neighbour{next(NUMBERS)}"
        catalogue_project.write(f"{name}.py", source)
        monkeypatch.syspath_prepend(catalogue_project.folder)
        names = [name if part == "neighbour" else part for part in order]
        catalogue_project.write("conf.py", f'extensions = {names}\nstitch_data_path = "data"\nversion = "1"\n')
        return catalogue_project

    return make


#: As sphinx-external-toc and sphinx-immaterial do.
OWN_TOC_COLLECTOR = """\
from sphinx.environment.collectors.toctree import TocTreeCollector

class OwnCollector(TocTreeCollector):
    pass

def setup(app):
    for listener in app.events.listeners["doctree-read"]:
        collector = getattr(listener.handler, "__self__", None)
        if isinstance(collector, TocTreeCollector):
            collector.disable(app)
            break
    app.add_env_collector(OwnCollector)
"""


@both_orders
def test_another_collector_of_titles(beside: Callable[..., Project], order: tuple[str, ...]) -> None:
    project = beside(OWN_TOC_COLLECTOR, order)
    project.build()
    assert project.warnings == []
    assert project.html().select("#source-form-properties-good-object")
    # Titles of the page are known: a change of one is shown by the navigation of others.
    project.write("other.rst", ":orphan:\n\nOther\n=====\n")
    project.build()
    project.write("data/sources/good.yml", GOOD.replace("Good", "Better"))
    project.build()
    assert project.written_again() == {"index", "other"}


def test_no_collector_of_titles(beside: Callable[..., Project]) -> None:
    project = beside(OWN_TOC_COLLECTOR.replace("app.add_env_collector(OwnCollector)", "pass"))
    project.build("text")
    assert "Good" in project.output("index.txt")


#: As sphinx-needs does for epub.
HANDLERS_OF_BUILDERS = """\
from docutils import nodes

class marvel(nodes.General, nodes.Element):
    pass

def visit(self, node):
    self.body.append("<hr/>")

def depart(self, node):
    pass

def setup(app):
    names = ("epub", "dirhtml", "singlehtml", "json")
    app.add_node(marvel, html=(visit, depart), **{name: (visit, depart) for name in names})
"""


@both_orders
@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml", "epub"])
def test_handlers_by_the_name_of_a_builder(
    beside: Callable[..., Project], order: tuple[str, ...], builder: str
) -> None:
    """The other extension changes nothing; without these it has handlers by the format alone."""
    pages = []
    for source in (HANDLERS_OF_BUILDERS.replace("**{name", "**{f'no{name}'"), HANDLERS_OF_BUILDERS):
        project = beside(source, order)
        project.build(builder, fresh=True, copyright="Test")
        assert project.warnings == []
        pages.append(project.output("index.xhtml" if builder == "epub" else "index.html"))
    assert "stitch-connections" in pages[0]
    assert pages[1] == pages[0]


SUBTITLES = """\
Test
====

One
---

.. connection-property::

Two
---

Text.
"""


@pytest.mark.parametrize("builder", ["html", "singlehtml", "epub", "latex", "text"])
def test_a_section_that_becomes_a_subtitle(catalogue_project: Project, builder: str) -> None:
    """A setting of docutils makes the only section below a title its subtitle."""
    api = "endpoints: {make: {title: Make, method: POST, path: /things, body: {kind: '{{ type }}', all: '{{ properties }}'}}}\n"
    catalogue_project.write("data/api.yml", API + api)
    catalogue_project.write("docutils.conf", "[general]\nsectsubtitle_xform: yes\n")
    catalogue_project.write("index.rst", SUBTITLES)
    with patch_docutils(catalogue_project.folder):
        catalogue_project.build(builder, version="1", copyright="Test")
    assert catalogue_project.warnings == []
    if builder == "html":
        (subtitle,) = catalogue_project.html().select(".section-subtitle")
        assert subtitle["id"] == "source-form-properties-good-object"
