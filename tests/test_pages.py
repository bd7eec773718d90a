"""``stitch_pages`` makes one page for each object, and leaves alone what a writer has written."""

from __future__ import annotations

import gc
import os
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import posix

from sphinxext_stitch.catalogue.loading.loader import load
from sphinxext_stitch.catalogue.prose import tokens
from sphinxext_stitch.catalogue.queries.chapters import LARGE, chapters
from sphinxext_stitch.object_pages import GONE, GONE_AGE, MARK

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Project

#: The pages of the invented catalogue, with the titles of their sections.
PAGES = {
    "rivers/index": "Connection property objects",
    "rivers/source": "Sources",
    "rivers/destination": "Destinations",
    "rivers/source/brook": "The Brook source connection property object",
    "rivers/source/creek": "The Élan Creek source connection property object",
    "rivers/destination/brook": "The Brook destination connection property object",
    "rivers/destination/lake": "The Lake destination connection property object",
}
INDEX = "Home\n====\n\n.. toctree::\n\n   rivers/index\n\nFind\n----\n\n.. connection-table::\n"


@pytest.fixture
def rivers(pelican: Project) -> Project:
    """The invented catalogue with a page for each object."""
    (pelican.folder / "guide.md").unlink()
    pelican.write("index.rst", INDEX)
    pelican.write("conf.py", (pelican.folder / "conf.py").read_text(encoding="utf-8") + 'stitch_pages = "rivers"\n')
    return pelican


def _made(project: Project) -> dict[str, str]:
    """The source files in the folder of the pages, with their texts."""
    folder = project.folder / "rivers"
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(project.folder).as_posix(): path.read_text(encoding="utf-8") for path in files}


def _outputs(project: Project) -> dict[str, bytes]:
    folder = Path(project.app.outdir)
    files = [*folder.rglob("*.html"), folder / "objects.inv", folder / "searchindex.js"]
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def test_makes_a_page_for_each_object(rivers: Project) -> None:
    app = rivers.build(nitpicky=True)
    assert rivers.warnings == []
    assert {page: app.env.titles[page].astext() for page in sorted(app.env.found_docs - {"index"})} == dict(
        sorted(PAGES.items())
    )
    assert set(_made(rivers)) == {f"{page}.rst" for page in PAGES}
    assert all(MARK in text.splitlines()[0] for text in _made(rivers).values())
    links = {link["href"] for link in rivers.html().select(".stitch-connections td:last-child a.internal")}
    assert "rivers/source/brook.html#source-form-properties-brook-object" in links
    listed = rivers.html("rivers/source").select(".toctree-wrapper a")
    assert {link.get_text(): link["href"] for link in listed} == {
        "Brook": "source/brook.html",
        "Élan Creek": "source/creek.html",
    }


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "latex", "text", "gettext"])
def test_other_builders(rivers: Project, builder: str) -> None:
    rivers.build(builder, nitpicky=True)
    assert rivers.warnings == []


def test_myst_only(rivers: Project) -> None:
    """The same pages in the markup that the project has."""
    (rivers.folder / "index.rst").unlink()
    rivers.write("index.md", "# Home\n\n```{toctree}\nrivers/index\n```\n\n## Find\n\n```{connection-table}\n```\n")
    app = rivers.build(source_suffix={".md": "markdown"}, nitpicky=True)
    assert rivers.warnings == []
    assert set(_made(rivers)) == {f"{page}.md" for page in PAGES}
    assert {page: app.env.titles[page].astext() for page in PAGES} == PAGES


def test_names_are_not_extracted(rivers: Project) -> None:
    rivers.build("gettext")
    pots = "".join(path.read_text(encoding="utf-8") for path in Path(rivers.app.outdir).rglob("*.pot"))
    assert "How deep to look" in pots
    assert 'msgid "Élan Creek"' not in pots
    assert 'msgid "Sources"' not in pots


