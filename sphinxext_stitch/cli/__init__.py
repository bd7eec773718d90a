"""The console script ``sphinxext-stitch``: one module a command.

A command has ``add``, which registers it with its options and help, and ``run``, which gives the exit code:
0 for fine, 1 for problems found, 2 for usage error.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from typing import TYPE_CHECKING

from .. import __version__
from . import check, diff, export, new, schema
from .usage import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

_EPILOG = """\
exit codes:
  0  fine
  1  problems found
  2  usage error: an unknown option, a file that is not there

“sphinxext-stitch COMMAND --help” shows examples of a command.
"""


def parser() -> argparse.ArgumentParser:
    """The parser of the command line; the manual prints it."""
    made = argparse.ArgumentParser(
        prog="sphinxext-stitch",
        description="Check, extend, compare and export a catalogue of YAML files.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = made.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in (check, new, schema, diff, export):
        command.add(commands)
    return made


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A console that lacks a character of a message gets its number, and no traceback.
            stream.reconfigure(errors="backslashreplace")
    args = parser().parse_args(argv)
    try:
        code: int = args.run(args)
        sys.stdout.flush()
    except UsageError as wrong:
        print(f"sphinxext-stitch: {wrong}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # Whoever reads the output, such as “head”, has enough of it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code
