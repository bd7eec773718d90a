"""A change rebuilds the pages that show it and no other; parallel builds give the same."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from conftest import Project, copy_of_pelican

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LAKE = "data/destinations/lake.yml"
BROOK = "data/sources/brook.yml"


@pytest.fixture(scope="module")
def built_pages(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The catalogue on several pages, built: one object each, a table, endpoints, and a page without anything."""
    pelican = copy_of_pelican(tmp_path_factory.mktemp("pages"))
    pelican.write("index.rst", "Home\n====\n\n.. toctree::\n   :glob:\n\n   *\n")
    pelican.write("guide.md", "# Guide\n")
    pelican.write("lake.rst", "Lake\n====\n\n.. connection-property:: pond.lake\n")
    pelican.write("brook.rst", "Brook\n=====\n\n.. connection-property:: river.brook\n")
    pelican.write("creek.md", "# Creek\n\n```{connection-property} creek\n```\n")
    pelican.write("ponds.rst", "Ponds\n=====\n\n.. connection-property::\n   :category: pond\n   :no-index:\n")
    pelican.write("table.rst", "Table\n=====\n\n.. connection-table::\n   :availability: available\n")
    pelican.write("sources.rst", "Sources\n=======\n\n.. connection-table::\n   :kind: source\n")
    pelican.write("endpoints.rst", "Endpoints\n=========\n\n.. connection-table:: endpoints\n")
    pelican.write("pond_brook.rst", "Pond\n====\n\n.. connection-property:: pond.brook\n")
    pelican.build()
    pelican.close()
    assert pelican.warnings == []
    return pelican


@pytest.fixture
def pages(built_pages: Project) -> Iterator[Project]:
    """The project that was built, which each test finds as it was, at the one place where Sphinx goes on with it."""
    project = Project(built_pages.folder)
    project.app = built_pages.app
    kept = project.folder.with_name("kept")
    shutil.copytree(project.folder, kept)
    yield project
    project.close()
    shutil.rmtree(project.folder)
    kept.rename(project.folder)


def _replace(project: Project, file: str, old: str, new: str) -> None:
    text = (project.folder / file).read_text(encoding="utf-8")
    assert old in text
    project.write(file, text.replace(old, new))


def _add(project: Project) -> None:
    project.write("data/destinations/sea.yml", "name: Sea\ntype: pond.sea\ncategory: pond\n")


def _rename(project: Project) -> None:
    (project.folder / LAKE).rename(project.folder / "data/destinations/loch.yml")


