"""Forms filled from a finished corpus: each figure is what its query yields, none is invented."""

import json
from pathlib import Path
from typing import Any, get_args

import duckdb
import pytest
import yaml

import jingyu
from jingyu.filters.settings.errors import ConfigError, InputError
from jingyu.pipeline.audit.disclose.answers import read_answers
from jingyu.pipeline.audit.disclose.disclose import FormName, disclose
from jingyu.pipeline.audit.disclose.eu_summary import eu_summary
from jingyu.pipeline.audit.disclose.figures import Figure, Figures
from jingyu.pipeline.audit.disclose.form import Field, Form, Section, Text
from jingyu.pipeline.audit.disclose.queries import QUERIES
from jingyu.pipeline.audit.disclose.render import as_html, as_markdown
from jingyu.pipeline.audit.disclose.scoring import SCORED, scored
from jingyu.pipeline.audit.output import Output
from jingyu.pipeline.cli import main
from jingyu.pipeline.read import storage
from jingyu.pipeline.store import filesystem
from tests.crawl import build_crawl
from tests.support.servers import at_endpoint, make_bucket, server

WORD = Text("word", "词")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("disclose")
    build_crawl(folder / "crawl.warc.gz")
    paths = [str(folder / "crawl.warc.gz")]
    jingyu.run(jingyu.load_config("demo"), paths, str(folder / "out"), workers=1)
    return folder / "out"


@pytest.fixture(scope="module")
def figures(out: Path) -> Figures:
    return Figures(Output.open(str(out)))


@pytest.mark.parametrize("name", QUERIES)
def test_a_figure_is_what_its_query_yields_on_the_files(
    name: str, out: Path, figures: Figures
) -> None:
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        connection.execute(f"create view corpus as from '{out}/corpus/**/*.parquet'")
        connection.execute(f"create view ledger as from '{out}/ledger/*.parquet'")
        rows = connection.execute(figures[name].query).fetchall()

    assert rows == list(figures[name].rows)


def test_figures_agree_with_those_of_the_run(out: Path, figures: Figures) -> None:
    stats = json.loads((out / "stats.json").read_text("utf-8"))

    assert figures["documents"].value == stats["documents"]
    assert figures["characters"].value == stats["characters"]
    assert figures["records"].value == stats["pages_read"]
    assert dict(figures["outcomes"].rows) == {k: n for k, n in stats["outcomes"].items() if n}
    assert figures["domains"].value == stats["registered_domains"]["kept"]
    masked = {kind: n for each in stats["personal_data"].values() for kind, n in each.items()}
    assert {row[0]: row[1] for row in figures["masked"].rows} == masked


