"""Tests of forms: what cannot be a template need not be looked at."""

from typing import Any

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.sign.form import NO_FORM
from jingyu.pipeline.steps.sources.forms import filled_forms, forms_of_several, templates_of

PAGES = st.lists(
    st.tuples(
        st.integers(NO_FORM, 4), st.sampled_from("甲乙丙"), st.sampled_from(["a.cn", "", None])
    )
)


def table_of(pages: list[tuple[int, str, Any]]) -> pa.Table:
    forms, titles, sites = zip(*pages, strict=True) if pages else ((), (), ())
    columns = {"form_hash": pa.array(forms, pa.uint64()), "title": pa.array(titles, pa.string())}
    named = pa.array(sites, pa.string())
    return pa.table(columns | {"site": named, "registered_domain": named})


@given(PAGES, st.integers(2, 4))
def test_templates_are_found_among_the_forms_of_several_pages_alone(
    pages: list[tuple[int, str, Any]], least: int
) -> None:
    table, is_let_in = table_of(pages), np.ones(len(pages), np.bool_)
    among = forms_of_several(table["form_hash"].to_numpy(), least)

    found = templates_of(filled_forms(table, 1, is_let_in, among), least)

    assert found.tolist() == templates_of(filled_forms(table, 1, is_let_in), least).tolist()


def test_a_form_of_as_many_pages_is_of_several_and_one_of_fewer_is_not() -> None:
    forms = np.array([7, 5, 7, 5, 9, 5], np.uint64)

    assert forms_of_several(forms, 3).tolist() == [5]
    assert forms_of_several(forms, 2).tolist() == [5, 7]
    assert not forms_of_several(forms[:0], 2).size
