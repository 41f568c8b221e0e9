"""What number_runs.c does, in plain Python."""

import itertools
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar

from jingyu.pipeline.page.mask.folding import CHINESE_DIGITS, JOINT, UNSEEN
from jingyu.pipeline.page.mask.form import Forms, Limits

_Found = TypeVar("_Found")
_Layout = tuple[int, ...]
_Check = Callable[[str, _Layout, tuple[int, ...], tuple[int, int], int], _Found | None]

_SPELLED = "".join(map(chr, CHINESE_DIGITS))
_RUN = re.compile(f"[0-9{_SPELLED}](?:[{JOINT}]{{0,3}}[0-9{_SPELLED}])*")
_GROUP = re.compile(f"[0-9]+|[{_SPELLED}]+")
_ONLY_UNSEEN = re.compile(f"[{UNSEEN}]+")
_MOST_DIGITS = 19


class _Group(NamedTuple):
    start: int
    end: int
    digits: str
    is_spelled: bool


def plain_numbers(text: str, forms: Forms, limits: Limits, check: _Check[_Found]) -> list[_Found]:
    """Returns what a check makes of the numbers in a text that have a form."""
    return [found for run in _RUN.finditer(text) for found in _in_run(run, forms, limits, check)]


def _groups(run: re.Match[str]) -> list[_Group]:
    groups: list[_Group] = []
    text = run.string
    for found in _GROUP.finditer(text, run.start(), run.end()):
        digits = found[0].translate(CHINESE_DIGITS)
        group = _Group(found.start(), found.end(), digits, not found[0].isascii())
        last = groups[-1] if groups else None
        between = text[last.end : group.start] if last else ""
        if last and _ONLY_UNSEEN.fullmatch(between) and last.is_spelled == group.is_spelled:
            group = group._replace(start=last.start, digits=last.digits + group.digits)
            groups.pop()
        groups.append(group)
    return groups


def _in_run(
    run: re.Match[str],
    forms: Forms,
    limits: Limits,
    check: _Check[_Found],
) -> Iterator[_Found]:
    groups = _groups(run)
    is_ascii = run[0].isascii()
    first = taken = 0
    while first < len(groups):
        for last in _lasts(groups, first, limits.most_groups):
            some = groups[first:last]
            layout = tuple(len(group.digits) for group in some)
            digits = "".join(group.digits for group in groups[first:])
            is_inner, is_cut = is_ascii and first > taken, is_ascii and last < len(groups)
            bits = sum(
                1 << bit
                for bit, form in enumerate(forms.get(sum(layout), ()))
                if re.match(form.first, digits)
                and not (is_inner and form.is_first)
                and not (is_cut and form.is_last)
                and (form.layouts is None or layout in form.layouts)
            )
            if not bits or (len(groups) > limits.long_run and layout not in limits.common):
                continue
            places = tuple(itertools.chain.from_iterable((g.start, g.end) for g in some))
            is_plain = run.string[places[0] : places[-1]].isascii()
            left, right = groups[first - 1 : first], groups[last : last + 1]
            found = check(
                digits[: sum(layout)],
                layout,
                places,
                (
                    left[0].end if first > taken and not (is_plain and left[0].is_spelled) else -1,
                    right[0].start if right and not (is_plain and right[0].is_spelled) else -1,
                ),
                bits,
            )
            if found is not None:
                yield found
                first = taken = last
                break
        else:
            first += 1


def _lasts(groups: list[_Group], first: int, most_groups: int) -> Iterator[int]:
    """Yields where a candidate may end, the longest first; at the first group the whole, too."""
    most = min(len(groups), first + most_groups)
    if not first and most < len(groups):
        yield len(groups)
    for last in range(most, first, -1):
        if sum(len(group.digits) for group in groups[first:last]) <= _MOST_DIGITS:
            yield last
