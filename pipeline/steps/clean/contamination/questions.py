"""Questions of evaluation sets."""

from typing import NamedTuple


class Question(NamedTuple):
    """One question, with its options and answers.

    Attributes:
        benchmark: Evaluation set that it is from.
        question_id: File in the set, `#`, and the value of `id` there or else the row, from 0.
        texts: What its fields hold, first the stem: the part that asks. A list is as many texts as
            it is long.
    """

    benchmark: str
    question_id: str
    texts: tuple[str, ...]
