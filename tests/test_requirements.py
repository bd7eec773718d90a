"""Requirements as readers see them: in the note, in the table and in the example."""

from __future__ import annotations

import json
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from conftest import Folder, Project, write_good_project
from docutils import nodes

from sphinxext_stitch.cli import main

if TYPE_CHECKING:
    from bs4 import Tag
    from conftest import Data

OBJECT = """\
name: Gate
type: test.gate
groups: [tunnel]
properties:
  - {name: name, type: string, required: true}
  - name: mode
    type: string
    values: [key, password, none]
    default: key
  - name: port
    type: [integer, string]
    required_if: {mode: [key, password], tunnel: true}
  - name: passphrase
    type: string
    required_if: {mode: key}
  - name: id
    type: string
    read_only: true
  - name: reports
    type: array
    properties:
      - {name: days, type: integer, required: true}
      - {name: window, type: integer, required_if: {days: 1}}
      - {name: title, type: string}
one_of:
  an *API key*: [api_key]
  '[OAuth](https://gate.example)': [client_id, client_secret]
"""

TUNNEL = """\
title: Tunnel
properties:
  - {name: tunnel, type: boolean, description: Through `tunnel_host`.}
  - {name: tunnel_host, type: string, required_if: {tunnel: true}}
"""

LOGIN = """\
  - {name: api_key, type: string, secret: true}
  - {name: client_id, type: string}
  - {name: client_secret, type: string, secret: true}
"""


def write_gate(folder: Folder) -> None:
    """Write an object with requirements of every kind."""
    before, _properties, after = OBJECT.partition("properties:\n")
    folder.write("data/sources/gate.yml", f"{before}properties:\n{LOGIN}{after}")
    folder.write("data/groups/tunnel.yml", TUNNEL)


@pytest.fixture
def gate(catalogue_project: Project) -> Project:
    """A project that shows this object."""
    write_gate(catalogue_project)
    return catalogue_project


@pytest.fixture(scope="module")
def section(tmp_path_factory: pytest.TempPathFactory) -> Tag:
    """What its page shows of the object, built once."""
    project = Project(tmp_path_factory.mktemp("gate"))
    write_good_project(project)
    write_gate(project)
    project.build_clean()
    return project.html().find(id="source-form-properties-gate-object")


def test_requirements_in_words(gate: Project) -> None:
    gate.build("text")
    assert gate.warnings == []
    text = gate.output("index.txt")
    words = text[text.index("Properties marked") : text.index("+--", text.index("Properties marked"))]
    assert words == dedent("""\
        Properties marked as required are needed to complete the step, and
        those with a condition if it holds; all others are optional. Read-only
        properties are the exception: the API sets them.

        In addition, exactly one of these is needed, with all of its
        properties:

        * an *API key*: "api_key"

        * OAuth: "client_id", "client_secret"

    """)


def test_requirements_in_the_table(section: Tag) -> None:
    every = section.select(".stitch-properties tbody tr")
    rows = [row for row in every if row.select("th code")]
    cells = {row.find("th").find("code").get_text(): row.find_all("td")[1] for row in rows}
    assert {name: cell.get_text().strip() for name, cell in cells.items()} == {
        "api_key": "if chosen",
        "client_id": "if chosen",
        "client_secret": "if chosen",
        "id": "never send",
        "mode": "optional",
        "name": "required",
        "passphrase": 'if mode is "key"',
        "port": 'if mode is "key" or "password" and tunnel is true',
        "reports": "optional",
        "reports.days": "in each item",
        "reports.title": "optional",
        "reports.window": "if days is 1",
        "tunnel": "optional",
        "tunnel_host": "if tunnel is true",
    }
    anchor = "source-form-properties-gate-object.form"
    links = {name: [link["href"] for link in cell.select("a")] for name, cell in cells.items()}
    assert links["port"] == [f"#{anchor}.mode", f"#{anchor}.tunnel"]
    assert links["reports.window"] == [f"#{anchor}.reports.days"]
    assert links["api_key"] == ["#source-form-properties-gate-object-form-choices"]
    choices = section.find(id="source-form-properties-gate-object-form-choices").find_next("ul").find_all("li")
    assert [[link["href"] for link in item.select("a")] for item in choices] == [
        [f"#{anchor}.api_key"],
        ["https://gate.example", f"#{anchor}.client_id", f"#{anchor}.client_secret"],
    ]


def test_without_anchors_there_are_no_links(gate: Project) -> None:
    gate.write("index.rst", "Test\n====\n\n.. connection-property:: test.gate\n   :no-index:\n")
    gate.build("dummy")
    section = gate.doctree().next_node(nodes.section).next_node(nodes.section)
    assert [link["refuri"] for link in section.findall(nodes.reference)] == ["https://gate.example"]
    assert "if chosen" in section.astext()