def test_files_are_written_only_if_different(rivers: Project) -> None:
    rivers.build("dummy")
    times = {path: path.stat().st_mtime_ns for path in (rivers.folder / "rivers").rglob("*.rst")}
    rivers.write("rivers/source/brook.rst", _made(rivers)["rivers/source/brook.rst"] + "\nMore\n")
    rivers.build("dummy")
    assert rivers.read_again() == {"rivers/source/brook"}
    changed = {path for path, time in times.items() if path.stat().st_mtime_ns != time}
    assert changed == {rivers.folder / "rivers/source/brook.rst"}
    assert "More" not in _made(rivers)["rivers/source/brook.rst"]


def test_leaves_alone_what_a_writer_has_written(rivers: Project) -> None:
    own = "Lake\n====\n\nRead this first.\n\n.. connection-property:: pond.lake\n"
    rivers.write("rivers/destination/lake.rst", own)
    rivers.write("rivers/source/creek.md", "# Creek\n\n```{connection-property} river.creek\n```\n")
    rivers.write("rivers/source.rst", "My sources\n==========\n\n.. toctree::\n   :glob:\n\n   source/*\n")
    rivers.write("rivers/notes.txt", "Not a page.\n")
    app = rivers.build()
    assert rivers.warnings == []
    made = _made(rivers)
    assert made["rivers/destination/lake.rst"] == own
    assert "rivers/source/creek.rst" not in made
    assert app.env.titles["rivers/source"].astext() == "My sources"
    assert {link.get_text() for link in rivers.html("rivers/index").select(".toctree-wrapper a")} >= {"Sources", "Lake"}
    for path in (rivers.folder / "data").rglob("lake.yml"):
        path.unlink()
    rivers.build()
    assert {"rivers/destination/lake.rst", "rivers/notes.txt"} <= set(_made(rivers))


def test_leaves_out_the_pages_of_objects_that_are_gone(rivers: Project) -> None:
    """At once; the files are removed after a day, as another build may be reading them."""
    rivers.build()
    for path in (rivers.folder / "data/destinations").iterdir():
        path.unlink()
    brook = rivers.folder / "data/sources/brook.yml"
    brook.write_text(brook.read_text(encoding="utf-8").replace("(stitch:pond.lake)", "(https://pelican.example)"))
    left = {page for page in PAGES if "destination" not in page}
    app = rivers.build()
    assert rivers.warnings == []
    assert app.env.found_docs == {"index", *left}
    made = _made(rivers)
    assert {page for page, text in made.items() if GONE in text.splitlines()[1]} == {
        f"{page}.rst" for page in PAGES.keys() - left
    }
    rivers.build()
    assert (_made(rivers), rivers.read_again(), rivers.written_again()) == (made, set(), set())
    for path in (rivers.folder / "rivers").rglob("*.rst"):
        long_ago = path.stat().st_mtime - 2 * GONE_AGE
        os.utime(path, (long_ago, long_ago))
    rivers.build()
    assert (rivers.warnings, rivers.read_again(), rivers.written_again()) == ([], set(), set())
    assert set(_made(rivers)) == {f"{page}.rst" for page in left}
    assert not (rivers.folder / "rivers/destination").exists()


def test_an_object_that_comes_back_has_its_page(rivers: Project) -> None:
    rivers.build("dummy")
    made = _made(rivers)
    lake = rivers.folder / "data/destinations/lake.yml"
    text = lake.read_text(encoding="utf-8")
    lake.unlink()
    rivers.build("dummy")
    lake.write_text(text, encoding="utf-8")
    app = rivers.build("dummy")
    assert _made(rivers) == made
    assert "rivers/destination/lake" in app.env.found_docs


def test_a_folder_with_characters_of_patterns(rivers: Project) -> None:
    rivers.write("index.rst", INDEX.replace("rivers/", "[ri]*?/"))
    rivers.build("dummy", stitch_pages="[ri]*?")
    (rivers.folder / "data/destinations/brook.yml").unlink()
    app = rivers.build("dummy", stitch_pages="[ri]*?")
    assert "[ri]*?/destination/brook" not in app.env.found_docs
    assert "[ri]*?/destination/lake" in app.env.found_docs
    assert rivers.warnings == []


