"""What the files that a config names contain."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from jingyu.filters.settings.errors import ConfigError, InputError
from jingyu.pipeline.read import storage


def digests_of(paths: Sequence[str], config: Path) -> dict[str, str]:
    """Returns the SHA-256 of each file, of a folder that of its files and their names.

    Raises:
        ConfigError: A file cannot be read; the message names the config that names it.
    """
    digests = {}
    for path in paths:
        try:
            digests[path] = _digest(path)
        except InputError:
            problem = "there is no such file"
        except OSError as error:
            problem = str(error)
        else:
            continue
        raise ConfigError(f"{config}: names {path}, which cannot be read: {problem}")
    return digests


def _digest(path: str) -> str:
    files = storage.find(path)
    if [file.path for file in files] == [path]:
        return hashlib.sha256(storage.read_bytes(path)).hexdigest()
    whole = hashlib.sha256()
    for file in files:
        content = hashlib.sha256(storage.read_bytes(file.path)).hexdigest()
        # Surrogates stand for bytes of a name that are no UTF-8.
        whole.update(f"{content} {file.name}\0".encode("utf-8", "surrogateescape"))
    return whole.hexdigest()
