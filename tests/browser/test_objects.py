"""Objects: their tables of properties, with links, folds and cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Project
    from playwright.sync_api import Page

BROOK = "source-form-properties-brook-object"
MESH = f"{BROOK}.base.nets.mesh"


@pytest.fixture
def page(pelican: Project, open_page: Callable[..., Page]) -> Page:
    """The pelicans' page, opened from disk; on a web site, the browser lets scripts copy."""
    pelican.build(stitch_fold_groups=["timing"])
    return open_page(pelican)


def _fold(page: Page, name: str) -> object:
    # It is made when the object comes near.
    page.locator(f"#{BROOK}").scroll_into_view_if_needed()
    return page.locator(f"#{BROOK}").get_by_role("button", name=name)


def _row(page: Page, anchor: str) -> object:
    return page.locator(f"tr:has([id='{anchor}'])")


def test_a_link_to_a_property_marks_its_row(page: Page) -> None:
    page.goto(f"{page.url}#{MESH}")
    marked = page.locator(".stitch-properties tr:has(:target)")
    expect(marked).to_contain_text("Width of the mesh.")
    expect(marked).to_have_css("outline-style", "solid")


def test_nested_properties_fold(page: Page) -> None:
    fold = _fold(page, "Nested properties of nets")
    expect(fold).to_have_attribute("aria-expanded", "true")
    expect(_row(page, MESH)).to_be_visible()
    fold.focus()
    page.keyboard.press("Enter")
    expect(fold).to_have_attribute("aria-expanded", "false")
    expect(_row(page, MESH)).to_be_hidden()
    expect(_row(page, f"{BROOK}.base.nets.knots")).to_be_hidden()
    expect(_row(page, f"{BROOK}.base.nets")).to_be_visible()
    fold.click()
    expect(_row(page, MESH)).to_be_visible()


def test_a_link_opens_what_hides_a_nested_property(page: Page) -> None:
    fold = _fold(page, "Nested properties of nets")
    fold.click()
    page.evaluate(f"location.hash = '{MESH}'")
    expect(_row(page, MESH)).to_be_in_viewport()
    expect(fold).to_have_attribute("aria-expanded", "true")


def test_the_same_link_opens_it_again(page: Page) -> None:
    page.goto(f"{page.url}#{MESH}")
    _fold(page, "Nested properties of nets").click()
    page.evaluate(f"document.body.append(Object.assign(document.createElement('a'), {{href: '#{MESH}', id: 'again'}}))")
    page.evaluate("document.getElementById('again').click()")
    expect(_row(page, MESH)).to_be_in_viewport()


def test_a_group_of_the_setting_is_folded(page: Page) -> None:
    timing = _fold(page, "Timing")
    expect(timing).to_have_attribute("aria-expanded", "false")
    expect(_row(page, f"{BROOK}.base.every")).to_be_hidden()
    expect(_row(page, f"{BROOK}.base.depth")).to_be_visible()
    timing.press("Space")
    expect(_row(page, f"{BROOK}.base.every")).to_be_visible()


def test_a_link_opens_a_group(pelican: Project, open_page: Callable[..., Page]) -> None:
    pelican.build(stitch_fold_groups=["timing"])
    page = open_page(pelican, f"index.html#{BROOK}.base.every")
    expect(_row(page, f"{BROOK}.base.every")).to_be_in_viewport()
    expect(_fold(page, "Timing")).to_have_attribute("aria-expanded", "true")


def test_objects_without_examples_have_their_controls(pelican: Project, open_page: Callable[..., Page]) -> None:
    pelican.write("index.rst", "=====\nBirds\n=====\n\n.. connection-property:: river.brook\n   :no-examples:\n")
    pelican.build(stitch_fold_groups=["timing"])
    page = open_page(pelican)
    expect(_fold(page, "Timing")).to_have_attribute("aria-expanded", "false")
    expect(_row(page, f"{BROOK}.base.every")).to_be_hidden()
    expect(_row(page, MESH).locator("a.headerlink")).to_have_count(1)


