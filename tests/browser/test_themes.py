"""The themes that most projects have: contrast, names and sizes that readers need, room, paper and the keyboard."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import TESTS, Project
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

BROOK = "source-form-properties-brook-object"

#: What these themes do wrong by themselves: a rule of axe, and a selector of what is at fault.
FAULTS: dict[str, set[tuple[str, str]]] = {
    "alabaster": {("color-contrast", ".footer, .footer *"), ("color-contrast", ".highlight span")},
    "furo": {("target-size", ".toc-tree a")},  # of the contents beside a wide page
    "pydata_sphinx_theme": set(),
    "sphinx_book_theme": set(),
    "sphinx_rtd_theme": {
        ("color-contrast", ".admonition-title"),
        ("color-contrast", "footer, footer *"),
        ("color-contrast", "a, a *"),
        ("color-contrast", "code, code *"),
        ("link-in-text-block", "a"),
    },
}

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

PHONE = {"width": 375, "height": 800}
LOOKS = [
    {"color_scheme": scheme, "viewport": viewport}
    for scheme in ("light", "dark")
    for viewport in (PHONE, {"width": 1440, "height": 900})
]


@pytest.fixture(scope="module", params=FAULTS)
def themed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """The pelicans' pages in each theme, built once for all tests that look at them."""
    folder = tmp_path_factory.mktemp(request.param) / "project"
    shutil.copytree(TESTS / "roots" / "pelican", folder)
    project = Project(folder)
    project.build(html_theme=request.param, stitch_fold_groups=["timing"])
    assert project.warnings == []
    yield project
    project.close()


def _show_examples(page: Page) -> None:
    """Go past all examples, so that each has its choices."""
    for examples in page.locator(".stitch-examples").all():
        examples.scroll_into_view_if_needed()
        expect(examples.locator(".stitch-choices")).to_be_visible()


#: Which of the theme's own faults each element that axe names is.
KNOWN = """([targets, faults]) => targets.map(([rule, target]) => {
  const element = document.querySelector(target);
  return faults.filter(([of, selector]) => of === rule && element.matches(selector));
})"""


def test_axe_finds_nothing_of_ours(themed: Project, open_page: Callable[..., Page]) -> None:
    faults = FAULTS[themed.app.config.html_theme]
    ours, theirs = set(), set()
    for look in LOOKS:
        page = open_page(themed, **look)
        _show_examples(page)
        found = Axe().run(page, options={"runOnly": LEVELS, "resultTypes": ["violations"]}).response
        violations = [(violation["id"], node) for violation in found["violations"] for node in violation["nodes"]]
        targets = [(rule, *node["target"]) for rule, node in violations]
        for (rule, node), known in zip(violations, page.evaluate(KNOWN, [targets, [*faults]]), strict=True):
            theirs |= {tuple(fault) for fault in known}
            if not known:
                ours.add((rule, *node["target"], node["failureSummary"]))
    assert ours == set()
    assert theirs == faults


