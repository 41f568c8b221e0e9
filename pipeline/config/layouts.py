"""Fields that hold the text of a question, by the publisher's layout."""

from typing import Final, Literal

LayoutName = Literal["ceval", "cmmlu", "gaokao_bench", "agieval", "gsm8k", "flageval"]

_CHOICES = ("A", "B", "C", "D")

LAYOUTS: Final[dict[LayoutName, tuple[tuple[str, ...], ...]]] = {
    "ceval": (("question", *_CHOICES),),
    "cmmlu": (("Question", *_CHOICES), ("question", "choices")),
    "gaokao_bench": (("question", "answer", "standard_answer"),),
    "agieval": (("question", "options", "answer"),),
    "gsm8k": (("question", "answer"),),
    "flageval": (
        ("question", "choices"),
        ("问题", "选项1", "选项2", "选项3", "选项4"),
    ),
}
"""Ways in which each layout names its fields; the first whose stem stands in a file is taken.

The stem, which asks, is first; files of a layout may lack the others. Letters of right answers and
explanations are left out: they say nothing, or more than the question does.

- `ceval`: CSV or Parquet a subject, `id,question,A,B,C,D,answer,explanation`, answer a letter.
  Source: data set card of ceval/ceval-exam on Hugging Face.
- `cmmlu`: CSV a subject, `,Question,A,B,C,D,Answer`, the first column a number; or `question` with
  a list `choices`. Source: `data/` of haonan-li/CMMLU on GitHub.
- `gaokao_bench`: JSON a subject, `{"keywords", "example": [{"year", "category", "question",
  "answer", "analysis", "index", "score"}]}`; choices stand in the stem; `answer` is a list of
  letters, or the text of an open question, in older versions in `standard_answer`.
  Source: `Data/` of OpenLMLab/GAOKAO-Bench on GitHub.
- `agieval`: JSONL, `{"passage", "question", "options": [...], "label", "answer", "other"}`, most
  of them may be null. The passage is left out: it often is a published text, which is no leak by
  itself; `fields: [question, options, passage]` counts it.
  Source: `data/v1/` of ruixiangcui/AGIEval on GitHub.
- `gsm8k`: JSONL, `{"question", "answer"}`, the answer being a worked solution.
  Source: `grade_school_math/data/` of openai/grade-school-math on GitHub.
- `flageval`: JSON, `{"question", "choices": [...], "answer"}`, as FlagEval's documentation of its
  Chinese choice questions has it; or CSV, `问题,选项1,选项2,选项3,选项4,答案`, as C-SEM.
  Source: flageval.baai.ac.cn, and `csem/` of FlagEval on GitHub.
"""
