"""The manual shows a faulty example of every subtype, with the message that it gives."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from conftest import CHECKOUT, as_built, posix

from sphinxext_stitch.catalogue.problems import Subtype
from sphinxext_stitch.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Project

#: A sound project, and beside it a folder for each subtype: the files that make it faulty, and ``message.txt``.
FAULTS = CHECKOUT / "docs/examples/faults"

SUBTYPES = {subtype.value: subtype for subtype in Subtype}

HOW_TO = (
    "Write a folder docs/examples/faults/{} with the faulty files, which are laid over those of “sound”, and the "
    "lines that a build prints (of lint warnings, the command “check”) as message.txt."
)


@pytest.mark.parametrize("subtype", SUBTYPES)
def test_there_is_an_example(subtype: str) -> None:
    assert (FAULTS / subtype / "message.txt").is_file(), HOW_TO.format(subtype)


def test_there_is_nothing_else() -> None:
    assert {path.name for path in FAULTS.iterdir()} == {"sound", *SUBTYPES}


@pytest.fixture
def laid_over(make_project: Callable[..., Project]) -> Callable[[str], Project]:
    """The sound project with the files of an example."""

    def lay_over(name: str) -> Project:
        project = make_project()
        shutil.copytree(FAULTS / "sound", project.folder)
        shutil.copytree(FAULTS / name, project.folder, symlinks=True, dirs_exist_ok=True)
        return project

    return lay_over


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=posix if name == "symlink" else ()) for name in ("sound", *sorted(SUBTYPES))],
)
def test_the_example_gives_its_message(
    laid_over: Callable[[str], Project],
    name: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    project = laid_over(name)
    message = project.folder / "message.txt"
    expected = message.read_text(encoding="utf-8").splitlines() if name != "sound" else []
    project.build("dummy")
    printed = project.warnings
    monkeypatch.chdir(project.folder)
    main(["check"])
    *found, _summary = capsys.readouterr().out.splitlines()
    if name != "sound" and SUBTYPES[name].lint:
        assert printed == []
        assert found == expected
    else:
        assert printed == expected
        # What is wrong with the data, the command finds too, and in the same words; it knows no translations.
        of_data = [line for line in expected if line.startswith("data/") and name != "bad-translation"]
        assert list(map(as_built, found)) == of_data
    found_of = {re.sub(r".*\[(stitch\.)?([a-z-]+)\]$", r"\2", line) for line in expected}
    assert found_of == ({name} if name != "sound" else set())
