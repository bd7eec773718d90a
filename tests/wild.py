"""Small projects with extensions and themes that people combine, for real; run by “tox run -e wild”.

Each is built twice: with this extension as the first and as the last one in ``extensions``.  Every warning is an error.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from conftest import CHECKOUT, TESTS, Folder, write_good
from markdown_it import MarkdownIt

sys.path.insert(0, str(CHECKOUT / "scripts"))

from write_docs import written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4 import Tag

INDEX = """\
Test
====

:stitch:object:`test.good`, :stitch:prop:`test.good.sound`, :stitch:conn:`source/good`, :stitch:endpoint:`things.make`
and :stitch:search:`sources <kind=source>`.

Calls
-----

.. connection-table:: endpoints

Find
----

.. connection-table::
"""

OBJECTS = """\
Objects
=======

.. connection-property::
"""

TOCTREE = """
.. toctree::

   objects
"""

API = """\
name: Test
steps: {form: {title: Properties, endpoint: {source: things.make}}}
endpoints: {things.make: {title: Make a thing, method: POST, path: /things, body: {what: "{{ type }}", all: "{{ properties }}"}}}
requests: {url: "https://test.example/api", token: KEY, headers: {X-Key: "{{ token }}"}}
"""


class Wild(NamedTuple):
    """A project: its extensions beside ours, what ``conf.py`` says more, the builder, and further files.

    ``page`` is the file of the output that shows the object, ``texts`` are patterns in it.
    """

    extensions: tuple[str, ...]
    conf: str = ""
    builder: str = "html"
    files: dict[str, str] = {}  # noqa: RUF012 - nobody changes it
    page: str = "objects.html"
    texts: tuple[str, ...] = ('id="source-form-properties-good-object"', 'class="stitch-properties', "stitch-examples")


NEEDS = "\n.. req:: A need\n   :id: NEED_1\n\n   Text.\n"
MARKDOWN = (r'<a id="source-form-properties-good-object"></a>', "Sound.", r'"what"|"sound"')

PROJECTS = {
    "needs": Wild(("sphinx_needs",), files={"index.rst": INDEX + NEEDS + TOCTREE}),
    "needs epub": Wild(
        ("sphinx_needs",),
        "suppress_warnings = ['epub']",
        "epub",
        {"index.rst": INDEX + NEEDS + TOCTREE},
        "objects.xhtml",
        ("source-form-properties-good-object", "stitch-properties"),
    ),
    "external toc": Wild(
        ("sphinx_external_toc",),
        files={"index.rst": INDEX, "_toc.yml": "root: index\nentries:\n  - file: objects\n"},
    ),
    "immaterial": Wild(
        ("sphinx_immaterial",), "html_theme = 'sphinx_immaterial'\nhtml_theme_options = {'font': False}"
    ),
    "python docs": Wild((), "html_theme = 'python_docs_theme'"),
    "tabs": Wild(
        ("sphinx_tabs.tabs",),
        files={
            "index.rst": INDEX + "\n.. tabs::\n\n   .. tab:: One\n\n      .. connection-table:: endpoints\n" + TOCTREE
        },
    ),
    "copybutton": Wild(("sphinx_copybutton",)),
    "section labels": Wild(
        ("sphinx.ext.autosectionlabel",),
        "autosectionlabel_prefix_document = True",
        files={"index.rst": INDEX + "\n:ref:`objects:The Good source connection property object`\n" + TOCTREE},
    ),
    "opengraph": Wild(
        ("sphinxext.opengraph",), "ogp_site_url = 'https://test.example/'\nogp_social_cards = {'enable': False}"
    ),
    "sitemap": Wild(("sphinx_sitemap",), "html_baseurl = 'https://test.example/'"),
    "simplepdf": Wild(("sphinx_simplepdf",), "", "simplepdf", page="index.html"),
    "notebooks": Wild(
        ("myst_nb",),
        "nb_execution_mode = 'off'\nstitch_pages = 'all'",
        files={
            "index.md": "# Test\n\n```{connection-table}\n```\n\n```{toctree}\nall/index\nobjects\n```\n",
            "objects.md": "# Objects\n\n```{connection-table} endpoints\n```\n",
        },
        page="all/source/good.html",
    ),
    "markdown": Wild(("sphinx_markdown_builder",), "", "markdown", page="objects.md", texts=MARKDOWN),
    "markdown pages": Wild(
        ("sphinx_markdown_builder",),
        "stitch_pages = 'all'",
        "markdown",
        {"index.rst": INDEX + "\n.. toctree::\n\n   all/index\n", "objects.rst": ":orphan:\n\nNone\n====\n"},
        "all/source/good.md",
        MARKDOWN,
    ),
    "llm": Wild(("sphinx_llm.txt",), "html_baseurl = 'https://test.example/'", page="objects.html.md", texts=MARKDOWN),
}


@pytest.fixture(params=["first", "last"])
def order(request: pytest.FixtureRequest) -> str:
    """Where this extension is in ``extensions``."""
    return str(request.param)


def write(folder: Folder, project: Wild, order: str) -> None:
    """Write the files of a project."""
    write_good(folder)
    folder.write("data/api.yml", API)
    names = [*project.extensions]
    names.insert(0 if order == "first" else len(names), "sphinxext_stitch")
    head = f"extensions = {names}\nproject = copyright = 'Test'\nversion = release = '1'\nstitch_data_path = 'data'\n"
    folder.write("conf.py", f"{head}exclude_patterns = ['out']\n{project.conf}\n")
    pages = {"index.rst": INDEX + TOCTREE, "objects.rst": OBJECTS}
    if any(name.endswith(".md") for name in project.files):
        pages = {}
    for name, text in (pages | project.files).items():
        folder.write(name, text)


@pytest.mark.parametrize("name", PROJECTS)
def test_project(tmp_path: Path, name: str, order: str) -> None:
    project = PROJECTS[name]
    folder = Folder(tmp_path)
    write(folder, project, order)
    out = build(tmp_path, project.builder)
    output = (out / project.page).read_text(encoding="utf-8")
    assert [text for text in project.texts if not re.search(text, output)] == []
    assert list(dead_links(out)) == []


def build(folder: Path, builder: str, *options: str) -> Path:
    """Build a project in a process of its own, as some extensions change Sphinx for all that come after."""
    tools = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    command = [sys.executable, "-m", "sphinx", "-q", "-n", "-W", "--keep-going", "-b", builder, *options]
    command += ["-d", str(folder / "out/doctrees"), str(folder), str(folder / "out" / builder)]
    done = subprocess.run(command, env={**os.environ, "PATH": tools}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return folder / "out" / builder


def dead_links(out: Path) -> Iterator[str]:
    """The links to our anchors that lead nowhere."""
    pages = {page: BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser") for page in out.rglob("*.*html")}
    pages |= {page: read_markdown(page) for page in out.rglob("*.md")}
    for page, html in pages.items():
        for link in html.select("a[href*='#source-form'], a[href*='#connection-'], a[href*='#endpoint-']"):
            # The sidebar of sphinx-simplepdf has such links in any project.
            path, _, anchor = re.sub("^#document-[^#]+#", "#", link["href"]).partition("#")
            path = path.removeprefix("https://test.example/")
            target = page if not path.partition("?")[0] else (page.parent / path.partition("?")[0]).resolve()
            if target not in pages or not pages[target].find(id=unquote(anchor)):
                yield f"{page.relative_to(out)}: {link['href']}"


# ---------------------------------------------------------------- Markdown


def read_markdown(page: Path) -> BeautifulSoup:
    """What a reader of Markdown makes of a page."""
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    return BeautifulSoup(reader.render(page.read_text(encoding="utf-8")), "html.parser")


def words(tag: Tag) -> list[str]:
    """The words of a page, without those that are for scripts and themes."""
    return re.findall(r"[^\s“”\"’']+", tag.get_text(" "))


def rows(page: Tag) -> Iterator[str]:
    """The rows of tables, each as one text."""
    for row in page.select("table tr"):
        cells = ("".join(words(cell)) for cell in row.find_all(["th", "td"], recursive=False))
        # A cell across columns becomes one and empty ones; an item of a list has a hyphen.
        yield " ".join(filter(None, (cell.replace("-", "") for cell in cells)))


CATALOGUES = {
    "hard cases": CHECKOUT / "docs/examples/describe-hard-cases",
    "pelican": TESTS / "roots/pelican",
    "publish as Markdown": CHECKOUT / "docs/examples/publish-as-markdown",
    "Stitch Connect": CHECKOUT / "docs/examples/first-page",
}


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_markdown_has_all_that_html_has(tmp_path: Path, catalogue: str) -> None:
    folder = tmp_path / "project"
    shutil.copytree(CATALOGUES[catalogue], folder)
    with (folder / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write("\nextensions = [name for name in extensions if name != 'sphinx_llm.txt']\n")
    compare_markdown_with_html(folder)


#: What Markdown takes for markup, and a catalogue for text.
MARKUP = r"""
name: a [b](c) <i>d</i> &amp; | e
type: test.good
category: saas
deprecated: {since: "2026-01-31"}
properties:
  - {name: "ab|c(d)<e>", type: string, pattern: "^`*(a|b)``$", description: "Needs `f`."}
  - name: f
    type: string
    required_if: {"ab|c(d)<e>": "x|y"}
    values: {"|": A bar | or <s>two</s>, "`": A backtick}
    description: |
      Text with &amp; <b>no markup</b> \[at](all), and *some | **bars**.

      ```
      first | line
        second <line>
      ```

      - One
      - Two
