"""Files of a config on their way to the machines of a runner."""

import hashlib
import json
from dataclasses import dataclass
from typing import Final, Self

from jingyu.pipeline.config.copies import Copy
from jingyu.pipeline.read import storage
from jingyu.pipeline.store import filesystem


@dataclass(frozen=True)
class Carried:
    """Files that a run brings along.

    Attributes:
        folder: Where workers find their contents, by digest.
        copies: The files; they travel as the name of a list in the folder, which may be long.
        listed: The name of that list, where it tells the files.
    """

    folder: str
    copies: tuple[Copy, ...] = ()
    listed: str = ""

    def __reduce__(self) -> tuple[type[Self], tuple[str, tuple[Copy, ...], str]]:
        return type(self), (self.folder, (), self._list)

    @property
    def _list(self) -> str:
        if not self.copies:
            return self.listed
        return f"{hashlib.sha256(self._told).hexdigest()[:32]}.json"

    @property
    def _told(self) -> bytes:
        return json.dumps(self.copies).encode()

    def send(self) -> None:
        """Puts the contents where workers find them."""
        there = filesystem.names_in(self.folder) if self.copies else frozenset()
        for copy in self.copies:
            if copy.sha256 not in there:
                content = storage.read_bytes(copy.path)
                filesystem.write_bytes(storage.join(self.folder, copy.sha256), content)
        if self.copies:
            filesystem.write_bytes(storage.join(self.folder, self._list), self._told)

    def receive(self) -> None:
        """Puts the files in their places on this machine, as far as they are missing."""
        copies = self.copies
        if self.listed and not copies:
            told = json.loads(storage.read_bytes(storage.join(self.folder, self.listed)))
            copies = tuple(Copy(*each) for each in told)
        for copy in copies:
            if not copy.is_there:
                copy.put(storage.read_bytes(storage.join(self.folder, copy.sha256)))


NOTHING: Final = Carried("")
"""What a run brings along whose workers are on this machine."""
