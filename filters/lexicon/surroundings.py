"""What stands around the terms of a text and makes them harmless."""

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from jingyu.filters.lexicon.spans import Cover, Positions, Span, Vicinity
from jingyu.filters.lexicon.words import Senses, Word


class Surroundings:
    """Places of the words of a text that can exempt terms.

    Attributes:
        contexts: Places of the words that mark each kind of context.
    """

    def __init__(self, window: int) -> None:
        """Begins with no place.

        Args:
            window: How far near is, in characters; at 0 nothing is.
        """
        self.contexts: defaultdict[str, list[Span]] = defaultdict(list)
        self._harmless: list[Span] = []
        self._named: defaultdict[str, list[Span]] = defaultdict(list)
        self._window = window

    def add(self, word: Word, start: int, end: int) -> None:
        """Adds a place of a word, if it can exempt any."""
        if word.is_harmless:
            self._harmless.append((start, end))
        if word.context is not None:
            self.contexts[word.context].append((start, end))
        if word.is_named:
            self._named[word.text].append((start, end))

    def exempt(
        self, senses: Senses, rows: Positions, starts: Positions, ends: Positions
    ) -> NDArray[np.bool_]:
        """Returns, for each place of a term, whether it does not count for what is around it.

        Args:
            senses: The senses of all words.
            rows: For each place, its sense.
            starts: Where the places start.
            ends: Where they end.
        """
        found = np.zeros(len(rows), np.bool_)
        if self._harmless:
            found |= Cover(self._harmless).holds(starts, ends)
        if self._window and self.contexts:
            for index, contexts in enumerate(senses.context_sets):
                spans = [span for context in contexts for span in self.contexts.get(context, ())]
                if spans:
                    near = Vicinity(spans, self._window).holds(starts, ends)
                    found |= near & (senses.contexts[rows] == index)
        if self._named:
            found |= self._named_exempt(senses, rows, starts, ends)
        return found

    def _named_exempt(
        self, senses: Senses, rows: Positions, starts: Positions, ends: Positions
    ) -> NDArray[np.bool_]:
        """Returns, for each place, whether a word that its term names stands around or near it."""
        found = np.zeros(len(rows), np.bool_)
        places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for place in np.flatnonzero(senses.has_named[rows]).tolist():
            sense = senses.rows[rows[place]]
            for name in sense.named:
                if name in self._named:
                    places[name, sense.word].append(place)
        for (name, text), chosen in places.items():
            if text in name:
                found[chosen] |= Cover(self._named[name]).holds(starts[chosen], ends[chosen])
            elif self._window:
                near = Vicinity(self._named[name], self._window)
                found[chosen] |= near.holds(starts[chosen], ends[chosen])
        return found
