"""The Sphinx projects that are built: from data, by hand, and from ready-made nodes."""

from __future__ import annotations

import json
import shutil
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from . import browser, by_hand, catalogues, measure
from .plain import from_plain

if TYPE_CHECKING:
    from .measure import Cost

_CONF = """\
extensions = {extensions}
html_theme = "alabaster"
html_copy_source = False
exclude_patterns = ["_build"]
stitch_data_path = recorder_folder = {folder!r}
stitch_pages = {pages!r}
"""

#: The pages of each layout: all objects on one page, or a page for each object.  Neither is the root document,
#: which Sphinx traverses again for each page.
_PAGES = {
    "one": {
        "index": "First\n=====\n\n.. toctree::\n\n   reference\n",
        "reference": "Reference\n=========\n\n.. connection-table::\n\n.. connection-property::\n",
    },
    "each": {
        "index": "First\n=====\n\n.. toctree::\n\n   reference\n   pages/index\n",
        "reference": "Reference\n=========\n\n.. connection-table::\n",
    },
}


class Project(NamedTuple):
    """A Sphinx project in a folder, with its output in ``_build``."""

    folder: Path

    @property
    def output(self) -> Path:
        return self.folder / "_build"

    def build(self, *options: object, fresh: bool = False, builder: str = "html", loud: bool = False) -> Cost:
        """Build the project and return the cost; ``loud`` includes the output of Sphinx."""
        if fresh:
            shutil.rmtree(self.output, ignore_errors=True)
        quiet = [] if loud else ["-q"]
        arguments = ("-m", "sphinx", *quiet, "-b", builder, *options, self.folder, self.output)
        return measure.run(*arguments, folder=self.folder, loud=loud)


class Workshop:
    """Writes the projects to a folder, each once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)

    @cache  # noqa: B019 - there is one workshop
    def catalogue(self, size: int) -> Path:
        """The catalogue of a size."""
        return catalogues.make(self.folder / f"catalogue-{size}", size)

    @cache  # noqa: B019 - there is one workshop
    def from_data(self, size: int, layout: str) -> Project:
        """The project that is built from data; ``layout`` is ``one`` (page) or ``each`` (object a page)."""
        return self.project("data", size, layout, ["sphinxext_stitch"], self.catalogue(size))

    @cache  # noqa: B019 - there is one workshop
    def floor(self, size: int) -> Project:
        """The project, on one page, of ready-made nodes."""
        recorded, _project = self.recorded(size, "one")
        return self.project("floor", size, "one", ["benchmarks.floor"], recorded)

    @cache  # noqa: B019 - there is one workshop
    def by_hand(self, size: int, layout: str) -> Project:
        """The project with the same content in reStructuredText."""
        recorded, source = self.recorded(size, layout)
        project = self.project("hand", size, layout, [], recorded)
        for page in source.folder.rglob("*.rst"):
            text = page.read_text(encoding="utf-8")
            name = page.relative_to(source.folder)
            for file in sorted(recorded.joinpath(name.with_suffix("")).glob("*.json")):
                nodes = map(from_plain, json.loads(file.read_text(encoding="utf-8")))
                text = _replaced(text, file.stem, by_hand.blocks(nodes))
            _write(project.folder / name, f".. role:: badge\n\n{text}")
        return project

    @cache  # noqa: B019 - there is one workshop
    def recorded(self, size: int, layout: str) -> tuple[Path, Project]:
        """The folder with the recorded nodes of the directives, by page and directive, and the project of the pages."""
        folder = self.folder / f"recorded-{layout}-{size}"
        project = self.project("record", size, layout, ["benchmarks.recorder"], self.catalogue(size))
        conf = project.folder / "conf.py"
        conf.write_text(f"{conf.read_text()}recorder_folder = {str(folder)!r}\nsmartquotes = False\n")
        # Loud, as Sphinx warns that pages without their content have no title.
        project.build("-j", 2, builder="dummy", fresh=True, loud=True)
        return folder, project

    @cache  # noqa: B019 - there is one workshop
    def table(self, rows: int) -> Project:
        """A project with a table of invented connections."""
        project = Project(self.folder / f"table-{rows}")
        browser.write_catalogue(project.folder / "data", rows)
        _write(project.folder / "index.rst", "Table\n=====\n\n.. connection-table::\n")
        _write(project.folder / "conf.py", _CONF.format(extensions=["sphinxext_stitch"], folder="data", pages=""))
        return project

    @cache  # noqa: B019 - there is one workshop
    def short_pages(self, pages: int, *, flat: bool) -> Project:
        """A project of short pages, in one list or in chapters of twenty, without the extension."""
        project = Project(self.folder / f"{'flat' if flat else 'chapters'}-{pages}")
        names = [f"page-{number}" for number in range(pages)]
        for name in names:
            _write(project.folder / f"{name}.rst", f"{name}\n{'=' * len(name)}\n\nA page.\n")
        chapters = {} if flat else {f"chapter-{start}": names[start : start + 20] for start in range(0, pages, 20)}
        for name, members in {**chapters, "index": list(chapters or names)}.items():
            entries = "".join(f"   {member}\n" for member in members)
            _write(project.folder / f"{name}.rst", f"{name}\n{'=' * len(name)}\n\n.. toctree::\n\n{entries}")
        _write(project.folder / "conf.py", _CONF.format(extensions=[], folder="", pages=""))
        return project

    def project(self, side: str, size: int, layout: str, extensions: list[str], folder: Path) -> Project:
        print(f"making {side}-{layout}-{size}", file=sys.stderr, flush=True)
        project_folder = self.folder / f"{side}-{layout}-{size}"
        for name, text in _PAGES[layout].items():
            _write(project_folder / f"{name}.rst", text)
        pages = "pages" if layout == "each" else ""
        _write(project_folder / "conf.py", _CONF.format(extensions=extensions, folder=str(folder), pages=pages))
        return Project(project_folder)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _replaced(page: str, directive: str, text: str) -> str:
    before, _mark, rest = page.partition(f".. {directive}::")
    return before + text + rest.partition("\n")[2]
