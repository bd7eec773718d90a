"""A page with the quick jump over invented objects, with twenty properties each."""

from __future__ import annotations

import json
import random
import shutil
from typing import TYPE_CHECKING

from .browser import WORDS
from .measure import CHECKOUT

if TYPE_CHECKING:
    from pathlib import Path

STATIC = CHECKOUT / "sphinxext_stitch" / "html" / "static"

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


def write(folder: Path, objects: int) -> Path:
    """Write the page, its files and the index into a folder that is not there yet; returns the index."""
    shutil.copytree(STATIC, folder / "_static")
    index = folder / "_stitch" / "jump.js"
    index.parent.mkdir()
    index.write_text(made_index(objects), encoding="utf-8")
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    return index
