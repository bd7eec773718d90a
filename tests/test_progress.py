"""Reading a large catalogue shows how far it is; a small one is read without a word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinxext_stitch.catalogue.reading.discover import LARGE

if TYPE_CHECKING:
    from conftest import Project


def _steps(project: Project) -> list[int]:
    """The percentages that the last build showed while it read the catalogue."""
    status = re.sub(r"\x1b\[[0-9;]*m", "", project.app.status.getvalue())
    return [int(part) for part in re.findall(r"reading the catalogue\.\.\. \[ *(\d+)%\]", status)]


def test_large_catalogue(catalogue_project: Project) -> None:
    project = catalogue_project
    for number in range(1, LARGE):
        project.write(f"data/sources/thing-{number}.yml", f"name: Thing {number}\ntype: null\n")
    project.build("dummy")
    steps = _steps(project)
    assert len(steps) == len(set(steps)) == 100
    assert steps == sorted(steps)
    assert steps[-1] == 100
    assert project.connections == ["Good", *(f"Thing {number}" for number in range(1, LARGE))]


def test_small_catalogue(catalogue_project: Project) -> None:
    for number in range(2, LARGE):
        catalogue_project.write(f"data/sources/thing-{number}.yml", f"name: Thing {number}\ntype: null\n")
    catalogue_project.build("dummy")
    assert _steps(catalogue_project) == []
