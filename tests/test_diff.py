"""The command ``diff``: what changed for clients of the API, breaking changes first."""

from __future__ import annotations

import json
import re
import subprocess
from itertools import product
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest
from conftest import CHECKOUT, posix
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from profiles import settings

from sphinxext_stitch.catalogue.comparing.catalogues import diff
from sphinxext_stitch.catalogue.comparing.changes import ChangeType
from sphinxext_stitch.catalogue.object_schema import step_schema
from sphinxext_stitch.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Data

    Case = tuple[dict[str, str], dict[str, str], list[str], list[str]]
    Write = Callable[[str, dict[str, str]], Path]
    Run = Callable[..., tuple[int, list[str]]]

API = """\
name: Test
steps: {form: {title: F}, oauth: {title: O, required: false}}
endpoints:
  sources.create: {title: Create, method: POST, path: /sources}
"""

#: Data that nothing is wrong with, and that every case has: the object that is compared.
HEAD = "name: Shop\ntype: test.shop\n"


def _shop(text: str) -> dict[str, str]:
    return {"sources/shop.yml": HEAD + dedent(text)}


def _properties(text: str) -> dict[str, str]:
    return _shop(f"properties: [{text}]\n")


MODE = "{name: mode, type: string, values: [x, y]}, {name: on, type: boolean}"
CHOICES = ", ".join(f"{{name: {name}, type: string}}" for name in "abc")

BREAKING, ADDITION, OTHER = "Breaking changes", "Additions", "Other changes"
SHOP = "source test.shop"

