"""Attributes: facts of connections that a platform defines itself, as columns, facets and badges."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import yaml
from conftest import Data, Project
from jsonschema import Draft7Validator
from test_translation import extracted, write_catalog

from sphinxext_stitch.catalogue.export import as_text, export
from sphinxext_stitch.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Folder

API = """\
name: Miller
steps: {base: {title: Base}}
attributes:
  plan: {title: Plan, values: {basic: Basic, premium: Premium}, column: true, filter: true, badge: true}
  region: {title: Regions, values: [eu, us], filter: true}
  safe: {title: Safe, values: {true: "yes", false: "no"}}
  port: {title: Port, filter: true}
"""

FILES = {
    "data/api.yml": API,
    "data/sources/deep.yml": "name: Deep\ntype: s.deep\nattributes: {plan: premium, region: [eu, us], port: 5432}\n",
    "data/sources/flat.yml": """\
name: Flat
type: s.flat
attributes: {plan: basic, port: 80}
connections:
  - {key: flat, name: Flat}
  - {key: floor, name: Floor, attributes: {plan: [basic, premium], region: us}}
  - {key: ground, name: Ground, attributes: {plan: []}}
""",
    "data/destinations/plain.yml": "name: Plain\ntype: d.plain\n",
}

CONF = 'extensions = ["sphinxext_stitch"]\nstitch_data_path = "data"\n'

INDEX = """\
Miller
======

:stitch:search:`premium <plan=premium>`

.. connection-table::

.. connection-property::
"""


def write(folder: Folder) -> None:
    for path, text in FILES.items():
        folder.write(path, text)


@pytest.fixture
def miller(tmp_path: Path) -> Data:
    data = Data(tmp_path)
    write(data)
    return data


@pytest.fixture
def project(make_project: Callable[..., Project]) -> Project:
    return make_project(**FILES, **{"index.rst": INDEX, "conf.py": CONF})


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The pages of that platform."""
    project = Project(tmp_path_factory.mktemp("miller"))
    write(project)
    project.write("conf.py", CONF)
    project.write("index.rst", INDEX)
    return project.build_clean()


def cells(project: Project) -> dict[str, list[str]]:
    """The text of the cells of each row, by its name."""
    rows = project.html().select(".stitch-connections tr")
    texts = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in rows]
    return {first.split(" ")[0]: [first, *others] for first, *others in texts}


def names_of(project: Project) -> list[str]:
    """The names in the table, without the badges behind them."""
    return [name.split(" ")[0] for name in project.connections]


# ---------------------------------------------------------------- the catalogue


def test_connections_have_those_of_their_file_but_for_their_own(miller: Data) -> None:
    miller.load()
    assert miller.problems == []
    assert {row.key: dict(row.attributes) for row in miller.catalogue.connections} == {
        "deep": {"plan": ("premium",), "region": ("eu", "us"), "port": ("5432",)},
        "flat": {"plan": ("basic",), "port": ("80",)},
        "floor": {"plan": ("basic", "premium"), "port": ("80",), "region": ("us",)},
        "ground": {"plan": (), "port": ("80",)},
        "plain": {},
    }
    assert miller.catalogue.attribute_values == {
        "plan": ["basic", "premium"], "region": ["eu", "us"], "safe": ["true", "false"], "port": ["80", "5432"],
    }  # fmt: skip


def test_export(miller: Data) -> None:
    miller.load()
    made = json.loads(as_text(export(miller.catalogue)))
    assert [attribute["name"] for attribute in made["api"]["attributes"]] == ["plan", "region", "safe", "port"]
    assert made["api"]["attributes"][0]["values"][1] == {"value": "premium", "title": "Premium"}
    assert {row["key"]: row["attributes"].get("plan") for row in made["connections"]} == {
        "deep": ["premium"], "flat": ["basic"], "floor": ["basic", "premium"], "ground": [], "plain": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("attributes", "is_valid"),
    [
        ("plan: premium", True), ("plan: [basic, premium]", True), ("port: 80", True), ("port: [80, x]", True), ("safe: true", True), ("safe: 'true'", True), ("safe: maybe", False),
        ("plan: gold", False), ("plan: [gold]", False), ("plam: basic", False),
    ],
)  # fmt: skip
def test_editors_know_the_attributes(
    miller: Data,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    attributes: str,
    is_valid: bool,  # noqa: FBT001 - pytest passes it by name
) -> None:
    monkeypatch.chdir(miller.folder)
    assert main(["schema", "object"]) == 0
    validator = Draft7Validator(json.loads(capsys.readouterr().out))
    for text in (
        f"type: x\nattributes: {{{attributes}}}",
        f"type: x\nconnections: [{{key: a, name: A, attributes: {{{attributes}}}}}]",
    ):
        assert validator.is_valid(yaml.safe_load(f"name: A\n{text}\n")) == is_valid, text


