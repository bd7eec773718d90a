"""A catalogue of the first edition of the data format gives the pages that it gave, but for what is meant."""

from __future__ import annotations

from difflib import ndiff
from typing import TYPE_CHECKING

from conftest import TESTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Project

#: What a page of the first edition has (“-”), and what it has now (“+”).
MEANT = [
    # That a property is required says what completes a step, and nothing about requests without it.
    "- Properties marked as required must be sent; all others may be left",
    "+ Properties marked as required are needed to complete the step; all",
    "- out. Read-only properties are the exception: the API sets them, and",
    "+ others are optional. Read-only properties are the exception: the API",
    "- refuses a request that has them.",
    "+ sets them.",
    # That a member is required holds in each item, or if what it is a member of is sent.
    '- | "nets.mesh"                | number         | required     | Width of the mesh.                               |',
    '+ | "nets.mesh"                | number         | in each item | Width of the mesh.                               |',
    "- Full: every property that can be sent.",
    "+ Full: with optional properties.",
    # Examples have no internal properties.
    '-      "banks": [',
    '-        "left",',
    '-        "right"',
    "-      ],",
    "- Minimal: only what must be sent.",
    "+ Minimal: only what completes the step.",
    *2
    * [
        "- Properties marked as required must be sent; all others may be left",
        "- out.",
        "+ Properties marked as required are needed to complete the step; all",
        "+ others are optional.",
    ],
]


def test_pages_of_the_first_edition(make_project: Callable[..., Project]) -> None:
    project = make_project("first-edition")
    project.build("text")
    assert project.warnings == []
    old = (TESTS / "roots/first-edition.txt").read_text(encoding="utf-8").splitlines()
    new = project.output("index.txt").splitlines()
    assert [line for line in ndiff(old, new) if line[0] in "-+"] == MEANT
