import numpy as np
from numpy.typing import NDArray

def sum_leaves(
    matrix: NDArray[np.float32],
    columns: NDArray[np.int32],
    thresholds: NDArray[np.float32],
    leaves: NDArray[np.int32],
    rows: int,
    depth: int,
    /,
) -> bytes: ...
def logistic(sums: bytes, bias: int, units: int, /) -> bytes: ...
