"""Cleans a small run in this process: the stage's functions, with one partition."""

from collections.abc import Sequence

from jingyu.pipeline.steps.clean.cleaning import Cleaner
from jingyu.pipeline.steps.clean.item import clean_item, item_lines
from jingyu.pipeline.steps.clean.kept import HeldDocuments
from jingyu.pipeline.steps.clean.lines.boilerplate import Limits, add_up_lines, find_boilerplate
from jingyu.pipeline.store.layout import Layout


def clean_here(keys: Sequence[str], layout: Layout, cleaner: Cleaner) -> None:
    """Cleans the items."""
    settings = cleaner.lines
    held = HeldDocuments(layout)
    counts = add_up_lines([item_lines(key, layout, settings, held.of(key)) for key in keys])
    limits = Limits(settings.min_pages, settings.min_page_ratio)
    boilerplate = find_boilerplate(counts, limits)
    for key in keys:
        clean_item(key, layout, cleaner, boilerplate, held.of(key))
