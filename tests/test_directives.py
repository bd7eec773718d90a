"""Each directive and each option, as the doctree that it gives.

The snapshots are in ``test_directives/``; read a change before it is committed (``pytest --force-regen``).
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
import sphinx

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Project
    from pytest_regressions.file_regression import FileRegressionFixture

#: A directive and its options by the name of the snapshot; they work in RST and in MyST.
DIRECTIVES: dict[str, tuple[str, dict[str, str]]] = {
    "table": ("connection-table", {}),
    "table-availability": ("connection-table availability", {}),
    "table-kind": ("connection-table", {"kind": "destination"}),
    "table-category": ("connection-table", {"category": "spring, pond"}),
    "table-available": ("connection-table", {"availability": "available"}),
    "table-unavailable": ("connection-table", {"availability": "unavailable"}),
    "table-status": ("connection-table", {"status": "sunset beta"}),
    "table-columns": ("connection-table", {"columns": "type, name, category, status"}),
    "table-placeholder": ("connection-table", {"kind": "destination", "placeholder": "Find a pond"}),
    "table-empty": ("connection-table", {"kind": "destination", "empty": "No pond? See [all](doc:/guide)."}),
    "endpoints": ("connection-table endpoints", {}),
    "endpoints-kind": ("connection-table endpoints", {"kind": "source"}),
    "endpoints-actions": ("connection-table endpoints", {"actions": "verify, create"}),
    "property-type": ("connection-property pond.lake", {}),
    "property-several": ("connection-property destination/brook, creek", {}),
    "property-steps": ("connection-property river.brook", {}),
    "property-no-index": ("connection-property pond.lake", {"no-index": ""}),
    "property-no-examples": ("connection-property river.brook", {"no-examples": ""}),
    "property-no-minimal": ("connection-property river.brook", {"no-minimal": "", "no-back": ""}),
    "property-list": ("connection-property pond.lake pond.brook", {"list": ""}),
    "property-kind": ("connection-property", {"kind": "destination"}),
    "property-category": ("connection-property", {"category": "pond"}),
    "property-status": ("connection-property", {"status": "deprecated"}),
}


def _rst(directive: str, options: dict[str, str]) -> str:
    name, _space, argument = directive.partition(" ")
    lines = [f".. {name}:: {argument}", *(f"   :{option}: {value}" for option, value in options.items())]
    return "Page\n====\n\n" + "\n".join(line.rstrip() for line in lines) + "\n"


def _myst(directive: str, options: dict[str, str]) -> str:
    name, _space, argument = directive.partition(" ")
    lines = [f"```{{{name}}} {argument}", *(f":{option}: {value}" for option, value in options.items()), "```"]
    return "# Page\n\n" + "\n".join(line.rstrip() for line in lines) + "\n"


def _page(project: Project, file: str, text: str) -> str:
    """The doctree of a project with this one page besides its guide, without what names the machine."""
    (project.folder / "index.rst").unlink()
    project.write("guide.md", "---\norphan: true\n---\n# Guide\n")
    project.write(file, text)
    project.build("dummy", fresh=True)
    assert project.warnings == []
    tree = project.doctree().pformat()
    tree = re.sub(r"<document [^>]*>", "<document>", tree)
    # Before docutils 0.22 a flag is written as a word.
    tree = tree.replace('="True"', '="1"').replace('="False"', '="0"')
    return tree.replace(str(project.folder), "")


@pytest.mark.parametrize(("file", "write"), [("index.rst", _rst), ("index.md", _myst)], ids=["rst", "myst"])
@pytest.mark.parametrize("name", DIRECTIVES)
def test_doctree(
    pelican: Project,
    file_regression: FileRegressionFixture,
    name: str,
    file: str,
    write: Callable[[str, dict[str, str]], str],
) -> None:
    file_regression.check(_page(pelican, file, write(*DIRECTIVES[name])), extension=".xml", basename=name)


def test_sections_stand_at_their_level(pelican: Project) -> None:
    text = "Page\n====\n\nPart\n----\n\n.. connection-property:: river.brook\n\nAfter\n-----\n\nText.\n"
    pelican.write("guide.md", "---\norphan: true\n---\n# Guide\n")
    pelican.write("index.rst", text)
    pelican.build()
    page = pelican.html()
    section = page.find(id="source-form-properties-brook-object")
    assert section.parent["id"] == "part"
    assert section.find(re.compile("h[1-6]")).name == "h3"
    assert [heading.name for heading in section.select("section > h4")] == ["h4", "h4"]
    assert page.find(id="after").parent["id"] == "page"


def test_header_cells(built_pelican: Project) -> None:
    page = built_pelican.html()
    tables = page.select("table[class*=stitch-]")
    assert len(tables) > len(page.select(".stitch-object"))
    for table in tables:
        assert {cell.get("scope") for cell in table.select("thead th")} == {"col"}
        assert table.select("thead td") == []
        rows = table.select("tbody tr")
        assert rows
        for row in rows:
            first = row.find(["th", "td"])
            closing = "stitch-closing-row" in row.get("class", [])
            group = "stitch-group" in row.get("class", [])
            assert first.get("scope") == (None if closing else "rowgroup" if group else "row")
            assert len(row.find_all("th")) == (0 if closing else 1)


def test_badge_stands_beside_the_title_and_not_in_it(built_pelican: Project) -> None:
    title = "The Lake destination connection property object"
    section = built_pelican.html().find(id="destination-form-properties-lake-object")
    heading = section.find("h3")
    assert heading.contents[0] == title
    assert heading.find_next_sibling().get_text().strip() == "Destination"
    search = json.loads(built_pelican.output("searchindex.js").removeprefix("Search.setIndex(").removesuffix(")"))
    assert title.casefold() in {name.casefold() for name in search["alltitles"]}
    assert not any("Lake" in name and name.endswith("Destination") for name in search["alltitles"])


def test_titles_in_contents_are_short(built_pelican: Project) -> None:
    contents = built_pelican.app.env.tocs["index"].astext().replace("\n\n", "\n").splitlines()
    # Of two objects with one name, each has its kind; steps have no names of objects.
    assert contents[-6:] == ["Brook destination", "Brook source", "Base settings", "Verification", "Élan Creek", "Lake"]


def test_object_anchors_work_in_ref(pelican: Project) -> None:
    guide = (
        "# Guide\n\n{ref}`source-form-properties-brook-object`\n{ref}`source-form-properties-brook-object-verify`\n"
        "[here](#source-form-properties-brook-object)\n"
    )
    pelican.write("guide.md", guide)
    pelican.build(nitpicky=True)
    assert pelican.warnings == []
    links = [(link.get_text(), link["href"]) for link in pelican.html("guide").select("section p a.reference")]
    assert links == [
        ("The Brook source connection property object", "index.html#source-form-properties-brook-object"),
        ("Verification of Brook", "index.html#source-form-properties-brook-object-verify"),
        ("here", "index.html#source-form-properties-brook-object"),
    ]


def test_names_of_siblings_become_links(built_pelican: Project) -> None:
    cell = built_pelican.html().find(id="source-form-properties-brook-object.base.every").find_parent("tr")
    assert [link["href"] for link in cell.select("td a")] == ["#source-form-properties-brook-object.base.token"]
    nested = built_pelican.html().find(id="source-form-properties-brook-object.base.nets.knots").find_parent("tr")
    assert [link["href"] for link in nested.select("td a")] == ["#source-form-properties-brook-object.base.nets.mesh"]


def test_no_word_of_stitch_in_another_catalogue(built_pelican: Project) -> None:
    assert built_pelican.warnings == []
    shown = [
        built_pelican.html("index").select_one(".body").get_text(),
        built_pelican.html("guide").select_one(".body").get_text(),
    ]
    for word in ("Stitch", "Connect ", "OAuth", "platform.", "Unsupported", "form properties"):
        assert not any(word in text for text in shown), word


def test_style_and_scripts_only_where_they_are_needed(pelican: Project) -> None:
    pelican.write("plain.rst", ":orphan:\n\nPlain\n=====\n")
    pelican.write("table.rst", ":orphan:\n\nTable\n=====\n\n.. connection-table::\n")
    pelican.write("endpoints.rst", ":orphan:\n\nTable\n=====\n\n.. connection-table:: endpoints\n")
    pelican.build()
    assets = {
        page: {
            tag.get("href") or tag.get("src")
            for tag in pelican.html(page).select("link, script")
            if "sphinxext-stitch" in (tag.get("href") or tag.get("src") or "")
        }
        for page in ("index", "guide", "table", "endpoints", "plain", "search")
    }
    names = {page: {name.rpartition("/")[2].partition("?")[0] for name in found} for page, found in assets.items()}
    assert names == {
        "index": {
            "sphinxext-stitch.css",
            "sphinxext-stitch-jump.js",
            "sphinxext-stitch-filter.js",
            "sphinxext-stitch-objects.js",
        },
        "guide": {"sphinxext-stitch.css", "sphinxext-stitch-jump.js", "sphinxext-stitch-objects.js"},
        "table": {"sphinxext-stitch.css", "sphinxext-stitch-jump.js", "sphinxext-stitch-filter.js"},
        "endpoints": {"sphinxext-stitch.css", "sphinxext-stitch-jump.js"},
        "plain": set(),
        "search": set(),
    }


def test_without_a_table_there_is_no_way_back(pelican: Project) -> None:
    pelican.write("index.rst", "Page\n====\n\n.. toctree::\n\n   guide\n\n.. connection-property::\n")
    pelican.build(nitpicky=True)
    assert pelican.warnings == []
    assert pelican.html().select(".stitch-back") == []


def test_names_in_other_scripts_can_be_linked(pelican: Project) -> None:
    text = (
        "name: Bach\ntype: river.bach\ndescription: See [Größe](stitch:river.bach.größe) and [l](<ref:Big  Label>).\n"
    )
    pelican.write("data/sources/bach.yml", f"{text}properties:\n  - {{name: größe, type: string}}\n")
    pelican.write("guide.md", "# Guide\n\n(big-label)=\n## Big\n")
    pelican.write("guide.rst", ":orphan:\n\n.. _Big Label:\n\nLabel\n=====\n")
    (pelican.folder / "guide.md").unlink()
    pelican.build(nitpicky=True)
    assert pelican.warnings == []
    links = [link["href"] for link in pelican.html().find(id="source-form-properties-bach-object").select("p > a")]
    assert "#source-form-properties-bach-object.form.größe".replace(".form.", ".base.") in links
    assert "guide.html#big-label" in links


def test_code_in_prose_is_highlighted(pelican: Project) -> None:
    text = 'name: Bach\ntype: river.bach\ndescription: |\n  ```json title=x\n  {"a": 1}\n  ```\n\n  3. Third\n'
    pelican.write("data/sources/bach.yml", text)
    pelican.build()
    assert pelican.warnings == []
    section = pelican.html().find(id="source-form-properties-bach-object")
    assert section.select_one(".highlight-json .nt").get_text() == '"a"'
    assert section.select_one("ol.arabic")["start"] == "3"


def test_the_id_of_the_table_gives_way(pelican: Project) -> None:
    pelican.write(
        "index.rst",
        "Connection table\n================\n\n.. connection-table::\n\n.. connection-property:: pond.lake\n\n"
        ".. toctree::\n\n   guide\n",
    )
    pelican.build()
    page = pelican.html()
    assert "connection-table" in page.find("section")["id"]
    assert page.select_one(".stitch-filter")["id"] == "connection-table-2"
    assert page.select_one(".stitch-back a")["href"] == "#connection-table-2"


def test_the_way_back_leads_to_the_table_of_the_page(pelican: Project) -> None:
    pelican.write(
        "guide.md", "# Guide\n\n```{connection-table}\n```\n\n```{connection-property} pond.lake\n:no-index:\n```\n"
    )
    pelican.build()
    assert pelican.html("guide").select_one(".stitch-back a")["href"] == "#connection-table"


@pytest.mark.skipif(sphinx.version_info < (8,), reason="Sphinx 7 itself takes no tuple here")
def test_static_path_can_be_a_tuple(pelican: Project) -> None:
    pelican.write("conf.py", (pelican.folder / "conf.py").read_text(encoding="utf-8") + "html_static_path = ()\n")
    pelican.build()
    assert "connection-table" in pelican.output("index.html")


def test_a_folded_group_that_no_object_has(pelican: Project) -> None:
    pelican.build(stitch_fold_groups=["timng"])
    assert pelican.warnings == [
        "conf.py:1: WARNING: “stitch_fold_groups”: no object has a property group “timng”; did you mean “timing”? "
        "[stitch.unknown-group]"
    ]


def test_the_filter_has_a_word_for_what_is_unavailable(catalogue_project: Project) -> None:
    """Also where ``api.yml`` has none, as the table."""
    catalogue_project.write("data/sources/closed.yml", "name: Closed\ntype: null\n")
    catalogue_project.build()
    [template] = catalogue_project.html().select(".stitch-filter > template")
    options = [span.string for span in template.select("fieldset span:not(.stitch-count)")]
    assert options == ["Available", "Unsupported"]
    assert catalogue_project.html().select_one(".stitch-unavailable").get_text() == "Unsupported"


def test_properties_in_the_order_of_the_file(catalogue_project: Project) -> None:
    """Those of objects, of groups, and nested ones; the example is sorted by name all the same."""
    catalogue_project.write(
        "data/api.yml", "name: Test\nproperty_order: as-written\nsteps: {form: {title: Properties}}\n"
    )
    catalogue_project.write(
        "data/groups/shared.yml", "title: Shared\nproperties: [{name: d, type: string}, {name: c, type: string}]\n"
    )
    nested = "{name: z, type: string}, {name: a, type: string, required: true}"
    catalogue_project.write(
        "data/sources/bad.yml",
        "name: Bad\ntype: test.bad\ngroups: [shared]\nproperties:\n  - {name: r, type: string, read_only: true}\n"
        f"  - {{name: o, type: object, properties: [{nested}]}}\n  - {{name: b, type: string, required: true}}\n",
    )
    catalogue_project.write("index.rst", "Test\n====\n\n.. connection-property:: source/bad\n")
    catalogue_project.build()
    assert catalogue_project.warnings == []
    names = [name.get_text() for name in catalogue_project.html().select(".stitch-properties tbody th code")]
    assert names == ["r", "o", "o.z", "o.a", "b", "d", "c"]


def test_defaults_as_they_are_written(catalogue_project: Project) -> None:
    """Free-form values are those of YAML 1.2, a text has its quotes, and a default goes before accepted values."""
    catalogue_project.write(
        "data/sources/bad.yml",
        "name: Bad\ntype: test.bad\nproperties:\n"
        "  - {name: a, type: object, default: {limit: 100, archived: false, text: '1', none: null, list: [1.5, x]}}\n"
        '  - {name: b, type: string, default: ""}\n'
        "  - {name: c, type: string, values: [disable, prefer], default: prefer}\n"
        "  - {name: d, type: object, example: '{\"e\": [1]}'}\n",
    )
    catalogue_project.write("index.rst", "Test\n====\n\n.. connection-property:: source/bad\n")
    catalogue_project.build()
    assert catalogue_project.warnings == []
    section = catalogue_project.html().find(id="source-form-properties-bad-object")
    free = {"limit": 100, "archived": False, "text": "1", "none": None, "list": [1.5, "x"]}
    descriptions = [cells[-1].get_text() for row in section.select("tbody tr") if (cells := row.find_all("td"))]
    assert descriptions[:2] == [f"Default: {json.dumps(free)}", 'Default: ""']
    example = json.loads(section.select_one(".stitch-example pre").get_text())
    assert example == {"a": free, "b": "", "c": "prefer", "d": {"e": [1]}}


def test_a_version_that_is_no_number(catalogue_project: Project) -> None:
    """The “v” stands before digits only."""
    text = "name: Bad\ntype: test.bad\nversion: {}\nhistory: [{{version: 2, released: 2030-01-31}}, {{version: latest, status: beta}}]\n"
    for version, shown in (("v2", "Bad (v2)"), ("latest", "Bad (latest)"), ("3.1", "Bad (v3.1)")):
        catalogue_project.write("data/sources/bad.yml", text.format(version))
        catalogue_project.build("text")
        assert shown in catalogue_project.output("index.txt")
    assert "* v2 released 2030-01-31\n\n   * latest beta" in catalogue_project.output("index.txt")


def test_rows_of_versions_that_are_closed(catalogue_project: Project) -> None:
    """A row says since when its own version is closed, whatever other versions are; one that is sunset needs no more."""
    history = "history: [{version: 2, closed: 2031-01-31}, {version: 1, closed: 2030-01-31, sunset: 2031-02-28}]\n"
    for version, status in (("1", "deprecated"), ("2", "released"), ("3", "released"), ("1", "sunset")):
        name = f"name: Bad\ntype: test.{status}{version}\nversion: {version}\nstatus: {status}\n"
        catalogue_project.write(f"data/sources/{status}{version}.yml", name + history)
    catalogue_project.write(
        "index.rst", "Test\n====\n\n.. connection-table::\n   :status: released, deprecated, sunset\n"
    )
    catalogue_project.build()
    assert catalogue_project.warnings == []
    rows = catalogue_project.html().select(".stitch-connections tbody th")
    assert [row.get_text().strip() for row in rows if row.get_text().startswith("Bad")] == [
        "Bad (v1) deprecated closed to new connections since 2030-01-31",
        "Bad (v2) closed to new connections since 2031-01-31",
        "Bad (v3)",
        "Bad (v1) sunset",
    ]


def test_the_list_of_steps_has_the_first_paragraph_of_each(catalogue_project: Project) -> None:
    steps = "steps: {form: {title: F}, more: {title: M, required: false, sentence: 'One.\n\n\n    Two.'}}\n"
    catalogue_project.write("data/api.yml", f"name: T\n{steps}")
    more = "more: {properties: [{name: a, type: string}]}\n"
    catalogue_project.write("data/sources/bad.yml", f"name: Bad\ntype: test.bad\n{more}")
    catalogue_project.build()
    assert catalogue_project.warnings == []
    section = catalogue_project.html().find(id="source-form-properties-bad-object")
    assert [item.get_text() for item in section.select("ol.stitch-steps li")] == ["F", "M (optional): One."]
    of_step = section.find(id="source-form-properties-bad-object-more").find_all("p", class_=False)
    assert [text.get_text() for text in of_step][:2] == ["One.", "Two."]


@pytest.mark.parametrize(("others", "shown"), [("", ["One.", "Two."]), (", more: {title: M}", ["Two."])])
def test_the_first_step_shows_what_no_list_of_steps_has(
    catalogue_project: Project, others: str, shown: list[str]
) -> None:
    steps = f"steps: {{form: {{title: F, sentence: 'One.\n\n\n    Two.'}}{others}}}\n"
    catalogue_project.write("data/api.yml", f"name: T\n{steps}")
    catalogue_project.build()
    assert catalogue_project.warnings == []
    section = catalogue_project.html().find(id="source-form-properties-good-object")
    texts = [text.get_text() for text in section.find_all("p", class_=False)]
    assert [text for text in texts if text in ("One.", "Two.")] == shown
