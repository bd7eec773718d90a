"""The command ``import``: what it writes and says, and what it does with sources that are broken or hostile."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from conftest import posix
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from profiles import settings
from strategies import mutated
from test_import_json_schema import KEYWORDS, SPECIFICATION
from test_import_meltano_hub import PLUGIN
from test_import_report_cards import CARD

from sphinxext_stitch.catalogue.composing.api import DEFAULT_API
from sphinxext_stitch.catalogue.composing.values import free_form
from sphinxext_stitch.catalogue.format.records import EntriesRecord, ObjectRecord, PropertyRecord
from sphinxext_stitch.catalogue.importing.composing import compose
from sphinxext_stitch.catalogue.importing.formats import FORMATS
from sphinxext_stitch.catalogue.importing.source import MAX_SIZE, MAX_VALUES, read_source
from sphinxext_stitch.catalogue.importing.texts import phrase, prose
from sphinxext_stitch.catalogue.importing.yaml_writer import ORDER, write
from sphinxext_stitch.catalogue.invisible import visible
from sphinxext_stitch.catalogue.limits import Limits
from sphinxext_stitch.catalogue.reading.yaml_reader import read

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Command, Data, Project

SCHEMA = {"type": "object", "properties": {"host": {"type": "string", "title": "Host"}, "port": {"type": "integer"}}}


@pytest.fixture(autouse=True)
def _catalogue(command: Command) -> None:
    command.write("data/api.yml", "name: Test\nsteps: {form: {title: Form}}\n")


def run(command: Command, *sources: str, form: str = "json-schema") -> tuple[int, list[str], list[str]]:
    return command.run("import", form, *sources, "--kind", "source")


def written(command: Command) -> list[str]:
    return sorted(str(file.relative_to(command.folder)) for file in command.folder.rglob("*.yml"))


# What it writes and says


def test_what_is_there_already_is_compared_and_not_written(command: Command) -> None:
    command.write("shop.json", json.dumps(SCHEMA))
    assert run(command, "shop.json")[1] == [
        "wrote data/sources/shop.yml",
        "1 written, 0 there already, 0 lost, 0 different, 0 errors",
    ]
    text = (command.folder / "data/sources/shop.yml").read_text(encoding="utf-8")
    assert run(command, "shop.json") == (0, ["0 written, 1 there already, 0 lost, 0 different, 0 errors"], [])
    changed = {**SCHEMA, "required": ["host"], "properties": {**SCHEMA["properties"], "port": {"type": "string"}}}
    command.write("shop.json", json.dumps(changed))
    assert run(command, "shop.json") == (
        1,
        [
            "source shop: differs: the property “host” is required now",
            "source shop: differs: the property “port” takes “string” now, not “integer”",
            "source shop: differs: the property “port” takes “string”, too",
            "0 written, 1 there already, 0 lost, 3 different, 0 errors",
        ],
        [],
    )
    assert (command.folder / "data/sources/shop.yml").read_text(encoding="utf-8") == text


def test_an_object_is_known_by_its_type_or_its_key(command: Command) -> None:
    command.write("data/sources/a/store.yml", "name: Store\ntype: shop\n")
    command.write("data/sources/bar.yml", "name: Bar\ntype: test.bar\n")
    command.write("shop.json", '{"type": "object"}')
    command.write("bar.json", '{"type": "object"}')
    assert run(command, "shop.json", "bar.json") == (
        1,
        [
            "source test.bar: differs: the type is “bar” now",
            "0 written, 2 there already, 0 lost, 1 different, 0 errors",
        ],
        [],
    )


def test_a_key_that_something_else_has(command: Command) -> None:
    command.write("data/sources/x.yml", "name: X\ntype: test.x\nconnections: [{key: shop, name: Shop}]\n")
    command.write("data/sources/BAR.yml", "broken")
    command.write("data/destinations/y.yml", "name: Y\ntype: lake\n")
    command.write("shop.json", '{"type": "object"}')
    command.write("bar.json", '{"type": "object"}')
    command.write("lake.json", '{"type": "object"}')
    assert run(command, "shop.json", "bar.json", "lake.json") == (
        1,
        [
            "shop.json:1:1: error: the key “source/shop” is that of the connection “source/shop”; nothing is written",
            "bar.json:1:1: error: the key “source/bar” is that of “data/sources/BAR.yml”; nothing is written",
            "lake.json:1:1: error: the type “lake” is that of the object “destination/y”; nothing is written",
            "0 written, 0 there already, 0 lost, 0 different, 3 errors",
        ],
        [],
    )


def test_a_folder_is_all_of_its_files(command: Command) -> None:
    command.write("specs/b.yaml", "type: object\n")
    command.write("specs/a/shop.json", '{"type": "object"}')
    command.write("specs/.hidden/x.json", "{")
    command.write("specs/readme.txt", "no source")
    assert run(command, "specs")[1][:-1] == ["wrote data/sources/shop.yml", "wrote data/sources/b.yml"]
    command.write("empty/readme.txt", "no source")
    assert run(command, "empty") == (
        2,
        [],
        ["sphinxext-stitch: there is no file in “empty” that ends in “.json”, “.yaml” or “.yml”"],
    )


@posix
def test_no_link_in_a_folder_is_followed(command: Command) -> None:
    """It could lead to any file of the machine."""
    command.write("specs/shop.json", '{"type": "object"}')
    (command.folder / "specs/link.json").symlink_to(command.write("outside.json", '{"type": "object"}'))
    assert run(command, "specs")[1][:-1] == ["wrote data/sources/shop.yml"]


def test_two_sources_of_one_object(command: Command) -> None:
    command.write("a/shop.json", '{"type": "object"}')
    command.write("b/Shop.json", '{"type": "object"}')
    assert run(command, "a", "b") == (
        1,
        [
            "b/Shop.json:1:1: error: the key or type of “source/Shop” is that of a/shop.json:1:1, which is used",
            "wrote data/sources/shop.yml",
            "1 written, 0 there already, 0 lost, 0 different, 1 error",
        ],
        [],
    )


def test_usage_errors(command: Command) -> None:
    command.write("shop.json", '{"type": "object"}')
    assert run(command, "gone.json") == (
        2,
        [],
        ["sphinxext-stitch: “gone.json” cannot be used: No such file or directory"],
    )
    assert command.run("import", "json-schema", "shop.json", "--kind", "sorce") == (
        2,
        [],
        ["sphinxext-stitch: there is no kind “sorce”; did you mean “source”?"],
    )
    assert command.run("import", "json-schema", "shop.json", "--kind", "source", "--path", "daat") == (
        2,
        [],
        ["sphinxext-stitch: there is no folder “daat”; name the folder of the catalogue, the one with api.yml in it"],
    )
    with pytest.raises(SystemExit, match="2"):
        run(command, "shop.json", form="json-schem")
    assert written(command) == ["data/api.yml"]


# Sources that are broken or hostile

UNREADABLE: dict[str, tuple[str, bytes, str]] = {
    "no JSON": ("shop.json", b'{\n "a": 1,,\n}', "shop.json:2:9: error: this is not JSON: expecting property name enclosed in double quotes"),
    "no UTF-8": ("shop.json", b'{"a": "\xff"}', "shop.json:1:1: error: the file is not UTF-8; save it in this encoding"),
    "half a character": ("shop.json", b'{"a": "\\ud800"}', "shop.json:1:1: error: a text has one half of a surrogate pair, which is no character"),
    "infinity": ("shop.json", b'{"a": Infinity}', "shop.json:1:1: error: this is not JSON: it has no “Infinity”"),
    "a huge number": ("shop.json", b'{"a": 1e999}', "shop.json:1:1: error: the number “1e999” is too large"),
    "many digits": ("shop.json", b'{"a": ' + b"9" * 5000 + b"}", "shop.json:1:1: error: a number has more than 100 digits"),
    "deep": ("shop.json", b"[" * 60 + b"]" * 60, "shop.json:1:51: error: nested deeper than 50 levels"),
    "deeper than Python goes": ("shop.json", b"[" * 200_000, "shop.json:1:1: error: nested deeper than 50 levels"),
    "huge": ("shop.json", b" " * (MAX_SIZE + 1), f"shop.json:1:1: error: the file has more than {MAX_SIZE:,} bytes, the most that a source has"),
    "huge YAML": ("shop.yaml", b" " * (MAX_SIZE + 1), f"shop.yaml:1:1: error: the file has more than {MAX_SIZE:,} bytes, the most that a source has"),
    "many values": ("shop.json", b"[" + b"1," * MAX_VALUES + b"1]", f"shop.json:1:{2 * MAX_VALUES}: error: the file has more than {MAX_VALUES:,} values"),
    "deep YAML": ("shop.yaml", b"[" * 60 + b"]" * 60, "shop.yaml:1:51: error: nested deeper than 50 levels"),
    "many values of YAML": ("shop.yaml", b"[" + b"1," * MAX_VALUES + b"1]", f"shop.yaml:1:{2 * MAX_VALUES}: error: more than {MAX_VALUES:,} keys and values"),
    "alias": ("shop.yaml", b"a: &a [x]\nb: *a\n", "shop.yaml:2:4: error: an alias; data files have none: write the text twice, or use a group"),
    "tag": ("shop.yaml", b"a: !!python/name:os.system x\n", "shop.yaml:1:4: error: a tag, “tag:yaml.org,2002:python/name:os.system”; data files have none"),
    "no mapping": ("shop.json", b"[]", "shop.json:1:1: error: this is neither a JSON Schema of objects nor a specification of Airbyte"),
    "no objects": ("shop.json", b'{"type": "string"}', "shop.json:1:1: error: this is neither a JSON Schema of objects nor a specification of Airbyte"),
    "no schema": ("shop.yaml", b"version: 1\nstreams: []\n", "shop.yaml:1:1: error: this is neither a JSON Schema of objects nor a specification of Airbyte"),
    "a key that no file has": ("a b.json", b'{"type": "object"}', "a b.json:1:1: error: the key “a b” has “ ” in it; it can have English letters, digits, “-”, “_” and “.”"),
}  # fmt: skip


@pytest.mark.parametrize("case", UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read(command: Command, case: tuple[str, bytes, str]) -> None:
    name, content, message = case
    command.write(name, content)
    assert run(command, name) == (1, [message, "0 written, 0 there already, 0 lost, 0 different, 1 error"], [])
    assert written(command) == ["data/api.yml"]


def test_what_is_twice_in_a_source(command: Command) -> None:
    command.write("shop.json", '{"type": "object",\n "type": "object"}')
    assert run(command, "shop.json")[:2] == (
        1,
        [
            "shop.json:2:2: error: the key “type” is defined twice; the last definition is used",
            "wrote data/sources/shop.yml",
            "1 written, 0 there already, 0 lost, 0 different, 1 error",
        ],
    )


def test_references_that_multiply(command: Command) -> None:
    levels = {
        f"x{n}": {"type": "object", "properties": {k: {"$ref": f"#/$defs/x{n + 1}"} for k in "abcd"}} for n in range(9)
    }
    command.write("shop.json", json.dumps({"$ref": "#/$defs/x0", "$defs": {**levels, "x9": {"type": "string"}}}))
    assert run(command, "shop.json") == (
        1,
        [
            "shop.json:1:1: error: with its references followed, the schema has more than 5,000 schemas in it",
            "0 written, 0 there already, 0 lost, 0 different, 1 error",
        ],
        [],
    )


@pytest.mark.parametrize("combine", [False, True], ids=["references", "combinations"])
def test_a_chain_of_references(command: Command, *, combine: bool) -> None:
    chain = {
        f"x{n}": {"allOf": [{"$ref": f"#/$defs/x{n + 1}"}]} if combine else {"$ref": f"#/$defs/x{n + 1}"}
        for n in range(1000)
    }
    command.write("shop.json", json.dumps({"$ref": "#/$defs/x0", "$defs": chain}))
    code, out, err = run(command, "shop.json")
    assert (code, err) == (0, [])
    assert "more than 40 references lead here; this one is not followed" in out[0]


def test_a_schema_that_is_deep_by_its_references(command: Command) -> None:
    def nested(depth: int) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "object", "properties": {"a": nested(depth - 1) if depth else {}}}}

    command.write("shop.json", json.dumps({"type": "object", "properties": {"a": nested(9)}}))
    code, out, _err = run(command, "shop.json")
    assert (code, [line.partition(": lost: ")[2] for line in out[:-2]]) == (
        0,
        ["nested deeper than 14 levels; what is below is left out"],
    )
    assert command.run("check")[0] == 0


def test_an_object_that_is_too_large_for_a_data_file(command: Command) -> None:
    properties = {f"p{number}": {"type": "string"} for number in range(2000)}
    command.write("shop.json", json.dumps({"type": "object", "properties": properties}))
    code, out, _err = run(command, "shop.json")
    assert (code, out[0]) == (
        1,
        "shop.json:1:1: error: “source/shop” cannot be a data file: more than 5,000 keys and values (stitch_max_values)",
    )
    assert written(command) == ["data/api.yml"]


def test_texts_that_are_too_long_for_a_data_file(command: Command) -> None:
    long = "x" * 20_000
    prop = {
        "type": "string",
        "title": long,
        "description": long * 5,
        "pattern": long,
        "default": long,
        "enum": [long, "x"],
    }
    command.write("shop.json", json.dumps({"type": "object", "properties": {"p": prop, long: {}}, "required": [f"{n}" for n in range(30)]}))  # fmt: skip
    code, out, _err = run(command, "shop.json")
    lost = [line.partition(": lost: ")[2] for line in out[:-2]]
    assert (code, lost[:4]) == (0, [f"a text of {n:,} characters; a text has at most 10,000" for n in (20_000, 100_000, 20_000)] + ["the default of “p” is not what the property takes, which is string"])  # fmt: skip
    assert (
        (command.folder / "data/sources/shop.yml")
        .read_text(encoding="utf-8")
        .endswith("  - name: p\n    type: string\n    values: [x]\n")
    )
    assert command.run("check")[0] == 0


def test_no_name_leads_out_of_the_catalogue(command: Command) -> None:
    command.write("shop.yml", "name: ../../x\n")
    assert run(command, "shop.yml", form="meltano-hub") == (
        1,
        [
            "shop.yml:1:1: error: the key “../../x” has “/” in it; it can have English letters, digits, “-”, “_” and “.”",
            "0 written, 0 there already, 0 lost, 0 different, 1 error",
        ],
        [],
    )


def test_two_names_that_would_have_one_anchor(command: Command) -> None:
    schema = {"type": "object", "properties": {"a": {"type": "object", "properties": {"b": {"type": "string"}}}, "a.b": {"type": "string"}}}  # fmt: skip
    command.write("shop.json", json.dumps(schema))
    code, out, _err = run(command, "shop.json")
    assert (code, out[0]) == (0, "shop.json:1:101: lost: “a.b” is also the dotted name of a nested one; it is left out")
    assert command.run("check")[0] == 0


def test_no_secret_is_written_or_said(command: Command) -> None:
    secrets = [
        {"type": "string", "airbyte_secret": True, "default": "hunter2", "examples": ["hunter2"], "enum": ["hunter2"]},
        {"type": "string", "format": "password", "default": "hunter2"},
        {"type": "object", "default": {"a": "hunter2"}, "properties": {"a": {"type": "string", "writeOnly": True}}},
        {"type": "object", "default": {"api_key": "hunter2"}},
        {"type": "integer", "writeOnly": True, "default": "hunter2"},
    ]
    properties = {f"p{number}": schema for number, schema in enumerate(secrets)}
    properties["db_password"] = {"type": "string", "default": "hunter2"}
    command.write("shop.json", json.dumps({"type": "object", "properties": properties}))
    code, out, err = run(command, "shop.json")
    assert (code, err) == (0, [])
    assert "hunter2" not in "\n".join(out)
    assert "hunter2" not in (command.folder / "data/sources/shop.yml").read_text(encoding="utf-8")
    assert [line.partition(": lost: ")[2] for line in out[:-2]] == [
        "the accepted values of a secret are not written",
        *["the default of a secret is not written", "the example of a secret is not written"],
        *["the default of a secret is not written"] * 5,
    ]


def test_what_is_imported_is_harmless_on_a_page(command: Command, pelican: Project) -> None:
    text = "<script>alert(1)</script> <img src=x onerror=alert(1)> {{ name }} [a](javascript:alert(1)) [b](doc:index)"
    schema = {"type": "object", "title": text, "description": text, "properties": {"../<b>x": {"type": "string", "description": text, "title": text, "default": text, "enum": [text]}}}  # fmt: skip
    command.write("shop.json", json.dumps(schema))
    assert (
        command.run("import", "json-schema", "shop.json", "--kind", "source", "--path", str(pelican.folder / "data"))[0]
        == 0
    )
    pelican.build("html")
    assert pelican.warnings == []
    page = "".join(file.read_text(encoding="utf-8") for file in (pelican.folder / "_build/html").rglob("*.html"))
    assert "alert(1)" in page
    for tag in ("<script>alert", "<img src=x", 'href="javascript', "<b>x"):
        assert tag not in page


# The writer

TEXTS = st.sampled_from(
    ["null", "~", "yes", "1", "1e5", "-.5", "0o7", "{{ name }}", "a: b", "- a", "# a", " a", "a ", "&a", "*a", "!a", "%a",
     "@a", "“a”", "a #b", "a\nb", "a\nb\n", " a\n b\n", "\n", "\t", "x " * 80, "x  y " * 40, "'", '"', "\\", "[", "{", "? a",
     "=", "<<", "2020-01-01", "TRUE", "---", "...", "a\n\n\n", "x" * 200, ""]
) | st.text(st.characters(exclude_categories=["Cs"])).map(lambda text: visible(text).replace("\x85", ""))  # fmt: skip
VALUES = st.recursive(
    TEXTS | st.integers(-(10**99), 10**99) | st.booleans() | st.none() | st.floats(-1e9, 1e9).map(lambda n: round(n, 3)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS.filter(lambda text: "\n" not in text), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip
PROPERTIES = st.lists(st.fixed_dictionaries({"name": TEXTS, "default": VALUES}, optional={"description": TEXTS}))
FILES = st.fixed_dictionaries(
    {"name": TEXTS, "properties": PROPERTIES}, optional={"one_of": VALUES, "oauth": st.fixed_dictionaries({"properties": PROPERTIES})}
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=FILES)
def test_what_is_written_is_read_as_it_was(tmp_path: Path, content: dict[str, Any]) -> None:
    file = tmp_path / "x.yml"
    file.write_text(write(content, ["oauth"]), encoding="utf-8", newline="\n")
    problems: list[Any] = []
    back = read(file, problems.append, Limits(text=10**6))
    assert problems == []
    assert back is not None
    expected = {name: value for name, value in content.items() if (name, value) != ("properties", [])}
    assert free_form(back.data) == expected
    assert write(content, ["oauth"]) == write(json.loads(json.dumps(content)), ["oauth"])


def test_the_writer_knows_the_order_of_all_fields() -> None:
    names = {
        *PropertyRecord.__dataclass_fields__,
        *EntriesRecord.__dataclass_fields__,
        *ObjectRecord.__dataclass_fields__,
    }
    not_imported = {"aliases", "attributes", "history", "connections", "variables", "groups", "omit", "steps"}
    assert set(ORDER) - {"key"} == names - not_imported


# Texts

MARKUP = st.lists(
    st.sampled_from(
        ["# ", "## ", "- ", "1. ", "> ", "***", "---", "===", "|a|b|", "|-|-|", "![a](b.png)", "[a](../b)", "[](x)", "[a](doc:b)",
         "[a](https://x.example)", "https://x.example/a_b?c=d", "<b>", "</b>", "<a href='x'>", "<a href='https://x.example'>",
         "</a>", "<br>", "<ul><li>", "</ul>", "<pre>", "</pre>", "<script>", "<!--", "&lt;", "&#x202e;", "<host>", "```", "```x",
         "~~~", "    ", "`", "*", "_", "{{ name }}", "{{{", "}}", "\\", "\n", "\n\n", " ", "word", ":ref:`a`", "[a]: b", "[a]",
         "\u202e", "\r\n", "\t", "<", "&"]
    ) | st.text(st.characters(exclude_categories=["Cs"]), max_size=3),
    max_size=12,
).map("".join)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=MARKUP)
def test_no_text_becomes_prose_that_has_errors(data: Data, text: str) -> None:
    """Nor does a title become one that has."""
    prop = {"name": "p", "type": "string", "description": prose(text).text, "title": phrase(text).text}
    content = {"name": "Made", "type": "made", "properties": [{name: value for name, value in prop.items() if value}]}
    data.write("data/sources/made.yml", write(content))
    data.load()
    assert data.problems == []


# Sources in which a few things are others

BASES = {"json-schema": SPECIFICATION, "report-cards": [CARD], "meltano-hub": yaml.safe_load(PLUGIN)}
KEYWORDS_OF_SCHEMAS = st.sampled_from([schema for schema, _fields, _losses in KEYWORDS.values()])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(form=st.sampled_from([*BASES]), draw=st.data())
def test_whatever_a_source_has_what_is_made_of_it_has_no_errors(data: Data, form: str, draw: st.DataObject) -> None:
    base = BASES[form]
    if form == "json-schema":
        schemas = draw.draw(st.lists(KEYWORDS_OF_SCHEMAS, max_size=3))
        base = (
            {"type": "object", "properties": {f"p{number}": schema for number, schema in enumerate(schemas)}}
            if schemas
            else base
        )
    content = draw.draw(mutated(st.just(base)))
    source = read_source(data.write("made.json", json.dumps(content)), lambda _problem: None)
    assert source is not None
    problems: list[Any] = []
    objects = FORMATS[form].read(source, "source", DEFAULT_API, problems.append)
    made = data.folder / "made"
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir()
    composed = compose(objects, made, DEFAULT_API, problems.append)
    assert len(composed.catalogue.objects) == len(composed.files)
    assert [
        problem
        for problem in composed.catalogue.problems
        if problem.place.path.endswith(".yml") and "api.yml" not in problem.place.path
    ] == []
