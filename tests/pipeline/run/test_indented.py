import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.run.indented import indented

KEYS = st.text(max_size=5) | st.integers() | st.booleans() | st.none() | st.floats()
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner)
        | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(value=PLAIN)
def test_it_is_what_the_standard_library_writes(value: object) -> None:
    assert indented(value) == json.dumps(value, ensure_ascii=False, indent=1)


@given(key=KEYS)
def test_keys_that_are_no_text_become_text_as_the_standard_library_has_it(key: object) -> None:
    assert indented({key: 1}) == json.dumps({key: 1}, ensure_ascii=False, indent=1)


def test_what_json_does_not_know_is_an_error() -> None:
    with pytest.raises(TypeError):
        indented({"a": [object()]})
