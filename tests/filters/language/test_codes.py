import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.filters.language.codes import CODES, checked_code
from jingyu.filters.language.language import _model


def test_codes_are_those_of_the_model_and_none() -> None:
    labels = {label.removeprefix("__label__") for label in _model().get_labels()}

    assert set(CODES) == labels | {"und"}
    assert list(CODES) == sorted(set(CODES))


@pytest.mark.parametrize("code", ["zh", "yue", "wuu", "ja", "und"])
def test_a_code_that_can_be_found_is_accepted(code: str) -> None:
    assert checked_code(code) == code


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("zh-CN", "zh"),
        ("zh_TW", "zh"),
        ("zh-Hant-HK", "zh"),
        ("ZH", "zh"),
        (" zh", "zh"),
        ("zh-yue", "yue"),
        ("zh-cmn", "zh"),
        ("cmn", "zh"),
        ("zho", "zh"),
        ("chinese", "zh"),
        ("Chinese", "zh"),
        ("chinesse", "zh"),
        ("中文", "zh"),
        ("cn", "zh"),
        ("Cantonese", "yue"),
        ("en-US", "en"),
        ("jp", "ja"),
    ],
)
def test_what_is_no_code_is_refused_with_the_one_that_was_meant(code: str, meant: str) -> None:
    with pytest.raises(ValueError, match=f"did you mean `{meant}`?"):
        checked_code(code)


@pytest.mark.parametrize("code", ["", "xx", "klingon", "-"])
def test_what_means_nothing_is_refused_with_all_codes(code: str) -> None:
    with pytest.raises(ValueError, match=r"there are af, als, .* yue, zh$"):
        checked_code(code)


@given(st.text().filter(lambda text: text not in CODES))
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a language that is found"):
        checked_code(text)
