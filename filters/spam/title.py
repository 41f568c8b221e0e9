"""What a title says, and how its words come back in the text."""

import re
from functools import lru_cache

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.filters.lexicon.literals import Literals
from jingyu.filters.lexicon.starter import starter_lists
from jingyu.filters.quality.characters import share
from jingyu.filters.spam.phrases import places

_SEPARATORS = lazy_pattern(r"[-_|｜—–,，、;；:：/\s【】\[\]()（）《》「」]+")
_LEAST, _LONGEST = 4, 24
_EDGE = 150
_SUBJECTS = ("gambling", "pornography")
# An expression for each dash: one that begins with a character is searched for much faster.
_NAME_AFTER = {dash: lazy_pattern(rf"{dash}([\u4e00-\u9fff]{{4,30}})") for dash in "-—–_"}


def title_offer_count(title: str) -> int:
    """Returns how many offers the title has: 官网, 下载, 登录, 注册, 体育, 娱乐 and the like."""
    return len(places(title)["offers"])


def title_segment_count(title: str) -> int:
    """Returns the parts of the title that dashes, bars, commas, brackets and spaces set apart."""
    return len(_segments(title))


def title_repetition_ratio(text: str, title: str) -> float:
    """Returns the share of the text's code points that parts of its title cover.

    A part has 4 to 24 code points and stands between dashes, bars, commas, brackets or spaces; it
    counts wherever it comes back, but once: a heading repeats the title rightly. What is written
    about something names it now and then; what is made to be found names it in every sentence.
    """
    parts = {part for part in _segments(title) if _LEAST <= len(part) <= _LONGEST}
    covered = sum(max(0, text.count(part) - 1) * len(part) for part in parts)
    return min(1.0, share(covered, len(text)))


def edge_term_count(text: str, title: str) -> int:
    """Returns the different terms of gambling and pornography in the title and at the text's edges.

    Edges are the first and last 150 code points. A long text dilutes a few terms, but what hacks
    or fills pages puts them where search engines look. Case, script and what stands around do not
    matter here, and hidden spaces are not looked through; see `lexicon_…` for the text as a whole.

    Source: the starter lists; own labels (2026-11, in-sample): two or more have 49 texts of spam
    and no good one.
    """
    edges = f"{title}\n{text[:_EDGE]}\n{text[-_EDGE:]}".lower()
    return len({number for number, _ in _terms().apart(edges)})


def doubled_name_count(text: str) -> int:
    """Returns how often a name stands on both sides of a dash: 某县林业局-某县林业局.

    What copies a site pastes the name of its own over the institution's, and doubles the end of
    titles by it. The name has 4 to 30 Han.

    Source: own labels (2026-11, in-sample): 7 have such a name and none of them is worth reading;
    one is counterfeit.
    """
    return sum(
        _is_doubled(text, found)
        for dash, name_after in _NAME_AFTER.items()
        if dash in text
        for found in name_after.finditer(text)
    )


def _is_doubled(text: str, found: re.Match[str]) -> bool:
    """Returns whether the name after a dash stands before it, too."""
    name = found[1]
    return text.startswith(name, found.start() - len(name)) and found.start() >= len(name)


@lru_cache(maxsize=1)
def _segments(title: str) -> tuple[str, ...]:
    return tuple(filter(None, _SEPARATORS.split(title)))


def _shortest(term: str) -> int:
    """Returns how long a term must be to stand for itself wherever it is found: `av` is in java."""
    return 6 if term.isascii() else 2


@lru_cache(maxsize=1)
def _terms() -> Literals:
    """Returns the words of the lists that are long enough to stand for themselves."""
    return Literals(
        sorted(
            {
                term.text.lower()
                for listed in starter_lists()
                for term in listed.terms
                if term.category in _SUBJECTS and len(term.text) >= _shortest(term.text)
            }
        )
    )
