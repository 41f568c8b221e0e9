"""Whether a page may be used for training, or otherwise, by all that was stated of it."""

from collections.abc import Iterable
from typing import Literal

from jingyu.filters.rights.patterns import names_everything, pattern_of
from jingyu.filters.rights.statement import ACCESS, NOT_STATED, OF_THE_PAGE, RESERVED, Statement

Use = Literal["train", "search", "other"]


def deciding(statements: Iterable[Statement], use: Use = "train") -> Statement | None:
    """Returns the statement that decides on a use; none if none says anything of it.

    The most specific decides: the page's own before its site's, of the site's those that name the
    longest path. Of equals the one that reserves decides. Rules of access say nothing of use. What
    a page's elements say by the TDM Reservation Protocol supersedes its header.

    Source: draft-ietf-aipref-vocab-08, section 5.1, for equals; RSL 1.0, section 4.9; TDM
    Reservation Protocol, processing priority.
    """
    stated = [
        each
        for each in statements
        if each.protocol != ACCESS and getattr(each.uses, use) != NOT_STATED
    ]
    if any(each.protocol == "tdmrep" and each.place == "meta" for each in stated):
        stated = [each for each in stated if (each.protocol, each.place) != ("tdmrep", "header")]
    return max(stated, key=lambda each: _weight(each, use), default=None)


def _weight(statement: Statement, use: Use) -> tuple[bool, int, bool]:
    is_of_page = statement.place in OF_THE_PAGE
    path = statement.path
    is_general = is_of_page or path is None or names_everything(path)
    length = 0 if is_general else pattern_of(path or "").length
    return is_of_page, length, getattr(statement.uses, use) == RESERVED
