"""Where there is room for both, an example stands beside its properties; a row and its line light up together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Project
    from playwright.sync_api import Locator, Page

BROOK = "source-form-properties-brook-object"
SHORE = "data/destinations/shore.yml"

#: Alabaster has these options for the width of a page; other themes have rules for it.
WIDE = {"page_width": "1700px", "body_max_width": "none"}
WINDOW = {"width": 1800, "height": 800}


@pytest.fixture
def wide(pelican: Project) -> Project:
    """The pelicans' pages, with room for two columns."""
    pelican.build(html_theme="alabaster", html_theme_options=WIDE)
    return pelican


@pytest.fixture
def page(wide: Project, open_page: Callable[..., Page]) -> Page:
    page = open_page(wide, viewport=WINDOW)
    _examples(page)
    return page


def _examples(page: Page) -> Locator:
    """The example of the first step, when it has its controls."""
    examples = page.locator(f"#{BROOK} .stitch-examples").first
    examples.scroll_into_view_if_needed()
    expect(examples.locator(".stitch-choices")).to_be_visible()
    return examples


def _row(page: Page, name: str) -> Locator:
    return page.locator(f"tr:has(> [id='{BROOK}.base.{name}'])")


def _key(page: Page, name: str) -> Locator:
    return _examples(page).locator("pre:visible").get_by_role("link", name=f'"{name}"', exact=True)


def _are_beside(page: Page) -> bool:
    columns = page.locator(f"#{BROOK} .stitch-columns").first
    table, example = columns.locator("table").bounding_box(), columns.locator(".stitch-examples").bounding_box()
    if table["x"] + table["width"] <= example["x"]:
        return True
    assert table["y"] + table["height"] <= example["y"]
    return False


@pytest.mark.parametrize(("width", "beside"), [(1800, True), (1500, True), (900, False), (800, False), (390, False)])
def test_they_are_beside_each_other_where_there_is_room(
    wide: Project, open_page: Callable[..., Page], width: int, *, beside: bool
) -> None:
    page = open_page(wide, viewport={"width": width, "height": 800})
    _examples(page)
    assert _are_beside(page) is beside
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_form_has_all_of_the_column(page: Page) -> None:
    """What is sent stays in sight below it."""
    side = page.locator(f"#{BROOK} .stitch-side").first
    narrow = side.bounding_box()["width"]
    side.get_by_role("button", name="Fill in and check").click()
    form = side.locator(".stitch-form")
    expect(form).to_be_visible()
    assert _are_beside(page)
    assert form.bounding_box()["width"] == side.bounding_box()["width"] > narrow
    expect(side.locator("pre:visible")).to_be_in_viewport()


