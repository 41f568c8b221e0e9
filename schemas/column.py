"""How a column is declared."""

import pyarrow as pa


def list_of(dtype: pa.DataType) -> pa.DataType:
    """Returns the type of lists, as Parquet reads it back."""
    return pa.list_(pa.field("element", dtype))


def column(
    name: str,
    dtype: pa.DataType,
    description: str,
    *,
    unit: str | None = None,
    nullable: bool = False,
) -> pa.Field:
    """Returns a field that carries its description and unit into every file.

    Args:
        name: One word for the thing in YAML, code, counters and files.
        dtype: Arrow type.
        description: A sentence that says what a value means.
        unit: Unit of a number; `ratio` means 0 to 1.
        nullable: Whether a row may lack a value.
    """
    metadata = {"description": description} | ({"unit": unit} if unit else {})
    return pa.field(name, dtype, nullable=nullable, metadata=metadata)
