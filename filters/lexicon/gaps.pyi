import numpy as np
from numpy.typing import NDArray

def close_gaps(
    text: str, known: NDArray[np.uint32], dropped: int, max_gap: int, /
) -> tuple[bytes, bytes, bytes, bytes] | None: ...
