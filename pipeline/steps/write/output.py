"""All files of an output: what they are, whether they are there, and how each is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.read import storage
from jingyu.pipeline.steps.write.index import write_index
from jingyu.pipeline.steps.write.plan import (
    IndexFile,
    LedgerPart,
    Shard,
    plan_index,
    plan_ledger,
    plan_shards,
)
from jingyu.pipeline.steps.write.taken_down import takedown_of
from jingyu.pipeline.steps.write.write import statistics_path, write_ledger, write_shard
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.staging import Extracted

OutputFile = Shard | LedgerPart | IndexFile


@dataclass(frozen=True)
class Planned:
    """The files of an output."""

    shards: Sequence[Shard]
    parts: Sequence[LedgerPart]
    indexes: Sequence[IndexFile]

    def missing(self, layout: Layout) -> list[OutputFile]:
        """Returns the files that are not there yet."""
        return [
            *(each for each in self.shards if not _is_counted(layout, "corpus", each.name)),
            *(each for each in self.parts if not _is_counted(layout, "ledger", each.name)),
            *(each for each in self.indexes if not storage.exists(index_path(layout, each))),
        ]


def plan_output(extracted: Extracted, config: RunConfig, layout: Layout) -> Planned:
    """Returns the files that hold the documents and rows of all items."""
    pages = {key: summary.page_count for key, summary in extracted.summaries.items()}
    return Planned(
        plan_shards(extracted.keys, layout, config.output),
        plan_ledger(pages),
        plan_index(pages) if config.output.index != "nothing" else [],
    )


def write_output(file: OutputFile, config: RunConfig, layout: Layout) -> None:
    """Writes a file of the output."""
    if isinstance(file, Shard):
        write_shard(file, layout, config, takedown_of(config))
    elif isinstance(file, LedgerPart):
        write_ledger(file, layout, config, takedown_of(config))
    else:
        write_index(file, layout, config)


def index_path(layout: Layout, file: IndexFile) -> str:
    """Returns where a file of the index is staged."""
    return storage.join(layout.folder("write"), "index", file.name)


def _is_counted(layout: Layout, kind: str, name: str) -> bool:
    path = storage.join(layout.folder("write"), kind, name)
    return storage.exists(path) and storage.exists(statistics_path(path))
