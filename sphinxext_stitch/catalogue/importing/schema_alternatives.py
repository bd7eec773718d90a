"""What the alternatives of a schema, ``oneOf`` and ``anyOf``, are in the data format."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from ..problems import listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..reading.data_file import KeyPath
    from .schema_nodes import Document, Node

#: What alternatives can have beside the names that they require.
_OF_SETS = {"required", "title", "description", "type"}

#: What alternatives can have beside the one value that they accept.
_OF_VALUES = {"const", "enum", "title", "description", "type"}

#: The keywords that mean something for values of some types alone.
_OF_TYPES = {
    **dict.fromkeys(
        ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"), ("integer", "number")
    ),
    **dict.fromkeys(("minLength", "maxLength", "pattern", "format", "pattern_descriptor"), ("string",)),
    **dict.fromkeys(("minItems", "maxItems", "uniqueItems", "items"), ("array",)),
    **dict.fromkeys(("properties", "required", "additionalProperties"), ("object",)),
}


class Sets(NamedTuple):
    """Alternatives that require members: exactly one of them holds, or at least one.

    With ``nothing_else``, no member of another one is sent beside those of one.
    """

    nodes: Sequence[Node]
    exactly_one: bool
    nothing_else: bool = False


class Alternatives(NamedTuple):
    """A schema without its alternatives, and what these are if it is not said by its keywords.

    ``cases`` are objects that a member tells apart, ``choices`` sets of members; ``meanings`` are those of accepted
    values, by the number of the value.
    """

    node: Node
    cases: Sequence[Node] = ()
    choices: Sequence[Sets] = ()
    meanings: Sequence[Node] = ()


def alternatives_of(node: Node, document: Document) -> Alternatives:
    """Read the alternatives of a schema; what of them the data format cannot say is lost."""
    result = Alternatives(node)
    for keyword in ("oneOf", "anyOf"):
        if keyword not in result.node.schema:
            continue
        path = result.node.at(keyword)
        found = _alternatives(result.node, keyword, document)
        if (result.cases and found.cases) or (result.meanings and found.meanings):
            document.losses.add(path, f"the alternatives of “{keyword}” beside those of “oneOf” are left out")
            found = Alternatives(result.node.without(keyword))
        result = Alternatives(
            found.node,
            [*result.cases, *found.cases],
            [*result.choices, *found.choices],
            [*result.meanings, *found.meanings],
        )
    return result


def _alternatives(node: Node, keyword: str, document: Document) -> Alternatives:
    """What the alternatives of one keyword are."""
    if _exclude_each_other(node.schema[keyword]):
        nodes = [
            document.node({"required": branch["required"]}, node.at(keyword, index), node)
            for index, branch in enumerate(node.schema[keyword])
        ]
        return Alternatives(node.without(keyword), choices=[Sets(nodes, exactly_one=True, nothing_else=True)])
    branches = [document.below(node, keyword, index) for index in range(len(node.schema[keyword]))]
    path = node.at(keyword)
    node = node.without(keyword)
    some = [branch for branch in branches if not _is_null(branch)]
    if len(some) < len(branches):
        node = node.with_keywords({"nullable": True})
    if len(some) == 1:
        return alternatives_of(_with_branch(node, some[0], document), document)
    return _read(node, some, keyword) or Alternatives(_united(node, some, keyword, path, document))


def _exclude_each_other(branches: Sequence[Any]) -> bool:
    """Whether each alternative requires members, and refuses all other ones that one of them requires."""
    if not all(isinstance(branch, dict) and branch.keys() == {"required", "allOf"} for branch in branches):
        return False
    sets = [branch["required"] for branch in branches]
    if not all(isinstance(names, list) and all(isinstance(name, str) for name in names) for names in sets):
        return False
    all_names = dict.fromkeys(name for names in sets for name in names)
    return all(
        branch["allOf"] == [{"not": {"required": [name]}} for name in all_names if name not in branch["required"]]
        for branch in branches
    )


def _read(node: Node, branches: Sequence[Node], keyword: str) -> Alternatives | None:
    """The alternatives that the data format has a form for: sets of members, values with meanings, and cases."""
    if not branches:
        return Alternatives(node)
    if all(branch.get("required", list) and set(branch.schema) <= _OF_SETS for branch in branches):
        return Alternatives(node, choices=[Sets(branches, exactly_one=keyword == "oneOf")])
    is_free = node.schema.keys().isdisjoint({"enum", "const"})
    if is_free and all(_values_of(branch) is not None and set(branch.schema) <= _OF_VALUES for branch in branches):
        return Alternatives(_with_values(node, branches), meanings=branches)
    if all(is_object(replace(branch, schema={**_typed(node), **branch.schema})) for branch in branches):
        return Alternatives(node, cases=branches)
    return None


def is_object(node: Node) -> bool:
    """Whether a schema is one of objects; the type can be missing where the keywords are those of objects."""
    return node.schema.get("type") == "object" or ("type" not in node.schema and "properties" in node.schema)


def _typed(node: Node) -> dict[str, Any]:
    return {"type": node.schema["type"]} if "type" in node.schema else {}


def _is_null(node: Node) -> bool:
    return (
        node.schema.get("type") in ("null", ["null"])
        or node.schema.get("enum") == [None]
        or ("const" in node.schema and node.schema["const"] is None)
    )


def _types(node: Node) -> list[str]:
    types = node.schema.get("type", [])
    return [types] if isinstance(types, str) else [name for name in types if isinstance(name, str)]


def _with_branch(node: Node, branch: Node, document: Document) -> Node:
    """A schema with the keywords of its only alternative; those that it has itself come first."""
    for name in branch.schema:
        if name in node.schema and name != "type" and node.schema[name] != branch.schema[name]:
            document.losses.add(branch.at(name), f"“{name}” differs from that beside the alternatives")
    return replace(
        node,
        schema={**branch.schema, **node.schema},
        origins={**branch.origins, **node.origins},
        references=node.references | branch.references,
    )


def _values_of(node: Node) -> list[Any] | None:
    """The one value that a schema accepts, in a list; None if it accepts several."""
    if "const" in node.schema:
        return [node.schema["const"]]
    values = node.get("enum", list)
    return values if values is not None and len(values) == 1 else None


def _with_values(node: Node, branches: Sequence[Node]) -> Node:
    """A schema with the values of its alternatives as its accepted ones."""
    types = [name for branch in branches for name in _types(branch)]
    known = {"type": [*dict.fromkeys(types)]} if types and "type" not in node.schema else {}
    return node.with_keywords({**known, "enum": [value for branch in branches for value in _values_of(branch) or []]})


def _united(node: Node, branches: Sequence[Node], keyword: str, path: KeyPath, document: Document) -> Node:
    """A schema that takes what any alternative takes: no more than that if these are of different types."""
    by_branch = [_types(branch) or _types(node) for branch in branches]
    types = [name for names in by_branch for name in names]
    keywords: dict[str, Any] = {}
    origins: dict[str, KeyPath] = {}
    lost: dict[str, None] = {}
    for branch, names in zip(branches, by_branch, strict=True):
        for name in branch.schema.keys() - {"type"}:
            is_kept = _is_of_one(name, names, types) or all(
                name in other.schema and other.schema[name] == branch.schema[name] for other in branches
            )
            if is_kept and name not in node.schema:
                keywords[name], origins[name] = branch.schema[name], branch.at(name)
            else:
                lost[name] = None
    overlap = len(set(types)) < len(types) or {"integer", "number"} <= set(types)
    if lost or not all(by_branch) or (overlap and keyword == "oneOf"):
        words = f"; {listing(sorted(lost), 'and')} of them cannot be said" if lost else ""
        document.losses.add(path, f"the alternatives of “{keyword}” are not told apart{words}")
    if all(by_branch):
        keywords["type"] = [*dict.fromkeys([*types, *(["null"] if "null" in _types(node) else [])])]
    references = node.references.union(*(branch.references for branch in branches))
    return replace(
        node,
        schema={**node.schema, **keywords},
        origins={**node.origins, **origins},
        references=references,
    )


def _is_of_one(name: str, types: Sequence[str], all_types: Sequence[str]) -> bool:
    """Whether a keyword is of a type that one alternative has and no other."""
    of_types = _OF_TYPES.get(name, ())
    return not set(of_types).isdisjoint(types) and sum(each in of_types for each in all_types) == 1