def test_the_most_relevant_domains_are_the_first_tenth_by_content(figures: Figures) -> None:
    domains, listed = figures["domains"].value, figures["top_domains"].rows

    assert len(listed) == -(-domains // 10)
    assert [row[2] for row in listed] == sorted((row[2] for row in listed), reverse=True)
    assert len(figures["top_domains_small"].rows) <= len(listed)
    assert len(figures["more_domains"].rows) == domains
    table = disclose(figures, "eu-summary").files["most-relevant-domains.csv"].splitlines()
    assert [line.split(",")[0] for line in table] == ["domain", *(row[0] for row in listed)]


@pytest.mark.parametrize("form", get_args(FormName))
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_form_lists_what_only_people_know(form: Any, language: Any, figures: Figures) -> None:
    made = disclose(figures, form, language)

    assert made.files
    assert made.unknown
    answered = disclose(figures, form, language, {made.unknown[0]: "said by people"})
    assert set(made.unknown) - set(answered.unknown) == {made.unknown[0]}
    assert all("said by people" in answered.files[name] for name in answered.files if form in name)


def test_nothing_is_said_in_place_of_people(figures: Figures) -> None:
    page = json.loads(disclose(figures, "eu-summary").files["eu-summary.json"])

    fields = {field["name"]: field for section in page["sections"] for field in section["fields"]}
    for name in ("1.1", "1.2", "2.1", "2.3.c", "3.1.a"):
        assert fields[name]["unknown"]
        assert (fields[name]["said"], fields[name]["added"]) == (None, None)


def test_an_answer_to_no_question_is_refused(figures: Figures) -> None:
    for form in get_args(FormName):
        with pytest.raises(ConfigError, match="providr"):
            disclose(figures, form, "en", {"providr": "x"})


def test_nine_of_ten_questions_on_crawled_data_that_a_corpus_can_answer_are_answered(
    figures: Figures,
) -> None:
    answered, others = scored(eu_summary(figures))
    everything = {question for questions in SCORED.values() for question in questions}

    assert set(answered) | set(others) == everything
    assert len(answered) >= 0.9 * (len(everything) - 7)
    more, _ = scored(eu_summary(figures).answered({"crawler.purposes": "x"}))
    assert set(answered) < set(more)


def test_the_evidence_page_tells_where_a_text_came_from(figures: Figures) -> None:
    rows = figures.output.corpus.to_table(["url", "text", "document_id"]).to_pylist()
    row = rows[0]

    passage = " ".join(row["text"][:40].split("\n"))
    for what in (row["url"], row["document_id"], passage):
        page = disclose(figures, "gb-evidence", "zh", None, (what,)).files["gb-evidence.md"]
        assert page.count(f"| {row['document_id']} |") == 2
        assert "$what" not in page


@pytest.mark.parametrize("what", ["$words", "$what and $words", "'$words' or 1 = 1"])
def test_what_is_asked_about_may_look_like_a_part_of_the_query(what: str, figures: Figures) -> None:
    here, became = figures.about(what)

    assert not here.rows
    assert not became.rows


@pytest.mark.parametrize(("statuses", "is_said"), [([200, 203], True), ([200, 401], False)])
def test_pages_that_ask_for_a_password_are_said_to_be_left_out_where_they_are(
    statuses: list[int], is_said: bool, figures: Figures, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = figures.output.manifest["config"]["inputs"]
    monkeypatch.setitem(inputs, "statuses", statuses)

    (said,) = (each.said for each in eu_summary(figures).fields if each.name == "2.3.d")

    assert said
    assert all(("（401）" in words or "(401)" in words) == is_said for words in said)
    assert all(str(status) in words for status in statuses for words in said)


def test_words_of_a_page_are_no_markup_of_a_form() -> None:
    figure = Figure("about", "select 1", ("title",), (("<b>a|b\r\nc",),))
    form = Form("f", WORD, WORD, (Section(WORD, (Field("1", WORD, None, (figure,)),)),), "")

    assert "\n| &lt;b>a\\|b c |\n" in as_markdown(form, "en")
    assert "<td>&lt;b&gt;a|b c</td>" in as_html(form, "en")


def test_what_is_asked_about_may_hold_quotes_and_has_to_say_something(figures: Figures) -> None:
    here, became = figures.about("'; drop table corpus; --")

    assert (here.rows, became.rows) == ((), ())
    assert figures["documents"].value
    for what in ("", " ", "的"):
        with pytest.raises(ConfigError, match="--about"):
            figures.about(what)


def test_the_card_has_a_header_that_hubs_read(figures: Figures) -> None:
    card = disclose(figures, "datasheet", "en", {"license": "cc-by-4.0"}).files["datasheet.md"]
    header = yaml.safe_load(card.split("---")[1])

    assert header["license"] == "cc-by-4.0"
    assert header["language"] == ["zh"]
    assert header["size_categories"] == ["n<1K"]
    assert header["configs"][0]["config_name"] == "default"
    assert "license" not in disclose(figures, "datasheet").files["datasheet.md"].split("---")[1]


def test_croissant_names_each_file_with_its_digest(out: Path, figures: Figures) -> None:
    told = json.loads(disclose(figures, "croissant").files["croissant.json"])
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))

    assert told["conformsTo"] == "http://mlcommons.org/croissant/1.1"
    files = {each["@id"]: each for each in told["distribution"] if "sha256" in each}
    parts = {part["path"]: part for part in manifest["parts"] if part["path"].startswith("corpus")}
    assert {name: each["sha256"] for name, each in files.items()} == {
        name: part["sha256"] for name, part in parts.items()
    }


def test_provenance_has_the_elements_of_the_draft(figures: Figures) -> None:
    told = json.loads(disclose(figures, "oasis-provenance").files["oasis-provenance.json"])

    assert set(told) == {"version", "metadata"}
    assert set(told["metadata"]) == {"source", "provenance", "use"}
    first, last = figures["days"].rows[0]
    period = told["metadata"]["provenance"]["generation-period"]
    assert (period["oldest"], period["youngest"]) == (first, last)


def test_answers_may_be_nested(tmp_path: Path) -> None:
    path = tmp_path / "disclosure.yaml"
    path.write_text("provider: {name: a}\nmodel: b\nsources:\n  public: [c, d]\n", "utf-8")

    assert read_answers(str(path)) == {
        "provider.name": "a",
        "model": "b",
        "sources.public": "c; d",
    }
    for content in ("- a", "a: [", "a"):
        path.write_text(content, "utf-8")
        with pytest.raises(ConfigError):
            read_answers(str(path))


def test_the_command_writes_files_and_lists_what_is_unknown(
    out: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    main(["disclose", str(out), "--form", "gb-evidence", "--lang", "zh", "--to", str(tmp_path)])

    printed = capsys.readouterr().out
    assert {path.name for path in tmp_path.iterdir()} == {
        "gb-evidence.json",
        "gb-evidence.md",
        "gb-evidence.html",
    }
    assert "输出中没有、须由人填写：consent" in printed


def test_an_output_on_a_store_tells_the_same(out: Path, figures: Figures) -> None:
    with server("s3") as address, at_endpoint("s3", address):
        make_bucket("s3", address, "corpora")
        for path in out.rglob("*"):
            if path.is_file() and "staging" not in path.parts:
                name = path.relative_to(out).as_posix()
                filesystem.write_bytes(f"s3://corpora/out/{name}", path.read_bytes())
        there = disclose(Figures(Output.open("s3://corpora/out")), "eu-summary")
        main(["disclose", "s3://corpora/out", "--form", "croissant"])
        written = storage.read_bytes("s3://corpora/out/disclosure/croissant.json")

    assert there == disclose(figures, "eu-summary")
    assert written.decode() == disclose(figures, "croissant").files["croissant.json"]


def test_a_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        Figures(Output.open(str(tmp_path)))
