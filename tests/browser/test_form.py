"""The form beside an example: what readers fill in, what they are told, and what becomes of it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import CHECKOUT, Project
from playwright.sync_api import expect

from .conftest import SITE
from .test_policy import LISTEN, POLICY
from .test_requests import FROM_ENVIRONMENT, Server, exact, sent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Locator, Page

CONF = 'extensions = ["sphinxext_stitch"]\nstitch_data_path = "data"\nhtml_theme = "{theme}"\n'

API = """\
name: Test
steps: {form: {title: Properties, endpoint: {source: create}}, oauth: {title: Sign-in, required: false}}
endpoints:
  create: {title: Add, kind: source, method: POST, path: /sources, body: {type: "{{ type }}", properties: "{{ properties }}"}}
requests: {url: "%s", token: API_TOKEN, headers: {Authorization: "Bearer {{ token }}"}}
"""

SHOP = """\
name: Shop
type: test.shop
one_of: {Token: [token], Login: [user, login.password]}
groups: [timing, spare]
properties:
  - {name: token, type: string, secret: true, min_length: 4, description: Opens *the* shop.}
  - {name: user, type: string}
  - {name: ssl, type: string, values: ["true", "false"], required: true}
  - {name: mode, type: string, values: [fast, slow], default: slow}
  - {name: host, type: string, format: hostname, required_if: {mode: fast}, example: shop.example}
  - {name: speed, type: integer, applies_if: {mode: fast}, minimum: 5}
  - {name: size, type: integer, applies_if: {mode: fast}}
  - {name: size, type: string, values: [big, small], applies_if: {mode: slow}}
  - {name: port, type: integer, title: Gate, unit: steps, default: 80, maximum: 65535}
  - {name: tls, type: boolean}
  - {name: any, type: [integer, string]}
  - {name: since, type: string, format: date, nullable: true}
  - {name: options, type: object, example: {a: 1}}
  - {name: project_id, type: string, read_only: true}
  - {name: inner, type: string, internal: true}
  - {name: headers, type: object, entries: {name: header, type: string}}
  - name: login
    type: object
    properties:
      - {name: password, type: string, secret: true}
      - {name: code, type: integer, secret: true}
  - name: reports
    type: array
    properties: [{name: days, type: integer, required: true}, {name: tags, type: array, items: string}]
