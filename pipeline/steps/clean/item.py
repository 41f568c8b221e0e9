"""Clean: the work on one item, before and after the lines of all items are counted."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.config.lines import LinesSection
from jingyu.pipeline.steps.clean.changes import write_cleaned
from jingyu.pipeline.steps.clean.cleaning import Cleaner
from jingyu.pipeline.steps.clean.kept import Kept, kept_documents
from jingyu.pipeline.steps.clean.lines.boilerplate import LINE_COUNT, add_up_lines, count_lines
from jingyu.pipeline.store.layout import Layout

NO_KEYS = np.zeros(0, np.uint64)


def item_lines(
    key: str, layout: Layout, settings: LinesSection, documents: Iterable[Kept] | None = None
) -> NDArray[np.void]:
    """Returns on how many kept pages of an item each line of each host stands.

    The kept documents are read if they are not given.
    """
    if not settings.drop_boilerplate:
        return np.zeros(0, LINE_COUNT)
    counts = []
    for kept in kept_documents(key, layout) if documents is None else documents:
        lines = kept.lines
        counts.append(count_lines(lines.of(lines.han_counts >= settings.min_han), kept.hosts))
    return add_up_lines(counts)


def clean_item(
    key: str,
    layout: Layout,
    cleaner: Cleaner,
    boilerplate: NDArray[np.uint64] = NO_KEYS,
    documents: Iterable[Kept] | None = None,
) -> None:
    """Writes what changes for the kept documents of an item, which are read if not given."""
    found = []
    if not cleaner.is_idle:
        for kept in kept_documents(key, layout) if documents is None else documents:
            found += cleaner.clean(kept, boilerplate)
    write_cleaned(key, layout, found)
