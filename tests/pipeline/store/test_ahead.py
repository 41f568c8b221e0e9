import threading

import pytest

from jingyu.pipeline.store.ahead import ahead


@pytest.mark.parametrize("count", [0, 1, 2, 100])
def test_what_is_done_ahead_comes_in_order(count: int) -> None:
    assert list(ahead(lambda n: n * n, range(count))) == [n * n for n in range(count)]


def test_few_are_done_ahead_of_who_waits() -> None:
    begun, lock = [0], threading.Lock()

    def begin(_: int) -> int:
        with lock:
            begun[0] += 1
        return begun[0]

    for taken, _ in enumerate(ahead(begin, range(200)), start=1):
        assert begun[0] <= taken + 5


def test_what_fails_in_a_thread_fails_for_who_waits() -> None:
    with pytest.raises(ZeroDivisionError):
        list(ahead(lambda n: 1 // n, [1, 0, 1]))
