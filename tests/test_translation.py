"""The words of the data come out in the language of the project, and so do those of the extension."""

from __future__ import annotations

import ast
import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from conftest import CHECKOUT, Project, copy_of_pelican
from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from babel.messages.catalog import Catalog

#: Words of the invented catalogue in German: prose with code and links, words without markup.
GERMAN = {
    "Opens the gate.": "Öffnet das *Tor*.",
    "Whether the net has knots; `mesh` counts too.": "Ob das Netz Knoten hat; auch `mesh` zählt.",
    "Needs a [Brook](https://pelican.example/brook) account, or a [lake](stitch:pond.lake).": (
        "Braucht einen [See](stitch:pond.lake) oder ein Konto bei [Brook](https://pelican.example/de/brook)."
    ),
    "One leaf at a time": "1. Blatt für Blatt",
    "Minutes between two visits to {{ name }}; the usual pace is `{{ pace }}`. See `token`.": (
        "Minuten zwischen zwei Besuchen bei {{ name }}, meist `{{ pace }}`. Siehe `token`."
    ),
    "The usual pace of `{{ pace }}`": "Das übliche Tempo: `{{ pace }}`",
    "bring leaves from a Brook account": "holen Blätter aus einem Konto bei Brook",
    "Verification": "Prüfung",
    "A code that the *owner* receives by mail.": "Ein Code, den der *Besitzer* per Post erhält.",
    "Timing": "Zeitplan",
    "Dig a pond": "Einen Teich graben",
    "By hand": "Von Hand",
    "Only in the web form": "Nur im Webformular",
    "Nothing that fits? [Write to us](https://pelican.example/contact).": (
        "Nichts dabei? [Schreiben Sie uns](https://pelican.example/contact)."
    ),
    "Where to unload.": "Wo entladen wird.",
    "fill a lake": "füllen einen See",
    # Sphinx translates what is the page's own.
    "Endpoints": "Endpunkte",
    # Not words of the data: these stay as they are.
    "Brook": "Bach",
    "token": "Marke",
    "string": "Text",
    "Example": "falsch",
    "The Brook source connection property object": "falsch",
}


def write_catalog(project: Project, domain: str, words: Mapping[str, str], language: str = "de") -> None:
    """A catalog of the project, as a translator leaves it."""
    entries = [f'msgid "{source}"\nmsgstr "{target}"\n' for source, target in words.items()]
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
    project.write(f"locales/{language}/LC_MESSAGES/{domain}.po", "\n".join([header, *entries]))


def words(catalog: Catalog) -> set[str]:
    """The messages of a catalog, without its head."""
    return {message.id for message in catalog if message.id}


def extracted(project: Project, domain: str) -> Catalog:
    """The messages that the gettext builder finds."""
    return read_po(project.output(f"{domain}.pot").splitlines())


def write_german(project: Project) -> Project:
    """Write German catalogs for the invented platform, and for a page in each markup."""
    index = (project.folder / "index.rst").read_text(encoding="utf-8")
    project.write("index.rst", index.replace("   guide\n", "   guide\n   more\n"))
    project.write("more.md", "# More\n\n```{connection-property} river.brook\n:no-index:\n```\n")
    for page in ("index", "guide", "more"):
        write_catalog(project, page, GERMAN)
    return project


@pytest.fixture
def german(pelican: Project) -> Project:
    """The invented platform with German catalogs."""
    return write_german(pelican)


