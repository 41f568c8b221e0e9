"""The questions of evaluation sets that a config names."""

import functools
from typing import TYPE_CHECKING

from jingyu.pipeline.config.decontamination import Decontamination

if TYPE_CHECKING:
    from jingyu.pipeline.steps.clean.contamination.index import QuestionIndex

# Most configs name no evaluation set: what reads these is imported where one is named.


@functools.cache
def questions_of(settings: Decontamination) -> "QuestionIndex | None":
    """Returns the index of all questions, or none where no evaluation set is named.

    Raises:
        InputError: A file cannot be read or holds no row.
        ConfigError: A file lacks the fields.
    """
    if not settings.against:
        return None
    from jingyu.pipeline.steps.clean.contamination.benchmark_files import read_questions
    from jingyu.pipeline.steps.clean.contamination.index import build_index

    every = (each for benchmark in settings.against for each in read_questions(benchmark))
    return build_index(every, settings.ngram)


def files_of(settings: Decontamination) -> list[tuple[object, ...]]:
    """Returns what tells whether the same questions were looked for before.

    Raises:
        InputError: A path stands for no file.
    """
    if not settings.against:
        return []
    from jingyu.pipeline.steps.clean.contamination.benchmark_files import benchmark_files

    return [
        (benchmark.name, file.name, file.size, file.modified)
        for benchmark in settings.against
        for file in benchmark_files(benchmark)
    ]
