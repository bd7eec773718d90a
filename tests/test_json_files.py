"""Files beside the HTML pages: the catalogue, and the JSON Schema of each object, with a script for its form; and the command
that prints a schema.
"""

from __future__ import annotations

import errno
import json
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import CHECKOUT, Project
from jsonschema import Draft202012Validator

from sphinxext_stitch.catalogue.composing.examples import body
from sphinxext_stitch.catalogue.loading.loader import load
from sphinxext_stitch.catalogue.object_schema import object_schema
from sphinxext_stitch.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

API = """\
name: Test
steps: {form: {title: Properties}, oauth: {title: Sign-in}}
"""
SHOP = """\
name: Shop
type: test.shop
description: A shop.
properties:
  - {name: token, type: string, secret: true, required: true}
  - {name: host, type: string, default: example.com, deprecated: true, title: Host}
oauth: {description: Sign in., properties: [{name: code, type: string, read_only: true}]}
"""

CATALOGUES = [CHECKOUT / "data", *sorted((CHECKOUT / "docs/examples").glob("*/data"))]


@pytest.fixture
def shop(make_project: Callable[..., Project]) -> Project:
    """A project with one object."""
    return make_project(
        **{
            "conf.py": 'extensions = ["sphinxext_stitch"]\nstitch_data_path = "data"\n',
            "index.rst": "Shop\n====\n\n.. connection-property::\n",
            "data/api.yml": API,
            "data/sources/shop.yml": SHOP,
        }
    )


def written(project: Project) -> set[str]:
    """The files beside the pages, but for the index of the quick jump."""
    return {name for name in project.outputs() if name.startswith("_stitch/")} - {"_stitch/jump.js"}


SHOPS = {f"_stitch/source/shop.{step}.{suffix}" for step in ("form", "oauth") for suffix in ("json", "js")}
ALL = {"_stitch/catalogue.json", "_stitch/form-words.js", *SHOPS}


# ---------------------------------------------------------------- what they say


def test_schemas(shop: Project) -> None:
    shop.build()
    assert json.loads(shop.output("_stitch/source/shop.form.json")) == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Shop",
        "description": "A shop.",
        "type": "object",
        "properties": {
            "token": {"type": "string", "writeOnly": True},
            "host": {"title": "Host", "type": "string", "deprecated": True, "default": "example.com"},
        },
        "required": ["token"],
    }
    assert json.loads(shop.output("_stitch/source/shop.oauth.json")) == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Shop: Sign-in",
        "description": "Sign in.",
        "type": "object",
        "properties": {"code": {"type": "string", "readOnly": True}},
    }


@pytest.mark.parametrize("base", ["https://docs.example.com/ref", "https://docs.example.com/ref/"])
def test_they_have_an_id_where_the_address_of_the_pages_is_known(shop: Project, base: str) -> None:
    shop.build(html_baseurl=base)
    schema = json.loads(shop.output("_stitch/source/shop.oauth.json"))
    assert schema["$id"] == "https://docs.example.com/ref/_stitch/source/shop.oauth.json"


