"""What people say in `disclosure.yaml` of what no output can know."""

from collections.abc import Iterator
from typing import Any

import yaml

from jingyu.filters.settings.errors import ConfigError
from jingyu.pipeline.read import storage


def read_answers(path: str) -> dict[str, str]:
    """Returns answers by key: `provider: {name: …}` and `provider.name: …` are the same.

    Raises:
        ConfigError: The file cannot be read, or holds something else than words by key.
    """
    try:
        found = yaml.safe_load(storage.read_bytes(path))
    except (OSError, yaml.YAMLError) as error:
        raise ConfigError(f"{path}: cannot be read as YAML: {error}") from error
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise ConfigError(f"{path}: has to hold keys and what is said of them")
    return dict(_flat(found, path))


def _flat(found: dict[Any, Any], path: str, prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in found.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            yield from _flat(value, path, f"{name}.")
        elif isinstance(value, list):
            yield name, "; ".join(map(str, value))
        elif value is not None:
            yield name, str(value)
