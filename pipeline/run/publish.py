"""From written parts to the finished output folder, once the counts add up."""

import hashlib
import itertools
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from jingyu.filters.settings.errors import JingyuError
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.config.takedown_lists import read_takedown
from jingyu.pipeline.read import storage
from jingyu.pipeline.run.cleaning_statistics import cleaning_statistics
from jingyu.pipeline.run.indented import indented
from jingyu.pipeline.run.manifest import manifest_of
from jingyu.pipeline.run.origin_statistics import origin_statistics
from jingyu.pipeline.run.ownership import put_in_place
from jingyu.pipeline.run.parts import Parts
from jingyu.pipeline.run.proof import TakenDown, carried_over, proof
from jingyu.pipeline.run.run_statistics import run_statistics
from jingyu.pipeline.run.statistics_files import statistics_tables, write_statistics_files
from jingyu.pipeline.steps.clean.changes import read_changes
from jingyu.pipeline.steps.sources.sites import (
    all_dropped_sources,
    block_list,
    dropped_sources,
    write_sites,
)
from jingyu.pipeline.steps.write.caps import capped_sources
from jingyu.pipeline.steps.write.output import Planned
from jingyu.pipeline.steps.write.statistics import Statistics
from jingyu.pipeline.store import filesystem
from jingyu.pipeline.store.in_turn import in_turn
from jingyu.pipeline.store.items import Refused
from jingyu.pipeline.store.layout import (
    CARD,
    DROPPED_SOURCES,
    MANIFEST,
    REPORT,
    STATS,
    TAKEDOWN,
    Layout,
)
from jingyu.pipeline.store.parquet import parquet_file
from jingyu.pipeline.store.row_writer import Written
from jingyu.pipeline.store.staging import Extracted

if TYPE_CHECKING:
    from jingyu.pipeline.steps.clean.contamination.index import QuestionIndex

_TAKEN_DOWN = "taken_down"
_TAKEDOWN_FILES = ("proof.json", "carry-over.csv")
_CHUNK = 1 << 20

Card = Callable[[dict[str, Any], dict[str, Any]], str]


@dataclass(frozen=True)
class Finished:
    """What a run has written, before it is published."""

    planned: Planned
    seconds: dict[str, float]
    """How long each step took, of those that had work in this run."""
    questions: "QuestionIndex | None" = None
    """Questions of evaluation sets that were looked for."""
    card: Card | None = None
    """What makes the dataset card of statistics and manifest, if there is to be one."""


@dataclass(frozen=True)
class Published:
    """A finished output folder."""

    out: str
    stats: dict[str, Any]
    manifest: dict[str, Any]
    problem: str | None
    """What makes the run a failure though its output is whole, as a sentence."""


def is_published(layout: Layout) -> bool:
    """Returns whether the folder holds the output of these fingerprints, every file of it."""
    if not storage.exists(layout.path(MANIFEST)):
        return False
    manifest = json.loads(storage.read_bytes(layout.path(MANIFEST)))
    parts = [part["path"] for part in manifest["parts"]]
    return bool(
        manifest["fingerprints"]["write"] == layout.write
        and all(in_turn(storage.exists, map(layout.path, parts), layout.out))
    )


def read_published(config: RunConfig, layout: Layout) -> Published:
    """Returns what an output folder says of itself."""
    stats, manifest = (
        json.loads(storage.read_bytes(layout.path(name))) for name in (STATS, MANIFEST)
    )
    return Published(layout.out, stats, manifest, _problem(config, stats))


def publish(
    config: RunConfig,
    layout: Layout,
    extracted: Extracted,
    refused: list[Refused],
    finished: Finished,
) -> Published:
    """Checks that every record is accounted for, and moves the parts into their places.

    Raises:
        JingyuError: The counts do not add up; nothing is moved.
    """
    sites = write_sites(layout)
    shards = [storage.join("corpus", shard.name) for shard in finished.planned.shards]
    parts = [storage.join("ledger", part.name) for part in finished.planned.parts]
    indexes = [storage.join("index", file.name) for file in finished.planned.indexes]
    corpus, ledger, index = (Parts.of(layout, names) for names in (shards, parts, indexes))
    files = [*shards, *parts]
    counted = statistics_tables(layout, files)
    written = corpus, ledger.total, counted["sources"]
    stats = _statistics(config, layout, extracted, written, finished)
    _check_accounts(extracted, (corpus, ledger), stats)
    described = [*corpus.described(), *ledger.described(), *index.described()]
    described += [_described(layout, name) for name in sites]
    characters = {name: told.get("characters", 0) for name, told in stats["shards"].items()}
    tables = write_statistics_files(layout, files, counted, described[: len(shards)], characters)
    described += [_described(layout, name) for name in tables]
    manifest = manifest_of(config, layout, extracted, described, refused)
    filesystem.delete(layout.path(REPORT))  # it tells of what goes now
    put_in_place(layout.folder("write"), layout.out, [*shards, *parts, *indexes, *sites, *tables])
    _write_proof(config, layout, ledger.total.get(_TAKEN_DOWN, {}))
    with filesystem.open_to_write(layout.path(DROPPED_SOURCES)) as stream:
        stream.writelines(line.encode() for line in block_list(all_dropped_sources(layout)))
    filesystem.write_bytes(layout.path(STATS), _json(stats))
    if finished.card:
        filesystem.write_bytes(layout.path(CARD), finished.card(stats, manifest).encode())
    filesystem.write_bytes(layout.path(MANIFEST), _json(manifest))
    return Published(layout.out, stats, manifest, _problem(config, stats))


