"""The command ``export``: the catalogue as pages show it, as JSON in a documented format."""

from __future__ import annotations

import json
import re
from dataclasses import is_dataclass
from typing import TYPE_CHECKING, Any

import pytest
from conftest import CHECKOUT, TESTS, posix
from jsonschema import Draft7Validator

from sphinxext_stitch.catalogue.format import exported as format_
from sphinxext_stitch.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Data, Project

PELICAN = TESTS / "roots/pelican/data"


def _export(capsys: pytest.CaptureFixture[str], *args: object) -> dict[str, Any]:
    assert main(["export", *map(str, args)]) == 0
    exported: dict[str, Any] = json.loads(capsys.readouterr().out)
    return exported


def _properties(holder: Any) -> Iterator[dict[str, Any]]:
    for prop in holder["properties"]:
        yield prop
        yield from _properties(prop)


@pytest.mark.parametrize("folder", [CHECKOUT / "data", PELICAN], ids=["data", "pelican"])
def test_the_export_is_of_its_schema(capsys: pytest.CaptureFixture[str], folder: object) -> None:
    assert main(["schema", "export"]) == 0
    schema = json.loads(capsys.readouterr().out)
    Draft7Validator.check_schema(schema)
    exported = _export(capsys, folder)
    Draft7Validator(schema).validate(exported)
    assert exported["version"] == schema["properties"]["version"].get("const", format_.VERSION)
    assert set(exported) == set(schema["required"])


def test_every_class_of_the_format_is_in_the_manual() -> None:
    text = (CHECKOUT / "docs/reference/export.md").read_text(encoding="utf-8")
    documented = re.findall(r"^<!-- write: fields exported (\w+) -->$", text, re.MULTILINE)
    assert sorted(documented) == sorted(name for name, value in vars(format_).items() if is_dataclass(value))
    assert f"`version` is {format_.VERSION}." in text


def test_groups_and_variables_are_applied(data: Data, capsys: pytest.CaptureFixture[str]) -> None:
    data.write(
        "data/groups/timing.yml",
        "title: Timing\nproperties:\n"
        "  - {name: every, type: integer, example: '{{ minutes }}', description: 'Minutes of {{ name }}.'}\n"
        "  - {name: gone, type: string, description: Gone.}\n",
    )
    data.write(
        "data/sources/a.yml",
        "name: Alpha\ntype: test.a\nvariables: {minutes: 30}\ngroups: [timing]\nomit: [gone]\n"
        "properties:\n  - {name: every, required: true}\n  - {name: own, type: string, values: {x: One, y: }, description: Own.}\n",
    )
    alpha, _good = _export(capsys, data.folder / "data")["objects"]
    (step,) = alpha["steps"]
    own, timing = step["groups"]
    assert (own["key"], own["title"], [prop["name"] for prop in own["properties"]]) == (None, None, ["own"])
    assert own["properties"][0]["values"] == [{"value": "x", "meaning": "One"}, {"value": "y", "meaning": None}]
    assert (timing["key"], timing["title"]) == ("timing", "Timing")
    (every,) = timing["properties"]
    assert (every["required"], every["example"], every["description"]) == (True, 30, "Minutes of Alpha.")
    assert step["example"] == {"every": 30, "own": "x"}


RICH = """\
name: Alpha
type: test.a
any_of: {Jobs.: [jobs], Both.: [http.port, old]}
properties:
  - {name: mode, type: string, required: true, values: [x, y]}
  - {name: codec, type: object, applies_if: {mode: x}}
  - {name: codec, type: string, applies_if: {mode: y}, required: true, title: Codec, docs: 'https://example.org'}
  - name: http
    type: object
    entries: {name: header, type: string}
    one_of: [[port], [path]]
    properties:
      - {name: port, type: integer, minimum: 1, maximum: 65535, unit: ports}
      - {name: path, type: string, pattern: '^/', pattern_description: a slash, max_length: 9}
      - {name: tls, type: boolean, applies_if: {port: {present: true}}, required_if: {path: {present: false}}}
  - name: jobs
    type: array
    unique_items: true
    items:
      type: [string, array]
      title: Job
      unit: jobs
      nullable: true
      format: hostname
      description: A *job*.
      items: {type: number, exclusive_minimum: 0, exclusive_maximum: 1.5}
  - {name: old, type: string, supplied: true, immutable: true, advanced: true, deprecated: {since: '2', use: mode}}
"""


def _stated(value: Any) -> Any:
    """A value of the export without members that are null, false or empty."""
    if isinstance(value, dict):
        return {name: _stated(item) for name, item in value.items() if item not in (None, [], "") and item is not False}
    return [_stated(item) for item in value] if isinstance(value, list) else value


def _sets(*names: list[str]) -> list[dict[str, Any]]:
    return [{"names": entry} for entry in names]