@pytest.fixture(scope="module")
def built_german(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Its pages in German, built once for the tests that only look at them."""
    project = write_german(copy_of_pelican(tmp_path_factory.mktemp("german")))
    project.build(locale_dirs=["locales"], language="de", nitpicky=True)
    project.close()
    assert project.warnings == []
    return project


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """What the gettext builder makes of the invented platform."""
    project = copy_of_pelican(tmp_path_factory.mktemp("templates"))
    project.build("gettext")
    project.close()
    assert project.warnings == []
    return project


def test_prose_is_extracted_with_its_file_and_line(templates: Project) -> None:
    found = {message.id: message.locations for message in extracted(templates, "index")}
    for message, path in {
        "Opens the gate.": "sources/brook.yml",
        "One leaf at a time": "sources/brook.yml",
        "bring leaves from a Brook account": "sources/brook.yml",
        "The usual pace of `{{ pace }}`": "groups/timing.yml",
        "A code that the *owner* receives by mail.": "api.yml",
        "Only in the web form": "api.yml",
    }.items():
        lines = (templates.folder / "data" / path).read_text(encoding="utf-8").splitlines()
        [line] = [number for number, text in enumerate(lines, 1) if message in text]
        assert found[message] == [(f"../../data/{path}", line)]


def test_nothing_but_words_is_extracted(templates: Project) -> None:
    own = {"Pelican connections", "Endpoints", "Find", "All"}
    data = "".join(path.read_text(encoding="utf-8") for path in (templates.folder / "data").rglob("*.yml"))
    found = words(extracted(templates, "index"))
    assert own < found
    for message in found - own:
        assert message in data
        # A name, a type, a key or an example is one word.
        assert " " in message or message in {"Verification", "Timing"}
    assert words(extracted(templates, "guide")) == {
        "Guide",
        "Lakes again",
        "Where to unload.",
        "fill a lake",
    }


def test_examples_are_not_extracted(pelican: Project) -> None:
    pelican.write(
        "guide.md", "# Guide\n\n```text\nown code\n```\n\n```{connection-property} pond.lake\n:no-index:\n```\n"
    )
    pelican.build("gettext", gettext_additional_targets=["literal-block", "index"])
    assert words(extracted(pelican, "guide")) == {"Guide", "own code\n", "Where to unload.", "fill a lake"}


def test_options_are_extracted(catalogue_project: Project) -> None:
    catalogue_project.write(
        "index.rst", "Test\n====\n\n.. connection-table::\n   :empty: *None* of these?\n   :placeholder: Seek\n"
    )
    catalogue_project.build("gettext")
    found = {message.id: message.locations for message in extracted(catalogue_project, "index")}
    assert found["*None* of these?"] == found["Seek"] == [("../../index.rst", 4)]


def test_the_page_is_extracted_as_it_is_shown(german: Project) -> None:
    german.build("gettext", locale_dirs=["locales"], language="de")
    assert german.warnings == []
    assert {"Opens the gate.", "Timing"} <= words(extracted(german, "index"))


@pytest.mark.parametrize("page", ["index", "more"])
def test_data_is_translated(built_german: Project, page: str) -> None:
    html = built_german.html(page)
    [token] = [
        row for row in html.select(".stitch-properties tr") if row.select_one("th").get_text().strip("¶") == "token"
    ]
    assert "Öffnet das <em>Tor</em>." in str(token.select("td")[-1])
    text = html.get_text()
    for words in (
        "Verbindungen mit Brook holen Blätter aus einem Konto bei Brook. ",
        "Ob das Netz Knoten hat; auch mesh zählt.",
        "Minuten zwischen zwei Besuchen bei Brook, meist 30. Siehe token.",
        "Das übliche Tempo: 30",
        "Prüfung von Brook",
        "Ein Code, den der Besitzer per Post erhält.",
        "Zeitplan",
        # The words of a translation never begin a list, or another block.
        "1. Blatt für Blatt",
    ):
        assert words in text
    assert "falsch" not in text
    assert "Bach" not in text


def test_code_and_links_of_a_translation_are_intact(built_german: Project) -> None:
    html = built_german.html()
    [lake] = [link for link in html.select("a") if link.get_text() == "See"]
    assert lake["href"] == "#destination-form-properties-lake-object"
    [brook] = [link for link in html.select("a") if link["href"] == "https://pelican.example/de/brook"]
    assert brook.get_text() == "Brook"
    [knots] = [cell for cell in html.select("td") if "Ob das Netz Knoten hat" in cell.get_text()]
    assert knots.a.get_text() == "mesh"
    assert knots.a["href"].endswith(".nets.mesh")


def test_tables_are_translated(built_german: Project) -> None:
    html = built_german.html()
    assert html.select_one(".stitch-endpoints").select_one("tbody th").get_text() == "Einen Teich graben"
    tip = html.select_one(".stitch-unavailable")
    assert (tip.get_text(), tip["title"]) == ("Von Hand", "Nur im Webformular")
    closing = html.select_one(".stitch-closing-row")
    assert closing.get_text().strip() == "Nichts dabei? Schreiben Sie uns."
    assert closing.a["href"] == "https://pelican.example/contact"
    assert html.select_one("h2").get_text().startswith("Endpunkte")


def test_options_are_translated(catalogue_project: Project) -> None:
    catalogue_project.write(
        "index.rst", "Test\n====\n\n.. connection-table::\n   :empty: *None* of these?\n   :placeholder: Seek\n"
    )
    write_catalog(catalogue_project, "index", {"*None* of these?": "*Keine* davon?", "Seek": "Suche"})
    catalogue_project.build("dummy", locale_dirs=["locales"], language="de")
    [table] = catalogue_project.doctree().findall(nodes.table)
    assert table["shown"].placeholder == "Suche"
    assert catalogue_project.doctree().next_node(nodes.emphasis).astext() == "Keine"


def test_labels_are_translated(german: Project) -> None:
    german.write("links.rst", ":orphan:\n\nLinks\n=====\n\n:ref:`source-form-properties-brook-object-verify`\n")
    german.build(locale_dirs=["locales"], language="de", nitpicky=True)
    assert german.html("links").select_one("p a").get_text() == "Prüfung von Brook"


def test_links_of_a_text_can_be_used(catalogue_project: Project) -> None:
    """A text may state an address once and name it; its translation can do so too."""
    catalogue_project.write(
        "data/sources/good.yml",
        "name: Good\ntype: test.good\ndescription: |\n  See the [guide][1].\n\n  [1]: https://good.example/guide\n",
    )
    write_catalog(catalogue_project, "index", {"See the [guide][1].": "Mehr im [Leitfaden][1]."})
    catalogue_project.build(locale_dirs=["locales"], language="de")
    [link] = [link for link in catalogue_project.html().select("a") if link.get_text() == "Leitfaden"]
    assert link["href"] == "https://good.example/guide"


def test_lines_of_a_paragraph_are_one_message(catalogue_project: Project) -> None:
    catalogue_project.write(
        "data/sources/good.yml",
        "name: Good\ntype: test.good\ndescription: |\n  One line,\\\n    another.\n\n      code\n\n  > Quoted\n  > text.\n",
    )
    catalogue_project.build("gettext")
    found = {
        message.id: [line for _path, line in message.locations] for message in extracted(catalogue_project, "index")
    }
    assert found["One line, another."] == [4]
    assert found["Quoted text."] == [9]
    assert not any("code" in message for message in found)


def test_a_catalog_that_cannot_be_read_is_none(catalogue_project: Project) -> None:
    catalogue_project.write("locales/de/LC_MESSAGES/index.mo", b"no catalog")
    catalogue_project.build(locale_dirs=["locales"], language="de", gettext_auto_build=False)
    assert catalogue_project.warnings == []
    assert "Sound." in catalogue_project.html().get_text()


def test_a_changed_catalog_is_used(german: Project) -> None:
    config = {"locale_dirs": ["locales"], "language": "de"}
    german.build("dummy", **config)
    write_catalog(german, "guide", {"Where to unload.": "Wo gelöscht wird."})
    german.build("dummy", **config)
    assert german.read_again() == {"guide"}


PACKAGE = CHECKOUT / "sphinxext_stitch"
LOCALE = PACKAGE / "locale"
LANGUAGES = sorted(path.name for path in LOCALE.iterdir() if path.is_dir())

#: How the words of the manual that name one thing each are called in each language.
TERMS = {
    "connection": {
        "de": "verbindung",
        "es": "conexi",
        "fr": "connexion",
        "ja": "接続",
        "pt_BR": "conex",
        "zh_CN": "连接",
        "ko": "연결",
    },
    "destination": {
        "de": "ziel",
        "es": "destino",
        "fr": "destination",
        "ja": "デスティネーション",
        "pt_BR": "destino",
        "zh_CN": "目标",
        "ko": "대상",
    },
    "endpoint": {
        "de": "endpunkt",
        "es": "endpoint",
        "fr": "point de terminaison",
        "ja": "エンドポイント",
        "pt_BR": "endpoint",
        "zh_CN": "端点",
        "ko": "엔드포인트",
    },
    "propert": {
        "de": "eigenschaft",
        "es": "propiedad",
        "fr": "propriété",
        "ja": "プロパティ",
        "pt_BR": "propriedade",
        "zh_CN": "属性",
        "ko": "속성",
    },
    "source": {
        "de": "quell",
        "es": "origen",
        "fr": "source",
        "ja": "ソース",
        "pt_BR": "orige",
        "zh_CN": "源",
        "ko": "소스",
    },
}


def own_catalog(language: str) -> Catalog:
    """The words of the extension in a language."""
    with (LOCALE / language / "LC_MESSAGES/sphinxext_stitch.po").open("rb") as file:
        return read_po(file, locale=language)


def words_in_code() -> Iterator[tuple[str | None, Path]]:
    """What the code hands to ``_``, with the file; None for what is no plain text."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and "_" in (getattr(node.func, "id", ""), getattr(node.func, "attr", "")):
                [argument] = node.args
                yield (argument.value if isinstance(argument, ast.Constant) else None), path


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)s", text))


