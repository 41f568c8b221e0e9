"""Each number of the report equals what DuckDB counts in ledger and corpus; nothing runs in it."""

import json
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds
import pytest

import jingyu
from jingyu.pipeline.audit.output import Output
from jingyu.pipeline.audit.report.duplicates import differences, met_and_stayed
from jingyu.pipeline.audit.report.report import figures_of, page
from jingyu.pipeline.cli import main
from jingyu.pipeline.config.config import load_config
from jingyu.pipeline.store.language import catalogue
from jingyu.schemas.corpus import PLACES
from tests.support.paths import DEMO

HOSTILE = (
    "</script><script>fetch('http://evil.example')</script>",
    "<img src=x onerror=alert(1)>\u202egnp.exe\u2066",
    "<!--<script>",
    "\u2028alert(1)\u2029 ]]> &lt; \ud800 {{page.js}}",
)


@pytest.fixture(scope="module")
def out(demo_out: Path) -> Path:
    return demo_out


@pytest.fixture(scope="module")
def figures(out: Path) -> dict[str, Any]:
    """What stands in the report itself."""
    reader = Reader((out / "report.html").read_text(encoding="utf-8"))
    told: dict[str, Any] = json.loads(reader.figures)
    return told


@pytest.fixture
def query(out: Path) -> Iterator[Any]:
    with duckdb.connect() as database:
        database.sql(f"create view ledger as from '{out}/ledger/*.parquet'")
        database.sql(f"create view corpus as from '{out}/corpus/**/*.parquet'")
        yield lambda text: database.sql(text).fetchall()


