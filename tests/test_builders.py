"""Every builder, where every warning is an error."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from conftest import CHECKOUT, Project

if TYPE_CHECKING:
    from collections.abc import Iterator

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
extensions = ["sphinxext_stitch"]
latex_documents = [("{PAGE}", "reference.tex", "Reference", "Author", "howto")]
man_pages = [("{PAGE}", "reference", "Reference", ["Author"], 7)]
texinfo_documents = [("{PAGE}", "reference", "Reference", "Author", "Reference", "Reference", "Reference")]
"""


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The page of Stitch's reference; what one builder has read, the others write."""
    project = Project(tmp_path_factory.mktemp("reference"))
    project.write("conf.py", CONF)
    project.write("index.rst", f"Home\n====\n\n.. toctree::\n\n   {PAGE}\n")
    shutil.copy(CHECKOUT / f"docs/stitch-connect/{PAGE}.rst", project.folder)
    return project


@pytest.mark.long
@pytest.mark.parametrize("builder", OUTPUTS)
def test_builder(reference: Project, builder: str) -> None:
    reference.build(builder, nitpicky=True)
    reference.close()
    assert reference.warnings == []
    text = reference.output(OUTPUTS[builder])
    for word in ("platform.salesforce", "required", "secret", "read-only", "internal", "Unsupported", "Back to"):
        assert word in text.replace("\\-", "-").replace("\\sphinxhyphen{}", "-"), word


#: A table on each of three pages, and objects on each.
MORE = """\
More
====

.. connection-table::
   :kind: source

.. connection-table:: endpoints

.. connection-property:: pond.lake
   :no-index:
"""


@pytest.fixture
def several_pages(pelican: Project) -> Project:
    """The invented platform on several pages, with the same tables on more than one."""
    index = (pelican.folder / "index.rst").read_text(encoding="utf-8")
    pelican.write("index.rst", index.replace("   guide\n", "   guide\n   more\n"))
    pelican.write("more.rst", MORE)
    guide = (pelican.folder / "guide.md").read_text(encoding="utf-8")
    pelican.write("guide.md", guide + "\n```{connection-table}\n:kind: destination\n```\n")
    return pelican


@pytest.mark.parametrize(
    "builder",
    ["html", "dirhtml", "singlehtml", "epub", "latex", "text", "man", "texinfo", "gettext", "xml", "pseudoxml"],
)
def test_several_pages(several_pages: Project, builder: str) -> None:
    several_pages.build(builder, nitpicky=True, version="1", copyright="Pelican")
    assert several_pages.warnings == []
    assert any(Path(several_pages.app.outdir).iterdir())


def test_one_page_of_several(several_pages: Project) -> None:
    """Each table has an id of its own, each row is there once, and all links lead somewhere."""
    several_pages.build("singlehtml", nitpicky=True)
    html = several_pages.html()
    ids = Counter(tag["id"] for tag in html.select("[id]"))
    tables = [box["id"] for box in html.select(".stitch-filter")]
    assert tables == ["connection-table", "connection-table-2", "connection-table-3"]
    assert [anchor for anchor, times in ids.items() if times > 1 and not anchor.startswith("id")] == []
    assert ids["connection-source-brook"] == ids["endpoint-sources.create"] == 1
    links = [link["href"] for link in html.select(".body a") if link["href"].startswith("#") and link["href"] != "#"]
    assert [link for link in links if link[1:] not in ids] == []
    # The pages lead back to their own tables: two follow the first, which has them in its toctree.
    back = list(dict.fromkeys(link["href"] for link in html.select(".stitch-back a")))
    assert back == [f"#{table}" for table in tables]


@pytest.fixture
def server() -> Iterator[str]:
    """A server on this machine that has one page, ``/there``."""

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response(200 if self.path == "/there" else 404)
            self.end_headers()

        def do_GET(self) -> None:
            self.do_HEAD()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_links_are_checked(catalogue_project: Project, server: str) -> None:
    catalogue_project.write(
        "data/sources/good.yml",
        f"name: Good\ntype: test.good\ndocs: {server}/there\n"
        f"description: See [that]({server}/nowhere), or the [type](stitch:test.good).\n",
    )
    # Before Sphinx 8 a default is to be chosen.
    catalogue_project.build("linkcheck", nitpicky=True, linkcheck_report_timeouts_as_broken=False)
    found = [json.loads(line) for line in catalogue_project.output("output.json").splitlines()]
    assert {(link["uri"].removeprefix(server), link["status"]) for link in found} == {
        ("/there", "working"),
        ("/nowhere", "broken"),
    }
    assert all("/nowhere" in warning for warning in catalogue_project.warnings)
