"""The quick jump: what it finds and in which order, how it is opened and left, and where it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import Project
from playwright.sync_api import expect

from .conftest import SITE
from .test_policy import LISTEN, POLICY
from .test_themes import LEVELS

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

THEMES = ("alabaster", "furo", "pydata_sphinx_theme", "sphinx_book_theme", "sphinx_rtd_theme")

#: These have a search of their own behind Ctrl K.
TAKING = ("pydata_sphinx_theme", "sphinx_book_theme")

CONF = 'extensions = ["sphinxext_stitch"]\nstitch_data_path = "data"\nstitch_fold_groups = ["timing"]\n'
API = "name: Test\nsteps: {form: {title: Properties}, oauth: {title: Sign-in}}\n"
HOST = "{name: host, type: string, description: Words.}"
SHEETS = """\
name: Spread Sheets
type: t.sheets
aliases: [gsheets, Ünder]
groups: [timing]
properties: [{name: api_key, type: string}]
oauth: {properties: [{name: api_key, type: string}]}
"""
FILES = {
    "conf.py": CONF,
    "index.rst": "Test\n====\n\n.. toctree::\n\n   all\n\n" + "Words.\n\n" * 99,
    "all.rst": "All\n===\n\n.. connection-table::\n\nObjects\n-------\n\n.. connection-property::\n",
    "data/api.yml": API,
    "data/groups/timing.yml": "title: Timing\nproperties: [{name: every, type: integer}, {name: since, type: string}]\n",
    "data/sources/mysql.yml": f"name: MySQL\ntype: t.mysql\nproperties: [{HOST}, {{name: hostel, type: string}}]\n",
    "data/sources/hp.yml": f"name: Fast MySQL\ntype: t.mysql-hp\nproperties: [{HOST}]\n",
    "data/sources/ad.yml": "name: Adhost\ntype: t.ads\nproperties: [{name: account, type: string}]\n",
    "data/destinations/hosted.yml": "name: Hosted\ntype: mysql\nproperties: [{name: nets, type: object, "
    "properties: [{name: mesh, type: string}]}]\n",
    "data/sources/sheets.yml": SHEETS,
    "data/sources/gone.yml": "name: Gone\ntype: null\n",
}

SHEETS_ANCHOR = "source-form-properties-sheets-object"


def write(project: Project) -> Project:
    """Write a project of five objects on the second of two pages."""
    for name, text in FILES.items():
        project.write(name, text)
    for number in range(12):
        project.write(
            f"data/sources/z{number}.yml",
            f"name: Z{number}\ntype: z.z{number}\nproperties: [{{name: x, type: string}}]\n",
        )
    return project


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project, built once for all tests that do not change it."""
    project = write(Project(tmp_path_factory.mktemp("jump")))
    project.build(stitch_jump="all", html_sidebars={"**": []})
    project.close()
    return project


def type_into(page: Page, query: str) -> None:
    """Open the jump and type."""
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="Jump to …").fill(query)


def results(page: Page) -> list[str]:
    """What the results say, when they are there."""
    expect(page.locator(".stitch-jump [role=status]")).not_to_be_empty()
    return [" ".join(text.split()) for text in page.locator(".stitch-jump [role=option]").all_inner_texts()]


# ---------------------------------------------------------------- what it finds


#: What is typed, and the results.
FOUND = {
    # A type, then its beginnings, then what is in other names.
    "mysql": ["Hosted mysql Destination", "MySQL t.mysql Source", "Fast MySQL t.mysql-hp Source"],
    "t.mysql": ["MySQL t.mysql Source", "Fast MySQL t.mysql-hp Source"],
    # Names, then a word of one, then properties: the whole name, its beginning.
    "host": [
        "Hosted mysql Destination", "Adhost t.ads Source", "host Fast MySQL source connection property",
        "host MySQL source connection property", "hostel MySQL source connection property",
    ],
    "GSheets": ["Spread Sheets t.sheets gsheets Source"],
    "under": ["Spread Sheets t.sheets Ünder Source"],
    "spread  sheets": ["Spread Sheets t.sheets Source"],
    # Two steps have a property of this name.
    "api_key": [
        "form.api_key Spread Sheets source connection property",
        "oauth.api_key Spread Sheets source connection property",
    ],
    "mesh": ["nets.mesh Hosted destination connection property"],
    "nets.mesh": ["nets.mesh Hosted destination connection property"],
    # The properties of a type.
    "t.mysql.": [
        "host MySQL source connection property", "hostel MySQL source connection property",
        "Fast MySQL t.mysql-hp Source", "MySQL t.mysql Source",
    ],
    "t.mysql.hostel": ["hostel MySQL source connection property"],
    "hostel mysql": ["hostel MySQL source connection property", "Hosted mysql Destination"],
    # Of properties that are equally good, first those of the object that the other words name best.
    "mysql host": [
        "Hosted mysql Destination", "host MySQL source connection property",
        "host Fast MySQL source connection property", "hostel MySQL source connection property",
    ],
    # A connection without an object: its row.
    "gone": ["Gone Source"],
    # One typo: a letter is wrong, missing, too many, or two are exchanged; of an alias, and of a property.
    "shoots": [],
    "shects": ["Spread Sheets t.sheets Source"],
    "t.shets": ["Spread Sheets t.sheets Source"],
    "sheeets": ["Spread Sheets t.sheets Source"],
    "shetes": ["Spread Sheets t.sheets Source"],
    "gshetes": ["Spread Sheets t.sheets Source"],
    "acconut": ["account Adhost source connection property"],
    "spraed sheets": ["Spread Sheets t.sheets Source"],
    "shoe": ["Spread Sheets t.sheets Source"],
    "qqq": [],
}  # fmt: skip


