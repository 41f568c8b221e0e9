"""What is decided on documents because of their sites, an item at a time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jingyu.filters.decisions import Decisions
from jingyu.filters.rule import Rule
from jingyu.filters.select import columns_of
from jingyu.filters.source.settings import Verdicts
from jingyu.pipeline.steps.sources.forms import FILLING
from jingyu.pipeline.steps.sources.item import (
    drop_fillings,
    drop_named,
    drop_sites,
    end_by_verdict,
    places_of,
    verdicts_of,
)
from jingyu.pipeline.steps.sources.judged import VERDICT
from jingyu.pipeline.steps.sources.names import COMMON
from jingyu.pipeline.steps.sources.of_items import OfItems
from jingyu.pipeline.steps.sources.packing import OF_FILLINGS, OF_NAMES, OF_SITES, said_under
from jingyu.pipeline.store.decided import read_decisions, write_decisions
from jingyu.pipeline.store.row_groups import taken
from jingyu.schemas.sites import VERDICTS


@dataclass
class DecideBySite(OfItems):
    """Decides on the documents of an item by what it is told of their sites, and of them.

    Attributes:
        layout: Where things are.
        settings: What decides.
        rules: Those of the config that wait for the verdicts.
    """

    settings: Verdicts
    rules: Sequence[Rule]

    def __call__(self, element: tuple[int, Iterable[bytes]]) -> Iterator[str]:
        number, packed = element
        said = list(packed)
        told, filled = said_under(said, OF_SITES, VERDICT), said_under(said, OF_FILLINGS, FILLING)
        if not (len(told) or self.rules):
            return
        key = self.key_of(number)
        common = said_under(said, OF_NAMES, COMMON)
        if not (self.rules or len(filled) or len(common)):  # only sites that are dropped matter
            leaving = [VERDICTS.index(verdict) for verdict in self.settings.drop]
            told = told[np.isin(told["verdict"], leaving)]
            if not len(told):
                yield key
                return
        documents = self.layout.staged(key).table(["site", *columns_of(self.rules)])
        is_open = read_decisions(key, self.layout, "select").is_open
        decisions = Decisions.none(len(is_open))
        places = places_of(documents["site"], told)
        drop_sites(decisions, np.where(is_open, places, -1), told, self.settings)
        verdicts = verdicts_of(places, told)
        drop_fillings(decisions, filled[is_open[filled["row"]]], verdicts, self.settings)
        if len(common):
            self._drop_named(decisions, documents["site"], common, key, is_open)
        end_by_verdict(decisions, documents, self.rules, verdicts, is_open)
        if not decisions.is_open.all():
            write_decisions("sources", key, self.layout, decisions)
        yield key

    def _drop_named(
        self,
        decisions: Decisions,
        sites: pa.ChunkedArray,
        common: NDArray[np.void],
        key: str,
        is_open: NDArray[np.bool_],
    ) -> None:
        places = places_of(sites, common)
        rows = np.flatnonzero((places >= 0) & is_open & decisions.is_open)
        found = taken(self.layout.staged(key).documents, ["text"], rows)
        texts = (text for _, batch in found for text in batch["text"].to_pylist())
        drop_named(decisions, rows, texts, common[places[rows]])
