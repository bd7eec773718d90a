"""Beside other extensions, themes and set-ups, whichever comes first in ``extensions``.

The other extensions are invented, and do what known ones do.
"""

from __future__ import annotations

import itertools
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import pytest
from conftest import API, CHECKOUT, GOOD, Project, posix, write_good_project
from sphinx.cmd.build import build_main
from sphinx.util.docutils import patch_docutils

if TYPE_CHECKING:
    from collections.abc import Callable

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
        page = project.html_of("index.xhtml" if builder == "epub" else "index.html")
        pages.append(str(page.select_one("div.body")))
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


VERSIONS = {"v1": "One", "v2": "Two"}


@pytest.fixture
def versions(make_project: Callable[..., Project]) -> Project:
    """The sources of two versions, which share one conf.py, as with sphinx-multiversion."""
    project = make_project()
    for version, name in VERSIONS.items():
        write_good_project(Project(project.folder / version))
        (project.folder / version / "conf.py").unlink()
        project.write(f"{version}/data/sources/good.yml", GOOD.replace("Good", name))
    conf = 'extensions = ["sphinxext_stitch"]\nstitch_data_path = "data"\nshow_warning_types = True\n'
    project.write("conf/conf.py", conf)
    return project


def build_version(project: Project, version: str, capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """Build a version with the shared conf.py; the text of its page, and the warnings."""
    folder = project.folder
    out = folder / "out" / version
    build_main(["-q", "--no-color", "-b", "text", "-c", str(folder / "conf"), str(folder / version), str(out)])
    return (out / "index.txt").read_text(encoding="utf-8"), project.relative(capsys.readouterr().err)


@pytest.mark.parametrize("version", VERSIONS)
def test_each_version_has_its_own_catalogue(
    versions: Project, capsys: pytest.CaptureFixture[str], version: str
) -> None:
    versions.write("conf/data/api.yml", API)
    versions.write("conf/data/sources/good.yml", GOOD.replace("Good", "Other"))
    text, warnings = build_version(versions, version, capsys)
    assert VERSIONS[version] in text
    assert warnings == ""


def test_sources_without_a_catalogue(versions: Project, capsys: pytest.CaptureFixture[str]) -> None:
    versions.write("conf/data/api.yml", API)
    versions.write("conf/data/sources/good.yml", GOOD.replace("Good", "Other"))
    shutil.rmtree(versions.folder / "v1/data")
    text, warnings = build_version(versions, "v1", capsys)
    assert "Other" in text
    assert warnings == (
        "conf/conf.py:1: WARNING: “stitch_data_path” is relative to the source folder, where there is no folder “v1/data”; "
        "that beside “conf.py” is used: if it is meant, state its whole path [stitch.bad-config]\n"
    )


#: As what runs a generator first, such as those of API references.
GENERATOR = """\
from pathlib import Path

extensions = ["sphinxext_stitch"]
stitch_data_path = "made"
stitch_pages = "all"

def generate(app):
    for path, text in FILES.items():
        Path(app.srcdir, path).parent.mkdir(parents=True, exist_ok=True)
        Path(app.srcdir, path).write_text(text, encoding="utf-8")

def setup(app):
    app.connect("builder-inited", generate)
"""


def test_data_that_are_made_when_the_build_begins(make_project: Callable[..., Project]) -> None:
    """The first build, as in continuous integration, has them, and makes pages of them."""
    project = make_project()
    files = {"made/api.yml": API, "made/sources/good.yml": GOOD}
    project.write("conf.py", GENERATOR + f"\nFILES = {files!r}\n")
    project.write("index.rst", "Test\n====\n\n.. toctree::\n\n   all/index\n\n.. connection-table::\n")
    project.build("text")
    assert project.warnings == []
    assert project.connections == ["Good"]
    assert "Sound." in project.output("all/source/good.txt")


EXCLUSIVE = """\
Test
====

:stitch:conn:`good <source/good>` and :stitch:search:`found <kind=source>`, :stitch:endpoint:`makes <things.make>`.

.. only:: latex

   .. only:: not man

      .. connection-table::
         :columns: name, type

   .. connection-table:: endpoints

.. only:: not latex

   .. connection-table::

   .. connection-table:: endpoints

.. connection-table::

.. connection-property::
"""


@pytest.fixture
def exclusive(catalogue_project: Project) -> Project:
    """A page with other tables for LaTeX than for the rest."""
    catalogue_project.write(
        "data/api.yml", f"{API}endpoints: {{things.make: {{title: Make, method: POST, path: /things}}}}\n"
    )
    catalogue_project.write("index.rst", EXCLUSIVE)
    return catalogue_project


@pytest.mark.parametrize("builder", ["html", "singlehtml"])
def test_tables_for_some_builders(exclusive: Project, builder: str) -> None:
    """The tables that a builder shows have the anchors, whatever was built before."""
    exclusive.build("latex", nitpicky=True)
    assert exclusive.warnings == []
    exclusive.build(builder, nitpicky=True)
    assert exclusive.warnings == []
    html = exclusive.html()
    assert [box["id"] for box in html.select(".stitch-filter")] == ["connection-table", "connection-table-2"]
    for anchor in ("connection-table", "connection-source-good", "endpoint-things.make"):
        (owner,) = html.select(f"[id='{anchor}']")
        assert owner in html.select("#connection-table, #connection-table *, .stitch-endpoints *")
    links = {link["href"].partition("#")[2] for link in html.select(".body p > a.internal")}
    assert {name for name in links if not html.find(id=name)} == set()


def test_tables_for_latex(exclusive: Project) -> None:
    exclusive.build("html")
    exclusive.build("latex", nitpicky=True)
    assert exclusive.warnings == []
    (latex,) = (text.decode() for name, text in exclusive.outputs().items() if name.endswith(".tex"))
    for anchor in ("connection-table", "connection-table-2", "connection-source-good", "endpoint-things.make"):
        assert latex.count(rf"\label{{\detokenize{{index:{anchor}}}}}") == 1, anchor


def test_objects_for_some_builders(catalogue_project: Project) -> None:
    """Each builder links to the page that shows the object in it."""
    catalogue_project.write(
        "index.rst", "Test\n====\n\n.. toctree::\n\n   a\n   b\n\n.. connection-table::\n\n:stitch:object:`test.good`\n"
    )
    for page, builder in (("a", "text"), ("b", "html")):
        catalogue_project.write(f"{page}.rst", f"{page}\n=\n\n.. only:: {builder}\n\n   .. connection-property::\n")
    for _time in range(2):
        catalogue_project.build("text", nitpicky=True)
        assert catalogue_project.warnings == []
        catalogue_project.build("html", nitpicky=True)
        assert catalogue_project.warnings == []
        links = [link["href"] for link in catalogue_project.html().select("a[href*=good-object]")]
        assert len(links) == 4  # of the name, the type, the role and the toctree
        assert set(links) == {"b.html#source-form-properties-good-object"}
        assert b"b.html" not in catalogue_project.outputs()["objects.inv"]
        objects = catalogue_project.app.env.get_domain("stitch").get_objects()
        assert {page for _name, _title, objtype, page, *_rest in objects if objtype == "object"} == {"b"}
    catalogue_project.build("text", fresh=True)
    assert "Good" in catalogue_project.output("a.txt")


def test_labels_for_some_builders(catalogue_project: Project) -> None:
    """What a builder leaves out has no labels in it, also if another one with the same doctrees shows it."""
    catalogue_project.write(
        "index.rst",
        "Test\n====\n\n:ref:`source-form-properties-good-object`\n\n.. only:: html\n\n   .. connection-property::\n",
    )
    catalogue_project.build()
    assert catalogue_project.warnings == []
    catalogue_project.build("latex")
    assert catalogue_project.warnings == [
        "index.rst:4: WARNING: undefined label: 'source-form-properties-good-object' [ref.ref]"
    ]
    catalogue_project.build()
    assert catalogue_project.warnings == []


def test_an_object_that_one_builder_shows_twice(catalogue_project: Project) -> None:
    catalogue_project.write(
        "index.rst", "Test\n====\n\n.. only:: html\n\n   .. connection-property::\n\n.. connection-property::\n"
    )
    catalogue_project.build("text")
    assert catalogue_project.warnings == []
    catalogue_project.build()
    assert catalogue_project.warnings == [
        "index.rst:8: WARNING: the object “source/good” is shown on the page “index” already, which keeps its anchors; "
        "add “:no-index:” to show it again without them [stitch.shown-twice]"
    ]
    assert len(catalogue_project.html().select("#source-form-properties-good-object")) == 1


def test_tables_that_the_configuration_leaves_out(catalogue_project: Project) -> None:
    conf = (catalogue_project.folder / "conf.py").read_text(encoding="utf-8")
    catalogue_project.write("conf.py", f'{conf}extensions += ["sphinx.ext.ifconfig"]\n')
    catalogue_project.write(
        "index.rst",
        "Test\n====\n\n.. ifconfig:: False\n\n   .. connection-table::\n\n.. ifconfig:: True\n\n   .. connection-table::\n",
    )
    catalogue_project.build()
    assert catalogue_project.warnings == []
    assert catalogue_project.html().select("#connection-table #connection-source-good")


#: As sphinxext-opengraph does, which describes a page by the first words in its doctree.
FIRST_WORDS = """\
def note(app, pagename, templatename, context, doctree):
    if doctree is not None:
        context["metatags"] += f'<meta name="description" content="{" ".join(doctree.astext().split()[:8])}">'

def setup(app):
    app.connect("html-page-context", note)
"""


@both_orders
def test_words_of_a_page(beside: Callable[..., Project], order: tuple[str, ...]) -> None:
    """Those of the filter, which are in a template, are none."""
    project = beside(FIRST_WORDS, order)
    project.build()
    assert "Search for a connection" in project.output("index.html")
    (description,) = project.html().select("meta[name=description]")
    assert description["content"] == "Test Name Kind Type Good Source test.good The"


SHARED_PAGE = """\
Test
====

.. connection-table::
   :columns: object

.. connection-property:: test.other
"""


def test_objects_that_another_project_shows(catalogue_project: Project, make_project: Callable[..., Project]) -> None:
    """Links of tables and of prose go the way of roles, where both projects have the same catalogue."""
    catalogue_project.write(
        "data/sources/other.yml",
        "name: Other\ntype: test.other\n"
        "description: Better than [that](stitch:test.good), also [its sound](stitch:test.good.sound).\n"
        "deprecated: {use: test.good}\n",
    )
    here = make_project()
    shutil.copytree(catalogue_project.folder / "data", here.folder / "data")
    catalogue_project.build()
    catalogue_project.close()
    assert catalogue_project.warnings == []
    inventory = str(Path(catalogue_project.app.outdir) / "objects.inv")
    here.write("conf.py", 'extensions = ["sphinxext_stitch", "sphinx.ext.intersphinx"]\nstitch_data_path = "data"\n')
    here.write("index.rst", SHARED_PAGE)
    here.build(nitpicky=True, intersphinx_mapping={"there": ("https://there.example/docs", inventory)})
    assert here.warnings == []
    good = "https://there.example/docs/index.html#source-form-properties-good-object"
    links = [(link.get_text(), link["href"]) for link in here.html().select(f"a[href^='{good}']")]
    assert links == [("test.good", good), ("test.good", good), ("that", good), ("its sound", f"{good}.form.sound")]
    # Without the other project, the object is the row of its connection, and the rest is missing.
    here.build(nitpicky=True, fresh=True)
    assert [warning.partition("WARNING: ")[2] for warning in here.warnings] == [
        "no page shows 1 of the objects in this table, so they have no links: source/good [stitch.not-shown]",
        "no page shows the property “test.good.sound”, so this link leads nowhere [stitch.not-shown]",
    ]


#: As sphinx-last-updated-by-git does, which dates a page by the newest of its files, and sphinx-sitemap by its date.
FILES_OF_PAGES = """\
from pathlib import Path

def note(app, env):
    app.updated = {page: {Path(env.srcdir, path).name for path in paths} for page, paths in env.dependencies.items()}

def show(app, pagename, templatename, context, doctree):
    if doctree is not None:
        paths = app.env.dependencies.get(pagename, ())
        app.written[pagename] = {Path(app.env.srcdir, path).name for path in paths}

def setup(app):
    app.written = {}
    app.connect("env-updated", note)
    app.connect("html-page-context", show)
"""


@both_orders
def test_files_of_pages(beside: Callable[..., Project], order: tuple[str, ...]) -> None:
    project = beside(FILES_OF_PAGES, order)
    project.write("data/groups/shared.yml", "title: Shared\nproperties: [{name: b, type: string}]\n")
    project.write("data/sources/other.yml", "name: Other\ntype: test.other\ngroups: [shared]\n")
    project.write("data/sources/none.yml", "name: None\ntype: null\n")
    pages = {
        "index": (
            ".. literalinclude:: data/api.yml\n\n.. connection-property:: test.good\n\n.. toctree::\n   :glob:\n\n   *\n"
        ),
        "other": ".. connection-property:: test.other\n",
        "table": ".. connection-table::\n",
        "endpoints": ".. connection-table:: endpoints\n",
    }
    for page, text in pages.items():
        project.write(f"{page}.rst", f"{page}\n=========\n\n{text}")
    shown = {
        "index": {"api.yml", "good.yml"},
        "other": {"other.yml", "shared.yml"},
        "table": {"good.yml", "other.yml", "none.yml"},
        "endpoints": {"api.yml"},
    }
    app = project.build()
    assert project.warnings == []
    assert app.updated == app.written == shown
    # A file that is newer and the same outdates no page; of one that is included, it does.
    for name in ("sources/good.yml", "sources/other.yml", "groups/shared.yml"):
        file = project.folder / "data" / name
        os.utime(file, (file.stat().st_atime, file.stat().st_mtime + 10))
    project.build()
    assert project.read_again() == set()
    file = project.folder / "data/api.yml"
    os.utime(file, (file.stat().st_atime, file.stat().st_mtime + 10))
    app = project.build()
    assert project.read_again() == {"index"}
    assert app.updated == shown


REPOSITORY = "https://github.com/example-org/harbour"
PARTS = {"github_user": "example-org", "github_repo": "harbour", "github_version": "main"}

#: By theme: the configuration of its link to the source of a page.
EDIT_LINKS = {
    "furo": {
        "html_theme_options": {
            "source_repository": REPOSITORY,
            "source_branch": "main",
            "source_directory": "docs/",
        }
    },
    "sphinx_rtd_theme": {
        "html_context": {"display_github": True, "conf_py_path": "/docs/", **PARTS},
        "html_theme_options": {"vcs_pageview_mode": "edit"},
    },
    "pydata_sphinx_theme": {
        "html_context": {"doc_path": "docs", **PARTS},
        "html_theme_options": {"use_edit_page_button": True},
    },
    "sphinx_book_theme": {
        "html_theme_options": {
            "repository_url": REPOSITORY,
            "repository_branch": "main",
            "path_to_docs": "docs",
            "use_edit_page_button": True,
        },
    },
}


def edit_links(project: Project, page: str) -> set[str]:
    """Where the links to edit a page lead."""
    links = [link["href"] for link in project.html(page).select(f"a[href^='{REPOSITORY}/edit/']")]
    return {urljoin(link, urlsplit(link).path) for link in links}


@pytest.mark.parametrize("theme", EDIT_LINKS)
def test_links_to_edit_generated_pages(catalogue_project: Project, theme: str) -> None:
    """They lead to the data files; chapters, which have none, have no link."""
    catalogue_project.write("data/sources/more/other.yml", "name: Other\ntype: test.other\n")
    catalogue_project.write("all/source/own.rst", "Own\n===\n\n.. connection-property:: test.other\n")
    catalogue_project.write("data/sources/own.yml", "name: Own\ntype: test.own\n")
    catalogue_project.write("index.rst", "Test\n====\n\n.. toctree::\n\n   all/index\n")
    # A list of its own: pydata-sphinx-theme adds its templates to the default one, which later builds of the process share.
    config = {"html_theme": theme, "stitch_pages": "all", "templates_path": [], **EDIT_LINKS[theme]}
    catalogue_project.build(**config)
    docs = f"{REPOSITORY}/edit/main/docs"
    assert edit_links(catalogue_project, "index") == {f"{docs}/index.rst"}
    assert edit_links(catalogue_project, "all/source/good") == {f"{docs}/data/sources/good.yml"}
    assert edit_links(catalogue_project, "all/source/other") == {f"{docs}/data/sources/more/other.yml"}
    assert edit_links(catalogue_project, "all/source/own") == {f"{docs}/all/source/own.rst"}
    assert edit_links(catalogue_project, "all/index") == set()
    # Nobody knows where the files of a whole path are in a repository.
    catalogue_project.build(fresh=True, stitch_data_path=str(catalogue_project.folder / "data"), **config)
    assert edit_links(catalogue_project, "all/source/good") == set()


PACKAGED_PAGE = """\
Test
====

.. connection-table::

.. connection-table:: endpoints

.. connection-property:: platform.salesforce
"""


def test_the_package_at_another_path(make_project: Callable[..., Project]) -> None:
    """A cache of doctrees and output is of use in another environment, also where the catalogue is that of the package."""
    project = make_project()
    project.write("conf.py", 'extensions = ["sphinxext_stitch"]\nsuppress_warnings = ["stitch.not-shown"]\n')
    project.write("index.rst", PACKAGED_PAGE)
    command = [sys.executable, "-m", "sphinx", "-b", "html", str(project.folder), str(project.folder / "out")]
    logs, infos = [], []
    for name in ("one", "another/and/deeper"):
        for part in ("sphinxext_stitch", "data"):
            shutil.copytree(CHECKOUT / part, project.folder.parent / name / part)
        environment = {**os.environ, "PYTHONPATH": str(project.folder.parent / name)}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        logs.append(done.stdout)
        infos.append((project.folder / "out/.buildinfo").read_text(encoding="utf-8"))
        assert done.stderr == ""
    assert "no targets are out of date" in logs[1]
    assert infos[0] == infos[1]


#: As sphinx-markdown-builder does.
ANCHORS_OF_TARGETS = """\
from docutils import nodes
from sphinx.writers.text import TextTranslator

class Translator(TextTranslator):
    def visit_target(self, node):
        if "refid" in node:
            self.new_state(0)
            self.add_text(f'<{node["refid"]}>')
            self.end_state()
        raise nodes.SkipNode

def setup(app):
    app.set_translator("text", Translator)
"""


@both_orders
def test_anchors_of_targets(beside: Callable[..., Project], order: tuple[str, ...]) -> None:
    """Objects and steps have them in builders that write no ids of sections."""
    project = beside(ANCHORS_OF_TARGETS, order)
    project.write("data/api.yml", "name: Test\nsteps: {form: {title: Properties}, oauth: {title: Sign-in}}\n")
    project.write("data/sources/good.yml", f"{GOOD}oauth: {{properties: [{{name: code, type: string}}]}}\n")
    project.build("text")
    assert project.warnings == []
    text = project.output("index.txt")
    assert text.index("<source-form-properties-good-object>") < text.index("The Good source connection property object")
    found = re.findall("<source-form-properties-(.*)>", text)
    assert found == [
        "good-object",
        *(f"good-object-{step}{end}" for step in ("form", "oauth") for end in ("", "-example-usage")),
    ]


#: As sphinx-markdown-builder does.
MARKDOWN = """\
from docutils import nodes
from sphinx.builders.text import TextBuilder
from sphinx.util.docutils import SphinxTranslator

class Translator(SphinxTranslator):
    body = ""

    def add(self, text):
        self.body += text

    def visit_Text(self, node):
        self.add(node.astext())

    def visit_target(self, node):
        if "refid" in node:
            self.add(f'<a id="{node["refid"]}"></a>')

    def unknown_visit(self, node):
        assert not isinstance(node, (nodes.admonition, nodes.abbreviation))

    def unknown_departure(self, node):
        pass

class MarkdownBuilder(TextBuilder):
    name = "notes"
    format = "markdown"
    default_translator_class = Translator

def setup(app):
    app.add_builder(MarkdownBuilder)
"""

ALL_OF_MARKDOWN = """\
name: Test
steps: {form: {title: Properties}}
endpoints: {things.make: {title: Make, method: POST, path: /things}}
unavailable: {label: Unsupported, tip: Not in the API}
"""


@both_orders
def test_markdown(beside: Callable[..., Project], order: tuple[str, ...]) -> None:
    """Rows have anchors, and no node is there that a builder of Markdown does not know; “tox run -e wild” has the real one."""
    project = beside(MARKDOWN, order)
    project.write("data/api.yml", ALL_OF_MARKDOWN)
    properties = """properties: [{name: "a|`b", type: string, description: "Not <b> | `c|d`."}]"""
    project.write("data/sources/good.yml", f"{GOOD.partition('properties')[0]}deprecated: {{}}\n{properties}\n")
    project.write("data/sources/fax.yml", "name: Fax\ntype: null\ncategory: saas\n")
    project.write("index.rst", ".. connection-table::\n\n.. connection-table:: endpoints\n\n.. connection-property::\n")
    project.build("notes")
    assert project.warnings == []
    text = project.output("index.txt")
    assert re.findall(r'<a id="([^"]+)"></a>', text) == [
        "connection-table",
        "connection-source-fax",
        "connection-source-good",
        "endpoint-things.make",
        "source-form-properties-good-object",
        "source-form-properties-good-object-form",
        "source-form-properties-good-object.form.a&#124;`b",
        "source-form-properties-good-object-form-example-usage",
    ]
    for part in ("Unsupported (Not in the API)", "Deprecated.", r"``a\|`b``", r"Not &lt;b> &#124; `c\|d`."):
        assert part in " ".join(text.split())


def test_another_builder_of_markdown(beside: Callable[..., Project]) -> None:
    """Without the methods of sphinx-markdown-builder, pages are as in other builders that know docutils' nodes."""
    project = beside(MARKDOWN.replace("def add(", "def write_text(").replace("self.add(", "self.write_text("))
    project.write("index.rst", "Test\n====\n\n.. connection-property::\n")
    project.build("notes")
    assert project.warnings == []
    assert "sound" in project.output("index.txt")


@posix
def test_a_tree_of_links(catalogue_project: Project, make_project: Callable[..., Project]) -> None:
    """Build systems such as Bazel and Nix give Sphinx a folder in which every file is a link."""
    farm = make_project()
    for file in catalogue_project.folder.rglob("*"):
        if file.is_file():
            place = farm.folder / file.relative_to(catalogue_project.folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(file)
    farm.build(stitch_follow_links=True)
    assert farm.warnings == []
    built = farm.outputs()
    catalogue_project.build()
    assert built == catalogue_project.outputs()


#: Of the project sphinx-doc/github-problem-matcher, which annotates files on GitHub.
MATCHER = re.compile(r"^(.+\.\w+):(\d+): (WARNING|ERROR): (.+)$")


def test_programs_that_read_the_log(catalogue_project: Project) -> None:
    """They find the file and line of each problem; columns, which warnings of Sphinx have none of, are in the message."""
    catalogue_project.write("data/sources/good.yml", f"{GOOD}extra: 1\ndocs: nowhere\n")
    catalogue_project.write(
        "index.rst", "Test\n====\n\n.. connection-table::\n   :kind: nothing\n\n.. connection-property::\n"
    )
    catalogue_project.build("dummy")
    found = [MATCHER.search(line).groups() for line in catalogue_project.warnings]
    assert [(file, line) for file, line, *_rest in found] == [
        ("data/sources/good.yml", "7"),
        ("data/sources/good.yml", "8"),
        ("index.rst", "4"),
    ]
    assert [message.startswith("column 7: ") for *_place, message in found] == [False, True, False]


#: As extensions do that write the markup of a page, without saying where it is from.
GENERATED = """\
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

class Generated(SphinxDirective):
    has_content = True

    def run(self):
        node = nodes.section()
        node.document = self.state.document
        self.state.nested_parse(StringList([*self.content], source=%r), 0, node, match_titles=True)
        return node.children

def setup(app):
    app.add_directive("generated", Generated)
"""


@pytest.mark.parametrize("source", [None, ""])
def test_directives_without_a_source(beside: Callable[..., Project], source: str | None) -> None:
    project = beside(GENERATED % source)
    content = """
   .. connection-table::
      :kind: nothing
      :placeholder: Find
      :empty: No more

   .. connection-property::
"""
    project.write("index.rst", f"Test\n====\n\n.. generated::\n{content}")
    project.build()
    assert project.warnings == [
        "index.rst:1: WARNING: “:kind:” cannot be “nothing”; it takes “source” or “destination” [stitch.bad-option]"
    ]
    assert project.html().select_one("#source-form-properties-good-object") is not None


#: As sphinx-simplepdf does, and others that go on with the files of a builder.
DERIVED_BUILDERS = """\
from sphinx.builders.epub3 import Epub3Builder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder

class PaperBuilder(SingleFileHTMLBuilder):
    name = "paper"

class ReaderBuilder(Epub3Builder):
    name = "reader"

def setup(app):
    app.add_builder(PaperBuilder)
    app.add_builder(ReaderBuilder)
"""


@both_orders
@pytest.mark.parametrize(
    ("derived", "builder", "page"), [("paper", "singlehtml", "index.html"), ("reader", "epub", "index.xhtml")]
)
def test_derived_builders(
    beside: Callable[..., Project], order: tuple[str, ...], derived: str, builder: str, page: str
) -> None:
    """They make what the builders do that they are derived from."""
    project = beside(DERIVED_BUILDERS, order)
    project.write("data/sources/other.yml", "name: Other\ntype: test.other\nproperties: [{name: a, type: string}]\n")
    project.write("more.rst", "More\n====\n\n.. connection-table::\n\n:stitch:search:`find <kind=source>`\n")
    project.write(
        "index.rst", "Test\n====\n\n.. connection-table::\n\n.. connection-property::\n\n.. toctree::\n\n   more\n"
    )
    pages = []
    for name in (builder, derived):
        project.build(name, fresh=True, copyright="Test")
        assert project.warnings == []
        # Sphinx knows some builders by their names, and writes another head for them.
        pages.append(str(project.html_of(page).select_one("div.body")))
    assert pages[1] == pages[0]
    html = project.html_of(page)
    ids = [tag["id"] for tag in html.select("[id]")]
    assert len(ids) == len(set(ids))
    links = [link["href"] for link in html.select("a[href^='#']")]
    assert [link for link in links if link[1:] not in (*ids, "")] == []


@pytest.mark.parametrize("shown_page", ["a", "b"])
def test_objects_that_the_configuration_leaves_out(catalogue_project: Project, shown_page: str) -> None:
    """Links lead to the page that shows the object, and to the other one when the configuration has changed."""
    conf = (catalogue_project.folder / "conf.py").read_text(encoding="utf-8")
    value = 'def setup(app):\n    app.add_config_value("edition", "a", "html")\n'
    catalogue_project.write("conf.py", f'{conf}extensions += ["sphinx.ext.ifconfig"]\n{value}')
    catalogue_project.write("index.rst", "Test\n====\n\n.. toctree::\n\n   a\n   b\n\n:stitch:object:`test.good`\n")
    for page in ("a", "b"):
        text = f"{page}\n=\n\n.. ifconfig:: edition == '{page}'\n\n   .. connection-property::\n"
        catalogue_project.write(f"{page}.rst", text)
    catalogue_project.build(nitpicky=True, edition="a")
    catalogue_project.build(nitpicky=True, edition=shown_page)
    links = catalogue_project.html().select(".body p a")
    assert [link["href"] for link in links] == [f"{shown_page}.html#source-form-properties-good-object"]
    assert catalogue_project.warnings == []


def test_a_condition_that_is_none(catalogue_project: Project) -> None:
    """Sphinx says so, once; the parts are not shown, or shown as it has it."""
    conf = (catalogue_project.folder / "conf.py").read_text(encoding="utf-8")
    catalogue_project.write("conf.py", f'{conf}extensions += ["sphinx.ext.ifconfig"]\n')
    parts = "".join(f".. {name}:: 1 +\n\n   .. connection-property::\n\n" for name in ("ifconfig", "only"))
    catalogue_project.write("index.rst", f"Test\n====\n\n{parts}")
    catalogue_project.build("text")
    warnings = [line for line in catalogue_project.warnings if "WARNING" in line or "ERROR" in line]
    assert sorted(line.partition(": ")[0] for line in warnings) == ["index.rst:4", "index.rst:8"]
    assert catalogue_project.output("index.txt").count("Sound.") == 1