def _replace(project: Project, file: str, old: str, new: str) -> None:
    text = (project.folder / file).read_text(encoding="utf-8")
    assert old in text
    project.write(file, text.replace(old, new))


CHANGES: dict[str, tuple[Callable[[Project], object], set[str]]] = {
    "nothing": (lambda project: None, set()),
    "a description": (
        lambda project: _replace(project, "data/destinations/lake.yml", "Where to unload", "Where to land"),
        {"rivers/destination/lake"},
    ),
    "a name": (
        lambda project: _replace(project, "data/destinations/lake.yml", "name: Lake", "name: Laguna"),
        {"rivers/destination/lake", "rivers/destination", "index"},
    ),
    "a category": (
        lambda project: _replace(project, "data/api.yml", "Running waters", "Waters"),
        set(PAGES) | {"index"},
    ),
    "added": (
        lambda project: project.write("data/destinations/sea.yml", "name: Sea\ntype: pond.sea\ncategory: pond\n"),
        {"rivers/destination/sea", "rivers/destination", "index"},
    ),
    "renamed": (
        lambda project: (project.folder / "data/destinations/sea.yml").rename(
            project.folder / "data/destinations/ocean.yml"
        ),
        {"rivers/destination/ocean", "rivers/destination", "index"},
    ),
    "written by hand": (
        lambda project: project.write("rivers/source/creek.rst", "My creek\n========\n"),
        {"rivers/source/creek"},
    ),
    "shown elsewhere": (
        lambda project: project.write("index.rst", f"{INDEX}\n.. connection-property:: river.creek\n"),
        {"index"},
    ),
    "removed": (
        lambda project: (project.folder / "data/destinations/ocean.yml").unlink(),
        {"rivers/destination", "index"},
    ),
}


@pytest.mark.parametrize(
    "theme",
    [
        "alabaster",
        pytest.param("furo", marks=pytest.mark.long),
        pytest.param("sphinx_rtd_theme", marks=pytest.mark.long),
    ],
)
def test_incremental_build_equals_a_clean_one(rivers: Project, theme: str) -> None:
    """Also where a theme writes the titles of all pages into its sidebar."""
    rivers.build(html_theme=theme)
    for name, (make, expected) in CHANGES.items():
        make(rivers)
        rivers.build(html_theme=theme)
        assert (name, rivers.read_again()) == (name, expected)
        changed = _outputs(rivers)
        rivers.build(html_theme=theme, fresh=True)
        assert _outputs(rivers) == changed, name


def _chapter_titles(project: Project) -> dict[str, str]:
    """The titles of the chapters in the folder “all”."""
    project.write("index.rst", "Test\n====\n\n.. toctree::\n\n   all/index\n")
    env = project.build("dummy", stitch_pages="all/").env
    assert project.warnings == []
    return {page: env.titles[page].astext() for page in env.found_docs if page.count("/") == 1}


def _sidebar(project: Project, page: str) -> set[str]:
    """The last parts of the addresses in the sidebar of a page in furo."""
    return {link["href"].rpartition("/")[2] for link in project.html(page).select(".sidebar-tree a")}


@pytest.mark.long
def test_many_objects_are_not_in_sidebars(rivers: Project) -> None:
    rivers.build(html_theme="furo", stitch_sidebar=3)
    assert rivers.warnings == []
    assert _sidebar(rivers, "rivers/source/creek") == {"index.html", "source.html", "destination.html"}
    # The chapter lists them; there are links to the previous and the next page; readers see where they are.
    listed = rivers.html("rivers/source").select(".toctree-wrapper a")
    assert [link["href"] for link in listed] == ["source/brook.html", "source/creek.html"]
    page = rivers.html("rivers/source/brook")
    assert page.find("link", rel="next")["href"] == "creek.html"
    assert page.find("link", rel="prev")["href"] == "../source.html"
    builder = rivers.app.builder
    parents = [parent["title"] for parent in builder.get_doc_context("rivers/source/brook", "", "")["parents"]]
    assert parents == ["Connection property objects", "Sources"]
    for name in ("singlehtml", "text"):
        rivers.build(name, stitch_sidebar=3)
        assert rivers.warnings == []
    rivers.build("singlehtml", stitch_sidebar=3)
    assert len(rivers.html().select("section.stitch-object")) == 4


