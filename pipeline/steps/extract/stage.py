"""Extract as a Beam transform."""

from collections.abc import Iterator
from dataclasses import dataclass

import apache_beam as beam
from apache_beam.pvalue import PCollection

from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.page.sandbox import Sandbox
from jingyu.pipeline.run.metrics import count
from jingyu.pipeline.steps.extract.extract import extract_item
from jingyu.pipeline.store.items import WorkItem
from jingyu.pipeline.store.layout import Layout


@dataclass
class ExtractPages(beam.PTransform[PCollection[tuple[str, WorkItem]], PCollection[str]]):
    """Stages the documents and the ended records of each work item: `pipeline.steps.extract.extract`.

    Takes items with their keys, yields the keys of those that are staged. Text goes from file to
    file and through no shuffle; batches of rows are what is written.
    """

    config: RunConfig
    layout: Layout

    def expand(self, items: PCollection[tuple[str, WorkItem]]) -> PCollection[str]:
        step = beam.ParDo(_ExtractItem(self.config, self.layout))
        staged: PCollection[str] = items | "ExtractItem" >> step
        return staged


class _ExtractItem(beam.DoFn):
    def __init__(self, config: RunConfig, layout: Layout) -> None:
        self._config = config
        self._layout = layout
        self._sandbox: Sandbox | None = None

    def setup(self) -> None:
        self._sandbox = Sandbox(self._config)

    def process(self, element: tuple[str, WorkItem]) -> Iterator[str]:
        key, item = element
        assert self._sandbox is not None  # noqa: S101  (Beam calls `setup` first)
        staged = self._layout.staged(key)
        summary = extract_item(
            item, self._config, staged, self._sandbox, self._layout.progress(key)
        )
        for kind, amount in summary.records.items():
            count("extract", "records_read", amount, kind or "none")
        count("extract", "documents_staged", summary.document_count)
        count("extract", "records_ended", summary.ended_count)
        yield key

    def teardown(self) -> None:
        if self._sandbox:
            self._sandbox.close()
