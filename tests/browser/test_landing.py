"""Wherever a link leads on a page of many objects, its target is at the same place below the header."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import Project
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

THEMES = ("alabaster", "furo", "pydata_sphinx_theme", "sphinx_book_theme", "sphinx_rtd_theme")

#: How far a target can be from the place of the others, in pixels.
TOLERANCE = 8

#: What the contents of a page mark in the themes that mark a section.
MARKED = {
    "furo": ".toc-tree .scroll-current > a",
    "pydata_sphinx_theme": ".page-toc a.active",
    "sphinx_book_theme": ".page-toc a.active",
}

API = "name: Test\nsteps: {form: {title: Properties}, key: {title: Key}}\n"
CONF = 'extensions = ["sphinxext_stitch"]\nstitch_data_path = "data"\nstitch_fold_groups = ["timing"]\n'
INDEX = "Test\n====\n\n.. connection-table::\n\nAll\n---\n\n.. connection-property::\n"
GROUP = "title: Timing\nproperties: [{name: every, type: integer, required: true}, {name: since, type: string}]\n"

#: Where the top of an element is, and the bottom of what the theme keeps at the top of the window.
PLACE = """(id) => {
  let bottom = 0;
  for (let part = document.elementFromPoint(innerWidth / 2, 1); part; part = part.parentElement) {
    if (part.closest(".stitch-object")) continue;
    const box = part.getBoundingClientRect();
    const isBar = ["fixed", "sticky"].includes(getComputedStyle(part).position) && box.height < innerHeight / 3;
    if (isBar) bottom = Math.max(bottom, box.bottom);
  }
  return [document.getElementById(id).getBoundingClientRect().top, bottom];
}"""


@pytest.fixture(scope="module", params=THEMES)
def themed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A page of forty objects of different heights, and of one with two steps."""
    project = Project(tmp_path_factory.mktemp(request.param))
    project.write("data/api.yml", API)
    project.write("data/groups/timing.yml", GROUP)
    for number in range(40):
        properties = "".join(
            f"  - {{name: p{index}, type: string, required: true, description: {'words ' * (number + index)}}}\n"
            for index in range(3 + number % 7)
        )
        project.write(
            f"data/sources/s{number}.yml",
            f"name: S{number}\ntype: t.s{number}\ngroups: [timing]\nproperties:\n{properties}",
        )
    project.write(
        "data/sources/steps.yml",
        "name: Steps\ntype: t.steps\ngroups: [timing]\nkey: {properties: [{name: key, type: string, required: true}]}\n",
    )
    project.write("conf.py", CONF)
    project.write("index.rst", INDEX)
    project.build(html_theme=request.param)
    project.close()
    return project


def anchor(number: int) -> str:
    return f"source-form-properties-s{number}-object"


def place(page: Page, target: str) -> float:
    """The top of a target when the page is quiet; it is not behind the header."""
    page.wait_for_timeout(700)
    top, header = page.evaluate(PLACE, target)
    assert top >= header - 1, target
    return float(top)


def spread(places: list[float]) -> float:
    return max(places) - min(places)


def test_objects(themed: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(themed, viewport={"width": 1300, "height": 800})
    places = []
    for number in (31, 8, 22, 3, 37, 15):
        page.locator(f"#connection-source-s{number} ~ td a, tr:has(#connection-source-s{number}) td a").first.click()
        places.append(place(page, anchor(number)))
    page.go_back()
    places.append(place(page, anchor(37)))
    page.go_back()
    places.append(place(page, anchor(3)))
    page.go_forward()
    places.append(place(page, anchor(37)))
    for number in (12, 39):
        loaded = open_page(themed, f"index.html#{anchor(number)}", viewport={"width": 1300, "height": 800})
        if number != 39:  # the last one may not reach the top of the window
            places.append(place(loaded, anchor(number)))
    assert spread(places) <= TOLERANCE, places


def test_properties(themed: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(themed, viewport={"width": 390, "height": 800})
    places = []
    for target in ("s30-object.form.p1", "s6-object.form.every", "s21-object.form.since", "s9-object.form.p2"):
        page.evaluate(f"location.hash = 'source-form-properties-{target}'")
        places.append(place(page, f"source-form-properties-{target}"))
        expect(page.locator(f"[id='source-form-properties-{target}']")).to_be_visible()
    loaded = open_page(themed, f"index.html#{anchor(17)}.form.every", viewport={"width": 390, "height": 800})
    places.append(place(loaded, f"{anchor(17)}.form.every"))
    assert spread(places) <= TOLERANCE, places


def test_the_reader_decides_where_to_go_next(themed: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(themed, f"index.html#{anchor(20)}", viewport={"width": 1300, "height": 800})
    page.mouse.wheel(0, 400)
    page.wait_for_timeout(700)
    top, _header = page.evaluate(PLACE, anchor(20))
    assert top < 0


def test_the_contents_mark_what_is_shown(themed: Project, open_page: Callable[..., Page]) -> None:
    theme = themed.app.config.html_theme
    if theme not in MARKED:
        assert theme in ("alabaster", "sphinx_rtd_theme")  # which mark nothing
        return
    page = open_page(themed, viewport={"width": 1400, "height": 800})
    steps = "source-form-properties-steps-object"
    for target in (anchor(31), anchor(8), f"{steps}-key", steps, f"{steps}-form", anchor(22)):
        page.evaluate(f"location.hash = '{target}'")
        expect(page.locator(f"{MARKED[theme]}[href='#{target}']")).to_have_count(1)
        expect(page.locator(MARKED[theme])).to_have_count(1)
