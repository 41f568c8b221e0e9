import yaml

from jingyu.pipeline.audit.card import dataset_card
from tests.support.figures import MANIFEST, STATS


def test_the_card_begins_with_what_dataset_hubs_read() -> None:
    _, head, _ = dataset_card(STATS, MANIFEST).split("---\n", 2)

    found = yaml.safe_load(head)
    assert found["language"] == ["zh"]
    assert found["configs"] == [{"config_name": "default", "data_files": "corpus/**/*.parquet"}]


def test_the_card_shows_the_figures_of_the_run() -> None:
    card = dataset_card(STATS, MANIFEST)

    assert "由净语 (Jingyu) 9.9 于 2026-01-02T03:04:05+00:00 生成。" in card
    assert "| 分片 shards | 2 (1,500 bytes) |" in card
    assert "| 字符 characters | 1,234,567 |" in card
    assert "| 输入文件 input files | 2 |" in card


def test_the_card_lists_what_was_left_out_the_most_frequent_first() -> None:
    rows = dataset_card(STATS, MANIFEST).partition("## 去向")[2].partition("## 字段")[0]

    assert [line for line in rows.splitlines() if "/" in line][1:] == [
        "| gate/rejected/too_few_han | 700 |",
        "| select/rejected/low_quality | 100 |",
        "| deduplicate/duplicate/near_duplicate | 90 |",
        "| extract/failed/timeout | 10 |",
    ]


def test_of_many_reasons_the_card_lists_twelve() -> None:
    stats = STATS | {"reasons": {f"select/rejected/r{n:02}": 1 for n in range(20)}}

    card = dataset_card(stats, MANIFEST)

    assert "| select/rejected/r11 | 1 |" in card
    assert "select/rejected/r12" not in card
