"""The scripts beside what other themes and extensions do to a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Project
    from playwright.sync_api import Page

#: As the translator of sphinx-immaterial, which gives a heading the id of its section.
NO_SECTIONS = """
from sphinx.writers.html5 import HTML5Translator

class Translator(HTML5Translator):
    def visit_section(self, node):
        self.section_level += 1
        self.body.extend(f'<a id="{name}"></a>' for name in node["ids"])

    def depart_section(self, node):
        self.section_level -= 1

def setup(app):
    app.set_translator("html", Translator, override=True)
"""


def add_to_configuration(project: Project, text: str) -> None:
    """Let conf.py say more."""
    project.write("conf.py", (project.folder / "conf.py").read_text(encoding="utf-8") + text)


def test_sections_without_elements(pelican: Project, open_page: Callable[..., Page]) -> None:
    add_to_configuration(pelican, NO_SECTIONS)
    pelican.build()
    page = open_page(pelican)
    assert page.locator(".stitch-object").count() == 0
    following = "xpath=//dl[@data-key='source/brook']/following::div[@data-step='base']"
    examples = page.locator(following).first
    examples.scroll_into_view_if_needed()
    examples.get_by_text("curl", exact=True).click()
    expect(examples.locator(".stitch-request")).to_contain_text("river.brook")
    # Rows are found by the properties of their objects.
    box = page.locator(".stitch-filter").first
    box.get_by_role("searchbox").fill("mesh")
    expect(box.locator(".stitch-matches").first).to_contain_text("nets.mesh")


FORMATS = ("curl", "Python", "JavaScript")


def requests_of(page: Page) -> list[str]:
    """What each example shows in each format, and what its button copies."""
    texts = []
    for examples in page.locator(".stitch-examples").all():
        examples.scroll_into_view_if_needed()
        expect(examples.get_by_role("button", name="Copy")).to_be_attached()
        if not examples.get_by_text("curl", exact=True).count():
            continue  # without an endpoint
        for name in FORMATS:
            examples.get_by_text(name, exact=True).click()
            texts.append(examples.locator(".stitch-request:visible").text_content())
        examples.get_by_text("JSON", exact=True).click()
        examples.get_by_role("button", name="Copy").click()
        texts.append(page.evaluate("copied"))
    return texts


#: Takes what is copied, as a clipboard may be forbidden.
COPY = "navigator.clipboard.writeText = async (text) => { window.copied = text; }"


def test_line_numbers(pelican: Project, open_page: Callable[..., Page]) -> None:
    """They are no part of what is copied and sent."""
    found = {}
    for style in ("none", "inline", "table"):
        page = open_numbered(pelican, open_page, style)
        page.evaluate(COPY)
        found[style] = requests_of(page)
        assert (page.locator(".linenos").count() > 0) == (style != "none")
    assert found["none"]
    assert found["inline"] == found["none"]
    assert found["table"] == found["none"]


#: Numbers the lines of all code, as an extension can.
NUMBERS = """
from docutils import nodes

def number(app, doctree, docname):
    for block in doctree.findall(nodes.literal_block):
        block["linenos"] = True

def setup(app):
    app.connect("doctree-resolved", number)
