from math import isfinite

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.lexicon.measure import measure_lexicon
from jingyu.filters.lexicon.terms import Term
from jingyu.schemas.lexicon import LEXICON
from tests.support.terms import make_lexicon

texts = st.text() | st.text(alphabet="赌博气判决av *，\n𠮷\ud800", max_size=40)


def test_every_column_is_described_and_has_a_unit() -> None:
    for field in LEXICON:
        assert field.metadata[b"description"].endswith(b"."), field.name
        assert field.metadata[b"unit"], field.name
        assert not field.nullable


@pytest.mark.parametrize("text", ["", "赌博"])
def test_without_a_lexicon_all_is_zero(text: str) -> None:
    signals = measure_lexicon(text, None)

    assert list(signals) == LEXICON.names
    assert set(signals.values()) == {0}


def test_places_terms_and_share_are_those_of_the_subject() -> None:
    lexicon = make_lexicon("赌博", "赌场", Term("裸聊", "pornography", 3))

    signals = measure_lexicon("赌*博，赌 博；赌场 裸聊。十六字", lexicon)

    assert {name: value for name, value in signals.items() if value} == {
        "lexicon_gambling_count": 3,
        "lexicon_gambling_distinct": 2,
        "lexicon_gambling_ratio": 6 / 14,
        "lexicon_pornography_count": 1,
        "lexicon_pornography_distinct": 1,
        "lexicon_pornography_ratio": 2 / 14,
        "lexicon_severe_count": 1,
    }


def test_marks_of_contexts_and_exempt_places_are_measured() -> None:
    contexts = {"legal": ["法院", "人民法院"], "medical": ["患者"]}
    lexicon = make_lexicon("赌博", contexts=contexts)

    signals = measure_lexicon("人民法院判赌博，法院", lexicon)

    assert {name: value for name, value in signals.items() if value} == {
        "lexicon_exempt_count": 1,
        "lexicon_legal_context": 200.0,
    }


def test_risks_without_columns_of_their_own_are_measured_by_class() -> None:
    lexicon = make_lexicon(Term("偷拍", "a4_privacy"), Term("肖像", "a4_portrait"))

    signals = measure_lexicon("偷拍肖像", lexicon)

    assert signals["lexicon_a4_rights_count"] == 2
    assert signals["lexicon_a4_rights_ratio"] == 1


@settings(max_examples=150)
@given(text=texts)
def test_any_text_has_finite_signals_in_their_unit(text: str) -> None:
    lexicon = make_lexicon("赌博", "博气", Term("av", "pornography"), contexts={"legal": ["判决"]})

    signals = measure_lexicon(text, lexicon)

    assert list(signals) == LEXICON.names
    assert pa.RecordBatch.from_pylist([signals], LEXICON).to_pylist() == [signals]
    for field in LEXICON:
        value = signals[field.name]
        most = {b"ratio": 1, b"words per 1,000 code points": 1000}
        assert isfinite(value)
        assert 0 <= value <= most.get(field.metadata[b"unit"], len(text))
