"""The JSON Schema of objects, and that their examples satisfy it: those of real data, and of generated ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from conftest import CHECKOUT
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from profiles import settings

from sphinxext_stitch.catalogue.composing.examples import body
from sphinxext_stitch.catalogue.loading.loader import load
from sphinxext_stitch.catalogue.object_schema import step_schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Data

    from sphinxext_stitch.catalogue.model import Catalogue

CATALOGUES = [CHECKOUT / "data", *sorted((CHECKOUT / "docs/examples").glob("*/data"))]


def faults_of_examples(catalogue: Catalogue) -> Iterator[str]:
    """What is wrong with the minimal and the full example of each step of each object."""
    for obj in catalogue.objects:
        for step in obj.steps:
            schema = step_schema(step, obj.name)
            Draft202012Validator.check_schema(schema)
            for minimal in (True, False):
                example = body(step.properties, step.choices, minimal=minimal)
                for error in Draft202012Validator(schema).iter_errors(example):
                    yield f"{obj.anchor} {step.name} {minimal=}: {error.message}"


@pytest.mark.parametrize("folder", CATALOGUES, ids=lambda folder: folder.parent.name)
def test_examples_satisfy_the_schema_of_their_object(folder: Path) -> None:
    assert [*faults_of_examples(load(folder))] == []


NAMES = ("a", "b", "c.d", "e")
BOUND = st.integers(-5, 20) | st.sampled_from([0.5, 1.25, 10.75])
NUMBERS = st.fixed_dictionaries(
    {},
    optional={
        "minimum": BOUND,
        "maximum": BOUND,
        "exclusive_minimum": BOUND,
        "exclusive_maximum": BOUND,
        "multiple_of": st.sampled_from([1, 2, 3, 0.1, 0.25, 7]),
    },
)
LENGTHS = st.fixed_dictionaries(
    {},
    optional={
        "min_length": st.integers(0, 12),
        "max_length": st.integers(0, 12),
        "format": st.sampled_from(["email", "date", "own"]),
    },
)
ITEMS = st.fixed_dictionaries(
    {},
    optional={
        "min_items": st.integers(0, 4),
        "max_items": st.integers(0, 4),
        "unique_items": st.booleans(),
        "items": st.sampled_from(
            ["string", "integer", {"type": "integer", "minimum": 3}, {"type": "string", "max_length": 2}]
        ),
    },
)
FLAGS = st.fixed_dictionaries(
    {},
    optional={
        name: st.booleans()
        for name in (
            "required",
            "read_only",
            "supplied",
            "internal",
            "advanced",
            "nullable",
            "immutable",
            "secret",
            "omit_from_examples",
        )
    },
)
CONDITIONS = st.dictionaries(
    st.sampled_from(NAMES),
    st.sampled_from(["x", ["x", "y"], "true", "1", {"present": True}, {"present": False}]),
    min_size=1,
    max_size=2,
)


def properties(depth: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Properties with all that can decide of an example."""
    kinds = [
        st.fixed_dictionaries(
            {"type": st.just("string"), "values": st.just(["x", "y", "z"])}, optional={"default": st.just("x")}
        ),
        st.fixed_dictionaries({"type": st.just("boolean")}, optional={"default": st.just("true")}),
        NUMBERS.map(lambda fields: {"type": "integer", **fields}),
        NUMBERS.map(lambda fields: {"type": "number", **fields}),
        LENGTHS.map(lambda fields: {"type": "string", **fields}),
        ITEMS.map(lambda fields: {"type": "array", **fields}),
        st.just({"type": "object", "entries": {"name": "key", "type": "integer", "minimum": 4}}),
        st.just({"type": "object", "default": {"a": 1, "b": [True, None]}}),
    ]
    if depth:
        nested = st.fixed_dictionaries(
            {"type": st.sampled_from(["object", "array"]), "properties": properties(depth - 1)}, optional=choices()
        )
        kinds += [nested] * 3
    one = st.tuples(
        st.sampled_from(NAMES),
        st.one_of(kinds),
        FLAGS,
        st.fixed_dictionaries({}, optional={"required_if": CONDITIONS, "applies_if": CONDITIONS}),
    ).map(lambda parts: {"name": parts[0], **parts[1], **parts[2], **parts[3]})
    return st.lists(one, max_size=5)


def choices() -> dict[str, st.SearchStrategy[Any]]:
    """Sets of names, of which some are dotted."""
    sets = st.lists(
        st.lists(st.sampled_from((*NAMES, "a.b", "b.a", "c.d.e")), min_size=1, max_size=2, unique=True),
        min_size=2,
        max_size=3,
    )
    return {"one_of": sets, "any_of": sets}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(record=st.fixed_dictionaries({"properties": properties(2)}, optional=choices()))
def test_examples_of_generated_objects_satisfy_their_schema(data: Data, record: dict[str, Any]) -> None:
    data.write("data/sources/made.yml", json.dumps({"name": "Made", "type": "made", **record}))
    data.load()
    assert [*faults_of_examples(data.catalogue)] == []
