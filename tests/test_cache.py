"""What was made of the data files is kept for the next build: it saves time, and changes nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import CHECKOUT

from sphinxext_stitch.catalogue.digest import key_of
from sphinxext_stitch.catalogue.loading import loader
from sphinxext_stitch.catalogue.loading.incremental import load_incrementally
from sphinxext_stitch.catalogue.loading.loader import load
from sphinxext_stitch.catalogue.reading.yaml_reader import read as read_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Project

    from sphinxext_stitch.catalogue.reading.data_file import DataFile


LAKE = "data/destinations/lake.yml"

#: Builds the project in the current folder, and prints which of some slow modules that took.
BUILD = """
import sys
from sphinx.cmd.build import main
main(["-q", "-b", "html", ".", "_build/html"])
modules = ("yaml", "markdown_it", "sphinxext_stitch.catalogue.model", "sphinxext_stitch.render.property_object")
print([name.rpartition(".")[2] for name in modules if name in sys.modules])
"""


def _cache(project: Project) -> Path:
    return Path(project.app.doctreedir, "stitch-catalogue.pickle")


def _edit(project: Project, file: str, old: str, new: str) -> None:
    text = (project.folder / file).read_text()
    assert old in text
    project.write(file, text.replace(old, new))


def test_unchanged_data_need_no_reader(catalogue_project: Project) -> None:
    def modules() -> str:
        done = subprocess.run(
            [sys.executable, "-c", BUILD], cwd=catalogue_project.folder, capture_output=True, text=True, check=True
        )
        assert done.stderr == ""
        return done.stdout.strip()

    everything = "['yaml', 'markdown_it', 'model', 'property_object']"
    assert modules() == everything
    assert modules() == "[]"
    catalogue_project.write("more.rst", ":orphan:\n\nMore\n====\n")
    assert modules() == "['model']"
    assert modules() == "[]"
    _edit(catalogue_project, "data/sources/good.yml", "Sound.", "Very sound.")
    assert modules() == everything
    # What no page shows is known the next time, too.
    catalogue_project.write("data/groups/unused.yml", "title: Unused\nproperties:\n  - {name: a, type: string}\n")
    assert modules() == "['yaml', 'model']"
    assert modules() == "[]"


def test_reads_only_what_changed(pelican: Project) -> None:
    folder, cache = pelican.folder / "data", pelican.folder / "cache"
    read: list[str] = []

    def progress(files: list[Path]) -> list[Path]:
        read[:] = [file.name for file in files]
        return files

    load_incrementally(folder, cache, progress)
    everything = [file.name for kind in ("destinations", "sources") for file in sorted((folder / kind).rglob("*.yml"))]
    assert read == everything
    read.clear()
    load_incrementally(folder, cache, progress)
    assert read == []
    _edit(pelican, LAKE, "Where to unload", "Where to land")
    load_incrementally(folder, cache, progress)
    assert read == ["lake.yml"]
    _edit(pelican, "data/groups/timing.yml", "First day", "Day")
    load_incrementally(folder, cache, progress)
    assert read == everything
    (folder / "destinations/lake.yml").rename(folder / "destinations/loch.yml")
    load_incrementally(folder, cache, progress)
    assert read == ["loch.yml"]


def test_reads_groups_only_if_one_changed(pelican: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, cache = pelican.folder / "data", pelican.folder / "cache"
    read: list[str] = []

    def note(path: Path, *arguments: Any) -> DataFile | None:
        read.append(path.name)
        return read_file(path, *arguments)

    monkeypatch.setattr(loader, "read", note)
    groups = sorted(path.name for path in (folder / "groups").iterdir())
    load_incrementally(folder, cache)
    assert set(groups) <= set(read)
    read.clear()
    _edit(pelican, LAKE, "Where to unload", "Where to land")
    load_incrementally(folder, cache)
    assert "lake.yml" in read
    assert not set(groups) & set(read)
    _edit(pelican, "data/groups/timing.yml", "First day", "Day")
    read.clear()
    load_incrementally(folder, cache)
    assert set(groups) <= set(read)


EDITS: dict[str, Callable[[Project], object]] = {
    "a broken file": lambda project: project.write("data/sources/bad.yml", "name: [Bad\n"),
    "mended": lambda project: project.write("data/sources/bad.yml", "name: Bad\ntype: river.bad\ncolour: red\n"),
    "a broken group": lambda project: project.write("data/groups/odd.yml", "title: Odd\nproperties: none\n"),
    "a taken type": lambda project: project.write("data/sources/twin.yml", "name: A\ntype: pond.lake\n"),
    "a taken key": lambda project: project.write("data/sources/deep/bad.yml", "name: Bad\ntype: null\n"),
    "out of place": lambda project: project.write("data/other/bad.yml", "name: Bad\n"),
    "renamed": lambda project: (project.folder / LAKE).rename(project.folder / "data/destinations/loch.yml"),
    "removed": lambda project: (project.folder / "data/destinations/loch.yml").unlink(),
    "another API": lambda project: _edit(project, "data/api.yml", "Dig a pond", "Dig the pond"),
    "no API": lambda project: (project.folder / "data/api.yml").unlink(),
    "no groups": lambda project: [file.unlink() for file in (project.folder / "data/groups").glob("*")],
    "nothing at all": lambda project: (project.folder / "data").rename(project.folder / "away"),
}


def test_gives_the_same_as_reading_all(pelican: Project) -> None:
    folder, cache = pelican.folder / "data", pelican.folder / "cache"
    for name, edit in EDITS.items():
        edit(pelican)
        whole = load(folder)
        assert key_of(load_incrementally(folder, cache).catalogue) == key_of(whole), name
        kept = load_incrementally(folder, cache).catalogue
        assert key_of(kept) == key_of(whole), name
        assert [obj.digest for obj in kept.objects] == [obj.digest for obj in whole.objects], name


#: A group whose properties have problems: two of one name, in an example, in nested properties, in a text with a variable.
FAULTY_GROUP = """\
title: Faulty
properties:
  - {name: a, type: string, description: A., example: [1]}
  - {name: a, type: string}
  - {name: b, type: object, description: B., properties: [{name: c, type: integer, minimum: 2, maximum: 1}]}
  - {name: d, type: string, description: "D of {{ name }} and {{ unknown }}."}
  - {name: e_token, type: string, description: "See [E](stitch:nothing)."}
