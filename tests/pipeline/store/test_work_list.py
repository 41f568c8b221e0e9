import pickle
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.store.work_list import WorkList, read_step, write_step, write_work_list


@given(count=st.integers(0, 40), most_runs=st.integers(1, 12))
def test_each_piece_is_in_one_run_and_has_its_number(count: int, most_runs: int) -> None:
    work = [("piece", number) for number in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/list"
        write_work_list(path, work, most_runs)
        found = WorkList(path)

        assert len(found) == count
        assert found.runs <= most_runs
        assert [piece for run in range(found.runs) for piece in found.run(run)] == work
        assert list(found) == work
        assert [found[number] for number in reversed(range(count))] == work[::-1]


def test_there_is_no_piece_beyond_the_last(tmp_path: Path) -> None:
    write_work_list(str(tmp_path / "list"), "ab")

    with pytest.raises(IndexError):
        WorkList(str(tmp_path / "list"))[2]


def test_a_worker_reads_its_own_run_alone(tmp_path: Path) -> None:
    path = tmp_path / "list"
    write_work_list(str(path), ["first", "second", "third"])
    content = path.read_bytes()
    first = pickle.dumps(("first",))
    path.write_bytes(content.replace(first, bytes(len(first))))

    found = WorkList(str(path))

    assert (found[1], found[2]) == ("second", "third")
    with pytest.raises(pickle.UnpicklingError):
        found.run(0)


def test_a_list_travels_as_its_name(tmp_path: Path) -> None:
    path = str(tmp_path / "list")
    write_work_list(path, range(10_000))
    found = WorkList(path)
    assert found[7] == 7

    travelled = pickle.dumps(found)

    assert len(travelled) < 200 + len(path)
    assert pickle.loads(travelled)[9_999] == 9_999


def test_a_step_lies_beside_its_list(tmp_path: Path) -> None:
    path = write_step(str(tmp_path / "list"), {"any": "step"})

    assert read_step(path) == {"any": "step"}
