"""What the name of a file claims of its content."""

from enum import StrEnum
from pathlib import PurePosixPath

_COMPRESSED = frozenset({".gz", ".zst", ".zstd"})


class Claim(StrEnum):
    """What a file of some name is expected to hold."""

    DATA = "data"
    """Records or rows: a page in their place was not asked for."""
    CSV = "csv"
    HTML = "html"
    COMPANION = "companion"
    """What is saved beside a page that shows it: pictures, styles, scripts, fonts."""
    NOTHING = "nothing"


_SUFFIXES = {
    Claim.DATA: ".warc .arc .wet .wat .parquet .jsonl .ndjson .json .tar .zip",
    Claim.CSV: ".csv .tsv",
    Claim.HTML: ".html .htm .xhtml .shtml",
    Claim.COMPANION: ".css .js .mjs .map .png .jpg .jpeg .gif .webp .avif .svg .ico .bmp "
    ".woff .woff2 .ttf .otf .eot .mp3 .mp4 .webm .swf",
}
_CLAIMS = {suffix: claim for claim, suffixes in _SUFFIXES.items() for suffix in suffixes.split()}


def claim_of(name: str) -> Claim:
    """Returns what a name claims; that of a compressed file is what stands before the suffix."""
    path = PurePosixPath(name.lower())
    suffix = path.suffix
    if suffix in _COMPRESSED:
        suffix = PurePosixPath(path.stem).suffix
    return _CLAIMS.get(suffix, Claim.NOTHING)


def is_tabbed(name: str) -> bool:
    """Returns whether a name claims that values are separated by tabs."""
    return ".tsv" in PurePosixPath(name.lower()).suffixes
