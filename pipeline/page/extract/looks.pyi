import numpy as np
from numpy.typing import NDArray

def measure(
    lines: tuple[NDArray[np.int32], ...],
    nodes: tuple[NDArray[np.int32], ...],
    probability: NDArray[np.float32] = ...,
    /,
) -> bytes: ...
