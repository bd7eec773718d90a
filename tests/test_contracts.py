"""What the extension relies on beyond documented interfaces.

A new version of Sphinx, docutils, MyST or PyYAML may change any of it.  Then a test of this file fails first, and says
what is to be looked at; what is known of versions stands beside each.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml
from test_problems import UNREADABLE, shown

from sphinxext_stitch.catalogue.limits import DEFAULT_LIMITS
from sphinxext_stitch.catalogue.reading import events, syntax
from sphinxext_stitch.catalogue.reading.yaml_reader import read

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project

    from sphinxext_stitch.catalogue.problems import Problem

# ---------------------------------------------------------------- PyYAML: the words of its messages

#: libyaml 0.2.5, which PyYAML 6.0.2 has, knows no limit of levels; 0.2.6, which 6.0.4 has, does.
LEVELS = "100000 levels" if yaml._yaml.get_version() >= (0, 2, 6) else None

#: What events.py looks for in a message, and the bad input of which libyaml and the pure loader say it; None if one
#: never does.  All else is the same in PyYAML 6.0.2 and 6.0.4.
SAID = {
    "mapping values are not allowed": ("colon in a text", "colon in a text"),
    "sequence entries are not allowed": ("list behind a key", "list behind a key"),
    "line break": ("text behind the dash of a block", "text behind the dash of a block"),
    "chomping or indentation": (None, "text behind the bar of a block"),
    "found character '\\t'": (None, "tab before a key"),
    "cannot start any token": ("character that begins no text", "character that begins no text"),
    "found unexpected end of stream": ("quote not closed", "quote not closed"),
    "could not find expected ':'": ("line without colon", "line without colon"),
    "expected key": ("quote within quotes", None),
    "expected <block end>": (None, "quote within quotes"),
    "expected '-' indicator": ("key between indentations", None),
    "<document start>": ("first line indented", "first line indented"),
    "expected ',' or": ("bracket not closed", "bracket not closed"),
    "node content": ("comma too many", "comma too many"),
    "found unknown escape character": ("backslash in double quotes", "backslash in double quotes"),
    "found invalid Unicode character escape": ("half a surrogate", None),
    "decimal number": ("too few digits of a character", "too few digits of a character"),
    "end of stream": ("single quote not closed", "single quote not closed"),
    "exceeded maximum nesting depth": (LEVELS, None),
}

BAD_YAML = {name: case[0] for name, case in UNREADABLE.items()} | {
    "text behind the dash of a block": "name: Bad\ndescription: |- Text\n",
}

LOADERS = {"libyaml": yaml.CSafeLoader, "pure": yaml.SafeLoader}


@pytest.mark.parametrize(
    ("fragment", "loader", "name"),
    [
        pytest.param(fragment, loader, name, id=f"{loader}-{fragment.replace(' ', '-')}")
        for fragment, names in SAID.items()
        for loader, name in zip(LOADERS, names, strict=True)
        if name
    ],
)
def test_words_of_pyyaml(fragment: str, loader: str, name: str) -> None:
    with pytest.raises(yaml.MarkedYAMLError) as caught:
        list(yaml.parse(BAD_YAML[name], LOADERS[loader]))
    problem = str(caught.value.problem)
    assert fragment in problem, (
        f"PyYAML {yaml.__version__} ({loader}) does not say {fragment!r} any more; see events.py"
    )


def test_words_of_pyyaml_are_all_here() -> None:
    looked_for = {*dict(syntax._SYNTAX), *events._UNFINISHED, events._TOO_DEEP}
    assert looked_for == set(SAID)


def _problems(path: Path) -> list[tuple[int | None, int | None, str]]:
    problems: list[Problem] = []
    read(path, problems.append, DEFAULT_LIMITS)
    return [(problem.place.line, problem.place.column, problem.message) for problem in problems]


#: What the pure loader finds elsewhere, calls otherwise, or lets pass.
OTHERWISE = {
    "key between indentations": [
        (4, 4, "not YAML: an indentation or a quote that does not fit the lines above"),
    ],
    "backslash in double quotes": [(1, 11, "not YAML: a “\\” in double quotes; use single quotes")],
    "half a surrogate": [],
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_without_libyaml_the_words_are_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    text = UNREADABLE[name][0]
    path = tmp_path / "bad.yml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    expected = OTHERWISE.get(name, _problems(path))
    monkeypatch.delattr(yaml, "CSafeLoader")
    assert _problems(path) == expected


# ---------------------------------------------------------------- docutils and MyST: where a directive stands

#: docutils' state machine has ``node``, which docutils' own “topic” asks too; MyST has it as ``current_node``.  In MyST
#: ``match_titles`` is always true (so up to 5.2), and the ``parent`` of a state is missing.
MISPLACED = (
    "{file}:{line}: WARNING: connection-property makes sections; "
    "it cannot stand in a list, a quote or another directive [stitch.bad-option]"
)

RST = ".. connection-property:: good"
MYST = "```{connection-property} good\n```"


def _indent(text: str, by: str) -> str:
    return by + text.replace("\n", f"\n{by}")


#: By markup: a page on which the directive cannot stand where it is, and the line of the directive.
MISPLACED_IN = {
    "rst list": ("index.rst", f"- Item\n\n{_indent(RST, '  ')}", 6),
    "rst quote": ("index.rst", f"Text\n\n{_indent(RST, '   ')}", 6),
    "rst note": ("index.rst", f".. note::\n\n{_indent(RST, '   ')}", 6),
    "rst after others in a list": (
        "index.rst",
        f"- Item\n\n  .. index:: a\n\n  .. index:: b\n\n{_indent(RST, '  ')}",
        10,
    ),
    "rst topic": ("index.rst", f".. topic:: Title\n\n{_indent(RST, '   ')}", 6),
    "rst table": ("index.rst", f".. list-table::\n\n   * - Cell\n\n{_indent(RST, '       ')}", 8),
    "myst list": ("index.md", f"- Item\n\n{_indent(MYST, '  ')}", 5),
    "myst quote": ("index.md", _indent(MYST, "> "), 3),
    "myst note": ("index.md", f"````{{note}}\n{MYST}\n````", 4),
    "myst list-table": ("index.md", f"````{{list-table}}\n* - Cell\n\n{_indent(MYST, '    ')}\n````", 6),
}

PLACED_IN = {
    "rst top": ("index.rst", RST),
    "rst section": ("index.rst", f"Part\n----\n\nText.\n\n{RST}"),
    "rst only": ("index.rst", f".. only:: not nothing\n\n{_indent(RST, '   ')}"),
    "rst ifconfig": ("index.rst", f".. ifconfig:: True\n\n{_indent(RST, '   ')}"),
    "rst ifconfig in only": (
        "index.rst",
        f".. only:: not nothing\n\n   .. ifconfig:: True\n\n{_indent(RST, '      ')}",
    ),
    "rst after others in ifconfig": (
        "index.rst",
        f".. ifconfig:: True\n\n   .. index:: a\n\n   .. index:: b\n\n{_indent(RST, '   ')}",
    ),
    "rst after others": ("index.rst", f".. index:: a\n\n.. index:: b\n\n{RST}"),
    "rst a directive that takes titles": ("index.rst", f".. holder::\n\n{_indent(RST, '   ')}"),
    "myst top": ("index.md", MYST),
    "myst ifconfig": ("index.md", f"````{{ifconfig}} True\n{MYST}\n````"),
    "myst section": ("index.md", f"## Part\n\nText.\n\n{MYST}"),
    "myst only": ("index.md", f"````{{only}} not nothing\n{MYST}\n````"),
}


#: A directive that takes titles.
HOLDER = """
from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import nested_parse_with_titles

