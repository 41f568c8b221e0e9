"""A card for dataset hubs: a YAML header, then the figures of an output with their queries."""

from collections.abc import Mapping
from typing import Any, Final

import yaml

from jingyu.pipeline.audit.disclose.figures import Figures
from jingyu.pipeline.audit.disclose.form import Field, Form, Section, Text

SOURCE: Final = "Hugging Face, dataset cards; Gebru et al., Datasheets for Datasets (2021)"
_SIZES: Final = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
    (100_000_000, "10M<n<100M"),
    (1_000_000_000, "100M<n<1B"),
    (10_000_000_000, "1B<n<10B"),
    (100_000_000_000, "10B<n<100B"),
    (1_000_000_000_000, "100B<n<1T"),
)
_NOTE = Text(
    "The texts come from web pages and belong to their authors. What is measured stands here; "
    "whether a use is lawful is for its user to judge.",
    "文本来自网页，权利属于其作者。这里只写测得的内容；用途是否合法由使用者判断。",
)


def header(figures: Figures, answers: Mapping[str, str]) -> str:
    """Returns the YAML header that hubs read: languages, size, license if it is known, configs."""
    documents = figures["documents"].value
    told: dict[str, Any] = {
        "language": [row[0] for row in figures["languages"].rows],
        "task_categories": ["text-generation"],
        "size_categories": [next((name for limit, name in _SIZES if documents < limit), "n>1T")],
        "configs": _configs(figures),
    }
    for key in ("license", "pretty_name"):
        if key in answers:
            told[key] = answers[key]
    return f"---\n{yaml.safe_dump(told, allow_unicode=True, sort_keys=False)}---\n\n"


def _configs(figures: Figures) -> list[dict[str, Any]]:
    """Returns a config of all files, and one of each band of quality."""
    paths = [part["path"] for part in figures.output.manifest["parts"]]
    folders = sorted({path.rsplit("/", 1)[0] for path in paths if path.startswith("corpus/")})
    bands = [folder for folder in folders if folder != "corpus"]
    everything = {
        "config_name": "default",
        "data_files": "corpus/**/*.parquet" if bands else "corpus/*.parquet",
        "default": True,
    }
    return [
        everything,
        *(
            {"config_name": band.rsplit("/", 1)[1], "data_files": f"{band}/*.parquet"}
            for band in bands
        ),
    ]


def datasheet(figures: Figures) -> Form:
    """Returns what the card says below its header."""
    names = {
        "composition": ("documents", "characters", "languages", "scripts", "categories", "tiers"),
        "collection": ("period", "origin", "domains", "top_domains_small"),
        "preprocessing": ("outcomes", "reasons", "masked"),
        "rights": ("licenses", "ai_train", "opt_outs", "reservations", "paywalls"),
    }
    titles = {
        "composition": Text("Composition", "组成"),
        "collection": Text("Collection", "采集"),
        "preprocessing": Text("Preprocessing", "处理"),
        "rights": Text("Rights", "权利"),
    }
    sections = tuple(
        Section(
            titles[part],
            (
                Field(
                    part,
                    titles[part],
                    None,
                    tuple(figures[name] for name in listed),
                    f"{part}.comments",
                ),
            ),
        )
        for part, listed in names.items()
    )
    people = Section(
        Text("What people say", "由人填写"),
        tuple(
            Field.of_people(key, label, key)
            for key, label in (
                ("license", Text("License of the dataset", "数据集的许可")),
                ("pretty_name", Text("Name", "名称")),
                ("motivation", Text("Motivation", "目的")),
                ("maintenance", Text("Maintenance and contact", "维护与联系方式")),
            )
        ),
    )
    return Form(
        "datasheet",
        Text("Corpus of Chinese web text", "中文网页语料"),
        _NOTE,
        (*sections, people),
        SOURCE,
        figures.of_output,
    )
