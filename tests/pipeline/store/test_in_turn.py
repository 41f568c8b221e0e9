import threading
from collections.abc import Iterator

import pytest

from jingyu.pipeline.store.in_turn import CONNECTIONS, in_turn

FOLDERS = pytest.mark.parametrize("folder", ["a/folder", "s3://bucket/folder"])


@FOLDERS
@pytest.mark.parametrize("count", [0, 1, 4 * CONNECTIONS - 1, 4 * CONNECTIONS, 1_000])
def test_what_is_found_comes_in_the_order_of_what_is_asked_for(folder: str, count: int) -> None:
    assert list(in_turn(lambda number: -number, range(count), folder)) == [
        -number for number in range(count)
    ]


def test_files_of_a_store_are_asked_for_at_the_same_time() -> None:
    meet = threading.Barrier(CONNECTIONS)

    assert len(list(in_turn(lambda _: meet.wait(30), range(CONNECTIONS), "s3://b"))) == CONNECTIONS


def test_files_of_this_machine_are_asked_for_by_the_thread_that_wants_them() -> None:
    threads = set(in_turn(lambda _: threading.get_ident(), range(9), "a/folder"))

    assert threads == {threading.get_ident()}


@FOLDERS
def test_what_is_raised_ends_it(folder: str) -> None:
    def read(number: int) -> int:
        if number == 3:
            raise OSError(f"no file {number}")
        return number

    found = in_turn(read, range(1_000), folder)

    assert [next(found) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(OSError, match="no file 3"):
        next(found)


def test_no_more_than_some_are_read_ahead() -> None:
    asked: list[int] = []

    def numbers() -> Iterator[int]:
        for number in range(10_000):
            asked.append(number)
            yield number

    found = iter(in_turn(lambda number: number, numbers(), "s3://bucket"))
    next(found)

    assert len(asked) == 4 * CONNECTIONS
