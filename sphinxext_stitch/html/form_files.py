"""What the form beside examples loads when it is opened: a script for each step of an object, and one with the UI strings.

Browsers do not let the pages that are opened from disk read JSON files, but run scripts.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.locale import get_translation

from ..catalogue.digest import digest
from ..catalogue.formats import FORMATS
from ..catalogue.json_paths import FOLDER, schema_name
from ..catalogue.validating.wording import BOUNDS, KINDS, SIZES, TEXTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..catalogue.model import ConnectionObject, Step

_ = get_translation("sphinxext_stitch")

#: The static files that the script of objects loads when a reader opens a form.
FORM_FILES = tuple(
    f"sphinxext-stitch-{name}" for name in ("form.css", "form.js", "fields.js", "check.js", "json-schema.js")
)

#: The path of the script with the UI strings.
WORDS_PATH = f"{FOLDER}/form-words.js"


@cache
def version() -> str:
    """What is another text when the files of the form have changed, for browsers that keep them."""
    static = Path(__file__).with_name("static")
    return digest([(static / name).read_text(encoding="utf-8") for name in FORM_FILES])


def form_script(obj: ConnectionObject, step: Step) -> str:
    """The script with the schema of a step and its hints."""
    # A build in which nothing changed does without the model.
    from ..catalogue.form_hints import form_hints
    from ..catalogue.object_schema import step_schema

    data = {"schema": step_schema(step, obj.name), "hints": form_hints(step)}
    # As a text: names such as ``__proto__`` mean something in a literal.
    return _script(schema_name(obj, step), json.dumps(data, ensure_ascii=False, separators=(",", ":")))


def words_script() -> str:
    """The script with the UI strings."""
    return _script("words", _words())


def _script(name: str, value: object) -> str:
    # Outside a build, UI strings are looked up when they are written.
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    return f"globalThis.stitchForms[{json.dumps(name)}] = {text};\n"


def _words() -> dict[str, Any]:
    def translated(texts: Mapping[str, str]) -> dict[str, str]:
        return {name: gettext(text) for name, text in texts.items()}

    gettext = _
    return {
        **translated(TEXTS),
        "kinds": translated(KINDS),
        "bounds": translated(BOUNDS),
        "sizes": translated(SIZES),
        "formats": {
            name: {"pattern": known.pattern, "meaning": gettext(known.meaning)} for name, known in FORMATS.items()
        },
        "form": _("Fill in %(name)s"),
        "stays": _("Nothing that you type leaves this page."),
        "start": _("Start from the example"),
        "clear": _("Clear"),
        "requiredOnly": _("Required only"),
        "check": _("Check"),
        "fine": _("Nothing is missing or wrong."),
        "problems": _("What is missing or wrong"),
        "required": _("required"),
        "deprecated": _("deprecated"),
        "more": _("More"),
        "default": _("Default: %(value)s"),
        "notSent": _("not sent"),
        "sendNull": _("Send null"),
        "secret": _("Requests read it from the environment variable %(name)s."),
        "oneOf": _("Send one of"),
        "item": _("Item %(number)s"),
        "name": _("Name"),
        "value": _("Value"),
        "add": _("Add to %(name)s"),
        "remove": _("Remove"),
        "paste": _("Check a payload"),
        "payload": _("Properties as JSON"),
        "notJson": _("This is not JSON: %(reason)s"),
        "note": _("Note: %(message)s"),
    }
