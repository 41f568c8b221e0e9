"""Clean: the work on one item, before and after the lines of all items are counted."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.config.lines import LinesSection
from jingyu.pipeline.steps.clean.changes import write_cleaned
from jingyu.pipeline.steps.clean.cleaning import Cleaner
from jingyu.pipeline.steps.clean.kept import Kept
from jingyu.pipeline.steps.clean.lines.boilerplate import LINE_COUNT, add_up_lines, count_lines
from jingyu.pipeline.store.layout import Layout


def item_lines(settings: LinesSection, documents: Iterable[Kept]) -> NDArray[np.void]:
    """Returns rows of `LINE_COUNT`: on how many of an item's kept pages each line of a host stands.

    Args:
        settings: Which lines are looked for.
        documents: The kept documents of the item.
    """
    if not settings.drop_boilerplate:
        return np.zeros(0, LINE_COUNT)
    counts = []
    for kept in documents:
        lines = kept.lines
        counts.append(count_lines(lines.of(lines.han_counts >= settings.min_han), kept.hosts))
    return add_up_lines(counts)


def clean_item(
    key: str,
    layout: Layout,
    cleaner: Cleaner,
    boilerplate: NDArray[np.uint64],
    documents: Iterable[Kept],
) -> None:
    """Writes what changes for the kept documents of an item.

    Args:
        key: The item.
        layout: Where things are.
        cleaner: What cleaning goes by.
        boilerplate: Keys of lines that are boilerplate of their hosts, sorted.
        documents: The kept documents, which are not looked at if nothing is looked for in them.
    """
    found = []
    if not cleaner.is_idle:
        for kept in documents:
            found += cleaner.clean(kept, boilerplate)
    write_cleaned(key, layout, found)
