"""A folder of somebody else's, with modules of the names that ours and libraries have."""

from pathlib import Path

NAMES = ("pipeline", "tests", "jingyu", "filters", "schemas")
LIBRARIES = ("numpy", "pyarrow", "secrets", "json")


def foreign_folder(folder: Path) -> Path:
    """Fills a folder with modules that end the process that imports one, and returns it."""
    for name in NAMES:
        (folder / name).mkdir(parents=True)
        (folder / name / "__init__.py").write_text(f"raise SystemExit('foreign {name}')\n", "utf-8")
    for name in LIBRARIES:
        (folder / f"{name}.py").write_text(f"raise SystemExit('foreign {name}')\n", "utf-8")
    return folder
