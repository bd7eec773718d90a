"""``diff`` with a source: which names are one, which objects are compared, and what each format can say."""

from __future__ import annotations

import json
import subprocess
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Command

API = """\
name: Test
steps: {form: {title: Form}, oauth: {title: Consent, required: false}}
endpoints: {sources.create: {title: Create, method: POST, path: /sources}}
"""
NOTHING = ["Nothing changed for clients."]


@pytest.fixture(autouse=True)
def _catalogue(command: Command) -> None:
    command.write("data/api.yml", API)
    command.write("data/sources/shop.yml", "name: Shop\ntype: shop\nproperties: [{name: host, type: string}]\n")
    command.write("data/sources/other.yml", "name: Other\ntype: other\nconnections: [{key: a, name: A}]\n")
    command.write("shop.json", json.dumps({"type": "object", "properties": {"host": {"type": "string"}}}))


def diff(command: Command, *args: str) -> tuple[int, list[str], list[str]]:
    return command.run("diff", *args, "--kind", "source")


def test_only_the_objects_that_the_source_has_are_compared(command: Command) -> None:
    assert diff(command, "data", "json-schema:shop.json") == (0, NOTHING, [])
    assert diff(command, "json-schema:shop.json", "data") == (0, NOTHING, [])
    command.write("new/new.json", '{"type": "object"}')
    assert diff(command, "data", "json-schema:new") == (0, ["Additions", "  source new: the object is new"], [])
    assert diff(command, "data", "json-schema:shop.json", "--complete") == (
        1,
        ["Breaking changes", "  source other: the object is removed"],
        [],
    )


def test_a_name_is_a_folder_then_a_source_then_a_revision(command: Command) -> None:
    command.write("json-schema:shop.json/api.yml", API)
    command.write("json-schema:shop.json/sources/shop.yml", "name: Shop\ntype: shop\n")
    assert diff(command, "json-schema:shop.json", "json-schema:./shop.json") == (
        0,
        ["Additions", "  source shop: the property “host” is new"],
        [],
    )
    for args in (["init", "-q"], ["add", "data"], ["-c", "user.name=a", "-c", "user.email=a", "commit", "-qm", "a"]):
        subprocess.run(["git", *args], cwd=command.folder, check=True)  # noqa: S607 - the one that there is
    assert diff(command, "HEAD", "json-schema:./shop.json") == (0, NOTHING, [])
    assert diff(command, "HEAD:data", "json-schema:./shop.json")[2] == [
        "sphinxext-stitch: there is neither a folder nor a revision “HEAD:data”"
    ]
    assert diff(command, "data", "json-shema:shop.json") == (
        2,
        [],
        [
            "sphinxext-stitch: there is neither a folder nor a revision “json-shema:shop.json”; did you mean “json-schema”?"
        ],
    )


def test_two_sources(command: Command) -> None:
    command.write(
        "b/shop.json", '{"type": "object", "properties": {"host": {"type": "string"}, "port": {"type": "integer"}}}'
    )
    assert diff(command, "json-schema:shop.json", "json-schema:b/shop.json") == (
        0,
        ["Additions", "  source shop: the property “port” is new"],
        [],
    )


def test_a_source_with_errors_is_not_compared(command: Command) -> None:
    command.write("specs/shop.json", (command.folder / "shop.json").read_bytes())
    command.write("specs/x.json", "{")
    assert diff(command, "data", "json-schema:specs") == (
        2,
        [],
        [
            "sphinxext-stitch: specs/x.json:1:2: this is not JSON: expecting property name enclosed in double quotes",
            "sphinxext-stitch: “json-schema:specs” has 1 error; see above, or compare what is not faulty with --ignore-errors",
        ],
    )
    assert diff(command, "data", "json-schema:specs", "--ignore-errors") == (
        0,
        NOTHING,
        ["sphinxext-stitch: “json-schema:specs” has 1 error; what is faulty is not compared"],
    )


@pytest.mark.parametrize("options", [["--complete"], ["--kind", "source"]])
def test_options_of_sources_alone(command: Command, options: list[str]) -> None:
    assert command.run("diff", "data", "data", *options) == (
        2,
        [],
        [f"sphinxext-stitch: {options[0]} is for sources, as in “report-cards:cards.json”; neither name is one"],
    )


def test_usage_errors(command: Command) -> None:
    assert command.run("diff", "data", "json-schema:shop.json")[2] == [
        "sphinxext-stitch: json-schema does not say of which kind objects are; name it with --kind: “source” or “destination”"
    ]
    assert diff(command, "data", "json-schema:gone.json")[2] == [
        "sphinxext-stitch: “gone.json” cannot be used: No such file or directory"
    ]


