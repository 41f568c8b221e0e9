import io
import re
import string
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from jingyu import configs
from jingyu.filters.source.settings import Verdicts
from jingyu.filters.source.verdicts import against
from jingyu.pipeline.audit.checks import to_keep
from jingyu.pipeline.cli import main
from jingyu.pipeline.config.config import load_config
from jingyu.pipeline.config.takedown_lists import _CHECKS
from jingyu.pipeline.run.outlook import told
from jingyu.pipeline.run.progress import Progress
from jingyu.pipeline.store.language import Names, Say, catalogue, said, spoken, template
from jingyu.schemas.decisions import OUTCOMES, REJECTED
from jingyu.schemas.ledger import LEDGER
from jingyu.schemas.reasons import REASONS
from jingyu.schemas.sensitive import SENSITIVITY
from jingyu.schemas.sites import VERDICTS
from tests.support.messages import PLACE, echoed, sentences, words
from tests.support.paths import DEMO

MESSAGES = catalogue()["messages"]
FOLDER = Path(configs.__path__[0])
CONFIGS = [*FOLDER.glob("*.yaml"), *(FOLDER / "recipes").glob("*.yaml")]
DOUBTS = against(defaultdict(lambda: np.zeros(1)), Verdicts())
BEFORE = f"{PLACE} — "
"""What is said of a place in a config is said in turn."""


WHAT_IS_PUT_IN_SAYS_IT = {
    f"{PLACE}: is {PLACE}",
    f"`{PLACE}` is not a language that is found; {PLACE}",
    f"`{PLACE}` is not a category; {PLACE}",
    f"`{PLACE}` is not a signal; {PLACE}",
    f"`{PLACE}` is no tier and no verdict; {PLACE}",
    (
        f"{PLACE}: {PLACE} neither a WARC file (no record begins in its first {PLACE} bytes) nor "
        "Parquet or JSONL; convert it or leave it out"
    ),
}
"""Of these the catalogue has each sentence that they can become."""


def places(sentence: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None]


SAID_IN_ALL_LANGUAGES = {f"jingyu {PLACE}", f"sha256: {PLACE}"}


def test_every_message_has_its_chinese_twin() -> None:
    known = {PLACE.join(template(english, "").literals) for english in MESSAGES}
    known |= WHAT_IS_PUT_IN_SAYS_IT
    lacking = [
        f"{place}: {line}"
        for place, sentence in sentences()
        for line in sentence.split("\n")
        if any(map(str.isalpha, line)) and not {line, line.removeprefix(BEFORE)} & known
    ]

    assert not lacking, "\n".join(lacking)


def test_all_words_of_tables_have_their_chinese_twins() -> None:
    known = catalogue()["words"]
    lacking = [f"{place}: {each}" for place, each in words() if each not in known]

    assert not lacking, "\n".join(lacking)


def test_nothing_is_printed_past_the_catalogue() -> None:
    found = [
        f"{place}: {each}"
        for place, each in echoed()
        if any(map(str.isalpha, each)) and each not in SAID_IN_ALL_LANGUAGES
    ]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("section", ["words", "messages"])
def test_a_twin_has_the_places_of_its_sentence(section: str) -> None:
    for english, chinese in catalogue()[section].items():
        assert sorted(places(chinese)) == sorted(places(english)), english
        assert len(set(places(english))) == len(places(english)), english


def test_each_message_is_said_by_its_own_twin() -> None:
    for english, chinese in MESSAGES.items():
        if template(english, chinese).is_told:
            values = {name: f"{n}" for n, name in enumerate(places(english), start=10)}
            assert said(english.format(**values), "zh") == chinese.format(**values)


def test_no_sentence_stands_twice_in_the_catalogue() -> None:
    text = (Path(configs.__path__[0]) / "messages" / "zh.yaml").read_text(encoding="utf-8")
    root = yaml.compose(text, yaml.SafeLoader)

    assert root
    for _, part in root.value:
        keys = [key.value for key, _ in part.value]
        assert len(keys) == len(set(keys))


def test_several_reasons_are_said_one_by_one() -> None:
    reasons = "/a; b: is empty; /c: is a JSON array; write one JSON object per line instead; what"

    assert said(f"no input can be read ({reasons})", "zh") == (
        "没有可以读取的输入（/a; b：是空的；/c：是 JSON 数组；请改为每行一个 JSON 对象；what）"
    )


def test_however_many_reasons_are_said_and_what_follows_them_stays() -> None:
    """A config with thousands of mistakes is told as one sentence."""
    english = "; ".join(["starting"] * 2_000 + ["whatever else"])

    found = said(f"skipped {english}", "zh")

    assert found.endswith("；".join([MESSAGES["starting"]] * 2_000 + ["whatever else"]))


