"""The whole flow: extract, select, deduplicate, write; each step does only what is missing."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import Any

from jingyu.filters.settings.errors import InputError
from jingyu.filters.source.registers import register_of
from jingyu.pipeline.audit.card import dataset_card
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.read import storage
from jingyu.pipeline.run import fingerprints
from jingyu.pipeline.run.engine import Engine
from jingyu.pipeline.run.progress import Progress
from jingyu.pipeline.run.publish import Finished, Published, is_published, publish, read_published
from jingyu.pipeline.steps.clean.cleaning import Cleaner
from jingyu.pipeline.steps.clean.here import clean_here
from jingyu.pipeline.steps.clean.items import files_of, items_of
from jingyu.pipeline.steps.deduplicate.here import deduplicate_parts
from jingyu.pipeline.steps.deduplicate.parts.index_part import Index, find_indexes
from jingyu.pipeline.steps.deduplicate.parts.parts import parts_for
from jingyu.pipeline.steps.extract.pieces import files_whose_pieces_do_not_meet
from jingyu.pipeline.steps.select.select import select_item
from jingyu.pipeline.steps.select.source_gate import write_dropped_sources
from jingyu.pipeline.steps.write.caps import caps_of, write_caps
from jingyu.pipeline.steps.write.output import Planned, plan_output, write_output
from jingyu.pipeline.steps.write.taken_down import takedown_of
from jingyu.pipeline.store import filesystem
from jingyu.pipeline.store.items import Input, Refused, WorkItem, find_inputs, work_items
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.staging import TABLE, Extracted, Staged

_SMALL_RUN = 200_000
"""Staged documents below which steps after extract run in this process: starting a runner would
take longer (Beam's import and three pipelines: 1.8 s) than the work."""


@dataclass(frozen=True)
class Run:
    """What a run is made of."""

    config: RunConfig
    paths: tuple[str, ...]
    out: str
    engine: Engine
    small_run: int = _SMALL_RUN


def run(run: Run, progress: Progress) -> Published:
    """Brings the output folder to what the config and the inputs determine.

    Raises:
        InputError: An input does not exist, cannot be read or holds no record.
        ConfigError: An earlier corpus has no index that fits.
        JingyuError: The run failed; a rerun continues.
    """
    config = run.config
    indexes = find_indexes(config.deduplication.against, config.signature)
    items = items_of(config.decontamination)
    takedown_of(config)  # a list that is wrong is an error before any work
    inputs, refused = _inputs(run, progress)
    layout = Layout(run.out, extract=fingerprints.of_extract(run.config))
    extracted = _extract(run, layout, inputs, progress)
    layout = _with_later_steps(run.config, layout, extracted.keys, indexes, refused)
    if is_published(layout):
        progress.say("nothing has changed since the last run")
        return read_published(run.config, layout)
    _select(run, layout, extracted, progress)
    _deduplicate(run, layout, extracted, indexes, progress)
    _clean(run, layout, extracted, progress)
    planned = _write(run, layout, extracted, progress)
    finished = Finished(planned, dict(progress.seconds), items, dataset_card)
    return publish(run.config, layout, extracted, refused, finished)


def _inputs(run: Run, progress: Progress) -> tuple[list[Input], list[Refused]]:
    wanted = run.config.inputs
    inputs, refused = find_inputs(run.paths or wanted.paths, wanted.columns)
    for each in refused:
        progress.say(f"refused {each.reason}")
    if refused and wanted.unreadable == "fail":
        reasons = "; ".join(each.reason for each in refused[:3])
        raise InputError(
            f"{len(refused)} of {len(inputs) + len(refused)} inputs cannot be read ({reasons}); "
            "remove them, or set `inputs.unreadable: skip` to go on without them"
        )
    if not inputs:
        raise InputError("no input can be read")
    return inputs, refused


def _extract(run: Run, layout: Layout, inputs: list[Input], progress: Progress) -> Extracted:
    whole: frozenset[str] = frozenset()
    filesystem.delete_partial_files(layout.extract_folder)
    while True:
        items = {
            fingerprints.of_item(layout.extract, item): item for item in work_items(inputs, whole)
        }
        done = Staged.complete_in(layout.extract_folder)
        missing = {key: item for key, item in items.items() if key not in done}
        if missing:
            # A second thread, such as that which shows progress, would make the sandbox dearer.
            with _sandbox(run) as sandbox, progress.extracting(layout, items, missing):
                _extract_missing(run, layout, missing, sandbox)
        summaries = {key: layout.staged(key).read_summary() for key in items}
        broken = files_whose_pieces_do_not_meet(items, summaries) - whole
        if not broken:
            return Extracted(items, summaries)
        whole |= broken


def _sandbox(run: Run) -> AbstractContextManager[Any]:
    """Returns what examines pages, or nothing where workers have their own."""
    # A rerun that extracts nothing has no use for all that examining pages imports.
    from jingyu.pipeline.page.sandbox import Sandbox

    return Sandbox(run.config) if run.engine.is_alone else nullcontext()


def _extract_missing(run: Run, layout: Layout, missing: dict[str, WorkItem], sandbox: Any) -> None:
    if sandbox:
        from jingyu.pipeline.steps.extract.extract import extract_item

        for key, item in missing.items():
            extract_item(item, run.config, layout.staged(key), sandbox, layout.progress(key))
        return
    from jingyu.pipeline.steps.extract.stage import ExtractPages

    # The local runner deals items to workers in turn: by size, so that they finish together.
    work = sorted(missing.items(), key=lambda item: (-item[1].size, item[0]))
    _run_map(run.engine, layout, work, ExtractPages(run.config, layout))


def _with_later_steps(
    config: RunConfig,
    layout: Layout,
    keys: list[str],
    indexes: list[Index],
    refused: list[Refused],
) -> Layout:
    select = fingerprints.of_select(config)
    known = [index.identity for index in indexes]
    sources = fingerprints.of_sources(config, select, keys)
    deduplicate = fingerprints.of_deduplicate(config, sources, keys, known)
    clean = fingerprints.of_clean(config, deduplicate, files_of(config.decontamination))
    caps = fingerprints.of_caps(clean, caps_of(register_of(config.source_register)))
    write = fingerprints.of_write(config, caps, [each.reason for each in refused])
    layout = replace(layout, select=select, sources=sources, deduplicate=deduplicate)
    return replace(layout, clean=clean, caps=caps, write=write)


def _select(run: Run, layout: Layout, extracted: Extracted, progress: Progress) -> None:
    done = filesystem.names_in(layout.select_folder)
    missing = [key for key in extracted.keys if f"{key}{TABLE}" not in done]
    with progress.step("select", len(missing)):
        if _is_small(run, extracted):
            for key in missing:
                select_item(key, layout, run.config)
        elif missing:
            from jingyu.pipeline.steps.select.stage import SelectDocuments

            _run_map(run.engine, layout, missing, SelectDocuments(run.config, layout))
    if not storage.exists(layout.dropped_sources):
        write_dropped_sources(extracted.keys, layout, run.config)


def _deduplicate(
    run: Run, layout: Layout, extracted: Extracted, indexes: list[Index], progress: Progress
) -> None:
    done = filesystem.names_in(layout.deduplicate_folder)
    missing = [key for key in extracted.keys if f"{key}{TABLE}" not in done]
    with progress.step("deduplicate", len(missing)):
        if not missing:
            return
        signature = run.config.signature
        parts = parts_for(extracted.keys, layout, indexes, signature.hashes)
        if _is_small(run, extracted):
            deduplicate_parts(parts, layout, run.config.deduplication, signature.ngram)
        else:
            from jingyu.pipeline.steps.deduplicate.stage import DeduplicateDocuments
            from jingyu.pipeline.store.work_list import write_work_list

            write_work_list(layout.work_list, parts)
            stage = DeduplicateDocuments(
                run.config.deduplication,
                layout,
                extracted.documents,
                signature.hashes,
                signature.ngram,
            )
            run.engine.run(lambda pipeline: pipeline | "Deduplicate" >> stage)


def _clean(run: Run, layout: Layout, extracted: Extracted, progress: Progress) -> None:
    done = filesystem.names_in(layout.clean_folder)
    missing = [key for key in extracted.keys if f"{key}{TABLE}" not in done]
    with progress.step("clean", len(missing)):
        lines, decontamination = run.config.lines, run.config.decontamination
        if missing and _is_small(run, extracted):
            cleaner = Cleaner(lines, decontamination, items_of(decontamination))
            clean_here(extracted.keys, layout, cleaner)
        elif missing:
            from jingyu.pipeline.steps.clean.stage import CleanDocuments
            from jingyu.pipeline.store.work_list import write_work_list

            write_work_list(layout.work_list, list(enumerate(extracted.keys)))
            stage = CleanDocuments(lines, decontamination, layout, extracted.documents)
            run.engine.run(lambda pipeline: pipeline | "Clean" >> stage)
    if not storage.exists(layout.capped_sources):
        caps = caps_of(register_of(run.config.source_register))
        write_caps(extracted.keys, layout, caps)


def _write(run: Run, layout: Layout, extracted: Extracted, progress: Progress) -> Planned:
    planned = plan_output(extracted, run.config, layout)
    missing = planned.missing(layout)
    with progress.step("write", len(missing)):
        if _is_small(run, extracted):
            for file in missing:
                write_output(file, run.config, layout)
        elif missing:
            from jingyu.pipeline.steps.write.stage import WriteOutput

            _run_map(run.engine, layout, missing, WriteOutput(run.config, layout))
    return planned


def _is_small(run: Run, extracted: Extracted) -> bool:
    return run.engine.is_local and extracted.documents <= run.small_run


def _run_map(engine: Engine, layout: Layout, work: Sequence[Any], transform: Any) -> None:
    from jingyu.pipeline.store.work_list import ReadWorkList, write_work_list

    write_work_list(layout.work_list, work)
    engine.run(lambda pipeline: pipeline | "Work" >> ReadWorkList(layout.work_list) | transform)
