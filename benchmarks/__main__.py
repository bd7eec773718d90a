"""Measure the time and memory of builds, and compare them with bounds; see docs/explanation/performance."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

import docutils
import sphinx

from .figures import PARTS, TURNS, Bench
from .projects import Workshop

if TYPE_CHECKING:
    from .figures import Figure


def main() -> int:
    """Print each figure as soon as it is measured; return 1 if one exceeds its bound."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--figures", nargs="+", choices=PARTS, metavar="NAME", help=f"which ones; all: {', '.join(PARTS)}"
    )
    parser.add_argument(
        "--sizes",
        nargs="+",
        type=int,
        choices=TURNS,
        default=list(TURNS),
        help="the figures of these sizes, as multiples of the real catalogue; 50 takes an hour (default: all)",
    )
    parser.add_argument("--turns", type=int, default=5, help="how often each side is built at most (default: 5)")
    parser.add_argument("--folder", type=Path, help="where to build, to look at it later; what is there is deleted")
    options = parser.parse_args()
    chosen = options.figures or [name for name, part in PARTS.items() if part.size in options.sizes]
    versions = f"Python {platform.python_version()}, Sphinx {sphinx.__version__}, docutils {docutils.__version__}"
    print(f"{versions}, {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as temporary:
        workshop = Workshop(options.folder or Path(temporary, "benchmarks"))
        return _measure(chosen, Bench(workshop, options.turns))


def _measure(names: list[str], bench: Bench) -> int:
    start = time.monotonic()
    missed = 0
    for number, name in enumerate(names, 1):
        print(f"{number} of {len(names)}: {name}, after {time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)
        for figure in PARTS[name].measure(bench):
            _print(figure)
            missed += not figure.is_met
    print(f"bounds missed: {missed}; after {time.monotonic() - start:.0f} s")
    return 1 if missed else 0


def _print(figure: Figure) -> None:
    value, bound = (f"{number:.4g} {figure.unit}".rstrip() for number in (figure.value, figure.bound))
    verdict = "" if figure.bound == inf else f"≤ {bound:7} {'met' if figure.is_met else 'MISSED'}"
    print(f"{figure.name:20} {value:>9} {verdict:16} {figure.detail}".rstrip(), flush=True)


if __name__ == "__main__":
    sys.exit(main())
