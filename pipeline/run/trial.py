"""What select would decide by another config, beside what it decided; nothing of the run changes.

The steps themselves decide, in a folder of their own: what they keep is what a run would keep.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jingyu.filters.select import by_verdict
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.read import storage
from jingyu.pipeline.run.fingerprints import width_of
from jingyu.pipeline.run.here import Elements
from jingyu.pipeline.steps.select.select import select_item
from jingyu.pipeline.steps.sources.forms import forms_of_several
from jingyu.pipeline.steps.sources.stage import JudgeSites
from jingyu.pipeline.steps.work import Function
from jingyu.pipeline.store.ahead import ahead
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.passes import width_of as width_staged
from jingyu.pipeline.store.staging import Staged
from jingyu.pipeline.store.work_list import write_work_list

_TRIED = ("select", "sources")

Watch = Callable[[pa.Table], None]
"""Sees the columns of each item that are decided over, and `char_count`."""


@dataclass(frozen=True)
class Trial(Layout):
    """The layout of a run, in which select and the verdicts on sites lie elsewhere."""

    trial: str = ""
    watch: Watch | None = None

    def staged(self, key: str) -> Staged:
        """Returns the staged files of an item, whose columns are watched as they are read."""
        staged = super().staged(key)
        return _Watched(staged, self.watch) if self.watch else staged

    def folder(self, step: str) -> str:
        """Returns the folder of a step."""
        return storage.join(self.trial, step) if step in _TRIED else super().folder(step)

    @property
    def work_list(self) -> str:
        """File of the pieces of work of the step that is carried out."""
        return storage.join(self.trial, "work-list")


class _Watched(Staged):
    """Staged files of which somebody else sees, too, what is decided over."""

    def __init__(self, staged: Staged, watch: Watch) -> None:
        super().__init__(staged.documents.rpartition("/")[0], staged.key)
        self._watch = watch

    def table(self, columns: Sequence[str]) -> pa.Table:
        """Returns columns of the staged documents."""
        table = super().table(list(dict.fromkeys([*columns, "char_count"])))
        self._watch(table)
        return table


def tried(
    layout: Layout,
    keys: Sequence[str],
    config: RunConfig,
    folder: str,
    watch: Watch | None = None,
) -> Trial:
    """Returns where the decisions of another config lie, once they are made.

    Args:
        layout: Where things of the run are.
        keys: Its items.
        config: What decides over the columns that are staged of them.
        folder: A folder of nobody else's.
        watch: Sees what is decided over.
    """
    values = {field.name: getattr(layout, field.name) for field in fields(layout)}
    one_at_a_time = threading.Lock()

    def watched(table: pa.Table) -> None:
        if watch:
            with one_at_a_time:
                watch(table)

    trial = Trial(**values, trial=folder, watch=watched if watch else None)
    for _ in ahead(lambda key: select_item(key, trial, config), keys):
        pass
    decided = Trial(**values, trial=folder)
    _judge_sites(keys, decided, config)
    return decided


class _Together(Elements):
    """A collection that is a list, whose elements a few threads work on."""

    def each(self, name: str, function: Function) -> Self:
        """Returns what a function yields for the elements."""
        del name
        found = ahead(lambda element: list(function(element)), self.elements)
        return type(self)([each for of_element in found for each in of_element])


def _judge_sites(keys: Sequence[str], trial: Trial, config: RunConfig) -> None:
    documents = sum(trial.staged(key).read_summary().document_count for key in keys)
    least_domains = config.provenance.shared_number_domains
    rules = by_verdict(config.rules)
    settings = config.verdicts
    # Most forms are one page's: what cannot be a template is not hashed, sent and sorted.
    forms = forms_of_several(_forms(keys, trial), settings.min_template_titles)
    judge = JudgeSites(settings, least_domains, trial, documents, rules, forms, is_told=False)
    pieces = list(enumerate(keys))
    write_work_list(trial.work_list, pieces)
    judge.build(_Together(pieces))


def _forms(keys: Sequence[str], layout: Layout) -> NDArray[np.uint64]:
    """Returns the form of each staged document."""

    def of_item(key: str) -> NDArray[np.uint64]:
        return np.asarray(layout.staged(key).table(["form_hash"])["form_hash"].to_numpy())

    return np.concatenate([np.zeros(0, np.uint64), *ahead(of_item, keys)])


def not_staged(layout: Layout, keys: Sequence[str], config: RunConfig) -> list[str]:
    """Returns the sections by which a config lets in pages that were staged nowhere."""
    wanted = width_of(config)
    folder = layout.folder("extract")
    # The name of a width ends the key of an item.
    widths = {key.rpartition("-")[2]: width_staged(folder, key) for key in keys}
    lacking = {name for width in widths.values() for name in width.lacks(wanted)}
    return sorted(lacking)
