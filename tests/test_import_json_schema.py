"""``import json-schema``: what becomes of each keyword, and what is lost, of schemas as they are and of Airbyte's."""

from __future__ import annotations

import json
import re
import shutil
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest
from conftest import CHECKOUT

from sphinxext_stitch.catalogue.loading.loader import load
from sphinxext_stitch.catalogue.object_schema import step_schema

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from conftest import Command

    from sphinxext_stitch.catalogue.model import Catalogue, Property

API = "name: Test\nsteps: {form: {title: Form}, oauth: {title: Consent}}\n"


@pytest.fixture(autouse=True)
def _catalogue(command: Command) -> None:
    command.write("data/api.yml", API)


def imported(command: Command, schema: dict[str, Any], *, name: str = "shop.json") -> tuple[str, list[str]]:
    """The data file that a schema is made into, and what is lost; the file has no errors."""
    command.write(name, json.dumps(schema))
    code, out, err = command.run("import", "json-schema", name, "--kind", "source")
    assert (code, err) == (0, []), out
    *losses, wrote, _summary = out
    file = command.folder / wrote.removeprefix("wrote ")
    code, out, _err = command.run("check")
    assert code == 0, out
    return file.read_text(encoding="utf-8"), [loss.partition(": lost: ")[2] for loss in losses]


def of(properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, **more}


SPECIFICATION = {
    "documentationUrl": "https://example.com/shop",
    "supportsIncremental": True,
    "connectionSpecification": {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Shop Source Spec",
        "description": 'Reads orders; see <a href="https://example.com/x">how</a>.',
        "type": "object",
        "required": ["host", "credentials"],
        "additionalProperties": True,
        "properties": {
            "last": {"type": "string", "order": 9, "airbyte_hidden": True},
            "credentials": {
                "type": "object",
                "title": "Sign in",
                "order": 2,
                "oneOf": [
                    {
                        "title": "API key",
                        "order": 1,
                        "description": "A key of a user.",
                        "required": ["auth", "api_key"],
                        "properties": {
                            "auth": {"type": "string", "const": "key", "default": "key", "order": 0},
                            "api_key": {"type": "string", "airbyte_secret": True},
                            "region": {"type": "string"},
                        },
                    },
                    {
                        "title": "OAuth",
                        "order": 0,
                        "required": ["auth"],
                        "properties": {
                            "auth": {"type": "string", "const": "oauth"},
                            "scopes": {"type": "array", "items": {"type": "string", "enum": ["read", "write"]}},
                            "region": {"type": "string"},
                        },
                    },
                    {"title": "None", "required": ["auth"], "properties": {"auth": {"const": "none"}}},
                ],
            },
            "host": {"type": "string", "title": "Host", "order": 0, "format": "hostname", "examples": ["shop.example.com"]},
            "code": {"type": "string", "order": 3, "pattern": "^[A-Z]+$", "pattern_descriptor": "capital letters", "examples": ["A"]},
            "retry": {"$ref": "#/definitions/retry"},
        },
        "definitions": {"retry": {"type": "object", "required": ["times"], "properties": {"times": {"type": "integer"}}}},
    },
}  # fmt: skip


def test_a_specification_of_airbyte_arrives_with_cases_order_and_forms(command: Command) -> None:
    text, losses = imported(command, SPECIFICATION)
    assert losses == ["the data format has no place for “supportsIncremental” of a specification"]
    assert text == dedent("""\
        name: Shop
        type: shop
        docs: https://example.com/shop
        description: Reads orders; see [how](https://example.com/x).

        properties:
          - name: host
            type: string
            title: Host
            required: true
            format: hostname
            example: shop.example.com

          - name: credentials
            type: object
            title: Sign in
            required: true
            properties:
              - name: auth
                type: string
                required: true
                values: {oauth: OAuth, key: "API key: A key of a user.", none: None}
              - name: scopes
                type: array
                applies_if: {auth: oauth}
                items: {type: string, values: [read, write]}
              - name: region
                type: string
                applies_if: {auth: [oauth, key]}
              - name: api_key
                type: string
                required: true
                applies_if: {auth: key}
                secret: true

          - name: code
            type: string
            pattern: ^[A-Z]+$
            pattern_description: capital letters
            example: A

          - name: last
            type: string
            internal: true

          - name: retry
            type: object
            properties:
              - {name: times, type: integer, required: true}
        """)


