"""Pages in a language that is written from right to left: Arabic, with an invented catalog of the UI strings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from conftest import CHECKOUT, Project, copy_of_pelican
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Locator, Page

NILE = "source-form-properties-nile-object"
STATIC = CHECKOUT / "sphinxext_stitch/html/static"

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 375, "height": 800}

#: A letter for each, so that each word of the extension becomes one of Arabic letters, about as long.
LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "ابثدحفغهيجكلمنوصقرسطعضذخشز" * 2)

CONF = """
language = "ar"


def setup(app):
    app.add_message_catalog("sphinxext_stitch", f"{app.srcdir}/locales")
    # The themes leave this to projects.
    app.add_js_file(None, body="document.documentElement.dir = 'rtl';")
"""

RIVER = """\
name: النهر
type: river.nile
category: stream
description: يحتاج إلى `client_secret` ثم `<NILE-TOKEN>` في النهاية.
history:
  - {version: "2", released: 2024-05-01}
properties:
  - name: client_secret
    type: string
    required: true
    example: -x/y-
    description: سر العميل `client_secret`.
  - {name: depth, type: number, minimum: -5.5, maximum: 10, default: -2, description: العمق بالمتر.}
  - name: nets
    type: array
    description: الشباك.
    properties:
      - name: mesh
        type: object
        description: العرض.
        properties:
          - {name: wide, type: boolean, description: واسع.}
"""

#: The characters of an element in the order in which they are seen, from left to right, line by line; without spaces.
SEEN = """(element) => {
  const seen = [];
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    for (const [index, letter] of [...texts.currentNode.data].entries()) {
      const range = document.createRange();
      range.setStart(texts.currentNode, index);
      range.setEnd(texts.currentNode, index + 1);
      const { left, bottom, width } = range.getBoundingClientRect();
      if (width && letter.trim()) seen.push({ letter, left, bottom });
    }
  }
  // Bold letters of a line can reach a little lower.
  seen.sort((a, b) => (Math.abs(a.bottom - b.bottom) > 5 ? a.bottom - b.bottom : a.left - b.left));
  return seen.map(({ letter }) => letter).join("");
}"""


def in_arabic_letters(message: str) -> str:
    """A message with its words in Arabic letters, and its slots as they are."""
    parts = re.split(r"(%\(\w+\)s)", message)
    return "".join(part if part.startswith("%(") else part.translate(LETTERS) for part in parts)


def write_arabic(project: Project) -> None:
    """Add a catalog of the UI strings, and an object whose words are Arabic."""
    catalog = Catalog(locale="ar")
    with (CHECKOUT / "sphinxext_stitch/locale/sphinxext_stitch.pot").open("rb") as template:
        for message in read_po(template):
            if message.id:
                minus = "\N{LEFT-TO-RIGHT MARK}-"
                catalog.add(message.id, minus if message.id == "-" else in_arabic_letters(message.id))
    path = project.write("locales/ar/LC_MESSAGES/sphinxext_stitch.mo", b"")
    with path.open("wb") as file:
        write_mo(file, catalog)
    project.write("conf.py", (project.folder / "conf.py").read_text(encoding="utf-8") + CONF)
    project.write("data/sources/nile.yml", RIVER)


@pytest.fixture(scope="module", params=["alabaster", "furo"])
def arabic(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """The pelicans' pages in Arabic, built once for all tests that look at them."""
    project = copy_of_pelican(tmp_path_factory.mktemp(request.param))
    write_arabic(project)
    project.build(html_theme=request.param, stitch_fold_groups=["timing"])
    assert project.warnings == []
    yield project
    project.close()


@pytest.fixture(params=[WIDE, PHONE], ids=["wide", "phone"])
def page(request: pytest.FixtureRequest, arabic: Project, open_page: Callable[..., Page]) -> Page:
    """Their page, at the object of Arabic words."""
    page = open_page(arabic, whole=True, viewport=request.param)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    nile = page.locator(f"#{NILE}")
    nile.scroll_into_view_if_needed()
    expect(nile.locator(".stitch-choices")).to_be_visible()
    return page


class Edges(NamedTuple):
    """Where an element is on the page."""

    left: float
    right: float
    top: float
    bottom: float


def edges(element: Locator) -> Edges:
    """Where an element is; there is one."""
    box = element.bounding_box()
    return Edges(box["x"], box["x"] + box["width"], box["y"], box["y"] + box["height"])


def seen(element: Locator) -> str:
    """The characters of an element as they are seen, near it: what is far from the window is not laid out."""
    element.scroll_into_view_if_needed()
    return str(element.evaluate(SEEN))


def test_the_badge_is_behind_the_heading(page: Page) -> None:
    nile = page.locator(f"#{NILE}")
    heading, badge = edges(nile.locator("h3")), edges(nile.locator(".stitch-kind"))
    expect(nile.locator(".stitch-kind")).to_have_text(in_arabic_letters("source"))
    if page.viewport_size == WIDE:
        assert badge.right < heading.left
    else:
        assert badge.top >= heading.bottom
        # The theme furo lets headings reach into the margin.
        assert badge.right == pytest.approx(edges(nile).right, abs=1)


def test_terms_of_the_summary_are_on_the_right(page: Page) -> None:
    summary = page.locator(f"#{NILE} .stitch-summary")
    assert edges(summary.locator("dd").first).right < edges(summary.locator("dt").first).left
    assert edges(summary.locator("dt").first).right <= edges(summary).right


