"""Configs that come with Jingyu."""

from pathlib import Path

from jingyu import configs


def find_config(name: str) -> Path:
    """Returns the path of a config; a bare name that is no file is one that is built in."""
    path = Path(name)
    if not path.is_file() and not path.suffix and len(path.parts) == 1:
        folder = Path(configs.__path__[0])
        for built_in in (folder / f"{name}.yaml", folder / "recipes" / f"{name}.yaml"):
            if built_in.exists():
                return built_in
    return path
