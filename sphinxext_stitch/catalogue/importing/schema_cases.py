"""The cases of an object: alternatives that the value of one member tells apart, as conditions of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .result import Part
from .schema_fields import accepted, as_list, meaning_of
from .texts import prose
from .values import TYPES, text_of, type_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from .result import Fields, Losses
    from .schema_nodes import Document, Node
    from .schema_values import ValueReader

#: The keywords of a case that the data format has a form for; a title and a description are what its value means.
_OF_CASES = {"properties", "required", "type", "title", "description", "order"}


class _Case(NamedTuple):
    """A case: the texts of the values of the deciding member that it is for, its schema and its other members."""

    values: list[str]
    node: Node
    members: dict[str, Part]


class _Variant(NamedTuple):
    """A member of some cases: its fields, and the values of the cases that it is the same in."""

    part: Part
    values: list[str]


class CaseReader:
    """Reads the cases of the objects of a document.

    ``members`` gives the properties of a schema of objects, and ``required`` those of some names that it requires.
    """

    def __init__(
        self,
        values: ValueReader,
        members: Callable[[Node, int], dict[str, Part]],
        required: Callable[[Node, Collection[str]], set[str]],
    ) -> None:
        self.values = values
        self.document: Document = values.document
        self.losses: Losses = values.losses
        self.members = members
        self.required = required

    def properties(self, parts: dict[str, Part], nodes: Sequence[Node], required: set[str], nesting: int) -> list[Part]:
        """The properties with those of cases, each with the condition on the member that tells them apart.

        ``parts`` are the members in all cases, of which some are ``required``.
        """
        ordered = sorted(nodes, key=order_of)
        name, values = self.deciding(ordered)
        cases = [
            _Case(texts, node, self.of_case(name, node, parts, nesting))
            for texts, node in zip(values, ordered, strict=True)
        ]
        if not name:
            return self.without_deciding(parts, cases)
        all_values = [text for texts in values for text in texts]
        decider = self.decider(name, cases, parts.pop(name, None), nesting)
        if name in required or all(name in _required(case) for case in cases):
            decider["required"] = True
        properties = [decider, *parts.values()]
        for member in dict.fromkeys(each for case in cases for each in case.members):
            properties += [_with_condition(each, name, all_values, required) for each in _variants(member, cases)]
        for member, part in parts.items():
            texts = [text for case in cases if member in _required(case) for text in case.values]
            if texts and not part.get("required") and not part.get("read_only"):
                part["required_if"] = {name: texts[0] if len(texts) == 1 else texts}
        return properties

    def deciding(self, nodes: Sequence[Node]) -> tuple[str, list[list[str]]]:
        """The member whose value tells cases apart, and the texts of its values in each; no name if there is none."""
        for name in nodes[0].get("properties", dict) or {}:
            found = [self.values_in(node, name) for node in nodes]
            texts = [text for values in found for text in values]
            if all(found) and len(set(texts)) == len(texts):
                return name, found
        return "", [[] for _node in nodes]

    def values_in(self, node: Node, name: str) -> list[str]:
        """The texts of the values that a member has in a case; none if it can have any."""
        if name not in (node.get("properties", dict) or {}):
            return []
        values = accepted(self.document.below(node, "properties", name))
        texts = [text_of(value, [type_of(value)]) for value in values or ()]
        return [text for text in texts if text is not None] if None not in texts else []

    def of_case(self, deciding: str, node: Node, parts: Mapping[str, Part], nesting: int) -> dict[str, Part]:
        """The members of a case but for the deciding one, by name, with those that it requires."""
        named = {name: part for name, part in self.members(node, nesting).items() if name != deciding}
        for name in [name for name in named if name in parts]:
            if any(parts[name].get(field) != value for field, value in named.pop(name).items()):
                message = f"“{name}” is also a member in all cases; what this case says of it is left out"
                self.losses.add(node.at("properties", name), message)
        for name in self.required(node, {*named, *parts, deciding}) & named.keys():
            named[name]["required"] = True
        for keyword, value in node.schema.items():
            if keyword not in _OF_CASES and (keyword, value) != ("additionalProperties", True):
                self.losses.add(node.at(keyword), f"“{keyword}” of a case has no place in the data format")
        return named

    def decider(self, name: str, cases: Sequence[_Case], base: Part | None, nesting: int) -> Part:
        """The member that tells cases apart: its values are the cases, with what these are called."""
        nodes = [self.document.below(case.node, "properties", name) for case in cases]
        found = [self.values.property(name, _without_own_default(node), nesting) for node in nodes]
        types = [each for part in found for each in as_list(part["type"])]
        kinds = [each for each in TYPES if each in types]
        part = Part(found[0].origin, {"name": name, "type": kinds[0] if len(kinds) == 1 else kinds})
        differing = set()
        for field in dict.fromkeys(
            field for each in found for field in each if field not in ("name", "type", "values")
        ):
            stated = [each[field] for each in found if field in each]
            if all(value == stated[0] for value in stated):
                part[field] = stated[0]
            else:
                differing.add(field)
        part |= {field: value for field, value in (base or {}).items() if field not in ("type", "values")}
        meanings: Fields = {}
        for case, own, node in zip(cases, found, nodes, strict=True):
            meaning = meaning_of(case.node, case.values[0], self.losses)
            for field in sorted(differing & own.keys()):
                if field in ("title", "description") and not meaning:
                    meaning = prose(own[field]).text if field == "title" else own[field]
                elif meaning != own[field]:
                    self.losses.add(node.path, f"“{field}” of “{name}” differs from that in another case")
            meanings |= dict.fromkeys(case.values, meaning)
        part["values"] = meanings if any(meanings.values()) else [*meanings]
        return part

    def without_deciding(self, parts: Mapping[str, Part], cases: Sequence[_Case]) -> list[Part]:
        """The properties with those of cases that no member tells apart: each is optional."""
        message = "no member with one value in each tells these alternatives apart; their members are optional"
        self.losses.add(cases[0].node.path[:-1], message)
        merged = dict(parts)
        for case in cases:
            for name, part in case.members.items():
                part.pop("required", None)
                if name in merged and merged[name] != part:
                    self.losses.add(
                        part.origin, f"“{name}” is something else in another alternative; the first is kept"
                    )
                merged.setdefault(name, part)
        return [*merged.values()]


def order_of(node: Node) -> float:
    """The number that says where a schema stands among others; those without one are last."""
    order = node.schema.get("order")
    return order if isinstance(order, (int, float)) and not isinstance(order, bool) else float("inf")


def _required(case: _Case) -> list[str]:
    return case.node.get("required", list) or []


def _variants(name: str, cases: Sequence[_Case]) -> list[_Variant]:
    """What a member is in cases: one variant if it is the same in all that have it."""
    variants: list[_Variant] = []
    for case in cases:
        part = case.members.get(name)
        same = next((variant for variant in variants if variant.part == part), None)
        if same is not None:
            same.values.extend(case.values)
        elif part is not None:
            variants.append(_Variant(part, [*case.values]))
    return variants


def _with_condition(variant: _Variant, name: str, values: Sequence[str], required: set[str]) -> Part:
    """The part of a variant, with the condition under which it applies unless it always does."""
    part = Part(variant.part.origin, variant.part)
    if part["name"] in required:
        part["required"] = True
    if len(variant.values) < len(values):
        part["applies_if"] = {name: variant.values[0] if len(variant.values) == 1 else variant.values}
    return part


def _without_own_default(node: Node) -> Node:
    """A schema without a default that is the one value that there is: it says nothing more."""
    value = node.schema.get("const", (node.get("enum", list) or [None])[0])
    return node.without("default") if node.schema.get("default", value) == value else node
