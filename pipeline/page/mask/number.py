"""Numbers as people write them: groups of digits with joints, each a candidate."""

from collections.abc import Sequence

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.pipeline.page.mask.folding import UNSEEN
from jingyu.pipeline.page.mask.form import Form, NamedForms, Number
from jingyu.pipeline.page.mask.span import Span

_UNSEEN = lazy_pattern(f"[{UNSEEN}]+")
_DASHES = lazy_pattern("[‐-―－]")
_NO_JOINTS: frozenset[str] = frozenset()


def numbers(text: str, named_forms: NamedForms) -> list[Span]:
    """Returns what the checks make of the numbers in a folded text.

    Numbers are runs of digits, also spelled-out ones, with up to three joints between two of them.
    Of the groups of a run each part of up to seven is a candidate, from the left, the longest
    first, and so is the whole.
    """
    table = named_forms.of(text)

    def check(
        digits: str,
        layout: tuple[int, ...],
        places: tuple[int, ...],
        beside: tuple[int, int],
        forms: int,
    ) -> Span | None:
        start, end = places[0], places[-1]
        left, right = beside
        number = Number(
            text,
            start,
            end,
            digits,
            layout,
            _joints(text, places),
            None if left < 0 else _joint(text[left:start]),
            None if right < 0 else _joint(text[end:right]),
        )
        return _value(number, table.forms[len(digits)], forms)

    return table.numbers.find(text, check)


def _value(number: Number, forms: Sequence[Form], some: int) -> Span | None:
    """Returns what the first form makes of a number that accepts it, of some by their bits."""
    for bit, form in enumerate(forms):
        if some >> bit & 1 and (span := form.check(number)):
            return span
    return None


def _joints(text: str, places: tuple[int, ...]) -> frozenset[str]:
    """Returns what stands between groups, given where each begins and ends."""
    if len(places) == 2:  # noqa: PLR2004 (a single group)
        return _NO_JOINTS
    between = zip(places[1:-1:2], places[2::2], strict=True)
    return frozenset(_joint(text[end:start]) for end, start in between)


def _joint(written: str) -> str:
    return written if written.isascii() else _DASHES.sub("-", _UNSEEN.sub("", written))
