"""Catalogues that are loaded, and small Sphinx projects that are built for real."""

from __future__ import annotations

import gc
import itertools
import os
import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from jinja2 import BytecodeCache
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.testing.util import SphinxTestApp

from sphinxext_stitch.catalogue.limits import Limits
from sphinxext_stitch.catalogue.loading.loader import load
from sphinxext_stitch.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jinja2.bccache import Bucket

    from sphinxext_stitch.catalogue.model import Catalogue

# Garbage collection goes through all nodes of a page time and again: a third of the time of a large build.
gc.set_threshold(100_000)

TESTS = Path(__file__).parent
CHECKOUT = TESTS.parent

API = """\
name: Test
steps: {form: {title: Properties}}
"""

GOOD = """\
name: Good
type: test.good
properties:
  - name: sound
    type: string
    description: Sound.
"""

#: For tests of what Windows does not have.
posix = pytest.mark.skipif(os.name == "nt", reason="needs a POSIX system")


class Folder:
    """A folder with files that a test writes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a file, in folders that are made where they are missing."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            file.write_bytes(text)
        else:
            file.write_text(text, encoding="utf-8", newline="\n")
        return file

    def relative(self, text: str) -> str:
        """A text in which paths of files begin in the folder, and have the same form on every system."""
        inside = re.escape(f"{self.folder}{os.sep}") + r"([\w.\\/ -]*)"
        return re.sub(inside, lambda path: path[1].replace(os.sep, "/"), text)


class Data(Folder):
    """A catalogue in the folder ``data``, which is loaded without Sphinx: in milliseconds, where a build takes a second."""

    catalogue: Catalogue

    def load(self, **limits: int) -> None:
        """Load the catalogue."""
        self.catalogue = load(self.folder / "data", limits=Limits(**limits))

    @property
    def problems(self) -> list[str]:
        """The problems as the warnings of a build, but with their columns behind the lines."""
        return [
            self.relative(f"{problem.place}: WARNING: {problem.message} [stitch.{problem.subtype.value}]")
            for problem in self.catalogue.problems
        ]

    @property
    def properties(self) -> dict[str, list[str]]:
        """The dotted names of the properties of each object, nested ones included."""
        return {
            f"{obj.kind}/{obj.key}": [".".join(names) for _step, *names in obj.property_paths]
            for obj in self.catalogue.objects
        }

    @property
    def connections(self) -> list[str]:
        """The names of the connections."""
        return [row.name for row in self.catalogue.connections]


def as_built(line: str) -> str:
    """A line of the command as a build says it: the column is a part of the message, and not said if it is the first."""
    place, message = line.replace(" [", " [stitch.").split(": error: ")
    file, row, column = place.rsplit(":", 2)
    return f"{file}:{row}: WARNING: {f'column {column}: ' if column != '1' else ''}{message}"


class Compiled(BytecodeCache):
    """The templates of themes, compiled; Sphinx compiles them again for each build, which is a third of a small one."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


class Killed(BaseException):
    """What ends a build at once: Sphinx cleans up after exceptions, and not after this."""


