"""The documentation is true: its examples build without a warning, and what it quotes and lists is so."""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from conftest import CHECKOUT, Project
from markdown_it import MarkdownIt

from sphinxext_stitch.catalogue.format import api_records, records
from sphinxext_stitch.directives import ConnectionProperty, ConnectionTable

if TYPE_CHECKING:
    from collections.abc import Callable

    from bs4 import Tag

DOCS = CHECKOUT / "docs"
EXAMPLES = sorted(path.parent for path in (DOCS / "examples").glob("*/conf.py"))

#: What conf.py names and is not among the packages for tests; “tox run -e wild” builds with it.
OVERRIDES: dict[str, dict[str, str]] = {"publish-as-markdown": {"extensions": "sphinxext_stitch"}}


def copy_of_example(name: str, folder: Path) -> Path:
    """Copy an example, by the name of its folder."""
    return shutil.copytree(DOCS / "examples" / name, folder, ignore=shutil.ignore_patterns("_build"))


@pytest.fixture
def example(make_project: Callable[..., Project]) -> Callable[[str], Project]:
    """A copy of an example, to which a test can do anything."""

    def copy(name: str) -> Project:
        project = make_project()
        copy_of_example(name, project.folder)
        return project

    return copy


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Project]:
    """An example as a builder leaves it, built once; what one builder has read, the next one writes."""
    folders = cache(lambda name: copy_of_example(name, tmp_path_factory.mktemp("example") / name))

    @cache
    def build(name: str, builder: str) -> Project:
        project = Project(folders(name))
        project.build(builder, nitpicky=True, **OVERRIDES.get(name, {}))
        project.close()
        return project

    return build


def _section(page: str, title: str) -> str:
    """A section of a page of the manual, without the sections below it."""
    text = (DOCS / page).read_text(encoding="utf-8")
    found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#+ |\Z)", text, re.DOTALL | re.MULTILINE)
    assert found is not None, title
    return found[1]


def _first_cells(text: str) -> list[str]:
    """What is in backticks in the first column of the tables of a text."""
    return re.findall(r"^\| \**`([^`]+)`\** \|", text, re.MULTILINE)


@pytest.mark.parametrize("builder", ["html", "text"])
@pytest.mark.parametrize("name", [path.name for path in EXAMPLES])
def test_example_builds(built: Callable[[str, str], Project], name: str, builder: str) -> None:
    assert built(name, builder).warnings == []


def test_tutorial_builds_before_the_second_step(example: Callable[[str], Project]) -> None:
    project = example("own-catalogue")
    for path in ("data/api.yml", "data/sources/helpdesk.yml"):
        whole = (project.folder / path).read_text(encoding="utf-8")
        start, found, _rest = whole.partition("  oauth:" if path == "data/api.yml" else "oauth:")
        assert found
        project.write(path, start)
    project.build(nitpicky=True)
    assert project.warnings == []
    assert not project.html().select(".stitch-steps")
    # Before that, it has the one destination alone.
    shutil.rmtree(project.folder / "data/sources")
    shutil.rmtree(project.folder / "data/groups")
    project.build(nitpicky=True)
    assert project.warnings == []
    assert len(project.html().select(".stitch-object")) == 1


def test_tutorial_quotes_the_warning(example: Callable[[str], Project]) -> None:
    project = example("own-catalogue")
    path = "data/sources/shop.yml"
    sound = (project.folder / path).read_text(encoding="utf-8")
    # The mistake that the tutorial asks for: only “shop_id” is required.
    assert sound.count("required: true") == 1
    project.write(path, sound.replace("required: true", "requird: true"))
    project.build()
    assert project.warnings == [
        "data/sources/shop.yml:13: WARNING: column 5: unknown key “requird” of property “shop_id”; did you mean “required” or “required_if”? "
        "[stitch.unknown-key]"
    ]
    assert f"\n{project.warnings[0]}\n```" in (DOCS / "tutorial/index.md").read_text(encoding="utf-8")
    assert len(project.html().select("#source-form-properties-shop-object .stitch-properties th code")) == 3


def test_readme_shows_what_comes_of_its_catalogue(built: Callable[[str, str], Project]) -> None:
    """“tox run -e wild” compares it with what sphinx-markdown-builder writes."""
    readme = MarkdownIt("commonmark", {"html": True}).enable("table")
    html = readme.render((CHECKOUT / "README.md").read_text(encoding="utf-8"))
    quote = BeautifulSoup(html, "html.parser").find("blockquote")
    page = built("small-catalogue", "html").html().select_one("[role=main]")
    for link in page.select(".headerlink"):
        link.decompose()
    # Browsers show an arrow for it.
    for link in quote.find_all("a", string="(Documentation)"):
        link.decompose()
    for tags in ("h1, h2, h3, h4, h5", "td, th", "pre"):
        shown, expected = ([_letters(tag) for tag in part.select(tags)] for part in (quote, page))
        assert [text for text in expected if text] == shown


def _letters(tag: Tag) -> str:
    """The text without spaces, and without the hyphens of lists in tables, which are text there."""
    return re.sub(r"[\s-]", "", tag.get_text())


def test_links_lead_where_the_guide_says(built: Callable[[str, str], Project]) -> None:
    project = built("link-to-the-reference", "html")
    ids = {tag["id"] for tag in project.html().select("[id]")}
    guide = (DOCS / "how-to/link-to-the-reference.md").read_text(encoding="utf-8")
    told = re.findall(r"acme\.example/docs/index\.html#(\S+)", guide)
    assert told
    assert set(told) <= ids
    wanted = [
        "source-form-properties-shop-object",
        "source-form-properties-shop-object",
        "source-form-properties-helpdesk-object-oauth",
        "source-form-properties-shop-object",
        "source-form-properties-shop-object.form.api_key",
        "source-form-properties-helpdesk-object.oauth.refresh_token",
        "connection-source-fax",
        "endpoint-sources.create",
        "source-form-properties-shop-object",
    ]
    for page in ("guide-rst", "guide-myst"):
        links = [str(link["href"]) for link in project.html(page).select("[role=main] li a.reference")]
        assert links == [f"index.html#{anchor}" for anchor in wanted]


