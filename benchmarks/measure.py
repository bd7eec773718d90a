"""What a command costs, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

CHECKOUT = Path(__file__).parent.parent


class Cost(NamedTuple):
    """Seconds on the clock and of the processors, the most memory that one process took in megabytes, what was said."""

    wall: float
    cpu: float
    memory: float
    said: str


def run(*arguments: object, folder: Path | None = None, loud: bool = False) -> Cost:
    """Run Python with these arguments; a command that fails, or says what it should not, ends the benchmark.

    ``loud``: it says something.
    """
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "PYTHONHASHSEED": "0"}
    # What is installed is compiled once; so is this checkout then.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, *map(str, arguments)]
    start = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 - our own commands
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if process.returncode or (said and not loud):
        sys.exit(f"{' '.join(command)}: exit code {process.returncode}\n{said[-2000:]}")
    # Linux counts in kilobytes, macOS in bytes.
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / unit, said)
