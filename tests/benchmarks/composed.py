"""A corpus of so many documents, staged without a crawl: reprints, archives and a shared notice."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jingyu.pipeline.store.layout import Layout
from tests.benchmarks.shapes import crawl
from tests.benchmarks.staged import stage_item, table_of

DOCUMENTS_IN_ITEM: Final = 20_000

_CHARACTERS = 800
_SENTENCE = 25
_SENTENCES_OF_LINE = 4
_FINGERPRINTS = 16
_CHANGED = 8
_ARCHIVE, _POSTS = 100, 4
_NOTICE_IN = 20
_NOTICE = "本文所述信息仅供参考，不构成任何建议，读者据此所作的决定由读者自行承担全部责任与后果。"


def compose(layout: Layout, count: int) -> list[str]:
    """Stages documents of 800 characters; returns the items' keys.

    Three in ten are in clusters of three that differ in a hundredth of their characters, one in a
    hundred is an archive of four posts, one in twenty ends with a notice. Signatures and
    fingerprints are drawn, alike where the texts are: it is what comes after them that is measured.
    """
    signatures = crawl(count)
    origins = _origins(signatures)
    hashes = np.random.default_rng(6).permutation(count).astype(np.uint64)
    table = table_of(signatures, hashes, np.full(count, _CHARACTERS).tolist())
    keys = []
    for number, start in enumerate(range(0, count, DOCUMENTS_IN_ITEM)):
        rows = range(start, min(start + DOCUMENTS_IN_ITEM, count))
        texts, found = zip(*_documents(origins, rows, count), strict=True)
        here = table.slice(start, len(rows))
        place = here.schema.get_field_index("fingerprints")
        here = here.set_column(place, "fingerprints", pa.array(found, pa.binary()))
        place = here.schema.get_field_index("char_count")
        lengths = pa.array([len(text) for text in texts], pa.int64())
        here = here.set_column(place, "char_count", lengths)
        here = here.append_column("text", pa.array(texts, pa.string()))
        sites = [f"www.site{row % 1000}.cn" for row in rows]
        for name, values in (
            ("host", sites),
            ("site", sites),
            ("title", [text[:12] for text in texts]),
        ):
            here = here.append_column(name, pa.array(values, pa.string()))
        forms = pa.array([origins[row] // 10 + 1 for row in rows], pa.uint64())
        keys.append(f"item{number:05d}")
        stage_item(here.append_column("form_hash", forms), layout, keys[-1])
    return keys


def _origins(signatures: NDArray[np.uint32]) -> list[int]:
    """Returns the first document of each one's cluster, by what their signatures share."""
    origins = np.arange(len(signatures))
    for column in range(0, 32, 4):
        keys = signatures[:, column : column + 4].copy().view("V16").ravel()
        _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
        origins = np.minimum(origins, first[inverse])
    return origins.tolist()


def _documents(origins: list[int], rows: range, count: int) -> Iterator[tuple[str, bytes]]:
    for row in rows:
        if row % _ARCHIVE == 0 and origins[row] == row:
            posts = [_post(origins, (row + 7 * each) % count) for each in range(1, _POSTS + 1)]
            text = "\n".join(text for text, _ in posts)
            found = np.unique(np.concatenate([prints for _, prints in posts]))
        else:
            text, found = _post(origins, row)
        if row % _NOTICE_IN == 0:
            text = f"{text}\n{_NOTICE}"
        yield text, found.astype("<u8").tobytes()


def _post(origins: list[int], row: int) -> tuple[str, NDArray[np.uint64]]:
    origin = origins[row]
    generator = np.random.default_rng(origin)
    points = generator.integers(0x4E00, 0x9000, _CHARACTERS, np.uint32)
    points[_SENTENCE - 1 :: _SENTENCE] = ord("。")
    points[_SENTENCE * _SENTENCES_OF_LINE - 1 :: _SENTENCE * _SENTENCES_OF_LINE] = ord("\n")
    found = generator.integers(0, 1 << 63, _FINGERPRINTS).astype(np.uint64)
    if row != origin:
        changed = np.random.default_rng(row).integers(0, _CHARACTERS, _CHANGED)
        points[changed] = ord("改")
        found[-1] = row
    return points.tobytes().decode("utf-32-le"), np.sort(found)
