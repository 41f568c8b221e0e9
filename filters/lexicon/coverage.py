"""How configured word lists stand against what the standard asks of a keyword library."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from jingyu.filters.lexicon.folding import folded_each
from jingyu.filters.lexicon.taxonomy import MIN_TERMS, RISKS, risk_of
from jingyu.filters.lexicon.terms import TermList


class CoverageRow(NamedTuple):
    """Terms for one risk, or in all, beside the least that the standard asks for."""

    key: str
    """Key of the risk; `all` in the row of all terms."""
    clause: str
    """Place in the annex; that of the rule in the row of all terms."""
    chinese: str
    english: str
    terms: int
    """Different terms listed for the risk, those of our own categories in it included."""
    min_terms: int
    """Least that the standard asks for; 0 where it asks for none."""
    categories: tuple[tuple[str, int], ...]
    """Our own categories among them, with their terms."""

    @property
    def missing(self) -> int:
        """Terms that are wanting; 0 if there are enough."""
        return max(0, self.min_terms - self.terms)


def coverage(lists: Iterable[TermList]) -> list[CoverageRow]:
    """Returns a row for all terms, then one for each of the 31 risks.

    A term that differs only in width, case, script or signs put between is the same; one listed
    for two risks counts for each, and once in all. Numbers say nothing of how good terms are.

    Source: TC260-003, 8.1 (now GB/T 45654-2025).
    """
    by_risk: defaultdict[str, set[str]] = defaultdict(set)
    by_category: defaultdict[str, set[str]] = defaultdict(set)
    for words in lists:
        keys = folded_each(term.text for term in words.terms)
        for term, key in zip(words.terms, keys, strict=True):
            risk_key = risk_of(term.category).key
            by_risk[risk_key].add(key)
            if risk_key != term.category:
                by_category[term.category].add(key)
    everything = set().union(*by_risk.values())
    rows = [CoverageRow("all", "8.1", "合计", "all", len(everything), MIN_TERMS, ())]
    for risk in RISKS:
        own = {key: len(terms) for key, terms in by_category.items() if risk_of(key) is risk}
        count, least = len(by_risk[risk.key]), risk.risk_class.min_terms
        names = (risk.key, risk.clause, risk.chinese, risk.english)
        rows.append(CoverageRow(*names, count, least, tuple(sorted(own.items()))))
    return rows
