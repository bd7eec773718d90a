"""Let other extensions know the data files of each page, as those that date pages by the files that they show.

Sphinx reads a page again if one of its dependencies is newer, whatever changed in it.  The domain knows better, and a
page can have thousands of files.  So they are dependencies from when pages are read until the environment is stored, and
again while pages are written; no build finds them where it asks which pages are outdated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


class Dependencies:
    """The files that are dependencies for a while, by page."""

    def __init__(self) -> None:
        self.lent: dict[str, set[Any]] = {}
        #: The files as Sphinx has them: pages can have thousands in common.
        self.files: dict[str, Any] = {}

    def lend(self, env: BuildEnvironment) -> None:
        """Add the data files to the dependencies of pages."""
        for docname, paths in domain_of(env).records.files.items():
            own: set[Any] = env.dependencies[docname]
            for path in paths:
                if path not in self.files:
                    self.files[path] = env.srcdir / path
            self.lent[docname] = {self.files[path] for path in paths} - own
            own |= self.lent[docname]

    def lend_if_read(self, _app: Sphinx, env: BuildEnvironment) -> None:
        """Add them if a page was read; the first handler of ``env-updated``."""
        if domain_of(env).records.changed:
            self.lend(env)

    def take_back(self, app: Sphinx, _argument: object) -> None:
        """Remove them; the last handler of ``env-updated``, before the environment is stored, and of ``build-finished``."""
        for docname, paths in self.lent.items():
            app.env.dependencies[docname] -= paths
        self.lent.clear()

    def lend_again(self, app: Sphinx, _builder: Builder) -> None:
        """Add them again; the handler of ``write-started``."""
        self.lend(app.env)


def setup(app: Sphinx) -> None:
    """Connect the handlers."""
    dependencies = Dependencies()
    app.connect("env-updated", dependencies.lend_if_read, priority=1)
    app.connect("env-updated", dependencies.take_back, priority=999)
    app.connect("write-started", dependencies.lend_again)
    app.connect("build-finished", dependencies.take_back, priority=999)