def test_what_is_found(built: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(built, "all.html")
    found = {}
    for query in FOUND:
        type_into(page, query)
        found[query] = results(page)
        page.keyboard.press("Escape")
    assert found == FOUND


def test_readers_hear_how_many_there_are(built: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(built)
    box, status = page.get_by_role("combobox", name="Jump to …"), page.locator(".stitch-jump [role=status]")
    type_into(page, "t.mysql")
    expect(status).to_have_text("2 found")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("listbox", name="Jump to …").get_by_role("option")).to_have_count(2)
    box.fill("qqq")
    expect(status).to_have_text("Nothing found")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.fill("  ")
    expect(status).to_be_empty()
    expect(page.get_by_role("option")).to_have_count(0)


def test_an_index_that_is_not_there(built: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(built, web=True)
    page.route("**/_stitch/jump.js", lambda route: route.abort())
    type_into(page, "t.mysql")
    status = page.locator(".stitch-jump [role=status]")
    expect(status).to_have_text("The list of names cannot be loaded.")
    page.keyboard.press("Escape")
    page.unroute("**/_stitch/jump.js")
    type_into(page, "t.mysql")
    expect(status).to_have_text("2 found")


# ---------------------------------------------------------------- where it leads


def test_enter_goes(built: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(built)
    type_into(page, "gsheets")
    results(page)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/all.html#{SHEETS_ANCHOR}")
    expect(page.locator(f"#{SHEETS_ANCHOR}").get_by_role("heading").first).to_be_in_viewport()


def test_arrows_choose(built: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(built, "all.html")
    type_into(page, "host")
    results(page)
    chosen = page.locator(".stitch-jump [aria-selected=true]")
    box = page.get_by_role("combobox", name="Jump to …")
    seen = []
    for key in ("ArrowDown", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowDown", "ArrowDown", "ArrowDown"):
        expect(chosen).to_have_count(1)
        assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
        seen.append(chosen.inner_text().split()[0])
        page.keyboard.press(key)
    assert seen == ["Hosted", "Adhost", "Hosted", "hostel", "host", "hostel", "Hosted"]
    page.keyboard.press("Enter")
    page.wait_for_url("**/all.html#source-form-properties-ad-object")
    expect(page.locator("dialog[open]")).to_have_count(0)
    # The next press of Tab goes on from there.
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#source-form-properties-ad-object') !== null")


def test_what_is_folded_opens_also_where_the_address_is_there_already(
    built: Project, open_page: Callable[..., Page]
) -> None:
    page = open_page(built, f"all.html?kind=source#{SHEETS_ANCHOR}.form.since")
    row = page.locator("tr", has=page.locator(f"[id='{SHEETS_ANCHOR}.form.since']"))
    expect(row).to_be_visible()
    page.get_by_role("button", name="Timing").click()
    expect(row).to_be_hidden()
    type_into(page, "since")
    results(page)
    page.keyboard.press("Enter")
    expect(row).to_be_in_viewport()
    # It is the same page: what its table is filtered by is still in the address.
    assert page.evaluate("location.search") == "?kind=source"


def test_the_first_page_has_two_addresses(built: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(built, web=True)
    page.route(f"{SITE}", lambda route: route.fulfill(path=built.app.outdir / "all.html", content_type="text/html"))
    page.route(f"{SITE}_stitch/jump.js", lambda route: route.fulfill(
        body=built.output("_stitch/jump.js").replace("all.html", "index.html"), content_type="text/javascript"))  # fmt: skip
    page.goto(SITE)
    page.evaluate("window.isSame = true")
    type_into(page, "gsheets")
    results(page)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{SITE}#{SHEETS_ANCHOR}")
    assert page.evaluate("window.isSame")


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml"])
def test_other_builders(make_project: Callable[..., Project], open_page: Callable[..., Page], builder: str) -> None:
    project = write(make_project())
    project.build(builder, stitch_jump="all")
    page = open_page(project, web=True)
    page.route(f"{SITE}all/", lambda route: route.fulfill(path=project.app.outdir / "all/index.html"))
    type_into(page, "gsheets")
    results(page)
    page.keyboard.press("Enter")
    address = "index.html" if builder == "singlehtml" else "all/"
    page.wait_for_url(f"{SITE}{address}#{SHEETS_ANCHOR}")
    expect(page.locator(f"#{SHEETS_ANCHOR}").get_by_role("heading").first).to_be_in_viewport()


# ---------------------------------------------------------------- how it is opened and left


def test_escape_is_back_where_the_reader_was(built: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(built, "all.html")
    link = page.locator(f"#{SHEETS_ANCHOR} a").last
    link.focus()
    page.wait_for_timeout(700)  # until what comes near has its controls
    before = page.evaluate("scrollY")
    assert before > 0
    type_into(page, "host")
    results(page)
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    page.keyboard.press("Escape")
    page.wait_for_function(f"Math.abs(scrollY - {before}) < 2")
    expect(link).to_be_focused()
    # What was typed is still there, and the next letter replaces it.
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Jump to …")).to_have_value("host")
    page.keyboard.type("gone")
    expect(page.get_by_role("combobox", name="Jump to …")).to_have_value("gone")


def test_a_finger_opens_and_leaves_it(built: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(built, "all.html", viewport={"width": 320, "height": 600}, has_touch=True)
    button = page.get_by_role("button", name="Jump to …")
    button.tap()
    page.get_by_role("combobox", name="Jump to …").fill("host")
    results(page)
    box = page.locator(".stitch-jump").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    overflow = "[...document.querySelectorAll('.stitch-jump, .stitch-jump *')].some((part) => part.scrollWidth > part.clientWidth + 1 && part.clientWidth)"
    assert not page.evaluate(overflow)
    page.touchscreen.tap(160, 590)
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert button.bounding_box()["height"] >= 24
    button.tap()
    page.get_by_role("option").last.tap()
    page.wait_for_url("**/all.html#source-form-properties-mysql-object.form.hostel")


def test_a_result_in_another_tab(built: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(built)
    type_into(page, "gsheets")
    results(page)
    with page.context.expect_page() as opened:
        page.get_by_role("option").click(modifiers=["Control"])
    opened.value.wait_for_url(f"**/all.html#{SHEETS_ANCHOR}")
    expect(page.locator("dialog[open]")).to_have_count(1)


def test_pages_without_objects_have_it_below_their_title(built: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(built)
    assert page.evaluate("document.querySelector('.stitch-jump-bar').previousElementSibling.tagName") == "H1"
    page = open_page(built, "all.html")
    assert page.evaluate("document.querySelector('.stitch-jump-bar').nextElementSibling.className") == "stitch-filter"


def test_the_page_of_an_object_has_it_below_the_title(pelican: Project, open_page: Callable[..., Page]) -> None:
    pelican.build(stitch_pages="pages", html_theme="furo")
    page = open_page(pelican, "pages/source/brook.html")
    top = page.locator("h1").bounding_box()
    button = page.get_by_role("button", name="Jump to …").bounding_box()
    assert button["y"] >= top["y"] + top["height"]
    # It takes no line of its own.
    badges = page.locator(".stitch-kind").bounding_box()
    assert badges["y"] < button["y"] + button["height"] / 2 < badges["y"] + badges["height"]


def test_a_page_that_a_theme_loads_into_another(built: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(built, "all.html")
    page.evaluate("document.body.innerHTML = document.body.innerHTML.replace(/<p class=.stitch-jump-bar.*?<\\/p>/, '')")
    page.get_by_role("button", name="Jump to …").click()
    page.keyboard.type("gsheets")
    assert results(page) == FOUND["GSheets"]


SLASH = {"stitch_jump_keys": ["/", "Ctrl K"], "html_sidebars": {"**": ["searchbox.html"]}}


def test_slash_by_setting(make_project: Callable[..., Project], open_page: Callable[..., Page]) -> None:
    project = write(make_project())
    project.build(**SLASH)
    page = open_page(project, "all.html")
    dialog = page.locator("dialog[open]")
    assert page.locator(".stitch-jump-bar kbd").all_inner_texts() == ["/", "Ctrl K"]
    page.keyboard.press("/")
    expect(dialog).to_have_count(1)
    # In the jump itself and in other fields it is a letter, and in the filter it leads to the search box.
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="Jump to …")).to_have_value("/")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.wait_for_function("document.activeElement === document.body")
    page.locator(".stitch-filter [type=checkbox]").first.focus()
    page.keyboard.press("/")
    box = page.get_by_role("searchbox", name="Search for a connection")
    expect(box).to_be_focused()
    page.keyboard.press("/")
    expect(box).to_have_value("/")
    expect(dialog).to_have_count(0)


def test_slash_without_the_setting(built: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(built, "all.html")
    page.keyboard.press("/")
    page.keyboard.press("Control+Shift+k")
    page.keyboard.press("Control+Alt+k")
    page.keyboard.press("k")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.keyboard.press("Control+k")
    expect(page.locator("dialog[open]")).to_have_count(1)


def test_no_key_at_all(make_project: Callable[..., Project], open_page: Callable[..., Page]) -> None:
    project = write(make_project())
    project.build(stitch_jump_keys=[])
    page = open_page(project, "all.html")
    page.keyboard.press("Control+k")
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert page.get_by_role("button", name="Jump to …").inner_text().strip() == "Jump to …"
    page.get_by_role("button", name="Jump to …").click()
    expect(page.locator("dialog[open]")).to_have_count(1)


def test_a_key_that_someone_else_takes(built: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(built, "all.html")
    page.evaluate("document.addEventListener('keydown', (event) => event.ctrlKey && event.preventDefault())")
    page.keyboard.press("Control+k")
    expect(page.locator("dialog[open]")).to_have_count(0)
    # An editor has it for links.
    page = open_page(built, "all.html")
    page.evaluate("document.querySelector('h1').contentEditable = true")
    page.locator("h1").focus()
    page.keyboard.press("Control+k")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_under_a_strict_policy(built: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(built, "search.html", web=True, headers={"Content-Security-Policy": POLICY})
    page.add_init_script(LISTEN)
    page.goto(f"{SITE}all.html")
    type_into(page, "gsheets")
    assert results(page) == FOUND["GSheets"]
    page.keyboard.press("Enter")
    page.wait_for_url(f"{SITE}all.html#{SHEETS_ANCHOR}")
    assert page.evaluate("window.refused") == []


# ---------------------------------------------------------------- themes


@pytest.fixture(scope="module", params=THEMES)
def themed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project in each theme."""
    project = write(Project(tmp_path_factory.mktemp(request.param)))
    project.build(html_theme=request.param)
    project.close()
    return project


def test_axe_finds_nothing_in_it(themed: Project, open_page: Callable[..., Page]) -> None:
    for look in ({"color_scheme": "light", "viewport": {"width": 320, "height": 600}}, {"color_scheme": "dark"}):
        page = open_page(themed, "all.html", **look)
        page.get_by_role("button", name="Jump to …").click()
        page.keyboard.type("sheets")
        results(page)
        page.get_by_role("combobox", name="Jump to …").fill("host")
        expect(page.get_by_role("option")).to_have_count(5)
        for part in (".stitch-jump", ".stitch-jump-bar"):
            found = Axe().run(page, context=part, options={"runOnly": LEVELS, "resultTypes": ["violations"]}).response
            assert [(rule["id"], node["html"]) for rule in found["violations"] for node in rule["nodes"]] == []


def test_the_key_of_the_theme_is_the_themes(themed: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(themed, "all.html", viewport={"width": 1300, "height": 800})
    taken = themed.app.config.html_theme in TAKING
    expect(page.get_by_role("button", name="Jump to …").locator("kbd")).to_have_count(0 if taken else 1)
    page.keyboard.press("Control+k")
    expect(page.locator("dialog.stitch-jump[open]")).to_have_count(0 if taken else 1)


def test_what_is_chosen_shows_in_forced_colours(themed: Project, open_page: Callable[..., Page]) -> None:
    page = open_page(themed, "all.html", forced_colors="active")
    page.get_by_role("button", name="Jump to …").click()
    page.keyboard.type("host")
    results(page)
    look = "(part) => [getComputedStyle(part).outlineStyle, getComputedStyle(part).outlineWidth]"
    assert page.locator(".stitch-jump [aria-selected=true]").evaluate(look) == ["solid", "2px"]
    assert page.locator(".stitch-jump [aria-selected=false]").first.evaluate(look) != ["solid", "2px"]
