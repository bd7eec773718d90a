"""The command ``validate``: what is wrong with the properties that a client would send."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from conftest import Data
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from profiles import settings
from test_object_schema import NAMES, choices, properties

from sphinxext_stitch.catalogue.object_schema import object_schema
from sphinxext_stitch.catalogue.validating.payloads import faults
from sphinxext_stitch.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

API = "name: Test\nsteps: {form: {title: Properties}, oauth: {title: Sign-in}}\n"

SHOP = r"""
name: Shop
type: test.shop
one_of: [[token], [user, settings.password]]
properties:
  - {name: token, type: string, secret: true, min_length: 4}
  - {name: user, type: string}
  - {name: mode, type: string, values: [fast, slow]}
  - {name: host, type: string, format: hostname, required_if: {mode: [fast, slow]}}
  - {name: cert, type: string, pattern: '^[A-Z]+$'}
  - {name: key, type: string, secret: true, pattern: '^[A-Z]+$', required_if: {cert: {present: true}}}
  - {name: note, type: string, required_if: {key: {present: false}, mode: slow}}
  - {name: port, type: integer, minimum: 1, maximum: 65535}
  - {name: rate, type: number, exclusive_minimum: 0, exclusive_maximum: 1, multiple_of: 0.5}
  - {name: ssl, type: boolean}
  - {name: id, type: string, read_only: true}
  - {name: tags, type: array, items: {type: string, max_length: 3}, min_items: 1, max_items: 2, unique_items: true}
  - {name: headers, type: object, entries: {name: header, type: string}}
  - {name: maybe, type: [integer, object], nullable: true}
  - {name: odd, type: string, pattern: '(?<name>x)'}
  - name: settings
    type: object
    any_of: [[password], [code]]
    properties:
      - {name: ssl, type: string, values: ["true", "false"]}
      - {name: password, type: string, secret: true}
      - {name: code, type: integer}
      - {name: kind, type: string, values: [a, b]}
      - {name: size, type: integer, applies_if: {kind: a}, minimum: 5}
      - {name: size, type: string, applies_if: {kind: b}, values: [big]}
  - name: reports
    type: array
    properties:
      - {name: days, type: integer, required: true}
      - {name: number, type: string, read_only: true}
