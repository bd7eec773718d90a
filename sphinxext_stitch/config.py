"""The configuration values, each once."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .catalogue.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Value(NamedTuple):
    """A value of ``conf.py``: its name, default and types, what it rebuilds, and a sentence of help."""

    name: str
    default: Any
    types: tuple[type, ...]
    rebuild: Any
    help: str


def _limit(name: str, sentence: str) -> Value:
    # A raised limit changes the catalogue, and that outdates what it should.
    return Value(f"stitch_max_{name}", getattr(DEFAULT_LIMITS, name), (int,), "", sentence)


# A changed catalogue outdates the pages that show the difference, so its path need not outdate any.
VALUES = (
    Value(
        "stitch_data_path",
        "",
        (str,),
        "",
        "The folder of the catalogue, relative to ``conf.py``; empty for the catalogue that the package carries.",
    ),
    Value(
        "stitch_pages",
        "",
        (str,),
        "env",
        "The folder for pages that are made, one for each object, in the source folder; empty for none.",
    ),
    Value(
        "stitch_fold_groups",
        [],
        (list, tuple),
        "html",
        "The keys of the property groups that are folded on HTML pages, until a reader opens them.",
    ),
    _limit("files", "How many data files a catalogue can have."),
    _limit("file_size", "How many bytes a data file can have."),
    _limit("values", "How many keys and values a data file can have, and an object with the groups that it lists."),
    _limit("text", "How many characters a text can have, also once its variables are filled in."),
)

_PACKAGE = Path(__file__).parent


def data_path(app: Sphinx) -> Path:
    """The folder of the project's catalogue."""
    stated: str = app.config.stitch_data_path
    if stated:
        return Path(app.confdir, stated)
    packaged = _PACKAGE / "data"
    # In a checkout the catalogue stands beside the package; the wheel has it inside.
    return packaged if packaged.is_dir() else _PACKAGE.parent / "data"


def limits(app: Sphinx) -> Limits:
    """The limits of the project's catalogue."""
    return Limits(**{field.name: getattr(app.config, f"stitch_max_{field.name}") for field in fields(Limits)})


def setup(app: Sphinx) -> None:
    """Register the values."""
    for value in VALUES:
        app.add_config_value(value.name, value.default, value.rebuild, value.types, value.help)
