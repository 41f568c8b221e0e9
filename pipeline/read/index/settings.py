"""The section of a config that says which records of an indexed crawl are read."""

from pathlib import Path

from pydantic import Field

from jingyu.filters.settings.section import Section

COMMON_CRAWL = "https://data.commoncrawl.org/"


class IndexSection(Section):
    """Which records of an indexed crawl are read, and how its server is treated."""

    paths: tuple[str, ...] = Field(
        (), description="CDXJ or Parquet files of the index: files, folders, globs or addresses."
    )
    crawl: str = Field(
        "",
        description="A crawl by name (`CC-MAIN-2024-10`), whose columnar index lies below `base` "
        "as Common Crawl publishes it.",
    )
    base: str = Field(
        COMMON_CRAWL,
        description="Folder or address that the names of crawl files in the index start at.",
    )
    languages: tuple[str, ...] = Field(
        (), description="Languages, ISO 639-3, one of which the index has of a page: `zho`."
    )
    hosts: tuple[str, ...] = Field(
        (), description="Host suffixes, hosts or URL prefixes, in the form of `sources.allow`."
    )
    host_lists: tuple[Path, ...] = Field((), description="Files of such entries.")
    robotstxt: bool = Field(
        default=False,
        description="Whether the robots.txt files that were captured with the crawl are read by "
        "the index, of the hosts of pages that are, and applied as those of `rights.robots`.",
    )
    requests: int = Field(
        4, ge=1, le=64, description="Most requests that a worker has open at a time."
    )
    attempts: int = Field(
        8, ge=1, description="Most times that a request is made; the wait between doubles."
    )
    wait_seconds: float = Field(
        1.0,
        ge=0,
        le=60,
        description="Wait before a request is repeated for the first time, unless the server "
        "asks for more.",
    )

    def __bool__(self) -> bool:
        """Returns whether records are read by an index."""
        return bool(self.paths or self.crawl)
