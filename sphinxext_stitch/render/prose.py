"""Nodes of prose: CommonMark tokens to docutils nodes, with the data file and line on each block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..catalogue.invisible import visible
from ..catalogue.languages import known_language
from ..catalogue.prose import (
    INTERNAL,
    LINE_BREAKS,
    SCHEMES,
    address,
    inline_offsets,
    inline_tokens,
    line_offsets,
    scheme,
    tokens,
)
from .links import link
from .nodes import stitch_bullet_list, stitch_enumerated_list
from .parts import code, internal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from docutils.nodes import Element, Node
    from markdown_it.token import Token

    from ..catalogue.texts import Prose

#: The node of each token that opens a block or an inline.
_CONTAINERS: dict[str, Callable[[], Element]] = {
    "paragraph_open": nodes.paragraph,
    "bullet_list_open": lambda: stitch_bullet_list(bullet="-"),
    "ordered_list_open": lambda: stitch_enumerated_list(enumtype="arabic", prefix="", suffix="."),
    "list_item_open": nodes.list_item,
    "blockquote_open": nodes.block_quote,
    "em_open": nodes.emphasis,
    "strong_open": nodes.strong,
}


def blocks(prose: Prose | None, anchors: Mapping[str, str] | None = None) -> list[Element]:
    """The nodes of a text, one for each block.

    ``anchors`` has the ids of properties by their names: code that is such a name becomes a link.  Of markup that
    descriptions cannot have (see ``catalogue.prose.refused``), only the text is shown.
    """
    if prose is None:
        return []
    root = nodes.container()
    _Writer(prose, anchors or {}).write(root, tokens(prose.text))
    content = [node for node in root.children if isinstance(node, nodes.Element)]
    root.clear()
    return content


def inlines(prose: Prose | None, anchors: Mapping[str, str] | None = None) -> list[Node]:
    """The inline nodes of a text, to be put into a paragraph; its blocks are separated by spaces."""
    return _inlines(blocks(prose, anchors))


def lead(prose: Prose | None) -> list[Node]:
    """The inline nodes of the first block of a text, to be put into a paragraph."""
    return _inlines(blocks(prose)[:1])


def _inlines(written: Iterable[Element]) -> list[Node]:
    content: list[Node] = []
    for block in written:
        # Lists and quotes have their text in nested paragraphs.
        for text in block.findall(lambda node: isinstance(node, (nodes.paragraph, nodes.literal_block))):
            content += [nodes.Text(" "), *text.children] if content else text.children
    return content


class _Writer:
    """Writes the tokens of one text into nodes."""

    def __init__(self, prose: Prose, anchors: Mapping[str, str]) -> None:
        self.prose = prose
        self.anchors = anchors
        self.lines = line_offsets(prose.text)

    def write(self, parent: Element, stream: Iterable[Token]) -> None:
        stack = [parent]
        translations = iter(self.prose.translations)
        for token in stream:
            if token.type == "inline":
                stack[-1].rawsource = token.content
                self.write_inline(stack[-1], self.located(token, next(translations, None)))
            elif token.type in ("fence", "code_block"):
                text = token.content.rstrip("\n")
                # Sphinx highlights a block only if its raw source is its text.
                # Code may be no more than like its language, as JSON with an ellipsis is; Sphinx would warn of it.
                block = nodes.literal_block(text, text, language=known_language(token.info), force=True)
                stack[-1] += self.placed(block, token)
            elif token.nesting == 1:
                # Headings are reported, and shown as paragraphs.
                node = self.placed(_CONTAINERS.get(token.type, nodes.paragraph)(), token)
                if "start" in token.attrs:
                    node["start"] = token.attrs["start"]
                stack[-1] += node
                stack.append(node)
            elif token.nesting == -1:
                stack.pop()

    def located(self, block: Token, translation: str | None) -> Iterator[tuple[Token, int]]:
        """The tokens inside a block with their offsets in the text; those of its translation are all where it begins."""
        first, end = block.map or (0, 0)
        if translation is None:
            return inline_offsets(self.prose.text, block.children or (), self.lines[first], self.lines[end])
        return ((token, self.lines[first]) for token in inline_tokens(translation, self.prose.text))

    def placed(self, node: Element, token: Token) -> Element:
        """The node with the data file and line of its token."""
        node.source = self.prose.place.path
        node.line = self.prose.place_of_line(token.map[0] if token.map else 0).line
        return node

    def write_inline(self, parent: Element, stream: Iterable[tuple[Token, int]]) -> None:
        stack = [parent]
        targets: list[tuple[str, int]] = []
        for token, offset in stream:
            if token.type == "link_open":
                targets.append((str(token.attrs["href"]), offset))
                stack.append(nodes.inline())
            elif token.type == "link_close":
                content = stack.pop().children
                stack[-1] += self.reference(*targets.pop(), content)
            elif token.type == "code_inline":
                stack[-1] += self.code(token.content, inside_link=bool(targets))
            elif token.type in LINE_BREAKS:
                _add_text(stack[-1], " ")
            elif token.nesting == 1:
                node = _CONTAINERS[token.type]()
                stack[-1] += node
                stack.append(node)
            elif token.nesting == -1:
                stack.pop()
            elif token.content:
                _add_text(stack[-1], visible(token.content))

    def code(self, text: str, *, inside_link: bool) -> Node:
        if inside_link or text not in self.anchors:
            return code(text)
        return internal(self.anchors[text], code(text))

    def reference(self, target: str, offset: int, content: list[Node]) -> Node:
        kind = scheme(target)
        if kind in INTERNAL:
            node = link(kind, target.partition(":")[2], content)
            place = self.prose.place.within(self.prose.text, offset)
            for element in node.findall(nodes.Element):
                element.source, element.line = place.path, place.line
            return node
        if kind in SCHEMES:
            return nodes.reference("", "", *content, refuri=address(target), internal=False)
        return nodes.inline("", "", *content)


def _add_text(parent: Element, text: str) -> None:
    """Append to the previous text node, if there is one: Sphinx visits all nodes many times, so fewer are faster."""
    last = parent.children[-1] if parent.children else None
    if isinstance(last, nodes.Text):
        parent[-1] = nodes.Text(last + text)
    else:
        parent += nodes.Text(text)
