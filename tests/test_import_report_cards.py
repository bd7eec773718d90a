"""``import report-cards``: what becomes of what Stitch's API says of its types, and what is lost."""

from __future__ import annotations

import json
import shutil
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest
from conftest import CHECKOUT, TESTS

if TYPE_CHECKING:
    from conftest import Command

API = "name: Test\nsteps: {form: {title: Form}, oauth: {title: Consent}}\n"


@pytest.fixture(autouse=True)
def _catalogue(command: Command) -> None:
    command.write("data/api.yml", API)


def prop(name: str, schema: Any, **more: Any) -> dict[str, Any]:
    stated = {"is_required": False, "is_credential": False, "system_provided": False, "property_type": "user_provided"}
    return {"name": name, **stated, "json_schema": schema, **more}


CARD = {
    "type": "platform.Shop",
    "current_step": 1,
    "details": {"pipeline_state": "released"},
    "steps": [
        {
            "type": "form",
            "properties": [
                prop("host", {"type": "string", "anyOf": [{"format": "hostname"}, {"format": "ipv4"}]}, is_required=True),
                prop("port", {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^\\d+"}]}),
                prop("interval", {"type": "string", "pattern": "^1$|^30$"}),
                prop("ssl", {"type": "string", "pattern": "^(true|false)$"}),
                prop("region", {"type": "string", "pattern": "^(eu|us)"}, property_type="user_provided_immutable"),
                prop("version", {"type": "string"}, is_required=True, system_provided=True, property_type="read_only"),
                prop("window", None, property_type="user_provided_advanced"),
                prop("accounts", {"type": "array", "items": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}}),
            ],
        },
        {
            "type": "oauth",
            "properties": [
                prop("token", {"type": "string"}, is_required=True, is_credential=True, system_provided=True, property_type="system_provided_by_default"),
                prop("user", {"type": "string"}, property_type="user_provded", system_provided=True),
            ],
        },
        {"type": "discover_schema", "properties": []},
        {"type": "field_selection", "properties": [prop("x", {"type": "string"})]},
    ],
}  # fmt: skip


def test_a_card(command: Command) -> None:
    command.write("cards.json", json.dumps([CARD], indent=1))
    code, out, err = command.run("import", "report-cards", "cards.json", "--kind", "source")
    assert (code, err) == (0, [])
    *losses, wrote, summary = out
    assert [loss.partition(": lost: ")[2] for loss in losses] == [
        "the data format has no place for “details”",
        "the alternatives of “anyOf” are not told apart; “format” of them cannot be said",
        "the card does not say what “window” is; it is taken for a text",
        "“user_provded” is not a type of properties; did you mean “user_provided”, “user_provided_advanced” or “user_provided_immutable”?",
        "api.yml has no step “field_selection” for these properties",
    ]
    assert losses[0].startswith("cards.json:5:3: lost: ")
    assert wrote == "wrote data/sources/shop.yml"
    assert summary == "1 written, 0 there already, 5 lost, 0 different, 0 errors"
    assert (command.folder / "data/sources/shop.yml").read_text(encoding="utf-8") == dedent("""\
        name: Shop
        type: platform.Shop

        properties:
          - name: host
            type: string
            required: true

          - name: port
            type: [integer, string]
            pattern: ^\\d+

          - name: interval
            type: string
            values: ["1", "30"]

          - name: ssl
            type: string
            values: ["true", "false"]

          - name: region
            type: string
            immutable: true
            pattern: ^(eu|us)

          - name: version
            type: string
            read_only: true

          - name: window
            type: string
            advanced: true

          - name: accounts
            type: array
            items:
              type: object
              properties:
                - {name: id, type: string, required: true}

        oauth:
          properties:
            - name: token
              type: string
              required: true
              secret: true
              supplied: true
            - name: user
              type: string
        """)
    assert command.run("check")[0] == 0
    # The card says the same as what was made of it.
    assert command.run("diff", "data", "report-cards:cards.json", "--kind", "source") == (
        0,
        ["Nothing changed for clients."],
        [],
    )


def test_the_kind_must_be_known(command: Command) -> None:
    command.write("cards.json", json.dumps(CARD))
    assert command.run("import", "report-cards", "cards.json") == (
        2,
        [],
        [
            "sphinxext-stitch: report-cards does not say of which kind objects are; name it with --kind: “source” or "
            "“destination”"
        ],
    )
    command.write(
        "data/api.yml", f"{API}kinds: {{tap: {{title: Tap, plural: Taps, heading: 'The {{{{ name }}}} tap'}}}}\n"
    )
    code, out, _err = command.run("import", "report-cards", "cards.json")
    assert (code, out[-2]) == (0, "wrote data/taps/shop.yml")


@pytest.mark.parametrize(
    ("card", "message"),
    [
        ([1], "cards.json:1:2: error: this is not a report card, which has a “type” and a list of “steps”"),
        ({"type": "a"}, "cards.json:1:1: error: this is not a report card, which has a “type” and a list of “steps”"),
        (
            {"kind": "sorce", "type": "a", "steps": []},
            "cards.json:1:1: error: there is no kind “sorce”; did you mean “source”?",
        ),
        (
            {"kind": "source", "type": "a/../b", "steps": []},
            "cards.json:1:1: error: the key “/b” has “/” in it; it can have English letters, digits, “-”, “_” and “.”",
        ),
    ],
)  # fmt: skip
def test_what_is_no_card(command: Command, card: Any, message: str) -> None:
    command.write("cards.json", json.dumps(card))
    code, out, _err = command.run("import", "report-cards", "cards.json")
    assert (code, out) == (1, [message, "0 written, 0 there already, 0 lost, 0 different, 1 error"])


@pytest.mark.parametrize(
    ("change", "lost"),
    [
        ({"steps": [1]}, "this is not a step, which is a mapping"),
        ({"steps": [{"type": "form", "properties": 1}]}, "“properties” is not a list"),
        ({"steps": [{"type": "form", "properties": [1]}]}, "this is not a property, which has a “name”"),
        (
            {"steps": [{"type": "form", "properties": [prop("a", {"type": "string"})] * 2}]},
            "“a” is there twice; the first is kept",
        ),
        (
            {"steps": [{"type": "form", "properties": [prop("a b", {"type": "string"})]}]},
            "a name that is empty or has a space in it; the property is left out",
        ),
        (
            {"steps": [{"type": "form", "properties": [prop("a", {"type": "string"}, system_provided=True)]}]},
            "“system_provided” is true beside “user_provided”",
        ),
    ],
)
def test_what_a_card_has_and_should_not(command: Command, change: dict[str, Any], lost: str) -> None:
    command.write("cards.json", json.dumps({"type": "shop", **change}))
    code, out, _err = command.run("import", "report-cards", "cards.json", "--kind", "source")
    assert (code, [line.partition(": lost: ")[2] for line in out[:-2]]) == (0, [lost])


@pytest.mark.long
def test_the_cards_of_stitch(command: Command) -> None:
    """Each card is made into a file without errors, and what the files say is what the cards say."""
    shutil.copy(CHECKOUT / "data/api.yml", command.folder / "data/api.yml")
    shutil.copy(TESTS / "facts/report-cards.json", command.folder / "cards.json")
    cards = json.loads((TESTS / "facts/report-cards.json").read_text(encoding="utf-8"))
    code, out, err = command.run("import", "report-cards", "cards.json")
    assert (code, err) == (0, [])
    assert len([line for line in out if line.startswith("wrote ")]) == len(cards)
    code, out, _err = command.run("check")
    assert code == 0, out
    assert command.run("diff", "data", "report-cards:cards.json")[1] == ["Nothing changed for clients."]
    code, out, _err = command.run("import", "report-cards", "cards.json")
    assert (code, out) == (0, [f"0 written, {len(cards)} there already, 0 lost, 0 different, 0 errors"])
