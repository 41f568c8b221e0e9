"""The whole flow: extract, select, deduplicate, clean, write; each step does what is missing."""

from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import Any

from rich.console import Console

from jingyu.filters.select import by_verdict
from jingyu.filters.source.registers import register_of
from jingyu.pipeline.audit.card import dataset_card
from jingyu.pipeline.config.config import RunConfig, with_copies, with_snapshots
from jingyu.pipeline.read import storage
from jingyu.pipeline.run import fingerprints
from jingyu.pipeline.run.engine import Engine
from jingyu.pipeline.run.given import given_files
from jingyu.pipeline.run.outlook import named_items, outlook, sections_read_again
from jingyu.pipeline.run.ownership import check_inputs, check_output, check_staging, own_paths
from jingyu.pipeline.run.progress import Progress
from jingyu.pipeline.run.publish import Finished, Published, is_published, publish, read_published
from jingyu.pipeline.steps.clean.questions import files_of, questions_of
from jingyu.pipeline.steps.clean.stage import CleanDocuments
from jingyu.pipeline.steps.deduplicate.parts.index_part import Index, find_indexes
from jingyu.pipeline.steps.deduplicate.parts.parts import parts_for
from jingyu.pipeline.steps.deduplicate.stage import DeduplicateDocuments
from jingyu.pipeline.steps.extract.pieces import files_whose_pieces_do_not_meet
from jingyu.pipeline.steps.select.stage import SelectDocuments
from jingyu.pipeline.steps.sources.sites import write_dropped_sources
from jingyu.pipeline.steps.sources.stage import JudgeSites
from jingyu.pipeline.steps.write.caps import caps_of, write_caps
from jingyu.pipeline.steps.write.output import Planned, plan_output
from jingyu.pipeline.steps.write.stage import WriteOutput
from jingyu.pipeline.steps.write.taken_down import takedown_of
from jingyu.pipeline.steps.write.weights import WeighItems, bands_of
from jingyu.pipeline.store import filesystem
from jingyu.pipeline.store.carried import Carried
from jingyu.pipeline.store.decided import missing_from
from jingyu.pipeline.store.in_turn import in_turn
from jingyu.pipeline.store.items import ROWS_OF_TEXT, Input, Refused, WorkItem, work_items
from jingyu.pipeline.store.layout import REPORT, Layout
from jingyu.pipeline.store.lock import locked
from jingyu.pipeline.store.passes import Pass
from jingyu.pipeline.store.staging import Extracted


@dataclass(frozen=True)
class Run:
    """What a run is made of.

    Attributes:
        config: What it does.
        paths: Its inputs; those of the config where there are none.
        out: Folder of the results.
        engine: What carries steps out.
        staging: Folder of staged files, which several outputs may share; in `out` if not given.
        replace: Whether documents of inputs that are no more given may go.
        progress: What tells how far it is.
    """

    config: RunConfig
    paths: tuple[str, ...]
    out: str
    engine: Engine
    staging: str = ""
    replace: bool = False
    progress: Progress = field(default_factory=Progress)

    @property
    def layout(self) -> Layout:
        """Where things lie, before it is known under which fingerprints."""
        return Layout(self.out, staging=self.staging)


def run(run: Run) -> Published:
    """Brings the output folder to what the config and the inputs determine.

    Raises:
        InputError: An input does not exist, cannot be read or holds no record.
        ConfigError: An earlier corpus has no index that fits, or the output folder holds what is
            not of a run like this; nothing was touched.
        JingyuError: The run failed; a rerun continues. Or another run holds the folder.
    """
    check_output(run.out)
    check_staging(run.layout.staging_folder)
    own = [*own_paths(run.out), run.layout.staging_folder]
    inputs, refused = given_files(run.config, run.paths, own, run.progress)
    with ExitStack() as locks:
        for folder in dict.fromkeys((run.out, run.staging or run.out)):
            locks.enter_context(locked(folder))
        published = _run(run, inputs, refused)
        if run.config.output.report:
            _report(run)
    return published


