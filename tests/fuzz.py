"""Make whole catalogues, sound and hostile ones, and load, check and build them: ``tox run -e fuzz``.

Each catalogue has a number, of which it is made: the seed is that of the first one.  If one breaks a law, the files that
are enough for that are kept, and the number is printed.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from html.parser import HTMLParser
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from conftest import CHECKOUT
from made_catalogues import MARK, catalogue

from sphinxext_stitch.catalogue.loading.loader import load
from sphinxext_stitch.cli import main as stitch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinxext_stitch.catalogue.problems import Place, Problem

#: How long one catalogue may take, in seconds; on a usual machine it is one, or five with a build.
LIMIT = 60

#: Of how many catalogues one is built.
BUILT = 20

COMMANDS = ("check", "check --format json", "check --format github", "export", "diff --ignore-errors")
BUILDERS = ("html", "html", "html", "dirhtml", "singlehtml", "text", "latex", "man", "epub", "gettext", "xml")

CONF = """\
project, version, copyright = "Fuzz", "1", "nobody"
extensions = ["sphinxext_stitch"]
stitch_data_path = "data"
stitch_pages = {pages!r}
show_warning_types = True
"""

#: What shows all of a catalogue, on one page or with a page for each object.
ONE_PAGE = "Fuzz\n====\n\n.. connection-table::\n\n.. connection-table:: endpoints\n\n.. connection-property::\n"
PAGES = "Fuzz\n====\n\n.. connection-table::\n\n.. toctree::\n\n   pages/index\n"

#: Warnings about links to labels and pages, and about objects on no page, which only a build knows.
OF_BUILDS = re.compile(
    r".* WARNING: (undefined label|unknown document): .* \[ref\.(ref|doc)\]|.* \[stitch\.not-shown\]"
)

#: What was done, for the last line of the output.
done: Counter[str] = Counter()


@contextmanager
def written(files: dict[str, bytes]) -> Iterator[Path]:
    """A temporary folder with a catalogue in its folder ``data``."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        write(files, folder / "data")
        yield folder


def write(files: dict[str, bytes], folder: Path) -> None:
    """Write files, without those whose names the system refuses."""
    folder.mkdir(parents=True)
    for path, content in files.items():
        try:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        except OSError:
            continue


# ---------------------------------------------------------------- load and check


def load_and_check(files: dict[str, bytes], random: Random) -> None:
    """Each problem is one line, and has a place; commands find what loading finds."""
    with written(files) as folder:
        data = folder / "data"
        loaded = load(data)
        found = [*loaded.problems, *loaded.lint]
        twice = [problem for problem, times in Counter(found).items() if times > 1]
        assert not twice, f"reported twice: {twice}"
        for problem in found:
            assert problem.message.isprintable(), problem
            check_place(problem.place, data)
        command = random.choice(COMMANDS)
        code, output = run(command, data)
        if code == 2:
            assert loaded.objects == ()
        elif command.startswith("diff"):
            assert (code, output) == (0, "Nothing changed for clients.\n")
        else:
            assert code == bool(loaded.problems)
            is_json = command in ("export", "check --format json")
            shown = json.loads(output) if is_json else {"findings": output.splitlines()[1:]}
            assert len(shown.get("findings", found)) == len(found)
            assert len(shown.get("objects", loaded.objects)) == len(loaded.objects)
    done["loaded"] += 1


def check_place(place: Place, folder: Path) -> None:
    """A place is in a file of the catalogue, or at the beginning of what is no file, or has a name that is escaped."""
    path = Path(place.path)
    assert path.is_relative_to(folder), place
    # YAML has further breaks of lines, which no editor shows as such.
    text = path.read_bytes().decode("utf-8-sig", "replace") if path.is_file() else ""
    lines = re.split("\r\n|[\n\r]", text)
    assert 1 <= place.line <= len(lines), place
    line = lines[place.line - 1]
    # A blank line at the beginning of a block has the column of the block.
    assert 1 <= place.column <= (len(line) + 1 if line.strip() else 100), place


