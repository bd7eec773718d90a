"""What the fields of records take, as :mod:`.validate` needs it; it is made of their type hints, once for each class."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache, partial
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from ..format.types import AttributeName, Count, Date, KindName, Number
from ..keys import is_attribute, is_kind
from ..scalars import has_form, is_count

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..format.fields import TextKind


class Form(NamedTuple):
    """The form of a text: whether a text has it, and what messages call it."""

    fits: Callable[[str], bool]
    name: str


_FORMS: dict[Any, Form] = {
    AttributeName: Form(is_attribute, "1 to 40 letters a–z, digits and “_”, and begins with a letter"),
    Count: Form(is_count, "a number without sign and fraction"),
    KindName: Form(is_kind, "1 to 40 letters a–z and digits"),
    Number: Form(partial(has_form, type_name="number"), "a number"),
}


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class FieldType:
    """One of the types that a field takes: values of the class ``of``, and of these only ``words``, if there are any.

    A text has a ``kind`` and maybe a ``form``; a list its ``items``; a mapping is a ``record``, or has ``keys`` of a
    type, and ``items``.
    """

    of: type
    words: tuple[str, ...] = ()
    kind: TextKind | None = None
    form: Form | None = None
    is_date: bool = False
    items: tuple[FieldType, ...] = ()
    keys: FieldType | None = None
    record: Any = None

    def fits(self, value: Any) -> bool:
        """Whether the type takes a value, regardless of the items or members of the value."""
        return isinstance(value, self.of) and (not self.words or value in self.words)

    @property
    def name(self) -> str:
        """What messages call the values of the type."""
        if self.form:
            return self.form.name
        return "text" if self.of is str else "a list" if self.of is list else "a mapping"


class RecordType(NamedTuple):
    """The keys that a record has in a file, with the types of each, and those that it cannot do without."""

    keys: dict[str, tuple[FieldType, ...]]
    required: tuple[str, ...]


@cache  # for a dozen classes
def record_type(record: Any) -> RecordType:
    """The keys of a record class: the fields with a description."""
    hints = get_type_hints(record, include_extras=True)
    described = [field for field in fields(record) if "description" in field.metadata]
    return RecordType(
        {field.name: types_of(hints[field.name]) for field in described},
        tuple(field.name for field in described if field.default is MISSING and field.default_factory is MISSING),
    )


def types_of(hint: Any) -> tuple[FieldType, ...]:
    """The types of a type hint: those of a union, or the one type."""
    arms = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    return tuple(map(_type_of, arms))


def _type_of(hint: Any) -> FieldType:
    origin, args = get_origin(hint), get_args(hint)
    if origin is Literal:
        return FieldType(of=str, words=args)
    if origin is Annotated:
        return FieldType(of=str, kind=hint.__metadata__[0], form=_FORMS.get(hint), is_date=hint == Date)
    if origin is tuple:
        return FieldType(of=list, items=types_of(args[0]))
    if origin is dict:
        return FieldType(of=dict, keys=_type_of(args[0]), items=types_of(args[1]))
    if is_dataclass(hint):
        return FieldType(of=dict, record=hint)
    return FieldType(of=NoneType if hint is NoneType else object)
