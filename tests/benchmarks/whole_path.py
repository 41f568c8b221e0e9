"""Mutated records through all of reading: from bytes to staged rows, with all engines and options.

`tests.benchmarks.stall` calls it. Each config reads a WARC, a JSONL, a CSV and a Parquet file of
mutated records; addresses, dates, headers, charsets and pages are odd. Each record that is read
must leave one row, none of which may have failed by a defect of ours, a crash or a time limit.
"""

import csv
import gzip
import io
import json
import random
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from jingyu.pipeline.config.config import RunConfig, load_config
from jingyu.pipeline.page.sandbox import Sandbox
from jingyu.pipeline.steps.extract.extract import Watch, extract_item
from jingyu.pipeline.store.items import find_inputs, work_items
from jingyu.pipeline.store.staging import Staged
from tests.support.archives import http_response, record
from tests.support.paths import ROOT

Mutate = Callable[[str, random.Random], str]

CONFIGS: Mapping[str, Mapping[str, Any]] = {
    "as it ships": {},
    "all languages, simplified": {
        "gate": {"min_han_count": 0},
        "language": {"keep": ["zh", "en", "ja", "yue", "wuu", "ko", "ru"]},
        "normalization": {"script": "simplified"},
        "masking": {"numbered": True},
    },
    "trafilatura": {"extraction": {"engine": "trafilatura"}},
    "resiliparse": {"extraction": {"engine": "resiliparse"}},
    "second opinion": {
        "extraction": {"min_confidence": 1.0},
        "decoding": {"max_replacement_ratio": 1},
    },
}  # fmt: skip
"""Sections of a config in place of those of `web_zh`."""

_DEFECTS = frozenset({"internal_error", "crashed", "timeout", "memory_error", "recursion_error"})
_CHARSETS = ("utf-8", "gb18030", "big5", "utf-16", "utf-8-sig", "hz", "latin-1")
_HOSTS = ("a.cn", "例子.中国", "[::1]", "[", "a..cn", "xn--", "xn--a-.cn", "a" * 70 + ".cn",
          "A.CN.", "h" * 131_072, ".".join("a" * 9999), "1.2.3.4", "%00", "", "\u2488.cn",
          "ａ.cn")  # fmt: skip
_DATES = ("2024-05-01T00:00:00Z", "0000-00-00", "9999-12-31T23:59:60Z", "٢٠٢٤", "-1", "1e999", "")
_HEADERS = ("Content-Type: text/html; charset={}", "Content-Type: ,;", "Content-Encoding: gzip",
            "Transfer-Encoding: chunked", "X-Robots-Tag: noai, {}", "tdm-reservation: 1",
            "tdm-policy: {}", "Link: <{}>; rel=license", "\u0000{}", ": {}")  # fmt: skip
_NESTED = "(" * 5000 + "&#" + "9" * 5000 + ";"


def failures_of(pages: list[str], mutate: Mutate, count: int, seed: int) -> int:
    """Reads so many records with each config; returns how many failed or are missing.

    Args:
        pages: What is mutated.
        mutate: Returns a page with changes.
        count: Records of each config.
        seed: Of what is drawn.
    """
    return sum(
        _failures(name, sections, pages, mutate, (count, seed))
        for name, sections in CONFIGS.items()
    )


def _failures(
    name: str, sections: Mapping[str, Any], pages: list[str], mutate: Mutate, drawn: tuple[int, int]
) -> int:
    count, seed = drawn
    config = _config(sections)
    dice = random.Random(seed)
    bad: list[str] = []
    rows = read = 0
    with tempfile.TemporaryDirectory() as folder, Sandbox(config) as sandbox:
        inputs = Path(folder) / "in"
        inputs.mkdir()
        for file, content in _files(pages, mutate, count, dice):
            (inputs / file).write_bytes(content)
        found, refused = find_inputs([str(inputs)], config.inputs)
        bad += [f"refused {each.reason}" for each in refused]
        for number, item in enumerate(work_items(found)):
            staged = Staged(folder, str(number))
            watch = Watch(lambda *_: None)
            summary = extract_item(item, config, staged, sandbox, watch)
            ended = pq.read_table(staged.ended).to_pylist()
            rows += len(ended) + pq.read_metadata(staged.documents).num_rows
            read += summary.page_count
            bad += [
                f"{item.file.name} at {row['offset']}: {row['reason']} {row['evidence'] or ''}"
                for row in ended
                if row["reason"] in _DEFECTS
            ]
    if rows != read:
        bad.append(f"{read} records were read and {rows} rows are staged")
    print(f"{name}: {read} records, {len(bad)} failures of seed {seed}", flush=True)  # noqa: T201
    for problem in bad[:9]:
        print(f"  {problem}")  # noqa: T201
    return len(bad)


