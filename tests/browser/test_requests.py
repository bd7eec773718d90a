"""Examples as requests: what curl, Python and Node.js really send is what the catalogue says, once.

The only server is one of the tests, on this machine.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, unquote

import pytest
from conftest import CHECKOUT, Project
from hypothesis import given
from profiles import settings
from strategies import as_file, catalogue_with_requests

from sphinxext_stitch.catalogue.composing.examples import body

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from sphinxext_stitch.catalogue.api import Endpoint
    from sphinxext_stitch.catalogue.model import Catalogue, ConnectionObject

CLIENTS = ("curl", "python", "javascript")

#: What the requests read as the secret.
FROM_ENVIRONMENT = 'it\'s "$ecret"'

#: The headers that a client adds to those of a snippet.
OF_CLIENTS = {
    "accept", "accept-encoding", "accept-language", "connection", "content-length", "host", "sec-fetch-mode",
    "user-agent",
}  # fmt: skip

#: All that a reader can see in a page's examples: for each, by format and size, the text.  To ask what is visible would
#: lay out the whole page for each of them.
COLLECT = """async () => {
  const found = [];
  // The script changes what comes near.
  const near = async (box) => {
    box.scrollIntoView();
    while (!box.querySelector(".stitch-choices")) await new Promise(requestAnimationFrame);
  };
  // Examples need no table beside them, and a browser lays the page out for each.
  for (const table of document.querySelectorAll("table")) table.remove();
  for (const box of document.querySelectorAll(".stitch-examples")) {
    await near(box);
    const inputs = (name) => [...box.querySelectorAll(`input[name^="stitch-${name}-"]`)];
    const texts = {};
    for (const size of inputs("size").length ? inputs("size") : [null]) {
      size?.click();
      for (const format of inputs("format")) {
        format.click();
        const shown = [...box.querySelectorAll("pre")].filter((pre) => !pre.closest("[hidden]"));
        texts[`${format.value} ${size?.value ?? "full"}`] = shown.map((pre) => pre.textContent).join("|");
      }
    }
    found.push(texts);
  }
  return found;
}"""


class Request(NamedTuple):
    """What a server gets, without what clients add and may write in different ways."""

    method: str
    target: str
    headers: list[tuple[str, str]]
    body: Any


class Server:
    """A server on this machine, and the requests that it got."""

    def __init__(self) -> None:
        self.got: list[Request] = []
        got = self.got

        class Handler(BaseHTTPRequestHandler):
            """Answers every method."""

            def __getattr__(self, name: str) -> Callable[[], None]:
                if name.startswith("do_"):
                    return self.answer
                raise AttributeError(name)

            def answer(self) -> None:
                method, target, _version = self.requestline.split(" ")
                content = self.rfile.read(int(self.headers["Content-Length"]))
                headers = [(name.lower(), value) for name, value in self.headers.items()]
                got.append(Request(method, same_target(target), sorted(headers), content.decode()))
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_args: object) -> None:
                pass

        self.http = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.http.server_port}"
        Thread(target=self.http.serve_forever, daemon=True).start()

    def taken(self) -> list[Request]:
        """The requests since the last time."""
        taken, self.got[:] = self.got[:], []
        return [request._replace(body=exact(request.body)) for request in taken]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.http.shutdown()
    server.http.server_close()


def same_target(text: str) -> str:
    """A path with its query in one of the forms that RFC 3986, section 6.2.2, says are equivalent."""
    encoded = quote(text, safe="%/?:@!$&()*+,;=~")
    return re.sub(
        "%[0-9A-Fa-f]{2}",
        lambda found: unquote(found[0]) if re.fullmatch(r"[A-Za-z0-9._~-]", unquote(found[0])) else found[0].upper(),
        encoded,
    )


def exact(text: str) -> object:
    """What a JSON text says, with numbers as they are written; a name stands there once."""

    def once(members: list[tuple[str, object]]) -> dict[str, object]:
        assert len(dict(members)) == len(members), text
        return dict(members)

    number = "number {}".format
    return json.loads(text, parse_int=number, parse_float=number, object_pairs_hook=once)


def requests_of(catalogue: Catalogue, address: str) -> Iterator[dict[str, Request]]:
    """For each example on a page of the catalogue, by size, the request that the data describe; none if they do not."""
    for obj in catalogue.objects:
        for step in obj.steps:
            endpoint = catalogue.api.step(step.name).endpoint(obj.kind)
            if endpoint is None or catalogue.api.requests is None:
                yield {}
                continue
            full, minimal = (body(step.properties, step.choices, minimal=minimal) for minimal in (False, True))
            sizes = {"full": full} | ({} if minimal in ({}, full) else {"minimal": minimal})
            yield {size: _request(catalogue, address, obj, endpoint, example) for size, example in sizes.items()}


def _request(catalogue: Catalogue, address: str, obj: ConnectionObject, endpoint: Endpoint, example: Any) -> Request:
    requests, values = catalogue.api.requests, {"{{name}}": obj.name, "{{type}}": obj.type}
    headers = {"content-type": "application/json"} | {
        name.lower(): value.replace("{{token}}", FROM_ENVIRONMENT) for name, value in requests.headers
    }
    content = {
        name: example
        if template == "{{properties}}"
        else re.sub(r"\{\{(name|type)\}\}", lambda found: values[found[0]], template)
        for name, template in endpoint.body
    }
    target = requests.url.removeprefix(address) + endpoint.path
    return Request(endpoint.method, same_target(target), sorted(headers.items()), exact(json.dumps(content or example)))


def _tool(name: str, package: str) -> str:
    """The path of a program; continuous integration fails without it."""
    path = shutil.which(name)
    if path is None:
        message = f"no {name} on PATH; install it, as with “apt-get install {package}”"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return path


def _command(client: str, snippets: list[str], folder: Path) -> list[str | Path]:
    """The command that runs snippets, one after the other."""
    if client == "curl":
        _tool("curl", "curl")
        # As at a prompt, where “!” means something.
        text, name, command = "set -e -o history -o histexpand\n" + "\n".join(snippets), "all.sh", _tool("bash", "bash")
    elif client == "python":
        text, name, command = "\n".join(snippets), "all.py", sys.executable
    else:
        text, name, command = (
            "\n".join(f"{{\n{snippet}\n}}" for snippet in snippets),
            "all.mjs",
            _tool("node", "nodejs"),
        )
    script = folder / name
    script.write_text(text, encoding="utf-8")
    return [command, script]


def sent(client: str, snippets: list[str], server: Server, folder: Path) -> list[Request]:
    """What a client sends to the server."""
    for snippet in snippets:
        assert re.search(r"https?://[^/'\"]*", snippet)[0] == server.address
    # A home without settings of curl, and no way to any other address.
    nowhere = "http://127.0.0.1:1"
    environment = os.environ | {
        "HOME": str(folder), "STITCH_ACCESS_TOKEN": FROM_ENVIRONMENT, "PELICAN_KEY": FROM_ENVIRONMENT,
        "http_proxy": nowhere, "https_proxy": nowhere, "no_proxy": "127.0.0.1",
    }  # fmt: skip
    command = _command(client, snippets, folder)
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    return server.taken()


def check(project: Project, shown: list[dict[str, str]], server: Server) -> list[Request]:
    """Check that all clients send what the catalogue says for each example that a page shows; give what it is."""
    expected = list(requests_of(project.app.env.domains["stitch"].catalogue, server.address))
    for texts, sizes in zip(shown, expected, strict=True):
        has_members = any(exact(texts[f"json {size}"]) != request.body for size, request in sizes.items())
        forms = ("json", *(["body"] if has_members else []), *CLIENTS)
        assert sorted(texts) == sorted(f"{form} {size}" for size in sizes for form in forms)
        for size, request in sizes.items():
            assert exact(texts[f"json {size}"]) in (request.body, *request.body.values())
            assert exact(texts[f"{forms[len(forms) - len(CLIENTS) - 1]} {size}"]) == request.body
    flat = [request for sizes in expected for request in sizes.values()]
    for client in CLIENTS if flat else ():
        snippets = [texts[f"{client} {size}"] for texts, sizes in zip(shown, expected, strict=True) for size in sizes]
        got = sent(client, snippets, server, project.folder)
        assert [_without_additions(request, flat[0]) for request in got] == flat, client
    return flat


def _without_additions(got: Request, expected: Request) -> Request:
    """A request without the headers that the client added."""
    stated = {name for name, _value in expected.headers}
    return got._replace(headers=[header for header in got.headers if header[0] not in OF_CLIENTS - stated])


def test_every_request_of_the_reference(
    make_project: Callable[..., Project], open_page: Callable[..., Page], server: Server
) -> None:
    project = make_project()
    shutil.copytree(CHECKOUT / "data", project.folder / "data")
    api = (CHECKOUT / "data/api.yml").read_text(encoding="utf-8")
    assert api.count("https://api.stitchdata.com\n") == 1
    project.write("data/api.yml", api.replace("https://api.stitchdata.com\n", f"{server.address}\n"))
    project.write("conf.py", 'extensions = ["sphinxext_stitch"]\nstitch_data_path = "data"\n')
    reference = CHECKOUT / "docs/stitch-connect/source-destination-reference.rst"
    project.write("index.rst", reference.read_text(encoding="utf-8"))
    project.build()
    requests = check(project, open_page(project).evaluate(COLLECT), server)
    assert len(requests) > len(project.html().select(".stitch-examples"))
    assert {value for request in requests for name, value in request.headers if name == "authorization"} == {
        f"Bearer {FROM_ENVIRONMENT}"
    }
    created = [request.body for request in requests if request.method == "POST"]
    objects = project.app.env.domains["stitch"].catalogue.objects
    assert {content["type"] for content in created} == {obj.type for obj in objects}
    named = {(content["type"], content["display_name"]) for content in created if "display_name" in content}
    assert named == {(obj.type, obj.name) for obj in objects if obj.kind == "source"}


def test_requests_of_another_platform(pelican: Project, open_page: Callable[..., Page], server: Server) -> None:
    api = (pelican.folder / "data/api.yml").read_text(encoding="utf-8")
    pelican.write("data/api.yml", api.replace("url: https://pelican.example/", f"url: {server.address}/"))
    pelican.write(
        "data/sources/odd.yml",
        'name: It\'s "odd"\ntype: river.odd\nproperties:\n'
        "  - {name: wet, type: boolean, required: true, example: true}\n"
        '  - {name: text, type: string, example: "it\'s </script> \\\\ \\"é🐟\\" $HOME `id` true"}\n'
        "  - {name: reeds, type: array, items: boolean, example: [true, false]}\n",
    )
    pelican.build()
    requests = check(pelican, open_page(pelican).evaluate(COLLECT), server)
    request = next(request for request in requests if "odd" in str(request.body) and "text" in request.body["needs"])
    assert request == Request(
        "POST",
        "/api/rivers",
        [("content-type", "application/json"), ("x-fish", "it's $5"), ("x-pelican", FROM_ENVIRONMENT)],
        {
            "what": "river.odd",
            "title": 'River It\'s "odd"',
            "needs": {"wet": True, "text": 'it\'s </script> \\ "é🐟" $HOME `id` true', "reeds": [True, False]},
        },
    )
    # A verification has no template for its body: its properties are the body.
    assert ("PATCH", "/api/rivers/%7Bid%7D", {"code": "number 123456"}) in [
        (request.method, request.target, request.body) for request in requests
    ]


# ---------------------------------------------------------------- what could become something else

ODD_API = """\
name: Odd
steps:
  form: {{title: Form, endpoint: create}}
  path: {{title: Path, endpoint: path}}
  twice: {{title: Twice, endpoint: twice}}
  nowhere: {{title: Nowhere}}
