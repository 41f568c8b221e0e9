import pytest
from pydantic import ValidationError

from jingyu.pipeline.config.decontamination import Benchmark, Decontamination


def test_a_benchmark_has_a_layout_or_fields() -> None:
    assert Benchmark(name="ceval", paths=("ceval",), layout="ceval").fields == ()
    assert Benchmark(name="own", paths=("own.csv",), fields=("question",)).layout is None


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"layout": None}, "give either `layout`"),
        ({"fields": ("question",)}, "give either `layout`"),
        ({"layout": None, "fields": ("a", "a")}, "twice"),
        ({"paths": ()}, "`paths` is empty"),
        ({"name": ""}, "at least 1 character"),
        ({"layout": "c-eval"}, "ceval"),
        ({"field": "question"}, "Extra inputs"),
    ],
)
def test_a_wrong_benchmark_is_refused(changed: dict[str, object], message: str) -> None:
    given = {"name": "ceval", "paths": ("ceval",), "layout": "ceval"} | changed

    with pytest.raises(ValidationError, match=message):
        Benchmark.model_validate(given)


def test_benchmarks_have_names_of_their_own() -> None:
    benchmark = {"name": "ceval", "paths": ("ceval",), "layout": "ceval"}

    with pytest.raises(ValidationError, match="a name of its own: ceval"):
        Decontamination.model_validate({"against": [benchmark, benchmark]})


@pytest.mark.parametrize(("key", "value"), [("ngram", 7), ("min_coverage", 0), ("action", "keep")])
def test_values_out_of_range_are_refused(key: str, value: object) -> None:
    with pytest.raises(ValidationError, match=key):
        Decontamination.model_validate({key: value})
