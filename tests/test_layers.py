"""The layers of the package: imports go one way, type-only ones included, and the manual names every module."""

from __future__ import annotations

import ast
import re
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

import pytest
from conftest import CHECKOUT

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = CHECKOUT / "sphinxext_stitch"

#: What the modules of a layer may import of the package, by the beginnings of their names; ``""`` is ``__version__``.
LAYERS: dict[str, tuple[str, ...]] = {
    "catalogue": ("catalogue",),
    "render": ("catalogue", "render"),
    "cli": ("catalogue", "cli", ""),
}

#: What the modules of a layer may import of Sphinx and docutils.
OUTSIDE: dict[str, tuple[str, ...]] = {
    "catalogue": (),
    "render": ("docutils", "sphinx.addnodes", "sphinx.locale"),
    "cli": (),
}

#: What the parts of the catalogue may import of each other, from the first that needs nothing of the others.
CATALOGUE = ("format", "reading", "composing", "queries", "checks", "loading", "comparing", "importing")


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def _imports(name: str) -> set[str]:
    """The full names of what a module imports, wherever in it; of the package, relative to it with a dot before."""
    path = MODULES[name]
    package = name.split(".") if path.name == "__init__.py" and name else name.split(".")[:-1]
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level:
            base = ".".join([*package[: len(package) - node.level + 1], *filter(None, [node.module])])
            for alias in node.names:
                module = f"{base}.{alias.name}".lstrip(".")
                found.add(f".{module if module in MODULES else base}")
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _of_package(name: str) -> set[str]:
    return {imported[1:] for imported in _imports(name) if imported.startswith(".")}


def _is_below(name: str, parts: tuple[str, ...]) -> bool:
    return any(name == part or (part != "" and name.startswith(f"{part}.")) for part in parts)


@pytest.mark.parametrize("layer", LAYERS)
def test_imports_go_down(layer: str) -> None:
    for name in MODULES:
        if _is_below(name, (layer,)):
            assert [found for found in sorted(_of_package(name)) if not _is_below(found, LAYERS[layer])] == [], name


@pytest.mark.parametrize("layer", OUTSIDE)
def test_layers_know_no_more_than_they_need(layer: str) -> None:
    for name in MODULES:
        if _is_below(name, (layer,)):
            outside = {found for found in _imports(name) if found.split(".")[0] in ("docutils", "sphinx")}
            assert [found for found in sorted(outside) if not _is_below(found, OUTSIDE[layer])] == [], name


def test_parts_of_the_catalogue_go_one_way() -> None:
    for name in MODULES:
        part = name.split(".")[1] if name.startswith("catalogue.") else ""
        # What stands beside the parts is shared by all of them, or is made of the whole.
        allowed = CATALOGUE[: CATALOGUE.index(part) + 1] if part in CATALOGUE else CATALOGUE
        found = {imported.split(".")[1] for imported in _of_package(name) if imported.startswith("catalogue.")}
        assert found & set(CATALOGUE) <= set(allowed), name


def test_there_is_no_circle() -> None:
    graph = {name: _of_package(name) - {name} for name in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


@pytest.mark.parametrize("page", ["explanation/architecture.md", "contributing.md"])
def test_the_manual_names_modules_that_there_are(page: str) -> None:
    named = re.findall(r"`([\w./]+\.py)`", (CHECKOUT / "docs" / page).read_text(encoding="utf-8"))
    assert len(named) > 10
    assert [name for name in named if not ((PACKAGE / name).exists() or (CHECKOUT / name).exists())] == []


def test_the_manual_names_every_module() -> None:
    text = (CHECKOUT / "docs/explanation/architecture.md").read_text(encoding="utf-8")
    modules = {str(path.relative_to(PACKAGE)) for path in MODULES.values() if path.name != "__init__.py"}
    assert {name for name in modules if f"`{name}`" not in text} == set()


def test_functions_and_classes_are_short_enough_to_read() -> None:
    long = [
        f"{name}: {node.name} has {length} lines"
        for name, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
        and (length := (node.end_lineno or 0) - node.lineno + 1) > (200 if isinstance(node, ast.ClassDef) else 40)
    ]
    assert long == []
