from pathlib import Path

import pyarrow as pa

from jingyu import schemas
from jingyu.schemas.corpus import corpus_schema
from jingyu.schemas.documentation import documentation
from jingyu.schemas.index import INDEX
from jingyu.schemas.ledger import LEDGER
from jingyu.schemas.lexicon import SUBJECTS
from jingyu.schemas.reasons import REASONS

CORPUS = corpus_schema(tuple(SUBJECTS))


def test_the_readme_is_the_data_dictionary() -> None:
    readme = Path(schemas.__file__).with_name("README.md")

    assert readme.read_text("utf-8") == documentation(), (
        "run python -m jingyu.schemas.documentation > the file"
    )


def test_the_data_dictionary_lists_every_column_and_reason() -> None:
    corpus, rest = documentation().split("\n## ledger/\n")
    ledger, rest = rest.split("\n## index/\n")
    index, reasons = rest.split("\n## Reasons\n")

    details = [
        f"{field.name}.{inner.name}"
        for field in CORPUS
        if pa.types.is_struct(field.type)
        for inner in field.type
    ]
    assert all(f"\n| `{name}` | " in corpus for name in (*CORPUS.names, *details))
    assert all(f"\n| `{name}` | " in ledger for name in LEDGER.names)
    assert all(f"\n| `{name}` | " in index for name in INDEX.names)
    assert all(f"\n| `{name}` | " in reasons for name in REASONS)


def test_no_cell_breaks_its_table() -> None:
    rows = [line for line in documentation().splitlines() if line.startswith("|")]

    assert {row.count(" | ") for row in rows} == {1, 3}
