"""The catalogue against what Stitch's API answers about its connections: ``tests/facts/report-cards.json``.

Each difference is decided in ``tests/facts/decisions.yml``, with a reason.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from conftest import CHECKOUT, TESTS
from decisions import DECISIONS, Difference, decided, types

from sphinxext_stitch.catalogue.loading.loader import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinxext_stitch.catalogue.model import ConnectionObject, Property

CARDS = json.loads((TESTS / "facts/report-cards.json").read_text(encoding="utf-8"))

by_type = pytest.mark.parametrize("card", CARDS, ids=[card["type"] for card in CARDS])

#: The flags of the data, by the ``property_type`` of the API.
FLAGS = {
    "user_provided": "",
    "user_provided_advanced": "advanced",
    "user_provided_immutable": "immutable",
    "system_provided_by_default": "supplied",
    "read_only": "read_only",
}


class Said(NamedTuple):
    """What is said of a property; None is what the API does not say."""

    step: str
    required: bool | None
    secret: bool | None
    flags: frozenset[str] | None
    types: frozenset[str] | None
    values: frozenset[str] | None
    pattern: str | None
    format: str | None


@pytest.fixture(scope="module")
def objects() -> dict[str, ConnectionObject]:
    return {obj.type: obj for obj in load(CHECKOUT / "data").objects}


@by_type
def test_differences_are_decided(objects: dict[str, ConnectionObject], card: dict[str, Any]) -> None:
    found = sorted(_differences(_of_api(card), _of_catalogue(objects[card["type"]])))
    assert found == sorted(decided("api", card["type"]))


def test_every_decision_is_about_a_card_and_has_a_reason() -> None:
    assert types("api") <= {card["type"] for card in CARDS}
    for decision in (*DECISIONS["api"], *DECISIONS["page"], *DECISIONS["links"]):
        assert re.fullmatch(r"[A-Z].{20,}\.", decision["reason"].strip(), re.DOTALL), decision


def _differences(api: dict[str, Said], ours: dict[str, Said]) -> Iterator[Difference]:
    yield from (Difference("only in the API", name) for name in api.keys() - ours.keys())
    # The API says nothing of the members of most objects, which the catalogue describes.
    told = {name.partition(".")[0] for name in api if "." in name}
    yield from (
        Difference("only in the reference", name)
        for name in ours.keys() - api.keys()
        if "." not in name or name.partition(".")[0] in told
    )
    for name in api.keys() & ours.keys():
        expected, shown = api[name], ours[name]
        # Forms are those of texts.
        forms = ("values", "pattern", "format") if expected.types and "string" in expected.types & shown.types else ()
        for field in ("step", "required", "secret", *forms):
            if getattr(expected, field) is not None and getattr(expected, field) != getattr(shown, field):
                yield Difference(field, name)
        if expected.types is not None and not shown.types <= expected.types:
            yield Difference("types", name)
        if expected.flags is not None:
            yield from (Difference(flag, name) for flag in expected.flags ^ shown.flags)


def _of_api(card: dict[str, Any]) -> dict[str, Said]:
    """What the API says, by name, of all that clients may send, and of what it sets if the page has it."""
    return {name: said for step in card["steps"] for name, said in _of_step(step)}


def _of_step(step: dict[str, Any]) -> Iterator[tuple[str, Said]]:
    for prop in step["properties"] or ():
        # Nobody sends them: the reference has those that the published page had.
        if prop["name"] in ("image_version", "user_agent") and prop["property_type"] == "read_only":
            continue
        flag = FLAGS[prop["property_type"]]
        schema = prop["json_schema"] or {}
        own = (step["type"], prop["is_required"], prop["is_credential"], frozenset({flag} - {""}))
        yield prop["name"], Said(*own, *_form(schema))
        items = schema.get("items", {})
        for name, member in items.get("properties", {}).items():
            required = name in items.get("required", ())
            yield f"{prop['name']}.{name}", Said(step["type"], required, None, None, *_form(member))


def _form(schema: dict[str, Any]) -> tuple[frozenset[str] | None, frozenset[str] | None, str | None, str | None]:
    """The types, values, pattern and format that a JSON Schema has; of alternatives, the text is what has a form."""
    if not schema:
        return None, None, None, None
    arms = [{**schema, **arm} for arm in schema.get("anyOf", [schema])]
    texts = [arm for arm in arms if arm.get("type") == "string"]
    pattern = next((arm["pattern"] for arm in texts if "pattern" in arm), "")
    values = schema.get("enum") or _alternatives(pattern)
    formats = {arm["format"] for arm in texts if "format" in arm}
    # The data have one format for a property; by its letters, an IPv4 address is the name of a host, too.
    formats -= {"ipv4"} if "hostname" in formats else set()
    taken = frozenset(arm["type"] for arm in arms)
    return taken, frozenset(values) if values else None, "" if values else pattern, " or ".join(sorted(formats))


def _alternatives(pattern: str) -> list[str]:
    """The values that a pattern lists, as in ``^1$|^30$`` and ``^(true|false)$``; empty if it is no list."""
    values = re.sub(r"[\^$()]", "", pattern).split("|")
    return values if len(values) > 1 and all(re.fullmatch(r"\w+", value) for value in values) else []


def _of_catalogue(obj: ConnectionObject) -> dict[str, Said]:
    return {name: said for step in obj.steps for name, said in _flat(step.properties, step.name, "")}


def _flat(properties: Iterable[Property], step: str, parent: str) -> Iterator[tuple[str, Said]]:
    for prop in properties:
        name = f"{parent}{prop.name}"
        yield name, _shown(prop, step)
        yield from _flat(prop.properties, step, f"{name}.")


def _shown(prop: Property, step: str) -> Said:
    return Said(
        step,
        prop.required,
        prop.secret,
        frozenset(flag for flag in FLAGS.values() if flag and getattr(prop, flag)),
        frozenset(prop.types),
        frozenset(prop.accepted) or None,
        prop.constraints.pattern or "",
        prop.constraints.format or "",
    )
