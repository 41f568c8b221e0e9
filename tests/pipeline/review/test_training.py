import json
from pathlib import Path

import pytest

from jingyu.filters.quality.model.text_model import TextModel
from jingyu.pipeline.cli import main
from tests.support.examples import example

LABELS = ("usable", "spam", "not-text")


def write_labels(folder: Path, count: int) -> str:
    path = folder / "labels.jsonl"
    made = [example(number, LABELS[number % 3]) for number in range(count)]
    rows = ({"label": one.label, "text": one.text * 3, "site": one.domain} for one in made)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def test_a_model_and_its_card_are_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "mine.npz"

    main(["train-quality", write_labels(tmp_path, 240), "--output", str(output)])

    model = TextModel.from_bytes(output.read_bytes())
    assert model.about["labels"].startswith("labels.jsonl ")
    assert "# Model of quality" in (tmp_path / "mine.md").read_text(encoding="utf-8")
    assert "sha256: " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("count", "output", "told"),
    [(120, "mine.bin", "--output NAME.npz"), (30, "mine.npz", "100 are needed")],
)
def test_what_makes_no_model_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], count: int, output: str, told: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["train-quality", write_labels(tmp_path, count), "--output", str(tmp_path / output)])

    assert ended.value.code == 2
    assert told in capsys.readouterr().err
