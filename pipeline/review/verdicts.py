"""What a reviewer can say of a document."""

import unicodedata
from enum import StrEnum


class Verdict(StrEnum):
    """What was said of a document of the sample."""

    PASSED = "passed"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    BLANK = "blank"
    """The row is there, its verdict is empty."""
    MISSING = "missing"
    """No sheet holds the document's row."""

    @property
    def is_decided(self) -> bool:
        """Whether somebody came to a judgement."""
        return self in {Verdict.PASSED, Verdict.FAILED}


CHOICES = {"合格": Verdict.PASSED, "不合格": Verdict.FAILED, "不确定": Verdict.UNCERTAIN}
"""The entries of the drop-down list."""
_ENGLISH = {
    **dict.fromkeys(("pass", "passed"), Verdict.PASSED),
    **dict.fromkeys(("fail", "failed"), Verdict.FAILED),
    **dict.fromkeys(("unsure", "uncertain", "undecided"), Verdict.UNCERTAIN),
}
_MEANINGS = {"": Verdict.BLANK} | CHOICES | _ENGLISH


def folded(text: str) -> str:
    """Returns what a cell says, whatever its width, case and spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def verdict_of(text: str) -> Verdict | None:
    """Returns the verdict in a cell, in Chinese or English, or none if it is not one."""
    return _MEANINGS.get(folded(text))
