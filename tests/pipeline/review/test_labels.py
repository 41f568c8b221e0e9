import json
from pathlib import Path

import pytest

from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.review.labels import examples_of, read_labels
from tests.support.archives import gzip_members, page

CONFIG = RunConfig.model_validate(
    {
        "rules": [{"signal": "char_count", "min": 1, "reason": "empty"}],
        "quality": {"builtin": False},
    }
)
PROSE = "山里的天气说变就变，早上还是晴空万里，中午就下起了大雨，我们只好等雨停下来。"
PAGE = f"<html><title>天气</title><body><p>{PROSE}</p><p>{PROSE[::-1]}</p></body></html>"


def write_labels(folder: Path, *rows: object) -> str:
    path = folder / "labels.jsonl"
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def test_a_row_is_examined_as_a_run_would(tmp_path: Path) -> None:
    row = {"label": "usable", "text": f"{PROSE}\n打电话13912345678。{PROSE}", "site": "甲"}
    other = {"label": "spam", "kind": "doorway", "text": PROSE * 2, "url": "http://a.b.cn/x"}

    good, bad = examples_of(read_labels([write_labels(tmp_path, row, other)]), [], CONFIG)

    assert "13912345678" not in good.text
    assert (good.label, good.owner, good.domain, good.sample) == ("usable", "甲", "", "labels")
    assert (bad.kind, bad.domain) == ("doorway", "b.cn")
    assert bad.signals["char_count"] == len(PROSE) * 2


def test_what_has_no_text_is_found_by_its_address(tmp_path: Path) -> None:
    crawl = tmp_path / "crawl.warc.gz"
    crawl.write_bytes(
        gzip_members([page(f"http://site{n}.cn/", PAGE.encode()) for n in (1, 2, 3, 3)])
    )
    rows = [{"label": "clean", "url": f"http://site{n}.cn/"} for n in (1, 3, 4)]

    found = examples_of(read_labels([write_labels(tmp_path, *rows)]), [str(crawl)], CONFIG)

    assert [(one.domain, one.title) for one in found] == [("site1.cn", "天气")]


def test_hosts_of_a_shared_domain_are_owners_and_stand_ins_are_none(tmp_path: Path) -> None:
    urls = ("http://me.github.io/a", "http://raw.githubusercontent.com/x/y", "http://p.invalid/")
    rows = [{"label": "clean", "text": PROSE * 2, "url": url} for url in urls]

    found = examples_of(read_labels([write_labels(tmp_path, *rows)]), [], CONFIG)

    assert [one.domain for one in found] == ["me.github.io", "", ""]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("no JSON", "is no JSON object with a `label`"),
        ("[]", "is no JSON object with a `label`"),
        ({"text": "a"}, "is no JSON object with a `label`"),
        ({"label": "good", "text": "a"}, "`good` is no label"),
        ({"label": "spam"}, "has neither `text` nor `url`"),
        ({"label": ["spam"], "text": "a"}, "is no label"),
        ({"label": "spam", "text": 5}, "`text` is no string"),
        ({"label": "spam", "url": 5}, "`url` is no string"),
        ({"label": "spam", "text": "a", "kind": ["ad"]}, "`kind` is no string"),
        ({"label": "spam", "text": "a", "site": {}}, "`site` is no string"),
    ],
)
def test_a_line_that_is_no_judgement_is_named(tmp_path: Path, row: object, told: str) -> None:
    path = write_labels(tmp_path, {"label": "spam", "text": "a"}, row)

    with pytest.raises(InputError) as caught:
        read_labels([path])

    assert str(caught.value).startswith(f"{path}:2: ")
    assert told in str(caught.value)


def test_files_that_are_not_there_or_no_crawls_are_refused(tmp_path: Path) -> None:
    labels = write_labels(tmp_path, {"label": "spam", "url": "http://a.cn/", "text": None})

    with pytest.raises(InputError, match="no such file"):
        read_labels([str(tmp_path / "none.jsonl")])
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"text": "a"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="no WARC file"):
        examples_of(read_labels([labels]), [str(rows)], CONFIG)
