"""Staged items that are cleaned, and what is written of them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from jingyu.filters.rule import Rule
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.config.decontamination import Decontamination
from jingyu.pipeline.config.deduplication import Deduplication
from jingyu.pipeline.config.lines import LinesSection
from jingyu.pipeline.config.output import Output
from jingyu.pipeline.config.passages import PassagesSection
from jingyu.pipeline.run.engine import Engine
from jingyu.pipeline.steps.clean.stage import CleanDocuments
from jingyu.pipeline.steps.write.ledger_rows import all_decisions, item_ledger
from jingyu.pipeline.steps.write.write import write_shard
from jingyu.pipeline.store.corpus import document_columns, flat
from jingyu.pipeline.store.layout import Layout
from tests.support.staged import HERE, deduplicate_here, shards_of, stage

NO_LINES = LinesSection(drop_repeated=False, drop_boilerplate=False)
_CONFIG = RunConfig(rules=(Rule(signal="quality", min=0, reason="low_quality"),))


def prepared(folder: Path, items: Mapping[str, Sequence[Mapping[str, Any]]]) -> Layout:
    """Stages items and drops exact duplicates."""
    layout = stage(folder, items)
    deduplicate_here(list(items), layout, Deduplication(find="exact"))
    return layout


def clean(
    layout: Layout,
    keys: Sequence[str],
    lines: LinesSection,
    engine: Engine = HERE,
    **sections: Any,
) -> None:
    """Cleans staged items, by the sections `decontamination` and `passages` if they are given."""
    known = {"decontamination": Decontamination(), "passages": PassagesSection()} | sections
    step = CleanDocuments(lines=lines, layout=layout, documents=1_000, **known)
    engine.flow(step, list(enumerate(keys)), layout.work_list, documents=1_000)


def corpus(layout: Layout, keys: list[str]) -> list[dict[str, Any]]:
    """Returns the documents of the corpus of cleaned items."""
    rows: list[dict[str, Any]] = []
    for shard in shards_of(keys, layout, Output()):
        write_shard(shard, layout, _CONFIG)
        table = pq.read_table(f"{layout.folder('write')}/corpus/{shard.name}")
        rows += flat(table, document_columns(table.schema)).to_pylist()
    return rows


def ledger(layout: Layout, key: str) -> list[dict[str, Any]]:
    """Returns the rows of the ledger of a cleaned item."""
    rows: list[dict[str, Any]] = item_ledger(key, layout, all_decisions(key, layout)).to_pylist()
    return rows
