"""Rules of a schema, ``if`` and ``then``, as conditions of properties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .result import Fields, Part


def add_rule(rule: Any, parts: Mapping[str, Part]) -> bool:
    """Add the condition of a rule to the members that it requires; False if the rule says something else."""
    if not isinstance(rule, dict) or rule.keys() != {"if", "then"}:
        return False
    conditions = _conditions(rule["if"], parts)
    names = _required(rule["then"])
    free = [name for name in names if name in parts and not {"required", "required_if"} & parts[name].keys()]
    if not conditions or not names or free != names:
        return False
    for name in names:
        parts[name]["required_if"] = conditions
    return True


def _required(then: Any) -> list[str]:
    """The names that a rule requires, if it does nothing else."""
    names = then.get("required") if isinstance(then, dict) and then.keys() == {"required"} else None
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []


def _conditions(schema: Any, parts: Mapping[str, Part]) -> Fields:
    """The values that members must have; none if the schema says something else."""
    if not isinstance(schema, dict) or schema.keys() - {"properties", "required"}:
        return {}
    properties, required = schema.get("properties"), schema.get("required", [])
    conditions: Fields = {}
    for name, member in (properties if isinstance(properties, dict) else {}).items():
        values = _values(member) if name in parts else []
        # What is not sent has its default in a condition; in a schema, it fits any condition.
        is_meant = isinstance(required, list) and name in required
        if not values or not (is_meant or parts[name].get("default") in values):
            return {}
        conditions[name] = values[0] if len(values) == 1 else values
    return conditions if isinstance(required, list) and set(required) <= conditions.keys() else {}


def _values(schema: Any) -> list[Any]:
    """The values of a schema that lists them and does nothing else; none if the data format has no text for one."""
    if not isinstance(schema, dict) or len(schema) != 1:
        return []
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    is_plain = isinstance(values, list) and not any(
        value is None or isinstance(value, (list, dict)) for value in values
    )
    return values if is_plain and isinstance(values, list) else []
