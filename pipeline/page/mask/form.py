"""What numbers have to look like before a check is worth its time."""

import functools
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from jingyu.filters.lexicon.literals import Literals
from jingyu.pipeline.page.mask.first_digits import walk
from jingyu.pipeline.page.mask.folding import CHINESE_DIGITS, JOINT, UNSEEN
from jingyu.pipeline.page.mask.number_runs import Numbers
from jingyu.pipeline.page.mask.span import Span

# Bits of number_runs.c.
_JOINT_KIND, _UNSEEN_KIND = 0x10, 0x20


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
    first: str
    """Matches their first digits: a pattern as `walk` has it."""
    layouts: Collection[tuple[int, ...]] | None = None
    """Their layouts, None if there are others."""
    is_first: bool = False
    """Whether no group stands before them that is in no value."""
    is_last: bool = False
    """Whether no group stands after them."""


class Named(NamedTuple):
    """Two forms of the same numbers, since most need a word before them, and few texts have it."""

    form: Form
    words: tuple[str, ...]
    """In lower case: what the check looks for in ASCII. Any other word it knows is in Chinese."""
    unnamed: Form | None
    """What those look like that need no word, None if all need one."""


Forms = Mapping[int, Sequence[Form]]
"""By number of digits; the first that accepts wins."""


class Limits(NamedTuple):
    """Which parts of a run of groups are looked at."""

    most_groups: int
    """The most groups of a part; the whole run may have more."""
    long_run: int
    """The most groups of a run that is no table of numbers."""
    common: frozenset[tuple[int, ...]]
    """The layouts that are looked at in a table of numbers."""


# Common are layouts of mobiles, landlines, bank cards and resident IDs.
_LIMITS = Limits(
    most_groups=7,
    long_run=32,
    common=frozenset(
        {
            *((3, 4, 4), (3, 8), (3, 7), (4, 7), (4, 8), (4, 4, 4), (6, 8, 4)),
            *((4, 4, 4, 4), (4, 4, 4, 4, 3)),
            *((length,) for length in range(5, 20)),
        }
    ),
)


class FormTable:
    """The forms that count in a text."""

    def __init__(self, forms: Forms, limits: Limits = _LIMITS) -> None:
        self.forms = forms
        patterns = sorted({form.first for here in forms.values() for form in here})
        self.numbers = Numbers(
            _kinds(),
            *walk(patterns),
            tuple(
                (
                    digits,
                    patterns.index(form.first),
                    form.is_first,
                    form.is_last,
                    None if form.layouts is None else _packed(form.layouts),
                )
                for digits, here in forms.items()
                for form in here
            ),
            _packed(limits.common),
            limits.most_groups,
            limits.long_run,
        )
        """Finds the numbers that have a form."""


def _packed(layouts: Collection[tuple[int, ...]]) -> bytes:
    return b"".join(bytes((*layout, 0)) for layout in sorted(layouts))


@functools.cache
def _kinds() -> bytes:
    """Returns what each character of the basic plane is in a number, as number_runs.c has it."""
    table = bytearray(0x10000)
    for kind, characters in ((_JOINT_KIND, JOINT), (_UNSEEN_KIND, UNSEEN)):
        for found in re.finditer(f"[{characters}]", "".join(map(chr, range(0x10000)))):
            table[found.start()] |= kind
    for form, digit in (CHINESE_DIGITS | {ord(digit): digit for digit in "0123456789"}).items():
        table[form] = int(digit) + 1
    return bytes(table)


class NamedForms:
    """The forms of all checks, fewer for a text without their words."""

    def __init__(self, families: Iterable[Mapping[int, Named]]) -> None:
        self._families = [(length, named) for each in families for length, named in each.items()]
        self._words = tuple(sorted({named.words for _, named in self._families}))
        self._literals = Literals(word for words in self._words for word in words)
        self._all = self._table(frozenset(self._words))
        self._tables: dict[frozenset[tuple[str, ...]], FormTable] = {}

    def of(self, text: str) -> FormTable:
        """Returns what has to be looked for in a text; in texts with Chinese in them, all."""
        if not text.isascii():
            return self._all
        found = self._literals.find(text.lower())
        present = frozenset(words for words in self._words if not found.keys().isdisjoint(words))
        if present not in self._tables:
            self._tables[present] = self._table(present)
        return self._tables[present]

    def _table(self, present: frozenset[tuple[str, ...]]) -> FormTable:
        forms: dict[int, list[Form]] = {}
        for length, named in self._families:
            form = named.form if named.words in present else named.unnamed
            if form:
                forms.setdefault(length, []).append(form)
        return FormTable(forms)