@pytest.mark.parametrize("fragment", ["100%", "%E4", "%"])
def test_an_address_that_is_no_valid_encoding(pelican: Project, open_page: Callable[..., Page], fragment: str) -> None:
    pelican.build()
    page = open_page(pelican, f"index.html#{fragment}")
    page.locator(f"#{BROOK} .stitch-examples").first.scroll_into_view_if_needed()
    expect(page.get_by_role("radio", name="curl").first).to_be_visible()
    page.evaluate(f"location.hash = '{MESH}'")
    expect(_row(page, MESH)).to_be_in_viewport()


def test_paper_has_what_is_folded(page: Page) -> None:
    page.emulate_media(media="print")
    expect(_row(page, f"{BROOK}.base.every")).to_be_visible()


def test_without_javascript_nothing_is_folded(pelican: Project, open_page: Callable[..., Page]) -> None:
    pelican.build(stitch_fold_groups=["timing"])
    page = open_page(pelican, java_script_enabled=False)
    for row in page.locator(f"#{BROOK} .stitch-properties tr").all():
        expect(row).to_be_visible()
    expect(page.locator(".stitch-fold")).to_have_count(0)


def test_the_mark_of_a_property_copies_its_address(pelican: Project, open_page: Callable[..., Page]) -> None:
    pelican.build()
    page = open_page(pelican, web=True, permissions=["clipboard-read", "clipboard-write"])
    _row(page, MESH).hover()
    _row(page, MESH).get_by_role("link", name="¶").click()
    expect(page.locator(".stitch-said")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.url == f"https://pelican.example/index.html#{MESH}"


def test_every_property_has_a_mark_as_headings_have(pelican: Project, open_page: Callable[..., Page]) -> None:
    pelican.build(html_permalinks_icon="<b>#</b>")
    page = open_page(pelican)
    # Objects have their controls when they come near.
    for section in page.locator(".stitch-object").all():
        section.scroll_into_view_if_needed()
        expect(section.locator(".stitch-choices").first).to_be_attached()
    marks = page.locator(".stitch-properties tbody .headerlink")
    cells = page.locator(".stitch-properties tbody th[id]")
    assert [f"#{cell.get_attribute('id')}" for cell in cells.all()] == [
        mark.get_attribute("href") for mark in marks.all()
    ]
    expect(_row(page, MESH).locator("th")).to_have_text("nets.mesh#")
    pelican.build(html_permalinks=False)
    expect(open_page(pelican).locator(".stitch-properties .headerlink")).to_have_count(0)


LONG = """\
name: Long
type: river.long
properties:
  - {name: a, type: string, required: true}
  - {name: b, type: string}
  - {name: c, type: string}
  - {name: d, type: string, internal: true}
  - {name: e, type: string, read_only: true}
  - {name: f, type: object, properties: [{name: g, type: string}, {name: h, type: string}]}
  - {name: i, type: object, properties: [{name: j, type: string}]}
"""


@pytest.fixture
def long(pelican: Project) -> Project:
    pelican.write("data/sources/long.yml", LONG)
    pelican.write("index.rst", "Long\n====\n\n.. connection-property:: river.long\n")
    pelican.build()
    return pelican


def test_only_what_is_required(long: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(long)
    rows = page.locator(".stitch-properties tbody tr:visible")
    expect(rows).to_have_count(10)
    page.get_by_role("checkbox", name="Required only").check()
    expect(rows.locator("code").first).to_have_text("a")
    assert rows.locator("th").all_inner_texts()[0].startswith("a")
    expect(page.get_by_text("b", exact=True)).to_be_hidden()
    page.get_by_role("checkbox", name="Required only").uncheck()
    expect(rows).to_have_count(10)


def test_all_folds_at_once(long: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(long)
    nested = page.locator(".stitch-properties .stitch-level-2:visible")
    expect(nested).to_have_count(3)
    page.get_by_role("button", name="Collapse all").click()
    expect(nested).to_have_count(0)
    page.get_by_role("button", name="Nested properties of f").click()
    expect(nested).to_have_count(2)
    page.get_by_role("button", name="Expand all").click()
    expect(nested).to_have_count(3)
    expect(page.get_by_role("button", name="Collapse all")).to_be_visible()


def test_tables_and_marks_have_names(long: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(long)
    expect(page.get_by_role("table", name="The Long source connection property object")).to_be_visible()
    expect(page.get_by_title("Link to f.g")).to_be_attached()
    expect(page.get_by_title("Whether the property is needed to complete the step")).to_have_text("Required")
    # What a property is in does not stand out as its own name does.
    assert page.locator("th code span").first.inner_text() == "f."


def test_copied_is_said_where_it_was_pressed(long: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(long, "index.html?find=x", web=True, permissions=["clipboard-read", "clipboard-write"])
    mark = page.get_by_title("Link to a", exact=True)
    mark.click()
    expect(page.locator("th .stitch-copied")).to_have_text("Link copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "https://pelican.example/index.html#source-form-properties-long-object.base.a"
    expect(page.locator(".stitch-copied")).to_have_count(0)


#: The letters before which a text goes on in a new line, with the one before each.
BREAKS = """(code) => {
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const breaks = [];
  let before = { letter: "", top: Infinity };
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let index = 0; index < node.length; index++) {
      range.setStart(node, index);
      range.setEnd(node, index + 1);
      const { top } = range.getBoundingClientRect();
      if (top > before.top + 5) breaks.push(before.letter);
      before = { letter: node.data[index], top };
    }
  }
  return breaks;
}"""


@pytest.mark.parametrize("width", [390, 700, 1300])
def test_names_break_between_their_parts(pelican: Project, open_page: Callable[..., Page], width: int) -> None:
    names = ["frequency_in_minutes_of_every_day", "first_replication_of_all_rows_since"]
    nested = f"properties: [{{name: {names[1]}, type: string}}]"
    pelican.write(
        "data/sources/long.yml",
        f"name: Long\ntype: river.long_one.in_parts\nproperties: [{{name: {names[0]}, type: object, {nested}}}]\n",
    )
    pelican.write("index.rst", "Long\n====\n\n.. connection-property:: river.long_one.in_parts\n")
    pelican.build(html_theme="alabaster", exclude_patterns=["guide.md"])
    page = open_page(pelican, whole=True, viewport={"width": width, "height": 900})
    codes = page.locator(".stitch-properties th code")
    expect(codes).to_have_count(2)
    found = [letter for code in codes.all() for letter in code.evaluate(BREAKS)]
    assert set(found) <= {"_", "."}
    assert found


def test_what_a_property_is_in_is_dimmed(page: Page) -> None:
    parent = page.locator(f"[id='{MESH}'] code span")
    expect(parent).to_have_text("nets.")
    assert float(parent.evaluate("(span) => getComputedStyle(span).opacity")) < 1


def test_dates_do_not_break(pelican: Project, open_page: Callable[..., Page]) -> None:
    pelican.build()
    dates = open_page(pelican, whole=True, viewport={"width": 320, "height": 900}).locator(".stitch-object time")
    assert dates.count() > 3
    assert dates.evaluate_all("(dates) => dates.filter((date) => date.getClientRects().length > 1).length") == 0


def test_steps_are_laid_out_when_they_come_near(pelican: Project, open_page: Callable[..., Page]) -> None:
    rows = "".join(f"  - {{name: p{index}, type: string}}\n" for index in range(200))
    verify = "verify: {properties: [{name: code, type: string}]}\n"
    pelican.write("data/sources/two.yml", f"name: Two\ntype: river.two\nproperties:\n{rows}{verify}")
    pelican.write("index.rst", "Two\n===\n\n.. connection-property:: river.two\n")
    pelican.build()
    page = open_page(pelican)
    # As the contents of some themes do when the page is loaded: not to lay out all steps for that.
    page.evaluate("[...document.querySelectorAll('.stitch-step')].map((step) => step.getBoundingClientRect().top)")
    is_laid_out = "(table) => table.checkVisibility({ contentVisibilityAuto: true })"
    tables = page.locator("table.stitch-properties")
    assert [table.evaluate(is_laid_out) for table in tables.all()] == [True, False]
    tables.last.scroll_into_view_if_needed()
    page.wait_for_function(is_laid_out, arg=tables.last.element_handle())


def test_an_example_has_a_heading_below_that_of_its_step(page: Page) -> None:
    brook = page.locator(f"#{BROOK}")
    levels = [
        int(heading.evaluate("(heading) => heading.tagName.slice(1)")) for heading in brook.get_by_role("heading").all()
    ]
    texts = brook.get_by_role("heading").all_text_contents()
    start = levels[0]
    assert [level - start for level in levels] == [0, 1, 2, 1, 2]
    assert [text for text in texts if text.startswith("Example")] == ["Example", "Example"]
