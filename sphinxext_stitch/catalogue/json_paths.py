"""The paths of the files beside the pages of a project."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .model import ConnectionObject, Step

#: The folder of the schemas beside the pages of a project, and that of the whole catalogue.
FOLDER = "_stitch"


def schema_name(obj: ConnectionObject, step: Step) -> str:
    """The name of the schema of a step: its path in the folder, without the suffix."""
    return f"{obj.kind}/{obj.key}.{step.name}"


def schema_path(obj: ConnectionObject, step: Step) -> str:
    """The path of the schema of a step, from the first page of a project."""
    return f"{FOLDER}/{schema_name(obj, step)}.json"


def form_path(obj: ConnectionObject, step: Step) -> str:
    """The path of the script with what the form of a step needs."""
    return f"{FOLDER}/{schema_name(obj, step)}.js"
