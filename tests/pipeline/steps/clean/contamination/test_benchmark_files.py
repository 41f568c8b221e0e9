import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jingyu.filters.settings.errors import ConfigError, InputError
from jingyu.pipeline.config.decontamination import Benchmark
from jingyu.pipeline.config.layouts import LayoutName
from jingyu.pipeline.steps.clean.contamination.benchmark_files import (
    benchmark_files,
    read_questions,
)

LAYOUT_FILES: dict[LayoutName, tuple[str, str, list[str]]] = {
    "ceval": (
        "val/law_val.csv",
        "id,question,A,B,C,D,answer,explanation\n7,问,甲,乙,丙,丁,A,解\n",
        ["val/law_val.csv#7", "问", "甲", "乙", "丙", "丁"],
    ),
    "cmmlu": (
        "test/arts.csv",
        ",Question,A,B,C,D,Answer\n0,问,甲,乙,丙,丁,B\n",
        ["test/arts.csv#0", "问", "甲", "乙", "丙", "丁"],
    ),
    "gaokao_bench": (
        "History.json",
        '{"keywords": "History", "example": [{"question": "问", "answer": ["C"], "index": 0}]}',
        ["History.json#0", "问", "C"],
    ),
    "agieval": (
        "logiqa-zh.jsonl",
        '{"passage": null, "question": "问", "options": ["(A)甲", "(B)乙"], "answer": null}\n',
        ["logiqa-zh.jsonl#0", "问", "(A)甲", "(B)乙"],
    ),
    "gsm8k": (
        "test.jsonl",
        '{"question": "How many?", "answer": "#### 3"}\n',
        ["test.jsonl#0", "How many?", "#### 3"],
    ),
    "flageval": (
        "LLSRC_v1.csv",
        "\ufeff问题,选项1,选项2,选项3,选项4,答案\n问,近义,反义,上下位,整体部分,C\n",
        ["LLSRC_v1.csv#0", "问", "近义", "反义", "上下位", "整体部分"],
    ),
}


def benchmark(path: Path, *fields: str) -> Benchmark:
    return Benchmark(name="own", paths=(str(path),), fields=fields or ("question",))


@pytest.mark.parametrize("layout", LAYOUT_FILES)
def test_each_layout_is_read_as_its_publisher_writes_it(tmp_path: Path, layout: LayoutName) -> None:
    name, content, expected = LAYOUT_FILES[layout]
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(content, encoding="utf-8")

    (question,) = read_questions(Benchmark(name="set", paths=(str(tmp_path),), layout=layout))

    assert [question.benchmark, question.question_id, *question.texts] == ["set", *expected]


def test_a_layout_may_name_its_fields_in_other_ways(tmp_path: Path) -> None:
    row = {"question": "问", "choices": ["甲", "乙"], "answer": "A"}
    (tmp_path / "a.json").write_text(json.dumps([row]), encoding="utf-8")
    named = Benchmark(name="set", paths=(str(tmp_path / "a.json"),), layout="flageval")

    assert read_questions(named)[0].texts == ("问", "甲", "乙")


def test_dotted_paths_lead_into_objects_and_lists(tmp_path: Path) -> None:
    row = {
        "q": {"text": "问"},
        "options": [{"text": "甲"}, {"text": 2, "right": True}],
        "a.b": "丙",
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n\n", encoding="utf-8")

    (question,) = read_questions(
        benchmark(tmp_path, "q.text", "options.text", "options.right", "a.b")
    )

    assert question.texts == ("问", "甲", "2", "丙")


def test_parquet_and_tab_separated_files_are_read_too(tmp_path: Path) -> None:
    table = pa.table({"id": ["x", ""], "question": ["问", None], "A": [["甲", "乙"], None]})
    pq.write_table(table, tmp_path / "a.parquet")
    (tmp_path / "b.tsv").write_text("question\tA\n问\t甲\n", encoding="utf-8")
    (tmp_path / "README.md").write_text("notes", encoding="utf-8")

    questions = read_questions(benchmark(tmp_path, "question", "A"))

    assert [tuple(question)[1:] for question in questions] == [
        ("a.parquet#x", ("问", "甲", "乙")),
        ("a.parquet#1", ("",)),
        ("b.tsv#0", ("问", "甲")),
    ]


def test_a_file_under_two_paths_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("question\n问\n", encoding="utf-8")
    paths = (str(tmp_path), str(tmp_path / "*.csv"), str(tmp_path / "a.csv"))

    assert len(benchmark_files(Benchmark(name="own", paths=paths, fields=("question",)))) == 1


def test_a_missing_field_is_named_with_those_that_there_are(tmp_path: Path) -> None:
    row = {"question": "问", "data": {"options": ["甲"]}}
    (tmp_path / "a.jsonl").write_text(json.dumps(row), encoding="utf-8")

    with pytest.raises(ConfigError, match=r"no field 题干, only question, data\.options; name in"):
        read_questions(benchmark(tmp_path, "题干"))
    with pytest.raises(ConfigError, match=r"has the field options.*has question, data\.options"):
        read_questions(benchmark(tmp_path, "question", "options"))


def test_a_file_of_another_layout_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"prompt": "问"}', encoding="utf-8")

    with pytest.raises(ConfigError, match="not of the layout cmmlu"):
        read_questions(Benchmark(name="own", paths=(str(tmp_path),), layout="cmmlu"))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.jsonl", b'{"question": "\xe9\x97\xae"}\n{"question"', "line 2: is no JSON"),
        ("a.jsonl", b"[1]\n", "line 1: is no object"),
        ("a.json", b'{"a": [], "b": []}', "object with 2 lists"),
        ("a.json", b'"text"', "is no list of objects"),
        ("a.json", b"[" * 100_000, "is no JSON"),
        ("a.csv", "question\n问\n".encode("gb18030"), "is not UTF-8 at byte 9"),
        ("a.csv", b"question\n", "holds no rows"),
        ("a.parquet", b"PAR1", "is not a whole Parquet file"),
        ("a.xlsx", b"", "is none of jsonl"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(InputError, match=message):
        read_questions(benchmark(tmp_path / name))


def test_a_path_without_a_benchmark_is_refused(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("notes", encoding="utf-8")

    with pytest.raises(InputError, match="holds no file of jsonl"):
        read_questions(benchmark(tmp_path))
    with pytest.raises(InputError, match="no such file"):
        read_questions(benchmark(tmp_path / "gone"))