def test_the_guide_quotes_the_warning_of_a_dangling_link(example: Callable[[str], Project]) -> None:
    project = example("link-to-the-reference")
    project.write("guide.rst", ":orphan:\n\n=====\nGuide\n=====\n\n:stitch:object:`acme.shp`\n")
    project.build(nitpicky=True)
    assert f"\n{project.warnings[0]}\n" in (DOCS / "how-to/link-to-the-reference.md").read_text(encoding="utf-8")


def test_manual_has_every_record() -> None:
    text = (DOCS / "reference/data-format.md").read_text(encoding="utf-8")
    every = {
        f"{module.__name__.rpartition('.')[2]} {name}"
        for module in (records, api_records)
        for name, value in vars(module).items()
        if hasattr(value, "__dataclass_fields__")
    }
    assert sorted(re.findall(r"^<!-- write: fields (\w+ \w+) -->$", text, re.MULTILINE)) == sorted(every)


@pytest.mark.parametrize(
    ("title", "options"),
    [
        ("The availability table", ConnectionTable.used["availability"]),
        ("The endpoints table", ConnectionTable.used["endpoints"]),
        ("connection-property", ConnectionProperty.option_spec),
    ],
)
def test_manual_has_every_option(title: str, options: set[str]) -> None:
    cells = _first_cells(_section("reference/directives.md", title))
    assert sorted(cell.strip(":") for cell in cells if cell.startswith(":")) == sorted(options)


def test_guide_to_translation_shows_what_is_extracted(example: Callable[[str], Project]) -> None:
    project = example("translate-the-reference")
    project.build("gettext")
    template = read_po(project.output("index.pot").splitlines())
    path = "locales/de/LC_MESSAGES/index.po"
    translated = read_po((project.folder / path).read_text(encoding="utf-8").splitlines())
    assert len(translated) > 1
    for message in translated:
        assert not message.id or template[message.id].locations == message.locations
    project.build(fresh=True)
    text = project.html().get_text()
    assert "Verbindungen mit Shop lesen Bestellungen aus einem Shop." in text
    assert "Der Tag der ersten Bestellung, die gelesen wird. Braucht einen Shop." in text


def test_both_layouts_show_the_same(built: Callable[[str, str], Project]) -> None:
    """The manual shows the catalogue on one page; the example gives each object a page."""
    sections = {}
    for path in Path(built("one-page-each", "html").app.outdir, "connections").rglob("*.html"):
        for section in BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").select(".stitch-object"):
            sections[section["id"]] = section
    one = built("first-page", "html")
    whole = {section["id"]: section for section in one.html().select(".stitch-object")}
    assert sections.keys() == whole.keys()
    assert {name: _text(section) for name, section in sections.items()} == {
        name: _text(section) for name, section in whole.items()
    }


def _text(section: Tag) -> str:
    return " ".join(section.get_text(" ").split())


# ---------------------------------------------------------------- words and look


def test_classes_that_style_sheets_can_use(built: Callable[[str, str], Project]) -> None:
    names = re.findall(r"`(stitch-[\w-]+)`", _section("reference/look.md", "Classes").partition("Variables")[0])
    examples = {
        "NAME": "plan", "VALUE": "team", "KIND": "sink",
    }  # fmt: skip
    classes: set[str] = set()
    for name in (
        "adapt-words-and-look",
        "add-a-connection",
        "choose-what-a-page-shows",
        "describe-hard-cases",
        "share-properties",
    ):
        pages = built(name, "html").outputs()
        for page in (BeautifulSoup(text, "html.parser") for path, text in pages.items() if path.endswith(".html")):
            classes |= {one for tag in page.find_all(class_=True) for one in tag["class"]}
    # Scripts make the others.
    for script in (CHECKOUT / "sphinxext_stitch/html/static").glob("*.js"):
        classes |= set(re.findall(r'"(stitch-[\w-]+)', script.read_text(encoding="utf-8")))
    shown = {re.sub("|".join(examples), lambda match: examples[match[0]], name) for name in names}
    assert shown - classes == set()


def test_variables_that_style_sheets_can_use() -> None:
    variables = set(_first_cells(_section("reference/look.md", "Variables")))
    style = (CHECKOUT / "sphinxext_stitch/html/static/sphinxext-stitch.css").read_text(encoding="utf-8")
    assert variables == set(re.findall(r"--stitch-[\w-]+", style))


def test_words_and_look(built: Callable[[str, str], Project]) -> None:
    project = built("adapt-words-and-look", "html")
    page = project.html()
    sheets = [link["href"].partition("?")[0] for link in page.find_all("link", rel="stylesheet")]
    assert sheets[-1] == "_static/look.css"
    assert [heading.get_text() for heading in page.select(".stitch-object > h3")] == [
        "Settings of the Archive sink¶", "Settings of the transform Mask¶", "Settings of the Topic sink¶",
        "Settings of the transform Mask¶",
    ]  # fmt: skip
    assert page.select(".stitch-back, .stitch-minimal") == []
    *_others, last = page.select(".stitch-object")
    assert (last.select(".stitch-examples"), len(page.select(".stitch-examples"))) == ([], 3)
    assert [len(table.select("tbody tr")) for table in page.select(".stitch-connections")] == [3, 2]
