import pickle
from collections import defaultdict
from pathlib import Path
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.runners.portability.fn_api_runner.fn_runner import FnApiRunner
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.run.beam import flow_on_beam
from jingyu.pipeline.run.here import flow_here
from jingyu.pipeline.run.packing import PLACES, ToPlaces, Values, by_target, framed, place_of
from jingyu.pipeline.store.work_list import write_work_list
from tests.support.steps import CountWords

values = st.binary(max_size=20) | st.tuples(st.integers(), st.binary(max_size=20)) | st.text()
targets = st.integers(0, 1 << 40) | st.text(max_size=3)
sent = st.lists(st.tuples(targets, values), max_size=40)


def travelled(sent: list[tuple[Any, Any]], most_bytes: int, places: int) -> dict[Any, list[Any]]:
    """Returns what each target has after the way through a shuffle."""
    packs = ToPlaces(most_bytes, places)
    at_places = defaultdict(list)
    for target, value in sent:
        for place, pack in packs.add(target, value):
            at_places[place].append(pack)
    for place, pack in packs.rest():
        at_places[place].append(pack)
    chunks = defaultdict(list)
    for there in at_places.values():
        for target, frames in by_target(there, most_bytes):
            chunks[target].append(frames)
    return {target: list(Values(found)) for target, found in chunks.items()}


@given(sent=sent, most_bytes=st.integers(1, 200), places=st.integers(1, 5))
def test_each_target_has_all_of_its_values_however_little_is_held(
    sent: list[tuple[Any, Any]], most_bytes: int, places: int
) -> None:
    expected = defaultdict(list)
    for target, value in sent:
        expected[target].append(value)

    found = travelled(sent, most_bytes, places)

    assert found.keys() == expected.keys()
    assert all(sorted(map(repr, found[t])) == sorted(map(repr, expected[t])) for t in expected)


def test_what_an_element_has_for_many_targets_goes_to_few_places() -> None:
    packs = ToPlaces()

    early = [pack for n in range(100_000) for pack in packs.add(n, b"12345678")]
    told = list(packs.rest())

    assert early == []
    assert sorted(place for place, _ in told) == list(range(PLACES))


def test_no_more_is_held_than_may_be() -> None:
    packs = ToPlaces(most_bytes=1_000, places=4)

    told = [len(list(packs.add(number, bytes(95)))) for number in range(40)]

    assert [number for number, count in enumerate(told) if count] == [9, 19, 29, 39]
    assert list(packs.rest()) == []


def test_a_target_has_one_place_in_every_process() -> None:
    assert [place_of(t) for t in (0, 255, 256, 7 + (1 << 40))] == [0, 255, 0, 7]
    assert place_of("a") == place_of("a") == 250


def test_values_are_looked_at_as_often_as_need_be_and_travel() -> None:
    found = Values(iter([framed(b"a") + framed((1, b"b"))]))

    travelled = pickle.loads(pickle.dumps(found))

    assert list(travelled) == list(travelled) == [b"a", (1, b"b")]


@pytest.mark.parametrize("is_local", [True, False])
def test_a_dataflow_gives_the_same_whether_elements_are_packed(
    tmp_path: Path, *, is_local: bool
) -> None:
    here, there = CountWords(tmp_path / "here"), CountWords(tmp_path / "there")
    texts = ("ein alter brauch", "alter wein", "净语 𠮷 alter")
    work_list = str(tmp_path / "list")
    write_work_list(work_list, texts)
    flow_here(here, texts)

    pipeline = beam.Pipeline(runner=FnApiRunner())
    flow_on_beam(pipeline, there, work_list, is_local=is_local)
    pipeline.run().wait_until_finish()

    assert there.found() == here.found()
