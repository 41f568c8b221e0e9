from collections.abc import Iterator

import pyarrow as pa
import pytest

from jingyu.schemas.changes import CHANGES
from jingyu.schemas.corpus import DOCUMENT, PLACES, STRUCTS, TOP, corpus_schema
from jingyu.schemas.decisions import DECISION, DECISIONS, Decision
from jingyu.schemas.index import INDEX
from jingyu.schemas.ledger import LEDGER, LENGTH
from jingyu.schemas.lexicon import LEXICON, SUBJECTS
from jingyu.schemas.provenance import PROVENANCE
from jingyu.schemas.staging import ENDED, STAGING
from jingyu.schemas.statistics import STATISTICS

CORPUS = corpus_schema(tuple(SUBJECTS))
NAMED = {
    "staging": STAGING,
    "ended": ENDED,
    "decisions": DECISIONS,
    "changes": CHANGES,
    "document": DOCUMENT,
    "corpus": CORPUS,
    "ledger": LEDGER,
    "index": INDEX,
} | STATISTICS
SCHEMAS = pytest.mark.parametrize("schema", NAMED.values(), ids=NAMED)


def columns(fields: pa.Schema | pa.StructType) -> Iterator[pa.Field]:
    """Yields all columns, those in structs among them."""
    for field in fields:
        yield field
        if pa.types.is_struct(field.type):
            yield from columns(field.type)


@SCHEMAS
def test_every_column_is_described_and_every_number_has_a_unit(schema: pa.Schema) -> None:
    for field in columns(schema):
        assert field.metadata[b"description"].endswith(b"."), field.name
        if pa.types.is_integer(field.type) or pa.types.is_floating(field.type):
            assert field.metadata[b"unit"], field.name


@SCHEMAS
def test_column_names_are_unique(schema: pa.Schema) -> None:
    assert len(set(schema.names)) == len(schema.names)
    for field in schema:
        if pa.types.is_struct(field.type):
            names = [inner.name for inner in field.type]
            assert len(set(names)) == len(names), field.name


def test_a_row_of_the_ledger_is_a_record_and_what_was_decided_on_it() -> None:
    assert LEDGER.names == [*PROVENANCE.names, LENGTH.name, *DECISION.names, "rights"]
    assert DECISION.names[: len(Decision._fields)] == list(Decision._fields)
    assert set(LEDGER.names) - {LENGTH.name, "rights"} <= set(ENDED.names)


def test_a_decision_is_written_as_it_stands_in_the_ledger() -> None:
    assert DECISIONS.names == ["row", *DECISION.names, "duplicate_count", "duplicate_domain_count"]
    for field in DECISION:
        assert DECISIONS.field(field.name).type == field.type


def test_every_column_of_a_document_stands_in_one_place_of_the_corpus() -> None:
    assert set(PLACES) == set(DOCUMENT.names)
    assert len(set(PLACES.values())) == len(PLACES)
    found = {(field.name,) for field in CORPUS if not pa.types.is_struct(field.type)} | {
        (field.name, inner.name)
        for field in CORPUS
        if pa.types.is_struct(field.type)
        for inner in field.type
    }
    assert found == set(PLACES.values())


def test_a_column_is_the_same_at_its_place_in_the_corpus() -> None:
    for name, (top, *inner) in PLACES.items():
        field = CORPUS.field(top)
        for part in inner:
            field = field.type.field(part)
        assert field.equals(DOCUMENT.field(name).with_name(field.name), check_metadata=True), name


@pytest.mark.parametrize("subjects", [(), ("gambling",), tuple(SUBJECTS)], ids=len)
def test_the_corpus_opens_with_what_everybody_uses_and_is_not_wide(
    subjects: tuple[str, ...],
) -> None:
    schema = corpus_schema(subjects)

    assert tuple(schema.names[: len(TOP)]) == TOP
    assert set(schema.names[len(TOP) :]) <= set(STRUCTS)
    assert len(schema) <= 40


def test_without_word_lists_the_corpus_has_no_columns_of_theirs() -> None:
    assert "lexicon" not in corpus_schema(()).names


def test_only_subjects_that_a_list_is_configured_for_are_columns_of_the_corpus() -> None:
    some, all_ = (
        {f"lexicon_{inner.name}" for inner in corpus_schema(subjects).field("lexicon").type}
        for subjects in (("gambling",), tuple(SUBJECTS))
    )

    assert {"lexicon_gambling_count", "lexicon_gambling_ratio"} <= some
    assert not any(name.startswith("lexicon_fraud") for name in some)
    assert all_ == set(LEXICON.names)
