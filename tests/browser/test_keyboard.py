"""All that a page offers, without a mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Project
    from playwright.sync_api import Page

BROOK = "source-form-properties-brook-object"


@pytest.fixture
def page(built_pelican: Project, open_page: Callable[..., Page]) -> Page:
    """The pelicans' page, from a web site, which may copy."""
    return open_page(built_pelican, web=True, permissions=["clipboard-read", "clipboard-write"])


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until what is wanted has the focus; a page that does not let it have it ends elsewhere."""
    for _press in range(100):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab does not reach {selector}")


def _names(page: Page) -> list[str]:
    return page.locator(".stitch-connections tbody tr:not(.stitch-closing-row) th").all_inner_texts()


def test_filter_and_sort(page: Page) -> None:
    _tab_to(page, "[type=search]")
    page.keyboard.type("creek")
    expect(page.get_by_role("status")).to_have_text("3 of 7 connections shown")
    _tab_to(page, "[name=kind][value=destination]")
    page.keyboard.press("Space")
    expect(page.get_by_role("status")).to_have_text("0 of 7 connections shown")
    page.keyboard.press("Space")
    _tab_to(page, "[type=reset]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("7 of 7 connections shown")
    expect(page.get_by_role("searchbox", name="Search for a connection")).to_be_focused()
    sorted_by_name = _names(page)
    for key in ("Enter", "Space"):
        _tab_to(page, ".stitch-sort")
        page.keyboard.press(key)
        sorted_by_name.reverse()
        assert _names(page) == sorted_by_name
        page.keyboard.press("/")


def test_the_key_of_the_search_box(page: Page) -> None:
    """Where the focus is elsewhere on the page, “/” is the key of the theme's own search."""
    box = page.get_by_role("searchbox", name="Search for a connection")
    hint = page.locator(".stitch-query kbd")
    expect(hint).to_be_hidden()
    page.keyboard.press("/")
    expect(box).not_to_be_focused()
    for inside in ("[type=checkbox]", ".stitch-sort", ".stitch-connections a"):
        page.locator(inside).first.focus()
        expect(hint).to_be_visible()
        page.keyboard.press("/")
        expect(box).to_be_focused()
        expect(hint).to_be_hidden()
        expect(box).to_have_value("")
    page.keyboard.press("/")
    expect(box).to_have_value("/")


def test_each_table_has_its_key(pelican: Project, open_page: Callable[..., Page]) -> None:
    """Even where the theme's shortcuts are off."""
    tables = ".. connection-table::\n\n.. connection-table::\n"
    pelican.write("guide.md", f"# Guide\n\n```{{eval-rst}}\n{tables}```\n")
    pelican.build(html_theme_options={"enable_search_shortcuts": False})
    page = open_page(pelican, "guide.html")
    page.keyboard.press("/")
    expect(page.locator("input:focus")).to_have_count(0)
    page.locator(".stitch-filter").nth(1).locator("td a").first.focus()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Search for a connection").nth(1)).to_be_focused()


def test_folds_and_links_of_properties(page: Page) -> None:
    page.locator(f"#{BROOK}").evaluate("(section) => section.querySelector('a').focus()")
    _tab_to(page, ".stitch-properties .headerlink")
    place = page.evaluate("document.activeElement.href")
    page.keyboard.press("Enter")
    expect(page.locator(".stitch-said")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == place == page.url
    _tab_to(page, ".stitch-fold")
    for key, state in (("Enter", "false"), ("Space", "true")):
        page.keyboard.press(key)
        expect(page.locator(":focus")).to_have_attribute("aria-expanded", state)


def test_examples(page: Page) -> None:
    examples = page.locator(f"#{BROOK} .stitch-examples").first
    examples.scroll_into_view_if_needed()
    # The choices come when the example comes into sight; until then, those of another one would be next.
    expect(examples.get_by_role("radio", name="JSON")).to_be_visible()
    page.locator(f"#{BROOK} .stitch-properties").first.locator("a").last.focus()
    _tab_to(page, "[type=radio]")
    expect(examples.locator(":focus")).to_have_value("json")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(examples.get_by_role("radio", name="curl")).to_be_checked()
    expect(examples.locator("pre:visible")).to_contain_text("curl -X POST")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    expect(examples.get_by_role("radio", name="Minimal")).to_be_checked()
    _tab_to(page, ".stitch-copy")
    page.keyboard.press("Enter")
    expect(page.locator(".stitch-said")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == examples.locator("pre:visible").text_content()


def test_reduced_motion(built_pelican: Project, open_page: Callable[..., Page]) -> None:
    durations = [
        open_page(built_pelican, f"index.html#{BROOK}", reduced_motion=wish)
        .locator(".stitch-fold")
        .first.evaluate("(fold) => parseFloat(getComputedStyle(fold, '::before').transitionDuration)")
        for wish in ("no-preference", "reduce")
    ]
    assert durations[0] > 0
    assert durations[1] == 0
