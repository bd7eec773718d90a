"""The catalogue: searching, filtering and sorting the table of connections."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Project
    from playwright.sync_api import Locator, Page

ALL = ["Brook", "Brook", "creek 9", "Creek 10 beta", "Élan Creek", "Geyser", "Lake"]
STREAMS = ["Brook", "creek 9", "Creek 10 beta", "Élan Creek"]


@pytest.fixture(params=[True, False], ids=["web", "disk"])
def anywhere(request: pytest.FixtureRequest, built_pelican: Project, open_page: Callable[..., Page]) -> Page:
    """The pelicans' page, from a web site and from disk."""
    return open_page(built_pelican, web=request.param)


@pytest.fixture
def page(built_pelican: Project, open_page: Callable[..., Page]) -> Page:
    """The pelicans' page, from a web site."""
    return open_page(built_pelican, web=True)


def _box(page: Page) -> Locator:
    return page.get_by_role("searchbox", name="Search for a connection")


def _option(page: Page, label: str) -> Locator:
    return page.get_by_role("checkbox", name=label)


def _expect_rows(page: Page, names: list[str], table: int = 0) -> None:
    rows = page.locator("table.stitch-connections").nth(table).locator("tbody tr:not(.stitch-closing-row)")
    expect(rows).to_have_count(len(names))
    assert [name.partition(" (v")[0].strip() for name in rows.locator("th").all_inner_texts()] == names


def _expect_state(page: Page, state: str) -> None:
    """Wait for the part of the address behind the page; it changes when the reader pauses."""
    page.wait_for_function("state => location.search + location.hash === state", arg=state)


def _marked(page: Page) -> list[str]:
    """The texts that are marked, in the order of the page."""
    script = """[...CSS.highlights.get("stitch-match")].map((range) =>
        range.startContainer.data.slice(range.startOffset, range.endOffset))"""
    return page.evaluate(script)


def test_the_arrow_behind_a_name_says_where_it_leads(page: Page) -> None:
    arrow = page.get_by_role("link", name="Documentation of Brook").first
    arrow.hover()
    expect(arrow).to_have_attribute("title", "Documentation of Brook")


def test_the_filter_is_there_once(anywhere: Page) -> None:
    expect(_box(anywhere)).to_have_count(1)
    expect(_box(anywhere)).to_have_attribute("placeholder", "Find a destination or source connection")


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", ALL),
        ("brook", ["Brook", "Brook"]),
        ("destination BROOK", ["Brook"]),
        ("elan", ["Élan Creek"]),
        ("ÈLAN", ["Élan Creek"]),
        ("river.creek", ["creek 9", "Creek 10 beta", "Élan Creek"]),
        ("by hand", ["Geyser"]),
        ("hand by", ["Geyser"]),
        ("spring", ["Geyser"]),
        ("nets.mesh", ["Brook"]),
        ("shore", ["Lake"]),
        ("shore brook", []),
        ("ocean", []),
    ],
)
def test_search(page: Page, typed: str, names: list[str]) -> None:
    _box(page).fill(typed)
    _expect_rows(page, names)
    expect(page.get_by_role("status")).to_have_text(f"{len(names)} of 7 connections shown")
    expect(page.locator(".stitch-closing-row")).to_be_visible()


def test_other_names_are_found(pelican: Project, open_page: Callable[..., Page]) -> None:
    """Those of a file are its connections', unless they have their own."""
    file = pelican.folder / "data/sources/creek.yml"
    file.write_text(f"{file.read_text(encoding='utf-8')}aliases: [rivulet, small water]\n", encoding="utf-8")
    pelican.build()
    assert pelican.warnings == []
    page = open_page(pelican, web=True)
    _box(page).fill("rivulet")
    _expect_rows(page, ["creek 9", "Creek 10 beta", "Élan Creek"])


def test_matches_are_marked(page: Page) -> None:
    _box(page).fill("elan CREEK")
    assert _marked(page) == ["Élan", "Creek", "creek"]
    _box(page).fill("")
    assert _marked(page) == []


@pytest.mark.parametrize(("builder", "other"), [("html", ""), ("html", "lakes.html"), ("singlehtml", "")])
def test_a_row_says_which_properties_match(
    pelican: Project, open_page: Callable[..., Page], builder: str, other: str
) -> None:
    """Those of objects that are on the same page, or on another one."""
    if other:
        pelican.write("index.rst", "Find\n====\n\n.. toctree::\n\n   lakes\n   guide\n\n.. connection-table::\n")
        pelican.write("lakes.rst", "Lakes\n=====\n\n.. connection-property::\n")
    pelican.build(builder)
    page = open_page(pelican, web=True)
    _box(page).fill("brook mesh")
    hint = page.locator(".stitch-matches")
    expect(hint).to_have_text("Properties: nets.mesh")
    assert _marked(page) == ["Brook", "brook", "mesh"]
    _box(page).fill("brook")
    expect(hint).to_have_count(0)
    _box(page).fill("brook mesh")
    hint.get_by_role("link").click()
    expect(page.locator(":target")).to_have_id("source-form-properties-brook-object.base.nets.mesh")
    assert page.url.partition("#")[0].endswith(other)


