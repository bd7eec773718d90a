"""The JSON Schema that editors use agrees with ``check``, on sound files and on faulty ones."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import fields, is_dataclass
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from conftest import CHECKOUT
from jsonschema import Draft7Validator
from test_problems import APIS, BAD, GROUPS, OBJECTS

from sphinxext_stitch.catalogue.format import api_records, records
from sphinxext_stitch.catalogue.format.json_schema import FILES, json_schema
from sphinxext_stitch.catalogue.loading.loader import load
from sphinxext_stitch.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project

CATALOGUES = [CHECKOUT / "data", CHECKOUT / "tests/roots/pelican/data", *(CHECKOUT / "docs/examples").glob("*/data")]


class Loader(yaml.SafeLoader):
    """Reads YAML as editors do, by version 1.2: ``no`` is a text, and so is a date."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - that of the base class is another one


for tag, pattern, first in (
    ("null", r"(null|Null|NULL|~|)\Z", ["n", "N", "~", ""]),
    ("bool", r"(true|True|TRUE|false|False|FALSE)\Z", list("tTfF")),
    # An integer is a number for a schema, and Python refuses to read very long ones.
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z", list("-+.0123456789")),
):
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), first)


def _as_an_editor_reads(text: str) -> Any:
    # In JSON, keys are texts.
    return json.loads(json.dumps(yaml.load(text, Loader)))  # noqa: S506 - it is a safe loader


def _errors(name: str, text: str, steps: list[str] | None) -> list[str]:
    data = _as_an_editor_reads(text)
    kinds = data.get("kinds") if isinstance(data, dict) else None
    validator = Draft7Validator(json_schema(name, steps, kinds or ["source", "destination"]))
    return [error.message for error in validator.iter_errors(data)]


def _schema_of(file: Path, folder: Path) -> str:
    return {"groups": "group", "api.yml": "api", "check.yml": "check"}.get(file.relative_to(folder).parts[0], "object")


@pytest.mark.parametrize("name", FILES)
def test_the_schemas_are_sound(name: str) -> None:
    Draft7Validator.check_schema(json_schema(name))
    Draft7Validator.check_schema(json_schema(name, ["oauth"], ["sink"]))


@pytest.mark.parametrize("folder", CATALOGUES, ids=lambda folder: folder.parent.name)
def test_what_check_accepts_the_schema_accepts(folder: Path) -> None:
    catalogue = load(folder)
    assert catalogue.problems == ()
    steps = [step.name for step in catalogue.api.steps[1:]]
    validators = {
        (name, known): Draft7Validator(json_schema(name, *((steps, catalogue.api.kind_names) if known else ())))
        for name in FILES
        for known in (0, 1)
    }
    files = [path for ending in ("yml", "yaml") for path in folder.rglob(f"*.{ending}")]
    assert files
    for file in files:
        data = _as_an_editor_reads(file.read_text(encoding="utf-8"))
        for known in (0, 1):
            errors = [error.message for error in validators[_schema_of(file, folder), known].iter_errors(data)]
            assert errors == [], file


def test_scalars_are_read_as_written() -> None:
    text = """\
name: 4711
type: true
version: 1.10
history: [{version: 2, released: 2020-01-01}]
variables: {frequency: 30}
properties:
  - {name: on, type: integer, required: true, since: 2, values: [1, 2.5, no], example: 3, default: [1], description: }
  - {name: 1, type: string, secret: "false", values: {1: one, 2: , yes: 3}}
"""
    assert _errors("object", text, []) == []


#: What one file does not tell, or no schema can: these are texts of the right form.
BEYOND_A_SCHEMA = {
    "values of another type",
    "property without a type",  # it may change one of a group's
    "nested property without a type",
    "name with a space",
    "texts of spaces",
    "what cannot be in a request or an anchor",
    "line breaks",
    "properties within a text of a body",
    "paths that clients change",
    "methods without a body",
    "headers that clients change",
    "names of kinds that are taken",
    "texts of a kind that are missing",  # those of “source” may be
    "headings of kinds",
    "folders of kinds that are taken",
    "endpoint of another kind",
}

#: The subtypes of what is wrong with the form of a file.
FORM = {"unknown-key", "wrong-type", "missing-field"}


