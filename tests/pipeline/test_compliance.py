"""The road end to end, as far as it is about sources: who they are, what they allow, how bad."""

import csv
import hashlib
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq
import pytest
from rich.console import Console

from jingyu.pipeline.config.config import RunConfig, load_config
from jingyu.pipeline.flow import Run, run
from jingyu.pipeline.run.engine import Engine
from jingyu.pipeline.run.progress import Progress
from jingyu.pipeline.run.publish import Published
from jingyu.schemas.ledger import LEDGER
from tests.crawl import PAGES
from tests.support.archives import gzip_members, http_response, record
from tests.support.calls import call
from tests.support.corpora import fill_csv
from tests.support.documents import documents_of

MAINLAND, OVERSEAS = "203.0.113.7", "198.51.100.7"
FOOTER = "<footer>京ICP备12345678号-1 京公网安备11010102000001号</footer>"
SHARED = "<footer>沪ICP备09876543号</footer>"
NOAI = '<meta name="robots" content="noai">'
DAILY, PORTAL, ABROAD = "www.chenghe-ribao.cn", "www.lanchuan-menhu.com", "www.haiwai-bao.com"
REFUSING, BETTING, UNTRUSTED = "www.bu-xue.cn", "www.jinhai-yule.com", "www.caiji-zhan.cn"

REGISTER = """
sources:
  - match: chenghe-ribao.cn
    name: 澄河日报
    category: local_media
    tier: official
    origin: mainland
    basis: contract
    valid_from: 2020-01-01
    valid_until: 2020-12-31
    weight: 2
  - {match: caiji-zhan.cn, name: 采集站, category: other, tier: untrusted}
"""
CONFIG = """
sources: {sources}
source_register:
  files: [register.yaml]
  min_tier: general
provenance:
  networks: [networks.txt]
  shared_number_domains: 2
rights:
  exclude: [noai, tdm_reservation]
lexicon:
  starter: true
rules:
  - {{signal: han_count, min: 50, reason: too_short}}
  - signal: lexicon_gambling_ratio
    max: 0.01
    also: {{signal: lexicon_gambling_distinct, max: 2}}
    reason: gambling
verdicts:
  bad_reasons: [gambling]
  prior_pages: 0
  min_pages: 1
  max_bad_ratio: 0.05
deduplication:
  keep: [tier, quality, earliest, longest]
"""


class Captured(NamedTuple):
    """A page of the crawl: whose text it has, and what is put around it."""

    url: str
    file: str
    ip: str | None = None
    head: str = ""
    foot: str = ""
    header: str = ""


CAPTURED = (
    Captured(f"https://{DAILY}/1.html", "news-bridge.html", OVERSEAS),
    Captured(f"https://{DAILY}/2.html", "news-fossil-fish.html", MAINLAND),
    Captured(f"https://{DAILY}/bet.html", "spam-casino.html"),
    *(Captured(f"https://{DAILY}/{n}.html", "news-museum-night.html") for n in range(3, 34)),
    Captured(f"https://{PORTAL}/1.html", "news-girls-football.html", OVERSEAS, foot=FOOTER),
    Captured(f"https://{PORTAL}/2.html", "gov-water-outage.html", foot=FOOTER + SHARED),
    Captured(f"https://{PORTAL}/3.html", "qa-cat.html", header="TDM-Reservation: 1"),
    Captured(f"https://{ABROAD}/1.html", "wiki-tides.html", OVERSEAS),
    Captured(f"https://{ABROAD}/2.html", "blog-cycling.html", foot=SHARED),
    # A copy of what the newspaper has.
    Captured(f"https://{ABROAD}/3.html", "news-bridge.html"),
    Captured(f"https://{REFUSING}/1.html", "baike-fermentation.html", head=NOAI),
    Captured(f"https://{REFUSING}/2.html", "spam-casino.html", head=NOAI),
    Captured(f"https://{UNTRUSTED}/1.html", "blog-old-radio.html"),
    Captured(f"https://{BETTING}/1.html", "spam-casino.html"),
    Captured(f"https://{BETTING}/2.html", "spam-football-tips.html"),
    Captured(f"https://{BETTING}/3.html", "spam-casino.html"),
    Captured(f"https://{BETTING}/about.html", "company-pumps.html", foot=FOOTER),
    Captured(f"https://{BETTING}/news.html", "news-hawthorn.html"),
)


