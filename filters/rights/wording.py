"""What a page states in words, looked for only where it can begin."""

import functools
import re
from typing import NamedTuple

from jingyu.filters.lazy_pattern import lazy_pattern


class Wording(NamedTuple):
    """Something that a text can state in several ways."""

    name: str
    needed: re.Pattern[str]
    """What each of the ways holds something of: most texts hold nothing."""
    begins: re.Pattern[str]
    """The first characters of the ways: together these have none that a search could look for."""
    pattern: str
    """What matches one of them; it is compiled when a text may hold one."""

    def is_in(self, text: str) -> bool:
        """Returns whether a text states it."""
        return self.words(text) is not None

    def words(self, text: str) -> str | None:
        """Returns the first words of a text that state it; none if it does not."""
        if not self.needed.search(text):
            return None
        match_at = _compiled(self.pattern).match
        found = (match_at(text, at.start()) for at in self.begins.finditer(text))
        return next((match[0] for match in found if match), None)


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def wording(name: str, needed: str, begins: str, *ways: str) -> Wording:
    """Returns what can be worded in some ways.

    Args:
        name: What it is called.
        needed: A pattern of what each of the ways holds.
        begins: The characters that they begin with.
        ways: Patterns of what states it.
    """
    return Wording(name, lazy_pattern(needed), lazy_pattern(f"[{begins}]"), "|".join(ways))
