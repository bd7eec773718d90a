"""The scripts beside what other themes and extensions do to a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    examples = page.locator(".stitch-examples[data-type='river.brook']").first
    examples.scroll_into_view_if_needed()
    examples.get_by_text("curl", exact=True).click()
    expect(examples.locator(".stitch-request")).to_contain_text("river.brook")
    # Rows are found by the properties of their objects.
    box = page.locator(".stitch-filter").first
    box.get_by_role("searchbox").fill("mesh")
    expect(box.locator(".stitch-matches").first).to_contain_text("nets.mesh")
