"""Clients that validate before they send, as a how-to guide shows them, and their validator."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from conftest import CHECKOUT, Project, node

from sphinxext_stitch.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EXAMPLE = CHECKOUT / "docs/examples/validate-before-sending"
VALIDATOR = CHECKOUT / "sphinxext_stitch/html/static/sphinxext-stitch-json-schema.js"


class Server(ThreadingHTTPServer):
    """Has the pages of a project, and keeps what clients send."""

    sent: list[Any]


class Handler(SimpleHTTPRequestHandler):
    """Serves files, and takes JSON."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        assert isinstance(self.server, Server)
        self.server.sent.append((self.path, json.loads(body)))
        self.send_response(201)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("clients") / "project"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("_build"))
    project = Project(folder)
    project.build()
    project.close()
    assert project.warnings == []
    made = Server(("127.0.0.1", 0), partial(Handler, directory=str(project.app.outdir)))
    made.sent = []
    thread = Thread(target=made.serve_forever)
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def command(client: str, folder: Path) -> list[str]:
    """The command that runs a client."""
    if client == "client.py":
        return [sys.executable, str(EXAMPLE / client)]
    # The package that the guide installs, from the file that is made of it.
    shutil.copy(EXAMPLE / client, folder)
    package = folder / "node_modules/@cfworker/json-schema"
    package.mkdir(parents=True)
    text = VALIDATOR.read_text(encoding="utf-8")
    (package / "index.mjs").write_text(f"{text}\nexport const {{ Validator }} = stitchJsonSchema;\n", encoding="utf-8")
    (package / "package.json").write_text('{"exports": "./index.mjs"}', encoding="utf-8")
    return [node(), str(folder / client)]


@pytest.mark.parametrize("client", ["client.py", "client.mjs"])
@pytest.mark.parametrize(
    ("properties", "places"),
    [
        ({"api_key": "k", "days": 7}, []),
        ({"days": "7"}, [r"\$\.days|#/days", "api_key"]),
        ({"api_key": "k", "days": 100}, [r"\$\.days|#/days"]),
    ],
)
def test_a_client_sends_only_what_is_valid(
    server: Server, tmp_path: Path, client: str, properties: dict[str, Any], places: list[str]
) -> None:
    file = tmp_path / "properties.json"
    file.write_text(json.dumps(properties), encoding="utf-8")
    address = f"http://127.0.0.1:{server.server_port}"
    environment = os.environ | {"ACME_DOCS": address, "ACME_API": address, "no_proxy": "127.0.0.1"}
    done = subprocess.run(
        [*command(client, tmp_path), str(file)], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (int(bool(places)), "")
    assert [place for place in places if not re.search(place, done.stdout)] == []
    expected = [] if places else [("/sources", {"type": "acme.shop", "properties": properties})]
    assert server.sent == expected
    server.sent.clear()


def test_the_command_says_what_the_guide_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    guide = (CHECKOUT / "docs/how-to/validate-before-sending.md").read_text(encoding="utf-8")
    (tmp_path / "properties.json").write_text('{"api_key": "k", "days": "7"}', encoding="utf-8")
    shutil.copytree(EXAMPLE / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    (line,) = re.findall(r"^sphinxext-stitch (validate .*)$", guide, re.MULTILINE)
    assert main(line.split()) == 1
    assert f"```text\n{capsys.readouterr().out}```" in guide


def test_the_validator_is_what_it_says() -> None:
    raw = VALIDATOR.read_bytes()
    manual = (CHECKOUT / "docs/explanation/dependencies.md").read_text(encoding="utf-8")
    name, version = re.search(r"(@cfworker/json-schema) (\S+),", raw.decode()).groups()
    assert f"| [{name}]" in manual
    assert f"| {version} |" in manual
    assert sha256(raw).hexdigest() in manual
    assert b"MIT License" in raw