#: The schema of one property, its fields in the data file, and what is lost.
KEYWORDS: dict[str, tuple[Any, list[str], list[str]]] = {
    "types": (
        {"type": ["string", "integer", "null"]},
        ["type: [integer, string]", "nullable: true"],
        [],
    ),
    "any type": (True, ["type: [boolean, number, object, array, string]", "nullable: true"], []),
    "bounds": (
        {"type": "integer", "minimum": 1, "maximum": 9, "exclusiveMaximum": 9.0, "multipleOf": 2},
        ["type: integer", "minimum: 1", "maximum: 9", "exclusive_maximum: 9", "multiple_of: 2"],
        [],
    ),
    "bounds of draft 4": (
        {"type": "number", "minimum": 0, "exclusiveMinimum": True, "maximum": 1, "exclusiveMaximum": False},
        ["type: number", "maximum: 1", "exclusive_minimum: 0"],
        [],
    ),
    "lengths": ({"type": "string", "minLength": 1, "maxLength": 3}, ["type: string", "min_length: 1", "max_length: 3"], []),
    "items": (
        {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 1, "maxItems": 2, "uniqueItems": True},
        ["type: array", "items: {type: integer, minimum: 0}", "min_items: 1", "max_items: 2", "unique_items: true"],
        [],
    ),
    "entries": (
        {"type": "object", "additionalProperties": {"type": "string", "maxLength": 5}},
        ["type: object", "entries: {type: string, max_length: 5}"],
        [],
    ),
    "enum": ({"enum": ["a", "no", 1, None]}, ["type: [integer, string]", "nullable: true", 'values: [a, "no", 1]'], []),
    "const": ({"const": "a"}, ["type: string", "values: [a]"], []),
    "values with titles": (
        {"oneOf": [{"const": 1, "title": "One"}, {"const": 2, "description": "Two."}]},
        ["type: integer", 'values: {"1": One, "2": Two.}'],
        [],
    ),
    "null beside another": ({"anyOf": [{"type": "string"}, {"type": "null"}]}, ["type: string", "nullable: true"], []),
    "alternatives of two types": (
        {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": "^x"}], "examples": ["x"]},
        ["type: [integer, string]", "pattern: ^x", "minimum: 1", "example: x"],
        [],
    ),
    "alternatives of one type": (
        {"type": "string", "anyOf": [{"format": "hostname"}, {"format": "ipv4"}]},
        ["type: string"],
        ["the alternatives of “anyOf” are not told apart; “format” of them cannot be said"],
    ),
    "flags": (
        {"type": "string", "readOnly": True, "deprecated": True},
        ["type: string", "read_only: true", "deprecated: true"],
        [],
    ),
    "default": ({"type": "integer", "default": 5}, ["type: integer", "default: 5"], []),
    "default of another type": (
        {"type": "integer", "default": "5"},
        ["type: integer"],
        ["the default of “p” is not what the property takes, which is integer"],
    ),
    "default that is refused": (
        {"type": "integer", "minimum": 7, "default": 5},
        ["type: integer", "minimum: 7"],
        ["the default of “p” is less than 7; found “5”; it is left out"],
    ),
    "default with braces": ({"type": "string", "default": "{{{x}}}"}, ["type: string", r"default: '{\{{x}}}'"], []),
    "free-form default": (
        {"type": "object", "default": {"a": "1", "b": [1.5, True, None]}},
        ["type: object", 'default: {a: "1", b: [1.5, true, null]}'],
        [],
    ),
    "default of a secret": (
        {"type": "string", "writeOnly": True, "default": "hunter2"},
        ["type: string", "secret: true"],
        ["the default of a secret is not written"],
    ),
    "default with a secret in it": (
        {"type": "object", "default": {"db": [{"password": "hunter2"}]}},
        ["type: object"],
        ["the default of a secret is not written"],
    ),
    "secret items": (
        {"type": "array", "items": {"type": "string", "airbyte_secret": True}, "default": ["hunter2"]},
        ["type: array", "secret: true", "items: string"],
        ["the default of a secret is not written"],
    ),
    "several examples": (
        {"type": "string", "examples": ["a", "b"]},
        ["type: string", "example: a"],
        ["a property has one example; the first is kept"],
    ),
    "html": (
        {"type": "string", "description": "A <b>text</b> with <code>code</code> &amp; <a href='https://x.example'>more</a>.<br>End."},
        ["type: string", "description: |", "  A **text** with `code` & [more](https://x.example).", "", "  End."],
        [],
    ),
    "html with escaped quotes": (
        {"type": "string", "description": 'See <a href=\\"https://x.example\\">more</a>.'},
        ["type: string", "description: See [more](https://x.example)."],
        [],
    ),
    "html that Markdown has not": (
        {"type": "string", "description": "<script>alert(1)</script> for <host>"},
        ["type: string", "description: alert(1) for <host>"],
        ["the HTML “<script>” is left out"],
    ),
    "html in a title": (
        {"type": "string", "title": "A <b>bold</b> &amp; loud <title>"},
        ["type: string", "title: A bold & loud <title>"],
        ["the HTML in a text without markup is left out"],
    ),
    "keywords that are something else": (
        {"type": 1, "title": ["x"], "enum": "a", "required": {}, "properties": [], "oneOf": 1, "$ref": 5, "minimum": "1"},
        ["type: [boolean, number, object, array, string]", "nullable: true"],
        [
            "“$ref” is not a text",
            "“enum” is not a list of values",
            "“minimum” is not a number that the data format has",
            "“oneOf” is not a list of schemas",
            "“properties” is not a mapping of schemas",
            "“required” is not a list of names",
            "“title” is not a text",
            "“type” is not the name of a type, or a list of names",
        ],
    ),
    "both kinds of alternatives": (
        of({name: {"type": "string"} for name in "abcd"}, oneOf=[{"required": ["a"]}, {"required": ["b"]}], anyOf=[{"required": ["c"]}, {"required": ["d"]}]),
        ["type: object", "properties:", *[f"  - {{name: {name}, type: string}}" for name in "abcd"], "one_of: [[a], [b]]", "any_of: [[c], [d]]"],
        [],
    ),
    "a choice that refuses all else": (
        of(
            {name: {"type": "string"} for name in "abc"},
            oneOf=[
                {"required": ["a"], "allOf": [{"not": {"required": ["b"]}}, {"not": {"required": ["c"]}}]},
                {"required": ["b", "c"], "allOf": [{"not": {"required": ["a"]}}]},
            ],
        ),
        ["type: object", "properties:", *[f"  - {{name: {name}, type: string}}" for name in "abc"], "one_of: [[a], [b, c]]"],
        [],
    ),
    "a choice of several names": (
        of({name: {"type": "string"} for name in "abc"}, oneOf=[{"required": ["a"]}, {"required": ["b", "c"]}]),
        ["type: object", "properties:", *[f"  - {{name: {name}, type: string}}" for name in "abc"]],
        ["a choice that the data format cannot say: several sets can be sent in part"],
    ),
    "markup": (
        {"type": "string", "description": "# Head\n\n[a](../b) {{ name }}"},
        ["type: string", "description: |", "  **Head**", "", r"  a \{{ name }}"],
        ["a heading becomes bold text", "a link to “../b”, which is not a web address; its text is kept"],
    ),
    "invisible character": (
        {"type": "string", "title": "A\u202eB\u0000"},
        ["type: string"],
        ["“title” is not a text of one line"],
    ),
    "unknown type": (
        {"type": "text"},
        ["type: [boolean, number, object, array, string]"],
        ["“text” is not a type of JSON Schema; did you mean “string”?"],
    ),
    "unknown keywords": (
        {"type": "string", "not": {"const": "x"}, "maxlength": 5},
        ["type: string"],
        [
            "the data format has no place for “maxlength”; did you mean “maxLength” or “minLength”?",
            "the data format has no place for “not”",
        ],
    ),
    "a keyword of another type": (
        {"type": "string", "minimum": 1},
        ["type: string"],
        ["“minimum” of property “p” has no effect: only the type “integer” or “number” has it; it is left out"],
    ),
    "closed object": (
        of({"a": {"type": "string"}}, additionalProperties=False),
        ["type: object", "properties:", "  - {name: a, type: string}"],
        ["other members than these are not refused"],
    ),
    "choice": (
        of({"a": {"type": "string"}, "b": {"type": "string"}}, oneOf=[{"required": ["a"]}, {"required": ["b"]}]),
        ["type: object", "properties:", "  - {name: a, type: string}", "  - {name: b, type: string}", "one_of: [[a], [b]]"],
        [],
    ),
    "choice with labels": (
        of({"a": {"type": "string"}, "b": {"type": "string"}}, anyOf=[{"title": "A", "required": ["a"]}, {"title": "B", "required": ["b", "a"]}]),
        ["type: object", "properties:", "  - {name: a, type: string}", "  - {name: b, type: string}", "any_of: {A: [a], B: [b, a]}"],
        [],
    ),
    "rule": (
        of(
            {"a": {"type": "boolean"}, "b": {"type": "string"}},
            allOf=[{"if": {"properties": {"a": {"const": True}}, "required": ["a"]}, "then": {"required": ["b"]}}, {"if": {}, "then": False}],
        ),
        ["type: object", "properties:", "  - {name: a, type: boolean}", "  - {name: b, type: string, required_if: {a: true}}"],
        ["a rule that the data format cannot say"],
    ),
    "parts": (
        {"allOf": [of({"a": {"type": "string"}}), {"required": ["a"], "title": "T"}, {"title": "U"}]},
        ["type: object", "title: T", "properties:", "  - {name: a, type: string, required: true}"],
        ["“title” of this part of “allOf” differs from that of another one"],
    ),
    "alternatives that nothing tells apart": (
        {"type": "object", "oneOf": [of({"a": {"type": "string"}}, required=["a"]), of({"b": {"type": "string"}})]},
        ["type: object", "properties:", "  - {name: a, type: string}", "  - {name: b, type: string}"],
        ["no member with one value in each tells these alternatives apart; their members are optional"],
    ),
    "a required member that is not there": (
        of({"name": {"type": "string"}}, required=["nmae"]),
        ["type: object", "properties:", "  - {name: name, type: string}"],
        ["“nmae” is required and not among the properties; did you mean “name”?"],
    ),
    "names": (
        of({"a b": {}, "": {}, "*": {}, "x\u0000": {}, "../x": {"type": "string"}}),
        ["type: object", "properties:", "  - {name: ../x, type: string}"],
        [
            "a name that has an invisible character in it; the property is left out",
            "a name that is empty or has a space in it; the property is left out",
            "a name that is empty or has a space in it; the property is left out",
            "a name that stands for members with free names; the property is left out",
        ],
    ),
    "remote reference": (
        {"$ref": "https://example.com/x.json", "type": "string"},
        ["type: string"],
        ["the reference “https://example.com/x.json” leads out of the file; it is not followed"],
    ),
    "reference that leads nowhere": (
        {"$ref": "#/definitions/x", "type": "string"},
        ["type: string"],
        ["the reference “#/definitions/x” leads nowhere"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", KEYWORDS.values(), ids=KEYWORDS)
def test_each_keyword(command: Command, case: tuple[Any, list[str], list[str]]) -> None:
    schema, fields, losses = case
    text, lost = imported(command, of({"p": schema}))
    assert text.splitlines()[4:] == ["    " + field if field else "" for field in fields]
    assert sorted(lost) == sorted(losses)


def test_a_reference_to_itself_is_followed_once(command: Command) -> None:
    tree = of({"left": {"$ref": "#/$defs/tree"}, "name": {"type": "string"}})
    text, losses = imported(command, of({"tree": {"$ref": "#/$defs/tree"}}, **{"$defs": {"tree": tree}}))
    assert losses == ["the reference “#/$defs/tree” leads to itself; what is below it is left out"]
    assert text.splitlines()[2:] == [
        "properties:",
        "  - name: tree",
        "    type: object",
        "    properties:",
        "      - {name: left, type: object}",
        "      - {name: name, type: string}",
    ]


def test_the_root_can_have_cases_and_choices(command: Command) -> None:
    schema = of(
        {"kind": {"type": "string", "description": "What it is."}, "x": {"type": "string"}},
        oneOf=[
            {"properties": {"kind": {"const": "a"}, "size": {"type": "integer"}}, "required": ["kind", "x"]},
            {"properties": {"kind": {"const": "b"}, "size": {"type": "string"}}, "required": ["kind"]},
        ],
    )
    text, losses = imported(command, schema)
    assert losses == []
    assert (
        text.splitlines()[2:]
        == dedent("""\

        properties:
          - name: kind
            type: string
            required: true
            values: [a, b]
            description: What it is.

          - name: x
            type: string
            required_if: {kind: a}

          - name: size
            type: integer
            applies_if: {kind: a}

          - name: size
            type: string
            applies_if: {kind: b}
        """).splitlines()
    )


@pytest.mark.parametrize(
    ("path", "key"),
    [("shop.json", "shop"), ("source-shop/spec.json", "source-shop"), ("shop.schema.json", "shop")],
)
def test_the_file_or_its_folder_names_the_object(command: Command, path: str, key: str) -> None:
    text, _losses = imported(command, of({}), name=path)
    assert f"type: {key}\n" in text
    assert (command.folder / f"data/sources/{key}.yml").exists()


def test_yaml_is_read_too(command: Command) -> None:
    command.write(
        "shop.yaml",
        "type: object\nproperties:\n  on: {type: boolean, default: true}\n  n: {type: string, default: 'no'}\n",
    )
    assert command.run("import", "json-schema", "shop.yaml", "--kind", "source")[0] == 0
    text = (command.folder / "data/sources/shop.yml").read_text(encoding="utf-8")
    assert "default: true" in text
    assert 'default: "no"' in text


def _has_cases(properties: Iterable[Property]) -> bool:
    return any(prop.applies_if or _has_cases(prop.properties) for prop in properties)


def _internal(catalogue: Catalogue) -> list[str]:
    """The names of properties that are required, and that no client sends."""
    properties = (prop for obj in catalogue.objects for step in obj.steps for prop in step.properties)
    return sorted({prop.name for prop in properties if prop.required and prop.required_where is None}) or ["-"]


@pytest.mark.parametrize("folder", [CHECKOUT / "data", *sorted((CHECKOUT / "docs/examples").glob("*/data"))], ids=lambda folder: folder.parent.name)  # fmt: skip
def test_what_is_exported_is_imported_as_it_was(command: Command, folder: Path) -> None:
    """But for cases, of which a schema of this project does not say that members have no effect in others.

    Nor does it say that members are required which no client sends.
    """
    shutil.copy(folder / "api.yml", command.folder / "data/api.yml")
    catalogue = load(folder)
    for obj in catalogue.objects:
        if not _has_cases(obj.steps[0].properties):
            command.write(f"schemas/{obj.kind}/{obj.key}.json", json.dumps(step_schema(obj.steps[0], obj.name)))
    for kind in catalogue.api.kind_names:
        if (command.folder / "schemas" / kind).exists():
            _code, lines, err = command.run(
                "diff", str(folder), f"json-schema:schemas/{kind}", "--kind", kind, "--exit-zero"
            )
            # A schema does not say the type.
            unsaid = re.compile(
                "^Additions$|: the type is “.*” now$|"
                + "|".join(f"the property “{re.escape(name)}” is optional now$" for name in _internal(catalogue))
            )
            assert ([line for line in lines[1:] if not unsaid.search(line.strip())], err) == ([], [])
