"""The bar of a long object: whose properties these are, and where to go from here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Project
    from playwright.sync_api import Locator, Page

BROOK = "source-form-properties-brook-object"
ROW = f"{BROOK}.base.nets.mesh"

#: A window that the object is longer than, and one that it is not.
LOW = {"width": 1300, "height": 500}
HIGH = {"width": 1300, "height": 6000}


def _bar(page: Page, section: str = BROOK) -> Locator:
    return page.locator(f"#{section}").get_by_role("group", name="Brook")


def _go(page: Page, anchor: str) -> None:
    page.evaluate("(anchor) => (location.hash = anchor)", anchor)


@pytest.fixture
def page(built_pelican: Project, open_page: Callable[..., Page]) -> Page:
    return open_page(built_pelican, web=True, viewport=LOW, permissions=["clipboard-read", "clipboard-write"])


def test_it_says_whose_properties_these_are(page: Page) -> None:
    expect(page.locator(".stitch-bar")).to_have_count(0)
    _go(page, ROW)
    bar = _bar(page)
    expect(bar).to_be_in_viewport()
    expect(bar.get_by_text("Brook", exact=True)).to_be_visible()
    expect(bar.get_by_text("river.brook", exact=True)).to_be_visible()
    # It is beside no other object.
    expect(page.locator(".stitch-bar:visible")).to_have_count(1)


def test_it_copies_the_type(page: Page) -> None:
    _go(page, ROW)
    _bar(page).get_by_role("button", name="Copy river.brook").click()
    expect(page.locator(".stitch-said")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "river.brook"


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("Base settings", f"{BROOK}-base"),
        ("Verification", f"{BROOK}-verify"),
        ("Example", f"{BROOK}-base-example-usage"),
        ("Back to connection property object search", "connection-table"),
    ],
)
def test_its_links(page: Page, link: str, target: str) -> None:
    _go(page, ROW)
    expect(_bar(page)).to_be_in_viewport()
    # What a reader then filters a table by is in the address, and does not make a link one to another page.
    page.evaluate("history.pushState(null, '', '?find=x'); window.isSame = true")
    _bar(page).get_by_role("link", name=link, exact=True).click()
    expect(page.locator(":target")).to_have_id(target)
    expect(page.locator(":target")).to_be_in_viewport()
    assert page.evaluate("window.isSame")


def test_it_is_not_over_the_heading_of_its_object_nor_of_the_next_one(page: Page) -> None:
    for anchor in (BROOK, "source-form-properties-creek-object"):
        _go(page, ROW)
        expect(_bar(page)).to_be_in_viewport()
        _go(page, anchor)
        expect(page.locator(f"#{anchor} > :is(h2, h3)")).to_be_in_viewport()
        expect(_bar(page)).not_to_be_in_viewport()


def test_a_short_object_has_none(built_pelican: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(built_pelican, viewport=HIGH)
    _go(page, ROW)
    expect(page.locator(f"[id='{ROW}'] .headerlink")).to_be_visible()
    expect(page.locator(".stitch-bar")).to_have_count(0)


@pytest.mark.parametrize("theme", ["alabaster", "furo", "pydata_sphinx_theme", "sphinx_book_theme", "sphinx_rtd_theme"])
@pytest.mark.parametrize("width", [320, 1300])
def test_what_a_link_leads_to_is_below_it(
    pelican: Project, open_page: Callable[..., Page], theme: str, width: int
) -> None:
    pelican.build(html_theme=theme, html_theme_options={})
    page = open_page(pelican, viewport={"width": width, "height": 600})
    for anchor in (ROW, f"{BROOK}-base-example-usage", f"{BROOK}-verify", f"{BROOK}.verify.code"):
        _go(page, anchor)
        bar = _bar(page)
        expect(bar).to_be_in_viewport()
        expect(page.locator(":target")).to_have_id(anchor)
        page.wait_for_timeout(700)  # until the page is quiet
        bottom = bar.locator("> div").evaluate("(bar) => bar.getBoundingClientRect().bottom")
        header = page.locator(f"table:has([id='{anchor}']) thead th").first
        if header.count() and width > 1000:
            place = header.bounding_box()
            assert place["y"] >= bottom - 2
            bottom = place["y"] + place["height"]
        assert page.locator(":target").bounding_box()["y"] >= bottom - 1, anchor
    # On such a narrow window, the header of this theme is wider by itself.
    if theme != "pydata_sphinx_theme":
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_nothing_moves_for_it(page: Page) -> None:
    _go(page, ROW)
    expect(_bar(page)).to_be_in_viewport()
    page.wait_for_timeout(700)
    places = """() => [...document.querySelectorAll(`#source-form-properties-brook-object :is(h3, dl, table, tr, pre)`)]
        .map((element) => Math.round(element.getBoundingClientRect().top + scrollY))"""
    before = page.evaluate(places)
    page.evaluate("document.querySelector('.stitch-bar').remove()")
    assert page.evaluate(places) == before


def test_by_keyboard(page: Page) -> None:
    _go(page, ROW)
    bar = _bar(page)
    bar.get_by_role("button").focus()
    for name in ("Base settings", "Verification", "Example", "\u2191"):
        page.keyboard.press("Tab")
        expect(bar.locator(":focus")).to_have_text(name)
    # What has the focus is not behind it.
    page.locator(f"[id='{BROOK}.base.since'] .headerlink").focus()
    for _press in range(4):
        page.keyboard.press("Shift+Tab")
        page.wait_for_timeout(100)
        focused = page.locator(":focus").bounding_box()
        bottom = bar.locator("> div").evaluate("(bar) => bar.getBoundingClientRect().bottom")
        assert focused["y"] >= bottom - 1


def test_paper_has_none(page: Page) -> None:
    _go(page, ROW)
    expect(_bar(page)).to_be_in_viewport()
    page.emulate_media(media="print")
    expect(_bar(page)).to_be_hidden()
