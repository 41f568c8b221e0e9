"""Extract as a step: an item's records are examined in a process of their own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar

from jingyu.pipeline.page.sandbox import Sandbox
from jingyu.pipeline.page.settings import PageSettings
from jingyu.pipeline.steps.extract.extract import Watch, extract_item
from jingyu.pipeline.steps.work import Figures
from jingyu.pipeline.store.items import WorkItem
from jingyu.pipeline.store.layout import Layout

Piece = tuple[str, WorkItem]
"""The key of what is staged of an item, and the item."""


@dataclass(frozen=True)
class ExtractPages:
    """Stages the documents and the ended records of work items.

    Text goes from file to file and through no shuffle.
    """

    settings: PageSettings
    layout: Layout
    max_failed_ratio: float = 1.0
    """Most pages that may fail by defects of ours."""
    has_markup: bool = True
    """Whether pages with markup are expected."""
    name: ClassVar[str] = "extract"

    @contextmanager
    def worker(self) -> Iterator[Callable[[Piece], Figures]]:
        """Yields what stages an item."""
        with Sandbox(self.settings, has_markup=self.has_markup) as sandbox:

            def stage(piece: Piece) -> Figures:
                key, item = piece
                progress = self.layout.progress(key)
                watch = Watch(progress, self.max_failed_ratio)
                staged = self.layout.staged(key)
                summary = extract_item(item, self.settings, staged, sandbox, watch)
                progress.end()
                records = {
                    f"records_read.{kind or 'none'}": count
                    for kind, count in summary.records.items()
                }
                return records | {
                    "documents_staged": summary.document_count,
                    "records_ended": summary.ended_count,
                }

            yield stage