def test_without_javascript_both_examples_are_there(wide: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(wide, viewport=WINDOW, java_script_enabled=False)
    examples = page.locator(f"#{BROOK} .stitch-examples").first
    expect(examples.locator("pre:visible")).to_have_count(2)
    expect(examples.locator("a")).to_have_count(0)


def test_paper_has_one_column(page: Page) -> None:
    page.emulate_media(media="print")
    assert not _are_beside(page)


def test_the_example_stays_in_sight(page: Page) -> None:
    page.set_viewport_size({"width": 1800, "height": 420})
    page.evaluate(f"location.hash = '{BROOK}.base.nets'")
    expect(_row(page, "nets")).to_be_in_viewport()
    page.wait_for_timeout(700)
    heading = page.locator(f".stitch-side > #{BROOK}-base-example-usage")
    expect(heading).to_be_in_viewport(ratio=1)
    bar = page.locator(f"#{BROOK} .stitch-bar > div").bounding_box()
    assert heading.bounding_box()["y"] >= bar["y"] + bar["height"]
    # A long one scrolls in its box.
    pre = _examples(page).locator("pre:visible")
    assert pre.evaluate("(pre) => pre.scrollHeight > pre.clientHeight")
    expect(pre).to_have_attribute("tabindex", "0")
    expect(page.get_by_role("group", name="Example").first).to_be_visible()
    _row(page, "token").hover()
    expect(_key(page, "token")).to_be_in_viewport()


def test_names_in_the_example_are_links(page: Page) -> None:
    names = {
        link.inner_text(): link.get_attribute("href")
        for link in _examples(page).locator("pre:visible").get_by_role("link").all()
    }
    assert names == {
        f'"{name.rpartition(".")[2]}"': f"#{BROOK}.base.{name}"
        for name in ("depth", "every", "nets", "nets.knots", "nets.mesh", "since", "token")
    }
    _key(page, "mesh").click()
    expect(page.locator(":target")).to_have_id(f"{BROOK}.base.nets.mesh")


def test_a_name_leads_to_a_row_that_is_folded(page: Page) -> None:
    page.get_by_role("button", name="Nested properties of nets").click()
    expect(_row(page, "nets.mesh")).to_be_hidden()
    _key(page, "mesh").click()
    expect(_row(page, "nets.mesh")).to_be_visible()


def _expect_lit(page: Page, name: str | None) -> None:
    lit = page.locator(".stitch-lit")
    if name is None:
        expect(lit).to_have_count(0)
        return
    expect(_row(page, name)).to_contain_class("stitch-lit")
    expect(_key(page, name.rpartition(".")[2])).to_contain_class("stitch-lit")
    # The full example and the minimal one.
    expect(lit.and_(page.locator("tr"))).to_have_count(1)


def test_they_light_up_together_by_pointer(page: Page) -> None:
    _row(page, "nets.mesh").hover()
    _expect_lit(page, "nets.mesh")
    _key(page, "token").hover()
    _expect_lit(page, "token")
    page.mouse.move(1, 1)
    _expect_lit(page, None)
    # Nothing of what no example has.
    _row(page, "account_id").hover()
    _expect_lit(page, None)


def test_they_light_up_together_by_keyboard(page: Page) -> None:
    page.mouse.move(1, 1)
    _row(page, "depth").locator(".headerlink").focus()
    _expect_lit(page, "depth")
    _examples(page).locator("pre:visible").focus()
    _expect_lit(page, None)
    page.keyboard.press("Tab")
    _expect_lit(page, "depth")
    page.keyboard.press("Enter")
    expect(page.locator(":target")).to_have_id(f"{BROOK}.base.depth")


def test_the_whole_line_lights_up(page: Page) -> None:
    _row(page, "depth").hover()
    _expect_lit(page, "depth")
    width = "(key) => [parseFloat(getComputedStyle(key, '::after').width), key.closest('pre').clientWidth]"
    line, pre = _key(page, "depth").evaluate(width)
    assert line == pytest.approx(pre, abs=2)


def test_free_names_lead_to_their_row(pelican: Project, open_page: Callable[..., Page]) -> None:
    pelican.write(
        SHORE,
        "name: Shore\ntype: pond.shore\ncategory: pond\nproperties:\n"
        "  - name: labels\n    type: object\n    example: {birds: {food: fish}}\n"
        "    entries: {type: object, properties: [{name: food, type: string}]}\n",
    )
    pelican.write("index.rst", "Shore\n=====\n\n.. connection-property:: pond.shore\n")
    pelican.build(exclude_patterns=["guide.md"])
    page = open_page(pelican)
    links = page.locator(".stitch-examples pre").get_by_role("link")
    expect(links).to_have_text(['"labels"', '"birds"', '"food"'])
    start = "#destination-form-properties-shore-object.base.labels"
    assert [link.get_attribute("href") for link in links.all()] == [start, f"{start}.*", f"{start}.*.food"]


def test_what_is_copied_is_the_text(wide: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(wide, web=True, viewport=WINDOW, permissions=["clipboard-read", "clipboard-write"])
    examples = _examples(page)
    for label in ("JSON", "Python"):
        examples.get_by_text(label, exact=True).click()
        examples.get_by_role("button", name="Copy", exact=True).click()
        expect(page.locator(".stitch-said")).to_have_text("Copied")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == examples.locator("pre:visible").text_content()
        assert "href" not in copied


def test_forced_colours(wide: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(wide, viewport=WINDOW, forced_colors="active")
    _examples(page)
    _row(page, "depth").hover()
    _expect_lit(page, "depth")
    expect(_row(page, "depth")).to_have_css("outline-style", "dashed")
    expect(_key(page, "depth")).to_have_css("text-decoration-line", "underline")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_of_ours(wide: Project, open_page: Callable[..., Page], scheme: str) -> None:
    page = open_page(wide, viewport={"width": 1800, "height": 420}, color_scheme=scheme)
    _examples(page)
    page.evaluate(f"location.hash = '{BROOK}.base.since'")
    expect(page.locator(".stitch-bar:visible")).to_have_count(1)
    _row(page, "since").hover()
    levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    options = {"runOnly": levels, "resultTypes": ["violations"]}
    found = Axe().run(page, context=".stitch-object", options=options).response["violations"]
    ours = [(fault["id"], node["html"]) for fault in found for node in fault["nodes"]]
    # The theme's colours of code have too little contrast.
    assert [fault for fault in ours if fault[0] != "color-contrast" or "<span" not in fault[1]] == []
