import re
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.sign.clauses import clause_hashes

_HAN = "\u3400-\u9fff\U00020000-\U000323af"
_EDGES = "\u33ff\u3400\u9fff\ua000\U0001ffff\U00020000\U000323af\U000323b0"


def _found(text: str, least: int) -> list[int]:
    return memoryview(clause_hashes(text, least)).cast("I").tolist()


@given(st.text() | st.text(f"中文字，a {_EDGES}\ud800"), st.integers(1, 5))
def test_the_hashes_are_those_of_runs_of_han(text: str, least: int) -> None:
    runs = re.findall(f"[{_HAN}]{{{least},}}", text)

    assert _found(text, least) == [zlib.crc32(run.encode()) for run in runs]


@pytest.mark.parametrize("text", ["", "a", "，", "中"])
def test_a_text_without_long_runs_has_none(text: str) -> None:
    assert _found(text, 2) == []
