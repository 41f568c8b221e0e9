"""All files of an output: what they are, whether they are there, and how each is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.read import storage
from jingyu.pipeline.steps.write.counted import counted_path
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
from jingyu.pipeline.steps.write.weights import Weighed
from jingyu.pipeline.steps.write.write import write_ledger, write_shard
from jingyu.pipeline.store import filesystem
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
        corpus, ledger, index = (
            _names_beside(files, storage.join(layout.folder("write"), kind))
            for kind, files in (
                ("corpus", self.shards),
                ("ledger", self.parts),
                ("index", self.indexes),
            )
        )
        return [
            *(each for each in self.shards if not _is_counted(each.name, corpus)),
            *(each for each in self.parts if not _is_counted(each.name, ledger)),
            *(each for each in self.indexes if not _is_counted(each.name, index)),
        ]


def plan_output(
    extracted: Extracted, weighed: Sequence[Weighed], config: RunConfig, layout: Layout
) -> Planned:
    """Returns the files that hold the documents and rows of all items.

    Args:
        extracted: The items.
        weighed: What each is of the corpus.
        config: What the run does.
        layout: Where things are.
    """
    pages = {key: summary.page_count for key, summary in extracted.summaries.items()}
    return Planned(
        plan_shards(weighed, layout, config.output),
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


def _names_beside(files: Sequence[OutputFile], folder: str) -> frozenset[str]:
    """Returns the names of all files below a folder that lie where some files are to lie.

    They are listed: a store takes as long to say that a single one is there.
    """
    places = {file.name.rpartition("/")[0] for file in files}
    return frozenset(
        f"{place}/{name}".lstrip("/")
        for place in places
        for name in filesystem.names_in(storage.join(folder, place).rstrip("/"))
    )


def _is_counted(name: str, names: frozenset[str]) -> bool:
    return name in names and counted_path(name) in names
