"""Functions in place of examining, that do to a process what hostile pages do."""

import contextlib
import os
import time
from collections.abc import Iterator

from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.page.page import Examined, Page
from jingyu.schemas.decisions import Decision

_obeyed: list[str] = []
"""What this process was told to do."""


def obey(page: Page, config: RunConfig) -> Examined:
    """Does what the page's payload says."""
    del config
    order = page.payload.decode()
    _obeyed.append(order)
    if order == "die":
        os._exit(9)
    if order == "hang":
        time.sleep(600)
    if order == "hoard":
        _ = bytearray(8 << 30)
    if order == "recurse":
        obey_forever()
    if order == "raise":
        raise KeyError("text of the page: 13800138000")
    if order == "be silent":
        return Examined({}, Decision("rejected", "extract", "obeyed"))
    if order == "tell orders":
        order = "\n".join(_obeyed)
    if order == "name files":
        order = "\n".join(_open_files())
    return Examined({"text": order}, Decision("rejected", "extract", "obeyed"))


def _open_files() -> Iterator[str]:
    """Yields what the process has open, but for the listing itself."""
    for number in os.listdir("/proc/self/fd"):
        with contextlib.suppress(FileNotFoundError):
            yield os.readlink(f"/proc/self/fd/{number}").partition(":")[0]


def obey_forever() -> None:
    obey_forever()
