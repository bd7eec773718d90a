"""What the wheel carries, and what it needs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from configparser import ConfigParser
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from conftest import CHECKOUT
from packaging.requirements import Requirement

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Project

PAGE = "Connections\n===========\n\n.. connection-property:: source/hubspot\n"
BUILD = "from sphinx.cmd.build import main; main(['-q', '-W', '-b', 'html', '.', '_build'])"


def _build(checkout: Path, folder: Path) -> Path:
    """The wheel of a checkout, made in a folder."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=checkout, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _build(CHECKOUT, tmp_path_factory.mktemp("wheel"))


def test_wheel_carries_the_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    data = {f"sphinxext_stitch/{file.relative_to(CHECKOUT)}" for file in (CHECKOUT / "data").rglob("*.yml")}
    assert len(data) > 1
    assert data <= names
    catalogs = {str(file.relative_to(CHECKOUT)) for file in (CHECKOUT / "sphinxext_stitch/locale").rglob("*.mo")}
    assert len(catalogs) > 1
    assert catalogs <= names
    assert {
        "sphinxext_stitch/py.typed",
        *(
            f"sphinxext_stitch/html/static/{file.name}"
            for file in (CHECKOUT / "sphinxext_stitch/html/static").iterdir()
        ),
    } <= names


def test_scripts_and_styles_of_the_wheel_have_no_comments(wheel: Path) -> None:
    folder = "sphinxext_stitch/html/static"
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        for file in (CHECKOUT / folder).iterdir():
            name, text = f"{folder}/{file.name}", file.read_text(encoding="utf-8")
            assert names.count(name) == 1
            served = archive.read(name).decode("utf-8")
            if text.startswith("/*!"):  # made by others
                assert served == text
            else:
                assert len(served) < len(text)
                assert not re.search(r"^\s*(//|/\*)", served, re.MULTILINE)
            if file.suffix == ".css":  # where the space before “:is()” is an operator
                words, ours = (re.sub(r"([{};,])", r"\1 ", style).split() for style in (served, text))
                assert words == re.sub(r"/\*.*?\*/", "", " ".join(ours)).split()


def test_wheel_is_the_same_when_it_is_built_again(wheel: Path, tmp_path: Path) -> None:
    """From a copy whose files are of another day."""
    copy = tmp_path / "copy"
    ignored = shutil.ignore_patterns(".git", ".tox", "_build", "build", "__pycache__", "*_cache")
    shutil.copytree(CHECKOUT, copy, ignore=ignored)
    for file in copy.rglob("*"):
        os.utime(file, (1_000_000_000, 1_000_000_000))
    assert _build(copy, tmp_path / "again").read_bytes() == wheel.read_bytes()


def test_wheel_builds_a_page_alone(wheel: Path, make_project: Callable[..., Project], tmp_path: Path) -> None:
    """All that it reads is in it, and a build writes nothing into it."""
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    folder = make_project(**{"conf.py": 'extensions = ["sphinxext_stitch"]\n', "index.rst": PAGE}).folder
    program = f"import sphinxext_stitch; print(sphinxext_stitch.__file__); {BUILD}"
    done = subprocess.run(
        [sys.executable, "-B", "-c", program],
        cwd=folder,
        # Nothing of the checkout, which the tests themselves may run from.
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    assert done.stdout.strip() == str(installed / "sphinxext_stitch/__init__.py")
    page = BeautifulSoup((folder / "_build/index.html").read_text(encoding="utf-8"), "html.parser")
    assert page.select_one("#source-form-properties-hubspot-object")
    with zipfile.ZipFile(wheel) as archive:
        files = {name for name in archive.namelist() if not name.endswith("/")}
    assert {str(file.relative_to(installed)) for file in installed.rglob("*") if file.is_file()} == files


def test_lowest_versions_are_tested() -> None:
    """The environments of tox with the oldest versions have exactly those that are declared."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [Requirement(text) for text in project["dependencies"]]
    tox = ConfigParser(interpolation=None)
    tox.read(CHECKOUT / "tox.ini", encoding="utf-8")
    matrix = next(tox[name]["deps"] for name in tox.sections() if name.startswith("testenv:py{"))
    pinned = [
        Requirement(line.partition(": ")[2])
        for line in matrix.splitlines()
        if line.partition(": ")[0].endswith("oldest")
    ]
    for needed in declared:
        lowest = next(bound.version for bound in needed.specifier if bound.operator == ">=")
        assert any(pin.name == needed.name and pin.specifier.contains(lowest) for pin in pinned), needed


def test_the_lock_holds_what_the_documentation_needs() -> None:
    """With a hash for each file, and no word of where it was fetched from."""
    lock = (CHECKOUT / "docs/requirements.txt").read_text(encoding="utf-8")
    pinned = {line.split("==")[0] for line in lock.splitlines() if "==" in line}
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *_requirements(CHECKOUT / "docs/requirements.in")]
    assert {Requirement(text).name for text in wanted} <= pinned
    entries = re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n", "", lock, flags=re.MULTILINE).strip())
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in lock


def _requirements(file: Path) -> list[str]:
    return [line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
