"""The law: a build after any changes gives what a clean build gives.

``tox run -e invariants`` makes up 100 long histories of a project; the suite a few short ones.
"""

from __future__ import annotations

import difflib
import itertools
import json
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from conftest import TESTS, Project
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from profiles import settings
from test_translation import write_catalog

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What a writer of data may change, there and back; “#” turns the rest of a line into a comment.
EDITS = {
    "a description": ("Where to unload.", "Where to [land](stitch:river.brook.depth)."),
    "a description with a link to a label": ("Width of", "[Width](ref:destination-form-properties-lake-object) of"),
    "a description with a link to a connection": ("One leaf at", "[One leaf](stitch:river.creek) at"),
    "a description of a group": ("First day to fetch", "Day to fetch from"),
    "a title of a group": ("title: Timing", "title: Pace"),
    "a group's property": ("name: since\n    type", "name: begin\n    type"),
    "a variable": ("pace: 30", "pace: 60"),
    "a value in place of its variable": ("usual pace is `{{ pace }}`", "usual pace is `30`"),
    "a translation": ("Wo man entlädt.", "Wo entladen wird."),
    "a substitution of a translation": ("üblich sind `{{ pace }}`", "üblich sind alle `{{ pace }}`"),
    "a translation that is not sound": ("öffnet das Tor", "öffnet das `Tor`"),
    "the language": ('language = "en"', 'language = "de"'),
    "the groups of an object": ("groups: [timing]", "groups: []"),
    "a group that is not there": ("groups: [timing]\nproperties", "groups: [timing, tides]\nproperties"),
    "a name": ("name: Lake", "name: Loch"),
    "a name that sorts elsewhere": ("name: Geyser", "name: A Geyser"),
    "a property's name": ("name: shore", "name: strand"),
    "a property's title": ("required: true\n    values:", "required: true\n    title: Side\n    values:"),
    "a nested property's name": ("name: mesh", "name: width"),
    "a property more": ("properties: []", "properties: [{name: mud, type: string}]"),
    "a property less": (
        "  - name: depth\n    type: integer\n    default: 3\n    since:",
        "# no\n# depth\n# now\n# since:",
    ),
    "a property that is required": ("type: number\n        required: true", "type: number\n        required: false"),
    "a type": ("\ntype: river.brook", "\ntype: river.beck"),
    "a type that another has": ("\ntype: river.creek", "\ntype: pond.brook"),
    "a category": ("category: pond", "category: spring"),
    "the only category": ("category: spring\nversion", "category: fountain\nversion"),
    "availability": ("type: null", "type: spring.geyser"),
    "a replacement": ("use: river.brook", "use: pond.lake"),
    "a replacement that is not there": ("use: pond.lake", "use: pond.lock"),
    "a connection's key": ("key: dry-creek", "key: arid-creek"),
    "a connection's name": ("name: Creek 10", "name: Creek 8"),
    "a status": ("status: sunset", "status: beta"),
    "a version": ('category: pond\nversion: "1"', 'category: pond\nversion: "2"'),
    "attributes": (
        "unavailable:\n",
        "attributes: {depth: {title: Depth, filter: true}}\nunavailable:  # with depths\n",
    ),
    "what tables are filtered by": ("Depth, filter: true", "Depth, filter: false"),
    "an attribute of a connection": (
        'version: "1"\ndocs: https://pelican.example/geyser',
        'version: "1"\nattributes: {depth: low}\ndocs: https://pelican.example/geyser',
    ),
    "an attribute of one of several connections": (
        "name: Creek 10\n",
        "name: Creek 10  # deep\n    attributes: {depth: deep}\n",
    ),
    "the value of an attribute": ("{depth: low}", "{depth: shallow}"),
    "a step": ("\nverify:", "\nbase:"),
    "a step's title": ("title: Verification", "title: Proof"),
    "a step's endpoint": ("endpoint: {source: sources.verify}", "required: true"),
    "an endpoint's name": ("sources.verify: {", "sources.prove: {"),
    "an endpoint's title": ("title: Dig a pond", "title: Dig the pond"),
    "an endpoint's documentation": ("api#ponds", "api#lakes"),
    "an endpoint's path": ("path: /rivers,", "path: /streams,"),
    "requests": ("PELICAN_KEY", "PELICAN_TOKEN"),
    "the title of a category": ("stream: Running waters", "pond: Still waters"),
    "the closing row": ("empty: Nothing that fits?", "empty: Not found?"),
    "the word for what is unavailable": ("label: By hand", "label: Not yet"),
    "a broken property": ("type: boolean", "type: boolaen"),
    "a broken object": ("name: Élan Creek\ntype", "nam: Élan Creek\ntype"),
    "a broken file": ("category: stream\nversion", "category: [stream\nversion"),
    "a broken group": ("Timing\nproperties:", "Timing\nproperty:"),
    "a broken API": ("name: Pelican API", "name: [Pelican API"),
    "the order of the pages": ("   :glob:\n\n", "   :glob:\n   :reversed:\n\n"),
    "what is folded": ('fold_groups = ["timing"]', "fold_groups = []"),
    "a limit": ("max_text = 100_000", "max_text = 60"),
}

