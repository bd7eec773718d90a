"""Tools that run Sphinx by commands of their own, for real; run by “tox run -e wild-commands”.

They cannot be installed beside what ``wild.py`` builds with, as they need an older Sphinx.  Every warning is an error.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import API, GOOD, Folder, write_good
from sphinx.util.inventory import InventoryFile

TOOLS = Path(sys.executable).parent
OBJECT = "source-form-properties-good-object"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """An empty folder in a folder of the test's own."""
    (tmp_path / "project").mkdir()
    return Folder(tmp_path / "project")


def run(folder: Folder, tool: str, *options: str) -> str:
    """Run a command in a folder; what it and Sphinx say, without colours."""
    environment = {"PATH": os.pathsep.join([str(TOOLS), os.environ["PATH"]]), "NO_COLOR": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [tool, *options],
        cwd=folder.folder,
        env=os.environ | environment,
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def read(page: Path) -> BeautifulSoup:
    """A page, parsed."""
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")


# ---------------------------------------------------------------- Jupyter Book

BOOK = """\
title: Test
author: Test
execute: {execute_notebooks: "off"}
sphinx:
  extra_extensions: [sphinxext_stitch]
  config: {stitch_data_path: data, stitch_pages: all, suppress_warnings: [myst.domains, etoc.toctree]}
"""

CONTENTS = """\
format: jb-book
root: intro
chapters:
  - {file: calls}
  - {file: all/index}
"""

INTRO = """\
# Test

{stitch:object}`test.good`, {stitch:prop}`test.good.sound` and {stitch:search}`sources <kind=source>`.

```{connection-table}
```
"""

NOTEBOOK = """\
{"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["# Calls\\n", "\\n", "```{connection-table} endpoints\\n", "```"]}],
 "metadata": {"kernelspec": {"display_name": "Python 3", "name": "python3"}}, "nbformat": 4, "nbformat_minor": 4}
"""

ENDPOINTS = """\
name: Test
steps: {form: {title: Properties, endpoint: {source: things.make}}}
endpoints: {things.make: {title: Make a thing, method: POST, path: /things, body: {what: "{{ type }}", all: "{{ properties }}"}}}
"""


def test_jupyter_book(folder: Folder) -> None:
    """It puts the extensions of a book behind its own."""
    write_good(folder)
    files = {"_config.yml": BOOK, "_toc.yml": CONTENTS, "intro.md": INTRO, "calls.ipynb": NOTEBOOK}
    for name, text in (files | {"data/api.yml": ENDPOINTS}).items():
        folder.write(name, text)
    said = run(folder, "jupyter-book", "build", "--nitpick", "--warningiserror", "--keep-going", ".")
    assert "WARNING" not in said
    out = folder.folder / "_build/html"
    page = read(out / "all/source/good.html")
    assert page.find(id=OBJECT).select_one(".stitch-properties tbody code").get_text() == "sound"
    intro = read(out / "intro.html")
    links = {link.get_text(): link["href"] for link in intro.select("p a:has(code)")}
    assert links == {
        "test.good": f"all/source/good.html#{OBJECT}",
        "test.good.sound": f"all/source/good.html#{OBJECT}.form.sound",
    }
    assert intro.select_one(".stitch-filter table a[href^='all/source/good.html#']")
    assert read(out / "calls.html").select_one("table.stitch-endpoints [id='endpoint-things.make']")
    # The sidebar, which is made of the table of contents, has the generated pages.
    assert intro.select_one("nav a[href='all/index.html']")


# ---------------------------------------------------------------- Several versions

#: The tag or branch of each version, and what the object is called in it.
VERSIONS = {"v1": "One", "v2": "Two", "main": "Three"}

CONF = """\
project = copyright = 'Test'
stitch_data_path = 'data'
nitpicky = True
exclude_patterns = ['data']
"""

PAGE = "Test\n====\n\n:stitch:object:`test.good`\n\n.. connection-table::\n\n.. connection-property::\n"

POLY = """\
from pathlib import Path

from sphinx_polyversion import *
from sphinx_polyversion.environment import Environment
from sphinx_polyversion.git import Git
from sphinx_polyversion.sphinx import SphinxBuilder

root = Git.root(Path(__file__).parent)
DefaultDriver(
    root,
    root.parent / "out",
    vcs=Git("main", "v.*"),
    builder=SphinxBuilder("docs", args=["-W", "--keep-going"]),
    env=Environment.factory(),
).run()
"""


def git(folder: Folder, *options: str) -> None:
    """Run Git, whatever the settings of the person who runs the tests."""
    own = ("user.name=Test", "user.email=test@test.example", "commit.gpgsign=false", "tag.gpgsign=false")
    run(folder, "git", *(part for setting in own for part in ("-c", setting)), *options)


def write_versions(folder: Folder, conf: str) -> None:
    """Make a repository of the versions; that on ``main`` is checked out."""
    git(folder, "init", "--quiet", "--initial-branch=main")
    for version, name in VERSIONS.items():
        folder.write("docs/conf.py", conf)
        folder.write("docs/index.rst", PAGE)
        folder.write("docs/poly.py", POLY)
        folder.write("docs/data/api.yml", API)
        folder.write(
            "docs/data/sources/good.yml", f"{GOOD.replace('Good', name)}  - {{name: only_in_{version}, type: string}}\n"
        )
        git(folder, "add", ".")
        git(folder, "commit", "--quiet", "--message", version)
        if version != "main":
            git(folder, "tag", version)


@pytest.mark.parametrize("order", ["first", "last"])
@pytest.mark.parametrize("tool", ["sphinx-multiversion", "sphinx-polyversion"])
def test_each_version_shows_its_own_catalogue(folder: Folder, tool: str, order: str) -> None:
    others = ["sphinx.ext.intersphinx", *(["sphinx_multiversion"] if tool == "sphinx-multiversion" else [])]
    names = ["sphinxext_stitch", *others] if order == "first" else [*others, "sphinxext_stitch"]
    write_versions(folder, f"extensions = {names}\n{CONF}")
    # What is not committed belongs to no version.
    folder.write("docs/data/sources/good.yml", GOOD.replace("Good", "Other"))
    out = folder.folder.parent / "out"
    if tool == "sphinx-multiversion":
        said = run(folder, tool, "docs", str(out), "-W", "--keep-going")
    else:
        said = run(folder, tool, "docs/poly.py")
    assert "WARNING" not in said
    for version, name in VERSIONS.items():
        page = read(out / version / "index.html")
        assert len(page.select("table.stitch-connections tbody tr")) == 1
        shown = page.find(id=OBJECT)
        assert f"The {name} source connection property object" in shown.get_text()
        assert [code.get_text() for code in shown.select("tbody th code")] == [f"only_in_{version}", "sound"]
        with (out / version / "objects.inv").open("rb") as file:
            inventory = InventoryFile.load(file, "", lambda base, path: base + path)
        anchors = {entry[2] for entry in inventory["stitch:property"].values()}
        assert anchors == {f"index.html#{OBJECT}.form.{each}" for each in ("sound", f"only_in_{version}")}
