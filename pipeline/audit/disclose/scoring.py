"""Which questions of a public scoring of the EU's summaries a form answers."""

from typing import Final

from jingyu.pipeline.audit.disclose.form import Field, Form, Section, Text

SCORED: Final = {
    "2.3.a": ("F2.3.a.1",),
    "2.3.b": ("F2.3.b.1", "F2.3.b.2", "F2.3.b.3", "F2.3.b.4", "F2.3.b.5"),
    "2.3.c": ("F2.3.c.1", "F2.3.c.2", "F2.3.c.3", "F2.3.c.4"),
    "2.3.d": (
        *("F2.3.d.1", "F2.3.d.2", "F2.3.d.3", "F2.3.d.4", "F2.3.d.5", "F2.3.d.6", "F2.3.d.7"),
        *("F2.3.d.8", "F2.3.d.9"),
    ),
    "2.3.e": ("F2.3.e.1", "F2.3.e.2", "F2.3.e.3", "F2.3.e.4", "F2.3.e.5"),
    "2.3.f": (
        *("F2.3.f.1", "F2.3.f.2", "F2.3.f.3", "F2.3.f.4", "F2.3.f.5", "F2.3.f.6", "F2.3.f.7"),
    ),
    "2.3.g": ("F2.3.g.1", "F2.3.g.2"),
    "2.3.h": ("F2.3.h.1", "F2.3.h.2", "F2.3.h.3", "F2.3.h.4"),
    "2.3.i": ("F2.3.i.1", "F2.3.i.2", "F2.3.i.3", "F2.3.i.4", "F2.3.i.5"),
}
"""Questions of the public scoring on crawled data, by the field that answers them.

Source: AIAccountabilityLab, gpai-training-transparency, methodology (2026).
"""

_OF_PEOPLE: Final = frozenset(
    {"F2.3.c.1", "F2.3.c.2", "F2.3.c.3", "F2.3.c.4", "F2.3.d.2", "F2.3.d.3", "F2.3.f.3"}
)
"""Questions that no corpus can answer: purposes, captchas, passwords, demography."""


def scored(form: Form) -> tuple[list[str], list[str]]:
    """Returns the questions of the scoring on crawled data that are answered, and the others."""
    fields = {each.name: each for each in form.fields}
    answered = [
        question
        for name, questions in SCORED.items()
        for question in questions
        if not fields[name].is_unknown and (question not in _OF_PEOPLE or fields[name].added)
    ]
    everything = [question for questions in SCORED.values() for question in questions]
    return answered, [each for each in everything if each not in answered]


def with_scoring(form: Form) -> Section:
    """Returns what of the public scoring on crawled data is answered, by number."""
    answered, others = scored(form)
    possible = sum(len(questions) for questions in SCORED.values()) - len(_OF_PEOPLE)
    said = Text(
        f"Answered, {len(answered)}: {', '.join(answered)}. Not answered: "
        f"{', '.join(others) or 'none'}. {possible} of {possible + len(_OF_PEOPLE)} questions can "
        "be answered by a corpus.",
        f"已回答 {len(answered)} 项：{'、'.join(answered)}。未回答：{'、'.join(others) or '无'}。"
        f"{possible + len(_OF_PEOPLE)} 项中语料库能回答 {possible} 项。",
    )
    label = Text(
        "Questions of the public scoring on crawled data (AIAccountabilityLab)",
        "公开评分中关于抓取数据的问题（AIAccountabilityLab）",
    )
    field = Field("score", label, said)
    return Section(Text("Public scoring", "公开评分"), (field,))
