import numpy as np
from numpy.typing import NDArray

def fold_characters(text: str, table: NDArray[np.uint32] | bytes, /) -> str: ...
def shingles(form: str, ngram: int, /) -> bytes: ...
def minima(
    shingles: NDArray[np.uint32] | bytes,
    factors: NDArray[np.uint32] | bytes,
    offsets: NDArray[np.uint32] | bytes,
    /,
) -> bytes: ...
