"""A job of a runner: cancelled where the run is stopped, told in a sentence where it fails."""

import contextlib
import re
import threading
import traceback
from collections.abc import Iterator
from typing import Any, Final

from jingyu.filters.settings.errors import JingyuError

# The last line of what Beam says of an error in a worker; it keeps neither type nor number.
_SYSTEM_ERROR: Final = re.compile(r"\[Errno (\d+)\] ([^\n]*?)>? \[while running '[^\n]*\s*\Z")
_RAISED: Final = re.compile(
    r"^(?P<type>[\w.]+)(?:: (?P<message>[^\n]*?))? \[while running '(?P<step>[^\n']*)'\]",
    re.MULTILINE,
)
_OURS: Final = frozenset({"JingyuError", "InputError", "ConfigError", "UnreadableInput"})
_PLACE: Final = re.compile(r'jingyu/((?:schemas|filters|pipeline)/[^"\n]+\.py)", line (\d+)')
_OF_BEAM: Final = re.compile(r"-ptransform-\d+\Z")


def ended(pipeline: Any) -> Any:
    """Runs a pipeline to its end and returns its state.

    Whoever stops the run while it waits stops the job, too, wherever it runs.

    Raises:
        OSError: A worker could not read or write.
        JingyuError: The job failed.
    """
    try:
        with _quiet_threads():
            return _waited_for(pipeline.run())
    except Exception as error:
        raise failure_of(error) from error


def _waited_for(result: Any) -> Any:
    try:
        return result.wait_until_finish()
    except KeyboardInterrupt:
        with contextlib.suppress(Exception):  # the runner may be what is gone
            result.cancel()
        raise


@contextlib.contextmanager
def _quiet_threads() -> Iterator[None]:
    """Keeps Beam's threads from printing what the job's end tells: that a runner is gone."""
    hook, threading.excepthook = threading.excepthook, lambda _: None
    try:
        yield
    finally:
        threading.excepthook = hook


def failure_of(error: Exception) -> Exception:
    """Returns what a run says of a job that failed.

    What others raised is named by its type and its place in our code: messages of libraries may
    quote what pages say.
    """
    told = "".join(traceback.format_exception(error))
    if found := _SYSTEM_ERROR.search(told):
        return OSError(int(found[1]), found[2])
    raised = list(_RAISED.finditer(told))
    if not raised and isinstance(error, (JingyuError, OSError)):
        return error
    if not raised:
        return JingyuError(f"the runner failed: {_kind_of(error)}; see its log, and run again")
    last = raised[-1]
    kind = last["type"].rpartition(".")[2]
    if kind in _OURS and last["message"]:
        return JingyuError(last["message"])
    places = list(_PLACE.finditer(told))
    where = f" at {places[-1][1]}:{places[-1][2]}" if places else ""
    step = _OF_BEAM.sub("", last["step"])
    return JingyuError(
        f"the job failed in {step}: {kind}{where}; see the log of the runner, and run again to "
        "continue"
    )


def _kind_of(error: Exception) -> str:
    """Returns an error's type, and of a server that is not there what gRPC says of it."""
    code = getattr(error, "code", None)
    name = getattr(code() if callable(code) else None, "name", "")
    return f"{type(error).__name__} {name}".strip()
