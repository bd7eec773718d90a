"""What the wheel carries."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

from conftest import CHECKOUT

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
