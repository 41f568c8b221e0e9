"""What a run is given to read: files, and the records that an index of a crawl names."""

from collections.abc import Sequence

from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.read import storage
from jingyu.pipeline.run import fingerprints
from jingyu.pipeline.run.engine import Engine
from jingyu.pipeline.run.progress import Progress
from jingyu.pipeline.store import filesystem
from jingyu.pipeline.store.items import Input, Refused, WorkItem, find_inputs
from jingyu.pipeline.store.layout import Layout

_MOST_SHOWN = 10
_MOST_REASONS = 3


def given_files(
    config: RunConfig, paths: Sequence[str], own: Sequence[str], progress: Progress
) -> tuple[list[Input], list[Refused]]:
    """Returns the files that can be read, and those that are left out, which are named.

    Args:
        config: What the run does.
        paths: Its inputs; those of the config where there are none.
        own: Files and folders of the run, which are no inputs.
        progress: What names the files that are left out.

    Raises:
        InputError: There is no such file, none can be read, or one cannot be read and all must be.
    """
    wanted = config.inputs
    paths = paths or wanted.paths
    if wanted.index and not paths:
        return [], []
    inputs, refused = find_inputs(paths, wanted, without=own)
    _say_what_is_left_out(refused, progress)
    unreadable = [each for each in refused if not each.is_skipped]
    if unreadable and wanted.unreadable == "fail":
        raise InputError(
            f"{len(unreadable)} of {len(inputs) + len(refused)} inputs cannot be read "
            f"({_reasons(unreadable)}); remove them, or set `inputs.unreadable: skip` to go on "
            "without them"
        )
    if not inputs:
        raise InputError(f"no input can be read ({_reasons(refused)})")
    return inputs, refused


def chosen_records(
    config: RunConfig, layout: Layout, engine: Engine, progress: Progress
) -> list[WorkItem]:
    """Returns the items that read what an index names, if the config asks for one.

    Raises:
        InputError: The index cannot be read, or names no record that is asked for.
    """
    wanted = config.inputs
    if not wanted.index:
        return []
    # What asks web servers takes 0.1 s to import: most runs read no index.
    from jingyu.pipeline.read.index.index_files import index_files
    from jingyu.pipeline.read.index.parts import Parts
    from jingyu.pipeline.steps.choose.plan import plan_of
    from jingyu.pipeline.steps.choose.stage import ChooseRecords

    files = index_files(wanted.index, Parts(wanted.index))
    folder = layout.index
    targets = {
        path: storage.join(folder, f"{fingerprints.of_choice(config, path)}.parquet")
        for path in files
    }
    done = filesystem.names_in(folder)
    missing = [(to, path) for path, to in targets.items() if to.rpartition("/")[2] not in done]
    with progress.step("choose", len(missing)):
        if missing:
            engine.map(ChooseRecords(wanted), missing, layout.work_list)
    plan = plan_of(list(targets.values()), wanted.index.base, folder)
    progress.say(
        f"the index names {plan.records_indexed:,} records, of which "
        f"{sum(item.chosen.count for item in plan.items if item.chosen):,} are wanted, "
        f"{sum(item.size for item in plan.items):,} bytes of {len(plan.items):,} pieces; "
        f"{plan.index_bytes:,} bytes of the index were read"
    )
    if not plan.items:
        raise InputError("the index names no record that `inputs.index` asks for")
    return plan.items


def _say_what_is_left_out(refused: Sequence[Refused], progress: Progress) -> None:
    """Names what is left out; of many files that hold nothing, some."""
    skipped = [each for each in refused if each.is_skipped]
    for each in refused:
        if not each.is_skipped:
            progress.say(f"refused {each.reason}")
    for each in skipped[:_MOST_SHOWN]:
        progress.say(f"skipped {each.reason}")
    if len(skipped) > _MOST_SHOWN:
        progress.say(f"skipped {len(skipped) - _MOST_SHOWN} more files without pages")


def _reasons(refused: Sequence[Refused]) -> str:
    return "; ".join(each.reason for each in refused[:_MOST_REASONS])