@pytest.mark.parametrize("builder", ["man", "latex", "texinfo", "gettext"])
def test_requirements_in_other_builders(gate: Project, builder: str) -> None:
    gate.write("conf.py", (gate.folder / "conf.py").read_text(encoding="utf-8") + 'version = "1"\n')
    gate.build(builder, fresh=True)
    assert gate.warnings == []


#: What is changed in the object, and the members of its example.
EXAMPLES = {
    "conditions that hold": (
        {},
        ["api_key", "mode", "name", "passphrase", "port", "reports", "tunnel", "tunnel_host"],
    ),
    "a condition that does not hold": (
        {"values: [key, password, none]": "values: [key, password, none]\n    example: password"},
        ["api_key", "mode", "name", "port", "reports", "tunnel", "tunnel_host"],
    ),
    "conditions that none holds of": (
        {"values: [key, password, none]": "values: [key, password, none]\n    example: none"},
        ["api_key", "mode", "name", "reports", "tunnel", "tunnel_host"],
    ),
    "a condition on what is not sent, by its default": (
        {"mode\n    type: string": "mode\n    type: string\n    read_only: false\n    required_if: {name: nobody}"},
        ["api_key", "name", "passphrase", "port", "reports", "tunnel", "tunnel_host"],
    ),
    "a property that examples omit": (
        {"reports\n    type: array": "reports\n    type: array\n    omit_from_examples: true"},
        ["api_key", "mode", "name", "passphrase", "port", "tunnel", "tunnel_host"],
    ),
    "a property that examples omit, and the step needs": (
        {"reports\n    type: array": "reports\n    type: array\n    required: true\n    omit_from_examples: true"},
        ["api_key", "mode", "name", "passphrase", "port", "reports", "tunnel", "tunnel_host"],
    ),
    "the first set": (
        {"  an *API key*: [api_key]\n": "", "client_secret]\n": "client_secret]\n  Key: [api_key]\n"},
        ["client_id", "client_secret", "mode", "name", "passphrase", "port", "reports", "tunnel", "tunnel_host"],
    ),
    "a property in two sets": (
        {"[client_id, client_secret]": "[api_key, client_id]\n  Secret: [client_secret]"},
        ["api_key", "mode", "name", "passphrase", "port", "reports", "tunnel", "tunnel_host"],
    ),
}


@pytest.mark.parametrize("case", EXAMPLES)
def test_example(data: Data, capsys: pytest.CaptureFixture[str], case: str) -> None:
    changes, members = EXAMPLES[case]
    write_gate(data)
    file = data.folder / "data/sources/gate.yml"
    text = file.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    assert main(["export", str(data.folder / "data")]) == 0
    [gate] = [obj for obj in json.loads(capsys.readouterr().out)["objects"] if obj["key"] == "gate"]
    assert list(gate["steps"][0]["example"]) == members


def test_examples_of_the_page(section: Tag) -> None:
    full, minimal = (json.loads(example.get_text()) for example in section.select(".stitch-example pre"))
    assert list(full) == EXAMPLES["conditions that hold"][1]
    assert full["reports"] == [{"days": 1, "title": "<TITLE>", "window": 1}]
    assert minimal == {"api_key": "<API_KEY>", "name": "<NAME>", "passphrase": "<PASSPHRASE>"}


SUPPLIED = """\
name: Gate
type: test.gate
properties:
  - {name: token, type: string, required: true, supplied: true}
  - {name: note, type: string, supplied: true}
  - {name: page_size, type: string, required: true, internal: true}
"""


def test_supplied_and_internal_properties_need_not_be_sent(catalogue_project: Project) -> None:
    catalogue_project.write("data/sources/gate.yml", SUPPLIED)
    catalogue_project.build(nitpicky=True)
    assert catalogue_project.warnings == []
    section = catalogue_project.html().find(id="source-form-properties-gate-object")
    assert "those with a condition if it holds" in section.select_one(".stitch-note").get_text()
    rows = [row.find_all(["th", "td"]) for row in section.select("table.stitch-properties tbody tr")]
    assert {name.get_text(): required.get_text() for name, _type, required, *_rest in rows} == {
        "note": "optional",
        "page_size": "leave out",
        "token": "unless supplied",
    }
    # Internal ones are in no example; a minimal one, which would be empty, is not shown.
    [example] = section.select(".stitch-example pre")
    assert json.loads(example.get_text()) == {"note": "<NOTE>", "token": "<TOKEN>"}


def test_a_changed_requirement_rebuilds_the_page(gate: Project) -> None:
    gate.build("dummy")
    for path, old, new in [
        ("data/groups/tunnel.yml", "{tunnel: true}", "{tunnel: false}"),
        ("data/sources/gate.yml", "[api_key]", "[api_key, mode]"),
    ]:
        text = (gate.folder / path).read_text(encoding="utf-8")
        assert old in text
        gate.write(path, text.replace(old, new))
        gate.build("dummy")
        assert gate.read_again() == {"index"}