#: Where the files are that a writer of data or a translator changes.
PLACES = (("data", "yml"), ("locales", "po"))

#: Files of data that are not there at first.
MORE = {
    "data/sources/lake.yml": "name: Lake\ntype: river.lake\ncategory: stream\naction: drain a lake\n",
    "data/destinations/sea.yml": "name: Sea\ntype: pond.sea\ncategory: sea\ngroups: [timing]\n",
    "data/groups/tides.yml": "title: Tides\nproperties:\n  - {name: moon, type: string}\n",
    "data/check.yml": "ignore: []\n",
}

#: Where else the files of the catalogue may be: under another key, in a folder below, of the other kind.
MOVES = {
    "data/destinations/lake.yml": "data/destinations/loch.yml",
    "data/destinations/brook.yml": "data/destinations/small/brook.yml",
    "data/sources/brook.yml": "data/sources/beck.yml",
    "data/sources/creek.yml": "data/destinations/creek.yml",
    "data/sources/geyser.yml": "data/sources/hot/spring.yml",
    "data/groups/timing.yml": "data/groups/tides.yml",
}

FILES = sorted({*MORE, *MOVES, *MOVES.values(), "data/api.yml"})

DIRECTIVES = (
    ".. connection-table::",
    ".. connection-table::\n   :kind: source\n   :status: sunset, beta, released\n   :columns: name, category, object",
    ".. connection-table::\n   :category: spring, sea\n   :empty: Or a [lake](stitch:pond.lake)?",
    ".. connection-table::\n   :availability: unavailable\n   :placeholder: Find a spring",
    ".. connection-table::\n   :kind: source\n   :where: depth=low, depth=deep",
    ".. connection-table:: endpoints",
    ".. connection-table:: endpoints\n   :actions: verify, create",
    ".. connection-property::",
    ".. connection-property::\n   :list:\n   :category: pond\n   :no-index:",
    ".. connection-property::\n   :kind: destination",
    ".. connection-property::\n   :status: deprecated",
    ".. connection-property:: pond.lake",
    ".. connection-property:: river.brook",
    ".. connection-property:: creek lake",
    ".. connection-property:: source/lake pond.sea\n   :no-index:",
)

PROSE = (
    ":stitch:object:`pond.lake`, :stitch:object:`creek`, and :stitch:object:`lake`.",
    ":stitch:prop:`river.brook.depth`, :stitch:prop:`~source/brook.base.nets.mesh`, :stitch:prop:`pond.lake.shore`.",
    ":stitch:endpoint:`sources.verify`, :stitch:endpoint:`destinations.create`.",
    ":stitch:conn:`dry-creek`, :stitch:conn:`lake`, and :stitch:conn:`geyser`.",
    ":stitch:search:`springs <category=spring>`, :stitch:search:`seas <category=sea&kind=destination>`.",
    ":stitch:search:`deep waters <depth=low&sort=depth>`.",
    ":ref:`destination-form-properties-lake-object`, :ref:`source-form-properties-brook-form`.",
    ":any:`pond.lake`, :any:`river.brook.depth`, :any:`source-form-properties-creek-object`.",
)

