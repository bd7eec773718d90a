"""Parts of pages that only some builds have: what ``only`` and ``ifconfig`` enclose.

Whether they are there is known when a page is written.  So each of several parts that exclude each other has the anchors
of what it shows, and the first one that is left keeps them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from docutils.utils import Reporter
from sphinx import addnodes
from sphinx.domains.index import IndexDomain
from sphinx.ext.ifconfig import ifconfig, process_ifconfig_nodes
from sphinx.util.docutils import new_document

from .domain import domain_of, shows_ours
from .render.find import blocks, with_pages
from .render.parts import free_id
from .warnings import warn_shown_twice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils.nodes import Element
    from sphinx.application import Sphinx

    from .page_records import Condition, Conditions

#: The priority at which the ids of a page become unique: after Sphinx's own handler for ``ifconfig``, which has the default
#: priority, 500, and before the handlers for our nodes in HTML.
UNIQUE_IDS = 510


def is_conditional(node: Element | None) -> bool:
    """Whether a node is in a part that only some builds have."""
    return node is not None and any(_conditions_of(node))


def _conditions_of(node: Element) -> Iterator[addnodes.only | ifconfig]:
    parent = node.parent
    while parent is not None:
        if isinstance(parent, (addnodes.only, ifconfig)):
            yield parent
        parent = parent.parent


def holds(app: Sphinx, condition: Condition) -> bool:
    """Whether a condition holds in this build, as Sphinx has it."""
    directive, expression = condition
    if directive == "only":
        try:
            return app.tags.eval_condition(expression)
        except Exception:  # noqa: BLE001 - Sphinx too shows a part then, with a warning
            return True
    tree = new_document("")
    tree.reporter.report_level = Reporter.SEVERE_LEVEL  # Sphinx reports an error when it writes the page
    tree += ifconfig("", nodes.comment(), expr=expression)
    process_ifconfig_nodes(app, tree, "")
    return any(tree.findall(nodes.comment))


def note_conditions(app: Sphinx, doctree: nodes.document) -> None:
    """Record the ids of a page that only some builds have; the handler of ``doctree-read``."""
    docname = app.env.docname
    domain = domain_of(app.env)
    if docname not in domain.records.selections or not any(
        any(blocks(doctree, kind)) for kind in (addnodes.only, ifconfig)
    ):
        return
    alternatives: dict[str, set[tuple[Condition, ...]]] = {}
    for node in doctree.findall(nodes.Element):
        if not node.get("ids"):
            continue
        for anchor in node["ids"]:
            found = tuple((part.tagname, part["expr"]) for part in _conditions_of(node))
            alternatives.setdefault(anchor, set()).add(found)
    conditions: Conditions = {name: tuple(sorted(sets)) for name, sets in alternatives.items() if () not in sets}
    domain.records.note_conditions(docname, conditions)
    # Each of the parts has its entries for the index; they lead to the same place.
    index = app.env.get_domain("index")
    if isinstance(index, IndexDomain) and docname in index.entries:
        index.entries[docname] = list(dict.fromkeys(index.entries[docname]))


def keep_ids_once(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Let the first of several nodes with one id keep it; sections and tables, which need one, get a number.

    The handler of ``doctree-resolved``.
    """
    records = domain_of(app.env).records
    if not records.conditions or not shows_ours(app.env, docname):
        return
    taken: dict[str, set[str]] = {}
    for node, page in with_pages(doctree, docname):
        if page not in records.conditions or not node.get("ids"):
            continue
        seen = taken.setdefault(page, set())
        if "stitch-object" in node["classes"]:
            for name, place in records.objects.get(page, {}).items():
                if place.anchor in node["ids"] and place.anchor in seen:
                    warn_shown_twice(name, page, node)
        if isinstance(node, (nodes.table, nodes.section)):
            node["ids"] = [free_id(anchor, seen) for anchor in node["ids"]]
        else:
            node["ids"] = [anchor for anchor in node["ids"] if anchor not in seen]
        seen.update(node["ids"])


def setup(app: Sphinx) -> None:
    """Connect the handlers."""
    app.connect("doctree-read", note_conditions)
    app.connect("doctree-resolved", keep_ids_once, priority=UNIQUE_IDS)
