"""The configuration values: their defaults, types, bounds and descriptions, for Sphinx and for the manual."""

from __future__ import annotations

import os
from dataclasses import fields
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from .catalogue.invisible import one_line
from .catalogue.limits import DEFAULT_LIMITS, Limits
from .catalogue.problems import QUOTED, Subtype
from .catalogue.reading.discover import is_folder
from .warnings import warn

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx
    from sphinx.config import Config


class Value(NamedTuple):
    """A configuration value, with the arguments of :meth:`~sphinx.application.Sphinx.add_config_value`.

    ``expected`` says what it can be, and ``fits`` whether it is that.
    """

    name: str
    default: Any
    types: tuple[type, ...]
    rebuild: Any
    help: str
    expected: str
    fits: Callable[[Any], bool]


#: The highest value of a limit, which no catalogue reaches.
HIGHEST = 1_000_000_000

#: The most bytes of a path, and of a name in it, which file systems take.
LONGEST_PATH = 1_000
LONGEST_NAME = 255

#: The pages on which readers can jump, and the keys that can open the jump.
JUMP_PAGES = ("reference", "all", "none")
JUMP_KEYS = ("Ctrl K", "/")


def _is_limit(value: Any) -> bool:
    return type(value) is int and 1 <= value <= HIGHEST


def _is_path(value: Any) -> bool:
    try:
        path = os.fsencode(value) if isinstance(value, str) else b"\0"
    except UnicodeEncodeError:
        return False
    return (
        b"\0" not in path and len(path) <= LONGEST_PATH and all(len(name) <= LONGEST_NAME for name in path.split(b"/"))
    )


def _is_inner_folder(value: Any) -> bool:
    """Whether a value is the path of a folder below another, or empty."""
    if not _is_path(value):
        return False
    path = PurePosixPath(value)
    return value == "" or not (path.is_absolute() or ".." in path.parts or not path.parts)


def _is_list(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value)


def _is_list_of_keys(value: Any) -> bool:
    return _is_list(value) and set(value) <= set(JUMP_KEYS)


def _limit(name: str, sentence: str) -> Value:
    # No rebuild: another limit can change the catalogue, and that outdates the pages that show the difference.
    default = getattr(DEFAULT_LIMITS, name)
    return Value(
        f"stitch_max_{name}", default, (int,), "", sentence, f"a whole number from 1 to {HIGHEST:,}", _is_limit
    )


# The path rebuilds nothing by itself: a changed catalogue outdates the pages that show the difference.
VALUES = (
    Value(
        "stitch_data_path",
        "",
        (str,),
        "",
        "The folder of the catalogue, relative to the source folder; empty for the catalogue of the package.",
        "the path of a folder",
        _is_path,
    ),
    Value(
        "stitch_pages",
        "",
        (str,),
        "env",
        "The folder in the source folder for generated pages, one for each object; empty for none.",
        "a folder in the source folder, such as “connections”",
        _is_inner_folder,
    ),
    Value(
        "stitch_fold_groups",
        [],
        (list, tuple),
        "html",
        "The keys of the property groups that are folded on HTML pages until a reader opens them.",
        'a list of keys of property groups, such as ["timing"]',
        _is_list,
    ),
    Value(
        "stitch_sidebar",
        100,
        (int,),
        "env",
        "How many generated pages of objects the sidebars of themes have; if there are more, they have the chapters of kinds and categories alone.",
        f"a whole number from 1 to {HIGHEST:,}",
        _is_limit,
    ),
    Value(
        "stitch_json",
        True,  # noqa: FBT003 - the default
        (bool,),
        "html",
        "Whether HTML builds have the catalogue, and the JSON Schema of each object, as files in ``_stitch/``, and forms beside examples.",
        "“True” or “False”",
        lambda value: isinstance(value, bool),
    ),
    Value(
        "stitch_jump",
        "reference",
        (str,),
        "html",
        "The HTML pages on which readers can jump to an object or property by its name: “reference”, those that show "
        "something of the catalogue; “all”; “none”.",
        "“reference”, “all” or “none”",
        lambda value: isinstance(value, str) and value in JUMP_PAGES,
    ),
    Value(
        "stitch_jump_keys",
        ["Ctrl K"],
        (list, tuple),
        "html",
        "Which keys open the jump: “Ctrl K”, on a Mac ⌘ K, which stays the theme's where it has a use for it; “/”.",
        'a list of "Ctrl K" and "/"',
        _is_list_of_keys,
    ),
    Value(
        "stitch_follow_links",
        False,  # noqa: FBT003 - the default
        (bool,),
        "",
        "Whether links in the catalogue are followed, wherever they lead: for trees that a build system makes of links.",
        "“True” or “False”",
        lambda value: isinstance(value, bool),
    ),
    _limit("files", "How many data files a catalogue can have."),
    _limit("file_size", "How many bytes a data file can have."),
    _limit("values", "How many keys and values a data file can have, and an object with the groups that it lists."),
    _limit("text", "How many characters a text can have, also once its variables are filled in."),
)

_PACKAGE = Path(__file__).parent


def check_values(app: Sphinx, config: Config) -> None:
    """Warn of values that are not what they can be, and take their defaults; the handler of ``config-inited``."""
    for value in VALUES:
        found = getattr(config, value.name)
        if not value.fits(found):
            warn_of_config(app, f"“{value.name}” is {value.expected}, not {_shown(found)}; its default is used")
            setattr(config, value.name, value.default)


def _shown(value: Any) -> str:
    """A value for a message: what it is, and if it is short, itself."""
    if isinstance(value, str):
        return f"the text “{one_line(value)}”" if len(value) <= QUOTED else f"a text of {len(value):,} characters"
    if isinstance(value, int) and abs(value) < 10**QUOTED:
        return f"“{value}”"
    if isinstance(value, (list, tuple)):
        others = [type(item).__name__ for item in value if not isinstance(item, str)]
        if others:
            return f"a list with a value of the type “{others[0]}”"
        if sum(map(len, value)) <= QUOTED:
            items = (f'"{one_line(item)}"' for item in value)
            return f"[{', '.join(items)}]"
    return f"a value of the type “{type(value).__name__}”"


def warn_of_config(app: Sphinx, message: str, subtype: Subtype = Subtype.BAD_CONFIG) -> None:
    """Warn of a problem of the configuration."""
    warn(subtype, message, f"{Path(app.confdir, 'conf.py')}:1")


def data_path(app: Sphinx) -> Path:
    """The folder of the project's catalogue.

    It belongs to the sources that are built: several of them, such as versions, can share one ``conf.py``.
    """
    configured: str = app.config.stitch_data_path
    if configured:
        path, beside_conf = Path(app.srcdir, configured), Path(app.confdir, configured)
        if is_folder(path) or not is_folder(beside_conf):
            return path
        message = (
            f"“stitch_data_path” is relative to the source folder, where there is no folder “{path}”; "
            "that beside “conf.py” is used: if it is meant, state its whole path"
        )
        warn_of_config(app, message)
        return beside_conf
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
    app.connect("config-inited", check_values)  # before Sphinx checks the types