#: Sphinx writes the titles of pages on all others, and writes these again only where the extension asks for that.
#: So the pages of the contents begin with a directive, which stays; the others are in no contents.
SHOWN = ("alder", "birch", "maple", "willow")
NOTES = ("notes/ash", "notes/elm")
PAGES = (*SHOWN, *NOTES)
TITLES = ("Waters", "*Waters*", "Fish")

#: What a translator has written; a text is another message when a variable is in place of its value.
GERMAN = {
    "Where to unload.": "Wo man entlädt.",
    "Opens the gate.": "Es öffnet das Tor.",
    "Minutes between two visits to {{ name }}; the usual pace is `{{ pace }}`. See `token`.": (
        "Minuten zwischen zwei Besuchen bei {{ name }}; üblich sind `{{ pace }}`. Siehe `token`."
    ),
    "Minutes between two visits to {{ name }}; the usual pace is `30`. See `token`.": (
        "Minuten zwischen zwei Besuchen bei {{ name }}, meist `30`. Siehe `token`."
    ),
    "Timing": "Zeiten",
    "Verification": "Prüfung",
    "Running waters": "Fließgewässer",
}

#: Builders that share the doctrees with that of HTML pages.
BUILDERS = ("html", "dirhtml", "singlehtml", "text", "latex", "man", "xml", "dummy")

#: The events at which a build is killed.
MOMENTS = (
    "builder-inited",
    "env-before-read-docs",
    "source-read",
    "doctree-read",
    "env-updated",
    "write-started",
    "doctree-resolved",
    "html-page-context",
    "html-collect-pages",
)

#: The catalogs of these pages: a folder at the top has one for all in it.
CATALOGS = ("index", *SHOWN, "notes", "made")

CONF = 'stitch_fold_groups = ["timing"]\nstitch_max_text = 100_000\nhtml_theme_options = {"sidebar_collapse": False}\nlanguage = "en"\n'
INDEX = "Home\n====\n\n.. toctree::\n   :glob:\n\n   *\n   made/*\n\n.. connection-table:: endpoints\n"


