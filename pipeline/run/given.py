"""What a run is given to read: files."""

from collections.abc import Sequence

from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.run.progress import Progress
from jingyu.pipeline.store.items import Input, Refused, find_inputs

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
