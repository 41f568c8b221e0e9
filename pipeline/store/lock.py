"""One at a time writes to a place: a run to its output, a command to a file that runs share."""

import contextlib
import fcntl
import json
import os
import socket
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Event, Thread

from jingyu.filters.settings.errors import JingyuError
from jingyu.pipeline.read import storage
from jingyu.pipeline.store import filesystem

_CLAIMS = ".lock"
_RUN = "another run is writing there"
_OF_RUN = "wait for it, or give another `--output`"
_COMMAND = "another command is writing to it"
_OF_COMMAND = "wait for it, then run this again"
_RENEWED_AFTER_SECONDS = 30.0
_STALE_AFTER_SECONDS = 300.0


@contextlib.contextmanager
def locked(out: str) -> Iterator[None]:
    """Holds an output folder while the block runs; a killed run lets go of it.

    On a store it takes five minutes until a run that was killed on another machine counts as gone.

    Raises:
        JingyuError: Another run holds it.
    """
    with _held(_Place(out, storage.join(out, _CLAIMS), _RUN, _OF_RUN)):
        yield


@contextlib.contextmanager
def locked_file(path: str) -> Iterator[None]:
    """Holds a file, there or not yet, while the block reads it and writes it anew.

    Raises:
        JingyuError: Another command holds it.
    """
    folder, slash, name = path.rpartition("/")
    with _held(_Place(path, f"{folder}{slash}.{name}{_CLAIMS}", _COMMAND, _OF_COMMAND)):
        yield


@dataclass(frozen=True)
class _Place:
    """What is held."""

    path: str
    claims: str
    """The file that is locked, on a store the folder of claims."""
    holder: str
    advice: str


def _held(place: _Place) -> contextlib.AbstractContextManager[None]:
    return _locked_here(place) if storage.is_local(place.path) else _claimed(place)


@contextlib.contextmanager
def _locked_here(place: _Place) -> Iterator[None]:
    os.makedirs(os.path.dirname(place.claims) or ".", exist_ok=True)
    # Nothing is written to it: it may be somebody else's.
    with open(place.claims, "ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise JingyuError(f"{place.path}: {place.holder}; {place.advice}") from None
        yield


@dataclass(frozen=True)
class _Claim:
    """A run that wants to write to a folder: an object there that it writes anew now and then."""

    path: str
    renewed: float
    """When, by the clock of the store."""
    host: str
    process: int

    @property
    def is_of_a_killed_run(self) -> bool:
        """Whether it was made on this machine by a process that is no more."""
        return self.host == socket.gethostname() and not _is_alive(self.process)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # somebody else's
    return True


@contextlib.contextmanager
def _claimed(place: _Place) -> Iterator[None]:
    """Holds a place on a store.

    A store has no locks, but shows at once what was written: each run leaves a claim, then looks
    for others. Of two that begin at once, both may see the other's and give way; both go on only if
    one had been stopped for longer than a claim counts.
    """
    own = storage.join(place.claims, uuid.uuid4().hex)
    content = json.dumps({"host": socket.gethostname(), "process": os.getpid()}).encode()
    filesystem.write_bytes(own, content)
    ended = Event()
    renewing = Thread(target=_renew, args=(own, content, ended), daemon=True)
    renewing.start()
    try:
        _give_way(place, own)
        yield
    finally:
        ended.set()
        renewing.join()
        filesystem.delete(own)
        filesystem.delete_empty_folders(place.claims)


def _give_way(place: _Place, own: str) -> None:
    found = map(_claim, storage.find(storage.join(place.claims, "*")))
    claims = [claim for claim in found if claim]
    now = max(claim.renewed for claim in claims)
    for claim in claims:
        if claim.path == own:
            continue
        if claim.is_of_a_killed_run or now - claim.renewed > _STALE_AFTER_SECONDS:
            filesystem.delete(claim.path)
            continue
        raise JingyuError(
            f"{place.path}: {place.holder}, from {claim.host}; {place.advice}; if it was killed, "
            f"delete {claim.path}"
        )


def _claim(file: storage.StoredFile) -> _Claim | None:
    """Returns the claim in a file; none if it is gone by now, or somebody else's file."""
    try:
        told = json.loads(storage.read_bytes(file.path))
        return _Claim(file.path, file.modified, str(told["host"]), int(told["process"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def _renew(path: str, content: bytes, ended: Event) -> None:
    while not ended.wait(_RENEWED_AFTER_SECONDS):
        # A store that does not answer now may do so in time for the next.
        with contextlib.suppress(OSError):
            filesystem.write_bytes(path, content)
