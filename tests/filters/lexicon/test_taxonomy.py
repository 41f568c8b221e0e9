from collections import Counter

import pytest

from jingyu.filters.lexicon.taxonomy import (
    CATEGORIES,
    CLASSES,
    KEYS,
    RISKS,
    contexts_of,
    existing_key,
    risk_of,
    subject_of,
)
from jingyu.schemas.lexicon import CONTEXTS, SUBJECTS


def test_there_are_31_risks_in_five_classes() -> None:
    sizes = Counter(risk.risk_class.key for risk in RISKS)

    assert sizes == {"a1": 8, "a2": 9, "a3": 5, "a4": 7, "a5": 2}
    assert [found.key for found in CLASSES] == list(sizes)
    assert len({risk.key for risk in RISKS}) == 31


def test_clauses_are_lettered_in_order_within_each_class() -> None:
    for found in CLASSES:
        clauses = [risk.clause for risk in RISKS if risk.risk_class is found]

        assert clauses == [f"{found.clause} {letter}" for letter in "abcdefghi"[: len(clauses)]]


def test_every_key_is_measured_under_a_subject_and_every_subject_is_used() -> None:
    assert {subject_of(key) for key in KEYS} == set(SUBJECTS)


def test_risks_with_a_minimum_are_measured_each_by_itself() -> None:
    assert all(subject_of(risk.key) == risk.key for risk in RISKS if risk.risk_class.min_terms)
    assert subject_of("a3_trade_secrets") == subject_of("a3_other") == "a3_commercial"


def test_our_categories_belong_to_risks() -> None:
    found = {category.key: risk_of(category.key).clause for category in CATEGORIES}

    assert found == {
        "commercial_spam": "A.3 e",
        "gambling": "A.1 h",
        "pornography": "A.1 f",
        "fraud": "A.1 h",
    }
    assert risk_of("a2_age").clause == "A.2 f"


def test_contexts_are_those_that_are_measured() -> None:
    assert {context for key in KEYS for context in contexts_of(key)} == set(CONTEXTS)


def test_an_unknown_key_names_the_likeliest() -> None:
    assert existing_key("gambling") == "gambling"
    with pytest.raises(ValueError, match="did you mean gambling"):
        existing_key("gamblin")
    with pytest.raises(ValueError, match="there are commercial_spam, gambling"):
        existing_key("赌博")
