"""Numbers as people write them: groups of digits with joints, each a candidate."""

import bisect
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.pipeline.page.mask.folding import CHINESE_DIGITS, JOINT
from jingyu.pipeline.page.mask.form import Form, FormTable, NamedForms, Number
from jingyu.pipeline.page.mask.span import Span

_SPELLED = "".join(map(chr, CHINESE_DIGITS))
_NEXT = f"[{JOINT}]{{0,3}}[0-9{_SPELLED}]"
# The first five digits are spelled out: repeating a group costs much more than repeating a class.
_RUN = lazy_pattern(f"[0-9{_SPELLED}]{_NEXT * 4}(?:{_NEXT})*")
_GROUP = lazy_pattern(f"[0-9]+|[{_SPELLED}]+")
# Dates, with an hour or without: by far the most runs, and no part of one has a form.
_DATE = lazy_pattern(
    "(?:19|20)[0-9]{2}([-.])[01]?[0-9]\\1[0-3]?[0-9](?: {1,2}[0-2]?[0-9])?", re.ASCII
)
_UNSEEN = lazy_pattern("[\xad\u200b-\u200f\u2060\ufe0f\ufeff\u20e3]+")
_DASHES = lazy_pattern("[‐-―－]")
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


def numbers(text: str, named_forms: NamedForms) -> Iterator[Span]:
    """Yields what the checks make of the numbers in a folded text.

    Of a run of groups each part of up to seven groups is a candidate, from the left, the longest
    first, and so is the whole.
    """
    runs = _RUN.finditer(text)
    for first in runs:
        table = named_forms.of(text)
        shortest, forms = table.fewest, table.forms
        # Most runs are too short, or dates: no generator for these.
        for found in itertools.chain([first], runs):
            written = found[0]
            if len(written) < shortest:
                continue
            if written.isdigit() and written.isascii():
                if here := forms.get(len(written)):
                    yield from _value_of_group(text, found.start(), written, here)
            elif not written.isascii() or not _is_hopeless(written, shortest):
                run = _Run(text, found)
                if len(run.layout) > 1 or len(run.digits) in forms:
                    yield from _values(run, table)


def _is_hopeless(written: str, fewest: int) -> bool:
    """Returns whether a run in ASCII is a date, or has fewer digits than the shortest value."""
    joints = sum(map(written.count, _PLAIN_JOINTS))
    return len(written) - joints < fewest or _DATE.fullmatch(written) is not None


def _value_of_group(text: str, start: int, digits: str, forms: Sequence[Form]) -> Iterator[Span]:
    length = len(digits)
    number = None
    for form in forms:
        if (form.layouts is None or (length,) in form.layouts) and form.first.match(digits):
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


class _Run:
    """A run of groups; where they stand is only looked up for candidates."""

    def __init__(self, text: str, found: re.Match[str]) -> None:
        self.text, self.origin, self._written = text, found.start(), found[0]
        self.is_ascii = self._written.isascii()
        self._parts: tuple[list[_Group], list[str]] | None = None
        parts: list[str] = (
            _GROUP.findall(self._written) if self.is_ascii else [g.digits for g in self.parts()[0]]
        )
        self.layout = tuple(map(len, parts))
        self.digits = "".join(parts)

    def parts(self) -> tuple[list[_Group], list[str]]:
        """Returns the groups, with positions within the run, and what joins each to the next."""
        if not self._parts:
            self._parts = self._merged()
        return self._parts

    def _merged(self) -> tuple[list[_Group], list[str]]:
        """Merges groups that only unseen characters part, and translates what is spelled out."""
        groups = [(m.start(), m.end(), m[0]) for m in _GROUP.finditer(self._written)]
        merged = [groups[0]]
        joints: list[str] = []
        for start, end, digits in groups[1:]:
            joint = self._written[merged[-1][1] : start]
            seen = joint if joint.isascii() else _DASHES.sub("-", _UNSEEN.sub("", joint))
            if joint and not seen and digits.isascii() == merged[-1][2].isascii():
                merged[-1] = (merged[-1][0], end, merged[-1][2] + digits)
            else:
                merged.append((start, end, digits))
                joints.append(seen)
        parts = [_Group(a, b, d.translate(CHINESE_DIGITS), not d.isascii()) for a, b, d in merged]
        return parts, joints


def _values(run: _Run, table: FormTable) -> Iterator[Span]:
    forms = table.forms
    layout, digits = run.layout, run.digits
    count = len(layout)
    offsets = list(itertools.accumulate(layout, initial=0))
    is_table = count > _LONG_RUN
    first = taken = 0
    while first < count:
        start = offsets[first]
        if offsets[count] - start < table.fewest:
            break
        is_inner = run.is_ascii and first > taken
        if is_inner and not table.inner.match(digits, start):
            first += 1
            continue
        for last in _lasts(first, offsets):
            here = forms.get(offsets[last] - start)
            if not here or (is_table and layout[first:last] not in _COMMON_LAYOUTS):
                continue
            is_cut = run.is_ascii and last < count
            accepting = [
                form
                for form in here
                if form.first.match(digits, start)
                and not ((is_inner and form.is_first) or (is_cut and form.is_last))
                and (form.layouts is None or layout[first:last] in form.layouts)
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
    all_groups, joints = run.parts()
    groups = all_groups[first:last]
    start, end = run.origin + groups[0].start, run.origin + groups[-1].end
    is_ascii = run.text[start:end].isascii()
    left = right = None
    if first > taken and not (is_ascii and all_groups[first - 1].is_spelled):
        left = joints[first - 1]
    if last < len(all_groups) and not (is_ascii and all_groups[last].is_spelled):
        right = joints[last - 1]
    return Number(
        run.text,
        start,
        end,
        "".join(group.digits for group in groups),
        run.layout[first:last],
        frozenset(joints[first : last - 1]),
        left,
        right,
    )
