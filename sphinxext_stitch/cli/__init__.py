"""The console script ``sphinxext-stitch``, with a module for each command.

The module has ``add``, which registers the command with its options and help, and ``run``, which returns the exit code:
0 for success, 1 for problems found, 2 for a usage error.
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
    """The parser of the command line; the manual has its help."""
    argument_parser = argparse.ArgumentParser(
        prog="sphinxext-stitch",
        description="Check, extend, compare and export a catalogue of YAML files.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    argument_parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = argument_parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in (check, new, schema, diff, export):
        command.add(commands)
    return argument_parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Characters that the console cannot encode are escaped instead of raising.
            stream.reconfigure(errors="backslashreplace")
    args = parser().parse_args(argv)
    try:
        code: int = args.run(args)
        sys.stdout.flush()
    except UsageError as error:
        print(f"sphinxext-stitch: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader of the output, such as “head”, has closed it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code
