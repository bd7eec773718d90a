"""Builds in several processes (``sphinx-build -j``): what they share is made before they begin, and stays shared."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from .domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def before_reading(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Take the catalogue, or each process would take its own."""
    if docnames and app.parallel > 1:
        _ = domain_of(env).catalogue
        freeze(app)


def freeze(app: Sphinx, *_args: object) -> None:
    """Keep Python from looking for garbage in what is there before Sphinx forks.

    Each of its processes would go through the catalogue and the environment, and copy them by that, as Python's
    documentation of ``gc.freeze`` says: that took a sixth of a build.
    """
    if app.parallel > 1:
        gc.freeze()


def unfreeze(app: Sphinx, _exception: Exception | None) -> None:
    """Let Python look for garbage everywhere again."""
    if app.parallel > 1:
        gc.unfreeze()


def setup(app: Sphinx) -> None:
    """Prepare for the processes that read pages, and for those that write them."""
    app.connect("env-before-read-docs", before_reading)
    app.connect("env-updated", freeze, priority=900)  # when all is there
    app.connect("build-finished", unfreeze)