def run(command: str, data: Path) -> tuple[int, str]:
    """Run a command of ours; gives the exit code and the output."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = stitch([*command.split(), *[str(data)] * (2 if command.startswith("diff") else 1)])
    assert all(line.startswith("sphinxext-stitch: ") for line in err.getvalue().splitlines())
    return code, out.getvalue()


# ---------------------------------------------------------------- build


def warning_of(problem: Problem) -> str:
    """What a build says of a problem: the column is a part of the message, and not said if it is the first."""
    place = problem.place
    column = "" if place.column == 1 else f"column {place.column}: "
    return f"{place.path}:{place.line}: WARNING: {column}{problem.message} [stitch.{problem.subtype.value}]"


def build(files: dict[str, bytes], random: Random) -> None:
    """A build ends well, warns of what the check finds and of nothing else, and no text becomes markup."""
    builder, pages = random.choice(BUILDERS), random.random() < 0.5
    with written(files) as folder:
        (folder / "conf.py").write_text(CONF.format(pages="pages" if pages else ""), encoding="utf-8")
        (folder / "index.rst").write_text(PAGES if pages else ONE_PAGE, encoding="utf-8")
        command = [sys.executable, "-m", "sphinx", "-q", "-N", "-b", builder, "-d", "trees", ".", "out"]
        result = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"},
            check=False,
            capture_output=True,
            encoding="utf-8",
            timeout=LIMIT,
        )
        assert result.returncode == 0, result.stderr
        expected = set(map(warning_of, load(folder / "data").problems))
        warnings = {line for line in result.stderr.splitlines() if not OF_BUILDS.fullmatch(line)}
        assert not warnings - expected, f"only the {builder} build warns of this: {warnings - expected}"
        assert not expected - warnings, f"the {builder} build does not warn of this: {expected - warnings}"
        for file in (folder / "out").rglob("*.*html"):
            check_page(file, builder)
    done[f"built as {builder}"] += 1


class _Page(HTMLParser):
    """Collects the ids of a page, and what no text may become: elements, attributes, and addresses that run a script."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.ids: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        addresses = [values.get(name, "").strip().lower() for name in ("href", "src", "action")]
        if (
            any(MARK in name for name in (tag, *values))
            or any(name.startswith("on") for name in values)
            or any(address.startswith(("javascript:", "data:", "vbscript:")) for address in addresses)
        ):
            self.faults.append(self.get_starttag_text() or tag)
        self.ids.update(filter(None, [values.get("id")]))


def check_page(file: Path, builder: str) -> None:
    page = _Page()
    page.feed(file.read_text(encoding="utf-8"))
    twice = [name for name, times in page.ids.items() if times > 1]
    assert not page.faults, f"a text became markup in {file.name} of {builder}: {page.faults}"
    assert not twice, f"ids twice in {file.name} of {builder}: {twice}"


# ---------------------------------------------------------------- all of them


def fault(law: Callable[[dict[str, bytes], Random], None], files: dict[str, bytes], number: int) -> Exception | None:
    """What a law finds wrong with a catalogue; None if nothing."""
    signal.alarm(LIMIT)
    try:
        law(files, Random(number))  # noqa: S311 - the same number is to do the same
    except Exception as error:  # noqa: BLE001 - it is what is looked for
        return error
    finally:
        signal.alarm(0)
    return None


def try_catalogue(number: int) -> None:
    """Hold a catalogue against the laws; if it breaks one, keep the files that it takes for that, and end."""
    files = catalogue(number)
    for law in (load_and_check, build) if number % BUILT == 0 else (load_and_check,):
        found = fault(law, files, number)
        if found is None:
            continue
        for path in list(files):
            fewer = {name: content for name, content in files.items() if name != path}
            less = fault(law, fewer, number)
            if type(less) is type(found):
                files, found = fewer, less
        kept = CHECKOUT / "build/fuzz" / str(number)
        shutil.rmtree(kept, ignore_errors=True)
        write(files, kept / "data")
        print(
            f"fuzz: catalogue {number} breaks “{law.__doc__}”; see {kept}, or --seed {number} --seconds 0", flush=True
        )
        raise found


def _too_long(_signal: int, _frame: object) -> None:
    message = f"it takes more than {LIMIT} seconds"
    raise TimeoutError(message)


def main() -> None:
    """Try catalogues until the time is over, at least one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=0, help="the number of the first catalogue (default: 0)")
    parser.add_argument("--seconds", type=float, default=120, help="how long to make catalogues (default: 120)")
    args = parser.parse_args()
    print(f"fuzz: {args.seconds:g} seconds from seed {args.seed}", flush=True)
    signal.signal(signal.SIGALRM, _too_long)
    end, number = time.monotonic() + args.seconds, args.seed
    while True:
        try_catalogue(number)
        number += 1
        if time.monotonic() >= end:
            break
    print("fuzz:", ", ".join(f"{count} {what}" for what, count in sorted(done.items())))


if __name__ == "__main__":
    main()