oauth: {properties: [{name: code, type: string, required: true}]}
"""

Run = "Callable[..., tuple[int, list[str], str]]"


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, list[str], str]]:
    """Run the command in the folder of a catalogue; gives the exit code, the lines, and what is on standard error."""
    folder = Data(tmp_path)
    folder.write("data/api.yml", API)
    folder.write("data/sources/shop.yml", SHOP)
    monkeypatch.chdir(tmp_path)

    def run(payload: str | bytes | None, *args: str) -> tuple[int, list[str], str]:
        raw = payload.encode() if isinstance(payload, str) else payload or b""
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
        code = main(["validate", *args])
        captured = capsys.readouterr()
        return code, captured.out.splitlines(), captured.err

    return run


def found(run: Callable[..., tuple[int, list[str], str]], payload: Any) -> list[str]:
    """The lines about a payload that is fine but for what it has besides a token."""
    full = {"token": "abcd", **payload}
    return run(json.dumps(full), "test.shop")[1][:-1]


# ---------------------------------------------------------------- what is wrong


@pytest.mark.parametrize(
    ("payload", "lines"),
    [
        ({}, []),
        ({"maybe": None, "odd": "y", "headers": {"a": "b"}}, []),
        ({"user": 5}, ["must have exactly one set of “token” or “user” and “settings.password”; found “token” and “user”",
                       'user: must be the text "5", not 5']),
        ({"settings": {"ssl": True, "code": 1}}, ['settings.ssl: must be the text "true", not true']),
        ({"settings": {"ssl": "yes", "code": 1}}, ['settings.ssl: must be "true" or "false"; found "yes"']),
        ({"mode": "fats", "host": "x"}, ['mode: must be "fast" or "slow"; found "fats"; did you mean “fast”?']),
        ({"mode": "fast"}, ['host: is missing; it is required if “mode” is "fast" or "slow"']),
        ({"cert": "A"}, ["key: is missing; it is required if “cert” is sent"]),
        (
            {"mode": "slow", "host": "x"},
            ['note: is missing; it is required if “key” is not sent and “mode” is "slow"'],
        ),
        ({"port": "80"}, ['port: must be 80, not the text "80"']),
        ({"port": "x"}, ["port: must be a whole number, not text"]),
        ({"port": 1.5}, ["port: must be a whole number, not a number"]),
        ({"port": 0}, ["port: must be at least 1; found 0"]),
        ({"port": 70000}, ["port: must be at most 65535; found 70000"]),
        ({"rate": 0}, ["rate: must be more than 0; found 0"]),
        ({"rate": 1}, ["rate: must be less than 1; found 1"]),
        ({"rate": 0.3}, ["rate: must be a multiple of 0.5; found 0.3"]),
        ({"ssl": "true"}, ['ssl: must be true, not the text "true"']),
        ({"ssl": None}, ["ssl: must be true or false, not null"]),
        ({"host": "a b"}, ['host: must be the name of a host; found "a b"']),
        ({"cert": "a", "key": "A"}, ['cert: must match ^[A-Z]+$; found "a"']),
        ({"id": "1"}, ["id: is read-only; leave it out"]),
        ({"tags": []}, ["tags: must have at least 1 items; it has 0"]),
        ({"tags": ["a", "b", "c"]}, ["tags: must have at most 2 items; it has 3"]),
        ({"tags": ["a", "a"]}, ['tags: must have no two items alike; found ["a", "a"]']),
        ({"tags": ["abcd"]}, ["tags[0]: must have at most 3 characters; it has 4"]),
        ({"tags": "a"}, ["tags: must be a list, not text"]),
        ({"headers": {"X-A": 1}}, ['headers.X-A: must be the text "1", not 1']),
        ({"maybe": "x"}, ["maybe: must be a whole number or an object or null, not text"]),
        ({"settings": {}}, ["settings: must have at least one set of “password” or “code”; found none of them"]),
        ({"settings": []}, ["settings: must be an object, not a list"]),
        ({"settings": {"code": 1, "kind": "a", "size": 4}}, ["settings.size: must be at least 5; found 4"]),
        ({"settings": {"code": 1, "kind": "b", "size": 7}}, ['settings.size: must be the text "7", not 7']),
        (
            {"settings": {"code": 1, "size": True}},
            ['settings.size: must be the text "true", not true'],
        ),
        ({"reports": [{"days": 1}, {}]}, ["reports[1].days: is missing; it is required"]),
        ({"reports": [{"days": 1, "number": "1"}]}, ["reports[0].number: is read-only; leave it out"]),
        ({"hots": 1}, ["note: hots: is not known; did you mean “host”?"]),
        (
            {"properties": {}, "type": "test.shop"},
            [
                "note: properties: is not known; is this the body of a whole request? Give its “properties” alone",
                "note: type: is not known",
            ],
        ),
        ({"user": "x" * 100, "port": "y" * 100}, [
            "must have exactly one set of “token” or “user” and “settings.password”; found “token” and “user”",
            "port: must be a whole number, not text",
        ]),
        ({"mode": "x" * 100, "host": "x"}, [f'mode: must be "fast" or "slow"; found "{"x" * 58}…']),
    ],
)  # fmt: skip
def test_what_is_wrong(run: Callable[..., tuple[int, list[str], str]], payload: Any, lines: list[str]) -> None:
    assert found(run, payload) == lines


@pytest.mark.parametrize(
    ("payload", "lines"),
    [
        ('{"token": 12345678}', ["token: must be text, not a whole number"]),
        ('{"token": "ab"}', ["token: must have at least 4 characters; it has 2"]),
        ('{"token": "abcd", "key": "hidden"}', ["key: must match ^[A-Z]+$"]),
        (
            '{"user": "a", "settings": {"password": {"a": "hidden"}}}',
            ["settings.password: must be text, not an object"],
        ),
    ],
)
def test_values_of_secrets_are_in_no_message(
    run: Callable[..., tuple[int, list[str], str]], payload: str, lines: list[str]
) -> None:
    for form in ("text", "json", "github"):
        code, shown, _err = run(payload, "test.shop", "--format", form)
        assert code == 1
        assert not any(secret in "\n".join(shown) for secret in ("12345678", '"ab"', "hidden"))
    assert run(payload, "test.shop")[1][:-1] == lines


def test_a_payload_that_is_no_object(run: Callable[..., tuple[int, list[str], str]]) -> None:
    assert run("[1]", "test.shop") == (1, ["must be an object, not a list", "the standard input: 1 error"], "")


# ---------------------------------------------------------------- the command


def test_a_file_and_a_step(run: Callable[..., tuple[int, list[str], str]], tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text('\ufeff{"code": "x"}', encoding="utf-8")
    assert run(None, "test.shop.oauth", "p.json") == (0, ["“p.json”: 0 errors"], "")
    assert run(None, "shop", "p.json", "--path", "data")[0] == 1


def test_exit_code_of_notes(run: Callable[..., tuple[int, list[str], str]]) -> None:
    assert run('{"token": "abcd", "x": 1}', "test.shop") == (
        0, ["note: x: is not known", "the standard input: 0 errors"], "",
    )  # fmt: skip


def test_formats(run: Callable[..., tuple[int, list[str], str]], tmp_path: Path) -> None:
    (tmp_path / "a,b.json").write_text('{"token": "abcd", "port": "80", "x": 1}', encoding="utf-8")
    code, lines, _err = run(None, "test.shop", "a,b.json", "--format", "github")
    assert (code, lines) == (
        1,
        [
            '::error file=a%2Cb.json::port: must be 80, not the text "80"',
            "::notice file=a%2Cb.json::x: is not known",
        ],
    )
    code, lines, _err = run(None, "test.shop", "a,b.json", "--format", "json")
    assert code == 1
    assert json.loads("\n".join(lines)) == {
        "version": 1,
        "findings": [
            {"path": "port", "level": "error", "message": 'must be 80, not the text "80"'},
            {"path": "x", "level": "note", "message": "is not known"},
        ],
    }
    assert run("[]", "test.shop", "--format", "github")[1] == ["::error::must be an object, not a list"]


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        ("{", "the standard input is not JSON: expecting property name enclosed in double quotes at line 1, column 2"),
        ("", "the standard input is not JSON: expecting value at line 1, column 1"),
        (b"\xff", "the standard input is not text in UTF-8"),
        ('{"a": 1, "a": 2}', "the standard input is not plain JSON: an object has “a” twice"),
        ('{"a": NaN}', "the standard input is not plain JSON: it has NaN"),
        ("[" * 100_000, "the standard input is nested too deep"),
        ("1" * 20_000_000, "the standard input has more than 10,000,000 bytes"),
    ],
    ids=["syntax", "empty", "binary", "twice", "nan", "deep", "large"],
)
def test_input_that_is_not_json(
    run: Callable[..., tuple[int, list[str], str]], payload: str | bytes, message: str
) -> None:
    assert run(payload, "test.shop") == (2, [], f"sphinxext-stitch: {message}\n")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["test.shpo"], "there is no object “test.shpo”; did you mean “test.shop”?"),
        (["test.shop.oath"], "“test.shop” has no step “oath”; did you mean “oauth”?"),
        (["test.shop", "nope.json"], "“nope.json” cannot be read: No such file or directory"),
    ],
)
def test_usage_errors(run: Callable[..., tuple[int, list[str], str]], args: list[str], message: str) -> None:
    assert run("{}", *args) == (2, [], f"sphinxext-stitch: {message}\n")


def test_without_jsonschema(run: Callable[..., tuple[int, list[str], str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jsonschema", None)
    monkeypatch.delitem(sys.modules, "sphinxext_stitch.catalogue.validating.payloads")
    assert run("{}", "test.shop") == (
        2,
        [],
        "sphinxext-stitch: “validate” needs the package jsonschema; install it with: "
        "pip install 'sphinxext-stitch[validate]'\n",
    )


def test_no_other_command_needs_jsonschema() -> None:
    code = (
        "import sys; sys.modules['jsonschema'] = None\n"
        "from sphinxext_stitch.cli import main\n"
        "assert main(['check', 'data']) == 0 and main(['schema', 'object', 'platform.hubspot']) == 0\n"
        "import sphinxext_stitch.domain, sphinxext_stitch.html\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


# ---------------------------------------------------------------- one answer


VALUES = st.recursive(
    st.sampled_from(["x", "y", "z", "true", "", 0, 1, 3, 7, 10.75, True, False, None]),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.sampled_from([*NAMES, "new"]), below, max_size=4),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    record=st.fixed_dictionaries({"properties": properties(2)}, optional=choices()),
    payload=st.dictionaries(st.sampled_from([*NAMES, "new"]), VALUES, max_size=4),
)
def test_it_gives_the_answer_of_the_schema(tmp_path: Path, record: dict[str, Any], payload: dict[str, Any]) -> None:
    data = Data(tmp_path)
    data.write("data/sources/made.yml", json.dumps({"name": "Made", "type": "made", **record}))
    data.load()
    (obj,) = data.catalogue.objects
    schema = object_schema(obj, obj.steps[0], data.catalogue.api)
    errors = [fault for fault in faults(schema, payload) if fault.is_error]
    refused = [fault for fault in errors if fault.message != "is read-only; leave it out"]
    checker = Draft202012Validator(schema)
    assert all(error.message != "has a wrong value" for error in errors)
    if checker.is_valid(payload):
        # Formats are no more than notes in a schema.
        assert [
            fault for fault in refused if "must be an email" not in fault.message and "a date" not in fault.message
        ] == []
    else:
        assert refused != []