"""

#: What objects do with a group.
LISTED = {
    "all": "",
    "again": "",
    "changed": "properties: [{name: a, example: text}, {name: b, type: string}]\n",
    "omitted": "omit: [a, e_token]\n",
    "filled": "variables: {unknown: text}\n",
}


def _write_lists(project: Project) -> None:
    for name, more in LISTED.items():
        project.write(f"data/sources/{name}.yml", f"name: {name}\ntype: test.{name}\ngroups: [faulty]\n{more}")


@pytest.mark.parametrize("only", LISTED)
def test_each_object_has_the_problems_of_its_groups(catalogue_project: Project, only: str) -> None:
    """What objects have in common is made once: its problems are those of each, also if the others are gone."""
    project = catalogue_project
    folder, cache = project.folder / "data", project.folder / "cache"
    project.write("data/groups/faulty.yml", FAULTY_GROUP)
    _write_lists(project)
    assert key_of(load_incrementally(folder, cache).catalogue) == key_of(load(folder))
    for name in LISTED.keys() - {only}:
        (folder / f"sources/{name}.yml").unlink()
    alone = load(folder)
    assert alone.problems
    assert key_of(load_incrementally(folder, cache).catalogue) == key_of(alone)
    # Now the others are read, and this one is not.
    _write_lists(project)
    assert key_of(load_incrementally(folder, cache).catalogue) == key_of(load(folder))


def test_folders_do_not_share_what_is_kept(pelican: Project) -> None:
    cache = pelican.folder / "cache"
    for name in ("data", "missing", "nowhere", "data"):
        kept = load_incrementally(pelican.folder / name, cache).catalogue
        assert key_of(kept) == key_of(load(pelican.folder / name))


def test_notices_a_change_that_size_and_time_hide(catalogue_project: Project) -> None:
    catalogue_project.build()
    file = catalogue_project.folder / "data/sources/good.yml"
    times = file.stat()
    _edit(catalogue_project, "data/sources/good.yml", "Sound.", "Solid.")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    catalogue_project.build()
    assert "Solid." in catalogue_project.output("index.html")


def test_a_file_that_is_written_while_it_is_read_is_read_again(
    catalogue_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also if it is put back: the page shows what was read."""
    good = catalogue_project.folder / "data/sources/good.yml"
    before = good.read_text()

    def write(files: list[Path], _verbosity: int) -> list[Path]:
        _edit(catalogue_project, "data/sources/good.yml", "Sound.", "Solid.")
        return files

    with monkeypatch.context() as patch:
        patch.setattr("sphinxext_stitch.lifecycle.progress", write)
        catalogue_project.build()
    assert "Solid." in catalogue_project.output("index.html")
    good.write_text(before)
    catalogue_project.build()
    assert "Sound." in catalogue_project.output("index.html")


def test_reports_problems_of_files_that_are_not_read(catalogue_project: Project) -> None:
    catalogue_project.write("data/sources/bad.yml", "name: Bad\ntype: test.bad\ncolour: red\n")
    catalogue_project.write("data/groups/odd.yml", "title: Odd\nproperties: none\n")
    catalogue_project.build()
    first = catalogue_project.warnings
    assert len(first) == 2
    catalogue_project.build()
    assert catalogue_project.warnings == first
    _edit(catalogue_project, "data/sources/good.yml", "Sound.", "Very sound.")
    catalogue_project.build()
    assert catalogue_project.warnings == first
    (catalogue_project.folder / "data/sources/bad.yml").unlink()
    catalogue_project.build()
    assert catalogue_project.warnings == [line for line in first if "odd.yml" in line]


