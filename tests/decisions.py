"""Where the catalogue differs from the facts about Stitch, on purpose: what ``tests/facts/decisions.yml`` says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import yaml
from conftest import TESTS

if TYPE_CHECKING:
    from collections.abc import Iterator

DECISIONS = yaml.safe_load((TESTS / "facts/decisions.yml").read_text(encoding="utf-8"))


class Difference(NamedTuple):
    """What differs, and of which property; a nested one has a dotted name."""

    what: str
    name: str


def decided(source: str, type_name: str) -> list[Difference]:
    """The differences from a source of facts that are decided for an object, by its type."""
    return [difference for owner, difference in _all(source) if owner == type_name]


def types(source: str) -> set[str]:
    """The types of all objects for which something is decided."""
    return {owner for owner, _difference in _all(source)}


def _all(source: str) -> Iterator[tuple[str, Difference]]:
    for decision in DECISIONS[source]:
        for name, owners in decision["where"].items():
            yield from ((owner, Difference(decision["what"], name)) for owner in owners)
