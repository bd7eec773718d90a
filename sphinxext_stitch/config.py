"""The configuration values, each once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Value(NamedTuple):
    """A value of ``conf.py``: its name, default and types, what it rebuilds, and a sentence of help."""

    name: str
    default: Any
    types: tuple[type, ...]
    rebuild: Any
    help: str


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


def setup(app: Sphinx) -> None:
    """Register the values."""
    for value in VALUES:
        app.add_config_value(value.name, value.default, value.rebuild, value.types, value.help)