def test_nested_properties_are_indented_from_the_right(page: Page) -> None:
    rights = []
    for name in ("nets", "nets.mesh", "nets.mesh.wide"):
        head = page.locator(f"[id='{NILE}.base.{name}']")
        rights.append(edges(head.locator("code")).right)
        fold = head.locator(".stitch-fold")
        if name != "nets.mesh.wide":
            assert edges(fold).left >= rights[-1]
            assert edges(fold).right <= edges(head).right
    assert rights == sorted(rights, reverse=True)
    assert len(set(rights)) == len(rights)


def test_a_closed_fold_points_to_the_left(page: Page) -> None:
    fold = page.locator(f"[id='{NILE}.base.nets'] .stitch-fold")
    fold.click()
    expect(fold).to_have_attribute("aria-expanded", "false")
    # The triangle points to the right by itself.
    mark = "(fold) => { const { content, scale, transform } = getComputedStyle(fold, '::before'); return [content[1], scale, transform] }"
    page.wait_for_function(
        "(fold) => getComputedStyle(fold, '::before').transform === 'none'", arg=fold.element_handle()
    )
    assert fold.evaluate(mark) == ["▸", "-1 1", "none"]


def test_the_filter_begins_on_the_right(page: Page) -> None:
    form = page.locator(".stitch-filter form").first
    form.scroll_into_view_if_needed()
    choices = form.locator("fieldset").first
    legend, first, second = (edges(choices.locator(part)) for part in ("legend", "label >> nth=0", "label >> nth=1"))
    assert second.right < first.left
    assert legend.right >= first.right
    assert legend.right == pytest.approx(edges(form).right, abs=1)
    choices.locator("input").first.check()
    reset = form.locator(".stitch-status button")
    expect(reset).to_be_visible()
    assert edges(reset).right < edges(form.locator(".stitch-status > :first-child")).left


def test_names_values_and_dates_are_read_from_left_to_right(page: Page) -> None:
    nile = page.locator(f"#{NILE}")
    # In one step, as the script shows and hides some when a reader comes near.
    pairs = nile.evaluate(
        f"""(object) => [...object.querySelectorAll("code, time")]
          .filter((element) => element.checkVisibility({{ contentVisibilityAuto: true, visibilityProperty: true }}))
          .map((element) => [element.innerText.replace(/\\s/g, ""), ({SEEN})(element)])"""
    )
    assert [text for text, _order in pairs] == [order for _text, order in pairs]
    texts = {text for text, _order in pairs}
    assert {"client_secret", "<NILE-TOKEN>", "-2", "river.nile", "nets.mesh.wide", "2024-05-01"} <= texts
    prose = nile.get_by_text("يحتاج إلى")
    assert edges(prose.locator("code").first).left > edges(prose.locator("code").last).left


def test_numbers_have_their_sign_on_the_left(page: Page) -> None:
    words = page.locator(f"tr:has([id='{NILE}.base.depth'])").get_by_text("10", exact=False)
    line = seen(words.last)
    assert line.startswith("10")
    assert "-5.5" in line


def test_examples_are_laid_out_from_left_to_right(page: Page) -> None:
    example = page.locator(f"#{NILE} .stitch-examples pre:visible").first
    assert seen(example) == "".join(example.inner_text().split())
    first = "(pre) => { const range = document.createRange(); range.selectNodeContents(pre); return range.getClientRects()[0].left }"
    assert example.evaluate(first) - edges(example).left < 40
    # What goes with the example is at the end of the line of its choices.
    choices, copy = page.locator(f"#{NILE} .stitch-choices").first, page.locator(f"#{NILE} .stitch-copy").first
    assert edges(copy).left - edges(choices).left < edges(choices).right - edges(copy).right


def test_nothing_is_wider_than_the_window(page: Page) -> None:
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") == width
    # Nor do words reach into the next column.
    cells = page.locator("table:is(.stitch-connections, .stitch-endpoints) :is(th, td):visible")
    assert cells.count()
    assert cells.evaluate_all("(cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth).length") == 0


# ---------------------------------------------------------------- Logical properties

#: A property or value of one side of the screen, whatever the direction of the text.
SIDES = re.compile(
    r"(?:^|[;{\s])(?:[a-z-]+-(?:left|right)(?:-[a-z]+)?|left|right)\s*:|:\s*(?:left|right)\s*(?:!important)?\s*;"
)
#: Four values, of which those of the sides, the second and the last one, differ.
FOUR = re.compile(r"(?:margin|padding|inset|border-\w+)\s*:((?:\s+(?:[\w.%-]+|\w+\([^;]*?\)))){4}\s*(?:!important)?;")


@pytest.mark.parametrize("sheet", sorted(STATIC.glob("*.css")), ids=lambda path: path.name)
def test_styles_know_no_left_and_right(sheet: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = [line.strip() for line in text.splitlines() if SIDES.search(line) or FOUR.search(line)]
    assert found == []


@pytest.mark.parametrize("script", sorted(STATIC.glob("*.js")), ids=lambda path: path.name)
def test_scripts_place_nothing_by_left_and_right(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    assert re.findall(r"style\.\w*(?:left|right)|offsetLeft|scrollLeft", text, re.IGNORECASE) == []
