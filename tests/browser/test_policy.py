"""A web site with a strict Content-Security-Policy, which lets no code run that stands in a page itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from .conftest import SITE

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Project
    from playwright.sync_api import Page

BROOK = "source-form-properties-brook-object"
MESH = f"{BROOK}.base.nets.mesh"

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

#: Notes what the browser refuses, but for the bars of links that Sphinx's themes have, which state styles themselves.
LISTEN = """window.refused = [];
document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, target }) => {
  if (!target.closest?.(".related")) window.refused.push(`${effectiveDirective} ${blockedURI}`);
});"""


def test_everything_works_under_a_strict_policy(pelican: Project, open_page: Callable[..., Page]) -> None:
    # The writer of the page breaks the policy, which shows that it is in force.
    index = (pelican.folder / "index.rst").read_text(encoding="utf-8")
    pelican.write("index.rst", f"{index}\n.. raw:: html\n\n   <script>document.title = 'inline'</script>\n")
    # In the sidebars, the theme has a script of its own in the page.
    pelican.build(html_sidebars={"**": []}, stitch_fold_groups=["timing"])
    page = open_page(pelican, "search.html", web=True, headers={"Content-Security-Policy": POLICY})
    page.add_init_script(LISTEN)
    page.goto(f"{SITE}index.html?kind=source#{MESH}")

    status = page.locator(".stitch-status output")
    expect(status).to_have_text("5 of 7 connections shown")
    page.get_by_role("searchbox", name="Search for a connection").fill("mesh")
    expect(status).to_have_text("1 of 7 connections shown")
    expect(page.locator(".stitch-matches")).to_have_text("Properties: nets.mesh")
    page.get_by_role("button", name="Name").click()
    page.wait_for_function("location.search.includes('sort=-name')")

    brook = page.locator(f"#{BROOK}")
    expect(brook.get_by_role("button", name="Timing")).to_have_attribute("aria-expanded", "false")
    brook.get_by_role("button", name="Nested properties of nets").click()
    expect(page.locator(f"tr:has([id='{MESH}'])")).to_be_hidden()
    expect(brook.locator(".stitch-properties .headerlink").first).to_have_text("¶")

    examples = brook.locator(".stitch-examples").first
    examples.scroll_into_view_if_needed()
    examples.get_by_text("Minimal", exact=True).click()
    examples.get_by_text("curl", exact=True).click()
    expect(examples.locator("pre:visible")).to_contain_text("curl -X POST")
    expect(examples.locator("pre:visible")).not_to_contain_text("depth")

    assert page.evaluate("window.refused") == ["script-src-elem inline"]
    assert page.title().startswith("Pelican connections")
