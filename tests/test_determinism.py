"""The same data and pages give the same files, whatever else is different, and whatever happened before."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from conftest import copy_of_pelican, outputs, posix

from sphinxext_stitch.object_pages import DRAFT_AGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
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


def write_rivers(project: Project) -> Project:
    """Write the invented catalogue with a page for each object."""
    project.write("index.rst", INDEX)
    conf = (project.folder / "conf.py").read_text(encoding="utf-8")
    project.write("conf.py", f'{conf}stitch_pages = "rivers"\n{END}')
    return project


@pytest.fixture
def rivers(pelican: Project) -> Project:
    """The invented catalogue with a page for each object."""
    return write_rivers(pelican)


def write_notes(project: Project) -> Project:
    """Write so many pages that Sphinx reads them in parallel."""
    for number in range(12):
        project.write(f"note{number}.rst", f"Note {number}\n=======\n\n:stitch:prop:`river.brook.depth`\n")
    return project


def rename_lake(project: Project, name: str) -> None:
    """Give the lake another name."""
    file = project.folder / "data/destinations/lake.yml"
    file.write_text(re.sub(r"(?m)^name: .*", f"name: {name}", file.read_text(encoding="utf-8")), encoding="utf-8")


#: Makes builds one after the other, each in a process of its own that has imported what a build needs.
BUILDS = """
import json, os, sys
from importlib import import_module
from sphinx.application import builtin_extensions
from sphinx.cmd.build import main

for module in (*builtin_extensions, "myst_parser.parsers.sphinx_", "sphinxext_stitch.domain"):
    import_module(module)
import_module("sphinxext_stitch.catalogue.loading.loader")

for line in sys.stdin:
    moment, arguments = json.loads(line)
    child = os.fork()
    if child == 0:
        os.environ["END_AT"] = moment
        os._exit(main(arguments))
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@pytest.fixture(scope="module")
def build_until() -> Iterator[Callable[[str, Path, Path], int]]:
    """Build a project until a moment, or to the end if it is empty; gives the exit code, 1 if there is any warning."""
    command = [sys.executable, "-c", BUILDS]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as builds:

        def build(moment: str, folder: Path, out: Path) -> int:
            arguments = ["-q", "-W", "--keep-going", "-b", "html", str(folder), str(out)]
            print(json.dumps([moment, arguments]), file=builds.stdin, flush=True)
            return int(builds.stdout.readline())

        yield build
        builds.stdin.close()


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


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a build of these pages gives."""
    folder = tmp_path_factory.mktemp("noted")
    project = write_notes(write_rivers(copy_of_pelican(folder / "project")))
    return _build(project.folder, folder / "out", PYTHONHASHSEED="0", TZ="UTC")


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
    rivers: Project, noted: dict[str, bytes], tmp_path: Path, options: list[str], environment: dict[str, str]
) -> None:
    write_notes(rivers)
    # A copy whose files were made in another order, and later.
    copy = tmp_path / "copy"
    sources = [file for file in rivers.folder.rglob("*") if file.is_file()]
    for file in sorted(sources, reverse=True):
        target = copy / file.relative_to(rivers.folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    assert _build(copy, tmp_path / "out", *options, **environment) == noted


@pytest.fixture(scope="module")
def with_laguna(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a build gives after the lake has another name."""
    folder = tmp_path_factory.mktemp("laguna")
    project = write_rivers(copy_of_pelican(folder / "project"))
    rename_lake(project, "Laguna")
    return _build(project.folder, folder / "out")


@posix
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
def test_an_interrupted_build_spoils_nothing(
    rivers: Project,
    with_laguna: dict[str, bytes],
    build_until: Callable[[str, Path, Path], int],
    tmp_path: Path,
    moment: str,
) -> None:
    """Neither the first one nor one after a change."""
    out = tmp_path / "out"
    for name in ("Lake", "Laguna"):
        rename_lake(rivers, name)
        if moment.startswith("rivers"):
            shutil.rmtree(rivers.folder / "rivers", ignore_errors=True)
        assert build_until(moment, rivers.folder, out) == 9
        assert build_until("", rivers.folder, out) == 0
    after = outputs(out)
    assert "Laguna" in after["rivers/destination/lake.html"].decode()
    assert after == with_laguna


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


@pytest.mark.parametrize("moment", ["env-get-outdated", "env-before-read-docs", "write-started"])
def test_another_build_finds_an_object_gone(rivers: Project, tmp_path: Path, moment: str) -> None:
    """While one is under way that has found the page of the object."""
    sea = rivers.write("data/destinations/sea.yml", "name: Sea\ntype: pond.sea\ncategory: pond\n")
    other = {}

    def build_another(*_arguments: object) -> tuple[()]:
        sea.unlink()
        other.update(_build(rivers.folder, tmp_path / "other"))
        return ()

    app = rivers.start()
    app.connect(moment, build_another)
    app.build()
    assert rivers.warnings == []
    assert "pond.sea" in rivers.output("rivers/destination/sea.html")
    assert "rivers/destination/sea.html" not in other
    rivers.build()
    assert rivers.warnings == []
    built = rivers.outputs()
    rivers.build(fresh=True)
    assert rivers.outputs() == built


def test_the_data_are_only_read(pelican: Project) -> None:
    def state() -> dict[str, tuple[int, bytes]]:
        files = sorted((pelican.folder / "data").rglob("*"))
        return {str(file): (file.stat().st_mtime_ns, file.read_bytes() if file.is_file() else b"") for file in files}

    pelican.write("data/sources/bad.yml", "name: Bad\ncolour: red\n")
    before = state()
    pelican.build()
    pelican.build()
    assert state() == before