def dry_run(run: Run) -> dict[str, Any]:
    """Returns what a run would read, and about how long it would take; nothing is written.

    Of an index it is not told: which records it names is found by reading it.

    Raises:
        InputError: An input does not exist, cannot be read or holds no record.
        ConfigError: The output folder holds what is not of a run like this.
    """
    check_output(run.out)
    check_staging(run.layout.staging_folder)
    own = [*own_paths(run.out), run.layout.staging_folder]
    inputs, refused = given_files(run.config, run.paths, own, Progress(Console(quiet=True)))
    items = work_items(inputs, piece_mib=run.config.inputs.piece_mib)
    check_inputs(run.out, items, replace=run.replace)
    takedown_of(run.config)
    layout = replace(run.layout, extract=fingerprints.of_extract(run.config))
    return outlook(run.config, layout, items, refused, run.engine.workers)


def _run(run: Run, inputs: list[Input], refused: list[Refused]) -> Published:
    if not run.engine.is_local:
        run = _with_files(run)
    run, chosen = _choose(run)
    config = run.config
    pieces = work_items(inputs, piece_mib=config.inputs.piece_mib)
    check_inputs(run.out, [*pieces, *chosen], replace=run.replace)
    indexes = find_indexes(config.deduplication.against, config.signature)
    questions = questions_of(config.decontamination)
    # A list that is wrong is an error before any work.
    if unmatched := takedown_of(config).unmatched_count:
        run.progress.say(
            f"{unmatched:,} signatures of takedown lists have another number of hashes than "
            "`signature.hashes`: copies that only resemble these texts stay"
        )
    extracted = _extract(run, inputs, chosen)
    layout = _layout(run, extracted.keys, indexes, refused)
    if is_published(layout):
        run.progress.say("nothing has changed since the last run")
        return read_published(config, layout)
    _select(run, layout, extracted)
    _deduplicate(run, layout, extracted, indexes)
    _clean(run, layout, extracted)
    planned = _write(run, layout, extracted)
    finished = Finished(planned, dict(run.progress.seconds), questions, dataset_card)
    return publish(config, layout, extracted, refused, finished)


def _choose(run: Run) -> tuple[Run, list[WorkItem]]:
    """Returns the items that an index names, and a run that knows what was captured with them."""
    if not run.config.inputs.index:
        return run, []
    # What asks web servers takes 0.1 s to import: most runs read no index.
    from jingyu.pipeline.run.chosen import Choosing

    chosen = Choosing(run.config, run.layout, run.engine, run.progress).chosen()
    if chosen.robotstxt:
        run = replace(run, config=with_snapshots(run.config, chosen.robotstxt))
        run = run if run.engine.is_local else _with_files(run)
    return run, chosen.items


def _with_files(run: Run) -> Run:
    """Returns a run whose config names files that its workers, on other machines, will have."""
    config, copies = with_copies(run.config)
    carried = Carried(run.layout.files, copies)
    carried.send()
    return replace(run, config=config, engine=replace(run.engine, carried=carried))


def _extract(run: Run, inputs: list[Input], chosen: list[WorkItem]) -> Extracted:
    this_pass = fingerprints.pass_of(run.config, run.layout)
    layout = replace(run.layout, extract=fingerprints.of_extract(run.config))
    filesystem.delete_partial_files(layout.folder("extract"))
    # A piece may begin at what only looks like a record: such files are read again, uncut.
    whole: frozenset[str] = frozenset()
    while True:
        pieces = work_items(inputs, whole, run.config.inputs.piece_mib)
        items, missing = named_items(this_pass, layout, [*pieces, *chosen])
        if missing:
            # What examining imports, a rerun that reads no page has no use for.
            from jingyu.pipeline.steps.extract.stage import ExtractPages

            _say_what_is_read(run, this_pass, missing)
            this_pass.declare()
            # Dealt to workers in turn: by size, so that they finish together.
            work = sorted(missing.items(), key=lambda piece: (-piece[1].size, piece[0]))
            run.engine.map(
                ExtractPages(
                    run.config,
                    layout,
                    run.config.output.max_failed_ratio,
                    has_markup=any(item.format not in ROWS_OF_TEXT for item in missing.values()),
                ),
                work,
                layout.work_list,
                shown=run.progress.extracting(layout, items, missing),
            )
        read = in_turn(lambda key: layout.staged(key).read_summary(), items, this_pass.folder)
        summaries = dict(zip(items, read, strict=True))
        broken = files_whose_pieces_do_not_meet(items, summaries) - whole
        if not broken:
            return Extracted(items, summaries)
        whole |= broken