#: The files before and after, and what is said of the change and of its opposite.
CASES: dict[str, Case] = {
    "object": (
        {},
        _shop(""),
        [ADDITION, f"{SHOP}: the object is new"],
        [BREAKING, f"{SHOP}: the object is removed"],
    ),
    "type": (
        _shop(""),
        {"sources/shop.yml": "name: Shop\ntype: test.store\n"},
        [BREAKING, f"{SHOP}: the type is “test.store” now"],
        [BREAKING, "source test.store: the type is “test.shop” now"],
    ),
    "key": (
        _shop("connections: [{key: s, name: S}]"),
        {"sources/x.yml": f"{HEAD}connections: [{{key: s, name: S}}]"},
        [],
        [],
    ),
    "file with the same type": (
        _shop(""),
        {"sources/store.yml": HEAD},
        [],
        [],
    ),
    "file of an object with further connections": (
        _shop("connections: [{key: shop, name: Shop}, {key: b, name: B}]"),
        {"sources/store.yml": f"{HEAD}connections: [{{key: store, name: Store}}, {{key: b, name: B}}]"},
        [],
        [],
    ),
    "file that another object takes the name of": (
        _shop("") | {"sources/b.yml": "name: B\ntype: test.b\n"},
        {"sources/store.yml": HEAD, "sources/shop.yml": "name: B\ntype: test.b\n"},
        [],
        [],
    ),
    "connection": (
        _shop("connections: [{key: a, name: A}]"),
        _shop("connections: [{key: a, name: A}, {key: b, name: B}]"),
        [ADDITION, "source/b: the connection “B” is available now"],
        [BREAKING, "source/b: the connection “B” is not available any more"],
    ),
    "connection that is sunset": (
        _shop("connections: [{key: a, name: A}, {key: b, name: B}]"),
        _shop("connections: [{key: a, name: A}, {key: b, name: B, status: sunset}]"),
        [BREAKING, "source/b: the connection “B” is not available any more"],
        [ADDITION, "source/b: the connection “B” is available now"],
    ),
    "connection of another object": (
        _shop("connections: [{key: a, name: A}]") | {"sources/b.yml": "name: B\ntype: test.b\n"},
        _shop("") | {"sources/b.yml": "name: B\ntype: test.b\nconnections: [{key: a, name: A}, {key: b, name: B}]\n"},
        [
            BREAKING,
            "source/a: the connection “A” has the type “test.b” now",
            ADDITION,
            "source/shop: the connection “Shop” is available now",
        ],
        [
            BREAKING,
            "source/a: the connection “A” has the type “test.shop” now",
            "source/shop: the connection “Shop” is not available any more",
        ],
    ),
    "step": (
        _shop(""),
        _shop("oauth: {properties: [{name: a, type: string, required: true}]}\n"),
        [ADDITION, f"{SHOP}: the step “oauth” is new"],
        [BREAKING, f"{SHOP}: the step “oauth” is removed"],
    ),
    "step that every object needs": (
        _shop("oauth: {docs: https://example.org}\n") | {"sources/b.yml": "name: B\ntype: test.b\n"},
        _shop("oauth: {docs: https://example.org}\n")
        | {
            "sources/b.yml": "name: B\ntype: test.b\noauth: {docs: https://example.org}\n",
            "api.yml": API.replace("required: false", "required: true"),
        },
        [
            BREAKING,
            "source test.b: the step “oauth” is new, and required",
            f"{SHOP}: the step “oauth” is required now",
        ],
        [BREAKING, "source test.b: the step “oauth” is removed"],
    ),
    "property": (
        _shop(""),
        _properties("{name: a, type: string}"),
        [ADDITION, f"{SHOP}: the property “a” is new"],
        [BREAKING, f"{SHOP}: the property “a” is removed"],
    ),
    "required property": (
        _shop(""),
        _properties("{name: a, type: string, required: true}"),
        [BREAKING, f"{SHOP}: the property “a” is new, and required"],
        [BREAKING, f"{SHOP}: the property “a” is removed"],
    ),
    "required property that is read-only": (
        _shop(""),
        _properties("{name: a, type: string, required: true, read_only: true}"),
        [ADDITION, f"{SHOP}: the property “a” is new"],
        [BREAKING, f"{SHOP}: the property “a” is removed"],
    ),
    "nested property": (
        _properties("{name: a, type: object, properties: [{name: b, type: string}]}"),
        _properties(
            "{name: a, type: object, properties: [{name: b, type: string, required: true}, {name: c, type: string}]}"
        ),
        [
            BREAKING,
            f"{SHOP}: the property “a.b” is required now",
            ADDITION,
            f"{SHOP}: the property “a.c” is new",
        ],
        [
            BREAKING,
            f"{SHOP}: the property “a.c” is removed",
            ADDITION,
            f"{SHOP}: the property “a.b” is optional now",
        ],
    ),
    "property of a step": (
        _shop("oauth: {properties: [{name: a, type: string}]}\n"),
        _shop("oauth: {properties: [{name: b, type: string}]}\n"),
        [
            BREAKING,
            f"{SHOP}: the property “a” of the step “oauth” is removed",
            ADDITION,
            f"{SHOP}: the property “b” of the step “oauth” is new",
        ],
        [
            BREAKING,
            f"{SHOP}: the property “b” of the step “oauth” is removed",
            ADDITION,
            f"{SHOP}: the property “a” of the step “oauth” is new",
        ],
    ),
    "property that moves into a group": (
        _properties("{name: a, type: string}"),
        _shop("groups: [g]\n") | {"groups/g.yml": "title: G\nproperties: [{name: a, type: string}]\n"},
        [],
        [],
    ),
    "members with free names": (
        _properties("{name: a, type: object, properties: [{name: b, type: string}]}"),
        _properties("{name: a, type: object, properties: [{name: b, type: string}], entries: {type: string}}"),
        [ADDITION, f"{SHOP}: the property “a.*” is new"],
        [BREAKING, f"{SHOP}: the property “a.*” is removed"],
    ),
    "immutable": (
        _properties("{name: a, type: string}"),
        _properties("{name: a, type: string, immutable: true}"),
        [BREAKING, f"{SHOP}: the property “a” cannot be changed any more after the connection is created"],
        [ADDITION, f"{SHOP}: the property “a” can be changed now after the connection is created"],
    ),
    "supplied": (
        _properties("{name: a, type: string}, {name: b, type: string, required: true}"),
        _properties("{name: a, type: string, supplied: true}, {name: b, type: string, required: true, supplied: true}"),
        [
            ADDITION,
            *(f"{SHOP}: the property “{name}” is supplied by the platform now if it is not sent" for name in "ab"),
        ],
        [
            BREAKING,
            f"{SHOP}: the property “a” is not supplied by the platform any more",
            f"{SHOP}: the property “b” is not supplied by the platform any more",
            f"{SHOP}: the property “b” is required now",
        ],
    ),
    "null": (
        _properties("{name: a, type: string}, {name: b, type: array, items: string}"),
        _properties(
            "{name: a, type: string, nullable: true}, {name: b, type: array, items: {type: string, nullable: true}}"
        ),
        [
            ADDITION,
            f"{SHOP}: the property “a” takes “null”, too",
            f"{SHOP}: the property “b” has items that are “null”, too",
        ],
        [
            BREAKING,
            f"{SHOP}: the property “a” takes “string” now, not “null”",
            f"{SHOP}: the property “b” has items that are “string” now, not “null”",
        ],
    ),
    "read-only": (
        _properties("{name: a, type: string}"),
        _properties("{name: a, type: string, read_only: true}"),
        [BREAKING, f"{SHOP}: the property “a” is read-only now"],
        [ADDITION, f"{SHOP}: the property “a” can be sent now"],
    ),
    "types": (
        _properties("{name: a, type: [string, integer]}"),
        _properties("{name: a, type: [string, boolean]}"),
        [
            BREAKING,
            f"{SHOP}: the property “a” takes “string” or “boolean” now, not “integer”",
            ADDITION,
            f"{SHOP}: the property “a” takes “boolean”, too",
        ],
        [
            BREAKING,
            f"{SHOP}: the property “a” takes “string” or “integer” now, not “boolean”",
            ADDITION,
            f"{SHOP}: the property “a” takes “integer”, too",
        ],
    ),
    "integer and number": (
        _properties("{name: a, type: integer}"),
        _properties("{name: a, type: number}"),
        [ADDITION, f"{SHOP}: the property “a” takes “number”, too"],
        [BREAKING, f"{SHOP}: the property “a” takes “integer” now, not “number”"],
    ),
    "items": (
        _properties("{name: a, type: array, items: string}"),
        _properties("{name: a, type: array}"),
        [ADDITION, f"{SHOP}: the property “a” has items that are of any type now"],
        [BREAKING, f"{SHOP}: the property “a” has items that are “string” only"],
    ),
    "values": (
        _properties("{name: a, type: string, values: [x, y]}"),
        _properties("{name: a, type: string, values: [y, z]}"),
        [
            BREAKING,
            f"{SHOP}: the property “a” does not accept “x” any more",
            ADDITION,
            f"{SHOP}: the property “a” accepts “z”, too",
        ],
        [
            BREAKING,
            f"{SHOP}: the property “a” does not accept “z” any more",
            ADDITION,
            f"{SHOP}: the property “a” accepts “x”, too",
        ],
    ),
    "any value": (
        _properties("{name: a, type: string, values: [x, y]}"),
        _properties("{name: a, type: string}"),
        [ADDITION, f"{SHOP}: the property “a” accepts any value now"],
        [BREAKING, f"{SHOP}: the property “a” accepts “x” or “y” only"],
    ),
    "endpoint": (
        {"api.yml": API},
        {"api.yml": f"{API}  sources.update: {{title: Update, method: PUT, path: /sources}}\n"},
        [ADDITION, "sources.update: the endpoint is new"],
        [BREAKING, "sources.update: the endpoint is removed"],
    ),
    "path of an endpoint": (
        {"api.yml": API},
        {"api.yml": API.replace("/sources", "/v2/sources")},
        [BREAKING, "sources.create: the endpoint is “POST /v2/sources” now; it was “POST /sources”"],
        [BREAKING, "sources.create: the endpoint is “POST /sources” now; it was “POST /v2/sources”"],
    ),
    "condition": (
        _properties("{name: on, type: boolean}, {name: a, type: string}"),
        _properties("{name: on, type: boolean}, {name: a, type: string, required_if: {on: true}}"),
        [BREAKING, f"{SHOP}: the property “a” is required now where “on” is “true”"],
        [ADDITION, f"{SHOP}: the property “a” is optional now"],
    ),
    "condition in place of a requirement": (
        _properties("{name: on, type: boolean}, {name: a, type: string, required: true}"),
        _properties("{name: on, type: boolean}, {name: a, type: string, required_if: {on: true}}"),
        [ADDITION, f"{SHOP}: the property “a” is required only where “on” is “true” now"],
        [BREAKING, f"{SHOP}: the property “a” is required now"],
    ),
    "another condition": (
        _properties("{name: on, type: boolean}, {name: a, type: string, required_if: {on: true}}"),
        _properties("{name: on, type: boolean}, {name: a, type: string, required_if: {on: false}}"),
        [BREAKING, f"{SHOP}: the property “a” is required now where “on” is “false”"],
        [BREAKING, f"{SHOP}: the property “a” is required now where “on” is “true”"],
    ),
    "wider condition": (
        _properties(f"{MODE}, {{name: a, type: string, required_if: {{mode: x, on: {{present: true}}}}}}"),
        _properties(f"{MODE}, {{name: a, type: string, required_if: {{mode: [x, y]}}}}"),
        [BREAKING, f"{SHOP}: the property “a” is required now where “mode” is “x” or “y”"],
        [ADDITION, f"{SHOP}: the property “a” is required only where “mode” is “x” and “on” is sent now"],
    ),
    "condition that a default meets": (
        _properties("{name: mode, type: string, default: x}, {name: a, type: string, required_if: {mode: y}}"),
        _properties("{name: mode, type: string, default: y}, {name: a, type: string, required_if: {mode: y}}"),
        [
            BREAKING,
            f"{SHOP}: the property “a” is required now where “mode” is “y”",
            OTHER,
            f'{SHOP}: the property “mode” is “"y"” if it is not sent',
        ],
        [
            ADDITION,
            f"{SHOP}: the property “a” is required only where “mode” is “y” now",
            OTHER,
            f'{SHOP}: the property “mode” is “"x"” if it is not sent',
        ],
    ),
    "condition that something is not sent": (
        _properties(f"{MODE}, {{name: a, type: string}}"),
        _properties(f"{MODE}, {{name: a, type: string, required_if: {{on: {{present: false}}}}}}"),
        [BREAKING, f"{SHOP}: the property “a” is required now where “on” is not sent"],
        [ADDITION, f"{SHOP}: the property “a” is optional now"],
    ),
    "new property with a condition": (
        _properties(MODE),
        _properties(f"{MODE}, {{name: a, type: string, required: true, applies_if: {{mode: y}}}}"),
        [BREAKING, f"{SHOP}: the property “a” is new, and required where “mode” is “y”"],
        [BREAKING, f"{SHOP}: the property “a” is removed"],
    ),
    "new case": (
        _properties(f"{MODE}, {{name: a, type: string, required: true, applies_if: {{mode: x}}}}"),
        _properties(
            "{name: mode, type: string, values: [x, y, z]}, {name: on, type: boolean}, "
            "{name: a, type: string, required: true, applies_if: {mode: [x, z]}}, "
            "{name: b, type: string, required: true, applies_if: {mode: z}}"
        ),
        [
            ADDITION,
            f"{SHOP}: the property “b” is new",
            f"{SHOP}: the property “mode” accepts “z”, too",
            OTHER,
            f"{SHOP}: the property “a” has an effect only where “mode” is “x” or “z” now",
        ],
        [
            BREAKING,
            f"{SHOP}: the property “b” is removed",
            f"{SHOP}: the property “mode” does not accept “z” any more",
            ADDITION,
            f"{SHOP}: the property “a” is required only where “mode” is “x” now",
            OTHER,
            f"{SHOP}: the property “a” has an effect only where “mode” is “x” now",
        ],
    ),
    "new case that is the default": (
        _shop(""),
        _properties(
            "{name: mode, type: string, default: x}, {name: a, type: string, required_if: {mode: x}}, "
            "{name: b, type: string, required_if: {mode: y}}, {name: c, type: string, required_if: {b: {present: true}}}"
        ),
        [
            BREAKING,
            f"{SHOP}: the property “a” is new, and required where “mode” is “x”",
            ADDITION,
            f"{SHOP}: the property “b” is new",
            f"{SHOP}: the property “c” is new",
            f"{SHOP}: the property “mode” is new",
        ],
        [BREAKING, *(f"{SHOP}: the property “{name}” is removed" for name in ("a", "b", "c", "mode"))],
    ),
    "cases": (
        _properties(f"{MODE}, {{name: a, type: string}}"),
        _properties(f"{MODE}, {{name: a, type: string, applies_if: {{mode: x}}}}"),
        [OTHER, f"{SHOP}: the property “a” has an effect only where “mode” is “x” now"],
        [OTHER, f"{SHOP}: the property “a” always has an effect now"],
    ),
    "cases of a required property": (
        _properties(f"{MODE}, {{name: a, type: string, required: true, applies_if: {{mode: x}}}}"),
        _properties(f"{MODE}, {{name: a, type: string, required: true}}"),
        [
            BREAKING,
            f"{SHOP}: the property “a” is required now",
            OTHER,
            f"{SHOP}: the property “a” always has an effect now",
        ],
        [
            ADDITION,
            f"{SHOP}: the property “a” is required only where “mode” is “x” now",
            OTHER,
            f"{SHOP}: the property “a” has an effect only where “mode” is “x” now",
        ],
    ),
    "properties of one name": (
        _properties(f"{MODE}, {{name: a, type: object, applies_if: {{mode: x}}}}"),
        _properties(
            f"{MODE}, {{name: a, type: object, applies_if: {{mode: x}}}}, "
            "{name: a, type: string, applies_if: {mode: y}, min_length: 2}"
        ),
        [ADDITION, f"{SHOP}: the property “a~y” is new"],
        [BREAKING, f"{SHOP}: the property “a~y” is removed"],
    ),
    "second one of a name": (
        _properties(
            f"{MODE}, {{name: a, type: object, applies_if: {{mode: x}}}}, "
            "{name: a, type: string, applies_if: {mode: y}}"
        ),
        _properties(
            f"{MODE}, {{name: a, type: object, applies_if: {{mode: x}}}}, "
            "{name: a, type: string, applies_if: {mode: y}, read_only: true}"
        ),
        [BREAKING, f"{SHOP}: the property “a~y” is read-only now"],
        [ADDITION, f"{SHOP}: the property “a~y” can be sent now"],
    ),
    "choice": (
        _properties(CHOICES),
        _shop(f"properties: [{CHOICES}]\none_of: [[a], [b, c]]\n"),
        [BREAKING, f"{SHOP}: exactly one of these must be sent now: “a” or “b” and “c”"],
        [ADDITION, f"{SHOP}: there is no need any more to choose: “a” or “b” and “c”"],
    ),
    "another set to choose": (
        _shop("properties: [{name: a, type: string}, {name: b, type: string}]\none_of: [[a], [b]]\n"),
        _shop(f"properties: [{CHOICES}]\none_of: {{A.: [a], B.: [b], C.: [c]}}\n"),
        [
            ADDITION,
            f"{SHOP}: the property “c” is new",
            f"{SHOP}: there is another choice: “a” or “b” or “c”",
        ],
        [
            BREAKING,
            f"{SHOP}: exactly one of these must be sent now: “a” or “b”",
            f"{SHOP}: the property “c” is removed",
        ],
    ),
    "another set of what could be sent beside the others": (
        _shop(f"properties: [{CHOICES}]\none_of: [[a], [b]]\n"),
        _shop(f"properties: [{CHOICES}]\none_of: [[a], [b], [c]]\n"),
        [BREAKING, f"{SHOP}: exactly one of these must be sent now: “a” or “b” or “c”"],
        [BREAKING, f"{SHOP}: exactly one of these must be sent now: “a” or “b”"],
    ),
    "choice in place of a requirement": (
        _properties("{name: a, type: string, required: true}, {name: b, type: string}"),
        _shop(f"properties: [{CHOICES}]\none_of: [[a], [c]]\n"),
        [
            ADDITION,
            f"{SHOP}: the property “a” is optional now",
            f"{SHOP}: the property “c” is new",
            f"{SHOP}: there is another choice: “a” or “c”",
        ],
        [
            BREAKING,
            f"{SHOP}: the property “a” is required now",
            f"{SHOP}: the property “c” is removed",
            ADDITION,
            f"{SHOP}: there is no need any more to choose: “a” or “c”",
        ],
    ),
    "several of a choice": (
        _shop(f"properties: [{CHOICES}]\none_of: [[a], [b, c]]\n"),
        _shop(f"properties: [{CHOICES}]\nany_of: [[a], [b, c]]\n"),
        [ADDITION, f"{SHOP}: more than one of these can be sent now: “a” or “b” and “c”"],
        [BREAKING, f"{SHOP}: exactly one of these must be sent now: “a” or “b” and “c”"],
    ),
    "at least one set": (
        _properties(CHOICES),
        _shop(f"properties: [{CHOICES}]\nany_of: [[a], [b]]\n"),
        [BREAKING, f"{SHOP}: at least one of these must be sent now: “a” or “b”"],
        [ADDITION, f"{SHOP}: there is no need any more to choose: “a” or “b”"],
    ),
    "another set of which one is enough": (
        _shop(f"properties: [{CHOICES}]\nany_of: [[a], [b, c]]\n"),
        _shop(f"properties: [{CHOICES}]\nany_of: [[a], [b], [c]]\n"),
        [ADDITION, f"{SHOP}: there is another choice: “a” or “b” or “c”"],
        [BREAKING, f"{SHOP}: at least one of these must be sent now: “a” or “b” and “c”"],
    ),
    "choice of nested properties": (
        _shop(
            f"properties: [{{name: p, type: object, properties: [{{name: q, type: array, properties: [{CHOICES}]}}]}}]\n"
            "any_of: [[p], [p.q]]\n"
        ),
        _shop(
            "properties: [{name: p, type: object, properties: "
            f"[{{name: q, type: array, properties: [{CHOICES}], any_of: [[a], [b]]}}]}}]\nany_of: [[p], [p.q]]\n"
        ),
        [BREAKING, f"{SHOP}: at least one of these of the property “p.q” must be sent now: “a” or “b”"],
        [ADDITION, f"{SHOP}: there is no need any more to choose of the property “p.q”: “a” or “b”"],
    ),
    "choice of a step": (
        _shop(f"oauth: {{properties: [{CHOICES}]}}\n"),
        _shop(f"oauth: {{properties: [{CHOICES}], one_of: [[a], [b]]}}\n"),
        [BREAKING, f"{SHOP}: exactly one of these of the step “oauth” must be sent now: “a” or “b”"],
        [ADDITION, f"{SHOP}: there is no need any more to choose of the step “oauth”: “a” or “b”"],
    ),
    "deprecation": (
        _properties("{name: a, type: string}"),
        _shop("deprecated: {use: test.other}\nproperties: [{name: a, type: string, deprecated: true}]\n"),
        [
            OTHER,
            f"{SHOP}: the object is deprecated; use “test.other”",
            f"{SHOP}: the property “a” is deprecated",
        ],
        [],
    ),
    "deprecation for another property": (
        _properties("{name: a, type: string}, {name: b, type: string}"),
        _properties("{name: a, type: string, deprecated: {use: b}}, {name: b, type: string}"),
        [OTHER, f"{SHOP}: the property “a” is deprecated; use “b”"],
        [],
    ),
    "default and secret": (
        _properties("{name: a, type: integer, default: 1}, {name: b, type: string}"),
        _properties("{name: a, type: integer, default: 2}, {name: b, type: string, secret: true}"),
        [
            OTHER,
            f"{SHOP}: the property “a” is “2” if it is not sent",
            f"{SHOP}: the property “b” is never returned now",
        ],
        [
            OTHER,
            f"{SHOP}: the property “a” is “1” if it is not sent",
            f"{SHOP}: the property “b” is returned now",
        ],
    ),
    "texts": (
        _properties("{name: a, type: string, description: Old., example: old}"),
        {"sources/shop.yml": "name: New\ntype: test.shop\nproperties: [{name: a, type: string, description: New.}]\n"},
        [],
        [],
    ),
}


