"""The section of a config that says which records are pages."""

from typing import Final, Literal

from pydantic import Field

from jingyu.filters.settings.section import Section
from jingyu.pipeline.read.index.settings import IndexSection
from jingyu.pipeline.read.rows import Columns
from jingyu.pipeline.read.sniff import TextFiles

PIECE_MIB: Final = 8


class Inputs(Section):
    """Which records are pages."""

    paths: tuple[str, ...] = Field(
        (), description="Files, folders, globs or addresses; `--input` replaces them."
    )
    unreadable: Literal["fail", "skip"] = Field(
        "fail",
        description="What to do about an input that cannot be read or holds no record: stop before "
        "any work, or go on without it and name it in the manifest.",
    )
    index: IndexSection = IndexSection()
    statuses: tuple[int, ...] = Field((200,), description="HTTP statuses of pages.")
    content_types: tuple[str, ...] = Field(
        ("text/html", "application/xhtml+xml", "text/plain"), description="Media types of pages."
    )
    max_record_mib: int = Field(
        16, gt=0, description="Larger records are rejected; Common Crawl cuts pages at 5 MiB."
    )
    piece_mib: int = Field(
        PIECE_MIB,
        ge=1,
        le=1 << 20,
        description="Least size of the pieces that a WARC file is read in, each by one worker; a "
        "file has at most 16. Of 100,000 files of 1 GB, 1024 makes 100,000 pieces in place of 1.6 "
        "million. With another size, pages are read again.",
    )
    text_files: TextFiles = Field(
        "refuse",
        description="What a row of plain text is, the whole file or a line; `refuse` reads none, "
        "since a README may lie beside a crawl.",
    )
    text_column: str = Field("text", description="Column of Parquet, JSONL or CSV with the text.")
    html_column: str = Field("html", description="Column that holds HTML; preferred to text.")
    url_column: str = Field("url", description="Column that holds the address.")
    date_column: str = Field("date", description="Column that holds the time of capture.")

    @property
    def columns(self) -> Columns:
        """Which columns of Parquet, JSONL and CSV hold what."""
        return Columns(self.text_column, self.html_column, self.url_column, self.date_column)
