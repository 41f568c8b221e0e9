"""Which criterion each row fails first, and which rows go on."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.decisions import Decisions
from jingyu.filters.language.gate import GateMeasure
from jingyu.filters.language.settings import Gate, LanguageSection
from jingyu.filters.rights.settings import Rights
from jingyu.filters.rule import Limit, Rule
from jingyu.filters.select import Criteria, by_verdict, end_by_rules, select, select_ended
from jingyu.filters.source.admission import SourceAdmission
from jingyu.filters.source.settings import SourceRegister, Sources
from jingyu.schemas.gate import GATE
from jingyu.schemas.rights import RIGHTS, UNDECIDING
from tests.support.staged import empty_of

RULES = (
    Rule(signal="char_count", min=200, reason="too_short"),
    Rule(signal="han_ratio", min=0.3, reason="too_little_han"),
    Rule(signal="digit_ratio", max=0.25, reason="too_many_digits"),
)
ratios = st.floats(0, 1)
documents = st.lists(st.tuples(st.integers(0, 400), ratios, ratios), max_size=30)


def by(rules: Sequence[Rule] = (), **criteria: Any) -> Criteria:
    """Returns criteria of rules alone, but for those given."""
    others: dict[str, Any] = {"sources": None, "gate": None, "language": None, "rights": Rights()}
    return Criteria(**others | criteria, rules=rules)


def blocking(*entries: str) -> SourceAdmission:
    return SourceAdmission.of(Sources(block=entries), SourceRegister())


def rows(*values: tuple[int, float, float]) -> pa.Table:
    names = ("char_count", "han_ratio", "digit_ratio")
    columns = list(zip(*values, strict=True)) or [(), (), ()]
    types = (pa.int64(), pa.float64(), pa.float64())
    arrays = [pa.array(column, dtype) for column, dtype in zip(columns, types, strict=True)]
    return pa.Table.from_arrays(arrays, names=names)


def test_each_row_names_the_first_rule_that_rejects_it_the_value_and_the_limit() -> None:
    documents = rows((300, 0.9, 0.1), (100, 0.1, 0.1), (300, 0.2, 0.5), (300, 0.9, 0.5))

    decisions = select(documents, by(RULES))

    reasons = [None, "too_short", "too_little_han", "too_many_digits"]
    assert decisions["reason"].tolist() == reasons
    assert decisions["outcome"].tolist() == [None, *["rejected"] * 3]
    assert decisions["stage"].tolist() == [None, *["select"] * 3]
    assert decisions.is_open.tolist() == [True, False, False, False]
    assert decisions["measured"][1:].tolist() == [100, 0.2, 0.5]
    assert decisions["limit"][1:].tolist() == [200, 0.3, 0.25]
    assert np.isnan([decisions["measured"][0], decisions["limit"][0]]).all()


def test_the_order_of_the_rules_decides_the_reason() -> None:
    documents = rows((100, 0.1, 0.5))

    assert select(documents, by(RULES))["reason"].tolist() == ["too_short"]
    assert select(documents, by(RULES[::-1]))["reason"].tolist() == ["too_many_digits"]
    assert select(documents, by(RULES[::-1]))["measured"].tolist() == [0.5]


def test_a_table_of_several_chunks_is_selected_like_one_of_one() -> None:
    table = pa.concat_tables([rows((300, 0.9, 0.1)), rows((100, 0.9, 0.1))])

    assert select(table, by(RULES))["reason"].tolist() == [None, "too_short"]


def test_without_rules_every_row_goes_on() -> None:
    assert select(rows((1, 0, 0)), by()).is_open.tolist() == [True]


def test_no_rows_give_no_decisions() -> None:
    decisions = select(rows(), by(RULES))

    assert len(decisions) == 0
    assert decisions["measured"].tolist() == []


def test_rows_without_the_column_of_a_rule_are_an_error() -> None:
    with pytest.raises(KeyError, match="han_ratio"):
        select(rows((300, 0.9, 0.1)).select(["char_count"]), by(RULES))


@given(values=documents)
@settings(max_examples=60)
def test_a_row_is_rejected_exactly_if_some_rule_rejects_it(
    values: list[tuple[int, float, float]],
) -> None:
    decisions = select(rows(*values), by(RULES))

    expected = [chars < 200 or han < 0.3 or digits > 0.25 for chars, han, digits in values]
    assert (~decisions.is_open).tolist() == expected
    assert (~np.isnan(decisions["measured"])).tolist() == expected


@given(values=documents, cut=st.integers(0, 30))
@settings(max_examples=60)
def test_cutting_a_batch_anywhere_changes_nothing(
    values: list[tuple[int, float, float]], cut: int
) -> None:
    whole = select(rows(*values), by(RULES))
    parts = [select(rows(*values[:cut]), by(RULES)), select(rows(*values[cut:]), by(RULES))]

    for name in ("outcome", "stage", "reason"):
        joined = np.concatenate([part[name] for part in parts])
        assert joined.tolist() == whole[name].tolist()
    for name in ("measured", "limit"):
        joined = np.concatenate([part[name] for part in parts])
        assert np.array_equal(joined, whole[name], equal_nan=True)


def test_a_row_beyond_one_of_two_limits_goes_on_to_the_next_rule() -> None:
    also = Limit(signal="digit_ratio", max=0.25)
    rules = (
        Rule(signal="han_ratio", min=0.3, also=also, reason="table"),
        Rule(signal="char_count", min=200, reason="too_short"),
    )
    documents = rows((300, 0.1, 0.2), (100, 0.1, 0.2), (100, 0.1, 0.5), (300, 0.9, 0.5))

    decisions = select(documents, by(rules))

    assert decisions["reason"].tolist() == [None, "too_short", "table", None]
    assert decisions["measured"][1:3].tolist() == [100, 0.1]


def test_rows_without_the_column_of_a_second_limit_are_an_error() -> None:
    also = Limit(signal="digit_ratio", max=0.25)
    rule = Rule(signal="han_ratio", min=0.3, also=also, reason="table")

    with pytest.raises(KeyError, match="digit_ratio"):
        select(rows((300, 0.9, 0.1)).select(["han_ratio"]), by((rule,)))


def test_a_limit_by_tier_is_told_with_the_tier_that_counted() -> None:
    limits = {"official": 20, "general": 200, "unregistered": 400}
    rule = Rule.model_validate({"signal": "char_count", "min": limits, "reason": "too_short"})
    tiers = pa.array(["official", "reputable", "general", None, None], pa.string())
    documents = pa.table({"char_count": [10, 20, 100, 300, 400], "source_tier": tiers})

    decisions = select(documents, by((rule,)))

    assert decisions["limit"][[0, 2, 3]].tolist() == [20, 200, 400]
    assert decisions["evidence"].tolist() == ["official", None, "general", "unregistered", None]
    assert by((rule,)).columns == ["char_count", "source_tier"]


def test_rules_that_wait_for_verdicts_on_sites_end_nothing_before() -> None:
    rule = Rule.model_validate(
        {"signal": "char_count", "min": {"trusted": 20, "unknown": 200}, "reason": "too_short"}
    )
    documents = pa.table({"char_count": [0, 100, 0], "verdict": ["unknown", "trusted", "fine"]})

    decisions = select(documents, by((rule,)))
    assert decisions.is_open.all()
    assert by((rule,)).columns == []
    end_by_rules(documents, by_verdict((*RULES, rule)), decisions, np.array([True, True, False]))

    assert decisions["reason"].tolist() == ["too_short", None, None]
    assert decisions["evidence"].tolist() == ["unknown", None, None]


DECIDING = [name for name in RIGHTS.names if name not in UNDECIDING]
LISTS = ("licenses", "reservations", "ai_agents_disallowed", "statements")
PAGE: dict[str, Any] = {
    "url": "http://www.a.cn/",
    "host": "www.a.cn",
    **GateMeasure(900, 800, 700, 0.25, 1.5)._asdict(),
    "language": "zh",
    "language_score": 0.75,
    **{name: None for name in RIGHTS.names if RIGHTS.field(name).nullable},
    **{name: empty_of(RIGHTS.field(name).type) for name in LISTS},
    "paywall": "none",
    "ai_train": "not_stated",
    "char_count": 300,
}
ALL = by(
    RULES[:1],
    sources=blocking("b.cn"),
    gate=Gate(),
    language=LanguageSection(keep=("zh", "yue")),
    rights=Rights(exclude=("noai", "noindex")),
)


def pages(*columns: dict[str, Any]) -> pa.Table:
    flags = {name: False for name in RIGHTS.names if name not in PAGE}
    return pa.Table.from_pylist([PAGE | flags | each for each in columns])


def ended_by(decisions: Decisions) -> list[tuple[str, str, Any, Any] | None]:
    """Returns stage, reason, value and limit of each row that is ended."""
    names = ("stage", "reason", "measured", "limit")
    columns = (pa.array(decisions[name], from_pandas=True).to_pylist() for name in names)
    return [row if row[0] else None for row in zip(*columns, strict=True)]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({}, None),
        ({"host": "b.cn"}, ("sources", "blocked_source", None, None)),
        ({"most_han_count": 49}, ("gate", "too_few_han", 49, 50)),
        ({"suspected_han_count": 49}, ("gate", "too_few_han", 49, 50)),
        ({"visible_han_count": 49}, ("gate", "text_in_script", 49, 50)),
        ({"kana_ratio": 0.75}, ("gate", "too_much_kana", 0.75, 0.5)),
        ({"word_ratio": 2.5}, None),
        (
            {"word_ratio": 2.5, "visible_han_count": 199},
            ("gate", "mostly_other_words", 2.5, 2),
        ),
        ({"language": "yue"}, None),
        ({"language": "en"}, ("language", "other_language", 0.75, None)),
        ({"noindex": True}, ("rights", "noindex", None, None)),
        ({"noindex": True, "noai": True}, ("rights", "noai", None, None)),
        ({"char_count": 100}, ("select", "too_short", 100, 200)),
    ],
    ids=str,
)
def test_each_criterion_ends_a_document_with_what_it_measured(
    columns: dict[str, Any], expected: tuple[Any, ...] | None
) -> None:
    decisions = select(pages({}, columns, {}), ALL)

    assert ended_by(decisions) == [None, expected, None]


def test_the_criteria_count_in_the_order_of_the_way_of_a_page() -> None:
    failures: list[dict[str, Any]] = [
        {"host": "b.cn"},
        {"most_han_count": 1},
        {"language": "en"},
        {"noai": True},
        {"char_count": 1},
    ]
    worse = [dict(pair for each in failures[n:] for pair in each.items()) for n in range(5)]

    decisions = select(pages(*worse), ALL)

    stages = ["sources", "gate", "language", "rights", "select"]
    assert decisions["stage"].tolist() == stages


def test_only_the_columns_of_what_is_asked_for_are_needed() -> None:
    assert by(RULES[:1]).columns == ["char_count"]
    assert by(sources=blocking("b.cn")).columns == ["url", "host"]
    assert by(gate=Gate()).columns == GATE.names
    assert by(language=LanguageSection()).columns == ["language", "language_score"]
    assert by(rights=Rights(exclude=("noai",))).columns == DECIDING
    assert select(pages({"noai": True}).select(ALL.columns), ALL)["reason"].tolist() == ["noai"]


def test_documents_whose_bytes_were_not_measured_pass_the_gate() -> None:
    unmeasured = dict.fromkeys(GATE.names)

    decisions = select(pages(unmeasured, {"most_han_count": 1}), by(gate=Gate()))

    assert decisions.is_open.tolist() == [True, False]


def test_narrower_criteria_end_records_anew_that_the_pass_had_ended() -> None:
    ended = pages(
        {"stage": "extract"},
        {"stage": "language", "host": "b.cn"},
        {"stage": "gate", "most_han_count": 90},
        {"stage": "decode", "kana_ratio": 0.75},
        {"stage": "sources", **dict.fromkeys(GATE.names)},
    )

    decisions = select_ended(ended, by(sources=blocking("b.cn"), gate=Gate(min_han_count=100)))

    assert ended_by(decisions) == [
        None,
        ("sources", "blocked_source", None, None),
        ("gate", "too_few_han", 90, 100),
        ("gate", "too_much_kana", 0.75, 0.5),
        None,
    ]


def test_what_a_record_itself_showed_stays() -> None:
    ended = pages({"stage": "read", "host": "b.cn", "most_han_count": 1})

    decisions = select_ended(ended, by(sources=blocking("b.cn"), gate=Gate()))

    assert decisions.is_open.tolist() == [True]
