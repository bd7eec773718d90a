"""Python's search for garbage, which need not go through what lasts as long as the build."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from .domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def before_reading(_app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Keep the search from the catalogue: it is repeated whenever there is a fourth more, as nodes soon make it.

    The catalogue is taken here at the latest, or each process of a parallel build would take its own.
    """
    if docnames:
        _ = domain_of(env).catalogue
        gc.freeze()


def before_forking(app: Sphinx, *_args: object) -> None:
    """Keep the search from the environment, and from pages that wait to be written, where processes share them.

    Each process would go through all of it, and copy it by that, as Python's documentation of ``gc.freeze`` says: that
    took a third of a parallel build.  Pages that are written stay in memory then; it is no more than a build by one
    process takes, which has all of them in memory before it writes the first.
    """
    if app.parallel > 1:
        gc.freeze()


def after_building(_app: Sphinx, _exception: Exception | None) -> None:
    """Let the search go everywhere again."""
    gc.unfreeze()


def setup(app: Sphinx) -> None:
    """Register what is done before pages are read, before processes write them, and in the end."""
    app.connect("env-before-read-docs", before_reading, priority=900)
    app.connect("env-updated", before_forking, priority=900)
    app.connect("doctree-resolved", before_forking, priority=900)
    app.connect("build-finished", after_building)
