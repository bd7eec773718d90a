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


def before_writing(app: Sphinx, _env: BuildEnvironment) -> None:
    """Keep the search from the environment, where processes share it.

    Each of them would go through all of it, and copy it by that, as Python's documentation of ``gc.freeze`` says: that
    took a sixth of a parallel build.  In a build without them, pages that are written are garbage.
    """
    if app.parallel > 1:
        gc.freeze()


def after_building(_app: Sphinx, _exception: Exception | None) -> None:
    """Let the search go everywhere again."""
    gc.unfreeze()


def setup(app: Sphinx) -> None:
    """Register what is done before pages are read, before they are written, and in the end."""
    app.connect("env-before-read-docs", before_reading, priority=900)
    app.connect("env-updated", before_writing, priority=900)
    app.connect("build-finished", after_building)
