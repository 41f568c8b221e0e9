"""The register that a config names, read once in a process."""

import functools

from jingyu.filters.source.register import Register
from jingyu.filters.source.register_files import load_register
from jingyu.filters.source.settings import SourceRegister


@functools.cache
def register_of(settings: SourceRegister) -> Register:
    """Returns the register that a config names; an empty one where it names none.

    Raises:
        ConfigError: A file cannot be read or is wrong.
    """
    return load_register(settings.files) if settings.files else Register()
