"""Leave comments and indentation out of the scripts and style sheets of the wheel: readers load them with each page."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

import rjsmin
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STATIC = "sphinxext_stitch/html/static"


def without_comments(style: str) -> str:
    """A style sheet without comments, indentation and most line breaks; rcssmin takes the space before ``:is()`` for none."""
    lines = re.sub(r"^\s+", "", re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL), flags=re.MULTILINE).rstrip()
    return re.sub(r"(?<=[{};,])\n", "", lines)


MINIFY = {".js": rjsmin.jsmin, ".css": without_comments}


def served(file: Path) -> str:
    """The text of a file as it is in the wheel."""
    text = file.read_text(encoding="utf-8")
    # What others have made is small already, and has its licence in its first comment.
    return text if text.startswith("/*!") else f"{MINIFY[file.suffix](text)}\n"


class CustomBuildHook(BuildHookInterface):
    """Puts the smaller files into the wheel; an editable install has them as they are written."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the files in a folder of their own."""
        if version == "editable":
            return
        self.folder = tempfile.mkdtemp()
        for file in sorted(Path(self.root, STATIC).iterdir()):
            copy = Path(self.folder, file.name)
            copy.write_text(served(file), encoding="utf-8")
            build_data["force_include"][str(copy)] = f"{STATIC}/{file.name}"

    def finalize(self, version: str, _build_data: dict[str, Any], _artifact: str) -> None:
        """Remove the folder."""
        if version != "editable":
            shutil.rmtree(self.folder)
