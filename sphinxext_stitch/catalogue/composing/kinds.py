"""The kinds of connections that ``api.yml`` names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..anchors import RESERVED
from ..kinds import DEFAULT_KINDS, KindInfo
from ..problems import Problem, Subtype
from ..prose import VARIABLE
from ..texts import Phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..format.api_records import KindRecord
    from ..problems import Report
    from ..reading.data_file import DataFile

#: The kinds whose words can be left out.
_WITH_WORDS = tuple(kind.name for kind in DEFAULT_KINDS)


def compose_kinds(records: Mapping[str, KindRecord], file: DataFile, report: Report) -> tuple[KindInfo, ...]:
    """The kinds of a catalogue; :data:`.kinds.DEFAULT_KINDS` if it names none.

    A kind whose name or folder is taken is reported and left out.
    """
    folders = {"groups": "property groups"}
    kinds = []
    for name, record in records.items():
        path, folder = ("kinds", name), record.folder or f"{name}s"
        if name in RESERVED:
            message = f"“{name}” cannot name a kind: anchors or pages of something else begin with it"
            report(Problem(file.key_place(path), Subtype.WRONG_TYPE, message))
        elif folder in folders:
            message = f"the folder “{folder}” of the kind “{name}” is that of {folders[folder]}; state another “folder”"
            place = file.place((*path, "folder")) if record.folder else file.key_place(path)
            report(Problem(place, Subtype.WRONG_TYPE, message))
        else:
            folders[folder] = f"the kind “{name}”"
            kinds.append(_kind(name, folder, record, file, report))
    return tuple(kinds) or DEFAULT_KINDS


def _kind(name: str, folder: str, record: KindRecord, file: DataFile, report: Report) -> KindInfo:
    """The kind of a record; what is missing or invalid of its texts is reported, and its name stands for it."""
    path = ("kinds", name)
    words = {
        field: Phrase(text, file.place((*path, field)))
        for field in ("title", "plural", "heading")
        if (text := getattr(record, field)) is not None
    }
    if "heading" in words and [slot.strip() for slot in VARIABLE.findall(words["heading"])] != ["name"]:
        heading = words.pop("heading")
        message = f"“heading” of “{name}” takes text with one “{{{{ name }}}}” in it; found “{heading}”"
        report(Problem(heading.place, Subtype.WRONG_TYPE, message))
    if name not in _WITH_WORDS:
        place = file.key_place(path)
        for field in ("title", "plural", "heading"):
            if file.data["kinds"][name].get(field) is None:
                report(Problem(place, Subtype.MISSING_FIELD, f"the field “{field}” is missing from “{name}”"))
        title = words.get("title", Phrase(name, place))
        words = {"title": title, "plural": title, "heading": Phrase("{{ name }}", place), **words}
    return KindInfo(name=name, folder=folder, **words)
