import numpy as np
import pyarrow as pa
import pytest

from jingyu.pipeline.config.takedown_lists import Entry
from jingyu.pipeline.page.address.canonical_url import url_key
from jingyu.pipeline.page.sign.minhash import EMPTY
from jingyu.pipeline.run.proof import carried_over, proof
from jingyu.pipeline.steps.deduplicate.short import pack_short
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


@pytest.mark.parametrize(("equal", "is_named"), [(12, True), (11, False)])
def test_a_signature_of_an_index_names_what_resembles_it_enough(
    equal: int, *, is_named: bool
) -> None:
    signature = (SIGNATURE + 0x10000).astype(np.uint32)
    entry = Entry("signature", pack_short(signature[None])[0].hex())
    takedown = Takedown.of([entry], 16, 0.75)
    batch = pa.RecordBatch.from_pylist([dict.fromkeys(SCHEMA.names)] * 2, schema=SCHEMA)
    other = np.where(np.arange(16) < equal, signature, 0).astype(np.uint32)
    empty = np.full(16, EMPTY, np.uint32)

    assert takedown.named(batch, np.stack([other, empty])) == ({0: entry} if is_named else {})
    assert "signature" in takedown.columns
    assert takedown


def test_the_signature_of_no_text_names_none_without_text() -> None:
    empty = np.full((1, 16), EMPTY, np.uint32)
    takedown = Takedown.of([Entry("signature", pack_short(empty)[0].hex())], 16, 0.75)
    batch = pa.RecordBatch.from_pylist([dict.fromkeys(SCHEMA.names)], schema=SCHEMA)

    assert takedown.named(batch, empty) == {}


def test_signatures_of_another_number_of_hashes_are_counted() -> None:
    entries = [Entry("signature", SIGNATURE.tobytes().hex()), Entry("signature", "00" * 4 * 32)]

    assert Takedown.of(entries, 16, 0.75).unmatched_count == 1
    assert Takedown.of(entries[:1], 16, 0.75).unmatched_count == 0


def test_a_list_of_nothing_is_false_and_needs_no_signature() -> None:
    nothing = Takedown.of([], 16, 0.7)

    assert not nothing
    assert "signature" not in nothing.columns
    assert Takedown.of([Entry("domain", "a.cn")], 16, 0.7)


PASSAGE = "澄河边的老桥修于明朝，至今仍在。"


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        (f"前文。{PASSAGE}后文。", True),
        ("前文。\n澄河边 的老桥\n修于明朝; 至今仍在", True),
        ("澄河边的老桥修于清朝，至今仍在。", False),
        ("", False),
    ],
)
def test_a_passage_names_the_texts_that_hold_it(text: str, *, is_named: bool) -> None:
    entry = Entry("passage", PASSAGE)
    takedown = Takedown.of([entry], 16, 0.7)
    schema = SCHEMA.append(pa.field("text", pa.string()))
    batch = pa.RecordBatch.from_pylist([{"text": text}], schema=schema)

    assert takedown.columns[-1] == "text"
    assert takedown.named(batch) == ({0: entry} if is_named else {})


def test_proof_tells_what_left_from_what_was_only_named() -> None:
    row = {"entry": "passage:1", "url": None, "text_hash": 1, "signature": "", "duplicate_of": None}
    entry = Entry("passage", PASSAGE, "", "2026-11-28", "author", "7")
    taken = {
        ID: row | {"entry": entry.name, "otherwise": None},
        ID[::-1]: row | {"entry": entry.name, "otherwise": "too_short"},
    }

    told = proof(taken, [entry], {}, "run")

    assert (told["documents"], told["left"], told["only_named"]) == (2, 1, 1)
    assert [each["left"] for each in told["entries"][0]["documents"]] == [True, False]
    assert told["entries"][0]["documents"][1]["otherwise"] == "too_short"
    assert told["entries"][0]["asked_by"] == "author"
    assert PASSAGE not in str(told)
    assert PASSAGE not in carried_over(taken, [entry])
