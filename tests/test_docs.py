"""The manual can be read on a forge: what comes from the code and the examples is in its pages, and links lead somewhere."""

from __future__ import annotations

import re
import sys
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from conftest import CHECKOUT
from markdown_it import MarkdownIt

sys.path.insert(0, str(CHECKOUT / "scripts"))

from write_docs import pages, slugs, written

from sphinxext_stitch.catalogue.loading.loader import load

if TYPE_CHECKING:
    from pathlib import Path

PAGES = {str(page.relative_to(CHECKOUT)): page for page in pages()}


@pytest.mark.parametrize("name", PAGES)
def test_pages_have_what_the_code_and_the_examples_say(name: str) -> None:
    """What sphinx-markdown-builder writes, “tox run -e wild” compares."""
    page = PAGES[name]
    assert page.read_text(encoding="utf-8") == written(page, without=["markdown"]), "run: tox run -e write-docs"


def anchors(text: str) -> set[str]:
    """The anchors of a page: those of its headings, and those that it states."""
    return {slug for _line, slug in slugs(text)} | set(re.findall(r'<a id="([^"]+)"></a>', text))


def faults_of_links(page: Path) -> list[str]:
    """The links of a page that have no text, or lead to a file or heading that is not there, as a forge finds it."""
    faults = []
    for block in MarkdownIt().enable("table").parse(page.read_text(encoding="utf-8")):
        tokens = block.children or []
        for token, content in pairwise(tokens):
            target = str(token.attrs.get("href", "")) if token.type == "link_open" else ""
            if not target or re.match(r"(https?|mailto|stitch|ref|doc):", target):
                continue
            path, _, anchor = target.partition("#")
            file = (page.parent / path).resolve() if path else page
            if content.type == "link_close":
                faults.append(f"{target}: no text")
            elif not file.is_file():
                faults.append(f"{target}: no such file")
            elif anchor and anchor not in anchors(file.read_text(encoding="utf-8")):
                faults.append(f"{target}: no such heading")
    return faults


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere_on_a_forge(name: str) -> None:
    assert faults_of_links(PAGES[name]) == []


def test_faults_of_links_are_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One `two`: three\n\n[a](#one-two-three) [](page.md) [b](other.md) [c](page.md#four)\n", "utf-8")
    assert faults_of_links(page) == ["page.md: no text", "other.md: no such file", "page.md#four: no such heading"]


@pytest.mark.parametrize("name", PAGES)
def test_pages_need_no_directives_but_for_the_contents(name: str) -> None:
    """A forge shows directives and roles of MyST as they are written."""
    tokens = MarkdownIt().parse(PAGES[name].read_text(encoding="utf-8"))
    fences = {token.info.split()[0] for token in tokens if token.type == "fence" and token.info.startswith("{")}
    assert fences <= ({"{include}"} if name == "docs/changelog.md" else {"{toctree}"})
    texts = [part.content for token in tokens for part in token.children or () if part.type == "text"]
    assert [text for text in texts if re.search(r"\{\w+\}$|^\([\w-]+\)=$", text)] == []


def test_the_comparison_has_the_figures_that_were_measured() -> None:
    comparison, measured = (
        PAGES[f"docs/explanation/{name}.md"].read_text(encoding="utf-8")
        for name in ("compared-with-other-ways", "performance")
    )
    figures = set(re.findall(r"\b\d+\.\d\d\b(?: MB)?|\b\d+ (?:files|objects|connections)\b", comparison))
    assert len(figures) > 5
    assert {figure for figure in figures if figure not in measured} == set()


def test_the_comparison_has_the_size_of_stitchs_catalogue() -> None:
    catalogue = load(CHECKOUT / "data")
    files = sum(path.is_file() for path in (CHECKOUT / "data").rglob("*.yml"))
    text = PAGES["docs/explanation/compared-with-other-ways.md"].read_text(encoding="utf-8")
    assert f" {len(catalogue.objects)} objects and {len(catalogue.connections)} connections," in text
    assert f" in {files} files |" in text
