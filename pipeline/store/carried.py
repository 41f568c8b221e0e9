"""Files of a config on their way to the machines of a runner."""

from dataclasses import dataclass
from typing import Final

from jingyu.pipeline.config.copies import Copy
from jingyu.pipeline.read import storage
from jingyu.pipeline.store import filesystem


@dataclass(frozen=True)
class Carried:
    """Files that a run brings along.

    Attributes:
        folder: Where workers find their contents, by digest.
        copies: The files.
    """

    folder: str
    copies: tuple[Copy, ...] = ()

    def send(self) -> None:
        """Puts the contents where workers find them."""
        there = filesystem.names_in(self.folder) if self.copies else frozenset()
        for copy in self.copies:
            if copy.sha256 not in there:
                content = storage.read_bytes(copy.path)
                filesystem.write_bytes(storage.join(self.folder, copy.sha256), content)

    def receive(self) -> None:
        """Puts the files in their places on this machine, as far as they are missing."""
        for copy in self.copies:
            if not copy.is_there:
                copy.put(storage.read_bytes(storage.join(self.folder, copy.sha256)))


NOTHING: Final = Carried("")
"""What a run brings along whose workers are on this machine."""
