"""Suggestions for unknown names, of large vocabularies; those of small ones are in the messages of other tests."""

from __future__ import annotations

import pytest

from sphinxext_stitch.catalogue.suggestions import Vocabulary

MANY = Vocabulary(
    [f"{first}{number}{last}" for number in range(1_000) for first, last in (("alpha-", "-x"), ("o-", "-omega"))]
)


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("alpha-500-y", "“alpha-500-x”"),
        ("lpha-500-x", "“alpha-500-x”"),
        ("o-500-omge", "“o-500-omega”"),
        ("nothing of the kind", ""),
        ("alpha-500-x" * 10, ""),
    ],
)
def test_suggestions_of_many_words(word: str, near: str) -> None:
    """An unknown word is compared with those that begin or end alike; a very long one with none."""
    suggestion = MANY.suggestion(word)
    assert near in suggestion if near else not suggestion
