from collections.abc import Callable
from typing import TypeVar

_Found = TypeVar("_Found")

class Numbers:
    def __init__(
        self,
        kinds: bytes,
        following: bytes,
        matched: bytes,
        forms: tuple[tuple[int, int, bool, bool, bytes | None], ...],
        common: bytes,
        most_groups: int,
        long_run: int,
        /,
    ) -> None: ...
    def find(
        self,
        text: str,
        check: Callable[
            [str, tuple[int, ...], tuple[int, ...], tuple[int, int], int], _Found | None
        ],
        /,
    ) -> list[_Found]: ...
