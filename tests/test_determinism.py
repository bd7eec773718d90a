"""The same data and pages give the same files, whatever else is different, and whatever happened before."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from conftest import outputs

from sphinxext_stitch.object_pages import DRAFT_AGE

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project

INDEX = "Home\n====\n\n.. toctree::\n   :glob:\n\n   rivers/index\n   [gn]*\n\n.. connection-table::\n"

#: Ends the build at the moment that the environment names, as a machine that loses its power does.
END = """
import os

def setup(app):
    moment = os.environ.get("END_AT", "")
    if moment.startswith("event "):
        app.connect(moment.removeprefix("event "), lambda *_: os._exit(9), priority=999)
    elif moment:
        replace = os.replace

        def end(old, new, **options):
            if moment in str(new):
                os._exit(9)
            replace(old, new, **options)

        os.replace = end
"""


@pytest.fixture
def rivers(pelican: Project) -> Project:
    """The invented catalogue with a page for each object."""
    pelican.write("index.rst", INDEX)
    pelican.write("conf.py", (pelican.folder / "conf.py").read_text() + f'stitch_pages = "rivers"\n{END}')
    return pelican


def _start(folder: Path, out: Path, *options: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "sphinx", "-q", "-b", "html", *options, str(folder), str(out)],
        env={**os.environ, **environment},
        stderr=subprocess.PIPE,
        text=True,
    )


def _build(folder: Path, out: Path, *options: str, **environment: str) -> dict[str, bytes]:
    """All that a build in a process of its own writes for readers."""
    build = _start(folder, out, *options, **environment)
    _, errors = build.communicate()
    assert (build.returncode, errors) == (0, "")
    return outputs(out)


@pytest.mark.parametrize(
    ("options", "environment"),
    [
        ([], {"PYTHONHASHSEED": "1"}),
        ([], {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo"}),
        ([], {"LC_ALL": "C", "PYTHONUTF8": "0"}),
        (["-j", "2"], {"PYTHONHASHSEED": "3"}),
    ],
    ids=["hash seed", "time zone", "locale", "parallel"],
)
def test_clean_builds_are_the_same(
    rivers: Project, tmp_path: Path, options: list[str], environment: dict[str, str]
) -> None:
    for number in range(12):  # so many pages that Sphinx reads them in parallel
        rivers.write(f"note{number}.rst", f"Note {number}\n=======\n\n:stitch:prop:`river.brook.depth`\n")
    expected = _build(rivers.folder, tmp_path / "one", PYTHONHASHSEED="0", TZ="UTC")
    # A copy whose files were made in another order, and later.
    copy = tmp_path / "copy"
    sources = [file for file in rivers.folder.rglob("*") if file.is_file()]
    for file in sorted(sources, reverse=True):
        target = copy / file.relative_to(rivers.folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    assert _build(copy, tmp_path / "two", *options, **environment) == expected


@pytest.mark.parametrize(
    "moment",
    [
        "rivers/source",  # a page that is made
        "stitch-catalogue",
        "event env-before-read-docs",
        "event doctree-read",
        "event env-updated",
        "event env-check-consistency",
        "event doctree-resolved",
        "event html-page-context",
    ],
)
def test_an_interrupted_build_spoils_nothing(rivers: Project, tmp_path: Path, moment: str) -> None:
    """Neither the first one nor one after a change."""
    out = tmp_path / "out"
    lake = rivers.folder / "data/destinations/lake.yml"
    for name in ("Lake", "Laguna"):
        lake.write_text(lake.read_text().replace("name: Lake", f"name: {name}"))
        shutil.rmtree(rivers.folder / "rivers", ignore_errors=True)
        interrupted = _start(rivers.folder, out, END_AT=moment)
        interrupted.communicate()
        assert interrupted.returncode == 9
    after = _build(rivers.folder, out)
    assert "Laguna" in after["rivers/destination/lake.html"].decode()
    assert after == _build(rivers.folder, tmp_path / "clean")


def test_what_an_interrupted_build_left_is_removed(rivers: Project, tmp_path: Path) -> None:
    """But not what another build may be writing just now."""
    interrupted = _start(rivers.folder, tmp_path / "out", END_AT="rivers/source")
    interrupted.communicate()
    [draft] = rivers.folder.rglob("*.stitch-draft")
    rivers.build()
    assert draft.exists()
    long_ago = draft.stat().st_mtime - 2 * DRAFT_AGE
    os.utime(draft, (long_ago, long_ago))
    rivers.build()
    assert not draft.exists()


def test_two_builds_at_once(rivers: Project, tmp_path: Path) -> None:
    """Both make the same pages in the same folder."""
    expected = _build(rivers.folder, tmp_path / "alone")
    shutil.rmtree(rivers.folder / "rivers")
    builds = {tmp_path / name: _start(rivers.folder, tmp_path / name) for name in ("one", "two")}
    for out, build in builds.items():
        _, errors = build.communicate()
        assert (build.returncode, errors) == (0, "")
        assert outputs(out) == expected


def test_the_data_are_only_read(pelican: Project) -> None:
    def state() -> dict[str, tuple[int, bytes]]:
        files = sorted((pelican.folder / "data").rglob("*"))
        return {str(file): (file.stat().st_mtime_ns, file.read_bytes() if file.is_file() else b"") for file in files}

    pelican.write("data/sources/bad.yml", "name: Bad\ncolour: red\n")
    before = state()
    pelican.build()
    pelican.build()
    assert state() == before
