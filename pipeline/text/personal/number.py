"""Numbers as people write them: groups of digits with joints, each a candidate."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.text.personal.folding import CHINESE_DIGITS, JOINT
from pipeline.text.personal.span import Span

_SPELLED = "".join(map(chr, CHINESE_DIGITS))
_RUN = re.compile(f"[0-9{_SPELLED}](?:[{JOINT}]{{0,3}}[0-9{_SPELLED}]){{4,}}")
_GROUP = re.compile(f"[0-9]+|[{_SPELLED}]+")
_UNSEEN = re.compile("[\xad\u200b-\u200f\u2060\ufe0f\ufeff\u20e3]+")
_DASHES = re.compile("[‐-―－]")
_MAX_GROUPS = 7
# A table of numbers: in these only common layouts are looked at, of mobiles, landlines, bank cards
# and resident IDs.
_LONG_RUN = 32
_COMMON_LAYOUTS = {
    *(
        (3, 4, 4),
        (3, 8),
        (3, 7),
        (4, 7),
        (4, 8),
        (4, 4, 4),
        (6, 8, 4),
        (4, 4, 4, 4),
        (4, 4, 4, 4, 3),
    ),
    *((length,) for length in range(5, 20)),
}
_MIN_DIGITS, _MAX_DIGITS = 5, 19


class Number(NamedTuple):
    """Consecutive groups of digits, always whole ones."""

    text: str
    """The folded text in which it stands."""
    start: int
    end: int
    digits: str
    """Its 5 to 19 digits, in ASCII."""
    layout: tuple[int, ...]
    """Digits of each group."""
    joints: frozenset[str]
    """What stands between its groups: nothing at all between digits and spelled-out ones."""
    left: str | None
    """What parts it from a group before that is in no value, None if there is no such group.

    Words such as 一个 beside a number in plain digits are no groups.
    """
    right: str | None
    """What parts it from the group after it, None if there is none."""


Check = Callable[[Number], Span | None]


def numbers(text: str, checks: Mapping[int, Sequence[Check]]) -> Iterator[Span]:
    """Yields what the checks make of the numbers in a folded text.

    Of a run of groups each part of up to seven groups is a candidate, from the left, the longest
    first, and so is the whole. `checks` are by number of digits, the first that accepts wins.
    """
    for run in _RUN.finditer(text):
        groups = [(m.start(), m.end(), m[0]) for m in _GROUP.finditer(run[0])]
        if len(groups) == 1 and len(groups[0][2]) not in checks:
            continue
        yield from _values(_run(text, run.start(), run[0], groups), checks)


class _Group(NamedTuple):
    start: int
    end: int
    digits: str
    is_spelled: bool


class _Run(NamedTuple):
    text: str
    origin: int
    groups: list[_Group]
    """With positions within the run."""
    joints: list[str]
    """Before each group but the first."""


def _run(text: str, origin: int, run: str, groups: list[tuple[int, int, str]]) -> _Run:
    """Merges groups that only unseen characters part, and translates what is spelled out."""
    merged = [groups[0]]
    joints: list[str] = []
    for start, end, digits in groups[1:]:
        joint = run[merged[-1][1] : start]
        seen = _DASHES.sub("-", _UNSEEN.sub("", joint)) if joint else ""
        if joint and not seen and digits.isascii() == merged[-1][2].isascii():
            merged[-1] = (merged[-1][0], end, merged[-1][2] + digits)
        else:
            merged.append((start, end, digits))
            joints.append(seen)
    parts = [_Group(a, b, d.translate(CHINESE_DIGITS), not d.isascii()) for a, b, d in merged]
    return _Run(text, origin, parts, joints)


def _values(run: _Run, checks: Mapping[int, Sequence[Check]]) -> Iterator[Span]:
    count = len(run.groups)
    lengths = [len(group.digits) for group in run.groups]
    first = taken = 0
    while first < count:
        for last in _lasts(first, lengths):
            accepting = checks.get(sum(lengths[first:last]))
            if not accepting or (
                count > _LONG_RUN and tuple(lengths[first:last]) not in _COMMON_LAYOUTS
            ):
                continue
            number = _number(run, first, last, taken)
            span = next(filter(None, (check(number) for check in accepting)), None)
            if span:
                yield span
                first = taken = last
                break
        else:
            first += 1


def _lasts(first: int, lengths: list[int]) -> Iterator[int]:
    """Yields where a candidate may end, the longest first."""
    count = len(lengths)
    if not first and _MAX_GROUPS < count <= _MAX_DIGITS:
        yield count
    last = first
    total = 0
    while last < min(count, first + _MAX_GROUPS) and total + lengths[last] <= _MAX_DIGITS:
        total += lengths[last]
        last += 1
    while last > first and total >= _MIN_DIGITS:
        yield last
        last -= 1
        total -= lengths[last]


def _number(run: _Run, first: int, last: int, taken: int) -> Number:
    groups = run.groups[first:last]
    start, end = run.origin + groups[0].start, run.origin + groups[-1].end
    is_ascii = run.text[start:end].isascii()
    left = right = None
    if first > taken and not (is_ascii and run.groups[first - 1].is_spelled):
        left = run.joints[first - 1]
    if last < len(run.groups) and not (is_ascii and run.groups[last].is_spelled):
        right = run.joints[last - 1]
    return Number(
        run.text,
        start,
        end,
        "".join(group.digits for group in groups),
        tuple(len(group.digits) for group in groups),
        frozenset(run.joints[first : last - 1]),
        left,
        right,
    )