def test_what_is_put_in_is_said_in_turn_and_each_line_by_itself() -> None:
    message = (
        "a.yaml:3:1: rules.0 — `mim` is not a key here; did you mean `min`?\n"
        "skipped /crawl/{x}: is empty"
    )

    assert said(message, "zh") == (
        "a.yaml:3:1: rules.0 — 此处没有 `mim` 这个键；是否指 `min`？\n已跳过 /crawl/{x}：是空的"
    )
    assert said(message, "en") == message


@pytest.mark.parametrize(
    "message", ["", "what nobody wrote down", "{", "a — b", "10.5 — 网页", "/srv/{path}/x"]
)
def test_what_the_catalogue_lacks_stays_as_it_is(message: str) -> None:
    assert said(message, "zh") == message


@given(st.text() | st.lists(st.sampled_from(["{a}: ", " — ", "is empty", "; ", ": "])).map("".join))
def test_any_text_can_be_said(message: str) -> None:
    assert said(message, "en") == message
    assert said(message, "zh").count("\n") == message.count("\n")


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        (("run", "--lang", "zh"), "zh"),
        (("run", "--lang=zh"), "zh"),
        (("run", "--lang", "en"), "en"),
        (("run", "--lang"), "en"),
        (("run", "--lang", "fr"), "en"),
        (("run",), "en"),
    ],
)
def test_the_option_asks_for_a_language(arguments: tuple[str, ...], language: str) -> None:
    assert spoken({}, arguments) == language
    assert spoken({"LANG": "zh_CN.UTF-8"}, ("run", "--lang", "en")) == "en"
    assert spoken({"LANG": "zh_CN.UTF-8"}, ("run", "--lang", "fr")) == "zh"


def test_every_reason_says_what_it_means() -> None:
    of_rules = {rule.reason for path in CONFIGS for rule in load_config(path).rules}

    assert (of_rules | REASONS.keys()) - catalogue()["reasons"].keys() == set()
    assert Say("zh").reason("too_short") == "太短 too_short"
    assert Say("zh").reason("my_own") == Say("en").reason("my_own") == "my_own"
    assert Say("en").reason("too_short") == "too_short"


@pytest.mark.parametrize("wanted", [wanted for _, wanted in _CHECKS.values()])
def test_what_a_takedown_has_to_name_is_said_in_chinese(wanted: str) -> None:
    assert said(wanted, "zh") != wanted


@pytest.mark.parametrize("stage", ["sources", "gate", "language", "rights", "read", "extract"])
def test_what_would_keep_a_record_is_said_in_chinese(stage: str) -> None:
    row = {"stage": stage, "reason": "x", "measured": 1, "limit": 2, "outcome": REJECTED}

    (told,) = to_keep(row, [], load_config(DEMO))

    assert re.search("[a-z]{2,} [a-z]{2,}", said(told, "zh")) is None


@pytest.mark.parametrize(
    ("section", "names"),
    [
        ("outcomes", OUTCOMES),
        ("verdicts", VERDICTS),
        ("doubts", DOUBTS),
        ("masked", SENSITIVITY),
        ("columns", LEDGER.names),
    ],
)
def test_names_of_columns_and_figures_are_said_in_chinese(
    section: Names, names: Iterable[str]
) -> None:
    assert [name for name in names if Say("zh").named(section, name) == name] == []
    assert all(Say("en").named(section, name) == name for name in names)


def test_words_are_those_of_the_catalogue() -> None:
    assert Say("zh")("pages") == "网页"
    assert Say("en")("pages") == "pages"


OUTLOOK: dict[str, Any] = {
    "inputs": {"WARC": {"files": 2, "bytes": 1000}},
    "left_out": ["/a: is empty"],
    "left_out_total": 3,
    "pieces": 4,
    "pieces_to_read": 2,
    "bytes_to_read": 500,
    "read_again_because_of": ["language"],
    "probe": {"pages": 9, "bytes": 100, "seconds": 0.5},
    "workers": 1,
    "expected_seconds": 5,
}


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"workers": 2},
        {"expected_seconds": None},
        {"expected_seconds": None, "pieces_to_read": 0},
    ],
)
def test_every_line_of_an_outlook_is_said(more: dict[str, Any]) -> None:
    lines = told(OUTLOOK | more).splitlines()
    chinese = said("\n".join(lines), "zh").splitlines()

    assert [line for line in chinese if line in lines] == []


def test_progress_is_said_in_chinese_and_logged_in_english(tmp_path: Path) -> None:
    shown, log = io.StringIO(), tmp_path / "log"
    progress = Progress(Console(file=shown, width=80), str(log), "zh")

    with progress.step("clean", work=1):
        pass

    assert shown.getvalue().startswith("清理：")
    assert " clean: " in log.read_text()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["rnu"], "jingyu: 没有命令 rnu"),
        (["run", "demo", "--lang", "zh"], "jingyu: 请给出结果文件夹"),
        (["check", "/nowhere/a.yaml"], "没有这个文件或文件夹"),
    ],
)
def test_errors_are_said_in_the_language_of_the_locale(
    words: list[str],
    sentence: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")

    with pytest.raises(SystemExit):
        main(words)

    assert sentence in capsys.readouterr().err
