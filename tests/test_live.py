"""A saved data file changes the page that a reader has open, and no other: with a real sphinx-autobuild."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest
from conftest import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Project

#: Seconds that anything may take on a busy machine; what is waited for mostly takes two.
PATIENCE = 120


class Server:
    """A running sphinx-autobuild, and what it has printed."""

    def __init__(self, project: Project, log: Path) -> None:
        self.log = log
        command = [sys.executable, "-m", "sphinx_autobuild", "-N", "--port", "0", "--watch", "data", ".", "_build"]
        paths = os.pathsep.join(filter(None, (str(CHECKOUT), os.environ.get("PYTHONPATH"))))
        environment = {**os.environ, "PYTHONPATH": paths, "PYTHONUNBUFFERED": "1"}
        with log.open("w", encoding="utf-8") as output:
            self.process = subprocess.Popen(
                command, cwd=project.folder, env=environment, stdout=output, stderr=subprocess.STDOUT
            )

    @property
    def output(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def wait(self, condition: Callable[[], bool]) -> None:
        """Wait until something is so; fail with all output when it takes too long, or the server ends."""
        end = time.monotonic() + PATIENCE
        while not condition():
            assert self.process.poll() is None, self.output
            assert time.monotonic() < end, self.output
            time.sleep(0.05)

    def page(self, name: str) -> str:
        """A page as the server gives it; empty while it does not."""
        address = re.search(r"http://[\d.]+:\d+", self.output)
        try:
            with urlopen(f"{address[0]}/{name}.html") as answer:  # noqa: S310 - the address is ours
                return answer.read().decode()
        except (TypeError, OSError, HTTPException):  # not there yet, or being written
            return ""

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)


@pytest.fixture
def served(pelican: Project, tmp_path: Path) -> Iterator[Server]:
    """The invented catalogue with a page for each object, served."""
    pelican.write("conf.py", (pelican.folder / "conf.py").read_text(encoding="utf-8") + 'stitch_pages = "all"\n')
    pelican.write("index.rst", "Home\n====\n\n.. toctree::\n\n   guide\n   all/index\n")
    pelican.write("guide.md", "# Guide\n")
    server = Server(pelican, tmp_path / "log")
    yield server
    server.stop()


def _read(output: str) -> list[str]:
    return re.findall(r"reading sources\.\.\. \[ *\d+%\] (\S+)", output)


def test_saving_a_data_file_changes_its_page(served: Server, pelican: Project) -> None:
    lake, file = "all/destination/lake", "data/destinations/lake.yml"
    served.wait(lambda: "Where to unload." in served.page(lake))
    pages = {path: path.stat().st_mtime_ns for path in (pelican.folder / "_build").rglob("*.html")}
    text = (pelican.folder / file).read_text(encoding="utf-8")
    for times, words in enumerate(("Where to land.", "Where to moor."), start=1):
        before = len(served.output)
        pelican.write(file, text.replace("Where to unload.", words))
        served.wait(lambda words=words: words in served.page(lake))
        served.wait(lambda before=before: "Serving on" in served.output[before:])
        assert _read(served.output[before:]) == [lake]
        # Had the first build caused another one, it would be counted here.
        assert served.output.count("Rebuilding...") == times
    changed = {
        str(path.relative_to(pelican.folder / "_build"))
        for path, when in pages.items()
        if path.stat().st_mtime_ns != when
    }
    # Sphinx writes the page that lists a changed one as well, and its own index and search.
    assert changed - {"genindex.html", "search.html"} == {f"{lake}.html", "all/destination.html"}


def test_a_new_data_file_has_its_page_and_the_builds_end(served: Server, pelican: Project) -> None:
    served.wait(lambda: "Where to unload." in served.page("all/destination/lake"))
    pelican.write("data/destinations/sea.yml", "name: Sea\ntype: pond.sea\ncategory: pond\n")
    served.wait(lambda: "pond.sea" in served.page("all/destination/sea"))
    # The page is a new file in the folder that is watched, so one more build may follow, which finds nothing to do.
    before = len(served.output)
    pelican.write("guide.md", "# Changed guide\n")
    served.wait(lambda: "Changed guide" in served.page("guide"))
    served.wait(lambda: served.output.count("Serving on") > served.output.count("Rebuilding..."))
    assert served.output.count("Rebuilding...") <= 3
    assert set(_read(served.output[before:])) <= {"guide"}
