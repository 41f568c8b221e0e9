"""All signals of content."""

from collections.abc import Callable

from jingyu.filters.spam.damage import clauses_per_sentence, lost_number_count
from jingyu.filters.spam.offers import glued_offer_count, offer_chain_count
from jingyu.filters.spam.title import (
    doubled_name_count,
    edge_term_count,
    title_offer_count,
    title_repetition_ratio,
    title_segment_count,
)
from jingyu.filters.spam.traces import (
    bait_count,
    domain_run_count,
    pinyin_bracket_count,
    scaffold_count,
    spun_word_count,
    tunnel_count,
)

OF_TEXT: tuple[Callable[[str], float], ...] = (
    offer_chain_count,
    glued_offer_count,
    scaffold_count,
    spun_word_count,
    pinyin_bracket_count,
    domain_run_count,
    bait_count,
    tunnel_count,
    doubled_name_count,
    lost_number_count,
    clauses_per_sentence,
)
"""What is measured on a text alone, in the order of its columns."""
OF_TITLE: tuple[Callable[[str], float], ...] = (title_offer_count, title_segment_count)
"""What is measured on a title alone."""
OF_BOTH: tuple[Callable[[str, str], float], ...] = (title_repetition_ratio, edge_term_count)
"""What is measured on a text and its title."""

CONTENT_MEASURES = (*OF_TEXT, *OF_TITLE, *OF_BOTH)
CONTENT_MEASURED = tuple(function.__name__ for function in CONTENT_MEASURES)
"""Their columns."""

_LONGEST_TITLE = 200


def measure_content(text: str, title: str | None) -> dict[str, float]:
    """Returns the value of each signal by the name of its column.

    Args:
        text: Main text.
        title: As the page states it; without one the first line stands for it.
    """
    named = (title or text.split("\n", 1)[0])[:_LONGEST_TITLE]
    values: list[float] = [function(text) for function in OF_TEXT]
    values += [function(named) for function in OF_TITLE]
    values += [function(text, named) for function in OF_BOTH]
    return dict(zip(CONTENT_MEASURED, values, strict=True))