class Project(Folder):
    """A Sphinx project in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.app: SphinxTestApp | None = None

    def start(
        self, builder: str = "html", *, fresh: bool = False, parallel: int = 0, **config: object
    ) -> SphinxTestApp:
        """Make ready to build the project; what is there of an earlier build is used unless ``fresh``."""
        self.close()
        # Before Sphinx 8 the type of a warning is shown on demand.
        overrides = {"show_warning_types": True, **config}
        self.app = SphinxTestApp(
            builder, srcdir=self.folder, freshenv=fresh, parallel=parallel, confoverrides=overrides
        )
        if isinstance(self.app.builder, StandaloneHTMLBuilder):
            self.app.builder.templates.environment.bytecode_cache = COMPILED
        return self.app

    def build(
        self, builder: str = "html", *, fresh: bool = False, parallel: int = 0, **config: object
    ) -> SphinxTestApp:
        """Build the project; see :meth:`start`."""
        app = self.start(builder, fresh=fresh, parallel=parallel, **config)
        app.build()
        return app

    def build_clean(self, **config: object) -> Project:
        """The project, built once and without a warning."""
        self.build(nitpicky=True, **config)
        self.close()
        assert self.warnings == []
        return self

    def build_until(self, event: str, builder: str = "html", *, count: int = 0, **config: object) -> None:
        """Build the project as by a process that is killed when an event of Sphinx has come ``count`` times before."""
        app = self.start(builder, **config)
        times = itertools.count()

        def kill(*_arguments: object) -> tuple[()]:
            if next(times) == count:
                raise Killed
            return ()  # some events need an iterable

        app.connect(event, kill, priority=999)
        with suppress(Killed):
            app.build()

    def close(self) -> None:
        """Undo what the last build has registered in docutils; what it made can still be looked at."""
        if self.app is not None:
            self.app.cleanup()

    @property
    def warnings(self) -> list[str]:
        """The warnings of the last build, without colours, with paths relative to the project."""
        assert self.app is not None
        text = re.sub(r"\x1b\[[0-9;]*m", "", self.app.warning.getvalue())
        return [self.relative(line) for line in text.splitlines() if line]

    def read_again(self) -> set[str]:
        """The pages that the last build read."""
        return self._pages_of("reading sources")

    def written_again(self) -> set[str]:
        """The pages that the last build wrote."""
        return self._pages_of("writing output")

    def _pages_of(self, step: str) -> set[str]:
        assert self.app is not None
        status = re.sub(r"\x1b\[[0-9;]*m", "", self.app.status.getvalue())
        return set(re.findall(step + r"\.\.\. \[ *\d+%\] (\S+)", status.replace("\r", "\n")))

    def doctree(self, page: str = "index") -> nodes.document:
        """The doctree of a page as it was read."""
        assert self.app is not None
        return self.app.env.get_doctree(page)

    @property
    def connections(self) -> list[str]:
        """The names in the table of connections of the first page."""
        rows = self.doctree().findall(nodes.row)
        shown = (row for row in rows if {"stitch-source", "stitch-destination"} & set(row["classes"]))
        return [row.children[0].astext().strip() for row in shown]

    def output(self, name: str) -> str:
        """A file of the output."""
        assert self.app is not None
        return (Path(self.app.outdir) / name).read_text(encoding="utf-8")

    def outputs(self) -> dict[str, bytes]:
        """All files of the output."""
        assert self.app is not None
        return outputs(Path(self.app.outdir))

    def html(self, page: str = "index") -> BeautifulSoup:
        """The HTML of a page, parsed."""
        return self.html_of(f"{page}.html")

    def html_of(self, name: str) -> BeautifulSoup:
        """A file of the output, parsed as HTML."""
        return BeautifulSoup(self.output(name), "html.parser")


def outputs(out: Path) -> dict[str, bytes]:
    """All that a build wrote for readers, by its path in the folder of the output."""
    hidden = (".doctrees", ".buildinfo", ".buildinfo.bak")
    files = [file for file in out.rglob("*") if file.is_file() and file.relative_to(out).parts[0] not in hidden]
    return {str(file.relative_to(out)): file.read_bytes() for file in files}


def node() -> str:
    """The path of Node.js; continuous integration fails without it."""
    path = shutil.which("node")
    if path is None:
        message = "no node on PATH; install it, as with “apt-get install nodejs”"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    return path


@pytest.fixture
def make_project(tmp_path: Path) -> Iterator[Callable[..., Project]]:
    """Make a project from a root of ``tests/roots`` (``""``: an empty one) and more files."""
    made: list[Project] = []

    def make(root: str = "", **files: str) -> Project:
        folder = tmp_path / f"project{len(made)}"
        if root:
            shutil.copytree(TESTS / "roots" / root, folder)
        project = Project(folder)
        for name, text in files.items():
            project.write(name, text)
        made.append(project)
        return project

    yield make
    for project in made:
        project.close()


@pytest.fixture
def pelican(make_project: Callable[..., Project]) -> Project:
    """An invented platform with a bit of everything."""
    return make_project("pelican")


def copy_of_pelican(folder: Path) -> Project:
    """Copy that platform into a folder."""
    shutil.copytree(TESTS / "roots/pelican", folder, dirs_exist_ok=True)
    return Project(folder)


@pytest.fixture(scope="session")
def built_pelican(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The pages of the invented platform, built once for all tests that only look at them."""
    project = copy_of_pelican(tmp_path_factory.mktemp("pelican"))
    project.build_clean()
    return project


def write_good(folder: Folder) -> None:
    """Write a catalogue of one sound object, ``source/good``."""
    folder.write("data/api.yml", API)
    folder.write("data/sources/good.yml", GOOD)


def write_good_project(project: Project) -> None:
    """Write a project that shows that catalogue."""
    write_good(project)
    project.write("conf.py", 'extensions = ["sphinxext_stitch"]\nstitch_data_path = "data"\n')
    project.write("index.rst", "Test\n====\n\n.. connection-table::\n\n.. connection-property::\n")


class Command(Folder):
    """The command line, run in a folder."""

    def __init__(self, folder: Path, captured: pytest.CaptureFixture[str]) -> None:
        super().__init__(folder)
        self.captured = captured

    def run(self, *args: str) -> tuple[int, list[str], list[str]]:
        """Run a command; gives the exit code, and the lines of both streams."""
        code = main(args)
        out, err = self.captured.readouterr()
        return code, out.splitlines(), err.splitlines()


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """The command line in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return Command(tmp_path, capsys)


@pytest.fixture
def data(tmp_path: Path) -> Data:
    """The catalogue of one sound object, to which a test adds its files."""
    made = Data(tmp_path)
    write_good(made)
    return made


@pytest.fixture
def catalogue_project(make_project: Callable[..., Project]) -> Project:
    """The project that shows it, to which a test adds its files."""
    project = make_project()
    write_good_project(project)
    return project
