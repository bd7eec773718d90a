"""The data format as the records define it: sound data, and data with one text of one's own, for each field.

What is derived here follows the records: a new field is tested without a word about it.
"""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What a record needs beside the fields that it must have.
NEEDED = {name: {"type": "string"} for name in ("PropertyRecord", "ValueRecord", "EntriesRecord")}

#: How often these records stand within one of their own kind.
DEPTH = 2
RECURSIVE = ("PropertyRecord", "ValueRecord", "EntriesRecord")


def is_union(hint: Any) -> bool:
    return get_origin(hint) in (Union, UnionType)


def arms(hint: Any) -> list[Any]:
    """The types that a union has, but for None."""
    return [arm for arm in get_args(hint) if arm is not NoneType] if is_union(hint) else [hint]


def record_fields(record: Any) -> Iterator[tuple[str, Any, bool]]:
    """The fields of a record: name, type, and whether it must be there."""
    hints = get_type_hints(record)
    for field in fields(record):
        yield field.name, hints[field.name], field.default is MISSING and field.default_factory is MISSING


def minimal(hint: Any) -> Any:
    """The least sound data of a type."""
    hint = arms(hint)[0]
    if is_dataclass(hint):
        needed = {name: minimal(kind) for name, kind, must in record_fields(hint) if must}
        return needed | NEEDED.get(hint.__name__, {})
    origin = get_origin(hint)
    if origin is Literal:
        return get_args(hint)[0]
    return [] if origin is tuple else {} if origin is dict else "x"


def with_text(hint: Any, text: str, depth: int = DEPTH) -> Iterator[tuple[str, Any]]:
    """Data of a type with ``text`` in one place where a text can stand, with the path of the place; one for each."""
    for arm in arms(hint):
        origin, args = get_origin(arm), get_args(arm)
        if arm is str or arm is Any:
            yield "", text
        elif origin is tuple:
            yield from ((f"[]{path}", [data]) for path, data in with_text(args[0], text, depth))
        elif origin is dict:
            yield ".key", {text: minimal(args[1])}
            yield from ((f".x{path}", {"x": data}) for path, data in with_text(args[1], text, depth))
        elif is_dataclass(arm) and depth:
            base = minimal(arm)
            for name, kind, _must in record_fields(arm):
                within = depth - 1 if arm.__name__ in RECURSIVE else depth
                yield from ((f".{name}{path}", base | {name: data}) for path, data in with_text(kind, text, within))
