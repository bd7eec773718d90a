"""The form on pages and the command ``validate`` say the same of what a client would send, in the same words."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from conftest import CHECKOUT, Data, node
from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st
from profiles import settings
from test_json_files import CATALOGUES, wrong
from test_object_schema import NAMES, choices, properties
from test_validate import SHOP, VALUES

from sphinxext_stitch.catalogue.composing.examples import body
from sphinxext_stitch.catalogue.formats import FORMATS
from sphinxext_stitch.catalogue.loading.loader import load
from sphinxext_stitch.catalogue.object_schema import step_schema
from sphinxext_stitch.catalogue.validating.payloads import faults
from sphinxext_stitch.html.form_files import words_script

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STATIC = CHECKOUT / "sphinxext_stitch/html/static"

#: Reads lines with a schema, as a text, and a payload; answers each with a line.
PROGRAM = """
const { readFileSync } = require("node:fs");
const { runInThisContext } = require("node:vm");
globalThis.stitchForms = {};
for (const file of process.argv.slice(2)) runInThisContext(readFileSync(file, "utf8"), file);
const checker = stitchForms.checker(stitchJsonSchema, stitchForms.words);
require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const { schema, payload } = JSON.parse(line);
  console.log(JSON.stringify(checker.faults(checker.parse(schema), payload)));
});
"""


class Form:
    """The rules of the form, in Node.js."""

    def __init__(self, folder: Path) -> None:
        program, words = folder / "program.cjs", folder / "words.js"
        program.write_text(PROGRAM, encoding="utf-8")
        words.write_text(words_script(), encoding="utf-8")
        scripts = [STATIC / f"sphinxext-stitch-{name}.js" for name in ("json-schema", "check")]
        self.process = subprocess.Popen(
            [node(), program, *scripts, words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def faults(self, schema: dict[str, Any], payload: Any) -> list[tuple[str, str, bool]]:
        """What the form says of a payload: the path, the message, and whether it is an error."""
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin
        assert stdout
        print(json.dumps({"schema": json.dumps(schema), "payload": payload}), file=stdin, flush=True)
        return [(fault["path"], fault["message"], not fault["isNote"]) for fault in json.loads(stdout.readline())]


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Form]:
    made = Form(tmp_path_factory.mktemp("form"))
    yield made
    made.process.communicate()


def said(schema: dict[str, Any], payload: Any) -> list[tuple[str, str, bool]]:
    """What the command says."""
    return [tuple(fault) for fault in faults(schema, payload)]


@pytest.mark.parametrize("folder", CATALOGUES, ids=lambda folder: folder.parent.name)
def test_examples_and_what_has_a_mistake(form: Form, folder: Path) -> None:
    catalogue = load(folder)
    for obj in catalogue.objects:
        for step in obj.steps:
            schema = step_schema(step, obj.name)
            for minimal in (True, False):
                example = body(step.properties, step.choices, minimal=minimal)
                assert form.faults(schema, example) == said(schema, example), obj.key
                for what, payload in wrong(schema, example):
                    assert form.faults(schema, payload) == said(schema, payload) != [], (obj.key, what)


TYPED = VALUES | st.sampled_from(
    [
        "a b",
        "fats",
        "true",
        "7",
        "x" * 70,
        "é",
        70000,
        0.3,
        2.5,
        [],
        ["a", "a"],
        ["abcd"],
        {"a": 1},
        {"ssl": True},
        {"X/~%é <#25>": 1},
        {"__proto__": 1},
        {"": 1},
    ]
)
SETTINGS = ("password", "code", "kind", "size", "ssl", "pasword")
TOP = (
    "token", "user", "mode", "host", "cert", "key", "note", "port", "rate", "ssl", "id", "tags", "headers", "maybe",
    "reports", "hots", "properties",
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    payload=st.dictionaries(st.sampled_from(TOP), TYPED, max_size=6),
    nested=st.none() | st.dictionaries(st.sampled_from(SETTINGS), TYPED | st.sampled_from(["a", "b", 3]), max_size=4),
    reports=st.none() | st.lists(st.dictionaries(st.sampled_from(["days", "number"]), TYPED), max_size=2),
)
@example(payload={"ssl": "true"}, nested={"ssl": True}, reports=None)
def test_an_object_with_everything(
    form: Form, tmp_path: Path, payload: dict[str, Any], nested: dict[str, Any] | None, reports: list[Any] | None
) -> None:
    """But patterns that Python cannot read and browsers can, or the other way."""
    data = Data(tmp_path)
    data.write("data/sources/shop.yml", "".join(line for line in SHOP.splitlines(keepends=True) if "odd" not in line))
    data.write("data/api.yml", "name: Test\nsteps: {form: {title: Properties}, oauth: {title: Sign-in}}\n")
    data.load()
    (shop,) = data.catalogue.objects
    schema = step_schema(shop.steps[0], shop.name)
    whole = payload | ({"settings": nested} if nested is not None else {}) | ({"reports": reports} if reports else {})
    assert form.faults(schema, whole) == said(schema, whole)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    record=st.fixed_dictionaries({"properties": properties(2)}, optional=choices()),
    payload=st.dictionaries(st.sampled_from([*NAMES, "new"]), VALUES, max_size=4),
)
def test_generated_objects(form: Form, tmp_path: Path, record: dict[str, Any], payload: dict[str, Any]) -> None:
    data = Data(tmp_path)
    data.write("data/sources/made.yml", json.dumps({"name": "Made", "type": "made", **record}))
    data.load()
    (obj,) = data.catalogue.objects
    schema = step_schema(obj.steps[0], obj.name)
    assert form.faults(schema, payload) == said(schema, payload)


#: Texts near those that have a format.
NEAR = [
    "2030-02-29", "2028-02-29", "0000-01-01", "2030-13-01", "2030-01-31T12:00:00+01:00", "2030-01-31 12:00:00.5z",
    "2030-01-31T24:00:00Z", "2030-01-31T12:60:00Z", "23:59:60Z", "12:00:60+00:00", "12:00:00", "12:00:00+25:00", "P1W", "P1Y1D",
    "P", "PT", "P1WT1H", "-P1D", "a@b", "a b@c", "a@b@c", "a@", "host", "-a.example", "a-.example", "host.example.com.",
    "under_score", "a..b", "1.2.3.4", "01.2.3.4", "1.2.3", "256.1.1.1", "::", "::1", "1::2::3", "fe80::1%eth0", "fe80::1%",
    "::ffff:1.2.3.4", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8:9", "12345::", "https://example.com/a?b#c", "x:y", "x:", "//a", "a b:c",
    "http://[::1]/", "http://[::1", "http://]", "mailto:a@b", "http://a/<b>", "1http://x", "123E4567-e89b-12d3-a456-426614174000",
    "123e4567e89b12d3a456426614174000", "", " ", "é",
]  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_formats(form: Form, name: str) -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string", "format": name}}}
    texts = [*NEAR, *(known.example for known in FORMATS.values())]
    assert [text for text in texts if form.faults(schema, {"a": text}) != said(schema, {"a": text})] == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from([*FORMATS]),
    text=st.sampled_from(NEAR),
    place=st.integers(0, 40),
    letter=st.sampled_from("aT:-.0@/[% é"),
)
def test_texts_near_those_with_a_format(form: Form, name: str, text: str, place: int, letter: str) -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string", "format": name}}}
    payload = {"a": text[:place] + letter + text[place:]}
    assert form.faults(schema, payload) == said(schema, payload)
