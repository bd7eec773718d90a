"""Check out the files of a Git revision to a folder."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from .usage import UsageError


def check_out(revision: str, path: Path, target: Path) -> None:
    """Write the files below ``path`` in a revision to the folder ``target``.

    The work tree and the index of the repository are not changed; symbolic links are written as files.  Raises
    :class:`UsageError` if Git, the repository, the revision or the path is missing.
    """
    if revision.startswith("-"):
        message = f"“{revision}” is an option of Git, not a revision"
        raise UsageError(message)
    top = _git("rev-parse", "--show-toplevel")
    if top is None:
        message = f"there is no folder “{revision}”, and no Git repository here that could have a revision of that name"
        raise UsageError(message)
    commit = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        message = f"there is neither a folder nor a revision “{revision}”"
        raise UsageError(message)
    # Resolved, as the work tree may be behind a link; a relative path starts at the working directory.
    inside = os.path.relpath(path.resolve(), Path(top).resolve()).replace(os.sep, "/")
    tree = _git("rev-parse", "--verify", "--quiet", f"{commit}:{inside if inside != '.' else ''}")
    if tree is None:
        message = f"there is no “{inside}” in the revision “{revision}”; say with --path where the catalogue is"
        raise UsageError(message)
    # A temporary index.  Git runs in the top folder, as it would check out only a part in one below it.
    index = {"GIT_INDEX_FILE": str(target / ".index")}
    _git("read-tree", tree, folder=top, **index)
    _git("-c", "core.symlinks=false", "checkout-index", "--all", f"--prefix={target}/", folder=top, **index)


def _git(*args: str, folder: str | None = None, **variables: str) -> str | None:
    """The output of Git in a folder with these environment variables; None if it fails."""
    try:
        result = subprocess.run(  # noqa: S603 - no shell, and revisions are behind --end-of-options
            ["git", *args],  # noqa: S607 - the one that the user has
            cwd=folder,
            env={**os.environ, **variables},
            check=False,
            capture_output=True,
            text=True,
        )
    except FileNotFoundError as error:
        message = "the program “git” is missing; compare two folders, or install it"
        raise UsageError(message) from error
    return result.stdout.strip() if result.returncode == 0 else None
