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
    # That a member is required holds in each item, or if what it is a member of is sent.
    '- | "nets.mesh"                | number         | required     | Width of the mesh.                               |',
    '+ | "nets.mesh"                | number         | in each item | Width of the mesh.                               |',
    # Examples have no internal properties.
    '-      "banks": [',
    '-        "left",',
    '-        "right"',
    "-      ],",
    # Connections are not named where the words of a catalogue can have another word for them.
    '+ Add these properties with Verify a river ("PATCH /rivers/{id}").',
    '- Add these properties to the connection with Verify a river ("PATCH',
    '- /rivers/{id}").',
]


def test_pages_of_the_first_edition(make_project: Callable[..., Project]) -> None:
    project = make_project("first-edition")
    project.build("text")
    assert project.warnings == []
    old = (TESTS / "roots/first-edition.txt").read_text(encoding="utf-8").splitlines()
    new = project.output("index.txt").splitlines()
    assert [line for line in ndiff(old, new) if line[0] in "-+"] == MEANT
