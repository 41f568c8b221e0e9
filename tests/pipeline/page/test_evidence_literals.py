from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.lexicon.literals import Literals
from jingyu.filters.rights import page
from jingyu.filters.rights.evidence import rights_of
from jingyu.filters.source import passages
from jingyu.filters.source.filing_numbers import filing_numbers

LITERALS = Literals((*page.LITERALS, *passages.LITERALS))
PIECES = (
    *page.LITERALS,
    *passages.LITERALS,
    *("<script>", "</script>", "<p>", "京", "ICP备12345678号", "code=11010102000001", "by/4.0/"),
    *("未经授权禁止", "登录后查看全文", "字", "𠮷", "\ud800"),
)


@settings(max_examples=200)
@given(markup=st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_one_search_for_both_shows_what_two_would(markup: str) -> None:
    found = LITERALS.find(markup)

    assert rights_of({}, markup, "", found) == rights_of({}, markup, "")
    assert filing_numbers(markup, found) == filing_numbers(markup)
