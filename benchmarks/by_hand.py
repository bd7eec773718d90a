"""Nodes as the reStructuredText that an author would write for the same page."""

from __future__ import annotations

import re
from collections.abc import Iterable

from docutils import nodes
from sphinx import addnodes

_UNDERLINES = "=-~^"

#: Characters that would be markup, and addresses that docutils would link.
_MARKUP = re.compile(r"([\\*`|])|_(?!\w)|(?<=\w)@(?=\w)|(?<=https)(?=://)|(?<=http)(?=://)")

#: The ids that docutils generates.
_GENERATED_ID = re.compile(r"id\d+")


def section(node: nodes.section, level: int = 1) -> str:
    """A section with its labels and its title."""
    title, *content = node.children
    text = _inline(title.children)
    labels = "".join(f".. _{label}:\n\n" for label in node["ids"] if not _GENERATED_ID.fullmatch(label))
    return f"{labels}{text}\n{_UNDERLINES[level] * len(text)}\n\n{blocks(content, level + 1)}"


def blocks(content: Iterable[nodes.Node], level: int = 1) -> str:
    """Blocks, one below the other."""
    return "\n\n".join(_block(node, level).rstrip("\n") for node in content) + "\n"


def _block(node: nodes.Node, level: int) -> str:
    if isinstance(node, nodes.section):
        return section(node, level)
    if isinstance(node, nodes.target):
        return "\n".join(f".. _{label}:" for label in node["ids"])
    return _BLOCKS[type(node)](node)


def _paragraph(node: nodes.Element) -> str:
    labels = "".join(f".. _{label}:\n\n" for target in node.findall(nodes.target) for label in target["ids"])
    return labels + _inline(node.children)


def _list(node: nodes.Element) -> str:
    mark = "#. " if isinstance(node, nodes.enumerated_list) else "- "
    return "\n".join(_marked(mark, blocks(item.children)) for item in node.children)


def _fields(node: nodes.Element) -> str:
    return "\n".join(
        f":{_inline(name.children)}:\n{_indented(blocks(body.children), 3)}" for name, body in node.children
    )


def _code(node: nodes.Element) -> str:
    return f".. code-block:: {node['language']}\n\n{_indented(node.astext(), 3)}"


def _rubric(node: nodes.Element) -> str:
    return f".. rubric:: {_inline(node.children)}"


def _admonition(node: nodes.Element) -> str:
    title, *content = node.children
    return f".. admonition:: {_inline(title.children)}\n   :class: warning\n\n{_indented(blocks(content), 3)}"


def _quote(node: nodes.Element) -> str:
    return _indented(blocks(node.children), 3)


def _container(node: nodes.Element) -> str:
    return blocks(node.children)


def _table(node: nodes.Element) -> str:
    widths = " ".join(str(column["colwidth"]) for column in node.findall(nodes.colspec))
    rows = node.findall(nodes.row)
    options = f"   :header-rows: 1\n   :stub-columns: 1\n   :widths: {widths}\n   :class: longtable\n"
    anchors = "".join(f".. _{label}:\n\n" for label in node["ids"])
    return f"{anchors}.. list-table::\n{options}\n" + "\n".join(_indented(_row(row), 3) for row in rows)


def _row(row: nodes.Element) -> str:
    cells = []
    for entry in row.children:
        cells += [blocks(entry.children).rstrip("\n"), *[""] * entry.get("morecols", 0)]
    return _marked("* ", "\n".join(_marked("- ", cell) for cell in cells))


def _toctree(node: nodes.Element) -> str:
    pages = "".join(f"   {title} </{page}>\n" for title, page in node["entries"])
    return f".. toctree::\n   :titlesonly:\n   :maxdepth: {node['maxdepth']}\n\n{pages}"


def _index(node: nodes.Element) -> str:
    return ".. index::\n" + "".join(f"   {kind}: {words}\n" for kind, words, *_target in node["entries"])


_BLOCKS = {
    addnodes.index: _index,
    addnodes.toctree: _toctree,
    nodes.compound: _container,
    nodes.paragraph: _paragraph,
    nodes.bullet_list: _list,
    nodes.enumerated_list: _list,
    nodes.field_list: _fields,
    nodes.literal_block: _code,
    nodes.rubric: _rubric,
    nodes.admonition: _admonition,
    nodes.block_quote: _quote,
    nodes.container: _container,
    nodes.table: _table,
}


def _inline(content: Iterable[nodes.Node]) -> str:
    """Inline markup; an escaped space separates markup from a letter before or after it."""
    text = ""
    for node in content:
        markup = _inline_node(node)
        marked = not isinstance(node, nodes.Text) and markup != ""
        if (
            text
            and markup
            and ((marked and not text[-1].isspace()) or (text.endswith(_END) and not markup[0].isspace()))
        ):
            text += "\\ "
        text += markup + (_END if marked else "")
    return text.replace(_END + "\\ ", "\\ ").replace(_END, "")


#: Marks the end of markup while the text is composed.
_END = "\0"


def _inline_node(node: nodes.Node) -> str:
    if isinstance(node, nodes.Text):
        return _MARKUP.sub(lambda match: f"\\{match[0]}", str(node))
    assert isinstance(node, nodes.Element)
    text = node.astext()
    if isinstance(node, nodes.literal):
        return f"``{text}``"
    if "label" in node:
        return f" `↗ <{node['refuri']}>`__"
    if isinstance(node, nodes.reference):
        target = text.replace("`", "\\`").replace("<", "\\<")
        return f":ref:`{target} <{node['refid']}>`" if "refid" in node else f"`{target} <{node['refuri']}>`__"
    if isinstance(node, nodes.emphasis):
        return f"*{text}*"
    # Markup cannot be nested: what has a link in it is not bold by hand.
    if isinstance(node, nodes.strong) and all(isinstance(part, nodes.Text) for part in node.children):
        return f"**{text}**"
    if isinstance(node, nodes.target):
        return ""
    return f":badge:`{text}`" if "stitch-badge" in node["classes"] else _inline(node.children)


def _indented(text: str, width: int) -> str:
    return "".join(" " * width + line if line.strip() else line for line in text.splitlines(keepends=True))


def _marked(mark: str, text: str) -> str:
    return mark + _indented(text.rstrip("\n"), len(mark))[len(mark) :]
