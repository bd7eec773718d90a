"""The configuration values, from which Sphinx and the manual get their defaults, types and descriptions."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .catalogue.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Value(NamedTuple):
    """A configuration value, with the arguments of :meth:`~sphinx.application.Sphinx.add_config_value`."""

    name: str
    default: Any
    types: tuple[type, ...]
    rebuild: Any
    help: str


def _limit(name: str, sentence: str) -> Value:
    # No rebuild: another limit can change the catalogue, and that outdates the pages that show the difference.
    return Value(f"stitch_max_{name}", getattr(DEFAULT_LIMITS, name), (int,), "", sentence)


# The path rebuilds nothing by itself: a changed catalogue outdates the pages that show the difference.
VALUES = (
    Value(
        "stitch_data_path",
        "",
        (str,),
        "",
        "The folder of the catalogue, relative to ``conf.py``; empty for the catalogue of the package.",
    ),
    Value(
        "stitch_pages",
        "",
        (str,),
        "env",
        "The folder in the source folder for generated pages, one for each object; empty for none.",
    ),
    Value(
        "stitch_fold_groups",
        [],
        (list, tuple),
        "html",
        "The keys of the property groups that are folded on HTML pages until a reader opens them.",
    ),
    _limit("files", "How many data files a catalogue can have."),
    _limit("file_size", "How many bytes a data file can have."),
    _limit("values", "How many keys and values a data file can have, and an object with the groups that it lists."),
    _limit("text", "How many characters a text can have, also once its variables are filled in."),
)

_PACKAGE = Path(__file__).parent


def data_path(app: Sphinx) -> Path:
    """The folder of the project's catalogue."""
    configured: str = app.config.stitch_data_path
    if configured:
        return Path(app.confdir, configured)
    packaged = _PACKAGE / "data"
    # In a checkout, the catalogue is beside the package; the wheel has it inside.
    return packaged if packaged.is_dir() else _PACKAGE.parent / "data"


def limits(app: Sphinx) -> Limits:
    """The limits of the project's catalogue, from ``stitch_max_…``."""
    return Limits(**{field.name: getattr(app.config, f"stitch_max_{field.name}") for field in fields(Limits)})


def setup(app: Sphinx) -> None:
    """Register the values."""
    for value in VALUES:
        app.add_config_value(value.name, value.default, value.rebuild, value.types, value.help)