@pytest.mark.long
def test_a_further_object_can_be_too_many_for_sidebars(rivers: Project) -> None:
    rivers.build(html_theme="furo", stitch_sidebar=4)
    assert "creek.html" in _sidebar(rivers, "index")
    rivers.write("data/destinations/pool.yml", "name: Pool\ntype: pond.pool\n")
    rivers.build(html_theme="furo", stitch_sidebar=4)
    assert _sidebar(rivers, "index") == {"index.html", "source.html", "destination.html"}
    (rivers.folder / "data/destinations/pool.yml").unlink()
    rivers.build(html_theme="furo", stitch_sidebar=4)
    assert "creek.html" in _sidebar(rivers, "index")


@pytest.mark.long
def test_chapters_by_first_letters_are_not_in_sidebars(catalogue_project: Project) -> None:
    """With more objects there are more of them."""
    for number in range(LARGE):
        letter = "abcd"[number % 4]
        catalogue_project.write(
            f"data/sources/many{number}.yml", f"name: {letter}{number}\ntype: test.many{number}\ncategory: big\n"
        )
    catalogue_project.write("data/sources/other.yml", "name: Other\ntype: test.other\ncategory: small\n")
    catalogue_project.write("index.rst", "First\n=====\n\n.. toctree::\n\n   all/index\n")
    catalogue_project.write("data/sources/more.yml", "name: e\ntype: test.more\ncategory: big\n")
    catalogue_project.build(html_theme="furo", stitch_pages="all")
    assert (catalogue_project.folder / "all/source-big-a.rst").exists()
    sidebar = _sidebar(catalogue_project, "all/source/many1")
    assert {"source-big.html", "source-small.html"} < sidebar
    assert [link for link in sidebar if "many" in link or "source-big-" in link] == []


def test_large_chapters_are_divided(catalogue_project: Project) -> None:
    """By category, and by first letter where that is not enough; what has neither comes last or first."""
    for number in range(LARGE + 1):
        letter = "ÄBc4"[number % 4]
        catalogue_project.write(
            f"data/sources/many{number}.yml", f"name: {letter}{number}\ntype: test.many{number}\ncategory: Big Ones\n"
        )
    catalogue_project.write("data/sources/index.yml", "name: Index\ntype: test.index\ncategory: big-ones\n")
    assert _chapter_titles(catalogue_project) == {
        "all/index": "Connection property objects",
        "all/source": "Sources",
        "all/source-big-ones": "Sources: Big Ones",
        "all/source-big-ones-0-9": "Sources: Big Ones: 0–9",
        "all/source-big-ones-a": "Sources: Big Ones: A",
        "all/source-big-ones-b": "Sources: Big Ones: B",
        "all/source-big-ones-c": "Sources: Big Ones: C",
        "all/source-big-ones-2": "Sources: big-ones",
        "all/source-other": "Sources: Other",
    }
    # A page “index” would stand for its folder where addresses have no file names.
    assert "all/source/index_" in catalogue_project.app.env.found_docs


def test_large_chapters_of_a_letter_are_divided(catalogue_project: Project) -> None:
    """By as many letters as it takes; names that go on with neither a letter nor a digit stand first."""
    names = ["R", "R 2", "Rhône", "Rhine", "rhododendron", *(f"Rh0 {number}" for number in range(LARGE + 1))]
    for number, name in enumerate(names):
        catalogue_project.write(f"data/sources/many{number}.yml", f"name: {name}\ntype: test.many{number}\n")
    titles = _chapter_titles(catalogue_project)
    assert {page: title for page, title in titles.items() if "source-r" in page} == {
        "all/source-r": "Sources: R",
        "all/source-r-other": "Sources: R…",
        "all/source-rh": "Sources: Rh",
        "all/source-rh0": "Sources: Rh0",
        "all/source-rhi": "Sources: Rhi",
        "all/source-rho": "Sources: Rho",
    }