"""


def open_numbered(project: Project, open_page: Callable[..., Page], style: str) -> Page:
    """Build a project with the lines of examples numbered, and open it."""
    if style == "inline":
        add_to_configuration(project, NUMBERS)
    project.build(fresh=True, html_codeblock_linenos_style="inline" if style == "none" else style)
    return open_page(project, web=True)


#: As python-docs-theme does, and others that wrap tables.
TABLES_AGAIN = """
document.addEventListener("%s", () => setTimeout(() => {
  for (const table of document.querySelectorAll("table.docutils"))
    table.outerHTML = `<div class="wrapped">${table.outerHTML}</div>`;
}, %s));
"""


@pytest.mark.parametrize("late", [False, True])
def test_tables_that_are_made_again(pelican: Project, open_page: Callable[..., Page], *, late: bool) -> None:
    """A theme makes them from their HTML when the page is ready, before our scripts or after."""
    script = TABLES_AGAIN % ("DOMContentLoaded", 50)
    pelican.write(
        "_static/wrap.js", script if late else script.replace("setTimeout(() => {", "{").replace("}, 50)", "}")
    )
    add_to_configuration(pelican, 'html_static_path = ["_static"]\nhtml_js_files = ["wrap.js"]\n')
    pelican.build()
    page = open_page(pelican)
    page.locator(".wrapped .stitch-connections").wait_for()
    box = page.locator(".stitch-filter").first
    box.get_by_role("searchbox").fill("mesh")
    expect(box.locator("tbody tr.stitch-source:visible")).to_have_count(1)
    box.get_by_role("button", name="Reset").click()
    before = box.locator("tbody th").all_text_contents()
    box.get_by_role("button", name="Name").click()
    expect(box.locator("tbody th").first).not_to_have_text(before[0])
    fold = page.locator(".wrapped .stitch-properties .stitch-fold").first
    expect(fold).to_have_attribute("aria-expanded", "true")
    fold.click()
    expect(fold).to_have_attribute("aria-expanded", "false")
    assert page.locator(".stitch-properties tr[hidden]").count() > 0


def test_a_link_to_the_filtered_table_where_all_pages_are_one(pelican: Project, open_page: Callable[..., Page]) -> None:
    """The script of the filter gives it the query: the page could have become a PDF."""
    text = "# Guide\n\n{stitch:search}`find it <find=brook>`\n\n```{connection-table}\n```\n"
    pelican.write("guide.md", text)
    pelican.build("singlehtml")
    page = open_page(pelican, web=True)
    page.get_by_role("link", name="find it").click()
    boxes = page.locator(".stitch-filter")
    expect(boxes).to_have_count(2)
    table = page.url.partition("#")[2]
    for box in boxes.all():
        value = "brook" if box.get_attribute("id") == table else ""
        expect(box.get_by_role("searchbox")).to_have_value(value)


#: As sphinx-immaterial does with “navigation.instant”: it takes an element of the next page, and runs scripts that are new.
INSTANT = """
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a.reference.internal[href*='.html']");
  if (!link) return;
  event.preventDefault();
  const page = new DOMParser().parseFromString(await (await fetch(link.href)).text(), "text/html");
  history.pushState(null, "", link.href);
  document.querySelector(".document").replaceWith(page.querySelector(".document"));
  for (const old of document.querySelectorAll(".document script")) {
    const made = document.createElement("script");
    made.textContent = old.textContent;
    old.replaceWith(made);
  }
  for (const { src } of page.scripts)
    if (src && ![...document.scripts].some((script) => script.src === src))
      document.body.append(Object.assign(document.createElement("script"), { src }));
});
"""


def test_pages_that_are_loaded_into_others(pelican: Project, open_page: Callable[..., Page]) -> None:
    pelican.write("index.rst", "Find\n====\n\n.. toctree::\n\n   rivers\n   lakes\n   guide\n\n.. connection-table::\n")
    pages = {"rivers": "Rivers", "lakes": "Lakes"}
    for name, kind in (("rivers", "source"), ("lakes", "destination")):
        text = f"{pages[name]}\n======\n\n.. connection-property::\n   :kind: {kind}\n\n:doc:`index`\n"
        pelican.write(f"{name}.rst", text)
    pelican.write("_static/instant.js", INSTANT)
    add_to_configuration(pelican, 'html_static_path = ["_static"]\nhtml_js_files = ["instant.js"]\n')
    pelican.build()
    page = open_page(pelican, web=True)
    page.evaluate("window.first = true")
    for name in pages.values():
        page.locator(".body").get_by_role("link", name=name).first.click()
        examples = page.locator(".stitch-examples").first
        examples.scroll_into_view_if_needed()
        examples.get_by_text("curl", exact=True).click()
        expect(examples.locator(".stitch-request")).to_contain_text("curl")
        page.locator(".body").get_by_role("link", name="Find").click()
        page.get_by_role("searchbox").last.fill("brook")
        expect(page.locator(".stitch-filter output")).to_contain_text("2 of")
    assert page.evaluate("window.first")
