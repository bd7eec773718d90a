"""A browser for all tests of this folder, and pages in it."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from conftest import CHECKOUT, Project
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page, Route

#: Without these the browser looks up hosts on the net at every start.
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

#: Where the last picture of each page is kept whose test fails.
SCREENSHOTS = CHECKOUT / "build" / "screenshots"

#: Where the browser finds the files of a project that a test opens as a web site.
SITE = "https://pelican.example/"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium; continuous integration fails without it."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        message = "no Chromium on PATH; install it, as with “apt-get install chromium”"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Let fixtures know whether their test failed."""
    report = yield
    item.stash.setdefault(FAILED, False)
    item.stash[FAILED] |= report.failed
    return report


FAILED = pytest.StashKey[bool]()


@pytest.fixture
def open_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Open a page of a project that is built; an error in its scripts fails the test.

    ``whole``: all objects are laid out, also those far from the window, so that their parts can be measured.
    ``web``: over https and not from disk, each file with these ``headers``; ``options`` are those of a browser's
    context, as its width, or ``java_script_enabled``.
    """
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_page(
        project: Project,
        page: str = "index.html",
        *,
        whole: bool = False,
        web: bool = False,
        headers: dict[str, str] | None = None,
        **options: object,
    ) -> Page:
        folder = Path(project.app.outdir)
        context = browser.new_context(**options)
        context.set_default_timeout(4_000)  # a loaded machine takes long for the largest page
        contexts.append(context)
        if web:
            context.route(f"{SITE}**", lambda route: _serve(route, folder, headers))
        made = context.new_page()
        made.on("pageerror", lambda error: errors.append(str(error)))
        made.goto((SITE if web else f"{folder.as_uri()}/") + page)
        if whole:
            made.add_style_tag(content=":is(.stitch-object, .stitch-step) { content-visibility: visible !important }")
        return made

    yield open_page
    for context in contexts:
        if request.node.stash.get(FAILED, False):
            _keep_pictures(request.node.nodeid, context)
        context.close()
    assert errors == []


def _serve(route: Route, folder: Path, headers: dict[str, str] | None) -> None:
    """Answer a request with a file of the folder."""
    file = folder / urlsplit(route.request.url).path.lstrip("/")
    if file.is_file():
        route.fulfill(path=file, headers=headers)
    else:
        route.fulfill(status=404)


def _keep_pictures(test: str, context: BrowserContext) -> None:
    name = re.sub(r"[^\w.-]+", "-", test.partition("tests/browser/")[2])
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(context.pages, 1):
        page.screenshot(path=SCREENSHOTS / f"{name}-{number}.png", full_page=True)