def test_chapters_and_their_names_are_bounded(catalogue_project: Project) -> None:
    """Of names that begin alike, a letter more each, and of a category whose name is longer than a file's can be."""
    for number in range(LARGE + 3):
        text = f"name: {'a' * (number + 1)}\ntype: test.many{number}\ncategory: {'Long ' * 99}\n"
        catalogue_project.write(f"data/sources/many{number}.yml", text)
    category = "all/source-long-long-long-long-long-long-long-long"
    chapters = [page for page in _chapter_titles(catalogue_project) if page.startswith("all/source-long")]
    letters = ["", "-a", "-a-other", "-aa", "-aa-other", "-aaa"]
    assert sorted(chapters) == [category + end for end in letters]


PLAIN = """\
from docutils import nodes
from sphinx.parsers import Parser

extensions = ["sphinxext_stitch"]
stitch_data_path = "data"
stitch_pages = "rivers"
source_suffix = {".txt": "plain"}


class PlainParser(Parser):
    supported = ("plain",)

    def parse(self, inputstring, document):
        document += nodes.section("", nodes.title("", inputstring), ids=["plain"])


def setup(app):
    app.add_source_parser(PlainParser)
"""


def test_no_markup_that_fits(pelican: Project) -> None:
    pelican.write("conf.py", PLAIN)
    pelican.write("index.txt", "Plain")
    pelican.build("dummy")
    assert pelican.warnings == [
        "conf.py:1: WARNING: “stitch_pages” needs pages in reStructuredText, or Markdown with the extension "
        "“myst_parser”; “source_suffix” has neither [stitch.bad-config]"
    ]


@posix  # Windows has another reason
def test_page_that_cannot_be_written(rivers: Project) -> None:
    """A file stands where a folder must be."""
    rivers.write("rivers/source", "In the way.\n")
    rivers.build("dummy")
    assert rivers.warnings[:2] == [
        "rivers/source/brook.rst:1: WARNING: the page cannot be written: File exists [stitch.page]",
        "rivers/source/creek.rst:1: WARNING: the page cannot be written: File exists [stitch.page]",
    ]
    assert (
        "rivers/source.rst:3: WARNING: there is no page “rivers/source/brook”; is it excluded, or could it not be "
        "written? [stitch.page]"
    ) in rivers.warnings
    (rivers.folder / "rivers/source").unlink()
    rivers.build("dummy")
    assert rivers.warnings == []
    assert "rivers/source" in rivers.read_again()


def test_connection_pages_without_pages(pelican: Project) -> None:
    pelican.write("guide.md", "# Guide\n\n```{connection-pages} source\n```\n")
    pelican.build("dummy")
    assert pelican.warnings == [
        "guide.md:3: WARNING: connection-pages lists the pages that “stitch_pages” makes; it is not set "
        "[stitch.bad-option]"
    ]


def test_chapter_that_does_not_exist(rivers: Project) -> None:
    rivers.write("rivers/source.rst", "Mine\n====\n\n.. connection-pages:: sorce\n")
    rivers.build("dummy")
    assert (
        "rivers/source.rst:4: WARNING: there is no chapter “sorce”; did you mean “source”? [stitch.bad-option]"
    ) in rivers.warnings


def test_chapters_keep_no_catalogue_in_memory(pelican: Project) -> None:
    catalogue = load(pelican.folder / "data")
    assert list(chapters(catalogue)) == ["", "source", "destination"]
    reference = weakref.ref(catalogue)
    del catalogue
    gc.collect()
    assert reference() is None


def test_catalogues_are_equal_where_their_hashes_are(pelican: Project) -> None:
    """Each is equal to itself alone: what is made of one is remembered by it."""
    one, other = load(pelican.folder / "data"), load(pelican.folder / "data")
    assert (one == other, hash(one) == hash(other)) == (False, False)
    assert chapters(one) is chapters(one)
    assert chapters(one) is not chapters(other)


def test_parsed_texts_do_not_fill_the_memory() -> None:
    limit = tokens.cache_info().maxsize
    assert limit is not None
    for number in range(limit + 10):
        tokens(f"{number}")
    assert tokens.cache_info().currsize == limit