def _config(sections: Mapping[str, Any]) -> RunConfig:
    values = load_config(ROOT / "configs" / "web_zh.yaml").model_dump(mode="json")
    for section, keys in sections.items():
        values[section] = values[section] | keys
    return RunConfig.model_validate(values)


def _files(
    pages: list[str], mutate: Mutate, count: int, dice: random.Random
) -> Iterator[tuple[str, bytes]]:
    """Yields names and contents of files that have so many records together."""
    rows = [_row(mutate(dice.choice(pages), dice), dice) for _ in range(count // 2)]
    third = len(rows) // 3
    yield "a.warc.gz", b"".join(_member(pages, mutate, dice) for _ in range(count - len(rows)))
    yield "b.jsonl", b"".join(json.dumps(row).encode() + b"\n" for row in rows[:third])
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, ["url", "date", "html", "text"])
    table.writeheader()
    table.writerows(rows[third : 2 * third])
    yield "c.csv", text.getvalue().encode("utf-8", "replace")
    written = io.BytesIO()
    columns = {
        column: [_bytes(row[column]) for row in rows[2 * third :]] for column in ("url", "html")
    }
    columns["text"] = [_bytes(row["text"]) for row in rows[2 * third :]]
    arrays = {name: _unchecked(values) for name, values in columns.items()}
    pq.write_table(pa.table(arrays), written)
    yield "d.parquet", written.getvalue()


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else text.encode("utf-8", "surrogatepass")


def _unchecked(values: list[bytes | None]) -> pa.Array:
    """Returns text that need not be UTF-8."""
    array = pa.array(values, pa.binary())
    return pa.Array.from_buffers(pa.string(), len(array), array.buffers())


def _row(page: str, dice: random.Random) -> dict[str, str | None]:
    payload = page + dice.choice(("", "", _NESTED, "\ud800", "\0" * 99))
    return {
        "url": _url(dice),
        "date": dice.choice(_DATES),
        "html": dice.choice((payload, None, payload)),
        "text": dice.choice((payload, None, "", payload[:99])),
    }


def _url(dice: random.Random) -> str:
    scheme = dice.choice(("http://", "https://", "//", "HTTP://u:p@", "dns:", "http:/", "urn:x:"))
    rest = dice.choice(("/", "/a.html?tel=13800138000", "/" + "../" * 999, "/%ff\ud800", ":x/", ""))
    return scheme + dice.choice(_HOSTS) + rest


def _member(pages: list[str], mutate: Mutate, dice: random.Random) -> bytes:
    page = mutate(dice.choice(pages), dice) + dice.choice(("", "", _NESTED))
    charset = dice.choice(_CHARSETS)
    head = dice.choice(_HEADERS).format(dice.choice(("gbk", charset, "\x7f" * 999, "http://[")))
    body = http_response(page.encode(charset, "replace"), head)
    url = _url(dice).encode("utf-8", "replace").decode()
    content = bytearray(record(body, url=url, record_type=dice.choice(("response", "resource"))))
    for _ in range(dice.choice((0, 0, 1, 9))):
        content[dice.randrange(len(content))] = dice.randrange(256)
    member = gzip.compress(bytes(content), 1, mtime=0)
    return member if dice.random() > 0.02 else member[: dice.randrange(len(member)) + 1]
