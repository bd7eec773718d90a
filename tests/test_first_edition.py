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
    # The titles of the columns of the table are short.
    "- | Connection name                          | Connection type      | Connection property                      |",
    "+ | Name                                     | Kind                 | Type                                     |",
    # Required says what completes a step, and nothing about requests without it; of a member, if what it is in is sent.
    # The column has what a request should do: never send what is read-only, leave out what is internal, which is last.
    # Values are JSON, so texts have quotes.  Below each table is the endpoint.  Examples have nothing internal.
    "- Properties marked as required must be sent; all others may be left",
    "+ Properties marked as required are needed to complete the step; all",
    "- out. Read-only properties are the exception: the API sets them, and",
    "+ others are optional. Read-only properties are the exception: the API",
    "- refuses a request that has them.",
    "+ sets them.",
    '- | "banks"                    | array of       | optional     | internal deprecated  The banks to visit.         |',
    "- |                            | string         |              |                                                  |",
    "- +----------------------------+----------------+--------------+--------------------------------------------------+",
    '- | "nets.mesh"                | number         | required     | Width of the mesh.                               |',
    '+ | "nets.mesh"                | number         | in each item | Width of the mesh.                               |',
    '- | "account_id"               | string         | optional     | read-only  Given by the API.                     |',
    '+ | "account_id"               | string         | never send   | read-only  Given by the API.                     |',
    "+ +----------------------------+----------------+--------------+--------------------------------------------------+",
    '+ | "banks"                    | array of       | leave out    | internal deprecated  The banks to visit.         |',
    "+ |                            | string         |              |                                                  |",
    "- -[ Example ]-",
    '+ Send with "POST /rivers".',
    "- Full: every property that can be sent.",
    "+ -[ Example ]-",
    "+ Full: with optional properties.",
    "+ ",
    '-      "banks": [',
    '-        "left",',
    '-        "right"',
    "-      ],",
    "- Minimal: only what must be sent.",
    "+ Minimal: only what completes the step.",
    "+ Properties marked as required are needed to complete the step; all",
    "+ others are optional.",
    '- Add these properties to the connection with Verify a river ("PATCH',
    '- /rivers/{id}").',
    "- ",
    "- Properties marked as required must be sent; all others may be left",
    "- out.",
    '+ Send with "PATCH /rivers/{id}".',
    "+ ",
    "- Properties marked as required must be sent; all others may be left",
    "- out.",
    "+ Properties marked as required are needed to complete the step; all",
    "+ others are optional.",
    '+ Send with "POST /ponds".',
    "+ ",
]


def test_pages_of_the_first_edition(make_project: Callable[..., Project]) -> None:
    project = make_project("first-edition")
    project.build("text")
    assert project.warnings == []
    old = (TESTS / "roots/first-edition.txt").read_text(encoding="utf-8").splitlines()
    new = project.output("index.txt").splitlines()
    assert [line for line in ndiff(old, new) if line[0] in "-+"] == MEANT
