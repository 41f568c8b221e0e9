"""The files that a config names, and what they contain."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import storage
from pipeline.config_paths import BUILTIN
from pipeline.errors import ConfigError, InputError

if TYPE_CHECKING:
    from pipeline.config import RunConfig


def named_files(config: "RunConfig") -> Iterator[str]:
    """Yields the files and folders that decide what a config does, but for corpora and inputs."""
    yield from map(str, (*config.sources.allow_lists, *config.sources.block_lists))
    yield from (str(path) for path in config.source_register.files if path != BUILTIN)
    yield from map(str, config.provenance.networks)
    yield from config.rights.robots
    yield from (str(listed.path) for listed in config.lexicon.lists)
    yield from config.takedown.lists
    if config.quality.model:
        yield str(config.quality.model.path)


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
