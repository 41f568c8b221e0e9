import numpy as np
import pyarrow as pa
import pytest

from jingyu.pipeline.config.takedown_lists import Entry
from jingyu.pipeline.page.address.canonical_url import url_key
from jingyu.pipeline.steps.write.takedown import Takedown

ID = "0123456789abcdef" * 2
SIGNATURE = np.arange(16, dtype="<u4") + 7


def named(*entries: Entry, host: str | None = "news.a.cn", text_hash: int = 1) -> Entry | None:
    """Returns the entry that names a document."""
    row = {
        "document_id": ID,
        "host": host,
        "url_key": url_key("http://news.a.cn/1.html"),
        "text_hash": text_hash,
    }
    batch = pa.RecordBatch.from_pylist([row], schema=SCHEMA)
    return Takedown.of(entries, 16, 0.7).named(batch).get(0)


SCHEMA = pa.schema(
    [
        ("document_id", pa.string()),
        ("host", pa.string()),
        ("url_key", pa.uint64()),
        ("text_hash", pa.uint64()),
    ]
)


@pytest.mark.parametrize(
    ("kind", "value", "is_named"),
    [
        ("url", "https://news.a.cn/1.html?utm_source=x#top", True),
        ("url", "https://news.a.cn/2.html", False),
        ("domain", "a.cn", True),
        ("domain", "News.A.cn", True),
        ("domain", "ews.a.cn", False),
        ("domain", "b.news.a.cn", False),
        ("document_id", ID.upper(), True),
        ("document_id", ID[::-1], False),
        ("text_hash", "1", True),
        ("text_hash", "2", False),
    ],
)
def test_a_document_is_named_by_its_address_host_id_or_text(
    kind: str, value: str, *, is_named: bool
) -> None:
    entry = Entry(kind, value)

    assert named(entry) == (entry if is_named else None)


def test_a_document_without_a_host_is_of_no_domain() -> None:
    assert named(Entry("domain", "a.cn"), host=None) is None


@pytest.mark.parametrize(("equal", "is_named"), [(12, True), (11, False)])
def test_a_signature_names_what_resembles_it_enough(equal: int, *, is_named: bool) -> None:
    entry = Entry("signature", SIGNATURE.tobytes().hex())
    takedown = Takedown.of([entry], 16, 0.75)
    batch = pa.RecordBatch.from_pylist([dict.fromkeys(SCHEMA.names)], schema=SCHEMA)
    other = np.where(np.arange(16) < equal, SIGNATURE, 0).astype(np.uint32)

    assert takedown.named(batch, other[None]) == ({0: entry} if is_named else {})
    assert "signature" in takedown.columns


def test_a_list_of_nothing_is_false_and_needs_no_signature() -> None:
    nothing = Takedown.of([], 16, 0.7)

    assert not nothing
    assert "signature" not in nothing.columns
    assert Takedown.of([Entry("domain", "a.cn")], 16, 0.7)