def test_schema_of_a_catalogue_without_attributes(
    miller: Data, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(miller.folder)
    miller.write("data/api.yml", API.partition("attributes")[0])
    assert main(["schema", "object"]) == 0
    validator = Draft7Validator(json.loads(capsys.readouterr().out))
    assert not validator.is_valid({"name": "A", "type": "x", "attributes": {"plan": "premium"}})


# ---------------------------------------------------------------- the pages


def test_columns_and_badges(built: Project) -> None:
    assert cells(built) == {
        "Name": ["Name", "Kind", "Type", "Plan"],
        "Deep": ["Deep Premium", "Source", "s.deep", "Premium"],
        "Flat": ["Flat Basic", "Source", "s.flat", "Basic"],
        "Floor": ["Floor Basic Premium", "Source", "s.flat", "Basic, Premium"],
        "Ground": ["Ground", "Source", "s.flat", ""],
        "Plain": ["Plain", "Destination", "d.plain", ""],
    }
    badge = built.html().select_one("#connection-source-deep .stitch-badge")
    assert badge["class"][-2:] == ["stitch-attribute-plan", "stitch-attribute-plan-premium"]


def test_facets(built: Project) -> None:
    box = built.html().select_one(".stitch-filter")
    facets = {
        fieldset.legend.string: {entry["value"]: entry.find_next("span").string for entry in fieldset.find_all("input")}
        for fieldset in box.template.find_all("fieldset")
    }
    assert list(facets)[-3:] == ["Plan", "Regions", "Port"]
    assert [*facets.values()][-3:] == [
        {"basic": "Basic", "premium": "Premium"}, {"eu": "eu", "us": "us"}, {"80": "80", "5432": "5432"},
    ]  # fmt: skip
    assert [row[1:4] for row in json.loads(box["data-rows"])] == [
        [1, [0, 1], 1], [0, -1, 0], [[0, 1], 1, 0], [-1, -1, 0], [-1, -1, -1],
    ]  # fmt: skip


def test_summary(built: Project) -> None:
    page = built.html()
    fields = {
        section["id"]: {
            name.get_text(): body.get_text(" ", strip=True)
            for name, body in zip(
                section.select(".stitch-summary dt"), section.select(".stitch-summary dd"), strict=True
            )
        }
        for section in page.select(".stitch-object")
    }
    assert fields["source-form-properties-deep-object"] == {
        "Type": "s.deep", "Kind": "Source", "Plan": "Premium", "Regions": "eu, us", "Port": "5432",
    }  # fmt: skip
    assert fields["source-form-properties-flat-object"] == {
        "Type": "s.flat", "Kind": "Source", "Connections": "Flat Floor Ground",
        "Plan": "Flat: Basic Floor: Basic, Premium", "Regions": "Floor: us", "Port": "80",
    }  # fmt: skip
    assert fields["destination-form-properties-plain-object"] == {"Type": "d.plain", "Kind": "Destination"}
    marks = [
        badge.get_text() for badge in page.select("#source-form-properties-deep-object .stitch-kind .stitch-badge")
    ]
    assert marks == ["Source", "Premium"]
    assert page.select_one("#source-form-properties-flat-object .stitch-kind").get_text() == "Source"


def test_summary_of_connections_with_one_name(project: Project) -> None:
    project.write(
        "data/sources/flat.yml",
        "name: Flat\ntype: s.flat\nconnections:\n"
        '  - {key: one, name: Flat, version: "1", attributes: {plan: basic}, history: [{version: "1", released: 2030-01-31}]}\n'
        '  - {key: two, name: Flat, version: "2", attributes: {plan: premium}}\n',
    )
    project.build()
    summary = project.html().select_one("#source-form-properties-flat-object .stitch-summary")
    lines = [body.get_text(" ", strip=True) for body in summary.select("dd")]
    assert lines[2:] == ["Flat v1 Flat v2", "Flat v1: Basic Flat v2: Premium", "Flat v1: v1 released 2030-01-31"]


@pytest.mark.parametrize(
    ("where", "names"),
    [
        ("plan=premium", ["Deep", "Floor"]),
        ("plan=premium, region=eu", ["Deep"]),
        ("plan = premium, plan = basic, port=80", ["Flat", "Floor"]),
        ("port=5432", ["Deep"]),
    ],
)
def test_where_of_tables(project: Project, where: str, names: list[str]) -> None:
    project.write("index.rst", f"A\n=\n\n.. connection-table::\n   :where: {where}\n")
    project.build("dummy")
    assert project.warnings == []
    assert names_of(project) == names


def test_where_of_objects(project: Project) -> None:
    project.write("index.rst", "A\n=\n\n.. connection-property::\n   :where: plan=premium, region=us\n")
    project.write("b.md", "# B\n\n```{connection-property}\n:where: region=eu\n:no-index:\n```\n")
    project.write("conf.py", CONF.replace("[", '["myst_parser", ') + 'suppress_warnings = ["toc"]\n')
    project.build("text")
    assert project.warnings == []
    assert [name for name in ("Deep", "Flat", "Plain") if f"The {name} " in project.output("index.txt")] == [
        "Deep", "Flat",
    ]  # fmt: skip
    assert [name for name in ("Deep", "Flat", "Plain") if f"The {name} " in project.output("b.txt")] == ["Deep"]


def test_columns_by_name(project: Project) -> None:
    project.write("index.rst", "A\n=\n\n.. connection-table::\n   :columns: port, name, region\n")
    project.build()
    assert cells(project)["Port"] == ["Port", "Name", "Regions"]
    assert cells(project)["5432"] == ["5432", "Deep Premium", "eu, us"]


@pytest.mark.parametrize("builder", ["text", "man", "latex", "epub"])
def test_other_writers(project: Project, builder: str) -> None:
    project.write("conf.py", f"{CONF}man_pages = [('index', 'm', '', [], 1)]\nversion = copyright = '1'\n")
    project.build(builder)
    assert project.warnings == []
    name = {"text": "index.txt", "man": "m.1", "latex": "projectnamenotset.tex", "epub": "index.xhtml"}[builder]
    text = project.output(name)
    for words in ("Premium", "eu, us", "5432", "Basic, Premium"):
        assert words in text


def test_translation(project: Project) -> None:
    german = {"Plan": "Tarif", "Basic": "Einfach", "Premium": "Gehoben", "Regions": "Regionen", "eu": "EU"}
    write_catalog(project, "index", german)
    project.build(language="de")
    assert project.warnings == []
    assert cells(project)["Deep"][-1] == "Gehoben"
    assert "Regionen" in project.output("index.html")
    project.build("gettext", fresh=True)
    assert german.keys() <= {message.id for message in extracted(project, "index")}


def test_a_page_is_read_again_for_the_values_that_it_names(project: Project) -> None:
    project.write("more.rst", ":orphan:\n\nMore\n====\n\n:stitch:search:`some <port=1>`\n")
    project.build("dummy")
    assert project.warnings == [
        "more.rst:6: WARNING: “port” cannot be “1”; it takes “80” or “5432” [stitch.bad-option]"
    ]
    project.write("data/destinations/plain.yml", f"{FILES['data/destinations/plain.yml']}attributes: {{port: 1}}\n")
    project.build("dummy")
    assert project.warnings == []
    assert "more" in project.read_again()


# ---------------------------------------------------------------- problems


@pytest.mark.parametrize(
    ("path", "text", "problems"),
    [
        (
            "data/sources/deep.yml",
            "name: Deep\ntype: s.deep\nattributes: {plam: basic, region: [eu, uss], plan: gold}\n",
            [
                "3:14: WARNING: there is no attribute “plam” in api.yml; did you mean “plan”? [stitch.unknown-key]",
                "3:40: WARNING: “region” takes “eu” or “us”; found “uss”; did you mean “us”? [stitch.wrong-type]",
                "3:52: WARNING: “plan” takes “basic” or “premium”; found “gold” [stitch.wrong-type]",
            ],
        ),
        (
            "data/sources/deep.yml",
            "name: Deep\ntype: s.deep\nconnections: [{key: a, name: A, attributes: {plan: {a: b}}}]\n",
            ["3:52: WARNING: “plan” of “attributes” takes text or a list; found a mapping [stitch.wrong-type]"],
        ),
        (
            "data/api.yml",
            f"{API}  kind: {{title: Kind}}\n",
            [
                "8:3: WARNING: “kind” cannot name an attribute: the table and its filter have it for something else "
                "[stitch.wrong-type]"
            ],
        ),
        (
            "data/api.yml",
            f"{API}  Size-X: {{title: Size}}\n",
            [
                "8:3: WARNING: a key of “attributes” takes 1 to 40 letters a–z, digits and “_”, and begins with a letter; "
                "found “Size-X” [stitch.wrong-type]"
            ],
        ),
        (
            "data/api.yml",
            f"{API}  size: {{values: [s], column: yes}}\n",
            [
                "8:3: WARNING: the field “title” is missing from “size” [stitch.missing-field]",
                "8:31: WARNING: “column” of “size” takes “true” or “false”; found “yes”; did you mean “true”? [stitch.wrong-type]",
            ],
        ),
    ],
)
def test_problems_of_data(miller: Data, path: str, text: str, problems: list[str]) -> None:
    miller.write(path, text)
    miller.load()
    assert miller.problems == [f"{path}:{problem}" for problem in problems]


@pytest.mark.parametrize(
    ("option", "problem"),
    [
        (
            ":where: plam=basic",
            "“:where:” takes attributes and their values, as in “plan=premium”; found “plam=basic”; did you mean “plan”?",
        ),
        (
            ":where: premium",
            "“:where:” takes attributes and their values, as in “plan=premium”; found “premium”; known: “plan”, “port”, "
            "“region” and “safe”",
        ),
        (":where: plan=gold", "“plan” of “:where:” takes “basic” or “premium”; found “gold”"),
        (
            ":where: plan=Premium",
            "“plan” of “:where:” takes “basic” or “premium”; found “Premium”; did you mean “premium”?",
        ),
        (
            ":columns: plam",
            "“:columns:” cannot be “plam”; it takes “name”, “kind”, “object”, “category”, “type”, “status”, “plan”, "
            "“region”, “safe” or “port”; did you mean “plan”?",
        ),
    ],
)
def test_problems_of_options(project: Project, option: str, problem: str) -> None:
    project.write("index.rst", f"A\n=\n\n.. connection-table::\n   {option}\n")
    project.build("dummy")
    assert project.warnings == [f"index.rst:4: WARNING: {problem} [stitch.bad-option]"]
    assert names_of(project) == ["Deep", "Flat", "Floor", "Ground", "Plain"]


def test_where_beside_names(project: Project) -> None:
    project.write("index.rst", "A\n=\n\n.. connection-property:: s.deep\n   :where: plan=basic\n")
    project.build("dummy")
    assert project.warnings == [
        "index.rst:4: WARNING: “:where:” has no effect on objects that are named [stitch.bad-option]"
    ]


def test_links_to_the_filter(project: Project) -> None:
    project.write("index.rst", INDEX.replace("plan=premium", "region=eu&plan=gold&sort=-port"))
    project.build()
    assert project.warnings == [
        "index.rst:4: WARNING: “plan” cannot be “gold”; it takes “basic” or “premium” [stitch.bad-option]"
    ]
    assert project.html().find("a", href="?region=eu&sort=-port#connection-table") is not None
