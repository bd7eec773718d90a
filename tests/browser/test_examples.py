"""Examples: their sizes and formats, and what readers do with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Project
    from playwright.sync_api import Locator, Page

BROOK = "source-form-properties-brook-object"


def _examples(page: Page) -> Locator:
    examples = page.locator(f"#{BROOK} .stitch-examples").first
    examples.scroll_into_view_if_needed()
    return examples


def _choose(examples: Locator, label: str) -> None:
    examples.get_by_text(label, exact=True).click()


def test_the_choice_is_kept(pelican: Project, open_page: Callable[..., Page]) -> None:
    pelican.write("second.rst", "Second\n======\n\n.. connection-property:: pond.lake\n   :no-index:\n")
    pelican.build()
    page = open_page(pelican, web=True)
    examples = _examples(page)
    _choose(examples, "Minimal")
    _choose(examples, "Python")
    expect(examples.locator("pre:visible")).to_contain_text("import requests")
    expect(examples.locator("pre:visible")).not_to_contain_text("depth")
    other = page.locator("#destination-form-properties-lake-object .stitch-examples")
    other.scroll_into_view_if_needed()
    expect(other.locator("pre:visible")).to_contain_text("import requests")
    page.goto("https://pelican.example/second.html")
    page.locator(".stitch-examples").scroll_into_view_if_needed()
    expect(page.get_by_role("radio", name="Python")).to_be_checked()
    expect(page.locator(".stitch-examples pre:visible")).to_contain_text("import requests")


def test_formats_by_keyboard(pelican: Project, open_page: Callable[..., Page]) -> None:
    pelican.build()
    examples = _examples(open_page(pelican))
    examples.get_by_role("radio", name="JSON").focus()
    examples.page.keyboard.press("ArrowRight")
    expect(examples.get_by_role("radio", name="Request body")).to_be_checked()
    expect(examples.locator("pre:visible")).to_contain_text('"needs": {')
    examples.page.keyboard.press("ArrowRight")
    expect(examples.get_by_role("radio", name="curl")).to_be_checked()
    expect(examples.locator("pre:visible")).to_contain_text("curl -X POST")


def test_copy(pelican: Project, open_page: Callable[..., Page]) -> None:
    pelican.build()
    page = open_page(pelican, web=True, permissions=["clipboard-read", "clipboard-write"])
    examples = _examples(page)
    for label in ("JSON", "curl"):
        _choose(examples, label)
        examples.get_by_role("button", name="Copy").click()
        expect(page.get_by_role("status").last).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == examples.locator("pre:visible").text_content()


def test_without_javascript_both_bodies_are_there(pelican: Project, open_page: Callable[..., Page]) -> None:
    pelican.build()
    page = open_page(pelican, java_script_enabled=False)
    examples = page.locator(f"#{BROOK} .stitch-examples").first
    expect(examples.get_by_text("Full: with optional properties.")).to_be_visible()
    expect(examples.get_by_text("Minimal: only what completes the step.")).to_be_visible()
    full, minimal = (json.loads(text) for text in examples.locator("pre").all_text_contents())
    assert minimal == {name: full[name] for name in ("since", "token")}
    expect(examples.locator("input")).to_have_count(0)


def test_without_requests_examples_are_bodies(pelican: Project, open_page: Callable[..., Page]) -> None:
    text = (pelican.folder / "data/api.yml").read_text(encoding="utf-8")
    pelican.write("data/api.yml", text[: text.index("requests:")])
    pelican.build()
    examples = _examples(open_page(pelican))
    expect(examples.get_by_role("radio")).to_have_count(2)
    _choose(examples, "Minimal")
    assert json.loads(examples.locator("pre:visible").text_content()).keys() == {"since", "token"}


def test_bodies_have_colours(pelican: Project, open_page: Callable[..., Page]) -> None:
    pelican.build()
    body = _examples(open_page(pelican)).locator("pre").first
    expect(body.locator(".nt").first).to_be_visible()
    colors = {kind: body.locator(f".{kind}").all_text_contents() for kind in ("nt", "s2", "mi", "kc")}
    shown = json.loads(body.text_content())
    assert set(shown) <= set(map(json.loads, colors.pop("nt")))
    values = [json.loads(text) for texts in colors.values() for text in texts]
    assert [value for value in shown.values() if isinstance(value, str | int | bool) and value not in values] == []


def _schemas(page: Page) -> dict[str, str]:
    """The title of the schema that each example links, by the id of its section."""
    titles = {}
    for examples in page.locator(".stitch-examples").all():
        examples.scroll_into_view_if_needed()
        examples.locator(".stitch-choices").wait_for()
        section = examples.locator("xpath=ancestor::section[1]").get_attribute("id")
        for link in examples.get_by_role("link", name="JSON Schema").all():
            file = urlsplit(link.get_attribute("href")).path
            titles[section] = json.loads(Path(file).read_text(encoding="utf-8"))["title"]
    return titles


@pytest.mark.parametrize(("builder", "name"), [("html", "second.html"), ("dirhtml", "second/index.html")])
def test_each_example_links_its_schema(
    pelican: Project, open_page: Callable[..., Page], builder: str, name: str
) -> None:
    pelican.write("second.rst", "Second\n======\n\n.. connection-property:: river.brook\n   :no-index:\n")
    pelican.build(builder)
    schemas = _schemas(open_page(pelican))
    for anchor, title in {
        f"{BROOK}-base": "Brook", f"{BROOK}-verify": "Brook: Verification",
        "destination-form-properties-lake-object": "Lake",
    }.items():  # fmt: skip
        assert schemas[anchor].startswith(title), schemas
    # Where an object is shown again without anchors, too.
    assert list(_schemas(open_page(pelican, name)).values()) == ["Brook", "Brook: Verification"]


def test_schemas_of_other_anchors(pelican: Project, open_page: Callable[..., Page]) -> None:
    api = (pelican.folder / "data/api.yml").read_text(encoding="utf-8")
    pelican.write("data/api.yml", f'{api}\nanchors: "x-{{{{ key }}}}-of-{{{{ kind }}}}-x"\n')
    pelican.build()
    assert _schemas(open_page(pelican))["x-lake-of-destination-x"] == "Lake"


def test_no_schema_where_there_is_no_file(pelican: Project, open_page: Callable[..., Page]) -> None:
    pelican.build(stitch_json=False)
    assert _schemas(open_page(pelican)) == {}
