"""The attributes of a platform in the filter, as a reader uses it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from conftest import CHECKOUT, Project
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Locator, Page


def _example(folder: Path) -> Project:
    """A copy of the example of the manual."""
    shutil.copytree(CHECKOUT / "docs/examples/adapt-words-and-look", folder, ignore=shutil.ignore_patterns("_build"))
    return Project(folder)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = _example(tmp_path_factory.mktemp("words") / "project")
    project.build()
    project.close()
    return project


def _rows(page: Page) -> Locator:
    return page.locator(".stitch-connections").first.locator("tbody tr")


def _options(page: Page) -> dict[str, str]:
    """The number at each option of the first filter."""
    labels = page.locator(".stitch-filter").first.locator("fieldset label").all()
    return {label.locator("span").first.inner_text(): label.locator("span").last.inner_text() for label in labels}


def test_rows_with_several_values(built: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(built)
    expect(page.get_by_text("3 of 3 connectors")).to_be_visible()
    assert _options(page) == {
        "Sink": "2", "Transform": "1", "Free": "1", "Team": "2", "Company": "1", "Europe": "2", "United States": "2",
    }  # fmt: skip
    page.get_by_role("checkbox", name="Company").check()
    expect(_rows(page)).to_contain_text(["Mask"])
    assert _options(page) == {
        "Sink": "0", "Transform": "1", "Free": "1", "Team": "2", "Company": "1", "Europe": "0", "United States": "1",
    }  # fmt: skip
    page.get_by_role("checkbox", name="Team").first.check()
    expect(_rows(page)).to_contain_text(["Mask", "Topic"])
    expect(page.get_by_text("2 of 3 connectors")).to_be_visible()
    assert page.url.endswith("?plan=team&plan=company")


def test_an_attribute_is_found_by_its_words(built: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(built)
    page.get_by_role("searchbox", name="Find a connector").first.fill("company")
    expect(_rows(page)).to_contain_text(["Mask"])


def test_a_link_to_the_filter(built: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(built)
    page.get_by_role("link", name="all that the Team plan has").click()
    expect(page.get_by_role("checkbox", name="Team").first).to_be_checked()
    expect(_rows(page)).to_contain_text(["Mask", "Topic"])


def test_an_attribute_sorts(built: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(built)
    page.get_by_role("button", name="Regions").first.click()
    expect(_rows(page)).to_contain_text(["Archive", "Topic", "Mask"])


def test_what_has_no_value_is_last_in_each_direction(tmp_path: Path, open_page: Callable[..., Page]) -> None:
    project = _example(tmp_path / "project")
    archive = project.folder / "data/sinks/archive.yml"
    archive.write_text(archive.read_text(encoding="utf-8").replace(", region: eu", ""), encoding="utf-8")
    project.build()
    project.close()
    page = open_page(project)
    regions = page.get_by_role("button", name="Regions").first
    regions.click()
    expect(_rows(page)).to_contain_text(["Topic", "Mask", "Archive"])
    regions.click()
    expect(_rows(page)).to_contain_text(["Mask", "Topic", "Archive"])


def test_style_of_the_project(built: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(built, viewport={"width": 390, "height": 900})
    expect(page.locator(".stitch-attribute-plan-team").first).to_have_css("border-top-color", "rgb(68, 102, 170)")
    expect(page.locator(".stitch-properties tbody tr").first).to_have_css("border-top-color", "rgb(119, 170, 153)")