class History(RuleBasedStateMachine):
    """A project with a history: each step changes it, and builds it in the folders of the builds before."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.project = Project(self.folder / "project")
        self.clean = Project(self.folder / "clean")
        self.gone: set[str] = set()
        self.away = dict(MORE)
        self.unbuilt = 0
        self.built_otherwise = False

    @initialize(
        made=st.booleans(),
        pages=st.lists(st.tuples(st.sampled_from(PAGES), st.sampled_from(DIRECTIVES + PROSE)), min_size=4, max_size=8),
    )
    def begin(self, *, made: bool, pages: list[tuple[str, str]]) -> None:
        shutil.copytree(TESTS / "roots" / "pelican", self.project.folder)
        conf = self.project.folder / "conf.py"
        self.project.write(
            "conf.py", conf.read_text(encoding="utf-8") + CONF + ('stitch_pages = "made"\n' if made else "")
        )
        for edit in ("attributes", "an attribute of a connection"):
            self.edit(edit)
        self.project.write("index.rst", INDEX)
        for catalog in CATALOGS:
            write_catalog(self.project, catalog, GERMAN)
        for page, block in pages:
            if not self.page(page).exists():
                self.add_or_remove_page(page, "Waters", DIRECTIVES[0])
            self.add_to_page(page, block)

    # ---------------------------------------------------------------- changes of data

    @rule(edit=st.sampled_from(sorted(EDITS)))
    def edit(self, edit: str) -> None:
        one, other = EDITS[edit]
        found = (sorted((self.project.folder / place).rglob(f"*.{end}")) for place, end in PLACES)
        files = [*itertools.chain(*found), *map(self.file, ("index.rst", "conf.py"))]
        for file in files:
            text = file.read_text(encoding="utf-8")
            old, new = (one, other) if one in text else (other, one)
            if old in text:
                file.write_text(text.replace(old, new), encoding="utf-8")

    @rule(path=st.sampled_from(FILES))
    def take_away_or_put_back(self, path: str) -> None:
        file = self.file(path)
        if file.exists():
            self.away[path] = file.read_text(encoding="utf-8")
            file.unlink()
        elif path in self.away:
            self.project.write(path, self.away.pop(path))

    @rule(path=st.sampled_from(sorted(MOVES)))
    def move(self, path: str) -> None:
        one, other = self.file(path), self.file(MOVES[path])
        old, new = (one, other) if one.exists() else (other, one)
        if old.exists():
            new.parent.mkdir(exist_ok=True)
            old.replace(new)

    # ---------------------------------------------------------------- changes of pages

    @rule(page=st.sampled_from(PAGES), title=st.sampled_from(TITLES), block=st.sampled_from(DIRECTIVES))
    def add_or_remove_page(self, page: str, title: str, block: str) -> None:
        if self.page(page).exists():
            self.page(page).unlink()
            self.gone.add(page)
        elif page in NOTES:
            self.write(page, [":orphan:", _title(title)])
        else:
            self.write(page, [_title(title), block])

    @rule(pages=st.sampled_from([SHOWN, NOTES]).flatmap(st.permutations))
    def rename_page(self, pages: list[str]) -> None:
        old, new, *_others = pages
        if self.page(old).exists():
            self.write(new, self.blocks(old))
            self.page(old).unlink()
            self.gone.add(old)

    @rule(page=st.sampled_from(PAGES), title=st.sampled_from(TITLES))
    def retitle_page(self, page: str, title: str) -> None:
        if self.page(page).exists():
            place = PAGES.index(page) >= len(SHOWN)
            blocks = self.blocks(page)
            blocks[place] = _title(title)
            self.write(page, blocks)

    @rule(page=st.sampled_from(PAGES), block=st.sampled_from(DIRECTIVES + PROSE))
    def add_to_page(self, page: str, block: str) -> None:
        if self.page(page).exists():
            self.write(page, [*self.blocks(page), block])

    @rule(pages=st.permutations(PAGES), remove=st.booleans())
    def move_to_page(self, pages: list[str], *, remove: bool) -> None:
        """Move the last of a page to another, or remove it."""
        page, other, *_others = pages
        if not self.page(page).exists() or len(self.blocks(page)) < 3:
            return
        *kept, block = self.blocks(page)
        self.write(page, kept)
        if not remove:
            self.add_to_page(other, block)

    @rule(count=st.integers(1, 3))
    def change_more_before_the_next_build(self, count: int) -> None:
        self.unbuilt = count

    # ---------------------------------------------------------------- builds

    @rule(edit=st.sampled_from(sorted(EDITS)), builder=st.sampled_from(BUILDERS), unbuilt=st.integers(0, 1))
    def edit_and_build_otherwise(self, edit: str, builder: str, unbuilt: int) -> None:
        """Another builder sees a change first; there may be one more before the next build of HTML."""
        self.edit(edit)
        self.project.build(builder)
        self.unbuilt, self.built_otherwise = unbuilt, True

    @rule(
        edit=st.sampled_from(sorted(EDITS)),
        builder=st.sampled_from(BUILDERS),
        moment=st.sampled_from(MOMENTS),
        count=st.integers(0, 5),
        back=st.booleans(),
        unbuilt=st.integers(0, 1),
    )
    def edit_and_kill_a_build(
        self, edit: str, builder: str, moment: str, count: int, *, back: bool, unbuilt: int
    ) -> None:
        """A build that sees a change is killed; the change may be undone before the next build of HTML."""
        self.edit(edit)
        self.project.build_until(moment, builder, count=count)
        if back:
            self.edit(edit)
        self.unbuilt, self.built_otherwise = unbuilt, True

    @invariant()
    def builds_are_the_same(self) -> None:
        if self.unbuilt:
            self.unbuilt -= 1
            return
        ours = shutil.ignore_patterns("_build", "made")
        before = self.sources(self.clean)
        shutil.rmtree(self.clean.folder, ignore_errors=True)
        shutil.copytree(self.project.folder, self.clean.folder, ignore=ours)
        if self.sources(self.clean) == before and not self.built_otherwise:
            return  # the change was none
        self.built_otherwise = False
        self.project.build()
        self.clean.build()
        found, expected = self.project.outputs(), self.clean.outputs()
        # Sphinx leaves what it wrote of a page that is gone.
        assert {name for name in found.keys() - expected.keys() if not self.is_gone(name)} == set()
        differences = [*_differences(found, expected)]
        assert not differences, "\n".join(differences[:20])
        self.warnings_are_the_same()

    def warnings_are_the_same(self) -> None:
        found, expected = self.project.warnings, self.clean.warnings
        assert [line for line in found if _of_data(line)] == [line for line in expected if _of_data(line)]
        # Of a page that was not read again Sphinx repeats no warnings.
        assert set(found) <= set(expected)

    def teardown(self) -> None:
        self.project.close()
        self.clean.close()
        shutil.rmtree(self.folder)

    # ---------------------------------------------------------------- helpers

    def file(self, path: str) -> Path:
        return self.project.folder / path

    def sources(self, project: Project) -> dict[Path, bytes]:
        files = (file for end in ("yml", "rst", "py", "po") for file in project.folder.rglob(f"*.{end}"))
        return {file: file.read_bytes() for file in files if "made" not in file.parts}

    def page(self, name: str) -> Path:
        return self.file(f"{name}.rst")

    def blocks(self, page: str) -> list[str]:
        return self.page(page).read_text(encoding="utf-8").strip().split("\n\n")

    def write(self, page: str, blocks: list[str]) -> None:
        self.project.write(f"{page}.rst", "\n\n".join(blocks) + "\n")

    def is_gone(self, output: str) -> bool:
        page = re.sub(r"^_sources/|(\.rst\.txt|\.html)$", "", output)
        # Sphinx leaves what it wrote of another language, too.
        return page in self.gone or page.startswith("made/") or output.endswith(("/translations.js", "-stemmer.js"))


def _differences(found: dict[str, bytes], expected: dict[str, bytes]) -> Iterator[str]:
    """The lines in which a file is not as expected, short enough to read."""
    for name in sorted(expected):
        if found.get(name) != expected[name]:
            one, other = _lines(name, expected[name]), _lines(name, found.get(name, b""))
            for line in difflib.unified_diff(one, other, "clean", "incremental", n=0, lineterm=""):
                yield f"{name}: {line[:400]}"


def _lines(name: str, content: bytes) -> list[str]:
    if name != "searchindex.js" or not content:
        return content.decode(errors="replace").splitlines()
    index = json.loads(content.removeprefix(b"Search.setIndex(").removesuffix(b")"))
    # Sphinx keeps a word that was on a page, now with no page: a search for it finds nothing, as it should.
    for what in ("terms", "titleterms"):
        index[what] = {word: pages for word, pages in index[what].items() if pages != []}
    return json.dumps(index, indent=1, sort_keys=True).splitlines()


def _title(title: str) -> str:
    return f"{title}\n{'=' * len(title)}"


def _of_data(warning: str) -> bool:
    # A page is translated, and warned of its translation, when it is read.
    return warning.startswith("data/") and "[stitch." in warning and "[stitch.bad-translation]" not in warning


TestHistory = History.TestCase
TestHistory.settings = settings(max_examples=max(4, settings.default.max_examples // 100))