class Holder(SphinxDirective):
    has_content = True

    def run(self):
        node = nodes.container()
        nested_parse_with_titles(self.state, self.content, node)
        return [node]

def setup(app):
    app.add_directive("holder", Holder)
"""


def _write(project: Project, file: str, text: str) -> None:
    """Write the only page of a project: a title, something, and a text after it."""
    (project.folder / "index.rst").unlink()
    project.write(
        "conf.py",
        f'extensions = ["myst_parser", "sphinx.ext.ifconfig", "sphinxext_stitch"]\nstitch_data_path = "data"\n{HOLDER}',
    )
    title = "Test\n====" if file.endswith(".rst") else "# Test"
    project.write(file, f"{title}\n\n{text}\n\nText after.\n")


@pytest.mark.parametrize(("file", "text", "line"), MISPLACED_IN.values(), ids=MISPLACED_IN)
def test_a_directive_where_no_section_can_be(catalogue_project: Project, file: str, text: str, line: int) -> None:
    _write(catalogue_project, file, text)
    catalogue_project.build("html")
    assert catalogue_project.warnings == [MISPLACED.format(file=file, line=line)]
    assert shown(catalogue_project) == {}
    words = catalogue_project.doctree().astext()
    assert all(word in words for word in ("Text after.", *re.findall("Item|Cell", text)))


@pytest.mark.parametrize(("file", "text"), PLACED_IN.values(), ids=PLACED_IN)
def test_a_directive_where_a_section_can_be(catalogue_project: Project, file: str, text: str) -> None:
    _write(catalogue_project, file, text)
    catalogue_project.build("html")
    assert catalogue_project.warnings == []
    assert shown(catalogue_project) == {"source/good": ["sound"]}
    assert "Text after." in catalogue_project.doctree().astext()


# ---------------------------------------------------------------- MyST: the extension by whose name its Markdown is known

#: A parser of Markdown that has no directives.
PLAIN_MARKDOWN = """\
from docutils import nodes
from sphinx.parsers import Parser

extensions = ["sphinxext_stitch"]
stitch_data_path = "data"
stitch_pages = "pages"
source_suffix = {".md": "markdown"}


class MarkdownParser(Parser):
    supported = ("markdown",)

    def parse(self, inputstring, document):
        document += nodes.section("", nodes.title("", inputstring), ids=["plain"])


def setup(app):
    app.add_source_parser(MarkdownParser)
