"""What filled-in sheets say of a corpus."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, get_args

from jingyu.filters.settings.errors import ConfigError, InputError
from jingyu.filters.source.wilson import wilson
from jingyu.pipeline.review.answers import Answer, answers_in
from jingyu.pipeline.review.bars import Bar, bar_of
from jingyu.pipeline.review.corpus import Corpus
from jingyu.pipeline.review.reasons import REASONS, UNSTATED
from jingyu.pipeline.review.sample import Draw, drawn_ids
from jingyu.pipeline.review.strata import Stratum
from jingyu.pipeline.review.tables import Filled
from jingyu.pipeline.review.verdicts import Verdict

_SOURCE = ("url", "host", "registered_domain")
_CLASSES = {reason.key: reason.class_key for reason in REASONS} | {UNSTATED: UNSTATED}


@dataclass(frozen=True)
class Reviewed:
    """A document of the sample, where it comes from, and what was said of it."""

    answer: Answer
    url: str | None
    host: str | None
    registered_domain: str | None


@dataclass(frozen=True)
class SourceCount:
    """The documents of a source that somebody judged."""

    reviewed: int
    failed: int

    @property
    def failure_rate(self) -> float:
        """Share of the judged documents that failed, 0 to 1."""
        return self.failed / self.reviewed

    @property
    def lowest_rate(self) -> float:
        """Lower bound of the 95 % Wilson interval of that share."""
        return wilson(self.failed, self.reviewed)[0]


@dataclass(frozen=True)
class Review:
    """The answers to a sample, one for each of its documents."""

    how: Draw | None
    """How the sample was drawn; none where no sheet says so."""
    documents: tuple[Reviewed, ...]
    corpus_documents: int
    bar: Bar

    @cached_property
    def counts(self) -> dict[Verdict, int]:
        """Documents by verdict."""
        found = Counter(each.answer.verdict for each in self.documents)
        return {verdict: found[verdict] for verdict in Verdict}

    @property
    def size(self) -> int:
        """Documents of the sample."""
        return len(self.documents)

    @property
    def passed(self) -> int:
        """Documents that passed."""
        return self.counts[Verdict.PASSED]

    @property
    def decided(self) -> int:
        """Documents that passed or failed."""
        return self.passed + self.counts[Verdict.FAILED]

    @property
    def undecided(self) -> list[Answer]:
        """Answers that are no judgement: uncertain, blank, or missing."""
        return [each.answer for each in self.documents if not each.answer.verdict.is_decided]

    @property
    def pass_rate(self) -> float | None:
        """Passed share of the decided documents, 0 to 1; none if nothing is decided."""
        return self.passed / self.decided if self.decided else None

    @property
    def interval(self) -> tuple[float, float]:
        """95 % Wilson interval of that share."""
        return wilson(self.passed, self.decided)

    @property
    def least_rate(self) -> float:
        """Passed share of the whole sample: the pass rate if all undecided ones failed."""
        return self.passed / self.size if self.size else 0.0

    @property
    def failures(self) -> list[Reviewed]:
        """Documents that failed."""
        return [each for each in self.documents if each.answer.verdict is Verdict.FAILED]

    def by_reason(self) -> dict[str, int]:
        """Returns the failures by key of the reason, the most frequent first."""
        return _ordered(Counter(each.answer.reason for each in self.failures))

    def by_class(self) -> dict[str, int]:
        """Returns the failures by class of the reason, the most frequent first."""
        return _ordered(Counter(_CLASSES[each.answer.reason] for each in self.failures))

    def by_source(self, column: str) -> dict[str, SourceCount]:
        """Returns the judged documents by host or registered domain, most failures first."""
        judged: Counter[str] = Counter()
        failed: Counter[str] = Counter()
        for each in self.documents:
            if each.answer.verdict.is_decided:
                source = getattr(each, column) or ""
                judged[source] += 1
                failed[source] += each.answer.verdict is Verdict.FAILED
        order = sorted(judged, key=lambda name: (-failed[name], -judged[name], name))
        return {name: SourceCount(judged[name], failed[name]) for name in order}


def review_of(corpus: Corpus, files: Sequence[Filled], *, is_technical: bool = False) -> Review:
    """Returns what filled-in sheets say of a corpus.

    Where a sheet says how its sample was drawn, the sample is drawn again: its documents that
    stand in no sheet count as missing.

    Args:
        corpus: What the sample was drawn from.
        files: The sheets, of one sample.
        is_technical: Whether programs judged, not people.

    Raises:
        ConfigError: The sheets are of different samples.
        InputError: A row is wrong, or the sample is of another run.
    """
    how = _draw_of(files, corpus)
    tables = [table for file in files for table in file.tables]
    if how:
        ids = drawn_ids(corpus, how)
        whole = f"the sample of {how.size:,} with seed {how.seed}"
    else:
        ids = _ids_in(files)
        whole = f"the corpus of {corpus.out}"
    sources = {row["document_id"]: row for row in corpus.rows(ids, ("document_id", *_SOURCE))}
    answers = answers_in(tables, sources, whole)
    documents = tuple(
        Reviewed(answers.get(name, Answer(name, Verdict.MISSING)), *_source(sources[name]))
        for name in ids
    )
    return Review(
        how, documents, corpus.documents, bar_of(corpus.documents, is_technical=is_technical)
    )


def _source(row: dict[str, Any]) -> Iterator[str | None]:
    return (row[name] for name in _SOURCE)


def _ids_in(files: Sequence[Filled]) -> list[str]:
    cells = (row["document_id"] for file in files for table in file.tables for _, row in table.rows)
    return list(dict.fromkeys(name.lstrip("'") for name in cells if name))


def _draw_of(files: Sequence[Filled], corpus: Corpus) -> Draw | None:
    told = {file.path: _draw(file) for file in files if file.metadata}
    for path, how in told.items():
        is_of_run = (how.run, how.corpus_documents) == (corpus.run, corpus.documents)
        if not is_of_run or (how.stratify and how.stratify not in corpus.columns):
            raise InputError(
                f"{path}: is a sample of another run than {corpus.out} holds now; draw a new "
                "sample, or give the output folder that it was drawn from"
            )
    first = next(iter(told.items()), None)
    if first is None:
        return None
    for path, how in told.items():
        if how != first[1]:
            raise ConfigError(
                f"{path}: is of another sample than {first[0]}; review each sample by itself"
            )
    return first[1]


def _draw(file: Filled) -> Draw:
    told = file.metadata or {}
    try:
        run, documents, n, seed = (told[key] for key in ("run", "corpus_documents", "n", "seed"))
        stratify: Stratum | None = told["stratify"]
        is_sound = all(type(number) is int for number in (documents, n, seed)) and n > 0
    except KeyError:
        is_sound = False
    if not is_sound or stratify not in (None, *get_args(Stratum)):
        raise InputError(
            f"{file.path}: what it says of its sample is damaged; copy the answers into a fresh "
            "sheet of the same sample"
        )
    return Draw(str(run), documents, n, seed, stratify)


def _ordered(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
