"""What numbers begin with: patterns of digits, all tried in one walk."""

import re
from array import array
from collections.abc import Iterator, Sequence
from typing import NamedTuple

Digits = tuple[frozenset[int], ...]
"""One way in which a pattern matches: the digits that may stand at each place."""

_PARTS = re.compile(r"\(\?:|[)|?]|\[[0-9-]+\]|[0-9]|\{[0-9]+\}")


class Walk(NamedTuple):
    """States of patterns by the digits read so far: 0 where none goes on, 1 at the start."""

    next: bytes
    """The state after each state and digit, in 16 bits."""
    matched: bytes
    """The patterns, by their bits, that have matched when a state is reached, in 32 bits."""


def walk(patterns: Sequence[str]) -> Walk:
    """Returns the states of up to 32 patterns, whose bits are their places.

    A pattern is a regular expression of digits, classes of them, groups that keep nothing,
    alternatives, `?` and, of a single place, `{n}`. It matches what begins so.
    """
    start = frozenset((bit, way) for bit, each in enumerate(patterns) for way in ways(each))
    numbers = {frozenset(): 0, start: 1}
    states = [frozenset(), start]
    following = array("H")
    for state in states:
        for digit in range(10):
            then = frozenset((bit, way[1:]) for bit, way in state if way and digit in way[0])
            if then not in numbers:
                numbers[then] = len(states)
                states.append(then)
            following.append(numbers[then])
    matched = array("I", (sum({1 << bit for bit, way in state if not way}) for state in states))
    return Walk(following.tobytes(), matched.tobytes())


def ways(pattern: str) -> list[Digits]:
    """Returns the ways in which a pattern matches.

    Raises:
        ValueError: It holds what patterns of digits do not.
    """
    parts = _PARTS.findall(pattern)
    if "".join(parts) != pattern:
        message = f"no pattern of digits: {pattern}"
        raise ValueError(message)
    return _alternatives(iter((*parts, ")")))


def _alternatives(parts: Iterator[str]) -> list[Digits]:
    """Returns the ways up to the bracket that closes."""
    found: list[Digits] = []
    here: list[Digits] = [()]
    last: list[Digits] = []

    for part in parts:
        if part in {"|", ")"}:
            found += _joined(here, last)
            here, last = [()], []
            if part == ")":
                break
        elif part == "?":
            last = [(), *last]
        elif part[0] == "{":
            last = [way * int(part[1:-1]) for way in last]
        else:
            here = _joined(here, last)
            last = _alternatives(parts) if part == "(?:" else [(_place(part),)]
    return list(dict.fromkeys(found))


def _joined(first: list[Digits], second: list[Digits]) -> list[Digits]:
    return [one + two for one in first for two in second] if second else first


def _place(part: str) -> frozenset[int]:
    return frozenset(digit for digit in range(10) if re.fullmatch(part, str(digit)))
