"""Generate catalogues of any size from the real one, reproducibly."""

from __future__ import annotations

import random
import re
import shutil
import string
from pathlib import Path

DATA = Path(__file__).parent.parent / "data"

#: A word of prose that can be replaced, or code, a link or a substitution, which must not be.
_PROSE = re.compile(r"`[^`]*`|\]\([^)]*\)|<[^>]*>|\{\{.*?\}\}|https?://\S+|[A-Za-z]{3,}")
_DESCRIPTION = re.compile(r"^( *)(?:- )?(?:description|sentence): (?:[|>]-?\n((?:(?:\1 +.*)?\n)+)|.*\n)", re.MULTILINE)
_GROUPS = re.compile(r"^( *)groups:(?: \[.*\]\n|\n(?:\1 *- .*\n)+)", re.MULTILINE)


def make(folder: Path, size: int) -> Path:
    """Write a catalogue of ``size`` times the objects and connections of the real one.

    The first copy is the real catalogue.  The others have their own keys, types, names and words, as texts of a real
    catalogue of this size would differ, too.
    """
    if folder.exists():
        shutil.rmtree(folder)
    shutil.copytree(DATA, folder)
    files = [path for path in sorted(DATA.rglob("*.yml")) if path.parent != DATA]
    types = re.findall(r"^type: (\S+)$", "".join(path.read_text() for path in files), re.MULTILINE)
    for number in range(2, size + 1):
        copy = _Copy(number, types, [path.stem for path in files if path.parent.name == "groups"])
        for path in files:
            target = folder / path.relative_to(DATA).with_stem(f"{path.stem}-{number}")
            target.write_text(copy.rewrite(path.read_text(), is_group=path.parent.name == "groups"))
    return folder


class _Copy:
    """Rewrites the files of one copy."""

    def __init__(self, number: int, types: list[str], groups: list[str]) -> None:
        self.number = number
        ours = "|".join(map(re.escape, sorted({name for name in types if name != "null"}, key=len, reverse=True)))
        self.types = re.compile(rf"(^type: |\buse: |\(stitch:)({ours})(?![\w-])", re.MULTILINE)
        self.groups = re.compile(rf"(?<![\w-])({'|'.join(sorted(groups, key=len, reverse=True))})(?![\w-])")
        self.letters = self.alphabet()

    def alphabet(self) -> dict[int, int]:
        """A substitution of vowels by vowels and consonants by consonants: a search index takes the result for words."""
        chance = random.Random(self.number)  # noqa: S311 - no secret
        table: dict[int, int] = {}
        for letters in ("aeiou", "".join(sorted(set(string.ascii_lowercase) - set("aeiou")))):
            others = "".join(chance.sample(letters, len(letters)))
            table |= str.maketrans(letters + letters.upper(), others + others.upper())
        return table

    def rewrite(self, text: str, *, is_group: bool) -> str:
        text = _DESCRIPTION.sub(lambda match: self.other_words(match[0]), text)
        text = self.types.sub(rf"\1\g<2>-{self.number}", text)
        text = _GROUPS.sub(lambda match: self.groups.sub(rf"\1-{self.number}", match[0]), text)
        if is_group:
            return re.sub(r"^(title: .*)$", rf"\1 {self.number}", text, flags=re.MULTILINE)
        text = re.sub(r"^( +- key: .*)$", rf"\1-{self.number}", text, flags=re.MULTILINE)
        return re.sub(r"^( *name: )(.*)$", self.other_name, text, flags=re.MULTILINE)

    def other_words(self, text: str) -> str:
        """The text with other words after the key in its first line."""
        key, colon, words = text.partition(": ")
        return key + colon + _PROSE.sub(lambda match: self.other_word(match[0]), words)

    def other_word(self, word: str) -> str:
        return word.translate(self.letters) if word.isalpha() else word

    def other_name(self, match: re.Match[str]) -> str:
        name = match[2].strip("\"'").translate(self.letters)
        return f'{match[1]}"{name} {self.number}"'
