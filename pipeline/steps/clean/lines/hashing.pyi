from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

def hash_lines(
    texts: Sequence[str], values: NDArray[np.uint64], kinds: bytes, /
) -> tuple[bytes, bytes, bytes, bytes, bytes, bytes]: ...