def _counts(page: Page) -> dict[str, int]:
    labels = page.locator(".stitch-filter fieldset label").all()
    return {label.locator("span").first.inner_text(): int(label.locator("span").last.inner_text()) for label in labels}


def test_facets_count_what_they_would_show(page: Page) -> None:
    everything = {
        "Source": 5,
        "Destination": 2,
        "pond": 2,
        "spring": 1,
        "Running waters": 4,
        "Available": 6,
        "By hand": 1,
    }
    assert _counts(page) == everything
    _option(page, "Running waters").check()
    _expect_rows(page, STREAMS)
    assert _counts(page) == everything | {"Source": 4, "Destination": 0, "Available": 4, "By hand": 0}
    _option(page, "pond").check()
    _expect_rows(page, ["Brook", "Brook", "creek 9", "Creek 10 beta", "Élan Creek", "Lake"])
    _box(page).fill("brook")
    _option(page, "Source").check()
    _expect_rows(page, ["Brook"])
    assert _counts(page) == {
        "Source": 1,
        "Destination": 1,
        "pond": 0,
        "spring": 0,
        "Running waters": 1,
        "Available": 1,
        "By hand": 0,
    }


def test_reset(page: Page) -> None:
    reset = page.get_by_role("button", name="Reset")
    expect(reset).to_be_hidden()
    _box(page).fill("brook")
    _option(page, "Source").check()
    page.get_by_role("button", name="Name").click()
    reset.click()
    _expect_rows(page, ALL)
    expect(_box(page)).to_have_value("")
    expect(_box(page)).to_be_focused()
    expect(_option(page, "Source")).not_to_be_checked()
    expect(reset).to_be_hidden()
    _expect_state(page, "")


def test_sort(page: Page) -> None:
    name, kind = (page.get_by_role("columnheader", name=what) for what in ("Name", "Kind"))
    expect(name).to_have_attribute("aria-sort", "ascending")
    name.get_by_role("button").click()
    _expect_rows(page, ALL[::-1])
    expect(name).to_have_attribute("aria-sort", "descending")
    kind.get_by_role("button").click()
    _expect_rows(page, ["Brook", "Lake", *STREAMS, "Geyser"])
    expect(kind).to_have_attribute("aria-sort", "ascending")
    assert name.get_attribute("aria-sort") is None
    expect(page.locator("table.stitch-connections tbody tr").last).to_contain_class("stitch-closing-row")
    _expect_state(page, "?sort=kind")
    kind.get_by_role("button").click()
    _expect_rows(page, ["Geyser", *STREAMS[::-1], "Lake", "Brook"])
    name.get_by_role("button").click()
    _expect_rows(page, ALL)


def test_the_state_is_in_the_address(anywhere: Page) -> None:
    page = anywhere
    page.goto(page.url + "#connection-table")
    _box(page).press_sequentially("creek")
    _expect_state(page, "?find=creek#connection-table")
    _option(page, "Running waters").check()
    _expect_state(page, "?find=creek&category=stream#connection-table")
    page.go_back()
    _expect_state(page, "?find=creek#connection-table")
    expect(_option(page, "Running waters")).not_to_be_checked()
    page.go_back()  # the query was typed at a stretch: it is one step
    _expect_state(page, "#connection-table")
    _expect_rows(page, ALL)
    page.go_forward()
    _expect_rows(page, ["creek 9", "Creek 10 beta", "Élan Creek"])
    expect(_box(page)).to_have_value("creek")
    page.goto(page.url.partition("?")[0] + "?theme=x&kind=source&kind=destination&category=pond&find=BROOK&sort=-name")
    _expect_rows(page, ["Brook"])
    expect(_option(page, "Destination")).to_be_checked()
    _box(page).fill("")
    _expect_state(page, "?theme=x&kind=source&kind=destination&category=pond&sort=-name")
    _expect_rows(page, ["Lake", "Brook"])


@pytest.mark.parametrize("name", ["q", "connection-table-2.q"])
def test_links_of_earlier_versions_work(pelican: Project, open_page: Callable[..., Page], name: str) -> None:
    pelican.write("guide.md", "# Guide\n\n```{connection-table}\n```\n\n```{connection-table}\n```\n")
    pelican.build()
    page = open_page(pelican, f"guide.html?kind=source&{name}=brook#connection-table", web=True)
    table = name.count(".")
    expect(_box(page).nth(table)).to_have_value("brook")
    expect(_box(page).nth(1 - table)).to_have_value("")
    _expect_state(page, f"?kind=source&{name[:-1]}find=brook#connection-table")
    page.go_back()
    assert page.url == "about:blank"


