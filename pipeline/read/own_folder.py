"""A folder of this user's own for what processes on one machine share."""

import os
import tempfile
from pathlib import Path
from typing import Final

from jingyu.filters.settings.errors import ConfigError

_FOLDER: Final = "jingyu-files-"


def own_folder() -> Path:
    """Returns the folder, which need not be there."""
    return Path(tempfile.gettempdir()) / f"{_FOLDER}{os.getuid()}"


def make_own(folder: str) -> None:
    """Makes the folder, or one below it, which is to be this user's alone.

    Raises:
        ConfigError: It is somebody else's: many may write beside it.
    """
    places = (*reversed(Path(folder).parents), Path(folder))
    for place in places[next(n for n, at in enumerate(places) if at.name.startswith(_FOLDER)) :]:
        os.makedirs(place, mode=0o700, exist_ok=True)
        if os.lstat(place).st_uid != os.getuid() or place.is_symlink():
            raise ConfigError(
                f"{place}: is to hold copies of what the config names, and is another user's; "
                "remove it, or set TMPDIR to a folder of yours"
            )
