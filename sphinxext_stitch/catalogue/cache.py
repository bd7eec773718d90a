"""What was made of the files of a catalogue, kept for the next build.

It is kept by what the files hold and not by their times: a file that changes twice within a tick of the clock
is noticed, and a fresh checkout, in which every file is new, has all that it had.
"""

from __future__ import annotations

import os
import pickle
import sys
from hashlib import blake2b, file_digest
from pathlib import Path
from stat import S_IFMT, S_ISREG
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .limits import Limits

_PACKAGE = Path(__file__).parent.parent


#: The name of a file, and what tells its content from any other.
Print = tuple[str, str]


def fingerprints(paths: Iterable[Path], limits: Limits) -> dict[Path, Print]:
    """The fingerprint of each file; of one that is not or cannot be read, it is why not."""
    return {path: (str(path), _fingerprint(path, limits)) for path in paths}


def _fingerprint(path: Path, limits: Limits) -> str:
    try:
        info = path.stat()
        if info.st_size > limits.file_size or not S_ISREG(info.st_mode):
            return f"{S_IFMT(info.st_mode)} {info.st_size}"
        with path.open("rb") as file:
            return file_digest(file, "blake2b").hexdigest()
    except OSError as error:
        return str(error)


class Cache:
    """A file that keeps one value.

    The value is a pickle behind a seal, which tells that it is whole, and that this code made it.  What cannot be
    read, or is of another making, is as good as nothing; what cannot be written is made anew the next time.
    """

    def __init__(self, file: Path) -> None:
        self.file = file

    def get(self) -> Any:
        """The value that is kept, None if there is none."""
        try:
            raw = self.file.read_bytes()
        except OSError:
            return None
        seal, value = raw[:_SEAL_SIZE], raw[_SEAL_SIZE:]
        return pickle.loads(value) if seal == _seal(value) else None  # noqa: S301 - it stands beside Sphinx's own

    def put(self, value: object) -> None:
        """Keep a value; whoever reads at the same time sees the old one or the new one."""
        pickled = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        written = None
        try:
            with NamedTemporaryFile(dir=self.file.parent, prefix=f"{self.file.name}.", delete=False) as file:
                written = file.name
                file.write(_seal(pickled) + pickled)
            os.replace(written, self.file)  # noqa: PTH105 - the name is a text
        except OSError:
            if written is not None:
                Path(written).unlink(missing_ok=True)


_SEAL_SIZE = 32


def _seal(value: bytes) -> bytes:
    """The seal of a value: another one for other bytes, other code of this package, or another Python."""
    code = blake2b(sys.version.encode())
    for module in sorted(_PACKAGE.rglob("*.py")):
        code.update(module.read_bytes())
    return blake2b(value, digest_size=_SEAL_SIZE, key=code.digest()).digest()
