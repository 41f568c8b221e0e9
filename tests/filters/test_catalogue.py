from pathlib import Path

from jingyu import filters
from jingyu.filters.catalogue import catalogue
from jingyu.schemas.staging import RULED


def test_the_readme_is_the_catalogue() -> None:
    readme = Path(filters.__file__).with_name("README.md")

    assert readme.read_text("utf-8") == catalogue(), (
        "run python -m jingyu.filters.catalogue > the file"
    )


def test_the_catalogue_lists_every_signal_with_its_unit() -> None:
    page = catalogue()

    for field in RULED:
        assert f"| `{field.name}` | {field.metadata[b'unit'].decode()} |" in page
