"""Measure how long a keystroke in the filter of a table of 10,000 connections takes, in Chromium.

Builds a page of a generated catalogue with the extension, types and erases queries letter by letter, and prints the
median and the quartiles of the milliseconds from each input to the new layout of the page, scripts included.

    python benchmarks/keystroke.py [ROWS]
"""

from __future__ import annotations

import json
import random
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from sphinx.application import Sphinx

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
PER_FILE = 50
BOUND = 16

#: Types a query and erases it; returns the milliseconds of each step.
MEASURE = """async (query) => {
  const box = document.querySelector(".stitch-query input"), times = [];
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


def build(folder: Path, rows: int) -> Path:
    """Build the page with the table."""
    write_catalogue(folder / "data", rows)
    (folder / "index.rst").write_text("Table\n=====\n\n.. connection-table::\n", encoding="utf-8")
    config = {"extensions": ["sphinxext_stitch"], "stitch_data_path": "data"}
    out = folder / "out"
    Sphinx(folder, None, out, folder / "doctrees", "html", config, status=None).build()
    return out / "index.html"


def main() -> None:
    """Build, measure and print."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    if browser_path is None:
        sys.exit("no Chromium on PATH; install it, as with “apt-get install chromium”")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = build(Path(folder), rows)
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
        browser = playwright.chromium.launch(executable_path=browser_path, args=arguments)
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.goto(page_file.as_uri())
        # The first keystroke removes thousands of rows from the page; it is reported separately.
        first, *times = [time for query in QUERIES for time in page.evaluate(MEASURE, query)]
        browser.close()
    low, median, high = statistics.quantiles(times, n=4)
    print(f"{rows} rows, {len(times)} keystrokes: median {median:.1f} ms (bound {BOUND} ms)")
    print(f"quarters {low:.1f} to {high:.1f} ms, longest {max(times):.1f} ms; the very first {first:.1f} ms")
    sys.exit(median > BOUND)


if __name__ == "__main__":
    main()
