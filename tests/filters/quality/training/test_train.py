import numpy as np
import pytest

from jingyu.filters.quality.model.text_model import TextModel
from jingyu.filters.quality.training.card import card
from jingyu.filters.quality.training.ranking import auc
from jingyu.filters.quality.training.train import Trained, calibration, train, weighed
from jingyu.schemas.staging import RULED
from tests.support.examples import GOOD, MENU, SPAM, example, examples

SIGNALS = ["prose_ratio", "punctuation_ratio", "function_char_ratio", "replacement_ratio"]


@pytest.fixture(scope="module")
def trained() -> Trained:
    made = [one._replace(signals={**one.signals, "replacement_ratio": 0.0}) for one in examples()]
    return train(made, SIGNALS, {"labels": "made"})


def test_sites_that_were_not_seen_are_told_apart(trained: Trained) -> None:
    labels = np.array([one.label for one in examples()])

    assert auc(trained.unseen["quality"], labels == "usable") > 0.95
    assert auc(trained.unseen["text_probability"], labels != "not-text") > 0.95


def test_a_signal_that_never_changes_is_not_weighed(trained: Trained) -> None:
    assert list(trained.model.signals) == SIGNALS[:-1]


def test_the_model_answers_for_a_document_as_it_learnt(trained: Trained) -> None:
    good, spam, menu = (example(99, label) for label in ("usable", "spam", "not-text"))
    answers = [
        trained.model.probabilities(one.text, one.title, one.signals) for one in (good, spam, menu)
    ]

    assert answers[0]["quality"] > 0.8
    assert max(answers[1]["quality"], answers[2]["quality"]) < 0.2
    assert answers[2]["text_probability"] < 0.2
    assert answers[1]["text_probability"] > 0.8


def test_equal_examples_make_equal_bytes_and_a_file_is_the_model(trained: Trained) -> None:
    again = train(examples(), SIGNALS[:-1], {"labels": "made"})
    read = TextModel.from_bytes(again.model.to_bytes())
    one = example(99, "usable")

    assert again.model.to_bytes() == trained.model.to_bytes() == read.to_bytes()
    assert read.probabilities(one.text, None, one.signals) == trained.model.probabilities(
        one.text, None, one.signals
    )


def test_an_empty_document_has_an_answer(trained: Trained) -> None:
    signals = dict.fromkeys(SIGNALS, 0.0)

    answers = trained.model.probabilities("", None, signals)

    assert all(0 <= answer <= 1 for answer in answers.values())


@pytest.mark.parametrize("content", [b"", b"PK", b"no model"])
def test_what_is_no_model_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="no model"):
        TextModel.from_bytes(content)


def test_a_model_that_was_damaged_anywhere_is_refused(trained: Trained) -> None:
    content = trained.model.to_bytes()
    damaged = (
        bytes([*content[:place], content[place] ^ 0xFF, *content[place + 1 :]])
        for place in range(0, len(content), len(content) // 40)
    )

    for each in damaged:
        try:
            TextModel.from_bytes(each)
        except ValueError as error:
            assert "no model" in str(error)  # noqa: PT017  (some bytes say nothing)


def test_calibrated_scores_are_as_often_right_as_they_say() -> None:
    rng = np.random.default_rng(1)
    chances = rng.random(4000)
    truth = rng.random(4000) < chances

    factor, summand = calibration(3 * np.log(chances / (1 - chances)) + 1, truth)

    assert factor == pytest.approx(1 / 3, abs=0.03)
    assert summand == pytest.approx(-1 / 3, abs=0.1)


def test_the_card_tells_sizes_figures_and_where_it_fails(trained: Trained) -> None:
    told = card(examples(), trained)

    assert "- documents: 60, of 60 groups" in told
    assert "| made | 20 | 20 | 20 |" in told
    assert "## Where it fails" in told
    assert any(word[:2] in told for word in (*GOOD, *SPAM, *MENU))


def test_lines_masking_and_scores_are_not_weighed() -> None:
    names = weighed(RULED.names)

    assert "prose_ratio" in names
    assert not {"quality", "text_probability", "line_count", "masked_qq_count"} & set(names)


def test_copies_of_good_texts_are_scored_and_not_learnt_from() -> None:
    copies = [
        example(number, "usable")._replace(label="spam", kind="counterfeit-mirror")
        for number in range(90, 110)
    ]

    again = train([*examples(), *copies], SIGNALS[:-1], {"labels": "made"})

    assert (again.unseen["quality"][-20:] > 0.5).all()
    assert (again.unseen["quality"][1:60:3] < 0.5).all()
