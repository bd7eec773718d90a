"""Dataclass fields of the data format and of the export, each with its description, and the kinds of their texts."""

from __future__ import annotations

from dataclasses import MISSING, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


def described(meaning: str, default: Any = MISSING, *, factory: Callable[[], Any] | None = None) -> Any:
    """A field of a dataclass with its description, which editors and the manual show.

    Without a default or ``factory``, the field is required.
    """
    description = {"description": meaning}
    if factory is not None:
        return field(default_factory=factory, metadata=description)
    return field(default=default, metadata=description)


class TextKind(NamedTuple):
    """A kind of text, which the manual calls ``name``.

    Only prose has several lines: a line break in any other text could write a line of its own into an inventory, a
    manual page or a log.  Editors check its ``pattern``.
    """

    name: str
    has_lines: bool = False
    can_be_blank: bool = False
    pattern: str = ""

    def __get_pydantic_json_schema__(
        self, core_schema: Any, handler: Callable[[Any], dict[str, Any]]
    ) -> dict[str, Any]:
        """The JSON Schema of such a text; pydantic calls this for the annotation of a field."""
        keywords = {"minLength": 0 if self.can_be_blank else 1, "pattern": self.pattern and f"^{self.pattern}$"}
        return handler(core_schema) | {name: value for name, value in keywords.items() if value}
