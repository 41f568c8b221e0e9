"""Clean: the work on one item, before and after lines and passages of all items are counted."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.config.lines import LinesSection
from jingyu.pipeline.steps.clean.changes import write_cleaned
from jingyu.pipeline.steps.clean.cleaning import Cleaned, Cleaner
from jingyu.pipeline.steps.clean.kept import Kept
from jingyu.pipeline.steps.clean.lines.boilerplate import LINE_COUNT, add_up_lines, count_lines
from jingyu.pipeline.steps.clean.passages.counting import add_up_windows
from jingyu.pipeline.steps.clean.passages.cutting import Cutter, count_passages
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


def item_passages(
    min_han: int, cleaner: Cleaner, boilerplate: NDArray[np.uint64], documents: Iterable[Kept]
) -> NDArray[np.void]:
    """Returns rows of `WINDOW_COUNT`: in how many of an item's documents windows stand.

    It is what lines and questions leave of the documents that is counted.

    Args:
        min_han: Fewest Han of a window.
        cleaner: What cleaning goes by.
        boilerplate: Keys of lines that are boilerplate of their hosts, sorted.
        documents: The kept documents of the item.
    """
    counts = [
        count_passages(kept, _cleaned(kept, cleaner, boilerplate), min_han) for kept in documents
    ]
    return add_up_windows(counts)


def clean_item(
    key: str,
    layout: Layout,
    by: tuple[Cleaner, Cutter],
    boilerplate: NDArray[np.uint64],
    documents: Iterable[Kept],
) -> None:
    """Writes what changes for the kept documents of an item.

    Args:
        key: The item.
        layout: Where things are.
        by: What cleaning goes by, and what passages are cut by.
        boilerplate: Keys of lines that are boilerplate of their hosts, sorted.
        documents: The kept documents, which are not looked at if nothing is looked for in them.
    """
    found = []
    cleaner, cutter = by
    if not (cleaner.is_idle and cutter.is_idle):
        for kept in documents:
            found += cutter.cut(kept, _cleaned(kept, cleaner, boilerplate))
    write_cleaned(key, layout, found)


def _cleaned(kept: Kept, cleaner: Cleaner, boilerplate: NDArray[np.uint64]) -> list[Cleaned]:
    """Returns what lines and questions leave of documents: passages are counted in it, then cut."""
    given = boilerplate.tobytes()
    if given not in kept.cleaned:
        kept.cleaned[given] = cleaner.clean(kept, boilerplate)
    found: list[Cleaned] = kept.cleaned[given]
    return found
