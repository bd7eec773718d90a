"""What was made of the files of a catalogue, kept for the next build.

It is kept by what the files hold and not by their times: a file that changes twice within a tick of the clock
is noticed, and a fresh checkout, in which every file is new, has all that it had.
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

#: The code that makes a catalogue, and what is kept with it: titles are of the modules beside this part.
_PACKAGE = Path(__file__).parents[2]

Head = TypeVar("Head")
Body = TypeVar("Body")

#: The name of a file, and what tells its content from any other.
Fingerprint = tuple[str, str]


def take_fingerprints(paths: Iterable[Path], limits: Limits) -> dict[Path, Fingerprint]:
    """The fingerprint of each file; of one that is not or cannot be read, it is why not."""
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
    """A file that keeps two values: a small head, and a body that is made only when it is asked for.

    They are pickles behind a checksum, which tells that they are whole, and that this code made them.  What cannot be
    read, or is of another making, is as good as nothing; what cannot be written is made again the next time.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._pickles = BytesIO()

    def head(self) -> Head | None:
        """The head that is kept, None if there is none."""
        try:
            raw = self.file.read_bytes()
        except OSError:
            return None
        if raw[:_CHECKSUM_SIZE] != _checksum(raw[_CHECKSUM_SIZE:]):
            return None
        self._pickles = BytesIO(raw)
        self._pickles.seek(_CHECKSUM_SIZE)
        head: Head = pickle.load(self._pickles)  # noqa: S301 - it stands beside Sphinx's own
        return head

    def body(self) -> Body:
        """The body that is kept with the head, once it was asked for; and once."""
        body: Body = pickle.load(self._pickles)  # noqa: S301 - behind the same checksum
        self._pickles.close()
        return body

    def put(self, head: Head, body: Body) -> None:
        """Keep the values; a process that reads at the same time sees the old ones or the new ones."""
        pickled = b"".join(pickle.dumps(value, pickle.HIGHEST_PROTOCOL) for value in (head, body))
        written = None
        try:
            with NamedTemporaryFile(dir=self.file.parent, prefix=f"{self.file.name}.", delete=False) as file:
                written = file.name
                file.write(_checksum(pickled) + pickled)
            os.replace(written, self.file)  # noqa: PTH105 - the name is a text
        except OSError:
            if written is not None:
                Path(written).unlink(missing_ok=True)


_CHECKSUM_SIZE = 32


def code_digest(value: object) -> str:
    """A digest of a part of the model and of the code of this package: it tells what that code makes of it."""
    return _checksum(key_of(value).encode()).hex()


def _checksum(value: bytes) -> bytes:
    """The checksum of a value: another one for other bytes, other code of this package, or another Python."""
    return blake2b(value, digest_size=_CHECKSUM_SIZE, key=_code()).digest()


@cache
def _code() -> bytes:
    code = blake2b(sys.version.encode())
    for module in sorted(_PACKAGE.rglob("*.py")):
        code.update(module.read_bytes())
    return code.digest()
