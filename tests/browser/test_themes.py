"""Pages at every width and in every theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Project
    from playwright.sync_api import Page


@pytest.mark.parametrize("width", [390, 1300])
def test_no_page_is_wider_than_its_window(pelican: Project, open_page: Callable[..., Page], width: int) -> None:
    name = "a_very_long_name_of_a_property_that_no_column_has_room_for_" * 2
    text = f"See `https://pelican.example/{name}` or [the page](https://pelican.example/)."
    pelican.write(
        "data/sources/long.yml",
        f"name: Long\ntype: river.{name}\ncategory: stream\nproperties:\n"
        f'  - name: {name}\n    type: string\n    description: "{text}"\n',
    )
    pelican.build()
    page = open_page(pelican, viewport={"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") == width
