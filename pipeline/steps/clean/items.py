"""The items of evaluation sets that a config names."""

import functools

from jingyu.pipeline.config.decontamination import Decontamination
from jingyu.pipeline.steps.clean.contamination.benchmark_files import benchmark_files, read_items
from jingyu.pipeline.steps.clean.contamination.index import ItemIndex, build_index


@functools.cache
def items_of(settings: Decontamination) -> ItemIndex | None:
    """Returns the index of all items, or none where no evaluation set is named.

    Raises:
        InputError: A file cannot be read or holds no row.
        ConfigError: A file lacks the fields.
    """
    if not settings.against:
        return None
    return build_index((i for b in settings.against for i in read_items(b)), settings.ngram)


def files_of(settings: Decontamination) -> list[tuple[object, ...]]:
    """Returns what tells whether the same items were looked for before.

    Raises:
        InputError: A path stands for no file.
    """
    return [
        (benchmark.name, file.name, file.size, file.modified)
        for benchmark in settings.against
        for file in benchmark_files(benchmark)
    ]