def _say_what_is_read(run: Run, this_pass: Pass, missing: dict[str, WorkItem]) -> None:
    """Says, before it is done, how many bytes are read again and because of which sections."""
    if sections := sections_read_again(this_pass, run.layout):
        size = sum(item.size for item in missing.values())
        run.progress.say(
            f"pages are read again, {size:,} bytes, since what is staged was measured with other "
            f"or narrower settings of: {', '.join(sections)}"
        )


def _layout(run: Run, keys: list[str], indexes: list[Index], refused: list[Refused]) -> Layout:
    config = run.config
    extract, select = fingerprints.of_extract(config), fingerprints.of_select(config)
    layout = replace(run.layout, extract=extract, select=select)
    known = [index.identity for index in indexes]
    sources = fingerprints.of_sources(config, layout.select, keys)
    deduplicate = fingerprints.of_deduplicate(config, sources, keys, known)
    clean = fingerprints.of_clean(config, deduplicate, files_of(config.decontamination))
    caps = fingerprints.of_caps(clean, caps_of(register_of(config.source_register)))
    write = fingerprints.of_write(config, caps, [each.reason for each in refused])
    layout = replace(layout, sources=sources, deduplicate=deduplicate, clean=clean)
    return replace(layout, caps=caps, write=write)


def _select(run: Run, layout: Layout, extracted: Extracted) -> None:
    missing = missing_from("select", extracted.keys, layout)
    with run.progress.step("select", len(missing)):
        if missing:
            step = SelectDocuments(run.config, layout)
            run.engine.map(step, missing, layout.work_list, extracted.documents)
        if not storage.exists(layout.dropped_sources):
            least_domains = run.config.provenance.shared_number_domains
            judge = JudgeSites(
                run.config.verdicts,
                least_domains,
                layout,
                extracted.documents,
                by_verdict(run.config.rules),
            )
            pieces = list(enumerate(extracted.keys))
            run.engine.flow(judge, pieces, layout.work_list, extracted.documents)
            write_dropped_sources(layout, run.config.verdicts)


def _deduplicate(run: Run, layout: Layout, extracted: Extracted, indexes: list[Index]) -> None:
    missing = missing_from("deduplicate", extracted.keys, layout)
    with run.progress.step("deduplicate", len(missing)):
        if missing:
            signature, settings = run.config.signature, run.config.deduplication
            parts = parts_for(extracted.keys, layout, indexes, signature.hashes)
            step = DeduplicateDocuments(
                settings, layout, extracted.documents, signature.hashes, signature.ngram
            )
            run.engine.flow(step, parts, layout.work_list, extracted.documents)
        # Also what a run left that was killed when all was decided.
        filesystem.delete(layout.readings_folder)


def _clean(run: Run, layout: Layout, extracted: Extracted) -> None:
    missing = missing_from("clean", extracted.keys, layout)
    with run.progress.step("clean", len(missing)):
        if missing:
            lines, decontamination = run.config.lines, run.config.decontamination
            step = CleanDocuments(
                lines, decontamination, layout, extracted.documents, run.config.passages
            )
            pieces = list(enumerate(extracted.keys))
            run.engine.flow(step, pieces, layout.work_list, extracted.documents)
        if not storage.exists(layout.capped_sources):
            caps = caps_of(register_of(run.config.source_register))
            write_caps(extracted.keys, layout, caps)


def _write(run: Run, layout: Layout, extracted: Extracted) -> Planned:
    weigh = WeighItems(tuple(bands_of(run.config.output)), layout)
    groups = weigh.groups(extracted.keys)
    if unweighed := weigh.missing(groups):
        run.engine.map(weigh, unweighed, layout.work_list, extracted.documents)
    planned = plan_output(extracted, weigh.weighed(groups), run.config, layout)
    missing = planned.missing(layout)
    with run.progress.step("write", len(missing)):
        if missing:
            step = WriteOutput(run.config, layout)
            run.engine.map(step, missing, layout.work_list, extracted.documents)
    return planned


def _report(run: Run) -> None:
    """Writes the report of an output, if it has none; says so if that fails, and the run stands."""
    from jingyu.pipeline.audit.output import Output
    from jingyu.pipeline.audit.report.report import write_report

    path = run.layout.path(REPORT)
    try:
        if not storage.exists(path):
            write_report(Output.open(run.out, run.staging), path)
    except Exception as error:  # noqa: BLE001  (the output is whole, whatever its report lacks)
        name = type(error).__name__
        run.progress.say(f"no report ({name}); all else is whole: try `jingyu audit {run.out}`")
