"""The console script ``sphinxext-stitch``, with a module for each command.

The module has ``add``, which registers the command with its options and help, and ``run``, which returns an
:class:`.usage.Outcome`: what to print, and the exit code.
"""

from __future__ import annotations

import argparse
import errno
import gc
import os
import sys
from contextlib import redirect_stdout
from io import StringIO, TextIOWrapper
from typing import TYPE_CHECKING, TextIO

from .. import __version__
from ..catalogue.invisible import one_line
from .usage import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .usage import Outcome

#: The exit code of programs that Ctrl-C ends: 128 and the number of the signal.
INTERRUPTED = 130

_EPILOG = """\
exit codes:
  0    fine
  1    problems found
  2    usage error: an unknown option, a file that is not there, a catalogue that cannot be compared
       for its errors; or the system refuses something, such as to write to a full disk
  130  interrupted by Ctrl-C

“sphinxext-stitch COMMAND --help” shows examples of a command.
"""


def parser() -> argparse.ArgumentParser:
    """The parser of the command line; the manual has its help."""
    # These imports take most of the time of a short command, and Ctrl-C may come meanwhile.
    from . import check, diff, export, import_, new, schema, validate

    argument_parser = argparse.ArgumentParser(
        prog="sphinxext-stitch",
        description="Check, extend, import, compare and export a catalogue of YAML files.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    argument_parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = argument_parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in (check, new, import_, schema, diff, export, validate):
        command.add(commands)
    return argument_parser


def program() -> int:
    """Run the command of the command line, in a process of its own, and return its exit code."""
    # A command is short, and needs nearly all that it reads until it ends: garbage collection would take a fifth of its
    # time, and free nothing.
    gc.disable()
    return main()


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code.

    Whatever the system refuses, such as a name that is too long or a full disk, is one line on standard error.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # Characters that the console cannot encode are escaped instead of raising.
            stream.reconfigure(errors="backslashreplace")
    try:
        return _run(sys.argv[1:] if argv is None else argv)
    except UsageError as error:
        _tell(str(error))
    except OSError as error:
        name = f"“{os.fsdecode(error.filename)}” cannot be used: " if error.filename else ""
        _tell(f"{name}{error.strerror or error}")
    except KeyboardInterrupt:
        _tell("interrupted")
        return INTERRUPTED
    return 2


def _run(argv: Sequence[str]) -> int:
    if any("\0" in argument for argument in argv):
        message = "an argument has a NUL character, which no name has"
        raise UsageError(message)
    text = StringIO()
    try:
        with redirect_stdout(text):
            args = parser().parse_args(argv)
    except SystemExit as left:
        # The help is printed here, as argparse is silent if it cannot be written; usage errors are on standard error.
        _print([] if left.code else text.getvalue().splitlines())
        _write(sys.stderr, [])
        raise
    outcome: Outcome = args.run(args)
    _print(outcome.lines)
    for note in outcome.notes:
        _tell(note)
    return outcome.code


def _print(lines: Sequence[str]) -> None:
    """Print the result of a command; raise :class:`UsageError` if it cannot be written."""
    error = _write(sys.stdout, lines)
    # A reader such as “head” closes the output when it has enough.
    if error is not None and not isinstance(error, BrokenPipeError):
        message = f"the output cannot be written: {error.strerror}"
        raise UsageError(message)


def _tell(message: str) -> None:
    """Print a message in one line on standard error, if there is one."""
    _write(sys.stderr, [f"sphinxext-stitch: {one_line(message)}"])


def _write(stream: TextIO | None, lines: Sequence[str]) -> OSError | None:
    """Write lines, and what a stream still holds, to its end; the error if that fails.

    A stream that was closed before Python started is None.
    """
    if stream is None:
        return OSError(errno.EBADF, os.strerror(errno.EBADF)) if lines else None
    try:
        for line in lines:
            print(line, file=stream)
        stream.flush()
    except OSError as error:
        # Python writes what is left when it ends, and would fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return error
    return None
