"""The search box in a real browser."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Project

#: Without these the browser looks up hosts on the net at every start.
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

PLACEHOLDER = "Find a destination or source connection"


@pytest.fixture(scope="module")
def browser_path() -> str:
    """The system's Chromium; a continuous integration without one fails."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        message = "no Chromium on PATH; install it, as with “apt-get install chromium”"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return path


@pytest.fixture
def page(pelican: Project, browser_path: str) -> Iterator[Page]:
    """The pelicans' page in a browser; an error in the console fails the test."""
    pelican.build()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=QUIET)
        page = browser.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto((Path(pelican.app.outdir) / "index.html").as_uri())
        yield page
        browser.close()
    assert errors == []


def _names(page: Page) -> list[str]:
    rows = page.locator(".stitch-connections tbody tr:not(.stitch-closing-row):visible")
    return [name.partition(" (v")[0].strip() for name in rows.locator("th").all_inner_texts()]


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


@pytest.mark.parametrize("width", [390, 1300])
def test_no_page_is_wider_than_its_window(pelican: Project, browser_path: str, width: int) -> None:
    name = "a_very_long_name_of_a_property_that_no_column_has_room_for_" * 2
    text = f"See `https://pelican.example/{name}` or [the page](https://pelican.example/)."
    pelican.write(
        "data/sources/long.yml",
        f"name: Long\ntype: river.{name}\ncategory: stream\nproperties:\n"
        f'  - name: {name}\n    type: string\n    description: "{text}"\n',
    )
    pelican.build()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=QUIET)
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto((Path(pelican.app.outdir) / "index.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == width
        browser.close()
