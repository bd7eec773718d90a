"""Several builds of one application, as editors make them that show a page while it is written."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from conftest import GOOD

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project

#: Times of files, in seconds: one before each build, and two after.
LONG_AGO, SOON, LATER = 1_000_000_000, 4_000_000_000, 4_000_000_001


@pytest.fixture
def project(catalogue_project: Project) -> Project:
    """A page with the catalogue and two without."""
    page = "Test\n====\n\n.. connection-property::\n\n.. toctree::\n\n   other\n   further\n"
    catalogue_project.write("index.rst", page)
    catalogue_project.write("other.rst", "Other\n=====\n\n.. include:: part.txt\n")
    catalogue_project.write("further.rst", "Further\n=======\n")
    catalogue_project.write("part.txt", "One.\n")
    return catalogue_project


def _set_time(file: Path, seconds: int) -> None:
    os.utime(file, (seconds, seconds))


def _change_part(project: Project) -> None:
    _set_time(project.write("part.txt", "Two.\n"), SOON)


def test_data_files_are_no_dependencies_of_the_next_build(project: Project) -> None:
    app = project.build()
    _change_part(project)
    app.build()
    _set_time(project.folder / "part.txt", LONG_AGO)
    _set_time(project.folder / "data/sources/good.yml", LATER)
    project.build()
    assert project.read_again() == set()


def test_a_page_that_only_an_earlier_build_has_written(project: Project) -> None:
    app = project.build()
    _change_part(project)
    app.build(filenames=[str(project.folder / "further.rst")])
    _set_time(project.folder / "part.txt", LONG_AGO)
    project.build()
    assert "Two." in project.output("other.html")


def test_a_page_whose_object_is_gone(project: Project) -> None:
    pages = {"stitch_pages": "objects"}
    project.write("index.rst", "Test\n====\n\n.. toctree::\n\n   objects/index\n   other\n   further\n")
    gone = project.write("data/sources/gone.yml", GOOD.replace("ood", "one"))
    project.build(**pages)
    assert project.warnings == []
    gone.unlink()
    app = project.build(**pages)
    app.build()
    assert project.warnings == []
    assert "objects/source/gone" not in app.env.found_docs
    # Sphinx reads all pages again if its configuration is another one.
    project.build(**pages)
    assert project.read_again() == set()
