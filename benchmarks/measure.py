"""Measure a command in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

CHECKOUT = Path(__file__).parent.parent


class Cost(NamedTuple):
    """Elapsed seconds, CPU seconds, peak memory of one process in megabytes, and the output."""

    wall: float
    cpu: float
    memory: float
    output: str


def run(*arguments: object, folder: Path | None = None, loud: bool = False) -> Cost:
    """Run Python with these arguments; a command that fails, or has an unexpected output, ends the benchmark.

    With ``loud``, an output is expected.
    """
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "PYTHONHASHSEED": "0"}
    # Installed packages are compiled once; so should this checkout be.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, *map(str, arguments)]
    start = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 - our own commands
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        output = process.stdout.read()
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if process.returncode or (output and not loud):
        sys.exit(f"{' '.join(command)}: exit code {process.returncode}\n{output[-2000:]}")
    # ru_maxrss is in kilobytes on Linux, in bytes on macOS.
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / unit, output)
