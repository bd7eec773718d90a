"""Make a catalogue of imported objects, by the same code as of data files; what that refuses is lost, too."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..keys import fault_of_key
from ..limits import DEFAULT_LIMITS
from ..loading.loader import load
from ..problems import Problem, Subtype
from ..reading.yaml_reader import read
from ..suggestions import suggestion
from .yaml_writer import write

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from ..api import Api
    from ..model import Catalogue
    from ..problems import Place, Report
    from ..reading.data_file import DataFile, KeyPath
    from .result import ImportedObject, Part

#: The fields that hold properties, or what they are.
_HOLDERS = ("properties", "items", "entries")


class Composed(NamedTuple):
    """The catalogue of objects, and the text of the data file of each; what is faulty is in none of them."""

    catalogue: Catalogue
    files: list[tuple[ImportedObject, str]]


def compose(objects: Iterable[ImportedObject], folder: Path, api: Api, report: Report) -> Composed:
    """Write objects to a folder, which can have an ``api.yml``, and load the catalogue of it.

    A part that the data format does not take is left out, and added to the losses of its object.  An object that cannot
    be there at all is reported, and so is one that has the key or the type of another.
    """
    steps = [step.name for step in api.steps[1:]]
    files = dict(_with_own_names(objects, folder, api, report))
    changed = {*files}
    catalogue = load(folder)
    while changed:
        for path in changed:
            path.parent.mkdir(exist_ok=True)
            path.write_text(write(files[path].data, steps), encoding="utf-8", newline="\n")
        catalogue = load(folder)
        faulty = [(path, found) for path, found in _problems(catalogue).items() if path in files]
        changed = set()
        for path, found in faulty:
            file = read(path, lambda _problem: None, DEFAULT_LIMITS)
            if file and _leave_out(files[path], file, steps, found):
                changed.add(path)
            else:
                obj = files.pop(path)
                path.unlink()
                message = f"“{obj.kind}/{obj.key}” cannot be a data file: {found[0].message}"
                report(Problem(obj.place, found[0].subtype, message))
        if faulty and not changed:
            catalogue = load(folder)
    return Composed(catalogue, [(obj, path.read_text(encoding="utf-8")) for path, obj in files.items()])


def _with_own_names(
    objects: Iterable[ImportedObject], folder: Path, api: Api, report: Report
) -> Iterator[tuple[Path, ImportedObject]]:
    """The objects whose key, kind and type no other one has, with the path of the file of each.

    If there are several of a type, those that have a variant have it in their names.
    """
    taken: dict[tuple[str, ...], ImportedObject] = {}
    listed = list(objects)
    numbers = Counter((obj.kind, obj.data["type"]) for obj in listed)
    for found in listed:
        obj = found.with_variant if found.variant and numbers[found.kind, found.data["type"]] > 1 else found
        fault = fault_of_key(obj.key, api.anchors)
        fault = fault and f"the key “{obj.key[:60]}” {fault}"
        if obj.kind not in api.kind_names:
            fault = f"there is no kind “{obj.kind[:60]}”{suggestion(obj.kind, api.kind_names)}"
        names = (("key", obj.kind, obj.key.casefold()), ("type", str(obj.data["type"])))
        other = next((taken[name] for name in names if name in taken), None)
        if other:
            fault = f"the key or type of “{obj.kind}/{obj.key}” is that of {other.place}, which is used"
        if fault:
            report(Problem(obj.place, Subtype.DUPLICATE_OBJECT if other else Subtype.WRONG_TYPE, fault))
            continue
        taken |= dict.fromkeys(names, obj)
        for holder in (obj.data, *(obj.data[step.name] for step in api.steps[1:] if step.name in obj.data)):
            _leave_out_dotted(obj, holder)
        yield folder / api.kind(obj.kind).folder / f"{obj.key}.yml", obj


def _leave_out_dotted(obj: ImportedObject, holder: Part) -> None:
    """Leave out the properties whose name is the dotted one of a nested one: both would have one anchor."""
    nested = {name for prop in holder.get("properties", ()) for name in _dotted(prop, prop["name"])}
    for prop in [prop for prop in holder.get("properties", ()) if prop["name"] in nested]:
        holder["properties"].remove(prop)
        obj.losses.add(prop.origin, f"“{prop['name']}” is also the dotted name of a nested one; it is left out")


def _dotted(fields: dict[str, Any], parent: str) -> Iterator[str]:
    items = fields.get("items")
    for inner in (fields, *([items] if isinstance(items, dict) else [])):
        for prop in inner.get("properties", ()):
            name = f"{parent}.{prop['name']}"
            yield name
            yield from _dotted(prop, name)


def _problems(catalogue: Catalogue) -> dict[Path, list[Problem]]:
    """The problems by file."""
    by_file: dict[Path, list[Problem]] = {}
    for problem in catalogue.problems:
        by_file.setdefault(Path(problem.place.path), []).append(problem)
    return by_file


class _Target(NamedTuple):
    """A part to leave out: what holds it, its key or the item itself, and where it comes from."""

    holder: Any
    key: Any
    origin: KeyPath


def _leave_out(obj: ImportedObject, file: DataFile, steps: Collection[str], found: list[Problem]) -> bool:
    """Leave out the parts of an object that have problems; False if one of them is the object itself."""
    targets = [_target(obj, _path(file, problem.place), steps) for problem in found]
    for target, problem in zip(targets, found, strict=True):
        if target is None:
            return False
        obj.losses.add(target.origin, f"{problem.message}; it is left out")
        if isinstance(target.holder, dict):
            target.holder.pop(target.key, None)
        else:
            target.holder[:] = [item for item in target.holder if item is not target.key]
    return True


def _path(file: DataFile, place: Place) -> KeyPath:
    """The path of the part that is, or has its key, at a place; the outermost one if there are several."""
    at = (place.line, place.column)
    paths = [
        path
        for path, span in file.spans.items()
        if at in ((span.key_line, span.key_column), (span.line, span.column)) and path
    ]
    return min(paths, key=len, default=())


def _target(obj: ImportedObject, path: KeyPath, steps: Collection[str]) -> _Target | None:
    """What to leave out so that there is nothing at a path: a field, or a property as a whole; None if it is all."""
    here: Any = obj.data
    origin = obj.data.origin
    item: _Target | None = None
    target: _Target | None = None
    for depth, key in enumerate(path):
        is_list = isinstance(here, list)
        target = _Target(here, here[key] if is_list else key, origin)
        if is_list:
            item = target = target._replace(origin=getattr(here[key], "origin", origin))
        elif key in ("name", "type"):
            return item
        elif key == "values" and depth + 1 < len(path) and len(here[key]) > 1:
            last = path[depth + 1]
            return _Target(here[key], here[key][last] if isinstance(last, int) else last, origin)
        elif key not in _HOLDERS and not (depth == 0 and key in steps):
            return target
        here = here[key]
        origin = getattr(here, "origin", origin)
    return target
