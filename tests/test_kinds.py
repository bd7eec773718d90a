"""Kinds of connections are data: a platform can have others than sources and destinations, and call them as it likes."""

from __future__ import annotations

import json
import re
import zlib
from typing import TYPE_CHECKING

import pytest
import yaml
from conftest import API as API_OF_ONE
from conftest import Data, Project
from jsonschema import Draft7Validator
from test_translation import write_catalog

from sphinxext_stitch.catalogue.comparing.catalogues import diff
from sphinxext_stitch.catalogue.export import as_text, export
from sphinxext_stitch.catalogue.queries.chapters import chapters
from sphinxext_stitch.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Folder

API = """\
name: Miller
kinds:
  well: {title: Well, plural: Wells, heading: "How to draw from {{ name }}"}
  mill: {title: Mill, plural: Mills, heading: "{{ name }}, a mill", folder: milling}
  sink: {title: Sink, plural: Sinks, heading: "The {{ name }} sink"}
endpoints:
  wells.create: {title: Dig a well, kind: well, method: POST, path: /wells, body: {what: "{{ name }}", needs: "{{ properties }}"}}
  sinks.create: {title: Dig a sink, kind: sink, method: POST, path: /sinks}
  valve.set: {title: Set the valve, method: PUT, path: /valve}
steps:
  base: {title: Base, endpoint: {well: wells.create, sink: sinks.create}}
  valve: {title: Valve, endpoint: valve.set}
requests: {url: "https://miller.example", token: MILLER_KEY}
"""

#: The properties of each object.
PROPERTIES = "properties: [{name: depth, type: integer, description: How deep., example: 3}]\n"

FILES = {
    "data/api.yml": API,
    "data/wells/deep.yml": f"name: Deep\ntype: w.deep\n{PROPERTIES}valve: {{{PROPERTIES.strip()}}}\n",
    "data/milling/stone.yml": f"name: Stone\ntype: m.stone\n{PROPERTIES}",
    "data/sinks/deep.yml": f"name: Deep\ntype: s.deep\n{PROPERTIES}",
    "data/sinks/drain.yml": "name: Drain\ntype: null\n",
}

CONF = """\
extensions = ["sphinxext_stitch"]
stitch_data_path = "data"
stitch_pages = "parts"
html_copy_source = html_show_sourcelink = False
"""

INDEX = """\
Miller
======

.. toctree::

   parts/index

:stitch:search:`mills <kind=mill>`, :stitch:object:`well/deep`, :stitch:conn:`sink/deep`

.. connection-table:: endpoints
   :kind: well, sink

.. connection-table::

.. connection-property::
   :kind: mill, sink
   :list:
   :no-index:
"""

#: What is said of the kinds that this platform does not have.
OTHERS = re.compile(r"source|destination", re.IGNORECASE)


def write(folder: Folder) -> None:
    for path, text in FILES.items():
        folder.write(path, text)


