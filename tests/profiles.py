"""How many cases the tests make up: the suite a few dozen, ``tox run -e invariants`` 10,000 for each law."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# The same cases each time, so that a change is judged by its own faults; ``tox run -e invariants`` looks for new ones.
_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
settings.register_profile(
    "quick",
    max_examples=60,
    stateful_step_count=8,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=_SLOW,
)
settings.register_profile(
    "many",
    max_examples=10_000,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=_SLOW,
    print_blob=True,
)
settings.load_profile(os.environ.get("STITCH_TESTS", "quick"))
