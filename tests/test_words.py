"""Words of pages and the pattern of anchors are data, so that a platform need not speak of connections and properties."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

import pytest
from conftest import Data, Project
from test_kinds import API as KINDS
from test_kinds import CONF, FILES, INDEX
from test_translation import extracted, write_catalog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Folder

WORDS = """\
words:
  object: settings of a part
  objects: All parts
  property: setting
  connection: part
  connections: Parts
  back: Back to all parts
  search: Which part?
  placeholder: Mill, 5 % or well
  count: "{{ shown }} of {{ all }} parts"
  column_name: Part
  column_kind: Sort
  column_object: Settings
  sentence: "{{ name }} {{ action }} if its {{ type }} is {{ value }}."
  type_sentence: "{{ name }} has the {{ type }} {{ value }}."
  closed: "no new ones since {{ date }}"
  version: "No. "
anchors: "part-{{ kind }}-of-{{ key }}-settings"
"""

OTHER_BUILDERS = """\
project = "Miller"
version = copyright = "1"
man_pages = [("index", "m", "", [], 1)]
html_show_sphinx = False
"""

#: A line of each file that shows a further word.
MORE = {
    "data/wells/deep.yml": "action: gives water\nconnections: [{key: deep, name: Deep}, {key: wide, name: Wide}]\n",
    "data/milling/stone.yml": "version: 2\nhistory: [{version: 1, closed: 2020-01-31}]\n",
}

GERMAN = {
    "settings of a part": "Einstellungen eines Teils",
    "All parts": "Alle Teile",
    "setting": "Einstellung",
    "part": "Teil",
    "Parts": "Teile",
    "Back to all parts": "Zurück zu allen Teilen",
    "Which part?": "Welches Teil?",
    "Mill, 5 % or well": "Mühle, 5 % oder Brunnen",
    "{{ shown }} of {{ all }} parts": "{{ shown }} von {{ all }} Teilen",
    "Part": "Teil",
    "Sort": "Art",
    "Settings": "Einstellungen",
    "{{ name }} {{ action }} if its {{ type }} is {{ value }}.": "{{ name }} mit {{ type }} {{ value }} {{ action }}.",
    "gives water": "gibt Wasser",
    "{{ name }} has the {{ type }} {{ value }}.": "{{ name }} hat {{ type }} {{ value }}.",
    "no new ones since {{ date }}": "keine neuen seit {{ date }}",
    "Well": "Brunnen",
    "Wells": "Brunnen",
    "How to draw from {{ name }}": "Wie man aus {{ name }} schöpft",
    "Mill": "Mühle",
    "Mills": "Mühlen",
    "{{ name }}, a mill": "{{ name }}, eine Mühle",
    "Sink": "Senke",
    "Sinks": "Senken",
    "The {{ name }} sink": "Die Senke {{ name }}",
}

#: The words of the extension itself, of which nothing is left, and what they are in German.
FIXED = re.compile(r"source|destination|connection|stitch|quelle|ziele?\b|verbindung", re.IGNORECASE)

#: Names that are fixed: anchors of rows and tables, classes, the domain, and files.
NAMES = re.compile(
    r"connection-(?:table|pages|(?:well|mill|sink)-[\w$]+)|(?:sphinxext-)?stitch-[\w-]+|sphinxext[-_]stitch"
    r"|stitch:\w+|\"stitch\",\"\w+\"|xref stitch"
)


def write(folder: Folder) -> None:
    for path, text in FILES.items():
        folder.write(path, text + MORE.get(path, ""))
    folder.write("data/api.yml", KINDS + WORDS)


def left_of(text: str) -> list[str]:
    """The fixed words in a text."""
    return FIXED.findall(NAMES.sub("", text))


@pytest.fixture
def miller(tmp_path: Path) -> Data:
    data = Data(tmp_path)
    write(data)
    return data


@pytest.fixture(scope="module", params=["en", "de"])
def built(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Project:
    """The pages of that platform."""
    project = Project(tmp_path_factory.mktemp("miller"))
    write(project)
    project.write("conf.py", CONF)
    project.write("index.rst", INDEX)
    for page in ("index", "parts"):
        write_catalog(project, page, GERMAN)
    project.build_clean(language=request.param, html_show_sphinx=False)
    return project


def is_german(project: Project) -> bool:
    return bool(project.app.config.language == "de")


def test_what_is_shown(built: Project) -> None:
    page = built.html()
    form = page.find(class_="stitch-filter").template.form
    well, mill = built.html("parts/well/deep"), built.html("parts/mill/stone")
    shown = [
        *(cell.get_text() for cell in page.select(".stitch-connections thead th")),
        form.label.span.contents[0].strip(),
        form.find("input", type="search")["placeholder"],
        form.output["data-text"],
        built.html("parts/index").h1.get_text(),
        well.select_one(".stitch-back").get_text(),
        well.select_one(".stitch-summary + p").get_text(),
        mill.select_one(".stitch-summary + p").get_text(),
        well.select(".stitch-summary dt")[2].get_text(),
        [field.get_text() for field in mill.select(".stitch-summary dd")][2:],
        page.select_one("#connection-mill-stone").get_text(),
    ]
    if is_german(built):
        assert shown == [
            "Teil", "Art", "Einstellungen", "Welches Teil?", "Mühle, 5 % oder Brunnen",
            "%(shown)s von %(all)s Teilen", "Alle Teile¶", "Zurück zu allen Teilen",
            "Deep mit type w.deep gibt Wasser.", "Stone hat type m.stone.", "Teile",
            ["No. 2", "No. 1 keine neuen seit 2020-01-31"], "Stone (No. 2)",
        ]  # fmt: skip
    else:
        assert shown == [
            "Part", "Sort", "Settings", "Which part?", "Mill, 5 % or well", "%(shown)s of %(all)s parts",
            "All parts¶", "Back to all parts", "Deep gives water if its type is w.deep.",
            "Stone has the type m.stone.", "Parts", ["No. 2", "No. 1 no new ones since 2020-01-31"], "Stone (No. 2)",
        ]  # fmt: skip


def test_index_and_search(built: Project) -> None:
    index = " ".join(built.html("genindex").get_text().split())
    if is_german(built):
        assert "Brunnen, Einstellungen eines Teils" in index
        assert "Senke, Teil" in index
        types = ["Einstellungen eines Teils", "Einstellung", "Endpunkt", "Teil"]
    else:
        assert "Well, settings of a part" in index
        assert "Sink, part" in index
        types = ["settings of a part", "setting", "endpoint", "part"]
    assert all(f'"{name}"' in built.output("searchindex.js") for name in types)


def test_anchors(built: Project) -> None:
    well = built.html("parts/well/deep")
    for anchor in ("", "-base", "-valve", "-valve-example-usage", ".valve.depth"):
        assert well.find(id=f"part-well-of-deep-settings{anchor}") is not None, anchor
    assert built.html().find("a", href="parts/well/deep.html#part-well-of-deep-settings") is not None
    objects = [entry for entry in built.app.env.get_domain("stitch").get_objects() if entry[2] == "object"]
    assert {anchor for *_names, anchor, _priority in objects} == {
        "part-well-of-deep-settings", "part-mill-of-stone-settings", "part-sink-of-deep-settings",
    }  # fmt: skip


def test_no_page_has_a_fixed_word(built: Project) -> None:
    pages = [name for name in built.outputs() if name.endswith((".html", "searchindex.js"))]
    assert len(pages) > 8
    assert {name: left for name in pages if (left := left_of(built.output(name)))} == {}
    *_header, packed = built.outputs()["objects.inv"].split(b"\n", 4)
    assert left_of(zlib.decompress(packed).decode()) == []


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("builder", ["text", "latex", "man", "singlehtml", "epub"])
def test_no_other_output_has_a_fixed_word(make_project: Callable[..., Project], builder: str, language: str) -> None:
    project = make_project(**{"index.rst": INDEX, "conf.py": CONF + OTHER_BUILDERS})
    write(project)
    for page in ("index", "parts"):
        write_catalog(project, page, GERMAN)
    project.build(builder, language=language)
    assert project.warnings == []
    names = {
        "text": "index.txt",
        "latex": "miller.tex",
        "man": "m.1",
        "singlehtml": "index.html",
        "epub": "index.xhtml",
    }
    text = project.output(names[builder])
    assert ("Zurück zu allen Teilen" if language == "de" else "Back to all parts") in text
    assert left_of(text) == []


def test_messages_to_translate(make_project: Callable[..., Project]) -> None:
    project = make_project(**{"index.rst": INDEX, "conf.py": CONF})
    write(project)
    project.build("gettext")
    found = {message.id for page in ("index", "parts") for message in extracted(project, page)}
    assert GERMAN.keys() <= found


def test_a_translation_without_its_slots(make_project: Callable[..., Project]) -> None:
    project = make_project(**{"index.rst": INDEX, "conf.py": CONF})
    write(project)
    write_catalog(project, "index", {"{{ shown }} of {{ all }} parts": "%d Teile"})
    project.build("dummy", language="de")
    assert set(project.warnings) == {
        "data/api.yml:23: WARNING: column 10: the translation “%d Teile” lacks “all” and “shown”; it is not used "
        "[stitch.bad-translation]"
    }


def test_keys_that_have_the_end_of_anchors(miller: Data) -> None:
    miller.write("data/sinks/a-settings.yml", "name: A\ntype: s.a\n")
    miller.write("data/sinks/an-object.yml", "name: B\ntype: s.b\n")
    miller.load()
    assert miller.problems == [
        "data/sinks/a-settings.yml:1:1: WARNING: the key “a-settings” (the file's name) has “-settings” in it, with "
        "which the anchors of objects end [stitch.wrong-type]"
    ]
    assert "sink/an-object" in miller.properties


@pytest.mark.parametrize(
    ("pattern", "anchor"),
    [
        ("part-{{ kind }}-{{ key }}-x", "part-well-deep-x"),
        ("the_part-of-{{key}}-of-{{ kind }}-or-not", "the_part-of-deep-of-well-or-not"),
        ("{{ kind }}-form-properties-{{ key }}-object", "well-form-properties-deep-object"),
    ],
)
def test_patterns(miller: Data, pattern: str, anchor: str) -> None:
    miller.write("data/api.yml", f'{KINDS}anchors: "{pattern}"\n')
    miller.load()
    assert miller.problems == []
    assert miller.catalogue.find("well/deep")[0].anchor == anchor


@pytest.mark.parametrize(
    "pattern",
    [
        "part", "{{ kind }}-{{ key }}-x", "part-{{ kind }}-{{ key }}", "part-{{ kind }}{{ key }}-x",
        "part-{{ kind }}-{{ kind }}-x", "part-{{ kind }}-x", "part-{{ kind }}-{{ key }}-{{ name }}",
        "part {{ kind }}-{{ key }}-x", "part.{{ kind }}-{{ key }}-x", "connection-{{ kind }}-{{ key }}-x",
        "endpoint-{{ kind }}-{{ key }}-x", "index-{{ kind }}-{{ key }}-x", "part-{kind}-{key}-x", "part-é-{{ kind }}-{{ key }}-x",
    ],
)  # fmt: skip
def test_patterns_that_are_none(miller: Data, pattern: str) -> None:
    miller.write("data/api.yml", f'{KINDS}anchors: "{pattern}"\n')
    miller.load()
    assert miller.problems == [
        "data/api.yml:14:10: WARNING: “anchors” takes words of letters, digits and “_” with “-” between, such as "
        "“connector-{{ kind }}-{{ key }}-settings”: “{{ kind }}” and “{{ key }}” once each, a word before and behind "
        f"them, and the first one none of “connection”, “endpoint” and “index”; found “{pattern}” [stitch.wrong-type]"
    ]
    assert miller.catalogue.find("well/deep")[0].anchor == "well-form-properties-deep-object"


@pytest.mark.parametrize(
    ("word", "problem"),
    [
        ('back: "To {{ name }}"', "back” of “words” has no slots; found “To {{ name }}"),
        (
            'count: "{{ shown }} of {{ al }}"',
            "count” of “words” can have “{{ shown }}” and “{{ all }}” in it, once each, and no other slot; "
            "found “{{ shown }} of {{ al }}",
        ),
        (
            'closed: "{{ date }} {{ date }}"',
            "closed” of “words” can have “{{ date }}” in it, once each, and no other slot; "
            "found “{{ date }} {{ date }}",
        ),
        ('search: "%(name)s"', "search” of “words” has no slots; found “%(name)s"),
    ],
)
def test_words_with_wrong_slots(miller: Data, word: str, problem: str) -> None:
    miller.write("data/api.yml", f"{KINDS}words:\n  {word}\n")
    miller.load()
    column = 3 + len(word.partition(":")[0]) + 2
    assert miller.problems == [f"data/api.yml:15:{column}: WARNING: “{problem}” [stitch.wrong-type]"]
    assert getattr(miller.catalogue.api.words, word.partition(":")[0]) is None
