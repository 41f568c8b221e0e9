"""One run at a time writes to an output folder."""

import contextlib
import fcntl
import os
from collections.abc import Iterator

from jingyu.filters.settings.errors import JingyuError
from jingyu.pipeline.read import storage


@contextlib.contextmanager
def locked(out: str) -> Iterator[None]:
    """Holds a local output folder while the block runs; a killed run lets go of it.

    Raises:
        JingyuError: Another run holds it.
    """
    if not storage.is_local(out):
        yield
        return
    os.makedirs(out, exist_ok=True)
    # Nothing is written to it: it may be somebody else's.
    with open(storage.join(out, ".lock"), "ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise JingyuError(
                f"{out}: another run is writing there; wait for it, or give another `--output`"
            ) from None
        yield
