"""What pyproject.toml cannot say: which packages there are, and how C becomes extensions.

The folders lie at the top and are imported below `jingyu`, so that an installed Jingyu takes no
name that another project may use.
"""

from pathlib import Path

from setuptools import Extension, find_packages, setup

FOLDERS = ("configs", "filters", "pipeline", "schemas")
SHARED = "filters/c"  # headers that any C file may include
_HIDDEN = "-fvisibility=hidden"

# Extensions of several files, and what a compiler is told; all other C files are one each.
_OF_SEVERAL = {
    "pipeline/page/extract/reader": (
        "containers",
        "hints",
        "lines",
        "page",
        "references",
        "room",
        "silence",
        "table",
    ),
    "pipeline/page/extract/looks": (
        "corrections",
        "expectation",
        "first_look",
        "repeated",
        "rows",
        "second_look",
    ),
}
_ARGUMENTS = {
    "pipeline/page/extract/reader": [_HIDDEN],
    # No fused operations: the same numbers on any processor.
    "pipeline/page/extract/looks": ["-ffp-contract=off", _HIDDEN],
    "filters/language/linear": ["-ffp-contract=off"],
    "filters/quality/model/curves": ["-ffp-contract=off"],
    # Or the compiler takes one permutation at a time.
    "pipeline/page/sign/sketch": ["-O3"],
}


def _sources(place: str) -> list[str]:
    """Returns the C files of an extension, by its place without a suffix."""
    folder = Path(place).parent
    others = (folder / name for name in _OF_SEVERAL.get(place, ()))
    return sorted(f"{path.as_posix()}.c" for path in (Path(place), *others))


def _extensions() -> list[Extension]:
    found = {
        file.with_suffix("").as_posix() for folder in FOLDERS for file in Path(folder).rglob("*.c")
    }
    parts = {
        str(Path(place).parent / name) for place, names in _OF_SEVERAL.items() for name in names
    }
    return [
        Extension(
            f"jingyu.{place.replace('/', '.')}",
            sources=_sources(place),
            include_dirs=[SHARED],
            depends=sorted(
                header.as_posix()
                for folder in (SHARED, Path(place).parent)
                for header in Path(folder).glob("*.h")
            ),
            extra_compile_args=_ARGUMENTS.get(place, []),
        )
        for place in sorted(found - parts)
    ]


def _packages() -> list[str]:
    return [
        "jingyu",
        *(
            f"jingyu.{name}"
            for name in find_packages(include=[*FOLDERS, *(f"{f}.*" for f in FOLDERS)])
        ),
    ]


setup(
    packages=_packages(),
    package_dir={"jingyu": "jingyu"} | {f"jingyu.{folder}": folder for folder in FOLDERS},
    package_data={
        "": ["*.[ch]", "*.css", "*.html", "*.js", "*.json", "*.pyi", "*.txt", "*.yaml", "py.typed"],
        "jingyu.configs": ["lists/**/*", "messages/*", "models/*", "recipes/*"],
        "jingyu.filters": [f"{Path(SHARED).name}/*.h"],
    },
    include_package_data=False,  # these are all, whatever else a source distribution holds
    ext_modules=_extensions(),
)
