"""``import meltano-hub``: what becomes of a plugin of Meltano's hub, and what is lost."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    from conftest import Command

PLUGIN = """\
name: tap-shop
label: Shop
description: A shop.
docs: https://example.com/tap-shop
settings_preamble: |
  ## Before

  Get a key.
logo_url: /shop.png
variant: acme
settings:
  - name: api.key
    kind: password
    label: Key
    value: hunter2
  - {name: url, kind: string, description: "The <b>address</b>.", documentation: https://example.com/url}
  - name: mode
    kind: options
    options: [{label: Full, value: full}, {label: partial, value: partial}]
    value: full
  - {name: since, kind: date_iso8601, placeholder: a day}
  - {name: contact, kind: email}
  - {name: limit, kind: integer, value: 10}
  - {name: rate, kind: decimal, value: 0.5}
  - {name: on, kind: boolean, value: "yes"}
  - {name: tables, kind: array, value: [a, "1"]}
  - {name: extra, kind: object, value: {a: 1}}
  - {name: token, kind: oauth}
  - {name: trace, kind: hidden}
  - {name: cert, kind: file, sensitive: true}
  - {name: plain}
  - {name: odd, kind: strng, hidden: true}
settings_group_validation:
  - [url, api.key]
  - [url, token]
"""


@pytest.fixture(autouse=True)
def _catalogue(command: Command) -> None:
    command.write("data/api.yml", "name: Test\nsteps: {form: {title: Form}}\n")


def test_a_plugin(command: Command) -> None:
    command.write("acme.yml", PLUGIN)
    code, out, err = command.run("import", "meltano-hub", "acme.yml", "--kind", "source")
    assert (code, err) == (0, [])
    *losses, wrote, _summary = out
    assert losses == [
        "acme.yml:5:1: lost: a heading becomes bold text",
        "acme.yml:9:1: lost: the data format has no place for “logo_url” of a plugin",
        "acme.yml:15:5: lost: the default of a secret is not written",
        "acme.yml:21:39: lost: the data format has no place for “placeholder” of a setting",
        "acme.yml:25:31: lost: the default of “on” is not what the property takes, which is boolean",
        "acme.yml:32:17: lost: “strng” is not a kind of settings, and taken for a text; did you mean “string”?",
    ]
    assert wrote == "wrote data/sources/tap-shop.yml"
    assert (command.folder / "data/sources/tap-shop.yml").read_text(encoding="utf-8") == dedent("""\
        name: Shop
        type: tap-shop
        docs: https://example.com/tap-shop
        description: |
          A shop.

          **Before**

          Get a key.

        properties:
          - name: api.key
            type: string
            title: Key
            secret: true

          - name: url
            type: string
            docs: https://example.com/url
            required: true
            description: The **address**.

          - name: mode
            type: string
            values: {full: Full, partial: null}
            default: full

          - name: since
            type: string
            format: date_iso8601

          - name: contact
            type: string
            format: email

          - name: limit
            type: integer
            default: 10

          - name: rate
            type: number
            default: 0.5

          - name: "on"
            type: boolean

          - name: tables
            type: array
            default: [a, "1"]

          - name: extra
            type: object
            default: {a: 1}

          - name: token
            type: string
            secret: true

          - name: trace
            type: string
            internal: true

          - name: cert
            type: string
            secret: true
            format: file

          - name: plain
            type: string

          - name: odd
            type: string
            internal: true

        any_of: [[api.key], [token]]
        """)
    assert command.run("check")[0] == 0


@pytest.mark.parametrize(
    ("groups", "fields", "losses"),
    [
        ("[[a, b]]", ["{name: a, type: string, required: true}", "{name: b, type: string, required: true}"], []),
        ("[[a, b], [b, c]]", ["{name: a, type: string}", "{name: b, type: string, required: true}"], []),
        (
            "[[a], [a, b]]",
            ["{name: a, type: string, required: true}", "{name: b, type: string}"],
            ["one of these groups is a part of all others, so that nothing must be chosen"],
        ),
        (
            "[[a, bb]]",
            ["{name: a, type: string, required: true}", "{name: b, type: string}"],
            ["“bb” is not the name of a setting; did you mean “b”?"],
        ),
        (
            "{a: b}",
            ["{name: a, type: string}", "{name: b, type: string}"],
            ["“settings_group_validation” is not a list of lists of names"],
        ),
    ],
)
def test_groups(command: Command, groups: str, fields: list[str], losses: list[str]) -> None:
    settings = "[{name: a}, {name: b}, {name: c}]"
    command.write("shop.yml", f"name: tap-shop\nsettings: {settings}\nsettings_group_validation: {groups}\n")
    code, out, _err = command.run("import", "meltano-hub", "shop.yml", "--kind", "source")
    assert (code, [line.partition(": lost: ")[2] for line in out[:-2]]) == (0, losses)
    made = yaml.safe_load((command.folder / "data/sources/tap-shop.yml").read_text(encoding="utf-8"))
    assert made["properties"][:2] == [yaml.safe_load(field) for field in fields]
    assert made.get("any_of") == ([["a"], ["c"]] if groups == "[[a, b], [b, c]]" else None)
    assert command.run("check")[0] == 0


@pytest.mark.parametrize(
    ("plugin", "line"),
    [
        ("[a]", "shop.yml:1:1: error: this is not a plugin of the hub, which has a “name”"),
        ("name: tap-shop\nsettings: 1", "shop.yml:2:1: lost: “settings” is not a list"),
        ("name: tap-shop\nsettings: [1]", "shop.yml:2:12: lost: this is not a setting, which has a “name”"),
        (
            "name: tap-shop\nsettings: [{name: a b}]",
            "shop.yml:2:12: lost: a name that is empty or has a space in it; the setting is left out",
        ),
        (
            "name: tap-shop\nsettings: [{name: a}, {name: a}]",
            "shop.yml:2:23: lost: “a” is there twice; the first is kept",
        ),
        (
            "name: tap-shop\nsettings: [{name: a, documentation: x}]",
            "shop.yml:2:22: lost: “documentation” is not a web address",
        ),
        ("name: tap-shop\ndescription: [a]", "shop.yml:2:1: lost: “description” is not a text"),
        (
            "name: tap-shop\nsettings: [{name: a, kind: integer, options: [{value: x}, {value: 1}]}]",
            "shop.yml:2:47: lost: this cannot be one of the accepted values of integer",
        ),
    ],
)
def test_what_a_plugin_has_and_should_not(command: Command, plugin: str, line: str) -> None:
    command.write("shop.yml", plugin)
    _code, out, _err = command.run("import", "meltano-hub", "shop.yml", "--kind", "source")
    assert out[0] == line


def test_plugins_of_one_name_are_told_apart_by_their_variants(command: Command) -> None:
    command.write("hub/tap-shop/acme.yml", "name: tap-shop\nlabel: Shop\nvariant: acme\n")
    command.write("hub/tap-shop/pelican.yml", "name: tap-shop\nlabel: Shop\nvariant: pelican\n")
    command.write("hub/tap-tide/acme.yml", "name: tap-tide\nlabel: Tide\nvariant: acme\n")
    code, out, _err = command.run("import", "meltano-hub", "hub", "--kind", "source")
    assert (code, out[:-1]) == (
        0,
        [f"wrote data/sources/{key}.yml" for key in ("tap-shop--acme", "tap-shop--pelican", "tap-tide")],
    )
    text = (command.folder / "data/sources/tap-shop--acme.yml").read_text(encoding="utf-8")
    assert text == "name: Shop (acme)\ntype: tap-shop--acme\n"
    assert command.run("import", "meltano-hub", "hub", "--kind", "source")[:2] == (
        0,
        ["0 written, 3 there already, 0 lost, 0 different, 0 errors"],
    )
