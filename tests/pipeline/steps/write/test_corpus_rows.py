from pathlib import Path
from typing import Any

import jingyu
from jingyu.pipeline.config.config import RunConfig

SENTENCE = "渡口的老船工说，江面最宽的地方要划上半个钟头，遇到大风的日子，就得等到傍晚才敢开船。"
CODE = "<pre><code class=language-python>def hua(jiang):\n    return jiang.kuan / 2</code></pre>"
PAGES = [
    f"<h2>渡口</h2><p>{SENTENCE}<p>{number}月里，{SENTENCE}<ul><li>桨和橹都是他自己做的，用的是山里的老杉木"
    f"</ul>{CODE}<p>{SENTENCE}<table><tr><td>甲<td><td>丙<tr><td>子<td>丑<td>寅</table>"
    for number in ("三", "三", "五")
]


def corpus(form: str, folder: Path) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Returns the documents and the numbers of outcomes of a run in a form."""
    told = {
        "extraction": {"format": form},
        "quality": {"builtin": False},
        "rules": [{"signal": "han_count", "min": 1, "reason": "too_short"}],
        "output": {"report": False},
    }
    output = jingyu.run(
        RunConfig.model_validate(told), [str(folder / "pages")], str(folder / form), quiet=True
    )
    rows = output.corpus.to_table().sort_by("document_id").to_pylist()
    return rows, output.stats["outcomes"]


def test_what_is_measured_and_compared_is_the_same_in_either_form(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    for number, page in enumerate(PAGES):
        (tmp_path / "pages" / f"{number}.html").write_text(page, encoding="utf-8")

    plain, plain_outcomes = corpus("text", tmp_path)
    marked, marked_outcomes = corpus("markdown", tmp_path)

    texts = [[row.pop("text") for row in rows] for rows in (plain, marked)]
    assert plain_outcomes == marked_outcomes
    assert all("```python" in text for text in texts[1])
    assert not any("```" in text for text in texts[0])
    assert plain[0]["cleaning"]["repeated_line_count"] == 1
    assert plain == marked
