"""From the schema of an object to properties: what must be sent, cases with the members of each, and choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..invisible import HIDDEN
from ..keys import ENTRIES
from ..problems import LISTED, listing
from ..suggestions import Vocabulary
from .schema_cases import CaseReader, order_of
from .schema_rules import add_rule
from .schema_values import ValueReader
from .texts import phrase

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from ..reading.data_file import KeyPath
    from .result import Fields, Losses, Part
    from .schema_alternatives import Alternatives, Sets
    from .schema_nodes import Document, Node


#: The length of the longest name: it is a part of anchors.
_LONGEST = 200


class MemberReader:
    """Reads the members of the objects of a document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.losses: Losses = document.losses
        self.values = ValueReader(document, self.members)
        self.cases = CaseReader(self.values, self.properties, self.required)

    def members(self, alternatives: Alternatives, nesting: int) -> Fields:
        """The properties of an object, with the choices among them."""
        node = alternatives.node
        parts = self.properties(node, nesting)
        required = self.required(node, {*parts, *self.names_of_cases(alternatives)})
        for name in required & parts.keys():
            parts[name]["required"] = True
        properties = [*parts.values()]
        if alternatives.cases:
            properties = self.cases.properties(parts, alternatives.cases, required, nesting)
        self.add_rules(node, parts)
        fields: Fields = {"properties": properties} if properties else {}
        for choice in alternatives.choices:
            fields |= self.choice(choice, parts)
        return fields

    def properties(self, node: Node, nesting: int) -> dict[str, Part]:
        """The properties that a schema names, by name; those with an ``order`` first, in this order."""
        named = node.get("properties", dict) or {}
        nodes = {
            name: self.document.below(node, "properties", name)
            for name in named
            if self.is_name(name, node.at("properties", name))
        }
        names = sorted(nodes, key=lambda name: order_of(nodes[name]))
        return {name: self.values.property(name, nodes[name], nesting) for name in names}

    def is_name(self, name: str, path: KeyPath) -> bool:
        """Whether the data format takes a name; one that it does not take is lost."""
        fault = fault_of_property_name(name)
        if fault:
            self.losses.add(path, f"a name that {fault}; the property is left out")
        return fault is None

    def required(self, node: Node, known: Collection[str]) -> set[str]:
        """The names that a schema requires."""
        names = node.get("required", list) or []
        unknown = {name: index for index, name in enumerate(names) if name not in known}
        vocabulary = Vocabulary(known)
        for number, (name, index) in enumerate(unknown.items()):
            hint = vocabulary.nearest(name) if number < LISTED else ""
            message = f"“{name[:60]}” is required and not among the properties{hint}"
            self.losses.add(node.at("required", index), message)
        return set(names) - unknown.keys()

    def names_of_cases(self, alternatives: Alternatives) -> Iterable[str]:
        return [name for case in alternatives.cases for name in case.get("properties", dict) or {}]

    def choice(self, choice: Sets, parts: Mapping[str, Part]) -> Fields:
        """A choice of sets of members; one that names a required member, or an unknown one, is lost."""
        sets = [[*dict.fromkeys(node.schema["required"])] for node in choice.nodes]
        names = [name for entry in sets for name in entry]
        wrong = [name for name in names if name not in parts or parts[name].get("required")]
        is_exact = choice.nothing_else or (len(set(names)) == len(names) and max(map(len, sets)) == 1)
        if wrong or (choice.exactly_one and not is_exact):
            why = f"{listing(wrong, 'and')} cannot be chosen" if wrong else "several sets can be sent in part"
            self.losses.add(choice.nodes[0].path[:-1], f"a choice that the data format cannot say: {why}")
            return {}
        labels = [phrase(node.get("title", str) or "").text for node in choice.nodes]
        is_labelled = all(labels) and len(set(labels)) == len(labels)
        field = "one_of" if choice.exactly_one else "any_of"
        return {field: dict(zip(labels, sets, strict=True)) if is_labelled else sets}

    def add_rules(self, node: Node, parts: Mapping[str, Part]) -> None:
        """Add what must be sent where another member has a value, as in ``if`` and ``then``; other rules are lost."""
        for index, rule in enumerate(node.get("allOf", list) or ()):
            if not (isinstance(rule, dict) and add_rule(rule, parts)):
                self.losses.add(node.at("allOf", index), "a rule that the data format cannot say")


def fault_of_property_name(name: str) -> str | None:
    """Why the data format cannot have a property of this name, as the end of a sentence; None if it can."""
    if not name or any(letter.isspace() for letter in name):
        return "is empty or has a space in it"
    if HIDDEN.search(name):
        return "has an invisible character in it"
    if len(name) > _LONGEST:
        return f"has more than {_LONGEST} characters"
    return "stands for members with free names" if name == ENTRIES else None
