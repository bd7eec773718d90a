"""Check out the files of a Git revision to a folder."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from .usage import UsageError


class _GitError(Exception):
    """Git has failed; the message is its own, as in ``not a git repository``."""


def check_out(revision: str, path: Path, target: Path) -> None:
    """Write the files below ``path`` in a revision to the folder ``target``.

    The work tree and the index of the repository are not changed; symbolic links are written as files.  In a bare
    repository, ``path`` begins at its top.  Raises :class:`UsageError` if Git, the repository, the revision or the path
    is missing, or if Git fails.
    """
    commit = _commit(revision)
    inside = _inside(path)
    tree = f"{commit}:{inside}"
    try:
        is_folder = _git("cat-file", "-t", tree) == "tree"
    except _GitError as error:
        message = f"there is no “{inside}” in the revision “{revision}”; say with --path where the catalogue is"
        raise UsageError(message) from error
    if not is_folder:
        message = f"“{inside}” is a file in the revision “{revision}”; name the folder of the catalogue with --path"
        raise UsageError(message)
    # Both are temporary.
    places = {"GIT_INDEX_FILE": str(target / ".index"), "GIT_WORK_TREE": str(target)}
    try:
        _git("read-tree", tree, **places)
        _git("-c", "core.symlinks=false", "checkout-index", "--all", **places)
    except _GitError as error:
        message = f"Git cannot check out “{revision}”: {error}"
        raise UsageError(message) from error


def _commit(revision: str) -> str:
    """The commit of a revision."""
    if revision.startswith("-"):
        message = f"“{revision}” is an option of Git, not a revision"
        raise UsageError(message)
    try:
        _git("rev-parse", "--git-dir")
    except _GitError as error:
        message = f"there is no folder “{revision}”, and no Git repository here that could have a revision of that name"
        if not str(error).startswith("not a git repository"):
            message = f"there is no folder “{revision}”, and Git cannot use the repository here: {error}"
        raise UsageError(message) from error
    try:
        commit = _git("rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    except _GitError:
        commit = ""
    # What is to be left out, as in ^HEAD, is a commit behind its sign.
    if not commit.isalnum():
        message = f"there is neither a folder nor a revision “{revision}”"
        raise UsageError(message)
    return commit


def _inside(path: Path) -> str:
    """The path within the repository of a path that begins at the working directory; empty for its top."""
    try:
        # Resolved, as the work tree may be behind a link.
        name = os.path.relpath(path.resolve(), Path(_git("rev-parse", "--show-toplevel")).resolve())
    except _GitError:
        # It has no work tree.
        name = os.path.normpath(path)
    return "" if name == "." else name.replace(os.sep, "/")


def _git(*args: str, **variables: str) -> str:
    """The output of Git with these environment variables; raises :class:`_GitError` if it fails."""
    try:
        result = subprocess.run(  # noqa: S603 - no shell, and revisions are behind --end-of-options
            ["git", *args],  # noqa: S607 - the one that the user has
            env={**os.environ, "LC_ALL": "C", **variables},
            check=False,
            capture_output=True,
            text=True,
            errors="surrogateescape",
        )
    except FileNotFoundError as error:
        message = "the program “git” is missing; compare two folders, or install it"
        raise UsageError(message) from error
    if result.returncode:
        said = result.stderr.splitlines() or [f"exit code {result.returncode}"]
        reason = next((line for line in said if line.startswith("fatal: ")), said[0])
        raise _GitError(reason.removeprefix("fatal: "))
    return result.stdout.strip()
