from typing import Any

import numpy as np
from numpy.typing import NDArray

def measure(
    lines: tuple[NDArray[np.int32], ...],
    nodes: tuple[NDArray[np.int32], ...],
    probability: NDArray[np.float32] = ...,
    /,
) -> bytes: ...
def corrected(
    lines: tuple[NDArray[np.int32], ...],
    nodes: tuple[NDArray[np.int32], ...],
    probability: NDArray[np.float32],
    chosen: NDArray[np.bool_],
    texts: list[str],
    limits: tuple[Any, ...],
    /,
) -> tuple[bytearray, int, bool]: ...
def expected_score(probability: NDArray[np.float32], lengths: NDArray[np.float32], /) -> float: ...
def repeats(lines: list[str], title: str, /) -> tuple[bytes, list[int]]: ...
