"""The catalogue: searching the table of connections."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Project
    from playwright.sync_api import Page

PLACEHOLDER = "Find a destination or source connection"


@pytest.fixture
def page(pelican: Project, open_page: Callable[..., Page]) -> Page:
    """The pelicans' page, opened from disk."""
    pelican.build()
    return open_page(pelican)


def _names(page: Page) -> list[str]:
    rows = page.locator(".stitch-connections tbody tr:not(.stitch-closing-row):visible")
    return [name.partition(" (v")[0].strip() for name in rows.locator("th").all_inner_texts()]


@pytest.mark.parametrize("web", [True, False])
def test_the_script_runs_once(pelican: Project, open_page: Callable[..., Page], *, web: bool) -> None:
    pelican.build()
    page = open_page(pelican, web=web)
    expect(page.get_by_placeholder(PLACEHOLDER)).to_have_count(1)
    # From disk the script is loaded again, as a classic one, because browsers refuse the module.
    assert page.locator("script[src*=sphinxext-stitch]").count() == (1 if web else 2)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", ["Brook", "Brook", "creek 9", "Creek 10 beta", "Élan Creek", "Geyser", "Lake"]),
        ("brook", ["Brook", "Brook"]),
        ("destination BROOK", ["Brook"]),
        ("elan", ["Élan Creek"]),
        ("river.creek", ["creek 9", "Creek 10 beta", "Élan Creek"]),
        ("by hand", ["Geyser"]),
        ("ocean", []),
    ],
)
def test_search(page: Page, typed: str, names: list[str]) -> None:
    page.get_by_placeholder(PLACEHOLDER).fill(typed)
    assert _names(page) == names
    expect(page.get_by_role("status")).to_have_text(f"{len(names)} of 7 connections shown" if typed else "")
    expect(page.locator(".stitch-closing-row")).to_be_visible()


def test_the_box_has_a_name(page: Page) -> None:
    expect(page.get_by_role("searchbox", name="Search for a connection")).to_be_visible()


def test_link_in_the_table_leads_to_the_object(page: Page) -> None:
    page.locator(".stitch-connections").get_by_role("link", name="pond.lake").click()
    expect(page.locator(":target")).to_have_id("destination-form-properties-lake-object")
