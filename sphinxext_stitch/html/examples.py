"""Data for the script of objects: the step of each example, the endpoints of steps and how to write requests, its UI strings."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from docutils import nodes
from sphinx.locale import get_translation

from ..builders import add_node, has_scripts
from ..conditional import UNIQUE_IDS
from ..domain import domain_of, shows_ours
from ..render.find import blocks
from ..render.nodes import stitch_field_list
from .element import make
from .form_files import version

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.writers.html5 import HTML5Translator

    from ..catalogue.api import Api

_ = get_translation("sphinxext_stitch")

#: What stays as it is in the path of a request: what all clients send as it is written, encodings, and the braces of
#: ``{id}``.
_SAFE = "/?:@!$&()*+,;=%{}"


class page_data(nodes.General, nodes.Element):  # noqa: N801 - docutils names nodes so
    """The ``data`` that the script reads, once for a page; they are written as JSON."""


def enhance_examples(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Name the step of each example for the script, and add once the data for all objects of the page.

    The data are at the end of the first object, which can be without examples.  The summary before an example has the name,
    type and key of the object.  EPUB pages have no scripts.
    """
    if not has_scripts(app.builder) or not shows_ours(app.env, docname):
        return
    for examples in blocks(doctree, nodes.container):
        if "stitch-examples" in examples["classes"]:
            node = make("div", examples.children, classes=examples["classes"], data_step=examples["step"])
            examples.parent.replace(examples, node)
    summary = next(blocks(doctree, stitch_field_list), None)
    if summary is not None:
        api = domain_of(app.env).api_of(docname)
        summary.parent.append(page_data(data=_page_data(api, app.config)))


def _words() -> dict[str, Any]:
    """The UI strings of the script."""
    return {
        "example": _("Example"),
        "format": _("Format"),
        "size": _("Properties"),
        "body": _("Request body"),
        "full": _("Full"),
        "minimal": _("Minimal"),
        "copy": _("Copy"),
        "copied": _("Copied"),
        "linkCopied": _("Link copied"),
        "nested": _("Nested properties of %(name)s"),
        "permalink": _("Link to %(name)s"),
        "required": _("Whether the property is needed to complete the step"),
        "requiredOnly": _("Required only"),
        "expand": _("Expand all"),
        "collapse": _("Collapse all"),
        "fill": _("Fill in and check"),
        "notLoaded": _("The form could not be loaded."),
        "notRequired": [_("optional"), _("leave out"), _("never send")],
    }


def _page_data(api: Api, config: Config) -> dict[str, Any]:
    page: dict[str, Any] = {
        "words": _words(),
        "permalink": config.html_permalinks_icon if config.html_permalinks else "",
        "form": version(),
        "json": config.stitch_json,
    }
    if api.requests is None:
        return page
    endpoints = {
        f"{kind}.{step.name}": {
            "method": endpoint.method,
            "path": quote(endpoint.path, safe=_SAFE),
            "body": dict(endpoint.body),
        }
        for step in api.steps
        for kind, endpoint in step.endpoints
    }
    requests = api.requests
    return {
        **page,
        "url": requests.url,
        "token": requests.token,
        # The script adds this one where it is missing; names of headers have no case.
        "headers": {
            "Content-Type" if name.lower() == "content-type" else name: value for name, value in requests.headers
        },
        "endpoints": endpoints,
    }


def visit_page_data(self: HTML5Translator, node: page_data) -> None:
    """Write the data as the text of a template: themes that load pages into others run scripts, whatever their type is."""
    text = json.dumps(node["data"], ensure_ascii=False, separators=(",", ":"))
    self.body.append(f'<template id="stitch-data">{escape(text, quote=False)}</template>\n')
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the node, and the handler for pages whose references are resolved."""
    add_node(app, page_data, html=(visit_page_data, None))
    app.connect("doctree-resolved", enhance_examples, priority=UNIQUE_IDS + 2)
