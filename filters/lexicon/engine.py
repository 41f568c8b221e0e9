"""Where the terms of word lists stand in a text."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jingyu.filters.lexicon.automaton import Automaton
from jingyu.filters.lexicon.folding import Folded, fold, folded_each
from jingyu.filters.lexicon.spans import Positions, apart, count_apart
from jingyu.filters.lexicon.surroundings import Surroundings
from jingyu.filters.lexicon.terms import TermList
from jingyu.filters.lexicon.words import Senses, senses_of, words_of


class Places(NamedTuple):
    """Places of terms in a folded text, by their starts."""

    starts: Positions
    ends: Positions
    senses: Positions
    """Rows of `Senses`."""


_NOWHERE = Places(*(np.zeros(0, np.int64) for _ in Places._fields))


class Found(NamedTuple):
    """What a text holds."""

    counted: Places
    """Places that count; none overlaps another of its subject."""
    exempt: Places
    """Places that do not count for what stands around them."""
    contexts: dict[str, int]
    """Words found that mark each kind of context."""
    folded: Folded
    senses: Senses


class Lexicon:
    """Word lists, ready to be looked for.

    Of two places of one subject that overlap, the one that starts first counts, and of two that
    start together the longer. Words of scripts with spaces, and numbers, match as wholes: `av`
    does not stand in `java`. A place does not count where it lies

    - inside a harmless longer word (博彩 in 博彩业监管),
    - inside a longer word, or near another, that its term names as exempting,
    - near a word that marks a context in which its category does not count (判决, 患者, 教材).
    """

    def __init__(
        self,
        lists: Iterable[TermList],
        contexts: Mapping[str, Sequence[str]] | None = None,
        *,
        tolerate_symbols: bool = True,
        simplify: bool = True,
        context_window: int = 12,
    ) -> None:
        """Builds the automaton.

        Args:
            lists: Terms and harmless words.
            contexts: Words that mark each kind of context.
            tolerate_symbols: Whether spaces and symbols put between characters are passed over.
            simplify: Whether traditional characters are taken for simplified ones.
            context_window: How far near is, in characters without spaces and symbols; at 0 only
                longer words exempt.

        Raises:
            ValueError: Nothing is left of a word when it is folded, or the words have too many
                different characters.
        """
        self._tolerate_symbols = tolerate_symbols
        self._simplify = simplify
        self._window = context_window
        words = words_of(list(lists), contexts or {}, self._folded)
        self._words = list(words.values())
        self._is_only_term = np.array([word.is_only_term for word in self._words], np.bool_)
        self._senses = senses_of(self._words)
        self._automaton = Automaton(
            [np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4") for text in words]
        )

    def __len__(self) -> int:
        """Returns the number of different terms."""
        return int(np.count_nonzero(self._senses.count))

    def find(self, text: str) -> Found:
        """Returns the places of terms in a text; any string is accepted."""
        form = fold(text, tolerate_symbols=self._tolerate_symbols, simplify=self._simplify)
        words, starts, ends = self._automaton.find(form.code_points)
        around = Surroundings(self._window)
        are_terms = self._are_terms(words, starts, ends, form, around)
        marks = {context: count_apart(spans) for context, spans in around.contexts.items()}
        if not are_terms.any():
            return Found(_NOWHERE, _NOWHERE, marks, form, self._senses)
        words, starts, ends = words[are_terms], starts[are_terms], ends[are_terms]
        starts, ends, rows = self._as_senses(words, starts, ends)
        is_exempt = around.exempt(self._senses, rows, starts, ends)
        remains = apart(starts, ends, self._senses.subjects[rows] * 2 + is_exempt)
        counted, exempt = (
            Places(starts[chosen], ends[chosen], rows[chosen])
            for chosen in (remains & ~is_exempt, remains & is_exempt)
        )
        return Found(counted, exempt, marks, form, self._senses)

    def _folded(self, texts: Iterable[str]) -> list[str]:
        return folded_each(texts, tolerate_symbols=self._tolerate_symbols, simplify=self._simplify)

    def _are_terms(
        self,
        words: Positions,
        starts: Positions,
        ends: Positions,
        form: Folded,
        around: Surroundings,
    ) -> NDArray[np.bool_]:
        """Returns which places are those of terms; others become known to the surroundings."""
        are_terms = self._is_only_term[words]
        kinds = form.kinds.tobytes()
        others = np.flatnonzero(~are_terms)
        columns = (others, words[others], starts[others], ends[others])
        for place, number, start, end in zip(*(c.tolist() for c in columns), strict=True):
            word = self._words[number]
            if not word.goes_on(kinds, start, end):
                around.add(word, start, end)
                are_terms[place] = bool(word.senses)
        return are_terms

    def _as_senses(
        self, words: Positions, starts: Positions, ends: Positions
    ) -> tuple[Positions, Positions, Positions]:
        """Returns starts, ends and senses, a row for each sense, as `apart` wants them."""
        order = np.lexsort((-ends, starts))
        words, starts, ends = words[order], starts[order], ends[order]
        counts = self._senses.count[words]
        rows = self._senses.first[words]
        if (counts > 1).any():
            after = np.cumsum(counts) - counts
            places = np.repeat(np.arange(len(words)), counts)
            rows = rows[places] + np.arange(len(places)) - after[places]
            starts, ends = starts[places], ends[places]
        return starts, ends, rows
