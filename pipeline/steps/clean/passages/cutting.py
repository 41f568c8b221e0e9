"""Passages that many documents have leave the texts of documents that keep no copy."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.config.passages import PassagesSection
from jingyu.pipeline.steps.clean.cleaning import (
    Cleaned,
    Range,
    as_ranges,
    leaves_any,
    merged,
    rejected,
)
from jingyu.pipeline.steps.clean.kept import NAME_DIGITS, Kept
from jingyu.pipeline.steps.clean.lines.lines import Lines
from jingyu.pipeline.steps.clean.passages.counting import count_windows
from jingyu.pipeline.steps.clean.passages.passages import Passage, passages_in, places_of, touches
from jingyu.pipeline.steps.clean.passages.windows import Windows, windows_of


def left_sentences(kept: Kept, cleaned: Sequence[Cleaned]) -> Lines:
    """Returns the sentences that lines and questions leave of documents that stay.

    Args:
        kept: Documents.
        cleaned: What changes for them.
    """
    sentences = kept.sentences
    is_left = np.ones(len(sentences.hashes), np.bool_)
    for number, each in zip(_numbers_of(kept, cleaned), cleaned, strict=True):
        here = slice(*np.searchsorted(sentences.documents, [number, number + 1]))
        if each.decision:
            is_left[here] = False
        elif each.ranges:
            own = sentences.of(here)
            is_left[here] = ~touches(own, as_ranges(each.ranges))
    return sentences.of(is_left)


def count_passages(kept: Kept, cleaned: Sequence[Cleaned], min_han: int) -> NDArray[np.void]:
    """Returns in how many of some documents of a host each window stands, as `WINDOW_COUNT`.

    Args:
        kept: Documents.
        cleaned: What changes for them.
        min_han: Fewest Han in a window.
    """
    sentences = left_sentences(kept, cleaned)
    windows = windows_of(sentences, min_han)
    documents = sentences.documents[windows.firsts]
    return count_windows(windows.hashes, kept.names[documents], kept.hosts[documents])


@dataclass(frozen=True)
class Cutter:
    """What passages are cut by.

    Attributes:
        settings: Which passages leave a text.
        repeated: The windows that enough documents have, `REPEATED`, sorted by window.
    """

    settings: PassagesSection
    repeated: NDArray[np.void]

    @property
    def is_idle(self) -> bool:
        """Whether no document has a passage."""
        return not self.repeated.size

    def cut(self, kept: Kept, cleaned: Sequence[Cleaned]) -> list[Cleaned]:
        """Returns what changes for documents, with their passages, in the documents' order."""
        if self.is_idle:
            return list(cleaned)
        changed = {each.row: each for each in cleaned}
        for number, found in self._found(kept, left_sentences(kept, cleaned)):
            row = int(kept.rows[number])
            change = changed.get(row, Cleaned(row, None))
            changed[row] = self._left(kept.texts[number], int(kept.names[number]), found, change)
        return [changed[row] for row in sorted(changed)]

    def _found(self, kept: Kept, sentences: Lines) -> "list[tuple[int, _Found]]":
        """Returns the passages of each document that has some, after its number."""
        windows, told = self._told(windows_of(sentences, self.settings.min_han))
        documents = sentences.documents[windows.firsts]
        found = []
        for number in np.unique(documents).tolist():
            start, stop = np.searchsorted(sentences.documents, [number, number + 1]).tolist()
            own = sentences.of(slice(start, stop))
            is_here = documents == number
            here = windows.of(is_here)
            here = here._replace(firsts=here.firsts - start, lasts=here.lasts - start)
            text, min_han = kept.texts[number], self.settings.min_han
            passages = list(passages_in(text, own, here, told[is_here], min_han))
            if passages:
                found.append((number, _Found(own, passages)))
        return found

    def _told(self, windows: Windows) -> tuple[Windows, NDArray[np.void]]:
        """Returns the windows that enough documents have, with what is known of each."""
        known = self.repeated["window"]
        places = np.minimum(np.searchsorted(known, windows.hashes), known.size - 1)
        is_repeated = known[places] == windows.hashes
        return windows.of(is_repeated), self.repeated[places[is_repeated]]

    def _left(self, text: str, name: int, found: "_Found", change: Cleaned) -> Cleaned:
        sentences, passages = found
        goes = self._going(name, passages)
        every = _places(text, sentences, passages)
        ranges = merged([*as_ranges(change.ranges), *_places(text, sentences, goes)])
        holders = sorted({holder for each in goes for holder in each.holders})
        change = change._replace(
            ranges=tuple(place for each in ranges for place in each),
            passage_count=len(passages),
            passage_char_count=sum(end - start for start, end in every),
            passage_documents=max(each.documents for each in passages),
            cut_passage_count=len(goes),
            passages_kept_in=tuple(f"{holder:0{NAME_DIGITS}x}" for holder in holders),
        )
        if not leaves_any(text, ranges):
            return change._replace(decision=rejected("nothing_left", 0.0, 1.0), ranges=())
        return change

    def _going(self, name: int, passages: Sequence[Passage]) -> list[Passage]:
        """Returns the passages that leave the text of a document."""
        if self.settings.action != "cut" or len(passages) > self.settings.max_passages:
            return []
        return [each for each in passages if name not in each.holders]


class _Found(NamedTuple):
    sentences: Lines
    passages: list[Passage]


def _places(text: str, sentences: Lines, passages: Sequence[Passage]) -> list[Range]:
    return [place for each in passages for place in places_of(text, sentences.of(each.sentences))]


def _numbers_of(kept: Kept, cleaned: Sequence[Cleaned]) -> list[int]:
    numbers: list[int] = np.searchsorted(kept.rows, [each.row for each in cleaned]).tolist()
    return numbers
