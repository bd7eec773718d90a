"""The law: after any sequence of changes of data and pages, an incremental build gives what a clean one gives.

``tox run -e fuzz`` tries longer sequences, and many of them; the suite a few.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path

from conftest import Project
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

CONF = """\
extensions = ["sphinxext_stitch"]
stitch_data_path = "data"
exclude_patterns = ["_build"]
stitch_pages = {pages!r}
"""
INDEX = "Home\n====\n\n.. toctree::\n   :glob:\n\n   *\n{more}\n"
KEYS = ("ash", "elm", "oak")

#: Pages by what they show; ``{key}`` is one of the keys, whether there is such an object or not.
PAGES = (
    "No directive, no role.",
    ".. connection-table::",
    ".. connection-table::\n   :kind: source\n   :availability: available",
    ".. connection-table:: endpoints",
    ".. connection-property::\n   :no-index:",
    ".. connection-property:: source/{key}\n   :no-index:",
    ":stitch:object:`source/{key}`, :stitch:prop:`source/{key}.size`, :stitch:conn:`source/{key}`",
    ":stitch:endpoint:`sources.create` and :stitch:search:`{key}`",
)

names = st.sampled_from(["First", "Second"])
lines = {
    "type": st.sampled_from(["test.{key}", "test.same", "null"]),
    "category": st.sampled_from(["wood", "leaf"]),
    "status": st.sampled_from(["beta", "sunset"]),
    "deprecated": st.sampled_from(["{{use: source/{other}}}", "{{since: 2024-01-01}}"]),
    "groups": st.sampled_from(["[shared]", "[none]"]),
    "description": st.sampled_from(["See [it](stitch:source/{other}).", "See [size](stitch:source/{other}.size)."]),
    "connections": st.just("[{{key: {key}, name: One}}, {{key: {key}-2, name: Two}}]"),
    "oauth": st.just("{{properties: [{{name: code, type: string}}]}}"),
    "properties": st.sampled_from(
        [
            "[{{name: size, type: string, description: How big.}}]",
            "[{{name: size, type: integer, required: true}}, {{name: age, type: string}}]",
            "[{{name: box, type: object, properties: [{{name: size, type: string}}]}}]",
        ]
    ),
}
objects = st.fixed_dictionaries({"type": lines["type"]}, optional={k: v for k, v in lines.items() if k != "type"})

APIS = (
    "name: T\nsteps: {form: {title: Form}, oauth: {title: Consent}}\n",
    "name: T\nsteps: {form: {title: Form, endpoint: sources.create}, oauth: {title: Sign-in}}\n"
    "endpoints: {sources.create: {title: Plant, kind: source, method: POST, path: /trees}}\n"
    "categories: {wood: Woods}\nempty: No tree.\n",
    "name: [\n",
)
GROUPS = (
    "title: Shared\nproperties: [{name: soil, type: string}]\n",
    "title: For all\nproperties: [{name: soil, type: string, description: Which.}, {name: size, type: number}]\n",
    "title: Shared\n",
)


class Changes(RuleBasedStateMachine):
    """A project that is changed and built, again and again; ``written`` are its files, by path."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="stitch-")).resolve()
        self.project = Project(self.folder / "project")
        self.written: dict[str, str] = {}

    def teardown(self) -> None:
        self.project.close()
        shutil.rmtree(self.folder)

    def write(self, path: str, text: str) -> None:
        self.written[path] = text
        self.project.write(path, text)

    def remove(self, path: str) -> None:
        if self.written.pop(path, None) is not None:
            (self.project.folder / path).unlink()

    def rename(self, old: str, new: str) -> None:
        if old in self.written and old != new:
            self.written[new] = self.written.pop(old)
            (self.project.folder / old).replace(self.project.folder / new)

    @initialize(pages=st.sampled_from(["", "made"]))
    def begin(self, pages: str) -> None:
        self.write("conf.py", CONF.format(pages=pages))
        self.write("index.rst", INDEX.format(more="   made/index" if pages else ""))
        self.write("data/api.yml", APIS[0])
        self.write("data/groups/shared.yml", GROUPS[0])
        self.write("data/destinations/sea.yml", "name: Sea\ntype: test.sea\n")
        self.write("one.rst", "One\n===\n\n.. connection-property::\n")

    @rule(key=st.sampled_from(KEYS), other=st.sampled_from(KEYS), name=names, stated=objects)
    def write_object(self, key: str, other: str, name: str, stated: dict[str, str]) -> None:
        fields = {"name": name, **stated}
        text = "".join(f"{field}: {value.format(key=key, other=other)}\n" for field, value in fields.items())
        self.write(f"data/sources/{key}.yml", text)

    @rule(key=st.sampled_from(KEYS))
    def break_object(self, key: str) -> None:
        self.write(f"data/sources/{key}.yml", "name: [\n")

    @rule(key=st.sampled_from(KEYS))
    def remove_object(self, key: str) -> None:
        self.remove(f"data/sources/{key}.yml")

    @rule(old=st.sampled_from(KEYS), new=st.sampled_from(KEYS))
    def rename_object(self, old: str, new: str) -> None:
        self.rename(f"data/sources/{old}.yml", f"data/sources/{new}.yml")

    @rule(text=st.sampled_from(APIS))
    def write_api(self, text: str) -> None:
        self.write("data/api.yml", text)

    @rule(text=st.sampled_from(GROUPS))
    def write_group(self, text: str) -> None:
        self.write("data/groups/shared.yml", text)

    @rule(page=st.sampled_from(["one", "two"]), title=names, shown=st.sampled_from(PAGES), key=st.sampled_from(KEYS))
    def write_page(self, page: str, title: str, shown: str, key: str) -> None:
        self.write(f"{page}.rst", f"{title}\n{'=' * len(title)}\n\n{shown.format(key=key)}\n")

    @rule(page=st.sampled_from(["one", "two"]))
    def remove_page(self, page: str) -> None:
        self.remove(f"{page}.rst")

    @rule(pages=st.permutations(["one", "two"]))
    def rename_page(self, pages: list[str]) -> None:
        old, new = pages
        self.rename(f"{old}.rst", f"{new}.rst")

    @rule()
    def build(self) -> None:
        self.project.build()
        clean = Project(self.folder / "clean")
        for path, text in self.written.items():
            clean.write(path, text)
        try:
            clean.build()
            assert _of_data(self.project) == _of_data(clean)
            expected = _outputs(clean)
            # Sphinx leaves the files of pages that are gone.
            found = {path: content for path, content in _outputs(self.project).items() if path in expected}
            assert found == expected
        finally:
            clean.close()
            shutil.rmtree(clean.folder)


def _of_data(project: Project) -> list[str]:
    """The warnings that every build gives; those of a page come when it is read."""
    return [line for line in project.warnings if line.startswith("data")]


def _outputs(project: Project) -> dict[str, object]:
    out = Path(project.app.outdir)
    files = (file for file in out.rglob("*") if file.is_file() and file.name not in {".buildinfo", ".buildinfo.bak"})
    return {
        str(file.relative_to(out)): _search_index(file) if file.name == "searchindex.js" else file.read_bytes()
        for file in files
    }


def _search_index(file: Path) -> object:
    """Sphinx's index without the words that no page has any more, which an incremental build leaves in it."""
    index = json.loads(file.read_text(encoding="utf-8").removeprefix("Search.setIndex(").removesuffix(")"))
    for part in ("terms", "titleterms"):
        index[part] = {word: pages for word, pages in index[part].items() if pages != []}
    return index


TestChanges = Changes.TestCase
_MANY = os.environ.get("STITCH_TESTS") == "fuzz"
TestChanges.settings = settings(
    max_examples=500 if _MANY else 5,
    stateful_step_count=60 if _MANY else 25,
    derandomize=not _MANY,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