def test_all_that_properties_say(data: Data, capsys: pytest.CaptureFixture[str]) -> None:
    data.write("data/sources/a.yml", RICH)
    alpha, _good = _export(capsys, data.folder / "data")["objects"]
    (step,) = alpha["steps"]
    jobs, both = {"names": ["jobs"], "label": "Jobs."}, {"names": ["http.port", "old"], "label": "Both."}
    assert (step["one_of"], step["any_of"]) == ([], [[jobs, both]])
    named = {prop["anchor"].removeprefix(f"{alpha['anchor']}.form."): prop for prop in _properties(step["groups"][0])}
    for prop in named.values():
        del prop["anchor"], prop["properties"]
    mode = {"name": "mode", "types": ["string"], "required": True, "values": [{"value": "x"}, {"value": "y"}]}
    case_y = {"name": "mode", "values": ["y"], "present": True}
    item = {
        "types": ["string", "array"],
        "title": "Job",
        "unit": "jobs",
        "nullable": True,
        "constraints": {"format": "hostname"},
        "description": "A *job*.",
        "item": {"types": ["number"], "constraints": {"exclusive_minimum": 0, "exclusive_maximum": 1.5}},
    }
    assert _stated(named) == {
        "mode": mode,
        "codec": {"name": "codec", "types": ["object"], "applies_if": [{**case_y, "values": ["x"]}]},
        "codec~y": {
            "name": "codec",
            "types": ["string"],
            "title": "Codec",
            "required": True,
            "applies_if": [case_y],
            "docs": "https://example.org",
        },
        "http": {"name": "http", "types": ["object"], "one_of": [_sets(["port"], ["path"])]},
        "http.*": {"name": "*", "title": "header", "types": ["string"]},
        "http.port": {
            "name": "port",
            "types": ["integer"],
            "unit": "ports",
            "constraints": {"minimum": 1, "maximum": 65535},
        },
        "http.path": {
            "name": "path",
            "types": ["string"],
            "constraints": {"max_length": 9, "pattern": "^/", "pattern_description": "a slash"},
        },
        "http.tls": {
            "name": "tls",
            "types": ["boolean"],
            "required_if": [{"name": "path"}],
            "applies_if": [{"name": "port", "present": True}],
        },
        "jobs": {
            "name": "jobs",
            "types": ["array"],
            "constraints": {"unique_items": True},
            "items": item["types"],
            "item": item,
        },
        "old": {
            "name": "old",
            "types": ["string"],
            **dict.fromkeys(("supplied", "immutable", "advanced", "deprecated"), True),
            "replacement": {"since": "2", "use": "mode"},
        },
    }


def test_every_anchor_is_one_of_the_page(built_pelican: Project, capsys: pytest.CaptureFixture[str]) -> None:
    ids = {tag["id"] for tag in built_pelican.html().select("[id]")}
    exported = _export(capsys, built_pelican.folder / "data")
    anchors = {connection["anchor"] for connection in exported["connections"] if connection["status"] != "sunset"}
    for obj in exported["objects"]:
        anchors.add(obj["anchor"])
        for step in obj["steps"]:
            anchors.add(step["anchor"])
            anchors |= {prop["anchor"] for group in step["groups"] for prop in _properties(group)}
    assert {"connection-source-geyser", "source-form-properties-brook-object.base.nets.mesh"} <= anchors <= ids


def test_no_text_ends_a_script(data: Data, capsys: pytest.CaptureFixture[str]) -> None:
    text = "<!-- </script><script>alert(1)</script>"
    data.write("data/sources/a.yml", f"name: '{text}'\ntype: test.a\ndescription: '{text}'\n")
    assert main(["export", str(data.folder / "data")]) == 0
    output = capsys.readouterr().out
    assert "<" not in output
    assert output.isascii()
    assert text in {obj["name"] for obj in json.loads(output)["objects"]}


def test_to_a_file(data: Data, capsys: pytest.CaptureFixture[str]) -> None:
    folder = data.folder
    printed = _export(capsys, folder / "data")
    assert main(["export", str(folder / "data"), "--output", str(folder / "out.json")]) == 0
    assert capsys.readouterr().out == ""
    assert json.loads((folder / "out.json").read_text(encoding="utf-8")) == printed


@posix  # Windows has another reason
def test_to_a_file_that_cannot_be_written(data: Data, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(data.folder / "data"), "-o", str(data.folder)]) == 2
    assert capsys.readouterr().err == f"sphinxext-stitch: “{data.folder}” cannot be written: Is a directory\n"


def test_what_is_faulty_is_left_out_and_said(
    data: Data, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(data.folder)
    data.write("data/sources/bad.yml", "name: Bad\n")
    assert main(["export"]) == 1
    captured = capsys.readouterr()
    assert [obj["name"] for obj in json.loads(captured.out)["objects"]] == ["Good"]
    assert captured.err == "sphinxext-stitch: what is faulty is left out; see “sphinxext-stitch check data”\n"
