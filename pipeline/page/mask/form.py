"""What numbers have to look like before a check is worth its time."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from jingyu.pipeline.page.mask.span import Span

_DIGITS = bytes.maketrans(b"123456789", b"0" * 9)
_JOINTS = b" _-."


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


class FormTable:
    """The forms that count in a text."""

    def __init__(self, forms: Forms) -> None:
        self.forms = forms
        self.fewest = min(forms)
        """Digits of the shortest."""
        inner = {
            form.first.pattern for here in forms.values() for form in here if not form.is_first
        }
        self.inner = re.compile("|".join(f"(?:{pattern})" for pattern in sorted(inner)))
        """Matches the first digits of those before which another group may stand."""


class NamedForms:
    """The forms of all checks, fewer for a text without their words."""

    def __init__(self, families: Iterable[Mapping[int, Named]]) -> None:
        self._families = [(length, named) for each in families for length, named in each.items()]
        self._words = tuple(sorted({named.words for _, named in self._families}))
        self._all = self._table(frozenset(self._words))
        self._tables: dict[frozenset[tuple[str, ...]], FormTable] = {}

    def of(self, text: str) -> FormTable:
        """Returns what has to be looked for in a text; in texts with Chinese in them, all."""
        if not text.isascii():
            return self._all
        lowered = text.lower()
        present = frozenset(w for w in self._words if any(map(lowered.__contains__, w)))
        if present not in self._tables:
            self._tables[present] = self._table(present)
        return self._tables[present]

    def may_hold_any(self, text: str, ascii_only: bytes) -> bool:
        """Returns whether a text, given also its ASCII characters, has the digits of a number."""
        if not text.isascii():
            return True
        return b"0" * self.of(text).fewest in ascii_only.translate(_DIGITS, _JOINTS)

    def _table(self, present: frozenset[tuple[str, ...]]) -> FormTable:
        forms: dict[int, list[Form]] = {}
        for length, named in self._families:
            form = named.form if named.words in present else named.unnamed
            if form:
                forms.setdefault(length, []).append(form)
        return FormTable(forms)
