"""Cleans a small run in this process: the stage's functions, with one partition."""

from collections.abc import Sequence

from pipeline.layout import Layout
from pipeline.lines.boilerplate import Limits, add_up_lines, find_boilerplate
from pipeline.work.clean.cleaning import Cleaner
from pipeline.work.clean.item import clean_item, item_lines
from pipeline.work.clean.kept import HeldDocuments


def clean_here(keys: Sequence[str], layout: Layout, cleaner: Cleaner) -> None:
    """Cleans the items."""
    settings = cleaner.lines
    held = HeldDocuments(layout)
    counts = add_up_lines([item_lines(key, layout, settings, held.of(key)) for key in keys])
    limits = Limits(settings.min_pages, settings.min_page_ratio)
    boilerplate = find_boilerplate(counts, limits)
    for key in keys:
        clean_item(key, layout, cleaner, boilerplate, held.of(key))
