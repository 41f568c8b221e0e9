import numpy as np
from numpy.typing import NDArray

def slots(
    text: str, folded: NDArray[np.uint16] | bytes, salt: int, bits: int, most: int, /
) -> bytes: ...
def weigh(
    text: str,
    folded: NDArray[np.uint16] | bytes,
    salt: int,
    bits: int,
    most: int,
    weights: bytes,
    /,
) -> tuple[int, int, int]: ...
