"""The twin in numpy of pipeline/page/decode/stray.c."""

import numpy as np

_WORTH_NOTHING = -(1 << 40)


def stray_in(bytes_of_run: bytes, of_pairs: bytes, cost: int) -> int:
    run = np.frombuffer(bytes_of_run, np.uint8).astype(np.uint16)
    table = np.frombuffer(of_pairs, np.int8)
    worth = table[run[:-1] << 8 | run[1:]].astype(np.int64)
    whole = int(worth[::2].sum())
    before = np.concatenate(([0], np.cumsum(worth[:-1:2])))
    behind = np.concatenate((np.cumsum(worth[1:-1:2][::-1])[::-1], [0]))
    # The stray may stand before a pair, or between its two bytes.
    around = table[run[:-2:2] << 8 | run[2::2]]
    read = np.stack((before + behind, np.full_like(before, _WORTH_NOTHING)), axis=1)
    read[:-1, 1] = before[:-1] + around + behind[1:]
    best = int(read.argmax())
    return best if read.flat[best] - cost > whole else -1
