"""The quick jump: which pages have it, and its index, which a build writes beside the pages when something in it changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Project

INDEX = "_stitch/jump.js"
SCRIPT = "sphinxext-stitch-jump.js"

CONF = 'extensions = ["sphinxext_stitch"]\nstitch_data_path = "data"\n'
API = "name: Test\nsteps: {form: {title: Properties}, oauth: {title: Sign-in}}\n"
SHOP = """\
name: Shop
type: test.shop
aliases: [store, the mall]
connections: [{key: shop, name: Shop}, {key: kiosk, name: Kiosk, aliases: [booth]}]
properties:
  - {name: host, type: string}
  - {name: nets, type: object, properties: [{name: mesh, type: string}]}
oauth: {properties: [{name: host, type: string}]}
"""
SHOP_ENTRY = [
    "Shop", "test.shop", 0, 0, "source-form-properties-shop-object",
    ["store", "the mall", "Kiosk", "booth"], [0, 1, 2, 3],
]  # fmt: skip


@pytest.fixture
def shop(make_project: Callable[..., Project]) -> Project:
    """A project with one object, and a row of a connection without."""
    return make_project(
        **{
            "conf.py": CONF,
            "index.rst": "Shop\n====\n\n.. connection-table::\n\n.. toctree::\n   :glob:\n\n   *\n",
            "shop.rst": "Shop\n====\n\n.. connection-property::\n",
            "data/api.yml": API,
            "data/sources/shop.yml": SHOP,
            "data/destinations/lake.yml": "name: Lake\ntype: null\naliases: [pond]\n",
        }
    )


def index_of(project: Project) -> dict[str, Any]:
    """The index that a build has written."""
    text = project.output(INDEX).removeprefix("stitchJump=")
    index: dict[str, Any] = json.loads(text)
    return index


# ---------------------------------------------------------------- what it says


def test_it_has_what_pages_show(shop: Project) -> None:
    shop.build()
    assert index_of(shop) == {
        "found": "%(count)s found",
        "none": "Nothing found",
        "property": "connection property",
        "kinds": [["Source", "%(name)s source"], ["Destination", "%(name)s destination"]],
        "pages": ["shop.html", "index.html"],
        "names": ["form.host", "form.nets", "form.nets.mesh", "oauth.host"],
        "entries": [SHOP_ENTRY, ["Lake", "", 1, 1, "connection-destination-lake", ["pond"], []]],
    }


def test_the_anchors_are_those_of_the_pages(pelican: Project) -> None:
    pelican.build()
    index = index_of(pelican)
    assert len(index["entries"]) > 4
    for _name, _type, _kind, page, anchor, _aliases, properties in index["entries"]:
        html = pelican.html_of(index["pages"][page])
        for target in (anchor, *(f"{anchor}.{index['names'][position]}" for position in properties)):
            assert html.find(id=target) is not None, target


def test_it_has_the_words_of_the_platform(shop: Project) -> None:
    shop.write(
        "data/api.yml",
        f"{API}words: {{property: setting}}\nkinds: {{source: {{title: Well}}, destination: {{title: Sink}}}}\n",
    )
    shop.build()
    index = index_of(shop)
    assert (index["property"], index["kinds"]) == ("setting", [["Well", "%(name)s, Well"], ["Sink", "%(name)s, Sink"]])


@pytest.mark.parametrize(
    ("builder", "pages"),
    [("html", ["shop.html", "index.html"]), ("dirhtml", ["shop/", ""]), ("singlehtml", [""])],
)
def test_addresses_of_builders(shop: Project, builder: str, pages: list[str]) -> None:
    shop.build(builder)
    assert index_of(shop)["pages"] == pages


@pytest.mark.parametrize("builder", ["epub", "text", "latex", "gettext"])
def test_builders_without_it(shop: Project, builder: str) -> None:
    shop.build(builder, copyright="T", version="1")
    assert shop.warnings == []
    outputs = shop.outputs()
    assert INDEX not in outputs
    assert not any(SCRIPT.encode() in content for content in outputs.values())


# ---------------------------------------------------------------- when it is written


def fresh(project: Project, **config: object) -> dict[str, Any]:
    """The index of a build from scratch."""
    project.build(fresh=True, **config)
    return index_of(project)


def test_it_is_written_again_when_something_changed(shop: Project) -> None:
    shop.build()
    file = shop.app.outdir / INDEX
    before = file.stat().st_mtime_ns
    shop.build()
    assert file.stat().st_mtime_ns == before
    shop.write("data/sources/shop.yml", SHOP.replace("mesh", "knot"))
    shop.build()
    index = index_of(shop)
    assert "form.nets.knot" in index["names"]
    assert index == fresh(shop)


def test_it_follows_an_object_to_another_page(shop: Project) -> None:
    shop.build()
    shop.write("shop.rst", "Shop\n====\n")
    shop.write("a.rst", "A\n=\n\n.. connection-property::\n")
    shop.build()
    assert index_of(shop)["pages"] == ["a.html", "index.html"]
    (shop.folder / "a.rst").unlink()
    shop.write("shop.rst", "Shop\n====\n\n.. connection-property::\n   :kind: destination\n")
    shop.build()
    # Then the row of its connection is what there is.
    assert [entry[4] for entry in index_of(shop)["entries"]] == [
        "connection-source-kiosk", "connection-destination-lake", "connection-source-shop",
    ]  # fmt: skip
    assert index_of(shop) == fresh(shop)


def test_it_follows_an_object_that_only_some_builds_have_on_a_page(shop: Project) -> None:
    shop.write("a.rst", "A\n=\n\n.. only:: draft\n\n   .. connection-property::\n")
    shop.build()
    assert index_of(shop)["pages"] == ["shop.html", "index.html"]
    shop.write("conf.py", f'{CONF}tags.add("draft")\n')
    shop.build()
    assert index_of(shop)["pages"] == ["a.html", "index.html"]


def test_it_is_there_again_if_it_was_lost(shop: Project) -> None:
    shop.build()
    (shop.app.outdir / INDEX).unlink()
    shop.build()
    assert index_of(shop)["entries"][0] == SHOP_ENTRY


def test_it_goes_when_it_is_not_wanted(shop: Project) -> None:
    shop.build(stitch_json=False)
    assert INDEX in shop.outputs()
    shop.build(stitch_json=False, stitch_jump="none")
    assert not (shop.app.outdir / "_stitch").exists()


def test_it_goes_with_the_catalogue(shop: Project) -> None:
    shop.build()
    for page in ("index", "shop"):
        shop.write(f"{page}.rst", "Shop\n====\n")
    shop.build()
    assert INDEX not in shop.outputs()


def test_a_folder_that_cannot_be_written(shop: Project) -> None:
    shop.start(stitch_json=False)
    (shop.app.outdir / "_stitch").write_text("in the way", encoding="utf-8")
    shop.app.build()
    (warning,) = shop.warnings
    assert warning.partition("WARNING: ")[2] in {
        f"the file cannot be written: {reason} [stitch.page]" for reason in ("File exists", "Not a directory")
    }


# ---------------------------------------------------------------- which pages have it


@pytest.mark.parametrize(
    ("pages", "having"),
    [
        ("reference", {"index", "shop"}),
        ("all", {"index", "shop", "plain", "search", "genindex"}),
        ("none", set()),
    ],
)
def test_pages_that_have_it(shop: Project, pages: str, having: set[str]) -> None:
    shop.write("plain.rst", "Plain\n=====\n")
    shop.build(stitch_jump=pages)
    names = {"index", "shop", "plain", "search", "genindex"}
    assert {name for name in names if SCRIPT in shop.output(f"{name}.html")} == having
    assert {name for name in names if "sphinxext-stitch.css" in shop.output(f"{name}.html")} == having | {
        "index",
        "shop",
    }


def test_no_page_has_it_if_none_shows_the_catalogue(shop: Project) -> None:
    for page in ("index", "shop"):
        shop.write(f"{page}.rst", "Shop\n====\n")
    shop.build(stitch_jump="all")
    assert SCRIPT not in shop.output("index.html")


def test_keys_and_words_are_with_the_script(shop: Project) -> None:
    shop.build(stitch_jump_keys=["/", "Ctrl K"])
    tag = shop.html().find("script", src=lambda address: address and SCRIPT in address)
    assert {name: value for name, value in tag.attrs.items() if name.startswith("data-")} == {
        "data-keys": "/\nCtrl K",
        "data-label": "Jump to …",
        "data-hint": "Type, name or property",
        "data-failed": "The list of names cannot be loaded.",
    }
