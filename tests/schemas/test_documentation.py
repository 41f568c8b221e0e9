from pathlib import Path

from jingyu import schemas
from jingyu.schemas.corpus import CORPUS
from jingyu.schemas.documentation import documentation
from jingyu.schemas.ledger import LEDGER
from jingyu.schemas.reasons import REASONS


def test_the_readme_is_the_data_dictionary() -> None:
    readme = Path(schemas.__file__).with_name("README.md")

    assert readme.read_text("utf-8") == documentation(), (
        "run python -m jingyu.schemas.documentation > the file"
    )


def test_the_data_dictionary_lists_every_column_and_reason() -> None:
    corpus, ledger = documentation().split("\n## ledger/\n")

    assert all(f"\n| `{name}` | " in corpus for name in CORPUS.names)
    assert all(f"\n| `{name}` | " in ledger for name in (*LEDGER.names, *REASONS))


def test_no_cell_breaks_its_table() -> None:
    rows = [line for line in documentation().splitlines() if line.startswith("|")]

    assert {row.count(" | ") for row in rows} == {1, 3}
