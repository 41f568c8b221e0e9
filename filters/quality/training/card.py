"""The card of a model, as Markdown: what it learnt from, how good it is, where it fails."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jingyu.filters.quality.model.text_model import TARGETS
from jingyu.filters.quality.training.examples import Example
from jingyu.filters.quality.training.folds import FOLDS, groups_of
from jingyu.filters.quality.training.ranking import auc, point_at, point_of_recall
from jingyu.filters.quality.training.telling import telling_grams, telling_signals
from jingyu.filters.quality.training.train import Trained

_LIMITS = (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_RECALLS = (0.8, 0.85, 0.9, 0.95)
_FEWEST = 10
_UNSEEN = f"""## How good it is

All figures are of documents whose site, owner and template training did not see: each is scored by
one of {FOLDS} models that was trained without its part. What is weighed, and how strongly, was
chosen on the labels of the model that ships with Jingyu, by such figures: of that one they flatter.
"""
_WARNING = """## Where it fails

- It has learnt from few sites. A model that is trained on labels of whole sites learns their topics
  instead: on crawl spam one such had an AUC of 0.48.
- It reads the text and not the site: counterfeit mirrors of good sites, stolen novels and fluent
  machine-written text look like what they copy. Evidence on sites has to catch them.
- Its probabilities hold for documents like those of the labels. Choose limits on labels of your
  own: `jingyu train-quality` trains such a model from them, and writes such a card.
"""


def card(examples: Sequence[Example], trained: Trained) -> str:
    """Returns the card of a model that was trained on examples."""
    parts = [
        _head(examples, trained),
        _samples(examples),
        _UNSEEN,
        *_targets(examples, trained),
        *_limits(examples, trained),
        _kinds(examples, trained),
        _telling(examples, trained),
        _WARNING,
    ]
    return "\n".join(parts)


def _head(examples: Sequence[Example], trained: Trained) -> str:
    owners = len(set(groups_of(examples).tolist()))
    about = "".join(f"- {name}: {value}\n" for name, value in trained.model.about.items())
    content = trained.model.to_bytes()
    return (
        "# Model of quality\n\nA linear model over hashed character 1-, 2- and 3-grams of body, "
        "short lines and title, and over signals; two targets, `text_probability` (is it text) and "
        "`quality` (is it worth reading). Written by `jingyu train-quality`.\n\n"
        f"- documents: {len(examples):,}, of {owners:,} groups of sites, owners and templates\n"
        f"- size: {len(content):,} bytes\n"
        f"- sha256: {hashlib.sha256(content).hexdigest()}\n"
        f"- signals: {len(trained.model.signals)}\n{about}"
    )


def _samples(examples: Sequence[Example]) -> str:
    counts = Counter((example.sample, example.label) for example in examples)
    labels = sorted({label for _, label in counts})
    rows = ((sample, *(counts[sample, label] for label in labels)) for sample in _names(examples))
    return "## What it learnt from\n\n" + _table(("sample", *labels), rows)


def _targets(examples: Sequence[Example], trained: Trained) -> Iterator[str]:
    """Yields the AUC of each target against spam and against no text, by sample."""
    labels = np.array([example.label for example in examples])
    good = np.array([example.is_good for example in examples], np.bool_)
    rows = []
    for name, among in _parts(examples):
        for target in TARGETS:
            scores = trained.unseen[target]
            figures = (
                auc(scores[chosen], good[chosen])
                for bad in ("spam", "not-text")
                for chosen in [among & (good | (labels == bad))]
            )
            rows.append((name, f"`{target}`", *map(_figure, figures)))
    yield _table(("sample", "target", "AUC against spam", "AUC against no text"), rows)


def _limits(examples: Sequence[Example], trained: Trained) -> Iterator[str]:
    """Yields precision and recall of `quality` by limit, and the limits of some recalls."""
    good = np.array([example.is_good for example in examples], np.bool_)
    scores = trained.unseen["quality"]
    head = ("sample", *(f"≥ {limit:g}" for limit in _LIMITS))
    rows: list[tuple[Any, ...]] = []
    for name, among in _parts(examples):
        points = [point_at(scores[among], good[among], limit) for limit in _LIMITS]
        rows.append((name, *(f"{p.precision:.0%} / {p.recall:.0%}" for p in points)))
    yield "Of what `quality` keeps, how much is worth it / how much of that is kept:\n"
    yield _table(head, rows)
    rows = []
    for name, among in _parts(examples):
        points = [point_of_recall(scores[among], good[among], recall) for recall in _RECALLS]
        rows.append((name, *(f"{p.precision:.0%} at {p.limit:.2f}" for p in points)))
    yield "Precision at a recall, and the limit that has it:\n"
    yield _table(("sample", *(f"{recall:.0%}" for recall in _RECALLS)), rows)


def _kinds(examples: Sequence[Example], trained: Trained) -> str:
    """Returns, by kind of what is bad, how much of it lies below some limits of `quality`."""
    kinds = np.array([f"{example.label}: {example.kind or '-'}" for example in examples])
    bad = np.array([not example.is_good for example in examples], np.bool_)
    scores = trained.unseen["quality"]
    rows = []
    for kind, count in Counter(kinds[bad].tolist()).most_common():
        if count >= _FEWEST:
            of_kind = scores[bad & (kinds == kind)]
            rows.append((kind, count, *(f"{(of_kind < limit).mean():.0%}" for limit in _LIMITS)))
    told = "How much of what is bad lies below a limit of `quality`, by kind:\n\n"
    return told + _table(("kind", "documents", *(f"< {limit:g}" for limit in _LIMITS)), rows)


def _telling(examples: Sequence[Example], trained: Trained) -> str:
    """Returns what speaks loudest for and against `quality`."""
    lines = ["## What tells most\n"]
    for passage, grams in telling_grams(examples, trained.model).items():
        for side, found in grams.items():
            lines.append(f"- {passage}, {side}: {'  '.join(f'`{gram}`' for gram in found)}")
    lines.append(f"- signals: {', '.join(telling_signals(trained.model))}\n")
    return "\n".join(lines)


def _parts(examples: Sequence[Example]) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    samples = np.array([example.sample for example in examples])
    for name in _names(examples):
        yield name, samples == name
    yield "all", np.ones(len(examples), np.bool_)


def _names(examples: Sequence[Example]) -> list[str]:
    return sorted({example.sample for example in examples})


def _figure(value: float) -> str:
    return f"{value:.3f}"


def _table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(map(str, row))} |\n" for row in lines)