def test_keyboard_alone(page: Page) -> None:
    _box(page).focus()
    page.keyboard.type("brook/")
    expect(_box(page)).to_have_value("brook/")
    page.keyboard.press("Escape")
    expect(_box(page)).to_have_value("")
    expect(_box(page)).to_be_focused()
    page.keyboard.type("brook")
    for _option_before in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(_option(page, "Destination")).to_be_checked()
    _expect_rows(page, ["Brook"])
    focused = page.locator(":focus")
    while focused.inner_text() != "Reset":
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(focused).to_have_text("Name")
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="Name")).to_have_attribute("aria-sort", "descending")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    _expect_rows(page, ALL)
    expect(_box(page)).to_be_focused()


def test_link_to_a_row_that_is_filtered_out(page: Page) -> None:
    _box(page).fill("brook")
    _expect_state(page, "?find=brook")
    page.evaluate("location.hash = '100%'")
    page.evaluate("location.hash = 'connection-destination-lake'")
    _expect_rows(page, ALL)
    expect(page.locator("tr", has=page.locator("#connection-destination-lake"))).to_be_in_viewport()


def test_link_in_the_table_leads_to_the_object(page: Page) -> None:
    page.locator(".stitch-connections").get_by_role("link", name="pond.lake").click()
    expect(page.locator(":target")).to_have_id("destination-form-properties-lake-object")


def test_two_tables(pelican: Project, open_page: Callable[..., Page]) -> None:
    tables = ".. connection-table::\n   :kind: source\n   :columns: object, name\n\n.. connection-table::\n"
    pelican.write("guide.md", f"# Guide\n\n```{{eval-rst}}\n{tables}```\n")
    pelican.build()
    page = open_page(pelican, "guide.html", web=True)
    # All rows of the first one are sources, so its kind is nothing to choose.
    expect(_option(page, "Source")).to_have_count(1)
    _box(page).nth(1).fill("lake")
    _expect_rows(page, ["Lake"], table=1)
    _expect_state(page, "?connection-table-2.find=lake")
    _box(page).first.fill("geyser")
    _expect_state(page, "?connection-table-2.find=lake&find=geyser")
    page.reload()
    _expect_rows(page, ["Lake"], table=1)
    expect(page.locator("table.stitch-connections").first.locator("tbody tr:not(.stitch-closing-row)")).to_have_count(1)


def test_a_long_table_is_laid_out_as_the_reader_goes(pelican: Project, open_page: Callable[..., Page]) -> None:
    rows = "".join(f"  - {{key: pool-{number}, name: Pool {number}}}\n" for number in range(300))
    pelican.write("data/sources/pool.yml", f"name: Pool\ntype: river.pool\ncategory: pond\nconnections:\n{rows}")
    pelican.build()
    page = open_page(pelican, web=True)
    drawn = page.locator("table.stitch-connections tbody tr:not(.stitch-closing-row)")
    expect(drawn).to_have_count(307)
    assert (
        page.evaluate(
            """() => {
          const box = document.querySelector(".stitch-query input");
          box.value = "pool";
          box.dispatchEvent(new InputEvent("input", { bubbles: true }));
          return document.querySelectorAll("table.stitch-connections tbody tr").length;
        }"""
        )
        < 100
    )
    expect(drawn).to_have_count(300)


def test_without_javascript(built_pelican: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(built_pelican, java_script_enabled=False)
    _expect_rows(page, ALL)
    expect(_box(page)).to_have_count(0)
    expect(page.get_by_text("connections shown")).to_have_count(0)


def test_print_shows_every_row_and_no_form(page: Page) -> None:
    page.emulate_media(media="print")
    expect(_box(page)).to_be_hidden()
    _expect_rows(page, ALL)


def test_enter_leads_to_the_first_row(page: Page) -> None:
    _box(page).fill("brook")
    for key in ("Enter", "ArrowDown"):
        _box(page).press(key)
        expect(page.locator(".stitch-connections tbody tr").first.locator("a:focus")).to_have_count(1)


def test_options_without_rows_look_so(page: Page) -> None:
    _option(page, "Running waters").check()
    expect(page.locator("label.stitch-none")).to_contain_text(["Destination", "By hand"])


def test_widths_do_not_depend_on_the_rows(page: Page) -> None:
    widths = "[...document.querySelectorAll('.stitch-connections thead th')].map((cell) => cell.offsetWidth)"
    before = page.evaluate(widths)
    _box(page).fill("lake")
    assert page.evaluate(widths) == before
