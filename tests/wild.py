"""Small projects with extensions and themes that people combine, for real; run by “tox run -e wild”.

Each is built twice: with this extension as the first and as the last one in ``extensions``.  Every warning is an error.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from bs4 import BeautifulSoup
from conftest import Folder, write_good

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    # In a process of its own: some extensions change Sphinx for all that come after.
    tools = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    command = [sys.executable, "-m", "sphinx", "-q", "-n", "-W", "--keep-going", "-b", project.builder]
    command += ["-d", str(tmp_path / "out/doctrees"), str(tmp_path), str(tmp_path / "out/html")]
    done = subprocess.run(command, env={**os.environ, "PATH": tools}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    output = (tmp_path / "out/html" / project.page).read_text(encoding="utf-8")
    assert [text for text in project.texts if not re.search(text, output)] == []
    assert list(dead_links(tmp_path / "out/html")) == []


def dead_links(out: Path) -> Iterator[str]:
    """The links to our anchors that lead nowhere."""
    pages = {page: BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser") for page in out.rglob("*.*html")}
    for page, html in pages.items():
        for link in html.select("a[href*='#source-form'], a[href*='#connection-'], a[href*='#endpoint-']"):
            # The sidebar of sphinx-simplepdf has such links in any project.
            path, _, anchor = re.sub("^#document-[^#]+#", "#", link["href"]).partition("#")
            target = page if not path.partition("?")[0] else (page.parent / path.partition("?")[0]).resolve()
            if target not in pages or not pages[target].find(id=anchor):
                yield f"{page.relative_to(out)}: {link['href']}"