#: What a reference says of one object, and what only some formats can say.
RICH = dedent("""\
    name: Shop
    type: shop
    deprecated: {since: 2030-01-01}
    properties:
      - {name: host, type: string, required: true, title: Host, description: A host., example: x}
      - {name: port, type: integer, minimum: 1, maximum: 9, unit: x, default: 5}
      - {name: mode, type: string, values: [a, b]}
      - {name: size, type: integer, applies_if: {mode: a}, required: true}
      - {name: size, type: string, applies_if: {mode: b}}
      - {name: late, type: string, required_if: {mode: a}}
      - {name: key, type: string, secret: true, supplied: true}
      - {name: seen, type: string, read_only: true}
      - {name: fixed, type: string, immutable: true, advanced: true, deprecated: {since: "1", use: host}}
      - {name: nest, type: object, nullable: true, properties: [{name: a, type: string}]}
      - {name: p, type: string}
      - {name: q, type: string}
    any_of: [[p], [q]]
    oauth: {properties: [{name: token, type: string}]}
    """)


def _card(name: str, schema: Any, word: str = "user_provided", **more: Any) -> dict[str, Any]:
    flags = {"is_required": False, "is_credential": False}
    return {"name": name, "property_type": word, "json_schema": schema, **flags, **more}


TEXT = {"type": "string"}

#: The same object as each format has it.
SAME: dict[str, tuple[str, Any]] = {
    "report-cards": (
        "cards.json",
        {
            "type": "shop",
            "steps": [
                {
                    "type": "form",
                    "properties": [
                        _card("host", None, is_required=True),
                        _card("port", {"type": "integer", "minimum": 1, "maximum": 9}),
                        _card("mode", {"type": "string", "enum": ["a", "b"]}),
                        _card("size", {"type": ["integer", "string"]}),
                        _card("late", TEXT),
                        _card("key", TEXT, "system_provided_by_default", is_credential=True),
                        _card("seen", TEXT, "read_only", is_required=True),
                        _card("fixed", TEXT, "user_provided_immutable"),
                        _card("nest", {"type": ["object", "null"], "properties": {"a": TEXT}}),
                        _card("p", TEXT),
                        _card("q", None),
                    ],
                },
                {"type": "oauth", "properties": [_card("token", TEXT)]},
            ],
        },
    ),
    "json-schema": (
        "shop.json",
        {
            "type": "object",
            "required": ["host"],
            "properties": {
                "host": TEXT,
                "port": {"type": "integer", "minimum": 1, "maximum": 9, "default": 5},
                "key": {"type": "string", "writeOnly": True},
                "seen": {"type": "string", "readOnly": True},
                "fixed": {"type": "string", "deprecated": True},
                "nest": {"type": ["object", "null"], "properties": {"a": TEXT}},
                "late": TEXT,
                "mode": {"type": "string"},
            },
            "oneOf": [
                {"properties": {"mode": {"const": "a"}, "size": {"type": "integer"}}, "required": ["size", "late"]},
                {"properties": {"mode": {"const": "b"}, "size": TEXT}},
            ],
            "allOf": [{"properties": {"p": TEXT, "q": TEXT}}, {"anyOf": [{"required": ["p"]}, {"required": ["q"]}]}],
        },
    ),
    "meltano-hub": (
        "shop.yml",
        {
            "name": "shop",
            "settings": [
                {"name": "host"},
                {"name": "port", "kind": "integer", "value": 5},
                {"name": "mode", "kind": "options", "options": [{"value": "a"}, {"value": "b"}]},
                {"name": "size"},
                {"name": "late"},
                {"name": "key", "kind": "password"},
                {"name": "seen"},
                {"name": "fixed"},
                {"name": "nest", "kind": "object"},
                {"name": "p"},
                {"name": "q"},
            ],
            "settings_group_validation": [["host", "p"], ["host", "q"]],
        },
    ),
}


@pytest.mark.parametrize("form", SAME)
def test_only_what_a_format_can_say_is_compared(command: Command, form: str) -> None:
    # A setting of Meltano has one type.
    text = RICH.replace("size, type: integer", "size, type: string") if form == "meltano-hub" else RICH
    command.write("data/sources/shop.yml", text)
    assert " 0 errors, " in command.run("check")[1][-1]
    name, content = SAME[form]
    command.write(name, json.dumps(content))
    code, lines, err = diff(command, "data", f"{form}:{name}")
    assert (code, lines, err) == (0, NOTHING, [])
    assert diff(command, f"{form}:{name}", "data") == (0, NOTHING, [])
