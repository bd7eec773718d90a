"""Measure pages in Chromium: loading, folding, following a link, and typing into the filter."""

from __future__ import annotations

import json
import random
import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

WORDS = (
    "acme",
    "box",
    "cloud",
    "data",
    "desk",
    "form",
    "grid",
    "lake",
    "mail",
    "mint",
    "orbit",
    "pay",
    "river",
    "sync",
)
QUERIES = ("acme", "data river", "orbit_mint", "source lake", "unsupported", "zzz")
#: Queries for the real catalogue: names, words of types, and names of properties.
REAL_QUERIES = ("sql", "client_secret", "source google", "zzz")
PER_FILE = 50

#: Types a query into a box and erases it; returns the milliseconds of each step.
_TYPE = """async ([selector, query]) => {
  const box = document.querySelector(selector), times = [];
  const steps = [...query].map((_, index) => query.slice(0, index + 1));
  for (const typed of [...steps, ...steps.slice(0, -1).reverse(), ""]) {
    await new Promise((done) => setTimeout(done, 100));
    const start = performance.now();
    box.value = typed;
    box.dispatchEvent(new InputEvent("input", { bubbles: true }));
    document.body.getBoundingClientRect();
    times.push(performance.now() - start);
  }
  await new Promise((done) => setTimeout(done, 1000));
  return times;
}"""

#: Opens and closes a fold; returns the milliseconds until the next frame of each.
_FOLD = """async (fold) => {
  const times = [];
  for (let time = 0; time < 4; time++) {
    await new Promise((done) => setTimeout(done, 200));
    const start = performance.now();
    fold.click();
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    times.push(performance.now() - start);
  }
  return times;
}"""

#: Waits until what the address names is in the window and has not moved for half a second; returns the milliseconds from
#: the start of loading to its last movement.
_LANDED = """async () => {
  const place = () => document.getElementById(decodeURIComponent(location.hash.slice(1)))?.getBoundingClientRect().top;
  let before, last = performance.now();
  for (;;) {
    await new Promise((done) => setTimeout(done, 50));
    const now = place();
    if (now === undefined || now < 0 || now > innerHeight || before === undefined || Math.abs(now - before) > 1)
      last = performance.now();
    before = now;
    if (performance.now() - last > 500 && document.readyState === "complete") return last;
  }
}"""


def write_catalogue(folder: Path, rows: int) -> None:
    """Write a catalogue of ``rows`` connections, reproducibly."""
    chance = random.Random(1)  # noqa: S311 - no secret
    properties = [f"{one}_{other}" for one in WORDS for other in WORDS]
    for number in range(rows // PER_FILE):
        unavailable = number % 7 == 0
        record: dict[str, object] = {
            "name": f"Thing {number}",
            "type": None if unavailable else f"platform.thing-{number}",
            "category": chance.choice(("database", "saas", "webhook")),
            "connections": [
                {"key": f"c-{number}-{row}", "name": " ".join(chance.sample(WORDS, 3)).title(), "version": "1"}
                for row in range(PER_FILE)
            ],
        }
        if not unavailable:
            record["properties"] = [{"name": name, "type": "string"} for name in chance.sample(properties, 20)]
        file = folder / ("destinations" if number % 10 == 0 else "sources") / f"thing-{number}.yml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(record), encoding="utf-8")
    api = {"name": "Made-up", "steps": {"form": {"title": "Properties"}}, "empty": "Nothing?"}
    (folder / "api.yml").write_text(json.dumps(api), encoding="utf-8")


@contextmanager
def new_page(*, slowed: int = 1) -> Iterator[Page]:
    """A page in the system's Chromium, with a processor that is ``slowed`` so many times."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        sys.exit("no Chromium on PATH; install it, as with “apt-get install chromium”")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.set_default_timeout(120_000)
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slowed})
        yield page
        browser.close()


def load(file: Path) -> float:
    """Seconds of processor time that the main thread takes to load a page, until it has been quiet for two seconds."""
    with new_page() as page:
        session = page.context.new_cdp_session(page)
        # By default, the time of a task goes on while other processes have the processor.
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto(file.as_uri())
        page.wait_for_timeout(2000)
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(float(metric["value"]) for metric in metrics if metric["name"] == "TaskDuration")


def fold(file: Path, anchor: str) -> list[float]:
    """Milliseconds to open or close each fold in the section of an object, until the next frame."""
    with new_page() as page:
        page.goto(f"{file.as_uri()}#{anchor}")
        folds = page.locator(f"#{anchor} .stitch-fold")
        folds.first.wait_for()
        page.wait_for_timeout(1000)
        return [time for each in folds.all() for time in each.evaluate(_FOLD)]


def land(file: Path, anchor: str, *, slowed: int) -> float:
    """Seconds from the start of loading until a link to an anchor is in its place."""
    with new_page(slowed=slowed) as page:
        page.goto(f"{file.as_uri()}#{anchor}", wait_until="commit")
        return float(page.evaluate(_LANDED)) / 1000


def type_queries(file: Path, queries: tuple[str, ...], *, slowed: int = 1) -> list[float]:
    """Milliseconds from each key in the filter to the new layout of the page, scripts included.

    The first key removes many rows from the page; it is the first of the list.
    """
    with new_page(slowed=slowed) as page:
        page.goto(file.as_uri())
        page.locator(".stitch-query input").wait_for()
        page.wait_for_timeout(1000 * slowed)
        # As a reader does before the first key; the filter then reads what it searches.
        page.locator(".stitch-query input").focus()
        return _times(page, ".stitch-query input", queries)


def type_into_jump(file: Path, queries: tuple[str, ...]) -> list[float]:
    """The same of the quick jump, once it has its index."""
    with new_page() as page:
        page.goto(file.as_uri())
        page.keyboard.press("Control+k")
        page.keyboard.type("acme")
        page.locator(".stitch-jump [role=option]").first.wait_for()
        return _times(page, ".stitch-jump input", queries)


def _times(page: Page, box: str, queries: tuple[str, ...]) -> list[float]:
    return [float(time) for query in queries for time in page.evaluate(_TYPE, [box, query])]
