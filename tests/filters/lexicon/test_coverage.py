from jingyu.filters.lexicon.coverage import coverage
from jingyu.filters.lexicon.taxonomy import RISKS
from jingyu.filters.lexicon.terms import Term, TermList


def test_without_lists_all_minima_are_missing() -> None:
    rows = coverage([])

    assert [row.key for row in rows] == ["all", *(risk.key for risk in RISKS)]
    assert rows[0].missing == 10_000
    assert [row.missing for row in rows[1:]] == [200] * 8 + [100] * 9 + [0] * 14


def test_terms_count_for_the_risk_of_their_category_and_once_in_all() -> None:
    lists = [
        TermList((Term("赌博", "gambling"), Term("賭 博", "a1_otherwise_prohibited"))),
        TermList((Term("刷单", "fraud"), Term("赌博", "a1_false_information"))),
    ]

    rows = {row.key: row for row in coverage(lists)}

    assert rows["all"].terms == 2
    assert rows["a1_false_information"].terms == 1
    prohibited = rows["a1_otherwise_prohibited"]
    assert (prohibited.terms, prohibited.missing, prohibited.clause) == (2, 198, "A.1 h")
    assert prohibited.categories == (("fraud", 1), ("gambling", 1))


def test_on_the_minimum_nothing_is_missing() -> None:
    terms = [Term(f"词{number:03}", "a2_age") for number in range(100)]

    missing = [
        next(row.missing for row in coverage([TermList(tuple(some))]) if row.key == "a2_age")
        for some in (terms[:99], terms, [*terms, Term("多一个", "a2_age")])
    ]

    assert missing == [1, 0, 0]
