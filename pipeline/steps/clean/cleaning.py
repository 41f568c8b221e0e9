"""What becomes of the texts of kept documents: decided on some at a time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jingyu.filters.code import is_apart_from_programs, programs_in
from jingyu.pipeline.config.decontamination import Decontamination
from jingyu.pipeline.config.lines import LinesSection
from jingyu.pipeline.steps.clean.kept import Kept
from jingyu.pipeline.steps.clean.lines.boilerplate import is_boilerplate
from jingyu.schemas.decisions import REJECTED, Decision

if TYPE_CHECKING:
    from jingyu.pipeline.steps.clean.contamination.index import QuestionIndex
    from jingyu.pipeline.steps.clean.contamination.matching import Hit

Range = tuple[int, int]


class Cleaned(NamedTuple):
    """What cleaning decided on a document that rules and deduplication keep."""

    row: int
    decision: Decision | None
    """Why it leaves the corpus, if it does."""
    questions: tuple[str, ...] = ()
    """Questions of evaluation sets that it holds, the one that it holds most of first."""
    ranges: tuple[int, ...] = ()
    """Starts and ends of what leaves its text, in turn."""
    repeated_line_count: int = 0
    boilerplate_line_count: int = 0
    passage_count: int = 0
    passage_char_count: int = 0
    passage_documents: int = 0
    cut_passage_count: int = 0
    passages_kept_in: tuple[str, ...] = ()


class _Dropped(NamedTuple):
    ranges: tuple[Range, ...]
    repeated: int
    boilerplate: int
    ratio: float


_NOTHING = _Dropped((), 0, 0, 0.0)


@dataclass(frozen=True)
class Cleaner:
    """What cleaning goes by.

    Attributes:
        lines: Which lines leave a text.
        decontamination: What is done about questions of evaluation sets.
        questions: The questions, if there are any.
    """

    lines: LinesSection
    decontamination: Decontamination
    questions: "QuestionIndex | None" = None

    @property
    def is_idle(self) -> bool:
        """Whether nothing is looked for."""
        lines = self.lines
        return not (lines.drop_repeated or lines.drop_boilerplate or self.questions)

    def clean(self, kept: Kept, boilerplate: NDArray[np.uint64]) -> list[Cleaned]:
        """Returns what changes for documents, in their order.

        Args:
            kept: Documents.
            boilerplate: Keys of lines that are boilerplate of their hosts, sorted.
        """
        hits = self._hits(kept.texts)
        dropped = _dropped_lines(kept, boilerplate, self.lines)
        found = []
        for number in sorted(hits.keys() | dropped.keys()):
            here = hits.get(number, [])
            names = self._names(here)
            row = int(kept.rows[number])
            if here and self.decontamination.action == "drop":
                limit = self.decontamination.min_coverage
                decision = rejected("contaminated", here[0].share, limit)
                found.append(Cleaned(row, decision, names))
            else:
                is_cut = self.decontamination.action == "cut"
                cut = [each for hit in here for each in hit.ranges if is_cut]
                left = self._left(kept.texts[number], dropped.get(number, _NOTHING), cut)
                found.append(left._replace(row=row, questions=names))
        return found

    def _hits(self, texts: Sequence[str]) -> "dict[int, list[Hit]]":
        """Returns the questions that each text holds, by falling share."""
        hits: dict[int, list[Hit]] = {}
        if self.questions:
            # Most runs look for no evaluation set.
            from jingyu.pipeline.steps.clean.contamination.matching import find_questions

            for hit in find_questions(texts, self.questions, self.decontamination.min_coverage):
                hits.setdefault(hit.document, []).append(hit)
        return hits

    def _names(self, hits: "Sequence[Hit]") -> tuple[str, ...]:
        index = self.questions
        return tuple("/".join(index.names[hit.question]) for hit in hits) if index else ()

    def _left(self, text: str, dropped: _Dropped, cut: Sequence[Range]) -> Cleaned:
        limit = self.lines.max_dropped_ratio
        if dropped.ratio > limit:
            return Cleaned(0, rejected("mostly_boilerplate", dropped.ratio, limit))
        ranges = merged([*dropped.ranges, *cut])
        if not leaves_any(text, ranges):
            return Cleaned(0, rejected("nothing_left", 0.0, 1.0))
        flat = tuple(place for each in ranges for place in each)
        return Cleaned(0, None, (), flat, dropped.repeated, dropped.boilerplate)


_CUT = "\ufdd0"  # in no normalized text


def rejected(reason: str, measured: float, limit: float) -> Decision:
    """Returns that a document leaves the corpus."""
    return Decision(REJECTED, "clean", reason, measured, limit)


def _dropped_lines(
    kept: Kept, boilerplate: NDArray[np.uint64], settings: LinesSection
) -> dict[int, _Dropped]:
    """Returns the lines that leave texts, by the number of the text."""
    found: dict[int, _Dropped] = {}
    if not (settings.drop_repeated or boilerplate.size):
        return found
    lines = kept.lines
    is_furniture = is_boilerplate(lines, kept.hosts, boilerplate)
    is_furniture &= lines.han_counts >= settings.min_han
    is_repeated = lines.is_repeated & settings.drop_repeated & ~is_furniture
    is_repeated &= lines.han_counts >= settings.min_repeated_han
    goes = is_furniture | is_repeated
    totals = np.bincount(lines.documents, lines.lengths, len(kept.texts))
    for number in np.unique(lines.documents[goes]).tolist():
        here = slice(*np.searchsorted(lines.documents, [number, number + 1]))
        # Programs of one host share lines that no reader could do without.
        text = kept.texts[number]
        if not is_apart_from_programs(text, lines.starts[here][goes[here]].tolist()):
            for start, end in programs_in(text):
                goes[here] &= (lines.starts[here] < start) | (lines.starts[here] >= end)
        gone = np.flatnonzero(goes[here]) + here.start
        if not gone.size:
            continue
        pairs = zip(lines.starts[gone].tolist(), lines.ends[gone].tolist(), strict=True)
        found[number] = _Dropped(
            tuple(pairs),
            int(is_repeated[gone].sum()),
            int(is_furniture[gone].sum()),
            float(lines.lengths[gone].sum() / totals[number]),
        )
    return found


def merged(ranges: Iterable[Range]) -> list[Range]:
    """Returns ranges in order and apart that cover the same places."""
    found: list[Range] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def without(text: str, ranges: Sequence[Range]) -> str:
    """Returns a text without ranges, which are in order and apart; they leave no line empty."""
    if not ranges:
        return text
    # A mark says where something went, so that lines which programs leave empty can stay.
    left = _CUT.join(_between(text, ranges))
    lines = (line for line in left.split("\n") if _stays(line))
    return "\n".join(lines).replace(_CUT, "").strip("\n")


def _stays(line: str) -> bool:
    if _CUT in line:
        return bool(line.replace(_CUT, "").strip())
    return not line.isspace()


def leaves_any(text: str, ranges: Sequence[Range]) -> bool:
    """Returns whether anything is left of a text without ranges, as `without` returns it."""
    return any(map(str.strip, _between(text, ranges))) if ranges else bool(text)


def _between(text: str, ranges: Sequence[Range]) -> Iterator[str]:
    """Yields what stands before, between and behind ranges."""
    starts = [0, *(end for _, end in ranges)]
    ends = [*(start for start, _ in ranges), len(text)]
    return (text[start:end] for start, end in zip(starts, ends, strict=True))


def as_ranges(flat: Sequence[Any]) -> list[Range]:
    """Returns the ranges that were written one after the other."""
    return list(zip(flat[::2], flat[1::2], strict=True))