def stored(page: Captured) -> bytes:
    """Returns a page as a record of the crawl."""
    markup = (PAGES / page.file).read_text(encoding="utf-8")
    markup = markup.replace("</head>", f"{page.head}</head>").replace(
        "</body>", f"{page.foot}</body>"
    )
    fields = ["Content-Type: text/html; charset=utf-8", *filter(None, [page.header])]
    headers = ["Content-Type: application/http; msgtype=response"]
    if page.ip:
        headers.append(f"WARC-IP-Address: {page.ip}")
    return record(http_response(markup.encode(), *fields), *headers, url=page.url)


def written(folder: Path, name: str = "run.yaml", sources: str = "{}") -> RunConfig:
    """Returns the config, with the files that it names beside it."""
    (folder / "register.yaml").write_text(REGISTER, encoding="utf-8")
    networks = "203.0.113.0/24,CN\n198.51.100.0/24,US\n"
    (folder / "networks.txt").write_text(networks, encoding="utf-8")
    (folder / name).write_text(CONFIG.format(sources=sources), encoding="utf-8")
    return load_config(folder / name)


def run_quietly(config: RunConfig, crawl: Path, out: Path, small_run: int = 200_000) -> Published:
    progress = Progress(Console(file=io.StringIO()))
    return run(Run(config, (str(crawl),), str(out), Engine(small_run=small_run), progress=progress))


def rows_of(out: Path, kind: str) -> dict[str, dict[str, Any]]:
    """Returns the rows of the corpus or the ledger, by address."""
    rows: list[dict[str, Any]] = (
        documents_of(out) if kind == "corpus" else pq.read_table(out / kind).to_pylist()
    )
    return {row["url"]: row for row in rows}


def digests(out: Path) -> dict[str, str]:
    files = [path for kind in ("corpus", "ledger") for path in (out / kind).rglob("*.parquet")]
    return {str(f.relative_to(out)): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compliance")
    crawl = gzip_members([stored(page) for page in CAPTURED])
    (folder / "crawl.warc.gz").write_bytes(crawl)
    return folder


@pytest.fixture(scope="module")
def out(folder: Path) -> Path:
    run_quietly(written(folder), folder / "crawl.warc.gz", folder / "out")
    return folder / "out"


@pytest.fixture(scope="module")
def ledger(out: Path) -> dict[str, dict[str, Any]]:
    return rows_of(out, "ledger")


@pytest.fixture(scope="module")
def corpus(out: Path) -> dict[str, dict[str, Any]]:
    return rows_of(out, "corpus")


@pytest.fixture(scope="module")
def stats(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "stats.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize(
    ("url", "decision"),
    [
        (f"https://{DAILY}/1.html", ("kept", "write", None, None, None)),
        (f"https://{PORTAL}/1.html", ("kept", "write", None, None, None)),
        (f"https://{PORTAL}/2.html", ("kept", "write", None, None, None)),
        (f"https://{PORTAL}/3.html", ("rejected", "rights", "tdm_reservation", None, None)),
        (f"https://{ABROAD}/1.html", ("kept", "write", None, None, None)),
        (f"https://{REFUSING}/1.html", ("rejected", "rights", "noai", None, None)),
        (f"https://{REFUSING}/2.html", ("rejected", "rights", "noai", None, None)),
        (f"https://{UNTRUSTED}/1.html", ("rejected", "sources", "untrusted_source", None, None)),
        (f"https://{BETTING}/about.html", ("rejected", "sources", "bad_source", 0.6, 0.05)),
        ("https://www.jinhai-yule.com/news.html", ("rejected", "sources", "bad_source", 0.6, 0.05)),
    ],
)
def test_the_ledger_says_at_which_stage_and_why_a_page_left(
    url: str, decision: tuple[Any, ...], ledger: dict[str, dict[str, Any]]
) -> None:
    names = ("outcome", "stage", "reason", "measured", "limit")

    assert tuple(ledger[url][name] for name in names) == decision


@pytest.mark.parametrize(
    "url", [*(f"https://{BETTING}/{n}.html" for n in (1, 2, 3)), f"https://{DAILY}/bet.html"]
)
def test_a_page_of_gambling_keeps_its_reason_with_the_share_that_was_measured(
    url: str, ledger: dict[str, dict[str, Any]]
) -> None:
    row = ledger[url]

    assert (row["stage"], row["reason"], row["limit"]) == ("select", "gambling", 0.01)
    assert 0.1 < row["measured"] < 0.2


def test_one_bad_page_does_not_drop_a_large_source(ledger: dict[str, dict[str, Any]]) -> None:
    pages = [row for url, row in ledger.items() if DAILY in url]

    assert Counter(row["reason"] for row in pages)["gambling"] == 1
    assert Counter(row["outcome"] for row in pages) == {"kept": 3, "duplicate": 30, "rejected": 1}


def test_of_copies_that_of_the_more_trusted_source_stays(
    ledger: dict[str, dict[str, Any]],
) -> None:
    copy, original = ledger[f"https://{ABROAD}/3.html"], ledger[f"https://{DAILY}/1.html"]

    assert (copy["outcome"], copy["duplicate_of"]) == ("duplicate", original["document_id"])


def test_every_page_has_one_row_and_the_counts_add_up(
    out: Path, ledger: dict[str, dict[str, Any]], stats: dict[str, Any]
) -> None:
    table = pq.read_table(out / "ledger")

    assert table.schema.equals(LEDGER)
    assert table.num_rows == len(ledger) == stats["pages_read"] == len(CAPTURED)
    assert sum(stats["outcomes"].values()) == len(CAPTURED)
    assert stats["reasons"]["rights/rejected/noai"] == 2
    assert stats["reasons"]["sources/rejected/bad_source"] == 2
    assert stats["reasons"]["sources/rejected/untrusted_source"] == 1
    assert stats["reasons"]["select/rejected/gambling"] == 4


ORIGIN = ("origin", "origin_evidence", "origin_against", "server_country", "icp_numbers")


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        (
            f"https://{DAILY}/1.html",
            ("mainland", ["register:official", "cctld:cn"], ["ip:US"], "US", []),
        ),
        (
            f"https://{PORTAL}/1.html",
            ("unknown", ["icp", "psb", "ip:US"], [], "US", ["京ICP备12345678号-1"]),
        ),
        (f"https://{ABROAD}/1.html", ("overseas", ["ip:US"], [], "US", [])),
        (f"https://{ABROAD}/2.html", ("unknown", ["icp"], [], None, ["沪ICP备09876543号"])),
    ],
)
def test_a_document_carries_where_it_comes_from(
    url: str, origin: tuple[Any, ...], corpus: dict[str, dict[str, Any]]
) -> None:
    assert tuple(corpus[url][name] for name in ORIGIN) == origin


