"""Examples: their sizes, and the same as requests that really work."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from conftest import CHECKOUT
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Project
    from playwright.sync_api import Locator, Page

REFERENCE = "stitch-connect/source-destination-reference"
BROOK = "source-form-properties-brook-object"

#: All that a reader can see in a page's examples: for each, by format and size, the text.  To ask what is visible would
#: lay out the whole page for each of them.
COLLECT = """async () => {
  const found = [];
  // Examples need no table beside them, and a browser lays the page out for each that it scrolls to.
  for (const table of document.querySelectorAll("table")) table.remove();
  const frame = () => new Promise(requestAnimationFrame);
  for (const box of document.querySelectorAll(".stitch-examples")) {
    box.scrollIntoView({behavior: "instant"});
    while (!box.classList.contains("stitch-chosen")) await frame();
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

FROM_ENVIRONMENT = 'it\'s "$ecret"'


def _tool(name: str, package: str) -> str:
    """The path of a program; continuous integration fails without it."""
    path = shutil.which(name)
    if path is None:
        message = f"no {name} on PATH; install it, as with “apt-get install {package}”"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return path


def _run(*command: str | Path) -> str:
    environment = {**os.environ, "STITCH_ACCESS_TOKEN": FROM_ENVIRONMENT, "PELICAN_KEY": FROM_ENVIRONMENT}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _sent_by_curl(snippets: list[str], folder: Path) -> list[Any]:
    """What snippets for a shell send: method, address, headers and body of each."""
    script = folder / "all.sh"
    stub = "curl() { printf '%s\\0' \"$@\"; printf 'end\\0'; }\n"
    script.write_text(stub + "\n".join(snippets), encoding="utf-8")
    bash = _tool("bash", "bash")
    _run(bash, "-n", script)
    sent = []
    for call in _run(bash, script).split("\0end\0")[:-1]:
        arguments = call.split("\0")
        headers = [arguments[place + 1] for place, option in enumerate(arguments) if option == "-H"]
        pairs = dict(header.split(": ", 1) for header in headers)
        sent.append([arguments[1], arguments[2], pairs, json.loads(arguments[-1])])
    return sent


def _sent_by_javascript(snippets: list[str], folder: Path) -> list[Any]:
    """What snippets for Node.js send."""
    script = folder / "all.mjs"
    stub = (
        "globalThis.fetch = async (url, {method, headers, body}) => {\n"
        "  process.stdout.write(JSON.stringify([method, url, headers, JSON.parse(body)]) + '\\n');\n"
        "  return {ok: true, json: async () => ({})};\n"
        "};\nconsole.log = () => {};\n"
    )
    script.write_text(stub + "\n".join(f"{{\n{snippet}\n}}" for snippet in snippets), encoding="utf-8")
    node = _tool("node", "nodejs")
    _run(node, "--check", script)
    return [json.loads(line) for line in _run(node, script).splitlines()]


def _sent_by_python(snippets: list[str], folder: Path) -> list[Any]:
    """What snippets for Python send."""
    (folder / "requests.py").write_text(
        "import json\n"
        "class Response:\n"
        "    raise_for_status = json = lambda self: None\n"
        "def request(method, url, *, headers, json: object):\n"
        "    sent.append([method, url, headers, json])\n"
        "    return Response()\n"
        "sent = []\n",
        encoding="utf-8",
    )
    for number, snippet in enumerate(snippets):
        compile(snippet, f"snippet{number}", "exec")
    end = "import json, requests, sys\njson.dump(requests.sent, sys.stdout)\n"
    script = folder / "all.py"
    script.write_text("\n".join(["print = lambda *_: None", *snippets, end]), encoding="utf-8")
    return json.loads(_run(sys.executable, script))


def _check(found: list[dict[str, str]], folder: Path) -> list[Any]:
    """Check that every snippet is valid, and that those of one example send the same; give what curl sends."""
    sizes = [(texts, size) for texts in found for size in ("full", "minimal") if f"json {size}" in texts]
    bodies = [json.loads(texts[f"json {size}"]) for texts, size in sizes]
    shell, script, python = (
        [texts[f"{name} {size}"] for texts, size in sizes] for name in ("curl", "javascript", "python")
    )
    sent = _sent_by_curl(shell, folder)
    with_type = [[*others, headers | {"Content-Type": "application/json"}, body] for *others, headers, body in sent]
    assert with_type == sent
    assert _sent_by_javascript(script, folder) == sent
    by_python = _sent_by_python(python, folder)
    assert [
        [*others, headers | {"Content-Type": "application/json"}, body] for *others, headers, body in by_python
    ] == sent
    assert all(body in (made, *made.values()) for body, (*_others, made) in zip(bodies, sent, strict=True))
    return sent


def test_every_request_of_the_reference(make_project: Callable[..., Project], open_page: Callable[..., Page]) -> None:
    project = make_project()
    project.write("conf.py", 'extensions = ["sphinx_design", "sphinxext_stitch"]\n')
    project.write("index.rst", (CHECKOUT / f"docs/{REFERENCE}.rst").read_text(encoding="utf-8"))
    project.build()
    sent = _check(open_page(project).evaluate(COLLECT), project.folder)
    assert len(sent) > len(project.html().select(".stitch-examples"))
    assert {headers["Authorization"] for _method, _url, headers, _body in sent} == {f"Bearer {FROM_ENVIRONMENT}"}
    created = [body for method, _url, _headers, body in sent if method == "POST"]
    objects = project.app.env.domains["stitch"].catalogue.objects
    assert {body["type"] for body in created} == {obj.type for obj in objects}
    named = {(body["type"], body["display_name"]) for body in created if "display_name" in body}
    assert named == {(obj.type, obj.name) for obj in objects if obj.kind == "source"}


def test_requests_of_another_platform(pelican: Project, open_page: Callable[..., Page]) -> None:
    pelican.write(
        "data/sources/odd.yml",
        'name: It\'s "odd"\ntype: river.odd\nproperties:\n'
        "  - {name: wet, type: boolean, required: true, example: true}\n"
        '  - {name: text, type: string, example: "it\'s </script> \\\\ \\"é🐟\\" $HOME `id` true"}\n'
        "  - {name: reeds, type: array, items: boolean, example: [true, false]}\n",
    )
    pelican.build()
    sent = _check(open_page(pelican).evaluate(COLLECT), pelican.folder)
    method, url, headers, body = next(call for call in sent if "odd" in str(call[-1]) and "text" in call[-1]["needs"])
    assert (method, url) == ("POST", "https://pelican.example/api/rivers")
    assert headers == {"X-Pelican": FROM_ENVIRONMENT, "X-Fish": "it's $5", "Content-Type": "application/json"}
    assert body == {
        "what": "river.odd",
        "title": 'River It\'s "odd"',
        "needs": {"wet": True, "text": 'it\'s </script> \\ "é🐟" $HOME `id` true', "reeds": [True, False]},
    }
    # A verification has no template for its body: its properties are the body.
    assert ["PATCH", "https://pelican.example/api/rivers/{id}", {"code": 123456}] in [
        [method, url, body] for method, url, _headers, body in sent
    ]


def _examples(page: Page) -> Locator:
    examples = page.locator(f"#{BROOK} .stitch-examples").first
    examples.scroll_into_view_if_needed()
    return examples


def _choose(examples: Locator, label: str) -> None:
    examples.get_by_text(label, exact=True).click()


def test_the_choice_is_kept(pelican: Project, open_page: Callable[..., Page]) -> None:
    pelican.write("second.rst", "Second\n======\n\n.. connection-property:: pond.lake\n   :no-index:\n")
    pelican.build()
    page = open_page(pelican, web=True)
    examples = _examples(page)
    _choose(examples, "Minimal")
    _choose(examples, "Python")
    expect(examples.locator("pre:visible")).to_contain_text("import requests")
    expect(examples.locator("pre:visible")).not_to_contain_text("depth")
    other = page.locator("#destination-form-properties-lake-object .stitch-examples")
    other.scroll_into_view_if_needed()
    expect(other.locator("pre:visible")).to_contain_text("import requests")
    page.goto("https://pelican.example/second.html")
    page.locator(".stitch-examples").scroll_into_view_if_needed()
    expect(page.get_by_role("radio", name="Python")).to_be_checked()
    expect(page.locator(".stitch-examples pre:visible")).to_contain_text("import requests")


def test_formats_by_keyboard(pelican: Project, open_page: Callable[..., Page]) -> None:
    pelican.build()
    examples = _examples(open_page(pelican))
    examples.get_by_role("radio", name="JSON").focus()
    examples.page.keyboard.press("ArrowRight")
    expect(examples.get_by_role("radio", name="curl")).to_be_checked()
    expect(examples.locator("pre:visible")).to_contain_text("curl -X POST")


def test_copy(pelican: Project, open_page: Callable[..., Page]) -> None:
    pelican.build()
    page = open_page(pelican, web=True, permissions=["clipboard-read", "clipboard-write"])
    examples = _examples(page)
    for label in ("JSON", "curl"):
        _choose(examples, label)
        examples.get_by_role("button", name="Copy").click()
        expect(page.get_by_role("status").last).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == examples.locator("pre:visible").text_content()


def test_without_javascript_both_bodies_are_there(pelican: Project, open_page: Callable[..., Page]) -> None:
    pelican.build()
    page = open_page(pelican, java_script_enabled=False)
    examples = page.locator(f"#{BROOK} .stitch-examples").first
    expect(examples.get_by_text("Full: every property that can be sent.")).to_be_visible()
    expect(examples.get_by_text("Minimal: only what must be sent.")).to_be_visible()
    full, minimal = (json.loads(text) for text in examples.locator("pre").all_text_contents())
    assert minimal == {name: full[name] for name in ("since", "token")}
    expect(examples.locator("input")).to_have_count(0)


def test_without_requests_examples_are_bodies(pelican: Project, open_page: Callable[..., Page]) -> None:
    text = (pelican.folder / "data/api.yml").read_text(encoding="utf-8")
    pelican.write("data/api.yml", text[: text.index("requests:")])
    pelican.build()
    examples = _examples(open_page(pelican))
    expect(examples.get_by_role("radio")).to_have_count(2)
    _choose(examples, "Minimal")
    assert json.loads(examples.locator("pre:visible").text_content()).keys() == {"since", "token"}


def test_bodies_have_colours(pelican: Project, open_page: Callable[..., Page]) -> None:
    pelican.build()
    body = _examples(open_page(pelican)).locator("pre").first
    expect(body.locator(".nt").first).to_be_visible()
    colors = {kind: body.locator(f".{kind}").all_text_contents() for kind in ("nt", "s2", "mi", "kc")}
    shown = json.loads(body.text_content())
    assert set(shown) <= set(map(json.loads, colors.pop("nt")))
    values = [json.loads(text) for texts in colors.values() for text in texts]
    assert [value for value in shown.values() if isinstance(value, str | int | bool) and value not in values] == []
