"""Objects: their tables of properties and their examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Project
    from playwright.sync_api import Page


@pytest.fixture
def page(pelican: Project, open_page: Callable[..., Page]) -> Page:
    """The pelicans' page, opened from disk."""
    pelican.build()
    return open_page(pelican)


def test_a_link_to_a_property_marks_its_row(page: Page) -> None:
    page.goto(page.url + "#source-form-properties-brook-object.base.nets.mesh")
    marked = page.locator(".stitch-properties tr:has(:target)")
    expect(marked).to_contain_text("Width of the mesh.")
    expect(marked).to_have_css("outline-style", "solid")