oauth: {properties: [{name: id, type: string, read_only: true}]}
"""

TIMING = "title: Timing\nproperties: [{name: pace, type: integer, required: true, description: How often.}]\n"

BOX = "#source-form-properties-shop-object .stitch-examples"


def make_shop(folder: Any, url: str = "https://api.example", theme: str = "alabaster") -> Project:
    """A project with one object that has all kinds of fields, and one without properties."""
    project = Project(folder)
    project.write("conf.py", CONF.format(theme=theme))
    project.write("index.rst", "Shops\n=====\n\n.. connection-property::\n")
    project.write("data/api.yml", API % url)
    project.write("data/groups/timing.yml", TIMING)
    project.write("data/groups/spare.yml", "title: Spare\nproperties: [{name: colour, type: string}]\n")
    project.write("data/sources/shop.yml", SHOP)
    project.write("data/sources/none.yml", "name: None\ntype: test.none\n")
    project.build()
    project.close()
    assert project.warnings == []
    return project


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return make_shop(tmp_path_factory.mktemp("shop"))


@pytest.fixture
def page(shop: Project, open_page: Callable[..., Page]) -> Page:
    """A page from disk, with the form open."""
    page = open_page(shop)
    open_form(page)
    return page


def open_form(page: Page) -> Locator:
    """Open the form, with all of its fields."""
    examples = page.locator(BOX).first
    examples.scroll_into_view_if_needed()
    examples.get_by_role("button", name="Fill in and check").click()
    examples.get_by_role("checkbox", name="Required only").uncheck()
    return examples


def field(page: Page, name: str) -> Locator:
    """The field of a property; a name that depends on the case has one that is visible."""
    heads = page.locator(".stitch-field > label", has=page.locator("code", has_text=re.compile(f"^{re.escape(name)}$")))
    return heads.locator("xpath=following-sibling::*[self::input or self::select or self::textarea]").filter(
        visible=True
    )


def choose_format(page: Page, name: str) -> str:
    """Choose a format; gives what is shown."""
    page.locator(BOX).first.get_by_text(name, exact=True).click()
    return page.locator(BOX).first.locator("pre:visible").text_content()


#: Whether the block that is shown has a JSON value, in whatever order.
HAS = """([selector, expected]) => {
  const sorted = (value) => JSON.stringify(value, (_, one) =>
    one && typeof one === "object" && !Array.isArray(one) ? Object.fromEntries(Object.entries(one).sort()) : one);
  const shown = [...document.querySelector(selector).querySelectorAll("pre")].find((pre) => !pre.closest("[hidden]"));
  return sorted(JSON.parse(shown.textContent)) === sorted(expected);
}"""


def expect_json(page: Page, value: Any) -> None:
    """Expect what the form makes."""
    page.wait_for_function(HAS, arg=[BOX, value], timeout=5_000)


def check(page: Page) -> Locator:
    """Press “Check”; gives the summary."""
    page.locator(BOX).first.get_by_role("button", name="Check", exact=True).first.click()
    return page.locator(BOX).first.locator("form .stitch-problems")


# ---------------------------------------------------------------- how it is opened


@pytest.mark.parametrize("web", [False, True], ids=["disk", "web"])
def test_it_is_loaded_when_it_is_opened(shop: Project, open_page: Callable[..., Page], *, web: bool) -> None:
    page = open_page(shop, web=web)
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url.partition("?")[0].rpartition("/")[2]))
    box = page.locator(BOX).first
    box.scroll_into_view_if_needed()
    button = box.get_by_role("button", name="Fill in and check")
    expect(button).to_have_attribute("aria-expanded", "false")
    before = box.locator("pre:visible").text_content()
    assert loaded == []
    button.click()
    expect(box.get_by_role("form", name="Fill in Shop")).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    assert sorted(loaded) == [
        "form-words.js", "shop.form.js", "sphinxext-stitch-check.js", "sphinxext-stitch-fields.js",
        "sphinxext-stitch-form.css", "sphinxext-stitch-form.js", "sphinxext-stitch-json-schema.js",
    ]  # fmt: skip
    field(page, "pace").fill("7")
    expect_json(page, {"pace": 7})
    button.click()
    expect(box.get_by_role("form")).to_be_hidden()
    expect(box.locator("pre:visible")).to_have_text(before)
    button.click()
    expect_json(page, {"pace": 7})
    assert len(loaded) == 7


def test_it_says_so_if_it_cannot_be_loaded(shop: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(shop, web=True)
    page.route("**/*form-words.js", lambda route: route.abort())
    box = page.locator(BOX).first
    box.scroll_into_view_if_needed()
    box.get_by_role("button", name="Fill in and check").click()
    expect(page.get_by_role("status")).to_have_text("The form could not be loaded.")
    page.unroute("**/*form-words.js")
    open_form(page)


def test_what_has_nothing_to_fill_in_has_no_button(shop: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(shop)
    for box in page.locator(".stitch-examples").all():
        box.scroll_into_view_if_needed()
        expect(box.get_by_role("link", name="JSON Schema")).to_be_visible()
    expect(page.get_by_role("button", name="Fill in and check")).to_have_count(1)


def test_without_the_files_there_is_no_button(pelican: Project, open_page: Callable[..., Page]) -> None:
    pelican.build(stitch_json=False)
    page = open_page(pelican)
    box = page.locator(".stitch-examples").first
    box.scroll_into_view_if_needed()
    expect(box.locator(".stitch-choices")).to_be_visible()
    expect(box.get_by_role("button", name="Fill in and check")).to_have_count(0)


def test_under_a_strict_policy(shop: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(shop, "search.html", web=True, headers={"Content-Security-Policy": POLICY})
    page.add_init_script(LISTEN)
    page.goto(f"{SITE}index.html")
    open_form(page)
    field(page, "port").fill("99999")
    field(page, "port").press("Tab")
    expect(page.get_by_text("must be at most 65535; found 99999")).to_be_visible()
    assert page.evaluate("window.refused.filter((one) => !/inline/.test(one))") == []


# ---------------------------------------------------------------- its fields


def test_labels(page: Page) -> None:
    port = field(page, "port")
    expect(port).to_have_accessible_name("Gate port")
    expect(port).to_have_accessible_description(re.compile("integer, steps Range: at most 65,535 .*"))
    expect(port).to_have_attribute("placeholder", "80")
    expect(field(page, "ssl")).to_have_accessible_description(re.compile("^string, required"))
    expect(field(page, "token")).to_have_accessible_description(
        re.compile("^string, required Opens the shop. More.*environment variable TOKEN.")
    )
    expect(field(page, "host")).to_have_attribute("placeholder", "shop.example")
    for absent in ("project_id", "inner"):
        expect(field(page, absent)).to_have_count(0)
    group = page.locator(BOX).first.get_by_role("group", name="Timing")
    expect(group.get_by_label("pace")).to_be_visible()


def test_a_field_links_its_row(page: Page) -> None:
    page.locator(".stitch-hint").get_by_role("link", name="More pace").click()
    assert page.evaluate("location.hash") == "#source-form-properties-shop-object.form.pace"


def test_every_kind_of_value(page: Page) -> None:
    field(page, "ssl").select_option("false")
    field(page, "mode").select_option("fast")
    field(page, "speed").fill("7")
    field(page, "size").fill("1")
    field(page, "tls").select_option("true")
    field(page, "any").fill("12")
    field(page, "options").fill('{"b": [null]}')
    field(page, "pace").fill("3")
    page.get_by_label("Send null").check()
    value = {
        "ssl": "false", "mode": "fast", "speed": 7, "size": 1, "tls": True, "any": 12, "since": None,
        "options": {"b": [None]}, "pace": 3,
    }  # fmt: skip
    expect_json(page, value)
    field(page, "any").fill("twelve")
    page.get_by_label("Send null").uncheck()
    field(page, "since").fill("2030-01-31")
    field(page, "tls").select_option("not sent")
    del value["tls"]
    expect_json(page, value | {"any": "twelve", "since": "2030-01-31"})


def test_conditions_appear_and_go(page: Page) -> None:
    speed, host = field(page, "speed"), field(page, "host")
    expect(speed).to_have_count(0)
    expect(host).to_have_accessible_description(re.compile("^string Format"))
    # The default is “slow”.
    expect(field(page, "size").locator("option")).to_have_text(["not sent", "big", "small"])
    field(page, "mode").select_option("fast")
    expect(speed).to_be_visible()
    expect(host).to_have_accessible_description(re.compile("^string, required"))
    expect(field(page, "size")).to_have_role("textbox")
    speed.fill("9")
    expect_json(page, {"mode": "fast", "speed": 9})
    field(page, "mode").select_option("slow")
    expect(speed).to_have_count(0)
    expect_json(page, {"mode": "slow"})
    field(page, "mode").select_option("fast")
    expect(speed).to_have_value("9")


def test_one_of_several_sets(page: Page) -> None:
    choice = page.get_by_label("Send one of")
    expect(choice.locator("option")).to_have_text(["Token (token)", "Login (user, login.password)"])
    expect(field(page, "user")).to_have_count(0)
    expect(field(page, "password")).to_have_count(0)
    field(page, "token").fill("abcd")
    choice.select_option("Login (user, login.password)")
    expect(field(page, "token")).to_have_count(0)
    field(page, "user").fill("a")
    field(page, "password").fill("b")
    expect_json(page, {"user": "a", "login": {"password": "<LOGIN_PASSWORD>"}})


def test_lists_and_free_names(page: Page) -> None:
    reports = page.locator(BOX).first.get_by_role("group", name="reports")
    reports.get_by_role("button", name="Add to reports").click()
    expect(reports.get_by_label("days")).to_be_focused()
    page.keyboard.type("7")
    reports.get_by_role("button", name="Add to tags").click()
    page.keyboard.type("x")
    reports.get_by_role("button", name="Add to reports").click()
    headers = page.locator(BOX).first.get_by_role("group", name="headers")
    headers.get_by_role("button", name="Add to headers").click()
    page.keyboard.type("X-A")
    headers.get_by_label("Value").fill("1")
    expect_json(page, {"headers": {"X-A": "1"}, "reports": [{"days": 7, "tags": ["x"]}, {}]})
    summary = check(page)
    expect(summary.get_by_role("link", name="reports[1].days: is missing; it is required")).to_be_visible()
    reports.get_by_role("button", name="Remove Item 1").last.click()
    expect_json(page, {"headers": {"X-A": "1"}, "reports": [{}]})
    expect(summary.get_by_role("link", name="reports[0].days: is missing; it is required")).to_be_visible()


def test_only_what_is_required(page: Page) -> None:
    page.reload()
    page.locator(BOX).first.get_by_role("button", name="Fill in and check").click()
    only = page.locator(BOX).first.get_by_role("checkbox", name="Required only")
    # A long form begins with them.
    expect(only).to_be_checked()
    expect(field(page, "ssl")).to_be_visible()
    expect(field(page, "port")).to_have_count(0)
    expect(field(page, "host")).to_have_count(0)
    # A group of the page with nothing that is required.
    expect(page.get_by_role("group", name="Spare")).to_be_hidden()
    only.uncheck()
    expect(page.get_by_role("group", name="Spare")).to_be_visible()
    field(page, "mode").select_option("fast")
    only.check()
    # What is required now, and what is filled in.
    expect(field(page, "host")).to_be_visible()
    expect(field(page, "mode")).to_be_visible()


# ---------------------------------------------------------------- what is missing or wrong


def test_a_wrong_value_is_said_at_its_field(page: Page) -> None:
    port = field(page, "port")
    port.fill("99999")
    expect(port).to_have_attribute("aria-invalid", "false")
    port.press("Tab")
    expect(port).to_have_attribute("aria-invalid", "true")
    expect(port).to_have_accessible_description(re.compile("must be at most 65535; found 99999$"))
    port.fill("9")
    expect(port).to_have_attribute("aria-invalid", "false")


def test_what_is_missing_is_said_in_a_summary(page: Page) -> None:
    field(page, "mode").select_option("fast")
    field(page, "speed").fill("2")
    field(page, "token").fill("abc")
    summary = check(page)
    expect(summary).to_be_focused()
    links = summary.get_by_role("link")
    # In the order of the page.
    messages = {
        "ssl": "ssl: is missing; it is required",
        "host": 'host: is missing; it is required if “mode” is "fast"',
        "token": "token: must have at least 4 characters; it has 3",
        "speed": "speed: must be at least 5; found 2",
        "pace": "pace: is missing; it is required",
    }
    expect(links).to_have_text([*messages.values()])
    address = page.url
    for name, message in messages.items():
        summary.get_by_role("link", name=message).click()
        expect(field(page, name)).to_be_focused()
    assert page.url == address
    for name, value in {"token": "abcd", "host": "shop.example", "speed": "5", "pace": "1"}.items():
        field(page, name).fill(value)
    expect(links).to_have_count(1)
    field(page, "ssl").select_option("true")
    expect(summary).to_have_text("Nothing is missing or wrong.")


def test_the_example_and_nothing(page: Page) -> None:
    box = page.locator(BOX).first
    example = json.loads(box.locator("pre").first.text_content())
    box.get_by_role("button", name="Start from the example").click()
    summary = check(page)
    expect(summary).to_have_text("Nothing is missing or wrong.")
    expect_json(page, example | {"login": {"code": "<LOGIN_CODE>"}})
    box.get_by_role("button", name="Clear").click()
    expect_json(page, {})
    expect(summary).to_be_hidden()


def paste(page: Page, payload: str) -> Locator:
    """Check a payload; gives what is found."""
    box = page.locator(BOX).first
    if not box.get_by_label("Properties as JSON").is_visible():
        box.get_by_text("Check a payload").click()
    box.get_by_label("Properties as JSON").fill(payload)
    box.locator("details").get_by_role("button", name="Check").click()
    return box.locator("details .stitch-problems")


def test_a_payload_that_is_pasted(page: Page) -> None:
    found = paste(page, '{"ssl": true, "project_id": "1", "token": "abc", "login": {"code": "hidden"}, "prot": 1}')
    expect(found).to_be_focused()
    expect(found.get_by_role("listitem")).to_have_text(
        [
            'ssl: must be the text "true", not true',
            "project_id: is read-only; leave it out",
            "token: must have at least 4 characters; it has 3",
            "login.code: must be a whole number, not text",
            "Note: prot: is not known; did you mean “port”?",
            "pace: is missing; it is required",
        ]
    )
    found.get_by_role("link", name="project_id").click()
    assert page.evaluate("location.hash") == "#source-form-properties-shop-object.form.project_id"
    whole = {"ssl": "true", "token": "abcd", "pace": 1}
    expect(paste(page, json.dumps(whole))).to_have_text("Nothing is missing or wrong.")
    expect(paste(page, "{")).to_contain_text("This is not JSON: ")
    expect(paste(page, "[]").get_by_role("listitem")).to_have_text(["must be an object, not a list"])


# ---------------------------------------------------------------- what becomes of it


def test_secrets_are_in_no_request(page: Page) -> None:
    page.get_by_label("Send one of").select_option("Login (user, login.password)")
    field(page, "user").fill("it's me")
    field(page, "password").fill("hidden")
    field(page, "code").fill("99123")
    for name in ("password", "code"):
        expect(field(page, name)).to_have_attribute("type", "password")
        expect(field(page, name)).to_have_attribute("autocomplete", "off")
    shown = {name: choose_format(page, name) for name in ("JSON", "Request body", "curl", "Python", "JavaScript")}
    assert not any("hidden" in text or "99123" in text for text in shown.values())
    assert '"password": "<LOGIN_PASSWORD>"' in shown["JSON"]
    assert '"password": "<LOGIN_PASSWORD>"' in shown["Request body"]
    assert '''"password": "'"${LOGIN_PASSWORD}"'"''' in shown["curl"]
    assert """"code": '"${LOGIN_CODE}"'""" in shown["curl"]
    assert '"password": os.environ["LOGIN_PASSWORD"]' in shown["Python"]
    assert '"code": json.loads(os.environ["LOGIN_CODE"])' in shown["Python"]
    assert '"password": process.env.LOGIN_PASSWORD' in shown["JavaScript"]


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.http.shutdown()
    server.http.server_close()


def test_requests_send_what_is_filled_in(
    server: Server, tmp_path: Any, open_page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(make_shop(tmp_path / "project", server.address))
    open_form(page)
    page.get_by_label("Send one of").select_option("Login (user, login.password)")
    field(page, "user").fill('it\'s $me "!" `a`')
    field(page, "password").fill("typed")
    field(page, "code").fill("1")
    field(page, "ssl").select_option("true")
    for name, value in {"LOGIN_PASSWORD": "it's $ecret", "LOGIN_CODE": "42", "API_TOKEN": FROM_ENVIRONMENT}.items():
        monkeypatch.setenv(name, value)
    login = {"password": "it's $ecret", "code": 42}
    expected = {"type": "test.shop", "properties": {"user": 'it\'s $me "!" `a`', "ssl": "true", "login": login}}
    for name in ("curl", "Python", "JavaScript"):
        (request,) = sent(name.lower(), [choose_format(page, name)], server, tmp_path)
        assert request.body == exact(json.dumps(expected)), name


def test_nothing_leaves_the_page(shop: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(shop, web=True)
    open_form(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    address, kept = page.url, "[{...localStorage}, {...sessionStorage}, document.cookie, history.length, history.state]"
    before = page.evaluate(kept)
    field(page, "token").fill("hidden")
    field(page, "host").fill("shop.example")
    check(page)
    paste(page, '{"token": "hidden"}')
    expect(page.get_by_text("ssl: is missing; it is required").last).to_be_visible()
    assert (asked, page.url, page.evaluate(kept)) == ([], address, before)
    # Nothing comes back either, and no browser offers to keep it.
    controls = ".stitch-form :is(input:not([type=checkbox]), select, textarea)"
    assert page.locator(controls).evaluate_all("(all) => [...new Set(all.map((one) => one.autocomplete))]") == ["off"]
    page.reload()
    open_form(page)
    expect(field(page, "host")).to_have_value("")


# ---------------------------------------------------------------- for everyone


def test_keyboard_alone(shop: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(shop)
    box = page.locator(BOX).first
    box.scroll_into_view_if_needed()
    box.get_by_role("button", name="Fill in and check").focus()
    page.keyboard.press("Enter")
    expect(box.get_by_role("form")).to_be_visible()
    for name in ("Start from the example", "Clear"):
        while not box.get_by_role("button", name=name).evaluate("(one) => one === document.activeElement"):
            page.keyboard.press("Tab")
    while not page.get_by_label("Send one of").evaluate("(one) => one === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(field(page, "user")).to_be_visible()
    while not field(page, "user").evaluate("(one) => one === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.type("a")
    page.keyboard.press("Enter")
    summary = box.locator("form .stitch-problems")
    expect(summary).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('.stitch-form :is(input, select)')")


def show_all(page: Page) -> None:
    """Open all that the form has, with errors."""
    open_form(page)
    for name in ("headers", "reports"):
        page.get_by_role("button", name=f"Add to {name}").click()
    field(page, "port").fill("x")
    paste(page, '{"a": 1}')
    check(page)


@pytest.fixture(scope="module", params=["alabaster", pytest.param("furo", marks=pytest.mark.long)])
def themed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Project:
    return make_shop(tmp_path_factory.mktemp(request.param), theme=request.param)


@pytest.mark.parametrize("look", [{"color_scheme": "light"}, {"color_scheme": "dark"}], ids=["light", "dark"])
@pytest.mark.parametrize("width", [375, 1440])
def test_axe_finds_nothing(themed: Project, open_page: Callable[..., Page], width: int, look: dict[str, str]) -> None:
    page = open_page(themed, viewport={"width": width, "height": 900}, **look)
    show_all(page)
    found = Axe().run(page, ".stitch-form", options={"resultTypes": ["violations"]}).response["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []


@pytest.mark.parametrize("width", [320, 375, 1440])
def test_it_makes_no_page_wider(themed: Project, open_page: Callable[..., Page], width: int) -> None:
    page = open_page(themed, viewport={"width": width, "height": 900})
    # Some themes have a least width of their own.
    before = page.evaluate("document.documentElement.scrollWidth")
    show_all(page)
    assert page.evaluate("document.documentElement.scrollWidth") == before
    inside = """(panel) => [...panel.querySelectorAll("*:not(option)")].filter((one) => one.checkVisibility() &&
        !one.matches(".stitch-said") && one.getBoundingClientRect().right > panel.getBoundingClientRect().right).length"""
    assert page.locator(".stitch-form").evaluate(inside) == 0


def test_names_of_holders_are_apart_from_their_types(themed: Project, open_page: Callable[..., Page]) -> None:
    """The style of furo takes a legend for a table, in which the space between two parts has no width."""
    page = open_page(themed)
    show_all(page)
    gap = """(legend) => legend.querySelector(".stitch-facts").getBoundingClientRect().left -
        legend.querySelector("code").getBoundingClientRect().right"""
    legends = page.locator(".stitch-form legend:has(code):has(.stitch-facts:not(:empty)):visible")
    gaps = {legend.locator("code").inner_text(): legend.evaluate(gap) for legend in legends.all()}
    assert {"headers", "reports", "login"} <= gaps.keys()
    assert [name for name, width in gaps.items() if width < 2] == []


@pytest.mark.parametrize("width", [600, 1000])
def test_it_is_beside_the_example_where_there_is_room(
    shop: Project, open_page: Callable[..., Page], width: int
) -> None:
    page = open_page(shop, viewport={"width": width, "height": 900})
    # The theme keeps its text narrow on wide screens, too.
    page.add_style_tag(content="* { max-width: none !important }")
    page.add_style_tag(content=".document { width: auto !important }")
    box = open_form(page)
    form, shown = box.locator(".stitch-form").bounding_box(), box.locator("pre:visible").bounding_box()
    is_beside, is_below = shown["x"] >= form["x"] + form["width"], shown["y"] >= form["y"] + form["height"]
    assert (is_beside, is_below) == (width == 1000, width == 600)


def test_focus_and_errors_are_seen_in_forced_colours(shop: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(shop, forced_colors="active")
    show_all(page)
    port = field(page, "port")
    widths = [
        one.evaluate("(one) => parseFloat(getComputedStyle(one).borderInlineStartWidth)")
        for one in (port, field(page, "any"))
    ]
    assert widths[0] > widths[1] > 0
    port.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(port).to_be_focused()
    expect(port).to_have_css("outline-style", "solid")


def test_paper_has_no_form(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.locator(".stitch-form")).to_be_hidden()


# ---------------------------------------------------------------- the reference

#: Opens each form of a page, starts it from the example, and checks it: what is wrong, and whether it has what the
#: example has.  Secrets are texts that stand for them.
ROUND = """async () => {
  const wrong = [];
  for (const box of document.querySelectorAll(".stitch-examples")) {
    box.scrollIntoView();
    while (!box.querySelector(".stitch-choices")) await new Promise(requestAnimationFrame);
    const button = box.querySelector(".stitch-fill");
    if (!button) continue;
    const example = JSON.parse([...box.querySelectorAll("pre")][0].textContent);
    button.click();
    const name = `${box.closest(".stitch-object").id} ${box.dataset.step}`;
    for (let frame = 0; frame < 600 && !box.querySelector("form"); frame++) await new Promise(requestAnimationFrame);
    const form = box.querySelector("form");
    if (!form) return `${name} has no form`;
    form.querySelector("button").click();
    form.requestSubmit();
    const said = form.querySelector(".stitch-problems").textContent;
    if (said !== "Nothing is missing or wrong.") wrong.push(`${name}: ${said}`);
    const made = JSON.parse([...box.querySelectorAll("pre")].find((pre) => !pre.closest("[hidden]")).textContent);
    const same = (one, other) => typeof one === "object" && one && typeof other === "object" && other
      ? Object.keys({ ...one, ...other }).every((key) => same(one[key], other[key]))
      : one === other || /^<[A-Z0-9_]+>$/.test(other);
    if (!same(example, made)) wrong.push(`${name}: ${JSON.stringify(made)}`);
    // A page with all of them open would be laid out again and again.
    box.remove();
  }
  return wrong;
}"""

EXAMPLES = [CHECKOUT / "data", *sorted((CHECKOUT / "docs/examples").glob("*/data"))]


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.parent.name)
def test_every_form_of_the_reference(
    make_project: Callable[..., Project], open_page: Callable[..., Page], folder: Any
) -> None:
    conf = f'extensions = ["sphinxext_stitch"]\nstitch_data_path = {str(folder)!r}\nhtml_theme = "basic"\n'
    project = make_project(**{"conf.py": conf, "index.rst": "All\n===\n\n.. connection-property::\n"})
    project.build()
    page = open_page(project)
    # Without them, the page is laid out in a moment.
    page.add_style_tag(content="table { display: none !important }")
    assert page.evaluate(ROUND) == []