"""


def test_markdown_has_text_that_is_like_markup(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    write(
        folder,
        Wild((), files={"index.md": "# Test\n\n```{connection-table}\n```\n\n```{connection-property}\n```\n"}),
        "last",
    )
    folder.write("data/sources/good.yml", MARKUP)
    folder.write(
        "conf.py", "extensions = ['myst_parser', 'sphinxext_stitch']\nproject = 'Test'\nstitch_data_path = 'data'\n"
    )
    compare_markdown_with_html(tmp_path)


def compare_markdown_with_html(folder: Path) -> None:
    """Each row of each table, each heading and each example is there, and each link leads to an anchor."""
    html, markdown = build(folder, "html"), build(folder, "markdown")
    found = 0
    for path in markdown.rglob("*.md"):
        page = read_markdown(path)
        source = html / path.relative_to(markdown).with_suffix(".html")
        expected = BeautifulSoup(source.read_text(encoding="utf-8"), "html.parser").select_one("[role=main]")
        for tip in expected.select("abbr.stitch-unavailable"):
            tip.string = f"{tip.get_text()} ({tip['title']})"
        # Browsers show an arrow for the link to the documentation.
        for link in (*expected.select(".headerlink"), *page.find_all("a", string="(Documentation)")):
            link.decompose()
        assert list(rows(page)) == list(rows(expected))
        for tags in ("h1, h2, h3, h4, h5, h6", "pre:not(table pre)"):
            texts = [tag.get_text().strip() for tag in expected.select(tags)]
            assert {text for text in texts if text} <= {tag.get_text().strip() for tag in page.select(tags)}
        anchors = {tag["id"] for tag in expected.select("[id]") if re.match(ANCHORS, tag["id"])}
        assert anchors <= {tag["id"] for tag in page.select("[id]")}
        found += len(anchors)
    assert found
    assert list(dead_links(markdown)) == []


#: The anchors that the extension makes.
ANCHORS = "(source|destination)-form-properties-|connection-|endpoint-"


def test_files_for_language_models(tmp_path: Path) -> None:
    """The guide says which files there are, and what is in them."""
    folder = tmp_path / "project"
    shutil.copytree(CATALOGUES["publish as Markdown"], folder)
    out = build(folder, "html")
    assert list(dead_links(out)) == []
    listed = (out / "llms.txt").read_text(encoding="utf-8")
    assert re.findall(r"\]\(([^)]+)\)", listed) == ["index.html.md", "reference.html.md", "llms-full.txt"]
    whole = read_markdown(out / "llms-full.txt")
    pages = [read_markdown(out / name) for name in ("index.html.md", "reference.html.md")]
    assert list(rows(whole)) == [row for page in pages for row in rows(page)]
    assert whole.find(id="source-form-properties-shop-object.form.api_key")
    guide = (CHECKOUT / "docs/how-to/publish-as-markdown.md").read_text(encoding="utf-8")
    shown = re.findall(r"^```md\n(.*?)^```", guide, re.DOTALL | re.MULTILINE)
    assert shown
    for part in shown:
        assert part in (out / "reference.html.md").read_text(encoding="utf-8")


def test_readme_has_what_comes_of_its_catalogue() -> None:
    readme = CHECKOUT / "README.md"
    assert readme.read_text(encoding="utf-8") == written(readme), "run: tox run -e write-docs"