requests:
  url: {address}/
  token: PELICAN_KEY
  headers: {{content-type: application/vnd.odd+json, X-Odd: "hi!you $HOME `id` it's \\"\\\\\", X-Key: "{{{{ token }}}}, {{{{token}}}}"}}
endpoints:
  create:
    title: Create
    method: POST
    path: /create
    body: {{text: "{{{{ type }}}} {{{{ type }}}} {{{{ name }}}}", all: "{{{{ properties }}}}"}}
  path: {{title: Path, method: POST, path: "/é[1-3]/{{a,b}}/'x'?y[]='!z"}}
  twice: {{title: Twice, method: POST, path: /twice, body: {{first: "{{{{ properties }}}}", second: "{{{{ properties }}}}"}}}}
  undefined: {{title: Undefined, method: POST, path: /undefined}}
"""

ODD_NUMBERS = ("1152921504606846976", "9007199254740993", "-" + "9" * 100, "1.0", "-0.0", "1e+99", "1.5", "1e-99")

PLAIN = [{"name": "a", "type": "string", "example": "b"}]

#: The data of each object, by key.
ODD_OBJECTS: dict[str, dict[str, Any]] = {
    "source/proto": {
        "name": "Proto",
        "type": "odd.proto",
        "properties": [
            {"name": "__proto__", "type": "string", "example": "`${HOME} \\` \\${x"},
            {"name": "nested", "type": "object", "example": {"__proto__": "y", "constructor": "z"}},
        ],
    },
    "source/numbers": {
        "name": "Numbers",
        "type": "odd.numbers",
        "properties": [
            {"name": f"n{index}", "type": "number", "example": value} for index, value in enumerate(ODD_NUMBERS)
        ],
    },
    "source/variables": {"name": "N{{type}}{{name}}", "type": "x{{name}}{{ type }}", "properties": PLAIN},
    "source/steps": {
        "name": "Steps",
        "type": "odd.steps",
        "properties": PLAIN,
        **{step: {"properties": PLAIN} for step in ("path", "twice", "nowhere")},
    },
    "destination/title": {
        "name": "A source connection property object",
        "type": "odd.title",
        "properties": PLAIN,
    },
}


class Odd(NamedTuple):
    """The folder of a project of these objects, and what its page shows of each of their steps, by format and size."""

    folder: Path
    shown: dict[tuple[str, str], dict[str, str]]


@pytest.fixture(scope="module")
def odd(browser: Browser, server: Server, tmp_path_factory: pytest.TempPathFactory) -> Odd:
    project = Project(tmp_path_factory.mktemp("odd"))
    project.write("data/api.yml", ODD_API.format(address=server.address))
    for key, data in ODD_OBJECTS.items():
        project.write(f"data/{key.replace('/', 's/')}.yml", as_file(data))
    shown = collected(project, browser)
    assert project.warnings == []
    objects = project.app.env.domains["stitch"].catalogue.objects
    steps = [(f"{obj.kind}/{obj.key}", step.name) for obj in objects for step in obj.steps]
    return Odd(project.folder, dict(zip(steps, shown, strict=True)))


def collected(project: Project, browser: Browser) -> list[dict[str, str]]:
    """What the page of all objects of a project shows of their examples, in the theme that is built fastest."""
    project.write("conf.py", 'extensions = ["sphinxext_stitch"]\nstitch_data_path = "data"\n')
    project.write("index.rst", "Test\n====\n\n.. connection-property::\n")
    project.build(html_theme="basic")
    project.close()
    page = browser.new_page()
    page.goto(f"{project.app.outdir.as_uri()}/index.html")
    shown = page.evaluate(COLLECT)
    page.close()
    return shown


@pytest.fixture(params=CLIENTS)
def send_odd(request: pytest.FixtureRequest, odd: Odd, server: Server) -> Callable[..., Request]:
    """Send, with a client, what is shown of a step of an object: one request."""

    def send(key: str, step: str = "form") -> Request:
        [got] = sent(request.param, [odd.shown[key, step][f"{request.param} full"]], server, odd.folder)
        return got

    return send


def test_a_property_that_is_a_word_of_javascript(send_odd: Callable[..., Request]) -> None:
    assert send_odd("source/proto").body["all"] == {
        "__proto__": "`${HOME} \\` \\${x",
        "nested": {"__proto__": "y", "constructor": "z"},
    }


def test_numbers_beyond_those_of_javascript(send_odd: Callable[..., Request]) -> None:
    assert send_odd("source/numbers").body["all"] == {
        f"n{index}": f"number {value}" for index, value in enumerate(ODD_NUMBERS)
    }


def test_variables_are_filled_in_once(send_odd: Callable[..., Request]) -> None:
    kind = "x{{name}}{{ type }}"
    assert send_odd("source/variables").body["text"] == f"{kind} {kind} N{{{{type}}}}{{{{name}}}}"


def test_a_name_with_the_words_of_a_title(send_odd: Callable[..., Request]) -> None:
    name = "A source connection property object"
    assert send_odd("destination/title").body["text"] == f"odd.title odd.title {name}"


def test_properties_twice_in_a_body(send_odd: Callable[..., Request]) -> None:
    assert send_odd("source/steps", "twice").body == {"first": {"a": "b"}, "second": {"a": "b"}}


def test_a_path_with_brackets_and_braces_is_one_path(send_odd: Callable[..., Request]) -> None:
    assert send_odd("source/steps", "path").target == "/%C3%A9%5B1-3%5D/%7Ba,b%7D/%27x%27?y%5B%5D=%27!z"


def test_headers_of_the_data_are_sent_once(send_odd: Callable[..., Request]) -> None:
    assert [header for header in send_odd("source/steps").headers if header[0] not in OF_CLIENTS] == [
        ("content-type", "application/vnd.odd+json"),
        ("x-key", f"{FROM_ENVIRONMENT}, {FROM_ENVIRONMENT}"),
        ("x-odd", "hi!you $HOME `id` it's \"\\"),
    ]


def test_a_step_without_an_endpoint_has_no_requests(odd: Odd) -> None:
    # One endpoint has the name that JavaScript gives to what is not there.
    assert [step for step, texts in odd.shown.items() if not texts] == [("source/steps", "nowhere")]


def test_a_body_of_javascript_is_an_object_unless_it_would_become_another_one(odd: Odd) -> None:
    texts = {key: shown["javascript full"] for (key, step), shown in odd.shown.items() if step == "form"}
    as_text = {key for key, text in texts.items() if "body: String.raw`{" in text}
    assert as_text == {"source/proto", "source/numbers"}
    assert {key for key, text in texts.items() if "body: JSON.stringify({" in text} == texts.keys() - as_text


# ---------------------------------------------------------------- whatever the data are


def test_whatever_the_data_are_requests_are_as_they_say(browser: Browser, server: Server) -> None:
    total = 0

    @settings(max_examples=max(10, settings.default.max_examples // 20))
    @given(catalogue_with_requests(server.address))
    def law(files: dict[str, Any]) -> None:
        nonlocal total
        with tempfile.TemporaryDirectory() as folder:
            project = Project(Path(folder))
            for name, data in files.items():
                project.write(f"data/{name}.yml", as_file(data))
            total += len(check(project, collected(project, browser), server))

    law()
    assert total > 100
