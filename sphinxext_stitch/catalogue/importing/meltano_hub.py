"""``meltano-hub``: the settings of a plugin, as Meltano's hub has them in a file for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..composing.doubts import is_name_of_secret
from ..problems import Problem, Subtype, listing
from ..prose import scheme
from ..suggestions import nearest
from .result import ImportedObject, Losses, MissingKindError, Part
from .schema_members import fault_of_property_name
from .texts import phrase, prose, words_of_key
from .values import example_of, names_secret, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..api import Api
    from ..problems import Report
    from ..reading.data_file import DataFile, KeyPath

#: The fields of a property for each kind of setting; one without a kind is a text.
_KINDS: dict[str, dict[str, Any]] = {
    "string": {"type": "string"},
    "password": {"type": "string", "secret": True},
    "oauth": {"type": "string", "secret": True},
    "hidden": {"type": "string", "internal": True},
    "options": {"type": "string"},
    "file": {"type": "string", "format": "file"},
    "email": {"type": "string", "format": "email"},
    "date_iso8601": {"type": "string", "format": "date_iso8601"},
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "boolean": {"type": "boolean"},
    "array": {"type": "array"},
    "object": {"type": "object"},
}

_OF_PLUGINS = {
    "name",
    "label",
    "description",
    "docs",
    "settings",
    "settings_group_validation",
    "settings_preamble",
    "variant",
}
_OF_SETTINGS = {
    "name", "label", "description", "documentation", "hidden", "kind", "options", "sensitive", "value",
}  # fmt: skip


def read_meltano_hub(file: DataFile, kind: str | None, api: Api, report: Report) -> Iterator[ImportedObject]:
    """The object of a plugin.

    What is no plugin is reported.  Raises :class:`MissingKindError` if no ``kind`` is given.
    """
    if not isinstance(file.data, dict) or not isinstance(file.data.get("name"), str):
        message = "this is not a plugin of the hub, which has a “name”"
        report(Problem(file.key_place(()), Subtype.WRONG_TYPE, message))
        return
    if kind is None:
        raise MissingKindError
    yield _Plugin(file).object(kind)


class _Plugin:
    """Reads one plugin."""

    def __init__(self, file: DataFile) -> None:
        self.plugin: dict[str, Any] = file.data
        self.losses = Losses(file)

    def object(self, kind: str) -> ImportedObject:
        name = self.plugin["name"]
        label = self.plugin.get("label")
        title = phrase(label).text if isinstance(label, str) else ""
        data = Part((), {"name": title or words_of_key(name), "type": name})
        docs = self.plugin.get("docs")
        if isinstance(docs, str) and scheme(docs) in ("https", "http"):
            data["docs"] = docs
        if description := self.description():
            data["description"] = description
        others = [field for field in self.plugin if field not in _OF_PLUGINS]
        if others:
            self.losses.add((others[0],), f"the data format has no place for {listing(others, 'and')} of a plugin")
        properties = self.properties()
        if properties:
            data["properties"] = [*properties.values()]
        self.add_groups(data, properties)
        variant = self.plugin.get("variant")
        return ImportedObject(kind, name, data, self.losses, variant=variant if isinstance(variant, str) else "")

    def description(self) -> str:
        """What the plugin is, and what its hub says above the settings."""
        parts = [self.prose(self.plugin, field, ()) for field in ("description", "settings_preamble")]
        text = "\n\n".join(part.rstrip("\n") for part in parts if part)
        return f"{text}\n" if "\n" in text else text

    def prose(self, mapping: dict[str, Any], field: str, path: KeyPath) -> str:
        text = mapping.get(field)
        if not isinstance(text, str):
            if text is not None:
                self.losses.add((*path, field), f"“{field}” is not a text")
            return ""
        result = prose(text)
        for loss in result.losses:
            self.losses.add((*path, field), loss)
        return result.text

    def properties(self) -> dict[str, Part]:
        """The properties by name; names with dots stay as they are."""
        settings = self.plugin.get("settings") or []
        if not isinstance(settings, list):
            self.losses.add(("settings",), "“settings” is not a list")
            return {}
        found: dict[str, Part] = {}
        for index, setting in enumerate(settings):
            path: KeyPath = ("settings", index)
            name = setting.get("name") if isinstance(setting, dict) else None
            if not isinstance(name, str):
                self.losses.add(path, "this is not a setting, which has a “name”")
            elif fault := fault_of_property_name(name):
                self.losses.add(path, f"a name that {fault}; the setting is left out")
            elif name in found:
                self.losses.add(path, f"“{name}” is there twice; the first is kept")
            else:
                found[name] = self.property(name, setting, path)
        return found

    def property(self, name: str, setting: dict[str, Any], path: KeyPath) -> Part:
        for field in setting:
            if field not in _OF_SETTINGS:
                self.losses.add((*path, field), f"the data format has no place for {listing([field], '')} of a setting")
        kind = setting.get("kind") or "string"
        if not isinstance(kind, str) or kind not in _KINDS:
            message = f"“{str(kind)[:60]}” is not a kind of settings, and taken for a text{nearest(str(kind), _KINDS)}"
            self.losses.add((*path, "kind"), message)
            kind = "string"
        part = Part(path, {"name": name, **_KINDS[kind]})
        label = setting.get("label")
        if isinstance(label, str) and (title := phrase(label).text):
            part["title"] = title
        if setting.get("sensitive") is True:
            part["secret"] = True
        if setting.get("hidden") is True:
            part["internal"] = True
        documentation = setting.get("documentation")
        if isinstance(documentation, str) and scheme(documentation) in ("https", "http"):
            part["docs"] = documentation
        elif documentation is not None:
            self.losses.add((*path, "documentation"), "“documentation” is not a web address")
        if description := self.prose(setting, "description", path):
            part["description"] = description
        self.add_values(part, setting, path)
        self.add_default(part, setting, path)
        return part

    def add_values(self, part: Part, setting: dict[str, Any], path: KeyPath) -> None:
        """Add the options of a setting as accepted values, with their labels as meanings."""
        options = setting.get("options")
        if options is None:
            return
        texts: dict[str, str | None] = {}
        for index, option in enumerate(options if isinstance(options, list) else ()):
            value = option.get("value") if isinstance(option, dict) else option
            text = text_of(value, [part["type"]])
            if text is None or text in texts:
                self.losses.add(
                    (*path, "options", index), f"this cannot be one of the accepted values of {part['type']}"
                )
                continue
            label = option.get("label") if isinstance(option, dict) else None
            meaning = prose(label).text if isinstance(label, str) and label != text else ""
            texts[text] = meaning or None
        if texts:
            part["values"] = texts if any(texts.values()) else [*texts]

    def add_default(self, part: Part, setting: dict[str, Any], path: KeyPath) -> None:
        """Add the value that a setting has unless another one is sent; that of a secret is never written."""
        value = setting.get("value")
        if value is None:
            return
        is_secret = part.get("secret") or (part["type"] == "string" and is_name_of_secret(part["name"]))
        if is_secret or names_secret(value):
            self.losses.add((*path, "value"), "the default of a secret is not written")
            return
        try:
            part["default"] = example_of(value, part)
        except ValueError:
            message = f"the default of “{part['name']}” is not what the property takes, which is {part['type']}"
            self.losses.add((*path, "value"), message)

    def add_groups(self, data: Part, properties: dict[str, Part]) -> None:
        """Add what must be sent: of several groups of settings, at least one."""
        groups = self.plugin.get("settings_group_validation") or []
        where: KeyPath = ("settings_group_validation",)
        if not isinstance(groups, list) or not all(map(_is_texts, groups)):
            self.losses.add(where, "“settings_group_validation” is not a list of lists of names")
            return
        sets: list[list[str]] = []
        for index, group in enumerate(groups):
            for name in group:
                if name not in properties:
                    hint = nearest(name, properties)
                    self.losses.add((*where, index), f"“{name[:60]}” is not the name of a setting{hint}")
            sets.append([name for name in dict.fromkeys(group) if name in properties])
        common = [name for name in (sets[0] if sets else ()) if all(name in entry for entry in sets)]
        for name in common:
            properties[name]["required"] = True
        rest = [[name for name in entry if name not in common] for entry in sets]
        different = [*dict.fromkeys(map(tuple, rest))]
        if len(different) > 1 and all(different):
            data["any_of"] = [[*entry] for entry in different]
        elif len(different) > 1:
            self.losses.add(where, "one of these groups is a part of all others, so that nothing must be chosen")


def _is_texts(group: Any) -> bool:
    return isinstance(group, list) and all(isinstance(name, str) for name in group)
