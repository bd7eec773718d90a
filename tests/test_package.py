"""What the wheel carries, and what it needs."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from configparser import ConfigParser
from typing import TYPE_CHECKING

from conftest import CHECKOUT
from packaging.requirements import Requirement

if TYPE_CHECKING:
    from pathlib import Path


def test_wheel_carries_the_data(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True)
    names = set(zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    data = {f"sphinxext_stitch/{file.relative_to(CHECKOUT)}" for file in (CHECKOUT / "data").rglob("*.yml")}
    assert len(data) > 1
    assert data <= names
    catalogs = {str(file.relative_to(CHECKOUT)) for file in (CHECKOUT / "sphinxext_stitch/locale").rglob("*.mo")}
    assert len(catalogs) > 1
    assert catalogs <= names
    assert {
        "sphinxext_stitch/py.typed",
        "sphinxext_stitch/html/static/sphinxext-stitch.css",
        "sphinxext_stitch/html/static/sphinxext-stitch.js",
    } <= names


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