def _limits(type_: str, before: str, after: str, there: str, back: str) -> Case:
    """A case of a property that changes in its constraints, from wider to narrower ones, and of an item that does."""
    both: list[dict[str, str]] = [
        _properties(
            ", ".join(
                [
                    "{name: a, " + f"type: {type_}, {limits}}}",
                    f"{{name: b, type: array, items: {{type: {type_}, {limits}}}}}",
                ]
            )
        )
        for limits in (before, after)
    ]
    labels = ("each item of the property “b”", "the property “a”")
    narrower, wider = ([f"{SHOP}: {label} {message}" for label in labels] for message in (there, back))
    return (*both, [BREAKING, *narrower], [ADDITION, *wider])


CASES |= {
    f"{type_} with {before or 'nothing'}, then {after}": _limits(type_, before, after, there, back)
    for type_, before, after, there, back in (
        ("integer", "", "minimum: 2", "is at least 2 now", "need not be at least 2 any more"),
        ("integer", "minimum: 0", "minimum: 1000", "is at least 1,000 now; it was at least 0", "is at least 0 now; it was at least 1,000"),
        ("number", "maximum: 2.5", "exclusive_maximum: 2.5", "is less than 2.5 now; it was at most 2.5", "is at most 2.5 now; it was less than 2.5"),
        ("number", "minimum: 1", "exclusive_minimum: 1", "is more than 1 now; it was at least 1", "is at least 1 now; it was more than 1"),
        ("integer", "exclusive_minimum: 0.5", "exclusive_minimum: 1", "is at least 2 now; it was at least 1", "is at least 1 now; it was at least 2"),
        ("integer", "exclusive_maximum: 5", "maximum: 3.5", "is at most 3 now; it was at most 4", "is at most 4 now; it was at most 3"),
        ("integer", "multiple_of: 5", "multiple_of: 10", "is a multiple of 10 now; it was a multiple of 5", "is a multiple of 5 now; it was a multiple of 10"),
        ("string", "", "min_length: 1", "has at least 1 character now", "need not have at least 1 character any more"),
        ("string", "max_length: 9", "max_length: 8", "has at most 8 characters now; it had at most 9 characters", "has at most 9 characters now; it had at most 8 characters"),
        ("array", "min_items: 1", "min_items: 2", "has at least 2 items now; it had at least 1 item", "has at least 1 item now; it had at least 2 items"),
        ("array", "", "max_items: 1", "has at most 1 item now", "need not have at most 1 item any more"),
        ("array", "", "unique_items: true", "has all items different now", "need not have all items different any more"),
        ("string", "", "pattern: ^x", "has the pattern “^x” now", "need not have the pattern “^x” any more"),
        ("string", "", "format: date", "has the format “date” now", "need not have the format “date” any more"),
    )
}  # fmt: skip
CASES |= {
    "constraints that say the same": (
        _properties("{name: a, type: integer, minimum: 1, maximum: 9}, {name: b, type: string, min_length: 0}"),
        _properties("{name: a, type: integer, exclusive_minimum: 0, exclusive_maximum: 9.5}, {name: b, type: string}"),
        [],
        [],
    ),
    "constraints of another type": (
        _properties("{name: a, type: string, max_length: 3}"),
        _properties("{name: a, type: [string, integer], minimum: 3, max_length: 3}"),
        [ADDITION, f"{SHOP}: the property “a” takes “integer”, too"],
        [BREAKING, f"{SHOP}: the property “a” takes “string” now, not “integer”"],
    ),
    "multiples of numbers that do not divide each other": (
        _properties("{name: a, type: number, multiple_of: 0.3}"),
        _properties("{name: a, type: number, multiple_of: 0.2}"),
        [BREAKING, f"{SHOP}: the property “a” is a multiple of 0.2 now; it was a multiple of 0.3"],
        [BREAKING, f"{SHOP}: the property “a” is a multiple of 0.3 now; it was a multiple of 0.2"],
    ),
    "another pattern and format": (
        _properties("{name: a, type: string, pattern: ^x, format: date}"),
        _properties("{name: a, type: string, pattern: ^y, format: time, pattern_description: with y}"),
        [
            BREAKING,
            f"{SHOP}: the property “a” has the format “time” now; it had the format “date”",
            f"{SHOP}: the property “a” has the pattern “^y” now; it had the pattern “^x”",
        ],
        [
            BREAKING,
            f"{SHOP}: the property “a” has the format “date” now; it had the format “time”",
            f"{SHOP}: the property “a” has the pattern “^x” now; it had the pattern “^y”",
        ],
    ),
    "another unit": (
        _properties("{name: a, type: integer, unit: minutes}"),
        _properties("{name: a, type: integer, unit: seconds}"),
        [BREAKING, f"{SHOP}: the property “a” has the unit “seconds” now; it had the unit “minutes”"],
        [BREAKING, f"{SHOP}: the property “a” has the unit “minutes” now; it had the unit “seconds”"],
    ),
    "unit": (
        _properties("{name: a, type: integer}"),
        _properties("{name: a, type: integer, unit: minutes}"),
        [OTHER, f"{SHOP}: the property “a” has the unit “minutes” now"],
        [OTHER, f"{SHOP}: the property “a” has no unit any more"],
    ),
    "items of items": (
        _properties("{name: a, type: array, items: {type: array, items: string}}"),
        _properties("{name: a, type: array, items: {type: array, items: {type: [string, integer], max_length: 1}}}"),
        [
            BREAKING,
            f"{SHOP}: each item of each item of the property “a” has at most 1 character now",
            ADDITION,
            f"{SHOP}: each item of the property “a” has items that are “integer”, too",
        ],
        [
            BREAKING,
            f"{SHOP}: each item of the property “a” has items that are “string” now, not “integer”",
            ADDITION,
            f"{SHOP}: each item of each item of the property “a” need not have at most 1 character any more",
        ],
    ),
}


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a catalogue into a folder of the working directory."""
    monkeypatch.chdir(tmp_path)

    def write(folder: str, files: dict[str, str]) -> Path:
        for path, text in {"api.yml": API, "sources/other.yml": "name: Other\ntype: test.other\n", **files}.items():
            file = tmp_path / folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return tmp_path / folder

    return write


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*args: str) -> tuple[int, list[str]]:
        code = main(["diff", *args])
        captured = capsys.readouterr()
        assert captured.err == ""
        return code, captured.out.splitlines()

    return run


@pytest.mark.parametrize("name", CASES)
def test_a_change_and_its_opposite(write: Write, run: Run, name: str) -> None:
    before, after, there, back = CASES[name]
    write("old", before)
    write("new", after)
    for old, new, expected in (("old", "new", there), ("new", "old", back)):
        code, lines = run(old, new)
        assert [line.removeprefix("  ") for line in lines] == (expected or ["Nothing changed for clients."])
        assert code == int(BREAKING in expected)


TYPES = st.one_of(
    st.fixed_dictionaries(
        {"type": st.just("string")},
        optional={"values": st.sampled_from([["x"], ["x", "y"]]), "default": st.sampled_from("xy")},
    ),
    st.fixed_dictionaries(
        {"type": st.just("integer")},
        optional={name: st.integers(1, 3) for name in ("minimum", "exclusive_minimum", "maximum", "exclusive_maximum")},
    ),
    st.fixed_dictionaries(
        {"type": st.just(["string", "integer"])},
        optional={"max_length": st.integers(0, 2), "minimum": st.integers(1, 3), "nullable": st.just(value=True)},
    ),
)
CONDITIONS = st.dictionaries(
    st.sampled_from("abc"), st.sampled_from(["x", ["x", "y"], {"present": True}, {"present": False}]), min_size=1
)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "required": st.booleans(),
        "supplied": st.booleans(),
        "required_if": CONDITIONS,
        "applies_if": CONDITIONS,
    },
)
SETS = st.lists(st.lists(st.sampled_from("abc"), min_size=1, unique=True), min_size=2, max_size=3)
#: The parts of a step: of its properties the type and the other fields; its choices, and which properties it has.
PARTS: dict[str, st.SearchStrategy[Any]] = {
    **{f"type of {name}": TYPES for name in "abc"},
    **{f"fields of {name}": FIELDS for name in "abc"},
    "choices": st.fixed_dictionaries({}, optional={"one_of": SETS, "any_of": SETS}),
    "names": st.sampled_from(["ab", "abc"]),
}

#: What clients could send: each property is left out, null, a text or a number.
REQUESTS = [
    {name: value for name, value in zip("abc", values, strict=True) if value != ""}
    for values in product(["", None, "x", "y", "xyz", 1, 2, 3], repeat=3)
]


def _good(parts: dict[str, Any]) -> str:
    properties = [{"name": name, **parts[f"type of {name}"], **parts[f"fields of {name}"]} for name in parts["names"]]
    return json.dumps({"name": "Good", "type": "test.good", "properties": properties, **parts["choices"]})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    old=st.fixed_dictionaries(PARTS),
    other=st.fixed_dictionaries(PARTS),
    changed=st.sets(st.sampled_from([*PARTS]), min_size=1, max_size=2),
)
def test_a_request_that_is_refused_now_has_a_breaking_change(
    data: Data, old: dict[str, Any], other: dict[str, Any], changed: set[str]
) -> None:
    """Of what clients could send with the properties that there were, all is right yet, or a change is breaking."""
    loaded = []
    for parts in (old, {**old, **{part: other[part] for part in changed}}):
        data.write("data/sources/good.yml", _good(parts))
        data.load()
        loaded.append(data.catalogue)
    before, after = (catalogue.objects[0].steps[0] for catalogue in loaded)
    known = {prop.name for prop in before.properties}
    was_right, is_right = (Draft202012Validator(step_schema(step, "")).is_valid for step in (before, after))
    requests = (request for request in REQUESTS if request.keys() <= known)
    refused = [request for request in requests if was_right(request) and not is_right(request)]
    changes = diff(*loaded)
    assert not refused or any(change.type.weight == "breaking" for change in changes), (refused[0], changes)


def test_every_kind_of_change_is_provoked(write: Write, run: Run) -> None:
    seen = set()
    for number, (before, after, _there, _back) in enumerate(CASES.values()):
        write(f"old{number}", before)
        write(f"new{number}", after)
        for pair in ((f"old{number}", f"new{number}"), (f"new{number}", f"old{number}")):
            seen |= {change["what"] for change in json.loads("".join(run(*pair, "--format", "json")[1]))["changes"]}
    assert seen == {what.value for what in ChangeType}


def test_the_exit_code_can_be_zero(write: Write, run: Run) -> None:
    write("old", _shop(""))
    write("new", {})
    assert run("old", "new")[0] == 1
    assert run("old", "new", "--exit-zero")[0] == 0


def test_json(write: Write, run: Run) -> None:
    write("old", _shop(""))
    write("new", _properties("{name: a, type: string}"))
    assert json.loads("".join(run("old", "new", "--format", "json")[1])) == {
        "version": 1,
        "changes": [
            {"weight": "addition", "what": "property-added", "subject": SHOP, "message": "the property “a” is new"}
        ],
        "summary": {"breaking": 0, "addition": 1, "other": 0},
    }


def test_markdown(write: Write, run: Run) -> None:
    write("old", _properties("{name: a, type: string, values: ['*x*', '`']}"))
    write("new", _properties("{name: a, type: string, values: ['*x*', '``y`'], default: '*x*'}"))
    assert run("old", "new", "--format", "markdown")[1] == [
        "## Breaking changes",
        "",
        "- `source test.shop`: the property `a` does not accept `` ` `` any more",
        "",
        "## Additions",
        "",
        "- `source test.shop`: the property `a` accepts ``` ``y` ```, too",
        "",
        "## Other changes",
        "",
        '- `source test.shop`: the property `a` is `"*x*"` if it is not sent',
    ]


def test_a_catalogue_with_errors_is_not_compared(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    write("old", _shop("properties: [{name: a}, {name: b}]\n"))
    write("new", {"sources/shop.yml": "name: Shop\n"})
    assert main(["diff", "old", "new", "--exit-zero"]) == 2
    assert capsys.readouterr() == (
        "",
        "sphinxext-stitch: “old” has 2 errors; see “sphinxext-stitch check old”, "
        "or compare what is not faulty with --ignore-errors\n"
        "sphinxext-stitch: “new” has 1 error; see “sphinxext-stitch check new”, "
        "or compare what is not faulty with --ignore-errors\n",
    )


def test_what_is_faulty_is_not_compared_on_demand(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    write("old", _shop(""))
    write("new", {"sources/shop.yml": "name: Shop\n"})
    assert main(["diff", "old", "new", "--ignore-errors"]) == 1
    captured = capsys.readouterr()
    assert captured.out.splitlines() == ["Breaking changes", f"  {SHOP}: the object is removed"]
    assert captured.err == "sphinxext-stitch: “new” has 1 error; what is faulty is not compared\n"


# ---------------------------------------------------------------- revisions


def _git(folder: Path, *args: str) -> str:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    run = subprocess.run(["git", *identity, *args], cwd=folder, check=True, capture_output=True, text=True)  # noqa: S607
    return run.stdout.strip()


@pytest.fixture
def repository(write: Write, tmp_path: Path) -> Path:
    """A repository with the tag “one”, and a change that is committed after it."""
    _git(tmp_path, "init", "-q")
    write("data", _shop(""))
    # What is left out of source archives is compared, too.
    (tmp_path / ".gitattributes").write_text("data/** export-ignore\n", encoding="utf-8")
    _git(tmp_path, "add", ".")
    _git(tmp_path, "commit", "-q", "-m", "One")
    _git(tmp_path, "tag", "one")
    write("data", _properties("{name: a, type: string}"))
    _git(tmp_path, "commit", "-q", "-a", "-m", "Two")
    return tmp_path


PROPERTY_ADDED = (0, ["Additions", f"  {SHOP}: the property “a” is new"])


def test_two_revisions(repository: Path, run: Run) -> None:
    assert run("one", "HEAD") == PROPERTY_ADDED
    assert run("HEAD", "HEAD") == (0, ["Nothing changed for clients."])
    assert _git(repository, "status", "--short") == ""


def test_a_revision_and_a_folder(repository: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("one", "data") == PROPERTY_ADDED
    monkeypatch.chdir(repository / "data")
    assert run("one", ".", "--path", ".") == PROPERTY_ADDED
    monkeypatch.chdir(repository / "data/sources")
    assert run("one", "..", "--path", "..") == PROPERTY_ADDED


@posix
def test_a_link_in_a_revision_is_not_followed(
    repository: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    outside = tmp_path / "outside.yml"
    outside.write_text("name: Secret\ntype: test.secret\n", encoding="utf-8")
    (repository / "data/sources/link.yml").symlink_to(outside)
    _git(repository, "add", "data")
    _git(repository, "commit", "-q", "-m", "Link")
    assert main(["diff", "HEAD~1", "HEAD"]) == 2
    assert capsys.readouterr() == (
        "",
        "sphinxext-stitch: “HEAD” has 1 error; check it out and see “sphinxext-stitch check data”, "
        "or compare what is not faulty with --ignore-errors\n",
    )


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["nope", "HEAD"], "there is neither a folder nor a revision “nope”"),
        (["^HEAD", "HEAD"], "there is neither a folder nor a revision “^HEAD”"),
        (["HEAD", "one..HEAD"], "there is neither a folder nor a revision “one..HEAD”"),
        (["HEAD^@", "HEAD"], "there is neither a folder nor a revision “HEAD^@”"),
        (["--", "--all", "HEAD"], "“--all” is an option of Git, not a revision"),
        (["--", "-x", "HEAD"], "“-x” is an option of Git, not a revision"),
        (["--", "--output=x", "HEAD"], "“--output=x” is an option of Git, not a revision"),
        (
            ["one", "HEAD", "--path", "date"],
            "there is no “date” in the revision “one”; say with --path where the catalogue is",
        ),
        (
            ["one", "HEAD", "--path", "data/api.yml"],
            "“data/api.yml” is a file in the revision “one”; name the folder of the catalogue with --path",
        ),
        (
            ["one", "HEAD", "--path", "data/sources"],
            "there is no catalogue in “data/sources of one”: no data file in sources/ or destinations/",
        ),
    ],
)
def test_no_revision(repository: Path, capsys: pytest.CaptureFixture[str], args: list[str], message: str) -> None:
    assert main(["diff", *args]) == 2
    assert capsys.readouterr().err == f"sphinxext-stitch: {message}\n"


def test_a_bare_repository(
    repository: Path, run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _git(repository, "clone", "-q", "--bare", ".", "bare.git")
    for folder in (repository / "bare.git", repository / ".git"):
        monkeypatch.chdir(folder)
        assert run("one", "HEAD") == PROPERTY_ADDED
        assert run("one", "HEAD", "--path", "./data/") == PROPERTY_ADDED
        for path in ("../data", str(repository / "data")):
            assert main(["diff", "one", "HEAD", "--path", path]) == 2
            message = f"there is no “{path}” in the revision “one”; say with --path where the catalogue is"
            assert capsys.readouterr().err == f"sphinxext-stitch: {message}\n"


def test_a_repository_that_git_refuses(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / ".git/config").write_text("[core\n", encoding="utf-8")
    assert main(["diff", "one", "HEAD"]) == 2
    message = (
        "there is no folder “one”, and Git cannot use the repository here: bad config line 1 in file .git/config\n"
    )
    assert capsys.readouterr().err == f"sphinxext-stitch: {message}"


@posix
def test_a_revision_that_git_cannot_check_out(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file of it is damaged, so there would be a difference that nobody has made."""
    name = _git(repository, "rev-parse", "one:data/sources/shop.yml")
    (repository / f".git/objects/{name[:2]}/{name[2:]}").unlink()
    assert main(["diff", "one", "HEAD"]) == 2
    said = capsys.readouterr().err
    assert re.fullmatch(f"sphinxext-stitch: Git cannot check out “one”: .*{name}.*\n", said)


def test_no_repository(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    write("data", {})
    assert main(["diff", "one", "data"]) == 2
    message = "there is no folder “one”, and no Git repository here that could have a revision of that name"
    assert capsys.readouterr().err == f"sphinxext-stitch: {message}\n"


def test_no_git(repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PATH", "")
    assert main(["diff", "one", "HEAD"]) == 2
    message = "the program “git” is missing; compare two folders, or install it"
    assert capsys.readouterr().err == f"sphinxext-stitch: {message}\n"


# ---------------------------------------------------------------- the guide


def test_the_guide_shows_what_diff_prints(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    example = CHECKOUT / "docs/examples/see-what-changed"
    monkeypatch.chdir(example)
    code, lines = run("before", "data")
    assert code == 1
    guide = (CHECKOUT / "docs/how-to/see-what-changed.md").read_text(encoding="utf-8")
    assert "\n".join(["```text", *lines, "```"]) in guide
