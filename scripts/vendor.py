"""Make the JSON Schema validator of the form on pages from its package, as one script: ``tox run -e vendor``.

Tests of clients in JavaScript have it from there, and need no network.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from hashlib import sha512
from pathlib import Path

PACKAGE = "@cfworker/json-schema"
VERSION = "4.1.6"
BUNDLER = "esbuild@0.28.2"
TARGET = Path(__file__).parents[1] / "sphinxext_stitch/html/static/sphinxext-stitch-json-schema.js"

LICENSE = """\
Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions: The above copyright notice and
this permission notice shall be included in all copies or substantial portions of the Software. THE SOFTWARE IS PROVIDED
"AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT
HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE,
ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def _run(*command: str, folder: Path) -> str:
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def make(folder: Path) -> str:
    """The text of the script, made in an empty folder."""
    (packed,) = json.loads(_run("npm", "pack", "--json", f"{PACKAGE}@{VERSION}", folder=folder))
    archive = (folder / packed["filename"]).read_bytes()
    _run("tar", "-xzf", packed["filename"], folder=folder)
    about = json.loads((folder / "package/package.json").read_text(encoding="utf-8"))
    # The formats come from the reference, which takes other texts than the package.
    (folder / "package/dist/esm/format.js").write_text("export const format = {};\n", encoding="utf-8")
    (folder / "entry.js").write_text(
        'export { Validator, format } from "./package/dist/esm/index.js";\n', encoding="utf-8"
    )
    options = ("--bundle", "--minify", "--format=iife", "--global-name=stitchJsonSchema", "--target=es2022")
    _run(
        "npm",
        "exec",
        "--yes",
        f"--package={BUNDLER}",
        "--",
        "esbuild",
        "entry.js",
        *options,
        "--outfile=out.js",
        folder=folder,
    )
    author = about["author"].partition(" <")[0]
    head = [
        f"{PACKAGE} {VERSION}, {about['homepage']}",
        f"Made from the package with the SHA-512 {sha512(archive).hexdigest()}, without its formats",
        "",
        f"{about['license']} License. Copyright (c) {author}.",
        "",
        *LICENSE.splitlines(),
    ]
    comment = "\n".join(f" * {line}".rstrip() for line in head)
    return f"/*!\n{comment}\n */\n{(folder / 'out.js').read_text(encoding='utf-8')}"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        TARGET.write_text(make(Path(made)), encoding="utf-8")