CHANGES: dict[str, tuple[Callable[[Project], object], set[str]]] = {
    "nothing": (lambda project: None, set()),
    "touched": (lambda project: os.utime(project.folder / LAKE), set()),
    "a description": (lambda project: _replace(project, LAKE, "Where to unload", "Where to land"), {"lake", "ponds"}),
    "a group": (lambda project: _replace(project, "data/groups/timing.yml", "First day", "Day"), {"brook"}),
    # The filter of the table finds properties by their titles and names.
    "a property's title": (
        lambda project: _replace(project, LAKE, "name: shore", "name: shore\n    title: Side"),
        {"lake", "ponds", "table"},
    ),
    "a property's name": (
        lambda project: _replace(project, LAKE, "name: shore", "name: strand"),
        {"lake", "ponds", "table"},
    ),
    "a name in the table": (
        lambda project: _replace(project, LAKE, "name: Lake", "name: Laguna"),
        {"lake", "ponds", "table"},
    ),
    "an unavailable connection": (
        lambda project: _replace(project, "data/sources/geyser.yml", "Geyser", "Geysir"),
        {"sources"},
    ),
    "added": (_add, {"ponds", "table"}),
    "renamed": (_rename, {"lake", "ponds", "table"}),
    "a replacement's type": (
        lambda project: _replace(project, BROOK, "type: river.brook", "type: river.brooks"),
        {"brook", "creek", "sources", "table"},
    ),
    "the API": (
        lambda project: _replace(project, "data/api.yml", "Dig a pond", "Dig the pond"),
        {"lake", "brook", "creek", "ponds", "table", "sources", "endpoints", "pond_brook"},
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_reads_again_what_shows_the_change(pages: Project, change: str) -> None:
    make, expected = CHANGES[change]
    make(pages)
    pages.build("dummy")
    assert pages.read_again() == expected
    pages.build("dummy")
    assert pages.read_again() == set()


def test_removed_and_put_back(pages: Project) -> None:
    file = pages.folder / LAKE
    text, times = file.read_text(encoding="utf-8"), file.stat()
    file.unlink()
    pages.build()
    assert pages.read_again() == {"lake", "ponds", "table"}
    assert pages.warnings == [
        "data/sources/brook.yml:8: WARNING: column 3: there is no object, property, endpoint or connection “pond.lake”; "
        "did you mean “pond.brook”? [stitch.unknown-target]",
        "lake.rst:4: WARNING: there is no object “pond.lake”; did you mean “pond.brook”? [stitch.unknown-object]",
    ]
    assert "pond.lake" not in pages.output("table.html")
    file.write_text(text, encoding="utf-8")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    pages.build()
    assert pages.read_again() == {"lake", "ponds", "table"}
    assert pages.warnings == []
    assert "Where to unload" in pages.output("lake.html")


def test_incremental_build_equals_a_clean_one(pages: Project) -> None:
    for make, _expected in CHANGES.values():
        make(pages)
        pages.build()
    changed = pages.outputs()
    pages.build(fresh=True)
    assert pages.outputs() == changed


#: What can come between a change of the catalogue and the build that is to show it: other builders, and builds that end.
MEANWHILE: dict[str, Callable[[Project], object]] = {
    "text": lambda project: project.build("text"),
    "latex": lambda project: project.build("latex"),
    "linkcheck": lambda project: project.build(
        # Sphinx 7.4 warns if the second one has no value.
        "linkcheck",
        linkcheck_ignore=[".*"],
        linkcheck_report_timeouts_as_broken=False,
    ),
    "killed before reading": lambda project: project.build_until("env-before-read-docs"),
    "killed while reading": lambda project: project.build_until("doctree-read", count=1),
    "killed before writing": lambda project: project.build_until("write-started"),
    "killed while writing": lambda project: project.build_until("html-page-context", count=2),
    "killed at the end": lambda project: project.build_until("html-collect-pages"),
}


def _change(project: Project) -> None:
    """Change what pages show themselves, where their links lead, and what others show of them."""
    _replace(project, LAKE, "Where to unload", "Where to land")
    _replace(project, "data/sources/geyser.yml", "Geyser", "A Geyser")
    _rename(project)


def _change_back(project: Project) -> None:
    (project.folder / "data/destinations/loch.yml").rename(project.folder / LAKE)
    _replace(project, LAKE, "Where to land", "Where to unload")
    _replace(project, "data/sources/geyser.yml", "A Geyser", "Geyser")


@pytest.mark.parametrize("meanwhile", MEANWHILE)
def test_what_others_have_read_is_written(pages: Project, meanwhile: str) -> None:
    """Another builder may have read the pages again, or a build that did not come to an end."""
    _change(pages)
    MEANWHILE[meanwhile](pages)
    pages.build()
    changed = pages.outputs()
    pages.build(fresh=True)
    assert pages.outputs() == changed


def test_what_others_have_read_alone_is_written(pages: Project) -> None:
    _replace(pages, LAKE, "Where to unload", "Where to land")
    pages.build("text")
    pages.build()
    # Sphinx writes the page that lists a page in its contents again, too.
    assert (pages.read_again(), pages.written_again()) == (set(), {"lake", "ponds", "index"})


@pytest.mark.parametrize("meanwhile", MEANWHILE)
def test_what_others_have_read_is_written_although_the_change_is_undone(pages: Project, meanwhile: str) -> None:
    built = pages.outputs()
    _change(pages)
    MEANWHILE[meanwhile](pages)
    _change_back(pages)
    pages.build()
    assert pages.outputs() == built
    # The doctrees, too, are those of the catalogue: other builders show the same.
    pages.build("text")
    written = pages.outputs()
    pages.build("text", fresh=True)
    assert pages.outputs() == written


def test_an_included_file_reaches_every_builder(pages: Project) -> None:
    part = pages.write("part.txt", "Old.\n")
    pages.write("more.rst", "More\n====\n\n.. include:: part.txt\n")
    pages.build()
    part.write_text("New.\n", encoding="utf-8")
    pages.build("text")
    pages.build()
    assert "New." in pages.output("more.html")


def test_a_build_of_one_page_leaves_the_others_to_be_written(pages: Project) -> None:
    _change(pages)
    pages.start().build(filenames=[str(pages.folder / "ponds.rst")])
    assert "lake" in pages.read_again()
    assert "lake" not in pages.written_again()
    pages.build()
    changed = pages.outputs()
    pages.build(fresh=True)
    assert pages.outputs() == changed


@pytest.mark.parametrize("parallel", [0, 2])
@pytest.mark.parametrize("builder", ["html", "dirhtml", "text", "xml"])
def test_nothing_is_written_again_without_a_change(pages: Project, builder: str, parallel: int) -> None:
    pages.build(builder, parallel=parallel, fresh=bool(parallel))
    pages.build("latex")
    pages.build("dummy")
    pages.build(builder, parallel=parallel)
    assert (pages.read_again(), pages.written_again()) == (set(), set())


def test_problems_are_reported_on_every_build(pages: Project) -> None:
    pages.write("data/sources/bad.yml", "name: Bad\ntype: river.bad\ncolour: red\n")
    warning = "data/sources/bad.yml:3: WARNING: unknown key “colour” [stitch.unknown-key]"
    pages.build("dummy")
    assert warning in pages.warnings
    pages.build("dummy")
    assert pages.read_again() == set()
    assert warning in pages.warnings


def test_parallel_build_gives_the_same(pages: Project) -> None:
    for number in range(12):
        pages.write(f"more{number}.rst", f"More {number}\n{'=' * 9}\n\n:ref:`source-form-properties-brook-object`\n")
    # Shown on two pages: the first by name owns it, in whatever order they are read.
    pages.write("zlake.rst", "Again\n=====\n\n.. connection-property:: pond.lake\n")
    pages.build(fresh=True)
    serial, warnings = pages.outputs(), sorted(pages.warnings)
    assert len(warnings) == 1
    pages.build(fresh=True, parallel=4)
    assert pages.outputs() == serial
    assert sorted(pages.warnings) == warnings


def test_links_follow_an_object_to_another_page(pages: Project) -> None:
    link = "#destination-form-properties-lake-object"
    assert f'href="lake.html{link}"' in pages.output("table.html")
    pages.write("lake.rst", "Lake\n====\n\nMoved.\n")
    pages.write("pond_brook.rst", "Pond\n====\n\n.. connection-property:: pond.brook pond.lake\n")
    pages.build()
    assert "table" not in pages.read_again()
    assert f'href="pond_brook.html{link}"' in pages.output("table.html")
    # The link in the prose of another object follows as well.
    assert f'href="pond_brook.html{link}"' in pages.output("brook.html")
    changed = pages.outputs()
    pages.build(fresh=True)
    assert pages.outputs() == changed


def test_ways_back_follow_the_table(pages: Project) -> None:
    assert 'href="sources.html#connection-table"' in pages.output("lake.html")
    (pages.folder / "sources.rst").unlink()
    pages.build()
    assert 'href="table.html#connection-table"' in pages.output("lake.html")
    (pages.folder / "table.rst").unlink()
    pages.build()
    assert "connection-table" not in pages.output("lake.html")


#: What names a category that is not there: the page, its text, where it is warned of, and what the page has later.
LATER: dict[str, tuple[str, str, str, str]] = {
    "a table": (
        "table.rst",
        "Table\n=====\n\n.. connection-table::\n   :category: spring, fax\n",
        "4: WARNING: “:category:”",
        "Fax",
    ),
    "a link to the table": (
        "guide.md",
        "# Guide\n\n{stitch:search}`faxes <kind=source&category=fax>`\n",
        "3: WARNING: “category”",
        "?kind=source&amp;category=fax#",
    ),
}


@pytest.mark.parametrize("named_by", LATER)
def test_a_category_that_comes_later(pages: Project, named_by: str) -> None:
    page, text, place, shown = LATER[named_by]
    name = page.partition(".")[0]
    pages.write(page, text)
    pages.build()
    assert pages.warnings == [
        f"{page}:{place} cannot be “fax”; it takes “pond”, “spring” or “stream” [stitch.bad-option]"
    ]
    pages.write("data/sources/fax.yml", "name: Fax\ntype: null\ncategory: fax\n")
    pages.build()
    assert pages.read_again() == {name, "sources"}
    assert pages.warnings == []
    assert shown in pages.output(f"{name}.html")


def test_a_target_that_the_closing_row_names(pages: Project) -> None:
    table = "Table\n=====\n\n.. connection-table::\n   :kind: source\n   :empty: Or a [lake](stitch:pond.lake)?\n"
    pages.write("table.rst", table)
    pages.build()
    assert pages.warnings == []
    text = (pages.folder / LAKE).read_text(encoding="utf-8")
    (pages.folder / LAKE).unlink()
    pages.build()
    message = "there is no object, property, endpoint or connection “pond.lake”; did you mean “pond.brook”?"
    assert f"table.rst:4: WARNING: {message} [stitch.unknown-target]" in pages.warnings
    pages.write(LAKE, text)
    pages.build()
    assert pages.warnings == []


def test_a_value_that_comes_later(pages: Project) -> None:
    api = (pages.folder / "data/api.yml").read_text(encoding="utf-8")
    pages.write("data/api.yml", f"{api}attributes: {{depth: {{title: Depth}}}}\n")
    pages.write("data/sources/ditch.yml", "name: Ditch\ntype: null\nattributes: {depth: low}\n")
    pages.write("index.rst", "Home\n====\n\n.. connection-table::\n   :where: depth=low, depth=high\n")
    pages.build()
    assert pages.connections == ["Ditch"]
    assert "index.rst:4: WARNING: “depth” of “:where:” takes “low”; found “high” [stitch.bad-option]" in pages.warnings
    pages.write("data/sources/well.yml", "name: Well\ntype: null\nattributes: {depth: high}\n")
    pages.build()
    assert pages.connections == ["Ditch", "Well"]
    assert [line for line in pages.warnings if "depth" in line] == []


#: The parameter of a link to the table, what is wrong with it first, and the attributes first and later.
OF_ATTRIBUTES: dict[str, tuple[str, str, str, str]] = {
    "to sort by it": ("sort=-depth", "“sort” cannot be “-depth”; it takes ", "{}", "{depth: {title: Depth}}"),
    "to filter by it": (
        "depth=low",
        "the filter has no “depth”; known: ",
        "{depth: {title: Depth, values: [low]}}",
        "{depth: {title: Depth, values: [low], filter: true}}",
    ),
}


@pytest.mark.parametrize("what", OF_ATTRIBUTES)
def test_an_attribute_that_comes_later(pages: Project, what: str) -> None:
    parameter, problem, before, after = OF_ATTRIBUTES[what]
    pages.write("guide.md", f"# Guide\n\n{{stitch:search}}`deep <{parameter}>`\n")
    api = (pages.folder / "data/api.yml").read_text(encoding="utf-8")
    pages.write("data/api.yml", f"{api}attributes: {before}\n")
    pages.build()
    (warning,) = pages.warnings
    assert warning.startswith(f"guide.md:3: WARNING: {problem}")
    assert parameter not in pages.output("guide.html")
    pages.write("data/api.yml", f"{api}attributes: {after}\n")
    pages.build()
    assert pages.warnings == []
    assert f"?{parameter}#" in pages.output("guide.html")


def test_a_replacement_with_another_key(pages: Project) -> None:
    (pages.folder / BROOK).rename(pages.folder / "data/sources/beck.yml")
    pages.build()
    assert "creek" in pages.read_again()
    assert "#source-form-properties-beck-object" in pages.output("creek.html")


TITLES: dict[str, tuple[str, str]] = {
    "the markup of a title": ("Lake\n====", "*Lake*\n======"),
    "the id of a title": ("pond.lake", "pond.lake\n   :no-index:"),
}


@pytest.mark.parametrize("change", TITLES)
def test_pages_beside_one_follow_its_titles(pages: Project, change: str) -> None:
    """Themes write them into sidebars and into links to the page before and after."""
    pages.build(html_theme_options={"sidebar_collapse": False})
    _replace(pages, "lake.rst", *TITLES[change])
    pages.build(html_theme_options={"sidebar_collapse": False})
    assert pages.read_again() == {"lake"}
    changed = pages.outputs()
    pages.build(fresh=True, html_theme_options={"sidebar_collapse": False})
    assert pages.outputs() == changed
