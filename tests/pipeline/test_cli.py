import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from jingyu.pipeline.cli import main
from jingyu.pipeline.config.config import RunConfig
from tests.crawl import PAGES, build_crawl
from tests.support.calls import call
from tests.support.paths import ROOT

COMMANDS = ("run", "init", "check", "schema", "explain", "whatif", "diff", "audit")
RULES = "rules:\n  - {signal: char_count, min: 50, reason: too_short}\n"
KEPT = str(PAGES / "news-cold-wave.html")
EXPLAINED = {
    "file", "outcome", "stage", "reason", "measured", "limit", "charset", "language", "script",
    "title", "text", "signals",
}  # fmt: skip


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("crawl") / "crawl.warc.gz"
    build_crawl(path)
    return path


@pytest.fixture(scope="module")
def out(crawl: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out") / "out"
    assert call("run", "demo", "-i", str(crawl), "-o", str(out), "--workers", "1") == 0
    return out


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_shows_an_example(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(command, "--help") == 0

    assert f": jingyu {command}" in capsys.readouterr().out


def test_the_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("--help") == 0

    told = capsys.readouterr().out
    assert all(f" {command} " in told for command in COMMANDS)


WRONG = [
    (["run", "{config}", "-i", "x"], "give the folder of the results: `--output FOLDER`"),
    (["run", "nowhere.yaml", "-i", "x", "-o", "{out}"], "nowhere.yaml: cannot read the config"),
    (["check", "{typo}"], "typo.yaml:3:1: gait — `gait` is not a key here; did you mean `gate`?"),
    (["run", "{config}", "--outptu", "x"], "No such option: --outptu"),
    (["run", "{config}", "--workers", "0", "-o", "{out}"], "Invalid value for '--workers'"),
    (["frobnicate"], "No such command 'frobnicate'; see `jingyu --help`"),
    (["check"], "Missing argument"),
    (["run", "{config}", "-o", "{out}", "-i"], "Option '-i' requires an argument; see `jingyu"),
    (["explain", "nowhere.yaml", "page.html"], "nowhere.yaml: cannot read the config"),
]


@pytest.mark.parametrize(("arguments", "sentence"), WRONG, ids=[wrong[1] for wrong in WRONG])
def test_a_wrong_call_is_one_sentence_and_exit_code_2(
    arguments: list[str], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config, typo = tmp_path / "run.yaml", tmp_path / "typo.yaml"
    config.write_text(RULES, encoding="utf-8")
    typo.write_text(RULES + "gait: {}\n", encoding="utf-8")
    places = {"config": config, "typo": typo, "out": tmp_path / "out"}

    code = call(*(argument.format(**places) for argument in arguments))
    told = capsys.readouterr()

    assert code == 2
    assert told.out == ""
    assert told.err.startswith("jingyu: ")
    assert sentence in told.err
    assert told.err.count("\n") == 1


FAILED = [
    (["run", "demo", "-i", "nowhere.gz", "-o", "{out}"], "nowhere.gz: there is no such file"),
    (["run", "demo", "-o", "{out}"], "there is no input: give `--input PATH`"),
    (["explain", "demo", "nowhere.html"], "nowhere.html: cannot be read: No such file"),
    (["explain", "{folder}", "http://a.cn/"], "holds no finished run; give its output folder"),
]


@pytest.mark.parametrize(("arguments", "sentence"), FAILED, ids=[wrong[1] for wrong in FAILED])
def test_a_failure_is_one_sentence_and_exit_code_1(
    arguments: list[str], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    places = {"out": tmp_path / "out", "folder": tmp_path}

    code = call(*(argument.format(**places) for argument in arguments))
    told = capsys.readouterr().err

    assert code == 1
    assert told.startswith("jingyu: ")
    assert sentence in told
    assert told.count("\n") == 1


def test_an_empty_corpus_fails_after_the_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"text": "短"}\n', encoding="utf-8")

    code = call("run", "demo", "-i", str(rows), "-o", str(tmp_path / "out"), "--workers", "1")
    told = capsys.readouterr()

    assert code == 1
    assert "where the pages went" in told.out
    last = told.err.splitlines()[-1]
    assert last.startswith("jingyu: the corpus is empty: none of 1 pages was kept")


def test_inputs_that_a_shell_makes_of_a_glob_are_all_read(
    crawl: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    for path in rows:
        path.write_text('{"text": "短"}\n', encoding="utf-8")
    inputs = [str(path) for path in (crawl, *rows)]

    code = call("run", "demo", "-i", *inputs, "-o", str(tmp_path / "out"), "--workers", "1")

    assert code == 0
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert [each["name"] for each in manifest["inputs"]] == ["a.jsonl", "b.jsonl", "crawl.warc.gz"]
    assert "where the pages went" in capsys.readouterr().out


BEAM = [
    ("--runner=FrobnicateRunner", "Unexpected pipeline runner: FrobnicateRunner"),
    ("--runner=no.such.Runner", "No module named 'no'"),
    ("--frobnicate=1", "the local runner has no option --frobnicate"),
    ("--direct_num_workers=many", "invalid int value: 'many'"),
]


@pytest.mark.parametrize(("option", "sentence"), BEAM, ids=[wrong[0] for wrong in BEAM])
def test_a_beam_option_that_beam_does_not_know_is_one_sentence(
    option: str,
    sentence: str,
    crawl: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = call("run", "demo", "-i", str(crawl), "-o", str(tmp_path), "--workers=1", "--", option)
    told = capsys.readouterr().err

    assert code == 2
    assert told.startswith("jingyu: ")
    assert sentence in told
    assert told.count("\n") == 1


def test_beam_options_are_passed_to_the_runner_that_they_name(
    crawl: Path, out: Path, tmp_path: Path
) -> None:
    arguments = ["run", "demo", "-i", str(crawl), "-o", str(tmp_path / "out"), "--", "--runner"]

    assert call(*arguments, "apache_beam.runners.portability.fn_api_runner.FnApiRunner") == 0

    ledgers = [folder / "ledger" / "part-00000.parquet" for folder in (out, tmp_path / "out")]
    assert ledgers[0].read_bytes() == ledgers[1].read_bytes()


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_run_that_is_stopped_says_how_to_go_on(workers: str, crawl: Path, tmp_path: Path) -> None:
    # Where the tests run in the background, interrupts are ignored, and children inherit that.
    heeding = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)"
    program = f"{heeding}; from pipeline.cli import main; main(sys.argv[1:])"
    options = ["run", "demo", "--workers", workers]
    with subprocess.Popen(
        [sys.executable, "-c", program, *options, "-i", str(crawl), "-o", str(tmp_path / "out")],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        while not list(tmp_path.glob("out/staging/**/*.partial")):
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate()

    assert process.returncode == 130
    assert told.endswith("jingyu: stopped; run the same command again to continue\n")


def test_check_prints_the_rules_and_what_deduplication_finds(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert call("check", "web_zh") == 0

    told = capsys.readouterr().out
    assert "the config is valid" in told
    assert "  han_count >= 50, else too_short\n" in told
    assert "  mean_line_length >= 8, else lines_too_short\n" in told
    chances = [line.split()[2] for line in told.splitlines() if line.startswith("  similarity")]
    assert chances == sorted(chances)
    assert len(chances) == 8


def test_the_schema_is_a_json_schema_of_all_sections(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("schema") == 0

    schema = json.loads(capsys.readouterr().out)
    assert schema["type"] == "object"
    assert schema["properties"].keys() == RunConfig.model_fields.keys()
    assert schema["required"] == ["rules"]
    assert schema["additionalProperties"] is False
    references = {value["$ref"] for value in schema["properties"].values() if "$ref" in value}
    assert {reference.rpartition("/")[2] for reference in references} <= schema["$defs"].keys()


def explained(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert call("explain", *arguments, "--json") == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_explain_shows_the_whole_way_of_pages(capsys: pytest.CaptureFixture[str]) -> None:
    names = ("news-cold-wave.html", "farm-slimming-tea.html", "en-sourdough.html")

    kept, rejected, foreign = explained(capsys, "demo", *(str(PAGES / name) for name in names))

    assert all(each.keys() >= EXPLAINED for each in (kept, rejected, foreign))
    assert (kept["outcome"], kept["stage"], kept["reason"]) == ("kept", "write", None)
    assert (kept["charset"], kept["language"], kept["script"]) == ("utf-8", "zh", "simplified")
    assert kept["title"]
    assert kept["signals"]["char_count"] == len(kept["text"].replace("\n", ""))
    assert (rejected["outcome"], rejected["stage"]) == ("rejected", "select")
    broken = rejected["broken_rules"][0]
    assert [rejected[name] for name in ("reason", "measured", "limit")] == [
        broken[name] for name in ("reason", "measured", "limit")
    ]
    assert rejected["measured"] == rejected["signals"][broken["signal"]]
    assert (foreign["outcome"], foreign["stage"]) == ("rejected", "gate")
    assert foreign["reason"] == "too_few_han"
    assert foreign["measured"] < foreign["limit"]
    assert (foreign["text"], foreign["signals"]) == (None, {})


def test_explain_shows_the_language_of_a_page_that_the_gate_lets_through(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (found,) = explained(capsys, "demo", str(PAGES / "yue-tofu-stall.html"))

    assert (found["stage"], found["reason"]) == ("language", "other_language")
    assert found["language"] == "yue"
    assert found["measured"] == found["language_score"]


def test_explain_prints_lines_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("explain", "demo", KEPT) == 0

    told = capsys.readouterr().out
    assert "outcome: kept\n" in told
    assert "\nsignals:\n  char_count: " in told
    assert "reason" not in told


def test_explain_finds_pages_of_a_run_by_address_and_by_id(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    address = "https://www.lanchuanribao.com.cn/content/2025-10/12/c_88120431.html"

    (by_address,) = explained(capsys, str(out), address)
    (by_id,) = explained(capsys, str(out), by_address["document_id"])

    assert by_address == by_id
    assert by_id["url"] == address
    assert by_id["captured_at"] == "2025-11-16 00:00:00+00:00"


def test_an_address_that_no_page_has_is_one_sentence(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("explain", str(out), "http://nowhere.cn/") == 1

    told = capsys.readouterr().err
    assert told.startswith("jingyu: http://nowhere.cn/: is neither an address, a host nor a doc")


def test_a_built_in_config_is_found_from_any_folder_and_beside_one_of_its_name(
    tmp_path: Path,
) -> None:
    (tmp_path / "demo").mkdir()

    for arguments in (["check", "demo"], ["explain", "demo", KEPT]):
        done = subprocess.run(
            [sys.executable, "-m", "pipeline.cli", *arguments],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("--version") == 0

    assert capsys.readouterr().out.startswith("jingyu 0.")


def test_a_run_is_quiet_or_tells_its_figures_as_json(
    crawl: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = ("run", "demo", "-i", str(crawl), "-o", str(out), "--workers", "1", "--quiet")

    assert call(*again) == 0
    assert capsys.readouterr() == ("", "")
    assert call(*again, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told == json.loads((out / "stats.json").read_text(encoding="utf-8"))


def test_a_starter_config_is_a_recipe_and_no_file_is_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "mine.yaml")

    assert call("init", "demo", "--to", path) == 0
    assert call("check", path) == 0
    capsys.readouterr()
    assert call("init", "demo", "--to", path) == 2
    assert "is there already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (PermissionError(13, "Permission denied", "/x"), "change its permissions"),
        (NotADirectoryError(20, "Not a directory", "/x"), "a file stands where a folder has to be"),
        (IsADirectoryError(21, "Is a directory", "/x"), "a folder stands where a file has to be"),
        (OSError(28, "No space left on device"), "make room there, then run again to continue"),
        (OSError(5, "Input/output error"), "run again to continue"),
    ],
)
def test_advice_fits_the_error(
    error: OSError,
    advice: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("jingyu.pipeline.config.config.load_config", fails)

    assert call("check", "demo") == 1
    told = capsys.readouterr().err
    assert advice in told
    assert ("run again" in told) == ("run again" in advice)


@pytest.mark.parametrize(
    ("words", "offered"), [("jingyu wh", "whatif"), ("jingyu disclose --fo", "--form")]
)
def test_a_shell_is_offered_commands_and_options(
    words: str, offered: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("_JINGYU_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split()) - 1))

    with contextlib.suppress(SystemExit):
        main([])

    assert offered in capsys.readouterr().out
