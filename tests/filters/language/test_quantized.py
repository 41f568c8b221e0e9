import functools
from importlib import resources
from typing import Any

import fasttext
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.filters.language.linear import Model
from jingyu.filters.language.quantized import Labels

PATH = resources.files("jingyu.configs") / "models" / "lid.176.ftz"


@functools.cache
def labels() -> Labels:
    return Labels(PATH.read_bytes())


@functools.cache
def model() -> Any:
    return fasttext.load_model(str(PATH))


def asked(line: str) -> list[tuple[str, float]]:
    found = model().f.predict(line + "\n", 8, 0.0, "strict")
    return [(label.removeprefix("__label__"), min(score, 1.0)) for score, label in found]


@pytest.mark.parametrize(
    "line",
    [
        "",
        " ",
        "\0",
        "a\0b\tc\x0bd\x0ce\rf",
        "今天天气很好，我们一起去公园散步。",
        "呢度係香港，我哋今日去邊度食飯呀？",
        "これは日本語の文章です。 the English words の 中に",
        "한국어 문장입니다.",
        "😀 𠀀𠀁 é́́",
        "the </s> 后面的话它看不见",
        "</s>",
        "<s> <的> </s>的",
        "__label__zh 的 __label__none __label__",
    ],
)
def test_a_line_has_the_probabilities_that_fasttext_finds(line: str) -> None:
    assert list(labels()(line).items()) == asked(line)


@given(
    st.text(
        st.one_of(
            st.sampled_from("的一是在 theandofのはを한국어\0\t<>/s_😀"),
            st.characters(exclude_categories=["Cs"], exclude_characters="\n"),
        )
    )
)
def test_any_line_has_the_probabilities_that_fasttext_finds(line: str) -> None:
    assert list(labels()(line).items()) == asked(line)


@pytest.mark.parametrize("content", [b"", b"PK\3\4" + bytes(200), PATH.read_bytes()[:5000]])
def test_another_file_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        Labels(content)


ROWS: dict[str, Any] = {
    "words": {b"</s>": 0},
    "bucket_count": 10,
    "buckets": b"\3\0\0\0",
    "codes": bytes(16),
    "norms": bytes(8),
    "centroids": bytes(8 * 256 * 2 * 4),
    "outputs": bytes(64),
    "children": b"\0\0\0\0\1\0\0\0",
}


@pytest.mark.parametrize(
    "wrong",
    [
        {"bucket_count": 0},
        {"bucket_count": 3},
        {"buckets": b"\xff\xff\xff\xff"},
        {"buckets": bytes(12)},
        {"codes": bytes(15)},
        {"norms": bytes(4)},
        {"centroids": bytes(8)},
        {"outputs": bytes(60)},
        {"children": b""},
        {"children": b"\0\0\0\0\2\0\0\0"},
        {"children": b"\0\0\0\0\xff\xff\xff\xff"},
        {"children": bytes(8 * 256), "outputs": bytes(64 * 256)},
    ],
)
def test_parts_of_a_model_that_do_not_fit_are_refused(wrong: dict[str, Any]) -> None:
    assert Model(**ROWS).labels("的".encode())
    with pytest.raises(ValueError, match=r"."):
        Model(**ROWS | wrong)


def test_a_word_with_a_row_that_the_model_lacks_is_an_error() -> None:
    with pytest.raises(ValueError, match="no row"):
        Model(**ROWS | {"words": {b"</s>": 1}}).labels(b"")
