"""The reference page in every format, where every warning is an error."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Project

PAGE = "source-destination-reference"

#: The file that a builder makes of the page, and how a required property looks in it.
OUTPUTS = {
    "dirhtml": f"{PAGE}/index.html",
    "singlehtml": "index.html",
    "epub": f"{PAGE}.xhtml",
    "latex": "reference.tex",
    "text": f"{PAGE}.txt",
    "man": "reference.7",
    "texinfo": "reference.texi",
    "xml": f"{PAGE}.xml",
}

CONF = f"""\
project = "Reference"
version = "1"
copyright = "Reference"
extensions = ["sphinx_design", "sphinxext_stitch"]
latex_documents = [("{PAGE}", "reference.tex", "Reference", "Author", "howto")]
man_pages = [("{PAGE}", "reference", "Reference", ["Author"], 7)]
texinfo_documents = [("{PAGE}", "reference", "Reference", "Author", "Reference", "Reference", "Reference")]
"""


@pytest.mark.parametrize("builder", OUTPUTS)
def test_builder(make_project: Callable[..., Project], builder: str) -> None:
    project = make_project()
    project.write("conf.py", CONF)
    project.write("index.rst", f"Home\n====\n\n.. toctree::\n\n   {PAGE}\n")
    shutil.copy(CHECKOUT / f"docs/stitch-connect/{PAGE}.rst", project.folder)
    project.build(builder, nitpicky=True)
    assert project.warnings == []
    text = (Path(project.app.outdir) / OUTPUTS[builder]).read_text(encoding="utf-8")
    for word in ("platform.salesforce", "required", "secret", "read-only", "internal", "Unsupported", "Back to"):
        assert word in text.replace("\\-", "-").replace("\\sphinxhyphen{}", "-"), word
