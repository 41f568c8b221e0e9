"""The register that a config names, read once in a process."""

import functools

from pipeline.sources.register import Register
from pipeline.sources.register_files import load_register
from pipeline.sources.settings import SourceRegister


@functools.cache
def register_of(settings: SourceRegister) -> Register:
    """Returns the register that a config names; an empty one where it names none.

    Raises:
        ConfigError: A file cannot be read or is wrong.
    """
    return load_register(settings.files) if settings.files else Register()
