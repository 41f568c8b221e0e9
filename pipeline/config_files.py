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
        digest = hashlib.sha256()
        try:
            files = storage.find(path)
            for file in files:
                if len(files) > 1:
                    digest.update(file.name.encode())
                digest.update(storage.read_bytes(file.path))
        except InputError:
            problem = "there is no such file"
        except OSError as error:
            problem = str(error)
        else:
            digests[path] = digest.hexdigest()
            continue
        raise ConfigError(f"{config}: names {path}, which cannot be read: {problem}")
    return digests