@pytest.fixture
def miller(tmp_path: Path) -> Data:
    data = Data(tmp_path)
    write(data)
    data.load()
    return data


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The pages of that platform."""
    project = Project(tmp_path_factory.mktemp("miller"))
    write(project)
    project.write("conf.py", CONF)
    project.write("index.rst", INDEX)
    return project.build_clean()


# ---------------------------------------------------------------- the catalogue


def test_objects_are_in_the_folders_of_their_kinds(miller: Data) -> None:
    assert miller.problems == []
    assert [(obj.kind, obj.key, obj.anchor) for obj in miller.catalogue.objects] == [
        ("sink", "deep", "sink-form-properties-deep-object"),
        ("well", "deep", "well-form-properties-deep-object"),
        ("mill", "stone", "mill-form-properties-stone-object"),
    ]
    assert [row.anchor for row in miller.catalogue.connections] == [
        "connection-sink-deep", "connection-well-deep", "connection-sink-drain", "connection-mill-stone",
    ]  # fmt: skip


def test_chapters_are_in_the_order_of_the_kinds(miller: Data) -> None:
    assert list(chapters(miller.catalogue)) == ["", "well", "mill", "sink"]


def test_each_kind_has_its_endpoint(miller: Data) -> None:
    kinds = miller.catalogue.api.kind_names
    names = {
        step.name: [endpoint and endpoint.name for endpoint in map(step.endpoint, kinds)]
        for step in miller.catalogue.api.steps
    }
    assert names == {"base": ["wells.create", None, "sinks.create"], "valve": ["valve.set"] * 3}


def test_an_endpoint_of_a_kind_is_used_for_this_kind_alone(miller: Data) -> None:
    miller.write("data/api.yml", API.replace("endpoint: valve.set", "endpoint: wells.create"))
    miller.load()
    valve = miller.catalogue.api.steps[1]
    assert [kind for kind in miller.catalogue.api.kind_names if valve.endpoint(kind)] == ["well"]


def test_files_beside_the_folders_of_the_kinds(miller: Data) -> None:
    miller.write("data/sources/good.yml", "name: Good\ntype: test.good\n")
    miller.load()
    assert miller.problems == [
        "data/sources/good.yml:1:1: WARNING: this file belongs to no part of a catalogue: wells/, milling/, sinks/, "
        "groups/, api.yml or check.yml [stitch.without-effect]"
    ]


def test_a_catalogue_without_objects_of_its_kinds(tmp_path: Path) -> None:
    data = Data(tmp_path)
    data.write("data/api.yml", API)
    data.load()
    assert data.problems == [
        "data:1:1: WARNING: there is no catalogue in “data”: no data file in wells/ or milling/ or sinks/ "
        "[stitch.data-path]"
    ]


def test_a_faulty_kind_is_reported_once_and_not_for_each_of_its_files(miller: Data) -> None:
    miller.write("data/api.yml", API.replace("  sink: {", "  Sink: {"))
    miller.load()
    assert miller.problems == [
        "data/api.yml:5:3: WARNING: a key of “kinds” takes 1 to 40 letters a–z and digits; found “Sink” "
        "[stitch.wrong-type]"
    ]
    assert list(miller.properties) == ["well/deep", "mill/stone"]


@pytest.mark.parametrize(("kinds", "place", "found"), [(" [well, mill]", "2:8", "a list"), ("", "2:7", "nothing")])
def test_kinds_that_are_not_a_mapping_are_reported_once(miller: Data, kinds: str, place: str, found: str) -> None:
    _before, endpoints, after = API.partition("endpoints:")
    miller.write("data/api.yml", f"name: Miller\nkinds:{kinds}\n{endpoints}{after}")
    miller.load()
    assert miller.problems == [
        f"data/api.yml:{place}: WARNING: “kinds” takes a mapping; found {found} [stitch.wrong-type]"
    ]


def test_kinds_of_an_api_that_is_invalid_otherwise(miller: Data) -> None:
    miller.write("data/api.yml", API.partition("endpoints:")[0].replace("folder: milling", "folder: wells"))
    miller.load()
    assert miller.problems == [
        "data/api.yml:1:1: WARNING: the field “steps” is missing [stitch.missing-field]",
        "data/api.yml:4:77: WARNING: the folder “wells” of the kind “mill” is that of the kind “well”; state another "
        "“folder” [stitch.wrong-type]",
    ]
    assert list(miller.properties) == ["sink/deep", "well/deep"]


def test_a_kind_with_invalid_texts_is_shown_by_its_name(miller: Data) -> None:
    miller.write("data/api.yml", API.replace("""{title: Sink, plural: Sinks, heading: "The {{ name }} sink"}""", "{}"))
    miller.load()
    sink = miller.catalogue.api.kind("sink")
    assert (sink.title, sink.plural, sink.heading) == ("sink", "sink", "{{ name }}")
    assert "sink/deep" in miller.properties


def test_export(miller: Data) -> None:
    made = json.loads(as_text(export(miller.catalogue)))
    assert [(kind["name"], kind["title"]) for kind in made["api"]["kinds"]] == [
        (kind.name, str(kind.title)) for kind in miller.catalogue.api.kinds
    ]
    assert [f"{obj['kind']}/{obj['key']}" for obj in made["objects"]] == ["sink/deep", "well/deep", "mill/stone"]
    assert made["api"]["steps"][0]["endpoints"] == {"well": "wells.create", "sink": "sinks.create"}
    assert OTHERS.findall(json.dumps(made)) == []


def test_differences(miller: Data) -> None:
    before = miller.catalogue
    miller.write("data/sinks/drain.yml", "name: Drain\ntype: s.drain\n")
    (miller.folder / "data/milling/stone.yml").unlink()
    miller.load()
    changes = [(change.subject, change.message) for change in diff(before, miller.catalogue)]
    assert changes == [("mill m.stone", "the object is removed"), ("sink s.drain", "the object is new")]


# ---------------------------------------------------------------- the commands


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, list[str]]:
    """Run a command; gives the exit code, and all that it prints."""
    code = main(args)
    captured = capsys.readouterr()
    return code, (captured.out + captured.err).splitlines()


def test_a_new_file_is_of_a_kind_of_the_catalogue(
    miller: Data, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(miller.folder)
    wrote = "wrote data/milling/new.yml; fill it in, then run “sphinxext-stitch check data”"
    assert run(capsys, "new", "mill", "m.new") == (0, [wrote])
    message = "sphinxext-stitch: there is no kind “source”; known: “mill”, “sink” and “well”"
    assert run(capsys, "new", "source", "m.other") == (2, [message])
    assert OTHERS.findall((miller.folder / "data/milling/new.yml").read_text(encoding="utf-8")) == []


def test_check_counts_the_objects_of_all_kinds(
    miller: Data, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(miller.folder)
    assert run(capsys, "check") == (0, ["3 objects, 4 connections: 0 errors, 0 warnings"])


@pytest.mark.parametrize("name", ["api", "object"])
def test_the_schema_knows_the_kinds(
    miller: Data, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    monkeypatch.chdir(miller.folder)
    code, lines = run(capsys, "schema", name)
    schema = json.loads("\n".join(lines))
    texts = {"api": API, "object": FILES["data/wells/deep.yml"]}
    assert (code, [*Draft7Validator(schema).iter_errors(yaml.safe_load(texts[name]))]) == (0, [])
    if name == "api":
        faulty = yaml.safe_load(API.replace("kind: well", "kind: source").replace("{well: w", "{source: w"))
        places = {".".join(map(str, error.path)) for error in Draft7Validator(schema).iter_errors(faulty)}
        assert places == {"endpoints.wells.create.kind", "steps.base.endpoint"}


# ---------------------------------------------------------------- the pages


def test_titles_badges_and_fields(built: Project) -> None:
    page = built.html("parts/mill/stone")
    assert page.h1.get_text() == "Stone, a mill¶"
    assert page.select_one(".stitch-kind").get_text() == "Mill"
    assert page.select_one(".stitch-kind .stitch-badge")["class"] == ["stitch-badge", "stitch-success"]
    assert [badge.get_text() for badge in built.html().select(".stitch-objects .stitch-badge")] == ["Sink", "Mill"]
    assert page.select(".stitch-summary dd")[1].get_text() == "Mill"


def test_pages_and_chapters(built: Project) -> None:
    contents = [link["href"] for link in built.html("parts/index").select(".toctree-wrapper a")]
    assert contents == [
        "well.html", "well/deep.html", "mill.html", "mill/stone.html", "sink.html", "sink/deep.html",
    ]  # fmt: skip
    assert [built.html(f"parts/{name}").h1.get_text() for name in ("well", "mill", "sink")] == [
        "Wells¶", "Mills¶", "Sinks¶",
    ]  # fmt: skip


def test_rows_and_filter(built: Project) -> None:
    page = built.html()
    rows = {row.th["id"]: row["class"] for row in page.select(".stitch-connections tbody tr")}
    assert rows == {
        "connection-sink-deep": ["stitch-kind-sink"],
        "connection-well-deep": ["stitch-kind-well"],
        "connection-sink-drain": ["stitch-kind-sink"],
        "connection-mill-stone": ["stitch-kind-mill"],
    }
    form = page.find(class_="stitch-filter").template.form
    options = form.find_all("input", attrs={"name": "kind"})
    assert [(option["value"], option.find_next("span").string) for option in options] == [
        ("well", "Well"), ("mill", "Mill"), ("sink", "Sink"),
    ]  # fmt: skip
    assert [row[0] for row in json.loads(page.select_one(".stitch-filter")["data-rows"])] == [2, 0, 2, 1]
    assert form.find("input", type="search")["placeholder"] == ""
    endpoints = page.select(".stitch-endpoints tbody th")
    assert [cell.get_text() for cell in endpoints] == ["Dig a well", "Dig a sink"]


def test_links(built: Project) -> None:
    links = [link["href"] for link in built.html().select("p > a.reference.internal")][:3]
    assert links == [
        "?kind=mill#connection-table",
        "parts/well/deep.html#well-form-properties-deep-object",
        "#connection-sink-deep",
    ]


def test_index_and_inventory(built: Project) -> None:
    index = " ".join(built.html("genindex").get_text().split())
    for entry in ("Sink, connection property object", "Sink, connection", "Deep, Well", "Well, connection"):
        assert entry in index
    titles = [title for _name, title, *_rest in built.app.env.get_domain("stitch").get_objects()]
    for title in ("Deep, Well, w.deep", "depth (Deep, Well)", "Stone, Mill", "Drain, Sink"):
        assert title in titles


def test_no_page_speaks_of_other_kinds(built: Project) -> None:
    pages = [name for name in built.outputs() if name.endswith((".html", "searchindex.js"))]
    assert len(pages) > 8
    assert {name: found for name in pages if (found := OTHERS.findall(built.output(name)))} == {}
    *_header, packed = built.outputs()["objects.inv"].split(b"\n", 4)
    assert OTHERS.findall(zlib.decompress(packed).decode()) == []


@pytest.mark.parametrize("builder", ["text", "latex", "man", "singlehtml"])
def test_no_other_output_speaks_of_other_kinds(
    built: Project, make_project: Callable[..., Project], builder: str
) -> None:
    project = make_project(
        **FILES, **{"index.rst": INDEX, "conf.py": f"{CONF}man_pages = [('index', 'm', '', [], 1)]\n"}
    )
    project.build(builder)
    assert project.warnings == []
    name = {"text": "index.txt", "latex": "projectnamenotset.tex", "man": "m.1", "singlehtml": "index.html"}[builder]
    text = project.output(name)
    assert "Well" in text
    assert OTHERS.findall(text) == []


def test_messages_of_directives_and_roles_know_the_kinds(make_project: Callable[..., Project]) -> None:
    index = INDEX.replace(":kind: well, sink", ":kind: wel").replace("kind=mill", "kind=source")
    project = make_project(**FILES, **{"index.rst": index, "conf.py": CONF})
    project.build("dummy")
    assert project.warnings == [
        "index.rst:8: WARNING: “kind” cannot be “source”; it takes “well”, “mill” or “sink” [stitch.bad-option]",
        "index.rst:10: WARNING: “:kind:” cannot be “wel”; it takes “well”, “mill” or “sink”; did you mean “well”? "
        "[stitch.bad-option]",
    ]


def test_another_kind_is_noticed_by_the_pages_that_name_it(make_project: Callable[..., Project]) -> None:
    project = make_project(**FILES, **{"index.rst": "A\n=\n\n:stitch:search:`all <kind=dam>`\n", "conf.py": CONF})
    project.write("b.rst", ":orphan:\n\nB\n=\n\n.. connection-table::\n")
    project.build("dummy")
    assert [line for line in project.warnings if "dam" in line] != []
    project.write(
        "data/api.yml", API.replace("  sink:", '  dam: {title: Dam, plural: Dams, heading: "{{ name }}"}\n  sink:')
    )
    project.build("dummy")
    assert "index" in project.read_again()
    assert [line for line in project.warnings if "dam" in line] == []


def test_words_of_known_kinds_can_be_others(catalogue_project: Project) -> None:
    """Those that are left out are UI strings."""
    kinds = 'kinds: {source: {plural: Springs}, destination: {title: Pond, heading: "To {{ name }} <100%>"}}\n'
    catalogue_project.write("data/api.yml", f"{API_OF_ONE}{kinds}")
    catalogue_project.write("data/destinations/lake.yml", "name: Lake\ntype: test.lake\n")
    catalogue_project.build(stitch_pages="all")
    page = catalogue_project.html()
    assert [title.get_text() for title in page.select(".stitch-object h2")] == [
        "The Good source connection property object¶", "To Lake ‹100%›¶",
    ]  # fmt: skip
    assert [badge.get_text() for badge in page.select(".stitch-kind")] == ["Source", "Pond"]
    assert [badge["class"][1] for badge in page.select(".stitch-kind .stitch-badge")] == [
        "stitch-primary", "stitch-success",
    ]  # fmt: skip
    assert [catalogue_project.html(f"all/{name}").h1.get_text() for name in ("source", "destination")] == [
        "Springs¶", "Destinations¶",
    ]  # fmt: skip


def test_words_of_kinds_are_translated(make_project: Callable[..., Project]) -> None:
    conf = f"{CONF}language = 'de'\nlocale_dirs = ['locales']\ngettext_compact = 'miller'\n"
    project = make_project(**FILES, **{"index.rst": INDEX, "conf.py": conf})
    words = {
        "Mill": "Mühle",
        "Mills": "Mühlen",
        "{{ name }}, a mill": "Die Mühle {{ name }}",
        "The {{ name }} sink": "Die Senke",
    }
    write_catalog(project, "miller", words)
    project.build()
    assert project.html("parts/mill").h1.get_text() == "Mühlen¶"
    page = project.html("parts/mill/stone")
    assert (page.h1.get_text(), page.select_one(".stitch-kind").get_text()) == ("Die Mühle Stone¶", "Mühle")
    assert project.html("parts/sink/deep").h1.get_text() == "The Deep sink¶"
    titles = [title for _name, title, *_rest in project.app.env.get_domain("stitch").get_objects()]
    assert {"Stone, Mühle, m.stone", "depth (Stone, Mühle)", "Stone, Mühle"} <= {*titles}
    assert [re.sub(r"^\S+ ", "", line) for line in project.warnings] == [
        "WARNING: column 47: the translation “Die Senke” lacks “name”; it is not used [stitch.bad-translation]"
    ]


def test_words_of_kinds_are_extracted(make_project: Callable[..., Project]) -> None:
    project = make_project(**FILES, **{"index.rst": INDEX, "conf.py": f"{CONF}gettext_compact = 'miller'\n"})
    project.build("gettext")
    text = project.output("miller.pot")
    for message in ("Well", "Wells", "How to draw from {{ name }}"):
        assert f'msgid "{message}"' in text
