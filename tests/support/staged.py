"""Staged items without texts of their own, for tests of the steps after extract."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from jingyu.filters.decisions import Decisions
from jingyu.filters.rule import Rule
from jingyu.filters.select import by_verdict
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.config.deduplication import Deduplication
from jingyu.pipeline.config.output import Output
from jingyu.pipeline.run.engine import Engine
from jingyu.pipeline.run.fingerprints import width_of
from jingyu.pipeline.steps.clean.changes import write_cleaned
from jingyu.pipeline.steps.deduplicate.parts.parts import Part, parts_for
from jingyu.pipeline.steps.deduplicate.stage import DeduplicateDocuments
from jingyu.pipeline.steps.extract.provenance import document_id
from jingyu.pipeline.steps.select.select import select_item
from jingyu.pipeline.steps.sources.sites import write_dropped_sources
from jingyu.pipeline.steps.sources.stage import JudgeSites
from jingyu.pipeline.steps.write.plan import Shard, plan_shards
from jingyu.pipeline.steps.write.weights import WeighItems, bands_of
from jingyu.pipeline.store.decided import write_decisions
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.passes import Pass
from jingyu.pipeline.store.row_writer import row_writer
from jingyu.pipeline.store.staging import ExtractSummary
from jingyu.schemas.signals import SIGNALS
from jingyu.schemas.staging import ENDED, STAGING

HERE = Engine(small_run=1 << 40)
"""Carries dataflows out in this process, however many documents there are."""
ON_A_RUNNER = Engine(small_run=0)
"""Carries dataflows out on Beam's local runner."""

HASHES = 112
"""14 bands of 8 rows: the default of `deduplication`."""


def empty_of(dtype: pa.DataType) -> Any:
    """Returns the emptiest value of a type."""
    if pa.types.is_list(dtype):
        return []
    return "" if dtype in {pa.string(), pa.binary()} else pa.scalar(0).cast(dtype).as_py()


def staged_row(source_file: str, number: int, **columns: Any) -> dict[str, Any]:
    """Returns a row of `STAGING`: zeros and empty strings, but for the columns given."""
    row = {field.name: None if field.nullable else empty_of(field.type) for field in STAGING}
    row |= {field.name: 0 for field in SIGNALS}
    row |= {"document_id": document_id(source_file, number, 0), "source_file": source_file}
    row |= {"offset": number, "record_type": "row", "char_count": 100}
    row["signature"] = np.arange(HASHES, dtype="<u4").tobytes()
    return row | columns


def ended_row(source_file: str, number: int, **columns: Any) -> dict[str, Any]:
    """Returns a row of `ENDED`: a page that the gate turned away, but for the columns given."""
    row = staged_row(source_file, number, most_han_count=0, kana_ratio=0.0, word_ratio=0.0)
    row |= {"outcome": "rejected", "stage": "gate", "reason": "too_few_han"}
    return {name: row.get(name) for name in ENDED.names} | columns


def layout_in(folder: Path | str) -> Layout:
    """Returns the layout of a run whose steps have short names."""
    return Layout(str(folder), "e", "s", "g", "d", "c", "k", "w")


def declare(layout: Layout, key: str, config: RunConfig) -> None:
    """Declares that a pass as wide as a config asks for staged an item."""
    name = key.rpartition("-")[2]
    Pass(layout.folder("extract"), {}, name, width_of(config)).declare()


def stage_item(
    layout: Layout,
    key: str,
    documents: Sequence[Mapping[str, Any]],
    ended: Sequence[Mapping[str, Any]] = (),
) -> None:
    """Stages rows as an item, without declaring by which pass."""
    staged = layout.staged(key)
    with row_writer(staged.documents, STAGING) as rows:
        for number, columns in enumerate(documents):
            rows.append(staged_row(key, number, **columns))
    with row_writer(staged.ended, ENDED) as rows:
        for number, columns in enumerate(ended, len(documents)):
            rows.append(ended_row(key, number, **columns))
    pages = len(documents) + len(ended)
    summary = ExtractSummary({"row": pages}, pages, len(documents), len(ended))
    staged.write_summary(summary)


def stage(folder: Path, items: Mapping[str, Sequence[Mapping[str, Any]]]) -> Layout:
    """Stages items, selects their documents of a quality above 0, and lets all these go on."""
    layout = layout_in(folder)
    config = RunConfig(rules=(Rule(signal="quality", min=0, reason="low_quality"),))
    for key, documents in items.items():
        declare(layout, key, config)
        stage_item(layout, key, documents)
        select_item(key, layout, config)
        write_decisions("deduplicate", key, layout, Decisions.none(len(documents)))
        write_cleaned(key, layout, [])
    return layout


def deduplicate(
    parts: Sequence[Part],
    layout: Layout,
    settings: Deduplication,
    engine: Engine = HERE,
    hashes: int = HASHES,
) -> None:
    """Deduplicates parts whose signatures are of so many hashes."""
    step = DeduplicateDocuments(settings, layout, documents=1_000, hashes=hashes)
    engine.flow(step, parts, layout.work_list, documents=1_000)


def judge_here(
    keys: Sequence[str], layout: Layout, config: RunConfig, engine: Engine = HERE
) -> None:
    """Judges the sites of staged items."""
    least_domains = config.provenance.shared_number_domains
    rules = by_verdict(config.rules)
    step = JudgeSites(config.verdicts, least_domains, layout, documents=1_000, rules=rules)
    engine.flow(step, list(enumerate(keys)), layout.work_list, documents=1_000)
    write_dropped_sources(layout, config.verdicts)


def deduplicate_here(
    keys: Sequence[str], layout: Layout, settings: Deduplication, hashes: int = HASHES
) -> None:
    """Deduplicates staged items among themselves, in this process."""
    deduplicate(parts_for(keys, layout), layout, settings, hashes=hashes)


def shards_of(keys: Sequence[str], layout: Layout, output: Output) -> list[Shard]:
    """Returns the shards of staged items, which are weighed for it."""
    weigh = WeighItems(tuple(bands_of(output)), layout)
    groups = weigh.groups(keys)
    HERE.map(weigh, weigh.missing(groups), layout.work_list, documents=0)
    return plan_shards(weigh.weighed(groups), layout, output)
