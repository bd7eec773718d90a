"""Cases, titles and long names, as a reader sees them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from conftest import CHECKOUT, Project
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

FILES = "source-form-properties-files-object"
HOST = f"{FILES}.form.provider.host"

#: The folder of the data of this package, which has many connections.
DATA = CHECKOUT / "data"

#: The lines of each name that breaks, where the browser has put them.
LINES = """[...document.querySelectorAll("table.stitch-properties tbody th code")].map((code) => {
  const lines = [];
  let top;
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let place = 0; place < node.length; place++) {
      const range = document.createRange();
      range.setStart(node, place);
      range.setEnd(node, place + 1);
      const box = range.getBoundingClientRect();
      if (box.top !== top) lines.push("");
      top = box.top;
      lines[lines.length - 1] += node.data[place];
    }
  }
  return lines;
}).filter((lines) => lines.length > 1)"""


def _copy(project: Project) -> Project:
    example = CHECKOUT / "docs/examples/describe-hard-cases"
    shutil.copytree(example, project.folder, ignore=shutil.ignore_patterns("_build"), dirs_exist_ok=True)
    return project


@pytest.fixture
def hard(make_project: Callable[..., Project]) -> Project:
    """The example of the manual."""
    return _copy(make_project())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Its page, built once for the tests that only look at it."""
    project = _copy(Project(tmp_path_factory.mktemp("hard")))
    project.build()
    project.close()
    return project


@pytest.mark.parametrize("width", [390, 1300])
def test_a_condition_heads_its_case(built: Project, open_page: Callable[..., Page], width: int) -> None:
    page = open_page(built, viewport={"width": width, "height": 900})
    lines = page.locator(f"#{FILES} .stitch-case")
    nested, top = lines.nth(1), lines.nth(2)
    expect(nested).to_have_text('If storage is "SSH", "SCP" or "SFTP":')
    expect(nested.locator("strong")).to_have_css("font-weight", "700")
    expect(nested.locator("td")).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
    # It is as wide as the table, and as far to the right as the names below it.
    table = page.locator(f"#{FILES} .stitch-properties").bounding_box()
    assert nested.bounding_box()["width"] == pytest.approx(table["width"], abs=4)
    indents = [
        line.evaluate("(line) => parseFloat(getComputedStyle(line.cells[0]).paddingLeft)") for line in (nested, top)
    ]
    heads = [page.locator(f"[id='{FILES}.form.{name}']") for name in ("provider.host", "compression_codec~Parquet")]
    assert indents == [head.evaluate("(head) => parseFloat(getComputedStyle(head).paddingLeft)") for head in heads]
    assert indents[0] > indents[1]


def test_cases_fold_with_their_parent(built: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(built)
    line = page.locator(f"#{FILES} .stitch-case").first
    fold = page.get_by_role("button", name="Nested properties of provider")
    fold.click()
    expect(line).to_be_hidden()
    expect(page.locator(f"#{FILES} .stitch-case").nth(2)).to_be_visible()
    page.evaluate(f"location.hash = '{HOST}'")
    expect(page.locator(f"[id='{HOST}']")).to_be_in_viewport()
    expect(fold).to_have_attribute("aria-expanded", "true")
    expect(line).to_be_visible()


def test_a_link_opens_the_group_and_the_parent_of_a_case(hard: Project, open_page: Callable[..., Page]) -> None:
    members = "      - {name: on, type: boolean}\n      - {name: host, type: string, applies_if: {on: true}}\n"
    hard.write(
        "data/groups/tunnel.yml",
        f"title: Tunnel\nproperties:\n  - name: tunnel\n    type: object\n    properties:\n{members}",
    )
    hard.write("data/sources/inner.yml", "name: Inner\ntype: acme.inner\ngroups: [tunnel, other]\n")
    hard.write("data/groups/other.yml", "title: Other\nproperties:\n  - {name: other, type: string}\n")
    hard.build(stitch_fold_groups=["tunnel"])
    assert hard.warnings == []
    anchor = "source-form-properties-inner-object.form.tunnel.host"
    page = open_page(hard)
    page.locator("#source-form-properties-inner-object").scroll_into_view_if_needed()
    expect(page.locator(f"[id='{anchor}']")).to_be_hidden()
    page.get_by_role("button", name="Tunnel", exact=True).click()
    page.get_by_role("button", name="Nested properties of tunnel").click()
    page.get_by_role("button", name="Tunnel", exact=True).click()
    page.evaluate(f"location.hash = '{anchor}'")
    expect(page.locator(f"[id='{anchor}']")).to_be_in_viewport()


@pytest.mark.parametrize("other", [False, True], ids=["this page", "another page"])
def test_the_filter_finds_titles(hard: Project, open_page: Callable[..., Page], *, other: bool) -> None:
    if other:
        hard.write("index.rst", "Find\n====\n\n.. toctree::\n\n   all\n\n.. connection-table::\n")
        hard.write("all.rst", "All\n===\n\n.. connection-property::\n")
    hard.build()
    page = open_page(hard)
    box = page.get_by_role("searchbox", name="Search for a connection")
    rows = page.locator(".stitch-connections tbody tr")
    hint = page.locator(".stitch-matches")
    box.fill("time LIMIT")
    expect(rows).to_have_count(1)
    expect(hint).to_have_text("Properties: job_timeout Time limit")
    target = f"{FILES}.form.job_timeout"
    assert hint.locator("a").get_attribute("href") == f"{'all.html' if other else ''}#{target}"
    box.fill("limit retries")
    expect(rows).to_have_count(0)
    # Names are found as before.
    box.fill("job_timeout")
    expect(hint).to_have_text("Properties: job_timeout Time limit")


def test_the_title_is_below_the_name(built: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(built)
    head = page.locator(f"[id='{FILES}.form.job_timeout']")
    name, title, mark = (head.locator(part).bounding_box() for part in ("code", ".stitch-title", ".headerlink"))
    assert name["y"] + name["height"] <= title["y"]
    assert mark["y"] < title["y"]


@pytest.mark.parametrize("theme", ["alabaster", "furo"])
def test_names_break_between_their_parts(hard: Project, open_page: Callable[..., Page], theme: str) -> None:
    hard.build(html_theme=theme)
    broken = []
    for width in (390, 820, 1300):
        page = open_page(hard, whole=True, viewport={"width": width, "height": 900})
        broken += page.evaluate(LINES)
    assert ["tracker.http.max.", "retries"] in broken
    assert [line for lines in broken for line in lines[:-1] if not line.endswith((".", "_"))] == []


@pytest.mark.parametrize("width", [390, 1300])
def test_words_of_other_languages_fit(
    make_project: Callable[..., Project], open_page: Callable[..., Page], width: int
) -> None:
    conf = f'extensions = ["sphinxext_stitch"]\nstitch_data_path = {str(DATA)!r}\nlanguage = "de"\nhtml_theme = "alabaster"\n'
    text = "Seite\n=====\n\n.. connection-table::\n   :columns: name kind category status object\n"
    project = make_project(**{"conf.py": conf, "index.rst": text})
    project.build()
    page = open_page(project, viewport={"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") == width
    # Where there is no room for five columns, their table scrolls in its box; no word reaches into the next column.
    table = page.locator(".stitch-connections")
    fits = table.evaluate("(table) => table.offsetWidth <= table.parentElement.clientWidth")
    assert fits == (width > 1000)
    cells = table.locator("th, td")
    assert cells.evaluate_all("(cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth).length") == 0