@pytest.mark.parametrize("damage", [b"", b"x" * 10_000, None], ids=["empty", "other bytes", "cut off"])
def test_a_damaged_cache_is_made_anew(catalogue_project: Project, damage: bytes | None) -> None:
    catalogue_project.build()
    cache = _cache(catalogue_project)
    whole = cache.read_bytes()
    cache.write_bytes(whole[:-1] if damage is None else damage)
    catalogue_project.build()
    assert catalogue_project.warnings == []
    assert catalogue_project.read_again() == set()
    assert cache.stat().st_size == len(whole)


def test_every_damaged_byte_is_noticed(pelican: Project) -> None:
    folder, cache = pelican.folder / "data", pelican.folder / "cache"
    whole = load_incrementally(folder, cache).catalogue
    raw = cache.read_bytes()
    for index in range(0, len(raw), len(raw) // 50):
        cache.write_bytes(raw[:index] + bytes([raw[index] ^ 1]) + raw[index + 1 :])
        assert key_of(load_incrementally(folder, cache).catalogue) == key_of(whole)
        assert cache.read_bytes() != raw[:index] + bytes([raw[index] ^ 1]) + raw[index + 1 :]


def test_a_cache_that_cannot_be_written_costs_nothing_else(catalogue_project: Project) -> None:
    catalogue_project.build()
    cache = _cache(catalogue_project)
    cache.unlink()
    cache.mkdir()
    catalogue_project.build()
    catalogue_project.build(fresh=True)
    assert catalogue_project.warnings == []
    assert "Sound." in catalogue_project.output("index.html")
    assert list(cache.parent.glob("stitch-catalogue*")) == [cache]


def test_notes_that_cannot_be_written_cost_nothing_else(catalogue_project: Project) -> None:
    catalogue_project.build()
    notes = [*_cache(catalogue_project).parent.glob("stitch-*.pickle")]
    for note in notes:
        note.unlink()
        note.mkdir()
    _edit(catalogue_project, "data/sources/good.yml", "Sound.", "Solid.")
    catalogue_project.build()
    assert catalogue_project.warnings == []
    for file in ("index.html", "_stitch/catalogue.json", "_stitch/source/good.form.json"):
        assert "Solid." in catalogue_project.output(file)
    assert {*notes} == {*_cache(catalogue_project).parent.glob("stitch-*.pickle*")}


def test_a_fresh_environment_reads_all_anew(catalogue_project: Project) -> None:
    catalogue_project.build()
    cache = _cache(catalogue_project)
    made = cache.stat().st_mtime_ns
    catalogue_project.build()
    assert cache.stat().st_mtime_ns == made
    catalogue_project.build(fresh=True)
    assert cache.stat().st_mtime_ns != made


def _copy_of_the_package(folder: Path) -> Path:
    """A copy in another environment, as another checkout has it."""
    shutil.copytree(CHECKOUT / "sphinxext_stitch", folder / "sphinxext_stitch")
    return folder


def _build_with(project: Project, environment: Path) -> str:
    """Build with the package of an environment; gives what Sphinx says of it."""
    command = [sys.executable, "-m", "sphinx", "--no-color", "-b", "html", "-d", "_build/doctrees", ".", "_build/html"]
    variables = {**os.environ, "PYTHONPATH": str(environment), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, cwd=project.folder, env=variables, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout


def test_another_checkout_writes_no_page_again(catalogue_project: Project, tmp_path: Path) -> None:
    _build_with(catalogue_project, _copy_of_the_package(tmp_path / "one"))
    said = _build_with(catalogue_project, _copy_of_the_package(tmp_path / "other"))
    assert "building [html]: targets for 0 source files" in said
    assert "0 added, 0 changed, 0 removed" in said


def test_other_titles_in_the_code_are_noticed(catalogue_project: Project, tmp_path: Path) -> None:
    """The checksum of the cache is of the whole package: titles are not made in the catalogue."""
    environment = _copy_of_the_package(tmp_path / "environment")
    _build_with(catalogue_project, environment)
    words = environment / "sphinxext_stitch/render/words.py"
    words.write_text(words.read_text().replace('_("%(name)s source")', '_("%(name)s well")'))
    _build_with(catalogue_project, environment)
    *_header, packed = (catalogue_project.folder / "_build/html/objects.inv").read_bytes().split(b"\n", 4)
    assert b" Good well\n" in zlib.decompress(packed)
