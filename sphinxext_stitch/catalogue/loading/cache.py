"""The cache file of a catalogue, and the fingerprints by which its entries are found.

Fingerprints depend on the content of files and not on their modification times: a file that changes twice within a tick
of the clock is noticed, and a fresh checkout, in which every file is new, can use the cache.
"""

from __future__ import annotations

import os
import pickle
import sys
from functools import cache
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from stat import S_IFMT, S_ISREG
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Generic, TypeVar

from ..digest import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..limits import Limits

#: The package, whose code determines what is in the cache.
_PACKAGE = Path(__file__).parents[2]

Head = TypeVar("Head")
Body = TypeVar("Body")

#: The path of a file, and a digest of its content.
Fingerprint = tuple[str, str]


def take_fingerprints(paths: Iterable[Path], limits: Limits) -> dict[Path, Fingerprint]:
    """The fingerprint of each file; if a file is too large or cannot be read, the reason takes the place of the digest."""
    return {path: (str(path), _fingerprint(path, limits)) for path in paths}


def _fingerprint(path: Path, limits: Limits) -> str:
    try:
        info = path.stat()
        if info.st_size > limits.file_size or not S_ISREG(info.st_mode):
            return f"{S_IFMT(info.st_mode)} {info.st_size}"
        return blake2b(path.read_bytes()).hexdigest()
    except OSError as error:
        return str(error)


class Cache(Generic[Head, Body]):
    """A file with two values: a small head, and a body that is loaded on request only.

    Both are pickles behind a checksum, which shows that they are complete and were written by this code.  A file that
    cannot be read, or has another checksum, is ignored; so is an error when the file is written.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._pickles = BytesIO()

    def head(self) -> Head | None:
        """The head; None if the file is missing or invalid."""
        try:
            raw = self.file.read_bytes()
        except OSError:
            return None
        if raw[:_CHECKSUM_SIZE] != _checksum(raw[_CHECKSUM_SIZE:]):
            return None
        self._pickles = BytesIO(raw)
        self._pickles.seek(_CHECKSUM_SIZE)
        head: Head = pickle.load(self._pickles)  # noqa: S301 - in the folder of Sphinx's own pickles
        return head

    def body(self) -> Body:
        """The body; call it after :meth:`head` has returned a value, and once only."""
        body: Body = pickle.load(self._pickles)  # noqa: S301 - behind the same checksum
        self._pickles.close()
        return body

    def put(self, head: Head, body: Body) -> None:
        """Write the values.  The file is replaced at once: a process that reads it sees the old values or the new ones."""
        pickled = b"".join(pickle.dumps(value, pickle.HIGHEST_PROTOCOL) for value in (head, body))
        temporary = None
        try:
            with NamedTemporaryFile(dir=self.file.parent, prefix=f"{self.file.name}.", delete=False) as file:
                temporary = file.name
                file.write(_checksum(pickled) + pickled)
            os.replace(temporary, self.file)  # noqa: PTH105 - the name is a str
        except OSError:
            if temporary is not None:
                Path(temporary).unlink(missing_ok=True)


_CHECKSUM_SIZE = 32


def code_digest(value: object) -> str:
    """A digest of a part of the model and of the code of this package, in hexadecimal digits."""
    return _checksum(key_of(value).encode()).hex()


def _checksum(value: bytes) -> bytes:
    """A checksum that depends on the bytes, on the code of this package, and on the version of Python."""
    return blake2b(value, digest_size=_CHECKSUM_SIZE, key=_code()).digest()


@cache
def _code() -> bytes:
    code = blake2b(sys.version.encode())
    # Not by ``Path.rglob``, which takes half as long as to read the modules; every build does this.
    for place, folders, files in os.walk(_PACKAGE):
        folders.sort()
        for name in sorted(files):
            if name.endswith(".py"):
                code.update(Path(place, name).read_bytes())
    return code.digest()
