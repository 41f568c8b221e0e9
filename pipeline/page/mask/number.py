"""Numbers as people write them: groups of digits with joints, each a candidate."""

import bisect
import itertools
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from jingyu.pipeline.page.mask.folding import CHINESE_DIGITS, JOINT
from jingyu.pipeline.page.mask.span import Span

_SPELLED = "".join(map(chr, CHINESE_DIGITS))
_NEXT = f"[{JOINT}]{{0,3}}[0-9{_SPELLED}]"
# The first five digits are spelled out: repeating a group costs much more than repeating a class.
_RUN = re.compile(f"[0-9{_SPELLED}]{_NEXT * 4}(?:{_NEXT})*")
_GROUP = re.compile(f"[0-9]+|[{_SPELLED}]+")
_APART = re.compile("[^0-9]+")
# Dates, with an hour or without: by far the most runs, and no part of one has a form.
_DATE = re.compile(
    "(?:19|20)[0-9]{2}([-.])[01]?[0-9]\\1[0-3]?[0-9](?: {1,2}[0-2]?[0-9])?", re.ASCII
)
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
_MIN_DIGITS, _MAX_DIGITS = 7, 19
_PLAIN_JOINTS = " _-."


class Number(NamedTuple):
    """Consecutive groups of digits, always whole ones."""

    text: str
    """The folded text in which it stands."""
    start: int
    end: int
    digits: str
    """Its 7 to 19 digits, in ASCII."""
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


class Form(NamedTuple):
    """What numbers of a certain length that a check may accept look like."""

    check: Check
    first: re.Pattern[str]
    """Matches their first digits."""
    layouts: Collection[tuple[int, ...]] | None = None
    """Their layouts, None if there are others."""


def numbers(text: str, forms: Mapping[int, Sequence[Form]]) -> Iterator[Span]:
    """Yields what the checks make of the numbers in a folded text.

    Of a run of groups each part of up to seven groups is a candidate, from the left, the longest
    first, and so is the whole. `forms` are by number of digits, the first that accepts wins.
    """
    for found in _RUN.finditer(text):
        written = found[0]
        if written.isdigit() and written.isascii():
            if len(written) in forms:
                yield from _value_of_group(text, found.start(), written, forms[len(written)])
        elif (
            len(written) >= _MIN_DIGITS
            and not _DATE.fullmatch(written)
            and (not written.isascii() or _has_enough(written))
        ):
            run = _run(text, found.start(), written)
            if len(run.groups) > 1 or len(run.groups[0].digits) in forms:
                yield from _values(run, forms)


def _has_enough(written: str) -> bool:
    """Returns whether a run in ASCII has the digits of the shortest value."""
    return len(written) - sum(map(written.count, _PLAIN_JOINTS)) >= _MIN_DIGITS


def _value_of_group(text: str, start: int, digits: str, forms: Sequence[Form]) -> Iterator[Span]:
    length = len(digits)
    number = None
    for form in forms:
        if form.first.match(digits):
            number = number or Number(
                text, start, start + length, digits, (length,), frozenset(), None, None
            )
            if span := form.check(number):
                yield span
                return


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


def _run(text: str, origin: int, run: str) -> _Run:
    """Merges groups that only unseen characters part, and translates what is spelled out."""
    if run.isascii():
        found = list(_GROUP.finditer(run))
        plain = [_Group(m.start(), m.end(), m[0], is_spelled=False) for m in found]
        return _Run(text, origin, plain, _APART.findall(run))
    groups = [(m.start(), m.end(), m[0]) for m in _GROUP.finditer(run)]
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


def _values(run: _Run, forms: Mapping[int, Sequence[Form]]) -> Iterator[Span]:
    count = len(run.groups)
    layout = tuple(len(group.digits) for group in run.groups)
    offsets = list(itertools.accumulate(layout, initial=0))
    digits = "".join(group.digits for group in run.groups)
    is_table = count > _LONG_RUN
    first = taken = 0
    while first < count:
        start = offsets[first]
        if offsets[count] - start < _MIN_DIGITS:
            break
        for last in _lasts(first, offsets):
            here = forms.get(offsets[last] - start)
            if not here or (is_table and layout[first:last] not in _COMMON_LAYOUTS):
                continue
            accepting = [
                form
                for form in here
                if (form.layouts is None or layout[first:last] in form.layouts)
                and form.first.match(digits, start)
            ]
            if not accepting:
                continue
            number = _number(run, first, last, taken)
            span = next(filter(None, (form.check(number) for form in accepting)), None)
            if span:
                yield span
                first = taken = last
                break
        else:
            first += 1


def _lasts(first: int, offsets: list[int]) -> Iterator[int]:
    """Yields where a candidate may end, the longest first."""
    count = len(offsets) - 1
    if not first and _MAX_GROUPS < count <= _MAX_DIGITS:
        yield count
    origin = offsets[first]
    last = (
        bisect.bisect_right(
            offsets, origin + _MAX_DIGITS, first, min(count, first + _MAX_GROUPS) + 1
        )
        - 1
    )
    while last > first and offsets[last] - origin >= _MIN_DIGITS:
        yield last
        last -= 1


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
