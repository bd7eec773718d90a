"""``python -m sphinxext_stitch``: the console script ``sphinxext-stitch``."""

from __future__ import annotations

import sys

from .cli import program

sys.exit(program())
