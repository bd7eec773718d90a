"""Lines: words and numbers stay whole in narrow columns, a table of many columns scrolls sideways, and choices stand in rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import Project
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

THEMES = ("alabaster", "furo", "pydata_sphinx_theme", "sphinx_book_theme", "sphinx_rtd_theme")

FILES = {
    "conf.py": 'project = "Trout"\nextensions = ["sphinxext_stitch"]\nstitch_data_path = "data"\n',
    "data/api.yml": """\
name: Trout
steps: {form: {title: Properties}}
attributes:
  rows: {title: Rows read a month, filter: true}
  region:
    title: Regions
    values: {na: North America, sa: South America, eu: Europe, as: Asia and Pacific}
    filter: true
  tunnel: {title: Tunnel, values: {true: required, false: unsupported}}
""",
    "data/destinations/warehouse.yml": """\
name: Warehouse
type: trout.warehouse
attributes: {rows: 100000000, region: [na, sa, eu, as], tunnel: true}
properties:
  - {name: encryption_type, type: string, values: [none, ssh], description: How.}
  - {name: key, type: string, secret: true, description: Key.}
  - {name: host, type: string, required_if: {encryption_type: ssh}, description: Where.}
""",
    "data/sources/marketing.yml": """\
name: Marketing
type: trout.marketing
attributes: {rows: 5000000, tunnel: false}
properties: [{name: key, type: string, description: Key.}]
""",
    "index.rst": """\
Trout
=====

.. connection-table::

Many columns
------------

.. connection-table::
   :columns: name, kind, object, rows, tunnel

All
---

.. connection-property::
""",
}

#: The words and numbers of an element that stand in several lines; the header of cards is for readers of a screen alone.
BROKEN = r"""(root) => {
  const broken = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (getComputedStyle(node.parentElement.closest("thead") ?? root).clipPath !== "none") continue;
    for (const word of node.data.matchAll(/[\p{L}\p{N}]+/gu)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].filter(({ width }) => width).map(({ top }) => Math.round(top)));
      if (lines.size > 1) broken.push(word[0]);
    }
  }
  return broken;
}"""


@pytest.fixture(scope="module", params=THEMES)
def themed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(tmp_path_factory.mktemp(request.param))
    for path, text in FILES.items():
        project.write(path, text)
    project.build(html_theme=request.param)
    project.close()
    return project


def broken(page: Page, selector: str) -> list[str]:
    return [word for element in page.locator(selector).all() for word in element.evaluate(BROKEN)]


@pytest.mark.parametrize("width", [375, 768, 1440])
def test_words_stay_whole(themed: Project, open_page: Callable[..., Page], width: int) -> None:
    page = open_page(themed, whole=True, viewport={"width": width, "height": 900})
    assert page.locator("table.stitch-connections").count() == 2
    assert broken(page, "table.stitch-connections, table.stitch-properties, .stitch-summary") == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_table_of_many_columns_scrolls(themed: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(themed, viewport={"width": 375, "height": 900})
    few, many = page.locator("table.stitch-connections").all()
    # Some themes have a box of their own around each table.
    hidden = """(table) => {
      const boxes = [table.parentElement, table.closest(".stitch-wide")];
      return Math.max(...boxes.map((box) => box.scrollWidth - box.clientWidth));
    }"""
    assert few.evaluate(hidden) <= 1
    assert many.evaluate(hidden) > 50
    form = page.locator(".stitch-filter > form").last
    before = form.bounding_box()["x"]
    last = many.get_by_role("columnheader").last
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport(ratio=0.99)
    assert form.bounding_box()["x"] == before


def test_the_rows_are_near_the_filter_on_phones(themed: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(themed, viewport={"width": 375, "height": 900})
    lists = page.locator(".stitch-filter fieldset")
    expect(lists).to_have_count(6)
    for choices in lists.all():
        # The first option is beside what the list is called, and all of them are in the window.
        title, first = choices.locator("legend").bounding_box(), choices.locator("label").first.bounding_box()
        assert first["y"] < title["y"] + title["height"] / 2 < first["y"] + first["height"]
        for option in choices.locator("label").all():
            box = option.bounding_box()
            assert box["x"] + box["width"] <= 375


def test_the_options_of_all_lists_begin_below_each_other(themed: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(themed, viewport={"width": 1440, "height": 900})
    lists = page.locator(".stitch-filter").first.locator("fieldset")
    expect(lists).to_have_count(3)
    assert len({choices.locator("label").first.bounding_box()["x"] for choices in lists.all()}) == 1


@pytest.mark.parametrize("width", [375, 1440])
def test_copy_is_at_the_end_of_the_choices_of_an_example(
    themed: Project, open_page: Callable[..., Page], width: int
) -> None:
    page = open_page(themed, viewport={"width": width, "height": 900})
    page.locator(".stitch-examples").first.scroll_into_view_if_needed()
    choices = page.locator(".stitch-choices").first
    link = choices.get_by_role("link", name="JSON Schema").bounding_box()
    copy = choices.get_by_role("button", name="Copy").bounding_box()
    box = choices.bounding_box()
    assert copy["x"] + copy["width"] == pytest.approx(box["x"] + box["width"], abs=1)
    # The link is no line of its own behind it.
    assert link["y"] < copy["y"] + copy["height"]
    assert link["x"] < copy["x"]


def test_a_field_of_the_form_has_its_type_beside_its_name(themed: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(themed, viewport={"width": 1440, "height": 900})
    examples = page.locator(".stitch-examples").last
    examples.scroll_into_view_if_needed()
    examples.locator(".stitch-fill").click()
    field = page.locator(".stitch-field", has_text="environment variable")
    name, facts = field.locator("label").bounding_box(), field.locator(".stitch-facts").bounding_box()
    assert name["x"] + name["width"] < facts["x"]
    assert name["y"] < facts["y"] + facts["height"] / 2 < name["y"] + name["height"]
    # All lines of the description are of one size.
    size = "(element) => getComputedStyle(element).fontSize"
    hint = field.locator(".stitch-hint")
    assert hint.locator("p").evaluate(size) == hint.evaluate(size)


def test_a_table_of_many_columns_fits_on_paper(themed: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(themed, viewport={"width": 480, "height": 900})
    table = page.locator("table.stitch-connections").last
    fits = "(table) => table.offsetWidth <= table.parentElement.clientWidth + 1"
    assert not table.evaluate(fits)
    page.emulate_media(media="print")
    assert table.evaluate(fits)
