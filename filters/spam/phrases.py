"""Phrases that tell spam, found in one pass over a text."""

from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

from jingyu.filters.lexicon.literals import Literals

GROUPS: Final = ("offers", "scaffolds", "spun", "bait", "hosts", "tunnels")
"""The lists of phrases: files of `configs/lists/spam`, each of which says what it holds."""


class Place(NamedTuple):
    """A phrase in a text."""

    start: int
    phrase: str

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.phrase)


class _Search(NamedTuple):
    phrases: tuple[str, ...]
    groups: tuple[str, ...]
    literals: Literals


@lru_cache(maxsize=2)  # a title and its text
def places(text: str) -> dict[str, list[Place]]:
    """Returns where the phrases of each group stand, apart; of two that overlap the first."""
    found: dict[str, list[Place]] = {group: [] for group in GROUPS}
    phrases, groups, literals = _search()
    for number, start in literals.apart(text):
        found[groups[number]].append(Place(start, phrases[number]))
    return found


@cache
def _search() -> _Search:
    group_of = {phrase: group for group in reversed(GROUPS) for phrase in _phrases(group)}
    phrases = tuple(group_of)
    return _Search(phrases, tuple(group_of.values()), Literals(phrases))


def _phrases(group: str) -> list[str]:
    path = files("jingyu.configs").joinpath("lists", "spam", f"{group}.txt")
    lines = path.read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