def test_the_commands_print_the_same(
    shop: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shop.build()
    monkeypatch.chdir(shop.folder)
    for name, file in {
        "test.shop": "source/shop.form", "source/shop": "source/shop.form", "test.shop.form": "source/shop.form",
        "shop.oauth": "source/shop.oauth",
    }.items():  # fmt: skip
        assert main(["schema", "object", name]) == 0
        assert capsys.readouterr().out == shop.output(f"_stitch/{file}.json")
    assert main(["export"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(shop.output("_stitch/catalogue.json"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["object", "test.shp"], "there is no object “test.shp”; did you mean “test.shop”?"),
        (["object", "test.shop.oaut"], "“test.shop” has no step “oaut”; did you mean “oauth”?"),
        (["api", "test.shop"], "TYPE can stand after “object” only; found “test.shop”"),
        (["object", "shop"], "“shop” is the key of more than one object; write “destination/shop” or “source/shop”"),
        (
            ["object", "test.shop", "--path", "nope"],
            "there is no folder “nope”; name the folder of the catalogue, the one with api.yml in it",
        ),
    ],
)
def test_objects_that_the_command_does_not_find(
    shop: Project,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    if arguments == ["object", "shop"]:
        shop.write("data/destinations/shop.yml", "name: Shop\ntype: test.shop.too\n")
    monkeypatch.chdir(shop.folder)
    assert main(["schema", *arguments]) == 2
    assert capsys.readouterr().err == f"sphinxext-stitch: {message}\n"


# ---------------------------------------------------------------- that they tell right from wrong


def schemas(folder: Path) -> Iterator[tuple[str, Draft202012Validator, list[Any]]]:
    """Each schema of a catalogue with its name and the examples."""
    catalogue = load(folder)
    for obj in catalogue.objects:
        for step in obj.steps:
            schema = object_schema(obj, step, catalogue.api)
            Draft202012Validator.check_schema(schema)
            examples = [body(step.properties, step.choices, minimal=minimal) for minimal in (True, False)]
            yield f"{obj.kind}/{obj.key}.{step.name}", Draft202012Validator(schema), examples


def wrong(schema: dict[str, Any], value: Any) -> Iterator[tuple[str, Any]]:
    """A value with one mistake against its schema, for each that the schema's own keywords describe, with its name."""
    accepted = schema.get("anyOf", [schema])
    types = {name for one in accepted for name in [one.get("type", ())] if isinstance(name, str)}
    types |= {name for one in accepted if isinstance(one.get("type"), list) for name in one["type"]}
    for type_name, other in {
        "string": "text", "integer": 7, "number": 1.5, "boolean": True, "array": [], "object": {}, "null": None,
    }.items():  # fmt: skip
        if types and type_name not in types and not (type_name == "integer" and "number" in types):
            yield f"is {type_name}", other
    if "enum" in schema:
        yield "is no accepted value", "none of these" if "string" in types else 987654321
    if isinstance(value, dict):
        for name in schema.get("required", ()):
            yield f"lacks {name}", {key: member for key, member in value.items() if key != name}
        for name, member in value.items():
            below = schema.get("properties", {}).get(name, schema.get("additionalProperties", {}))
            for what, other in wrong(below, member):
                yield f"{name} {what}", {**value, name: other}
    if isinstance(value, list) and value and "items" in schema:
        for what, other in wrong(schema["items"], value[0]):
            yield f"an item {what}", [other, *value[1:]]
    yield from wrong_sets(schema, value)


def wrong_sets(schema: dict[str, Any], value: Any) -> Iterator[tuple[str, Any]]:
    """A value with the members of two sets of a choice at once, or of none."""
    for rule in schema.get("allOf", ()):
        sets = rule.get("oneOf") or rule.get("anyOf") or []
        names = [one["required"] for one in sets if "required" in one and "properties" not in one]
        if len(names) < len(sets) or not names:
            continue
        every = {name for one in names for name in one}
        yield f"has none of {sorted(every)}", {key: member for key, member in value.items() if key not in every}
        if "oneOf" in rule:
            # What the other sets need is not known here; any value shows that they are there.
            full = deepcopy(value)
            for name in every:
                full.setdefault(name, _any_of(schema["properties"][name]))
            yield f"has all of {sorted(every)}", full


def _any_of(schema: dict[str, Any]) -> Any:
    types = schema.get("type", "string")
    first = types if isinstance(types, str) else types[0]
    values = {"string": "x", "integer": 1, "number": 1, "boolean": True, "array": [], "object": {}}
    return schema.get("enum", schema.get("examples", [values[first]]))[0]


@pytest.mark.parametrize("folder", CATALOGUES, ids=lambda folder: folder.parent.name)
def test_they_accept_examples_and_refuse_what_has_a_mistake(folder: Path) -> None:
    accepted, refused = [], []
    for name, validator, examples in schemas(folder):
        for example in examples:
            accepted += [f"{name}: {error.message}" for error in validator.iter_errors(example)]
            refused += [
                f"{name}: {what}" for what, other in wrong(validator.schema, example) if validator.is_valid(other)
            ]
    assert (accepted, refused) == ([], [])


# ---------------------------------------------------------------- when they are written


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml"])
def test_builders_with_them(shop: Project, builder: str) -> None:
    shop.build(builder)
    assert written(shop) == ALL


@pytest.mark.parametrize("builder", ["epub", "text", "latex", "gettext"])
def test_builders_without_them(shop: Project, builder: str) -> None:
    shop.build(builder, copyright="T", version="1")
    assert shop.warnings == []
    assert written(shop) == set()


def test_not_if_no_page_shows_the_catalogue(shop: Project) -> None:
    shop.write("index.rst", "Shop\n====\n")
    shop.build()
    assert written(shop) == set()


def test_not_if_the_project_does_not_want_them(shop: Project) -> None:
    shop.build()
    shop.build(stitch_json=False)
    assert written(shop) == set()
    assert '"anchors"' not in shop.output("index.html")


def times(project: Project) -> dict[str, int]:
    """When each file was written, in nanoseconds."""
    assert project.app is not None
    return {name: (project.app.outdir / name).stat().st_mtime_ns for name in written(project)}


def test_only_what_changed_is_written_again(shop: Project) -> None:
    shop.write("data/sources/store.yml", SHOP.replace("shop", "store"))
    shop.build()
    before = times(shop)
    shop.build()
    assert times(shop) == before
    shop.write("data/sources/store.yml", SHOP.replace("shop", "store").replace("A store", "A big store"))
    shop.build()
    assert {name for name, time in times(shop).items() if time != before[name]} == {
        "_stitch/catalogue.json", *(name.replace("shop", "store") for name in SHOPS),
    }  # fmt: skip


def test_the_scripts_of_forms_have_the_words_of_the_language(shop: Project) -> None:
    shop.build()
    before = shop.output("_stitch/form-words.js")
    shop.build(language="de")
    assert '"more":"More"' in before
    assert '"default":"Vorgabe: %(value)s"' in shop.output("_stitch/form-words.js")


def test_the_script_of_a_form_has_the_schema_and_what_it_does_not_say(shop: Project) -> None:
    shop.write(
        "data/sources/shop.yml",
        """\
name: Shop
type: test.shop
one_of: {Token: [token], Login: [user, secrets.password]}
properties:
  - {name: token, type: string, internal: true}
  - {name: user, type: string}
  - {name: __proto__, type: string, internal: true}
  - {name: mode, type: string}
  - {name: host, type: string, applies_if: {mode: far}}
  - name: secrets
    type: object
    properties: [{name: password, type: string, internal: true}, {name: note, type: string, internal: true}]
""",
    )
    shop.build()
    start, _equals, text = shop.output("_stitch/source/shop.form.js").partition(" = ")
    assert start == 'globalThis.stitchForms["source/shop.form"]'
    data = json.loads(json.loads(text.removesuffix(";\n")))
    published = json.loads(shop.output("_stitch/source/shop.form.json"))
    assert data["schema"] == published
    assert data["hints"] == {
        "fields": {
            "token": [{}],
            "user": [{}],
            "__proto__": [{"internal": True}],
            "mode": [{}],
            "host": [{"if": {"properties": {"mode": {"enum": ["far"]}}, "required": ["mode"]}}],
            "secrets": [{"fields": {"password": [{}], "note": [{"internal": True}]}}],
        },
        "choices": [["Token", "Login"]],
    }


def test_what_is_gone_is_removed(shop: Project) -> None:
    shop.write("data/destinations/lake.yml", "name: Lake\ntype: test.lake\n")
    shop.build()
    assert "_stitch/destination/lake.form.json" in written(shop)
    (shop.folder / "data/destinations/lake.yml").unlink()
    shop.build()
    assert written(shop) == ALL
    assert not (shop.app.outdir / "_stitch/destination").exists()


def test_a_file_that_is_missing_is_written_again(shop: Project) -> None:
    shop.build()
    (shop.app.outdir / "_stitch/source/shop.form.json").unlink()
    shop.build()
    assert written(shop) == ALL


def test_after_a_build_that_was_killed(shop: Project) -> None:
    shop.build()
    before = shop.output("_stitch/source/shop.form.json")
    shop.write("data/sources/shop.yml", SHOP.replace("A shop", "A store"))
    shop.build_until("build-finished")
    shop.write("data/sources/shop.yml", SHOP)
    shop.build()
    assert shop.output("_stitch/source/shop.form.json") == before


def test_a_file_that_could_not_be_written(shop: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is written as soon as it can be, although a part of it may be there."""
    name = "_stitch/source/shop.form.json"
    shop.build()
    shop.write("data/sources/shop.yml", SHOP.replace("A shop", "A store"))
    write_text = Path.write_text

    def refuse(path: Path, text: str, **options: str) -> int:
        if path.match(name):
            raise OSError(errno.ENOSPC, "No space left on device")
        return write_text(path, text, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", refuse)
        shop.build()
    assert [line.partition("WARNING: ")[2] for line in shop.warnings] == [
        "the file cannot be written: No space left on device [stitch.page]"
    ]
    shop.build()
    assert shop.warnings == []
    assert "A store" in shop.output(name)


def test_a_folder_that_cannot_be_written(shop: Project) -> None:
    shop.start(stitch_jump="none")
    (shop.app.outdir / "_stitch").write_text("in the way", encoding="utf-8")
    shop.app.build()
    reasons = {line.partition("WARNING: ")[2] for line in shop.warnings}
    assert len(shop.warnings) == len(ALL)
    assert reasons <= {
        f"the file cannot be written: {reason} [stitch.page]" for reason in ("File exists", "Not a directory")
    }