def test_a_document_carries_what_the_register_says_of_its_source(
    corpus: dict[str, dict[str, Any]],
) -> None:
    names = ("source_name", "source_category", "source_tier", "source_basis", "source_weight")
    daily, portal = corpus[f"https://{DAILY}/1.html"], corpus[f"https://{PORTAL}/1.html"]

    told = [daily[name] for name in names]
    assert told == ["澄河日报", "local_media", "official", "contract", 2]
    assert [portal[name] for name in names] == [None] * 5


def test_a_document_carries_its_rights_and_the_words_of_lists(
    corpus: dict[str, dict[str, Any]],
) -> None:
    assert not any(row["noai"] or row["tdm_reservation"] for row in corpus.values())
    assert all(row["robots_txt"] is None for row in corpus.values())
    assert all(row["lexicon_gambling_ratio"] <= 0.01 for row in corpus.values())


def test_the_statistics_tell_the_origin_of_pages_and_hosts_by_method(
    stats: dict[str, Any], corpus: dict[str, dict[str, Any]]
) -> None:
    def counts(mainland: int, overseas: int, unknown: int) -> dict[str, int]:
        return {"mainland": mainland, "overseas": overseas, "unknown": unknown}

    assert len(corpus) == 7
    assert stats["origin"] == {
        "combined": {"pages": counts(3, 1, 3), "hosts": counts(1, 1, 1)},
        "register": {"pages": counts(3, 0, 4), "hosts": counts(1, 0, 2)},
        "cctld": {"pages": counts(3, 0, 4), "hosts": counts(1, 0, 2)},
        "icp": {"pages": counts(3, 0, 4), "hosts": counts(2, 0, 1)},
        "psb": {"pages": counts(2, 0, 5), "hosts": counts(1, 0, 2)},
        "ip": {"pages": counts(1, 3, 3), "hosts": counts(1, 2, 0)},
    }
    assert stats["shared_numbers"] == {"沪ICP备09876543号": 2}


