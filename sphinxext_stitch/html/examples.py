"""What the script needs of a page and of each example, above all to show examples as requests."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from docutils import nodes
from pygments.lexers.data import JsonLexer
from pygments.token import Punctuation, Text, Whitespace
from sphinx.locale import get_translation
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..domain import domain_of
from .element import make

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils.nodes import Element
    from pygments.token import _TokenType
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.writers.html5 import HTML5Translator

    from ..catalogue.model import Api
    from .element import element

_ = get_translation("sphinxext_stitch")


class PlainJsonLexer(JsonLexer):
    """JSON in which names and values have colours, and nothing else has an element."""

    def get_tokens_unprocessed(self, text: str) -> Iterator[tuple[int, _TokenType, str]]:
        """The tokens of a text; no style has a colour for the braces and spaces of JSON."""
        for index, token, value in super().get_tokens_unprocessed(text):  # type: ignore[no-untyped-call]
            yield index, Text if token in Whitespace or token in Punctuation else token, value


class page_data(nodes.General, nodes.Element):  # noqa: N801 - docutils names nodes so
    """What the script reads, once for a page: ``data``, which is written as JSON."""


class RequestExamples(SphinxPostTransform):
    """Say what the request of each example is, and once how to write requests."""

    formats = ("html",)
    default_priority = 200

    def run(self, **kwargs: Any) -> None:
        api = domain_of(self.env).catalogue.api
        first = True
        for examples in list(self.document.findall(nodes.container)):
            if "stitch-examples" not in examples["classes"]:
                continue
            for block in examples.findall(nodes.literal_block):
                block["language"] = "stitch-json"
            made = _examples(examples, api)
            examples.parent.replace(examples, [page_data(data=_page_data(api, self.config)), made] if first else made)
            first = False


def _examples(examples: Element, api: Api) -> element:
    """The examples with the values of the variables that the body of their endpoint has."""
    attributes = {}
    for endpoint in api.endpoints if api.requests else ():
        if endpoint.name == examples["endpoint"]:
            attributes["data_endpoint"] = endpoint.name
            used = {template for _name, template in endpoint.body}
            attributes |= {f"data_{name}": examples[name] for name in ("type", "name") if _uses(used, name)}
    return make("div", examples.children, classes=examples["classes"], **attributes)


def _uses(templates: set[str], name: str) -> bool:
    return any(f"{{{{{name}}}}}" in template for template in templates)


def _page_data(api: Api, config: Config) -> dict[str, Any]:
    words = {
        "format": _("Format"),
        "size": _("Properties"),
        "full": _("Full"),
        "minimal": _("Minimal"),
        "copy": _("Copy"),
        "copied": _("Copied"),
        "linkCopied": _("Link copied"),
        "nested": _("Nested properties of %(name)s"),
    }
    page = {"words": words, "permalink": config.html_permalinks_icon if config.html_permalinks else ""}
    if api.requests is None:
        return page
    endpoints = {
        endpoint.name: {"method": endpoint.method, "path": endpoint.path, "body": dict(endpoint.body)}
        for endpoint in api.endpoints
    }
    requests = api.requests
    return {
        **page,
        "url": requests.url,
        "token": requests.token,
        "headers": dict(requests.headers),
        "endpoints": endpoints,
    }


def visit_page_data(self: HTML5Translator, node: page_data) -> None:
    """Write the data where a browser does not show them; a “<” in them must not end the element."""
    text = json.dumps(node["data"], ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    self.body.append(f'<script type="application/json" id="stitch-data">{text}</script>\n')
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the transform, its node, and the lexer."""
    app.add_lexer("stitch-json", PlainJsonLexer)
    app.add_node(page_data, html=(visit_page_data, None))
    app.add_post_transform(RequestExamples)