class Reader(HTMLParser):
    """Which elements a page has, and the figures in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.figures = ""
        self._is_figures = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._is_figures = dict(attrs).get("id") == "figures"

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  (any end ends it)
        self._is_figures = False

    def handle_data(self, data: str) -> None:
        self.figures += data if self._is_figures else ""


def test_the_first_screen_is_what_ledger_and_corpus_hold(
    figures: dict[str, Any], query: Any
) -> None:
    told = figures["overview"]

    assert told["outcomes"] == {"failed": 0} | dict(
        query("select outcome, count(*) from ledger group by all")
    )
    ((pages, hosts, kept, lost),) = query(
        """select count(*), count(distinct coalesce(host, '')),
        count(distinct coalesce(host, '')) filter (outcome = 'kept'),
        sum(char_count) filter (outcome <> 'kept')::bigint from ledger"""
    )
    assert (told["pages"], told["hosts"], told["hosts_kept"]) == (pages, hosts, kept)
    assert told["lost_characters"] == lost
    ((documents, characters),) = query("select count(*), sum(char_count)::bigint from corpus")
    assert (told["documents"], told["characters"]) == (documents, characters)
    origin = {
        name: {"documents": count, "characters": size}
        for name, count, size in query(
            "select origin.verdict, count(*), sum(char_count)::bigint from corpus group by all"
        )
    }
    nothing = {"documents": 0, "characters": 0}
    verdicts = ("mainland", "overseas", "unknown")
    assert told["origin"] == {name: origin.get(name, nothing) for name in verdicts}


def test_the_funnel_is_the_ledger_by_reason(figures: dict[str, Any], query: Any) -> None:
    names = ["stage", "outcome", "reason", "pages", "payload_bytes", "characters"]
    names += ["min_limit", "max_limit"]

    assert sorted(
        (tuple(row[name] for name in names) for row in figures["reasons"]), key=repr
    ) == sorted(
        query(
            """select stage, outcome, reason, count(*), coalesce(sum(payload_bytes), 0)::bigint,
            coalesce(sum(char_count), 0)::bigint, min("limit"), max("limit")
            from ledger group by all"""
        ),
        key=repr,
    )


def test_examples_are_pages_of_their_reason_with_value_and_limit(
    figures: dict[str, Any], query: Any
) -> None:
    columns = 'document_id, stage, outcome, reason, measured, "limit"'
    rows = {name: row for name, *row in query(f"select {columns} from ledger")}

    for key, shown in figures["examples"].items():
        assert 0 < len(shown) <= 8
        for each in shown:
            *decided, measured, limit = rows[each["document_id"]]
            assert "/".join(part or "" for part in decided) == key
            assert (each.get("measured"), each.get("limit")) == (measured, limit)
            assert each["text"] or not key.startswith(("select", "deduplicate", "write"))
    assert set(figures["examples"]) == {
        "/".join(part or "" for part in row[:3]) for row in rows.values()
    }


def test_sites_are_all_hosts_with_why_pages_were_lost(figures: dict[str, Any], query: Any) -> None:
    shown = figures["sites"]["shown"]

    assert figures["sites"]["total"] == len(shown)
    assert {
        (s["host"], s["pages"], s["kept"], s["rejected"], s["duplicate"]) for s in shown
    } == set(
        query(
            """select host, count(*), count(*) filter (outcome = 'kept'), count(*) filter
            (outcome = 'rejected'), count(*) filter (outcome = 'duplicate') from ledger
            group by host"""
        )
    )
    lost = {(s["host"], stage, reason, pages) for s in shown for stage, reason, pages in s["lost"]}
    assert lost <= set(
        query(
            """select host, stage, reason, count(*) from ledger where outcome <> 'kept'
            group by all"""
        )
    )
    characters = dict(query("select host, sum(char_count)::bigint from corpus group by all"))
    assert {s["host"]: s["characters"] for s in shown if s["kept"]} == characters


def test_distributions_of_kept_documents_are_those_of_the_corpus(
    figures: dict[str, Any], query: Any
) -> None:
    for signal in figures["signals"]:
        told = signal["outcomes"]["kept"]
        place = ".".join(PLACES[signal["name"]])
        ((count, total, least, most),) = query(
            f"select count(*), sum({place}), min({place}), max({place}) from corpus"
        )
        assert told["documents"] == count == sum(one[2] for one in told["bins"])
        assert (told["min"], told["max"]) == (least, most)
        assert told["sum"] == pytest.approx(float(total))


def test_values_masked_data_and_shards_are_those_of_the_corpus(
    figures: dict[str, Any], query: Any, out: Path
) -> None:
    for name in ("language", "script", "extraction.charset", "rights.paywall"):
        assert {tuple(row) for row in figures["values"][name]} == set(
            query(f"select {name}, count(*), sum(char_count)::bigint from corpus group by all")
        )
    for each in figures["masked"]:
        place = f"masked.{each['kind']}_count"
        assert query(f"select sum({place})::bigint, count(*) filter ({place} > 0) from corpus") == [
            (each["places"]["kept"], each["documents"]["kept"])
        ]
    shards = figures["shards"]["files"]
    assert {(file["path"], file["documents"], file["characters"]) for file in shards} == set(
        query(
            f"""select substr(filename, {len(str(out)) + 2}), count(*), sum(char_count)::bigint
            from read_parquet('{out}/corpus/**/*.parquet', filename=true) group by all"""
        )
    )


def test_duplicates_are_those_of_the_ledger(figures: dict[str, Any], query: Any) -> None:
    told = figures["duplicates"]

    ((documents, across, clusters, similar),) = query(
        """select count(*), count(duplicate_corpus), count(distinct duplicate_of),
        count(similarity) from ledger where outcome = 'duplicate'"""
    )
    assert (told["documents"], told["across_runs"]) == (documents, across)
    assert told["clusters"] == clusters == sum(size[2] for size in told["sizes"])
    assert similar == sum(one[2] for one in told["similarities"])
    largest = query(
        """select duplicate_of, count(*) from ledger where outcome = 'duplicate'
        group by all order by 2 desc, 1"""
    )
    assert [(one["document_id"], one["duplicates"]) for one in told["largest"]] == largest[:20]
    assert told["pairs"]
    for pair in told["pairs"]:
        assert any(how == "equal" for how, _, _ in pair["parts"])


def test_pairs_that_met_and_stayed_stand_side_by_side(figures: dict[str, Any], query: Any) -> None:
    met = query(
        """select document_id, resembles, own_chars from ledger
        where outcome = 'kept' and resembles is not null order by 1 limit 8"""
    )

    told = figures["duplicates"]["met"]

    assert [(pair["document_id"], pair["other"], pair["own_chars"]) for pair in told] == met


def test_of_many_pairs_that_met_those_of_the_least_ids_are_shown() -> None:
    rows = {
        "document_id": ["d", "b", "a", "c", "e"],
        "outcome": ["kept", "kept", "duplicate", "kept", "kept"],
        "resembles": ["x", "x", "x", None, "x"],
    }

    assert met_and_stayed(ds.dataset(pa.table(rows)), 2) == ["b", "d"]
    assert not met_and_stayed(ds.dataset(pa.table(rows).drop(["resembles"])), 2)


def test_an_output_without_statistics_is_counted_anew_and_tells_the_same(
    out: Path, figures: dict[str, Any], tmp_path: Path
) -> None:
    shutil.copytree(out, tmp_path / "old")
    shutil.rmtree(tmp_path / "old" / "statistics")

    told = json.loads(json.dumps(figures_of(Output.open(str(tmp_path / "old")))))

    for name in ("overview", "reasons", "sites", "values"):
        assert told[name] == figures[name]
    assert told["shards"]["files"] == figures["shards"]["files"]


def test_a_report_says_reasons_in_the_words_of_the_terminal(out: Path) -> None:
    page = (out / "report.html").read_text(encoding="utf-8")

    (held,) = re.findall(r"^const REASONS = (.*);$", page, re.MULTILINE)
    assert json.loads(held) == catalogue()["reasons"]


def test_a_report_is_one_file_that_asks_for_nothing(out: Path) -> None:
    html = (out / "report.html").read_text(encoding="utf-8")
    reader = Reader(html)

    assert len(html) < 10_000_000
    policy = next(a["content"] for _, a in reader.elements if a.get("http-equiv"))
    assert "default-src 'none'" in (policy or "")
    places = [a[name] for _, a in reader.elements for name in ("src", "href") if name in a]
    assert places == ["data:,"]
    assert "{{" not in html


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_page_says_stays_text(text: str, figures: dict[str, Any]) -> None:
    example = {"document_id": text, "title": text, "url": text, "text": text, "evidence": text}
    plain, hostile = Reader(page(figures)), Reader(page(figures | {"examples": {text: [example]}}))

    assert hostile.elements == plain.elements
    expected = text.encode("utf-8", "replace").decode()
    assert json.loads(hostile.figures)["examples"] == {expected: [dict.fromkeys(example, expected)]}


def test_differences_of_two_texts_hold_both_of_them() -> None:
    one, other = "春眠不觉晓，处处闻啼鸟。夜来风雨声。", "春眠不觉晓，处处蚊子咬。夜来风雨声。"

    parts = differences(one, other)

    assert "".join(part[1] for part in parts) == one
    assert "".join(part[2] for part in parts) == other
    assert [part[0] for part in parts] == ["equal", "replace", "equal"]


def test_a_run_that_changes_the_output_takes_its_report_along(out: Path, tmp_path: Path) -> None:
    shutil.copytree(out, tmp_path / "out")
    before = (out / "report.html").read_bytes()
    crawl = str(out.parent / "crawl.warc.gz")
    config = load_config(DEMO)

    jingyu.run(config, [crawl], str(tmp_path / "out"))
    assert (tmp_path / "out" / "report.html").read_bytes() == before
    settings = config.output.model_copy(update={"report": False})
    languages = config.language.model_copy(update={"keep": ("yue", "zh")})
    other = config.model_copy(update={"output": settings, "language": languages})
    jingyu.run(other, [crawl], str(tmp_path / "out"))
    assert not (tmp_path / "out" / "report.html").exists()


def test_the_command_writes_the_report_or_its_figures(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "elsewhere.html"
    main(["audit", str(out), "--report", str(path)])
    main(["audit", str(out), "--json"])

    _, told = capsys.readouterr().out.split("\n", 1)
    assert path.read_bytes() == (out / "report.html").read_bytes()
    assert set(json.loads(told)) >= {"overview", "reasons", "sites", "requirements"}