@pytest.mark.parametrize("width", [390, 820, 1440])
def test_no_page_is_wider_than_its_window(themed: Project, open_page: Callable[..., Page], width: int) -> None:
    page = open_page(themed, viewport={"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") == width
    # Nor does a table scroll sideways in a box of its own.
    boxes = """[...document.querySelectorAll("table[class*=stitch-], .stitch-summary")].filter(
        (table) => table.scrollWidth > table.parentElement.clientWidth + 1).length"""
    assert page.evaluate(boxes) == 0


@pytest.mark.parametrize("width", [390, 1300])
def test_long_names_break(pelican: Project, open_page: Callable[..., Page], width: int) -> None:
    name = "a_very_long_name_of_a_property_that_no_column_has_room_for_" * 2
    text = f"See `https://pelican.example/{name}` or [the page](https://pelican.example/)."
    pelican.write(
        "data/sources/long.yml",
        f"name: Long\ntype: river.{name}\ncategory: stream\nproperties:\n"
        f'  - name: {name}\n    type: string\n    description: "{text}"\n',
    )
    index = pelican.folder / "index.rst"
    links = f"Links: :stitch:object:`river.{name}`, :stitch:prop:`river.{name}.{name}`.\n"
    index.write_text(f"{index.read_text(encoding='utf-8')}\n{links}", encoding="utf-8")
    pelican.build()
    page = open_page(pelican, viewport={"width": width, "height": 900})
    expect(page.locator("a > code.stitch", has_text=name)).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_header_stays_in_sight(themed: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(themed, viewport={"width": 1300, "height": 400})
    page.evaluate(f"location.hash = '{BROOK}.base.banks'")
    header = page.locator(f"#{BROOK} .stitch-properties thead th").first
    row = page.locator(f"tr:has([id='{BROOK}.base.banks'])")
    expect(row).to_be_in_viewport(ratio=0.99)
    # What a reader sees at the place of the header is the header, and nothing of the theme over it.
    on_top = "(cell) => { const { x, y } = cell.getBoundingClientRect(); return document.elementFromPoint(x + 9, y + 9) === cell; }"
    assert header.evaluate(on_top)
    assert row.bounding_box()["y"] >= header.bounding_box()["y"] + header.bounding_box()["height"]


def test_a_card_begins_with_the_whole_name(themed: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(themed, whole=True, viewport=PHONE)
    row = page.locator(f"tr:has([id='{BROOK}.base.nets.mesh'])")
    name, kind, required, description = [cell.bounding_box() for cell in row.locator("th, td").all()]
    assert name["width"] == pytest.approx(row.bounding_box()["width"], abs=3)
    assert name["y"] < kind["y"] == pytest.approx(required["y"], abs=6)
    assert kind["y"] < description["y"]


def test_the_summary_is_a_grid(themed: Project, open_page: Callable[..., Page]) -> None:
    summary = open_page(themed, whole=True, viewport=PHONE).locator(f"#{BROOK} .stitch-summary")
    lefts = [{term.bounding_box()["x"] for term in summary.locator(tag).all()} for tag in ("dt", "dd")]
    assert [len(places) for places in lefts] == [1, 1]


def test_paper(themed: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(themed, viewport=PHONE)
    _show_examples(page)
    page.locator(f"#{BROOK}").get_by_text("curl", exact=True).first.click()
    page.emulate_media(media="print")
    brook = page.locator(f"#{BROOK}")
    for row in brook.locator(".stitch-properties tr").all():
        expect(row).to_be_visible()
        expect(row).to_have_css("display", "table-row")
    expect(brook.locator(".stitch-properties thead th").first).to_have_css("position", "static")
    examples = brook.locator(".stitch-examples").first
    expect(examples.get_by_text("Full: with optional properties.")).to_be_visible()
    expect(examples.get_by_text("Minimal: only what completes the step.")).to_be_visible()
    expect(examples.locator("pre:visible")).to_have_count(3)
    for control in (".stitch-filter form", ".stitch-choices", ".stitch-controls", ".stitch-properties .headerlink"):
        expect(page.locator(control)).not_to_have_count(0)
        expect(page.locator(control).filter(visible=True)).to_have_count(0)


def test_what_is_chosen_shows_in_forced_colours(themed: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(themed, forced_colors="active")
    examples = page.locator(f"#{BROOK} .stitch-examples").first
    examples.scroll_into_view_if_needed()
    line = "(label) => getComputedStyle(label).borderBottomColor"
    chosen = examples.locator("input:checked + span").first.evaluate(line)
    others = {label.evaluate(line) for label in examples.locator("input:not(:checked) + span").all()}
    assert len(others) == 1
    assert chosen not in others


@pytest.mark.parametrize("name", ["find", "q"])
def test_the_search_of_the_theme_leaves_the_filter_alone(
    themed: Project, open_page: Callable[..., Page], name: str
) -> None:
    """Some themes have Sphinx's search on every page, which takes “q” for its own; an error there fails the test."""
    page = open_page(themed, f"index.html?{name}=brook#connection-table", web=True)
    filled = "[...document.querySelectorAll('input')].filter((input) => input.value === 'brook').length"
    expect(page.get_by_role("searchbox", name="Search for a connection")).to_have_value("brook")
    assert page.evaluate(filled) == 1
    assert page.url.endswith("index.html?find=brook#connection-table")


def test_focus_is_seen(themed: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(themed, web=True, permissions=["clipboard-read", "clipboard-write"])
    _show_examples(page)
    page.get_by_role("searchbox", name="Search for a connection").focus()
    reached = set()
    describe = """() => {
        const { activeElement } = document;
        const shown = activeElement.type === "radio" ? activeElement.nextElementSibling : activeElement;
        const { outlineStyle, outlineWidth } = getComputedStyle(shown);
        const what = activeElement.type ?? "";
        return [activeElement.className || what, outlineStyle !== "none" && parseFloat(outlineWidth) >= 1];
    }"""
    while not reached >= CONTROLS:
        page.keyboard.press("Tab")
        name, seen = page.evaluate(describe)
        if name in CONTROLS:
            assert seen, name
        reached.add(name)
        assert not page.evaluate("document.activeElement === document.body"), CONTROLS - reached


#: What the keyboard reaches, by class or type.
CONTROLS = {"checkbox", "stitch-sort", "stitch-fold", "headerlink", "radio", "stitch-copy"}
