"""Errors of our own on one page: what is told of them, and never of the page."""

import os

from jingyu.schemas.decisions import FAILED, Decision

INTERNAL_ERROR = "internal_error"
"""Reason of a record on which our own code raised."""

_MOST_PLACES = 8
"""Of an error that is told. Source: our choice; endless recursion has a thousand."""


def internal_error(stage: str, error: Exception) -> Decision:
    """Returns that a record failed by a defect of ours, and where in our code that was."""
    return Decision(FAILED, stage, INTERNAL_ERROR, evidence=place_of(error))


def place_of(error: Exception) -> str:
    """Returns the type and the last places of an error: its message may quote the page."""
    at = error.__traceback__
    places = []
    while at:
        places.append(f"{os.path.basename(at.tb_frame.f_code.co_filename)}:{at.tb_lineno}")
        at = at.tb_next
    return f"{type(error).__name__} at {' > '.join(places[-_MOST_PLACES:])}"
