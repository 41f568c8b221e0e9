"""What a page states in words, looked for only where it can begin."""

import re
from typing import NamedTuple


class Statement(NamedTuple):
    """Something that a text can state in several ways."""

    name: str
    needed: re.Pattern[str]
    """What each of the ways holds something of: most texts hold nothing."""
    begins: re.Pattern[str]
    """The first characters of the ways: together these have none that a search could look for."""
    pattern: re.Pattern[str]

    def is_in(self, text: str) -> bool:
        """Returns whether a text states it."""
        if not self.needed.search(text):
            return False
        return any(self.pattern.match(text, at.start()) for at in self.begins.finditer(text))


def statement(name: str, needed: str, begins: str, *ways: str) -> Statement:
    """Returns a statement.

    Args:
        name: What it is called.
        needed: A pattern of what each of the ways holds.
        begins: The characters that they begin with.
        ways: Patterns of what states it.
    """
    return Statement(
        name, re.compile(needed), re.compile(f"[{begins}]"), re.compile("|".join(ways))
    )
