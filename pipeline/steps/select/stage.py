"""Select as a Beam transform."""

from collections.abc import Iterator
from dataclasses import dataclass

import apache_beam as beam
from apache_beam.pvalue import PCollection

from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.steps.select.select import select_item
from jingyu.pipeline.store.layout import Layout


@dataclass
class SelectDocuments(beam.PTransform[PCollection[str], PCollection[str]]):
    """Applies the config's rules to the staged signals of items: `pipeline.steps.select.select`."""

    config: RunConfig
    layout: Layout

    def expand(self, keys: PCollection[str]) -> PCollection[str]:
        step = beam.ParDo(_SelectItem(self.config, self.layout))
        selected: PCollection[str] = keys | "ApplyRules" >> step
        return selected


@dataclass
class _SelectItem(beam.DoFn):
    config: RunConfig
    layout: Layout

    def process(self, key: str) -> Iterator[str]:
        select_item(key, self.layout, self.config)
        yield key
