"""Items of evaluation sets."""

from typing import NamedTuple


class Item(NamedTuple):
    """One question with what belongs to it.

    Attributes:
        benchmark: Evaluation set that it is from.
        item_id: File in the set, `#`, and the value of `id` there or else the row, from 0.
        texts: What its fields hold, the question first; a list is as many texts as it is long.
    """

    benchmark: str
    item_id: str
    texts: tuple[str, ...]
