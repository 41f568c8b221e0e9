import numpy as np
from numpy.typing import NDArray

def covered(
    code_points: NDArray[np.uint32] | bytes, seed: int, /
) -> tuple[int, int, int, int, int]: ...
