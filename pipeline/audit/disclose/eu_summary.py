"""The EU's public summary of training content, as far as a corpus can answer it."""

from collections.abc import Iterable
from typing import Final

from jingyu.pipeline.audit.disclose.crawled import crawled
from jingyu.pipeline.audit.disclose.figures import Figures
from jingyu.pipeline.audit.disclose.form import Field, Form, Section, Text
from jingyu.pipeline.audit.disclose.queries import TOKENS_PER_CHARACTER
from jingyu.pipeline.page.mask.kinds import KINDS

SOURCE: Final = (
    "Commission, Explanatory Notice and Template for the Public Summary of Training Content, "
    "24 July 2025, C(2025) 8311 of 5 December 2025; Regulation (EU) 2024/1689, article 53(1)(d)"
)
_NOTE = Text(
    "Filled from one corpus; a model has other sources, too. It supports a summary and is none: "
    "whether what it says meets article 53(1)(d) is for its provider to judge.",
    "依据一个语料库填写；模型还有其他来源。本页为摘要提供依据，本身不是摘要："
    "所述内容是否满足第 53(1)(d) 条，由提供者判断。",
)
_SIZES = (
    (1_000_000_000, Text("Less than 1 billion tokens", "少于 10 亿词元")),
    (10_000_000_000_000, Text("1 billion to 10 trillion tokens", "10 亿至 10 万亿词元")),
)
_LARGEST = Text("More than 10 trillion tokens", "多于 10 万亿词元")


def eu_summary(figures: Figures) -> Form:
    """Returns the form: sections 1, 2 and 3 of the template."""
    sections = (_general(figures), _sources(), crawled(figures), _processing(figures))
    return Form(
        "eu-summary",
        Text("Public summary of training content", "训练内容公开摘要"),
        _NOTE,
        sections,
        SOURCE,
        figures.of_output,
    )


def _general(figures: Figures) -> Section:
    tokens = figures["tokens"].value or 0
    size = next((words for limit, words in _SIZES if tokens < limit), _LARGEST)
    return Section(
        Text("1. General information", "1. 一般信息"),
        (
            Field.of_people(
                "1.1", Text("Provider name and contact", "提供者名称与联系方式"), "provider"
            ),
            Field.of_people(
                "1.2", Text("Model, versions, dependencies", "模型、版本与依赖"), "model"
            ),
            Field("1.3.a", Text("Modality", "模态"), Text("Text", "文本")),
            Field(
                "1.3.b",
                Text("Training data size", "训练数据规模"),
                Text(
                    f"{size.en}, estimated at {TOKENS_PER_CHARACTER} tokens a character",
                    f"{size.zh}，按每字符 {TOKENS_PER_CHARACTER} 个词元估计",
                ),
                (figures["tokens"], figures["characters"], figures["documents"]),
            ),
            Field(
                "1.3.c",
                Text("Types of content", "内容类型"),
                Text(
                    "Text of web pages; below by class of the site in the register of sources",
                    "网页文本；下表按来源登记表中的站点类别",
                ),
                (figures["categories"],),
                "content.types",
            ),
            Field(
                "1.3.d",
                Text("Latest date of data collection (MM/YYYY)", "最晚采集日期（MM/YYYY）"),
                None,
                (figures["period"],),
            ),
            Field(
                "1.3.e",
                Text("Linguistic characteristics", "语言特征"),
                None,
                (figures["languages"], figures["scripts"]),
            ),
            Field(
                "1.3.f",
                Text("Other characteristics: national, regional", "其他特征：国家与地区"),
                None,
                (figures["origin"], figures["suffixes"]),
                "content.demographics",
            ),
        ),
    )


def _sources() -> Section:
    return Section(
        Text("2. Data sources other than crawling", "2. 抓取以外的数据来源"),
        (
            Field.of_people(
                "2.1", Text("Publicly available datasets", "公开数据集"), "sources.public"
            ),
            Field.of_people("2.2", Text("Private datasets", "非公开数据集"), "sources.private"),
            Field.of_people("2.4", Text("User data", "用户数据"), "sources.user"),
            Field.of_people("2.5", Text("Synthetic data", "合成数据"), "sources.synthetic"),
            Field.of_people("2.6", Text("Other sources", "其他来源"), "sources.other"),
        ),
    )


def _processing(figures: Figures) -> Section:
    config = figures.output.manifest["config"]
    exclude = config["rights"]["exclude"]
    return Section(
        Text("3. Data processing", "3. 数据处理"),
        (
            Field.of_people(
                "3.1.a",
                Text("Signatory of the Code of Practice", "是否签署行为准则"),
                "code.signed",
            ),
            Field(
                "3.1.b",
                Text(
                    "Measures to respect reservations of rights, by protocol",
                    "尊重权利保留的措施，按协议",
                ),
                _measures(exclude),
                tuple(
                    figures[name]
                    for name in ("opt_outs_by_protocol", "opt_outs", "ai_train", "statements")
                ),
                "rights.measures",
            ),
            Field(
                "3.2",
                Text("Removal of illegal content", "违法内容的清除"),
                Text(
                    "Word lists by risk and their limits, sources with too many bad pages, "
                    "takedowns: records turned away by each",
                    "分风险词表及界限、坏页过多的来源、下架：各自拒绝的记录数",
                ),
                (figures["risky_words"], figures["dropped_source_count"], figures["taken_down"]),
                "illegal.measures",
            ),
            Field(
                "3.3",
                Text("Personal data", "个人信息"),
                Text(
                    f"{len(KINDS)} types are masked before anything is written; names of persons "
                    "are not",
                    f"{len(KINDS)} 种个人信息在写入之前已遮盖；人名不遮盖",
                ),
                (figures["masked"], figures["masked_documents"]),
                "personal.measures",
            ),
        ),
    )


def _measures(exclude: Iterable[str]) -> Text:
    listed = ", ".join(exclude)
    return Text(
        "Read: robots.txt (access, Content-Usage, Content-Signal, License), HTTP header "
        "(Content-Usage, Content-Signal, X-Robots-Tag, tdm-reservation, Link), meta tags, RSL, "
        f"tdmrep.json, ai.txt, words. Excluded by this corpus for: {listed or 'nothing'}.",
        "读取：robots.txt（访问、Content-Usage、Content-Signal、License）、HTTP 报头"
        "（Content-Usage、Content-Signal、X-Robots-Tag、tdm-reservation、Link）、meta 标签、RSL、"
        "tdmrep.json、ai.txt 与文字声明。"
        f"本语料库排除的情形：{listed or '无'}。",
    )
