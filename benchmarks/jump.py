"""Measure how long a keystroke in the quick jump over 10,000 objects takes, in Chromium.

Writes an index of made-up objects with twenty properties each, types and erases queries letter by letter, and prints the
size of the index, and the median and the quartiles of the milliseconds from each input to the new layout of the page,
scripts included.

    python benchmarks/jump.py [OBJECTS]
"""

from __future__ import annotations

import gzip
import json
import random
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from keystroke import BOUND, WORDS
from playwright.sync_api import sync_playwright

import sphinxext_stitch

STATIC = Path(sphinxext_stitch.__file__).parent / "html" / "static"

#: Types, names, aliases and properties, with typos and without.
QUERIES = (
    "acme",
    "data river",
    "orbit_mint",
    "platform.thing-99.pa",
    "plaform.thing-12",
    "alais7",
    "acme pya",
    "zzzzz",
)

PAGE = """<!doctype html>
<html lang="en">
<link rel="stylesheet" href="_static/sphinxext-stitch.css">
<main><h1>Jump</h1></main>
<script src="_static/sphinxext-stitch-jump.js" data-keys="Ctrl K" data-label="Jump to" data-hint="" data-failed=""></script>
</html>
"""

#: Types a query and erases it; returns the milliseconds of each step.
MEASURE = """async (query) => {
  const box = document.querySelector(".stitch-jump input"), times = [];
  const steps = [...query].map((_, index) => query.slice(0, index + 1));
  for (const typed of [...steps, ...steps.slice(0, -1).reverse(), ""]) {
    await new Promise((done) => setTimeout(done, 50));
    const start = performance.now();
    box.value = typed;
    box.dispatchEvent(new InputEvent("input", { bubbles: true }));
    document.body.getBoundingClientRect();
    times.push(performance.now() - start);
  }
  return times;
}"""


def made_index(objects: int) -> str:
    """The index of ``objects`` made-up objects, reproducibly, as :mod:`sphinxext_stitch.html.jump` writes it."""
    chance = random.Random(1)  # noqa: S311 - no secret
    names = [f"form.{one}_{other}" for one in WORDS for other in WORDS]
    entries = []
    for number in range(objects):
        name = " ".join([*chance.sample(WORDS, 3), str(number)]).title()
        aliases = [f"alias{number}"] if number % 5 == 0 else []
        properties = sorted(chance.sample(range(len(names)), 20))
        anchor = f"source-form-properties-thing-{number}-object"
        entries.append([name, f"platform.thing-{number}", 0, number, anchor, aliases, properties])
    index = {
        "found": "%(count)s found",
        "none": "Nothing found",
        "property": "property",
        "kinds": [["Source", "%(name)s source"]],
        "pages": [f"connections/source/thing-{number}.html" for number in range(objects)],
        "names": names,
        "entries": entries,
    }
    return f"stitchJump={json.dumps(index, separators=(',', ':'))}\n"


def main() -> None:
    """Write, measure and print."""
    objects = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    if browser_path is None:
        sys.exit("no Chromium on PATH; install it, as with “apt-get install chromium”")
    text = made_index(objects)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        shutil.copytree(STATIC, folder / "_static")
        (folder / "_stitch").mkdir()
        (folder / "_stitch" / "jump.js").write_text(text, encoding="utf-8")
        (folder / "index.html").write_text(PAGE, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.goto((folder / "index.html").as_uri())
        page.keyboard.press("Control+k")
        page.keyboard.type("acme")
        page.locator(".stitch-jump [role=option]").first.wait_for()
        times = [time for query in QUERIES for time in page.evaluate(MEASURE, query)]
        browser.close()
    low, median, high = statistics.quantiles(times, n=4)
    size, packed = len(text) / 1e3, len(gzip.compress(text.encode())) / 1e3
    print(f"the index of {objects} objects: {size:.0f} kB, {packed:.0f} kB compressed")
    print(f"{len(times)} keystrokes: median {median:.1f} ms (bound {BOUND} ms)")
    print(f"quarters {low:.1f} to {high:.1f} ms, longest {max(times):.1f} ms")
    sys.exit(median > BOUND)


if __name__ == "__main__":
    main()