"""


#: A parser that is derived from that of MyST, under another name, as MyST-NB has.
NOTEBOOKS = """\
from myst_parser.parsers.sphinx_ import MystParser

extensions = ["sphinxext_stitch", "myst_parser"]
stitch_data_path = "data"
stitch_pages = "pages"
source_suffix = {".ipynb": "notebook", ".md": "notebook"}


class NotebookParser(MystParser):
    supported = ("notebook",)


def setup(app):
    app.add_source_parser(NotebookParser)
"""


@pytest.mark.parametrize(
    ("conf", "made"),
    [
        (PLAIN_MARKDOWN, False),
        (PLAIN_MARKDOWN.replace('["', '["myst_parser", "').partition("class")[0], True),
        (NOTEBOOKS, True),
    ],
    ids=["other", "myst", "derived"],
)
def test_pages_are_made_in_markdown_that_has_directives(catalogue_project: Project, conf: str, *, made: bool) -> None:
    (catalogue_project.folder / "index.rst").unlink()
    catalogue_project.write("conf.py", conf)
    catalogue_project.write("index.md", "# Test\n\n```{toctree}\npages/index\n```\n")
    catalogue_project.build("dummy")
    assert catalogue_project.warnings == (
        []
        if made
        else [
            "conf.py:1: WARNING: “stitch_pages” needs pages in reStructuredText, or Markdown with the extension "
            "“myst_parser”; “source_suffix” has neither [stitch.bad-config]"
        ]
    )
    assert (catalogue_project.folder / "pages/source/good.md").exists() == made


# ---------------------------------------------------------------- Sphinx: links where all pages are one


def test_a_link_to_another_page_leads_to_its_place(catalogue_project: Project) -> None:
    """Sphinx up to 8.1 takes the page out of the link at last; from 8.2 to 9.2 it stays, and the link leads nowhere."""
    catalogue_project.write("more.rst", "More\n====\n\n.. _pond:\n\nPond\n----\n\n.. connection-table::\n")
    catalogue_project.write(
        "index.rst",
        "Test\n====\n\n.. connection-table::\n\n:ref:`pond`, :stitch:conn:`test.good`\n\n.. toctree::\n\n   more\n",
    )
    catalogue_project.build("singlehtml")
    assert catalogue_project.warnings == []
    html = catalogue_project.html()
    links = {link.get_text(): link["href"] for link in html.select(".body p a.internal")}
    assert links == {"Pond": "#pond", "test.good": "#connection-source-good"}
    assert all(html.find(id=link[1:]) for link in links.values())


# ---------------------------------------------------------------- Sphinx: what stands beside LaTeX of ours


def _tex(project: Project, **config: object) -> str:
    """The page of a project in LaTeX."""
    documents = [("index", "test.tex", "Test", "Author", "howto")]
    project.build("latex", latex_documents=documents, **config)
    assert project.warnings == []
    return project.output("test.tex")


def test_an_entry_of_the_index_is_one_with_that_of_a_writer(catalogue_project: Project) -> None:
    r"""Programs for indexes take two for one if they are written alike: with ``\spxentry``, from Sphinx 1.8 to 9.2."""
    page = "Test\n====\n\n.. index:: single: Good; of a writer\n\n.. connection-table::\n\n.. connection-property::\n"
    catalogue_project.write("index.rst", page)
    found = re.findall(r"\\index\{(Good@.+?)!([\w ]+)@", _tex(catalogue_project))
    assert found == [
        (r"Good@\spxentry{Good}", sub)
        for sub in ("of a writer", "source connection", "source connection property object")
    ]


@pytest.mark.parametrize(
    ("name", "engine", "key"),
    [
        ("Élan", "pdflatex", "Elan"),
        ("Élan", "lualatex", "Élan"),
        # makeindex takes no empty key, and would leave out the entry.
        ("Река", "pdflatex", "?"),
        ("Река", "lualatex", "Река"),
    ],
)
def test_what_the_index_is_sorted_by(catalogue_project: Project, name: str, engine: str, key: str) -> None:
    catalogue_project.write("data/sources/good.yml", f"name: {name}\ntype: test.good\n")
    tex = _tex(catalogue_project, latex_engine=engine)
    assert set(re.findall(r"\\index\{(.+?)@\\spxentry\{(.+?)\}", tex)) == {(key, name)}


def test_a_heading_keeps_the_page_between_rows(catalogue_project: Project) -> None:
    r"""Behind the end of a row, longtable has ``\nopagebreak``; elsewhere it would be in a cell, and do nothing.

    Sphinx 9.1 ends some rows otherwise than 9.0, and none of ours.
    """
    catalogue_project.write("data/groups/shared.yml", "title: Shared\nproperties: [{name: b, type: string}]\n")
    catalogue_project.write(
        "data/sources/good.yml",
        "name: Good\ntype: test.good\ngroups: [shared]\nproperties: [{name: a, type: string}]\n",
    )
    table = next(part for part in _tex(catalogue_project).split(r"\begin{longtable}") if "Shared" in part)
    behind = table.partition("Shared")[2].partition("\\\\\n")[2]
    assert behind.startswith("\\sphinxhline\n\\nopagebreak[4]\n")