def test_every_word_is_gathered() -> None:
    """If this fails, run ``tox run -e locale``, and translate what is new."""
    assert [path.name for word, path in words_in_code() if word is None] == []
    with (LOCALE / "sphinxext_stitch.pot").open("rb") as file:
        assert words(read_po(file)) == {word for word, _path in words_in_code()}


def test_languages() -> None:
    assert {"de", "es", "fr", "ja", "ko", "pt_BR", "zh_CN"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_is_complete(language: str) -> None:
    catalog = own_catalog(language)
    assert words(catalog) == {word for word, _path in words_in_code()}
    assert not catalog.obsolete
    for message in catalog:
        if message.id:
            assert message.string, message.id
            assert not message.fuzzy, message.id
            assert placeholders(message.string) == placeholders(message.id), message.id
            assert message.string.startswith(" ") == message.id.startswith(" "), message.id
            assert message.string.endswith(" ") == message.id.endswith(" "), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_is_compiled(language: str) -> None:
    """If this fails, run ``tox run -e locale``."""
    with (LOCALE / language / "LC_MESSAGES/sphinxext_stitch.mo").open("rb") as file:
        compiled = {message.id: message.string for message in read_mo(file) if message.id}
    assert compiled == {message.id: message.string for message in own_catalog(language) if message.id}


def _plain(text: str) -> str:
    """Letters without case and accents."""
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(letter)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_thing_has_one_name(language: str) -> None:
    for word, translations in TERMS.items():
        named = [
            message
            for message in own_catalog(language)
            if message.id and re.search(rf"(?<!\()\b{word}", message.id, re.IGNORECASE)
        ]
        assert named, word
        for message in named:
            assert _plain(translations[language]) in _plain(message.string), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_is_translated(pelican: Project, language: str) -> None:
    catalog = own_catalog(language)
    told = {message.id: message.string for message in catalog}
    pelican.build(language=language, nitpicky=True)
    assert pelican.warnings == []
    html = pelican.html()
    section = html.select_one("#source-form-properties-brook-object")
    title = told["The %(name)s source connection property object"] % {"name": "Brook"}
    assert section.select_one("h2, h3").get_text().startswith(title)
    assert told["Example"] in [rubric.get_text() for rubric in section.select(".rubric")]
    heads = [head.get_text() for head in section.select_one(".stitch-properties thead").select("th")]
    assert heads == [told[word] for word in ("Property", "Type", "Required", "Description")]
    assert {told["required"], told["secret"]} <= {badge.get_text() for badge in section.select(".stitch-badge")}
    # What the script says is on the page.
    form = html.find(class_="stitch-filter").template.form
    assert form.span.contents[0].strip() == told["Search for a connection"]
    legends = [legend.string for legend in form.find_all("legend")]
    assert legends == [told[word] for word in ("Kind", "Category", "Availability")]
    assert form.output["data-text"] == told["%(shown)s of %(all)s connections shown"]
    # The words of the data are another thing.
    assert "Opens the gate." in section.get_text()


def test_unknown_language(pelican: Project) -> None:
    pelican.build("text", language="nl")
    assert pelican.warnings == []
    assert "The Brook source connection property object" in pelican.output("index.txt")


def test_a_value_in_place_of_its_variable_is_another_message(catalogue_project: Project) -> None:
    """The page shows the same in English, and is read again for the translation."""
    data = "name: Good\ntype: test.good\nvariables: {{n: '30'}}\ndescription: Every {} minutes.\n"
    write_catalog(
        catalogue_project,
        "index",
        {"Every {{ n }} minutes.": "Alle {{ n }} Minuten.", "Every 30 minutes.": "Jede halbe Stunde."},
    )
    config = {"locale_dirs": ["locales"], "language": "de"}
    catalogue_project.write("data/sources/good.yml", data.format("{{ n }}"))
    catalogue_project.build(**config)
    assert "Alle 30 Minuten." in catalogue_project.output("index.html")
    catalogue_project.write("data/sources/good.yml", data.format("30"))
    catalogue_project.build(**config)
    assert "Jede halbe Stunde." in catalogue_project.output("index.html")
    catalogue_project.write("data/sources/good.yml", data.format("{{ n }}"))
    catalogue_project.build(**config)
    assert "Alle 30 Minuten." in catalogue_project.output("index.html")