def _statistics(
    config: RunConfig,
    layout: Layout,
    extracted: Extracted,
    written: tuple[Parts, Statistics, pa.Table],
    finished: Finished,
) -> dict[str, Any]:
    """Returns the statistics of the run.

    Args:
        config: What the run does.
        layout: Where things are.
        extracted: What was read.
        written: What is told of the files of the corpus, the statistics of the ledger, and the
            table of sources.
        finished: How long steps took, and what was looked for.
    """
    corpus, rows, sources = written
    documents = corpus.total
    stats = run_statistics(extracted, documents, rows, sources, finished.seconds)
    stats |= origin_statistics(documents, config.provenance.shared_number_domains)
    stats["taken_down"] = len(rows.get(_TAKEN_DOWN, {}))
    stats["capped_sources"] = capped_sources(layout)
    stats["dropped_source_count"], stats["dropped_sources"] = dropped_sources(layout)
    stats["shards"] = corpus.each
    changes = itertools.chain.from_iterable(
        in_turn(lambda key: read_changes(key, layout), extracted.keys, layout.folder("clean"))
    )
    stats |= cleaning_statistics(changes, finished.questions)
    # A runner that finds no key has no figure to write.
    if storage.exists(layout.cluster_figures):
        stats["clusters"] = json.loads(storage.read_bytes(layout.cluster_figures))
    return stats


def _write_proof(config: RunConfig, layout: Layout, removed: TakenDown) -> None:
    # A list may be the one that an earlier takedown of this output left.
    entries = read_takedown(config.takedown.lists)
    proof_file, carry_over = (layout.path(TAKEDOWN, name) for name in _TAKEDOWN_FILES)
    if entries:
        lists = {path: config.digests[path] for path in config.takedown.lists}
        told = proof(removed, entries, lists, layout.write)
        filesystem.write_bytes(proof_file, _json(told))
        filesystem.write_bytes(carry_over, carried_over(removed, entries).encode())
        return
    filesystem.delete(proof_file)
    filesystem.delete(carry_over)
    filesystem.delete_empty_folders(layout.path(TAKEDOWN))


def _check_accounts(
    extracted: Extracted, written: tuple[Parts, Parts], stats: dict[str, Any]
) -> None:
    """Checks the counts made while reading against the rows in the finished files."""
    rows = [told.rows for told in written]
    outcomes = stats["outcomes"]
    staged = sum(s.document_count + s.ended_count for s in extracted.summaries.values())
    counts = {
        "pages read": stats["pages_read"],
        "rows staged": staged,
        "rows in the ledger": rows[1],
        "kept + rejected + duplicate + failed": sum(outcomes.values()),
    }
    if len(set(counts.values())) > 1 or rows[0] != outcomes["kept"]:
        counts["kept"], counts["rows in the corpus"] = outcomes["kept"], rows[0]
        told = ", ".join(f"{name}: {count}" for name, count in counts.items())
        raise JingyuError(f"the counts do not add up ({told}); please report this, it is a defect")


def _described(layout: Layout, name: str) -> dict[str, Any]:
    """Returns what the manifest says of a small file that was written here."""
    path = storage.join(layout.folder("write"), name)
    digest, size = hashlib.sha256(), 0
    with storage.open_to_read(path) as stream:
        while content := stream.read(_CHUNK):
            digest.update(content)
            size += len(content)
    with parquet_file(path) as file:
        rows: int = file.metadata.num_rows
    return {"path": name, **asdict(Written(rows, size, digest.hexdigest()))}


def _problem(config: RunConfig, stats: dict[str, Any]) -> str | None:
    failed, pages = stats["outcomes"]["failed"], stats["pages_read"]
    errors = stats["internal_errors"]
    limit = config.output.max_failed_ratio
    if failed > limit * pages:
        return (
            f"{failed} of {pages} pages failed, more than `output.max_failed_ratio` of {limit:g} "
            "allows; see the ledger's rows with outcome `failed`"
        )
    if errors:
        first = errors[0]
        return (
            f"{first['source_file']}: the page at offset {first['offset']} failed by a defect of "
            f"Jingyu: {first['evidence']}"
            + (f", and {len(errors) - 1} more did" if len(errors) > 1 else "")
            + "; all else is whole; please report it"
        )
    if not stats["outcomes"]["kept"] and not config.output.allow_empty:
        return (
            f"the corpus is empty: none of {pages} pages was kept; see the reasons above, "
            "or set `output.allow_empty: true` if this is fine"
        )
    return None


def _json(value: Any) -> bytes:
    # Bytes of a name that are no UTF-8 become escapes, as JSON has them.
    return indented(value).encode("utf-8", "backslashreplace")