def _cases() -> dict[str, tuple[str, str, list[str]]]:
    """The schema, the text and the warnings of every bad input that is YAML."""
    cases = {f"object: {name}": ("object", str(case[0]), case[1]) for name, case in OBJECTS.items()}
    for name, (groups, text, warnings, *_shown) in GROUPS.items():
        for number, (path, content) in enumerate({BAD: text, **groups}.items()):
            of_file = [line for line in warnings if line.startswith(path)]
            cases[f"{number} with groups: {name}"] = ("group" if number else "object", content, of_file)
    cases |= {f"api: {name}": ("api", dedent(str(case[0])), case[1]) for name, case in APIS.items()}
    return {name: case for name, case in cases.items() if "[stitch.yaml]" not in "".join(case[2])}


CASES = _cases()


@pytest.mark.parametrize("name", CASES)
def test_what_the_schema_refuses_check_reports_and_the_form_of_a_file_both_see(name: str) -> None:
    schema, text, warnings = CASES[name]
    errors = _errors(schema, text, [])
    subtypes = {line.rpartition("[stitch.")[2].rstrip("]") for line in warnings}
    about_form = bool(subtypes & FORM) and name.partition(": ")[2] not in BEYOND_A_SCHEMA
    assert bool(errors) == about_form, (errors, warnings)


# ---------------------------------------------------------------- words for editors


def test_every_field_says_what_it_means() -> None:
    described = [record for record in (vars(records) | vars(api_records)).values() if is_dataclass(record)]
    assert records.PropertyRecord in described
    for record in described:
        for field in fields(record):
            assert field.name == "steps" or field.metadata["description"].endswith("."), (record, field.name)
    schema = json_schema("object", ["oauth"])
    assert schema["properties"]["action"]["description"] == "Completes the sentence “NAME connections …”."
    assert "``" not in json.dumps(schema)


# ---------------------------------------------------------------- the command


def test_print_the_schema_of_any_catalogue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["schema", "object"]) == 0
    assert json.loads(capsys.readouterr().out) == json_schema("object")


def test_write_the_schemas_of_a_catalogue(
    catalogue_project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(catalogue_project.folder)
    catalogue_project.write("data/api.yml", "name: T\nsteps: {form: {title: F}, oauth: {title: O}}\n")
    assert main(["schema", "--write"]) == 0
    assert capsys.readouterr().out.splitlines() == [f"wrote data/.schema/{name}.json" for name in FILES]
    folder = catalogue_project.folder / "data/.schema"
    for name in FILES:
        schema = json_schema(name, ["oauth"], ["source", "destination"], {})
        assert json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) == schema
    # They are no part of the catalogue.
    assert main(["check", "--strict"]) == 0
    capsys.readouterr()
    assert main(["schema", "--write", "--path", "nope"]) == 2
    message = (
        "sphinxext-stitch: there is no folder “nope”; name the folder of the catalogue, the one with api.yml in it\n"
    )
    assert capsys.readouterr().err == message


def test_a_key_that_is_no_step_is_refused_where_the_steps_are_known() -> None:
    text = "name: A\ntype: a\noath: {properties: []}\n"
    assert _errors("object", text, None) == []
    assert _errors("object", text, ["oauth"]) == ["Additional properties are not allowed ('oath' was unexpected)"]
    assert _errors("object", "name: A\ntype: a\ncolour: blue\n", None) != []


# ---------------------------------------------------------------- the guide


def test_the_settings_of_the_guide_name_each_schema_and_all_files(tmp_path: Path) -> None:
    example = tmp_path / "example"
    shutil.copytree(CHECKOUT / "docs/examples/edit-with-help", example)
    assert main(["schema", "--write", "--path", str(example / "data")]) == 0
    settings = json.loads((example / "settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    assert {example / path for path in settings} == set((example / "data/.schema").iterdir())
    for path in ("api.yml", "check.yml", "groups/a.yml", "destinations/saas/a.yml"):
        (example / "data" / path).parent.mkdir(parents=True, exist_ok=True)
        (example / "data" / path).touch()
    shown = [patterns if isinstance(patterns, list) else [patterns] for patterns in settings.values()]
    named = {file for patterns in shown for pattern in patterns for file in example.glob(pattern)}
    assert named == set((example / "data").rglob("*.yml"))
    file = example / "data/sources/shop.yml"
    first, *_rest = file.read_text(encoding="utf-8").splitlines()
    assert (file.parent / first.removeprefix("# yaml-language-server: $schema=")).is_file()
