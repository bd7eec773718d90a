"""Dataclass fields of the data format and of the export, each with its description."""

from __future__ import annotations

from dataclasses import MISSING, field
from typing import TYPE_CHECKING, Any

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