def test_dropped_sources_are_in_the_statistics_and_a_list_of_their_own(
    out: Path, stats: dict[str, Any]
) -> None:
    assert stats["dropped_sources"] == [
        {"site": BETTING, "pages": 5, "bad_pages": 3, "bad_ratio": 0.6}
        | {"verdict": "bad", "against": ["bad_pages", "shared_numbers"]}
    ]
    assert (out / "dropped_sources.txt").read_text(encoding="utf-8").splitlines() == [
        "# sites that left whole",
        f"full:{BETTING}  # bad, 3 of 5 pages bad; shared_numbers",
    ]


def test_the_list_of_dropped_sources_keeps_them_out_of_the_next_run(
    folder: Path, out: Path, ledger: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    config = written(folder, "next.yaml", "{block_lists: [out/dropped_sources.txt]}")

    again = run_quietly(config, folder / "crawl.warc.gz", tmp_path / "out")
    later = rows_of(tmp_path / "out", "ledger")

    blocked = {url for url, row in later.items() if row["reason"] == "blocked_source"}
    assert blocked == {url for url in ledger if "jinhai-yule.com" in url}
    assert all(later[url]["stage"] == "sources" for url in blocked)
    assert {url: row for url, row in later.items() if url not in blocked} == {
        url: row for url, row in ledger.items() if url not in blocked
    }
    assert again.stats["dropped_sources"] == []
    assert rows_of(tmp_path / "out", "corpus") == rows_of(out, "corpus")


def test_runners_for_each_step_give_the_same_bytes(folder: Path, out: Path, tmp_path: Path) -> None:
    run_quietly(written(folder), folder / "crawl.warc.gz", tmp_path / "out", small_run=0)

    assert digests(tmp_path / "out") == digests(out)
    told = (out / "dropped_sources.txt").read_bytes()
    assert (tmp_path / "out" / "dropped_sources.txt").read_bytes() == told


def test_another_limit_of_the_verdicts_is_decided_on_what_is_staged(
    folder: Path, out: Path, tmp_path: Path
) -> None:
    config = written(folder)
    lenient = config.verdicts.model_copy(update={"max_bad_ratio": 0.5})
    run_quietly(config, folder / "crawl.warc.gz", tmp_path / "out")
    staged = {path: path.stat().st_mtime_ns for path in tmp_path.glob("out/staging/extract-*/*")}

    changed = config.model_copy(update={"verdicts": lenient})
    finished = run_quietly(changed, folder / "crawl.warc.gz", tmp_path / "out")

    rows = rows_of(tmp_path / "out", "ledger")
    assert finished.stats["dropped_sources"] == []
    assert rows[f"https://{BETTING}/about.html"]["outcome"] == "kept"
    assert rows[f"https://{BETTING}/1.html"]["reason"] == "gambling"
    assert staged == {
        path: path.stat().st_mtime_ns for path in tmp_path.glob("out/staging/extract-*/*")
    }
    assert digests(tmp_path / "out") != digests(out)


def test_the_command_lists_sample_and_review_and_shows_how_to_call_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert call("--help") == 0
    told = capsys.readouterr().out
    for command in ("sample", "review"):
        assert f" {command} " in told
        assert call(command, "--help") == 0
        assert f": jingyu {command} OUT" in capsys.readouterr().out


def test_a_sample_of_the_corpus_is_drawn_filled_in_and_read_back(
    out: Path, corpus: dict[str, dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "sheet.csv"
    assert call("sample", str(out), "--n", "7", "--sheet", str(sheet)) == 0
    with sheet.open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = csv.reader(stream)
    ids = [row[[cell.split()[-1] for cell in header].index("document_id")] for row in rows]
    assert sorted(ids) == sorted(row["document_id"] for row in corpus.values())

    fill_csv(sheet, {each: {"verdict": "pass"} for each in ids})

    assert call("review", str(out), str(sheet), "--name", "first") == 0
    assert "report: " in capsys.readouterr().out
    figures = json.loads((out / "reviews" / "first" / "review.json").read_text(encoding="utf-8"))
    assert figures["verdicts"]["passed"] == 7


def test_a_wrong_call_of_sample_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("sample", "nowhere") != 0

    told = capsys.readouterr().err
    assert told.startswith("jingyu: ")
    assert told.count("\n") == 1
