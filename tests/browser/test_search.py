"""Sphinx's own search: what its script makes of the names that the domain gives it, and of the text of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import TESTS, Project
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

HUBSPOT = "source-form-properties-hubspot-object"


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """All of the real catalogue on one page."""
    project = Project(tmp_path_factory.mktemp("search"))
    project.write("conf.py", f'extensions = ["sphinxext_stitch"]\nstitch_data_path = {str(TESTS.parent / "data")!r}\n')
    project.write("index.rst", "Start\n=====\n\n.. toctree::\n\n   all\n")
    project.write("all.rst", "All\n===\n\n.. connection-table::\n\nObjects\n-------\n\n.. connection-property::\n")
    project.build()
    project.close()
    return project


def search(reference: Project, open_page: Callable[..., Page], query: str) -> Locator:
    """The results of a search, the best ones first."""
    page = open_page(reference, f"search.html?q={query}", web=True)
    expect(page.locator(".search-summary")).to_contain_text("found")
    return page.locator("ul.search > li")


@pytest.mark.parametrize("query", ["platform.hubspot", "hubspot", "HubSpot source", "source hubspot"])
def test_an_object_comes_before_its_properties(reference: Project, open_page: Callable[..., Page], query: str) -> None:
    results = search(reference, open_page, query)
    expect(results.first).to_have_text("HubSpot source, platform.hubspot (connection property object, in All)")
    assert results.first.locator("a").get_attribute("href") == f"all.html#{HUBSPOT}"
    if "." not in query:
        expect(results.filter(has_text="start_date (HubSpot source)")).to_have_count(1)


def test_a_type_leads_to_its_object_where_others_begin_like_it(
    reference: Project, open_page: Callable[..., Page]
) -> None:
    results = search(reference, open_page, "platform.mysql")
    expect(results.first).to_contain_text("MySQL source, platform.mysql (")


def test_an_object_whose_type_has_other_words_is_found_by_its_name(
    reference: Project, open_page: Callable[..., Page]
) -> None:
    results = search(reference, open_page, "facebook ads")
    expect(results.first).to_contain_text("Facebook Ads source, platform.facebook (")


def test_the_words_of_cells_stand_apart_in_excerpts(reference: Project, open_page: Callable[..., Page]) -> None:
    excerpt = search(reference, open_page, "platform.hubspot").last.locator(".context")
    expect(excerpt).to_contain_text("HubSpot (v4) Source platform.hubspot iLEVEL (v1)")


#: Where words of two elements would be one without the elements: the element that ends, and the text around.
TOGETHER = """() => {
  const blocks = "p, div, section, ul, ol, li, dl, dt, dd, table, thead, tbody, tr, th, td, pre, h1, h2, h3, h4";
  const root = document.querySelector("[role=main]").cloneNode(true);
  for (const part of root.querySelectorAll("template, script, style, .headerlink")) part.remove();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), found = [];
  for (let before, node = walker.nextNode(); node; before = node, node = walker.nextNode()) {
    const [one, other] = [before, node].map((text) => text?.parentElement.closest(blocks));
    if (before && one !== other && /\\S$/.test(before.data) && /^\\S/.test(node.data))
      found.push([one.tagName, before.data.slice(-20), node.data.slice(0, 20)]);
  }
  return found;
}"""


def test_no_words_of_two_elements_run_together(reference: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(reference, "all.html", java_script_enabled=False)
    assert page.evaluate(TOGETHER) == []
