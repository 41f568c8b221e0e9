"""What is known about a file beside its records."""

from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    """Where reading began and ended, and what was no record."""

    first_offset: int | None = None
    """Where the first record begins; none if there is none in the range."""
    end_offset: int = 0
    """Where the next range's first record must begin; the file's end if there is none."""
    skipped_bytes: int = 0
    """Bytes that belong to no record: as stored between members, inflated between records."""
