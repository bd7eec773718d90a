"""Small Sphinx projects, built for real."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from sphinx.testing.util import SphinxTestApp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docutils import nodes

TESTS = Path(__file__).parent
CHECKOUT = TESTS.parent

API = """\
name: Test
steps: {form: {title: Properties}}
"""


class Project:
    """A Sphinx project in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.app: SphinxTestApp | None = None

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a file of the project."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            file.write_bytes(text)
        else:
            file.write_text(text, encoding="utf-8")
        return file

    def build(
        self, builder: str = "html", *, fresh: bool = False, parallel: int = 0, **config: object
    ) -> SphinxTestApp:
        """Build the project; what is there of an earlier build is used unless ``fresh``."""
        self.close()
        # Before Sphinx 8 the type of a warning is shown on demand.
        overrides = {"show_warning_types": True, **config}
        self.app = SphinxTestApp(
            builder, srcdir=self.folder, freshenv=fresh, parallel=parallel, confoverrides=overrides
        )
        self.app.build()
        return self.app

    def close(self) -> None:
        if self.app is not None:
            self.app.cleanup()
            self.app = None

    @property
    def warnings(self) -> list[str]:
        """The warnings of the last build, without colours, with paths relative to the project."""
        assert self.app is not None
        text = re.sub(r"\x1b\[[0-9;]*m", "", self.app.warning.getvalue())
        return [line.replace(f"{self.folder}/", "") for line in text.splitlines() if line]

    def read_again(self) -> set[str]:
        """The pages that the last build read."""
        assert self.app is not None
        status = re.sub(r"\x1b\[[0-9;]*m", "", self.app.status.getvalue())
        return set(re.findall(r"reading sources\.\.\. \[ *\d+%\] (\S+)", status.replace("\r", "\n")))

    def doctree(self, page: str = "index") -> nodes.document:
        """The doctree of a page as it was read."""
        assert self.app is not None
        return self.app.env.get_doctree(page)

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
        return BeautifulSoup(self.output(f"{page}.html"), "html.parser")


def outputs(out: Path) -> dict[str, bytes]:
    """All that a build wrote for readers, by its path in the folder of the output."""
    hidden = (".doctrees", ".buildinfo", ".buildinfo.bak")
    files = [file for file in out.rglob("*") if file.is_file() and file.relative_to(out).parts[0] not in hidden]
    return {str(file.relative_to(out)): file.read_bytes() for file in files}


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


@pytest.fixture
def catalogue_project(make_project: Callable[..., Project]) -> Project:
    """A project that shows a catalogue of one sound object, ``source/good``, to which a test adds its files."""
    project = make_project()
    project.write("conf.py", 'extensions = ["sphinx_design", "sphinxext_stitch"]\nstitch_data_path = "data"\n')
    project.write("index.rst", "Test\n====\n\n.. connection-table::\n\n.. connection-property::\n")
    project.write("data/api.yml", API)
    project.write(
        "data/sources/good.yml",
        "name: Good\ntype: test.good\nproperties:\n  - name: sound\n    type: string\n    description: Sound.\n",
    )
    return project
