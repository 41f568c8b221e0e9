from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.lexicon.terms import Term
from tests.support.terms import (
    exempt_hits_of,
    hits_of,
    make_lexicon,
    words_exempt,
    words_found,
)

LEGAL = {"legal": ["判决", "严禁"]}
texts = st.text() | st.text(alphabet="网上赌博彩气判决 *ａva\n𠮷\ud800", max_size=40)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="empty"),
        pytest.param("天气很好。", [], id="none"),
        pytest.param("他嗜赌博。", ["赌博"], id="plain"),
        pytest.param("𠮷赌*博𠮷", ["赌*博"], id="with a symbol"),
        pytest.param("赌 博", ["赌 博"], id="with a space"),
        pytest.param("賭\u200b博", ["賭\u200b博"], id="traditional, zero width"),
        pytest.param("网 上 赌 博 网", ["网 上 赌 博"], id="the longer at the same start"),
        pytest.param("赌博赌博", ["赌博", "赌博"], id="each place"),
        pytest.param("嗜赌。博士", [], id="not across punctuation"),
        pytest.param("嗜赌\n博士", [], id="not across lines"),
        pytest.param("\ud800赌博\udfff", ["赌博"], id="beside lone surrogates"),
    ],
)
def test_terms_are_found_where_they_stand(text: str, expected: list[str]) -> None:
    assert words_found(make_lexicon("赌博", "网上赌博", "网上赌"), text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("看av片", ["av"]),
        ("ＡＶ女优", ["ＡＶ"]),
        ("java", []),
        ("avoid", []),
        ("a v", []),
        ("bet365官网", ["bet365"]),
        ("bet3658", []),
        ("alphabet365", []),
        ("加QQ123", ["加QQ"]),
        ("free sex now", ["free sex"]),
        ("free-sex", ["free-sex"]),
    ],
)
def test_words_of_letters_and_numbers_match_as_wholes(text: str, expected: list[str]) -> None:
    lexicon = make_lexicon("av", "bet365", "加qq", "free sex")

    assert words_found(lexicon, text) == expected


def test_of_terms_that_overlap_the_first_counts_in_each_subject() -> None:
    lexicon = make_lexicon("网上赌", "上赌博", Term("赌博", "fraud"))

    found = lexicon.find("网上赌博")

    assert [(hit.term.text, hit.subject) for hit in hits_of(found)] == [
        ("网上赌", "gambling"),
        ("赌博", "fraud"),
    ]


def test_a_term_of_two_lists_of_one_subject_counts_once_with_the_higher_severity() -> None:
    lexicon = make_lexicon(
        Term("窃密", "a3_trade_secrets", 1), Term("竊密", "a3_other", 3), Term("窃密", "fraud")
    )

    found = lexicon.find("窃密")

    assert [(hit.subject, hit.term.severity) for hit in hits_of(found)] == [
        ("a3_commercial", 3),
        ("fraud", 2),
    ]
    assert len(lexicon) == 1


def test_a_harmless_longer_word_exempts_what_lies_inside_it() -> None:
    lexicon = make_lexicon("博彩", "赌博", harmless=["博彩业监管"])

    found = lexicon.find("赌博，博彩业监管，博彩")

    assert [hit.start for hit in hits_of(found)] == [0, 9]
    assert words_exempt(found, "赌博，博彩业监管，博彩") == ["博彩"]


def test_a_harmless_word_that_only_overlaps_exempts_nothing() -> None:
    lexicon = make_lexicon("赌博", harmless=["博彩业监管"])

    assert words_found(lexicon, "赌博彩业监管") == ["赌博"]


def test_an_exempt_word_around_a_term_exempts_that_term_only() -> None:
    lexicon = make_lexicon(Term("特码", "gambling", exempt=("特码头",)), "码头")

    assert words_found(lexicon, "特码头") == ["码头"]
    assert words_found(lexicon, "特码") == ["特码"]


def test_an_exempt_word_near_a_term_exempts_it_within_the_window() -> None:
    lexicon = make_lexicon(Term("骰子", "gambling", exempt=("概率",)), context_window=3)

    assert words_found(lexicon, "概率：掷骰子") == []
    assert words_found(lexicon, "骰子一二三概率") == []
    assert words_found(lexicon, "骰子一二三四概率") == ["骰子"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("判决一二三赌博", []),
        ("判决一二三四赌博", ["赌博"]),
        ("赌博一二三判决", []),
        ("赌博一二三四判决", ["赌博"]),
        ("判 决 一 二 三 赌 博", []),
    ],
)
def test_a_mark_of_context_exempts_within_the_window(text: str, expected: list[str]) -> None:
    lexicon = make_lexicon("赌博", contexts=LEGAL, context_window=3)

    assert words_found(lexicon, text) == expected


def test_a_context_exempts_only_categories_that_it_speaks_for() -> None:
    medical = {"medical": ["患者"]}
    lexicon = make_lexicon(Term("自慰", "pornography"), Term("根治", "fraud"), contexts=medical)

    found = lexicon.find("患者自慰根治")

    assert [hit.term.text for hit in hits_of(found)] == ["根治"]
    assert found.contexts == {"medical": 1}


def test_at_a_window_of_zero_only_longer_words_exempt() -> None:
    near = Term("赌博", "gambling", exempt=("严肃", "赌博罪"))
    lexicon = make_lexicon(near, contexts=LEGAL, context_window=0)

    assert words_found(lexicon, "严肃赌博判决") == ["赌博"]
    assert words_found(lexicon, "赌博罪") == []


def test_an_exempt_place_hides_none_that_counts() -> None:
    lexicon = make_lexicon("赌博网站", "博网", harmless=["赌博网站"])

    assert words_found(lexicon, "赌博网站") == []
    assert len(exempt_hits_of(lexicon.find("赌博网站"))) == 1


def test_symbols_part_terms_if_they_are_not_tolerated() -> None:
    lexicon = make_lexicon("赌博", tolerate_symbols=False)

    assert words_found(lexicon, "赌*博 赌\u200b博") == ["赌\u200b博"]


def test_scripts_are_told_apart_if_asked() -> None:
    assert words_found(make_lexicon("赌博", simplify=False), "賭博赌博") == ["赌博"]


def test_a_word_of_which_nothing_is_left_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing is left of `★`"):
        make_lexicon("赌博", harmless=["★"])


@settings(max_examples=150)
@given(text=texts)
def test_places_lie_in_the_text_and_apart(text: str) -> None:
    lexicon = make_lexicon("赌博", "网上赌博", "博彩", "av", harmless=["赌气"], contexts=LEGAL)

    found = lexicon.find(text)

    hits = hits_of(found)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits + exempt_hits_of(found))
    assert all(first.end <= second.start for first, second in pairwise(hits))


@settings(max_examples=60)
@given(
    before=st.text(alphabet="天地，\n", max_size=5), gap=st.text(alphabet=" *★\u200b", max_size=3)
)
def test_signs_put_between_never_hide_a_term(before: str, gap: str) -> None:
    text = f"{before}赌{gap}博"

    assert words_found(make_lexicon("赌博"), text) == [f"赌{gap}博"]
