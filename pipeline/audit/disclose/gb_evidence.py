"""Evidence for reviews under TC260-003, GB/T 45654 and GB/T 45652, as COMPLIANCE.md maps them."""

from collections.abc import Sequence
from typing import Final

from jingyu.pipeline.audit.disclose.figures import Figures
from jingyu.pipeline.audit.disclose.form import Field, Form, Section, Text

SOURCE: Final = (
    "TC260-003 (2024), GB/T 45654-2025, GB/T 45652-2025 and GB/T 45574-2025, at second hand: see "
    "COMPLIANCE.md"
)
_NOTE = Text(
    "Evidence from one corpus. It supports a review and decides none; clauses are named after "
    "TC260-003, which were read at second hand.",
    "一个语料库的依据。本页支持评审，不作结论；条款号依 TC260-003，系转述。",
)


def gb_evidence(figures: Figures, about: Sequence[str] = ()) -> Form:
    """Returns the evidence page: five questions first, then the clauses.

    Args:
        figures: Of the output.
        about: Addresses, document ids or passages of texts that are asked about.
    """
    return Form(
        "gb-evidence",
        Text("Evidence on a corpus", "语料安全评估依据"),
        _NOTE,
        (_asked(figures, about), _sources(figures), _content(figures), _personal(figures), _gaps()),
        SOURCE,
        figures.of_output,
    )


def _asked(figures: Figures, about: Sequence[str]) -> Section:
    tables = tuple(figure for what in about for figure in figures.about(what))
    return Section(
        Text("Five questions", "五个问题"),
        (
            Field(
                "Q1",
                Text(
                    "Where did a given text come from, and on what ground?",
                    "某段文本从哪里来，依据是什么？",
                ),
                Text(
                    "Make this page again with --about and an address, a document id or a passage "
                    "of the text: its source, tier, ground, license and rights are listed here, "
                    "and what became of the record.",
                    "用 --about 加上地址、文档编号或一段原文，重新生成本页：这里会列出其来源、"
                    "等级、依据、许可和权利声明，以及该记录的去向。",
                ),
                tables or (figures["sources"],),
            ),
            Field(
                "Q2",
                Text("What was refused, and why?", "拒绝了什么，为什么？"),
                Text(
                    "Each record has a row of ledger/ with stage, reason, measured value, limit "
                    "and evidence.",
                    "每条记录在 ledger/ 中有一行，写明阶段、原因、测得的值、界限和证据。",
                ),
                (figures["outcomes"], figures["reasons"]),
            ),
            Field(
                "Q3",
                Text(
                    "How much personal data of which kind was masked?",
                    "遮盖了哪些个人信息，各多少？",
                ),
                Text(
                    "`sensitive` by GB/T 45574-2025, our reading at second hand.",
                    "`sensitive` 一列依 GB/T 45574-2025，系转述。",
                ),
                (figures["masked"], figures["masked_documents"]),
            ),
            Field(
                "Q4",
                Text("Which sources were dropped?", "排除了哪些来源？"),
                Text(
                    "Sources with too many bad pages go whole; addresses on block lists stand in "
                    "the ledger as `blocked_source`.",
                    "坏页过多的来源整体排除；列入屏蔽名单的地址在账本中为 `blocked_source`。",
                ),
                (
                    figures["source_reasons"],
                    figures["dropped_source_count"],
                    figures["dropped_sources"],
                ),
            ),
            Field(
                "Q5",
                Text("What cannot be shown?", "什么无法证明？"),
                Text("See the last section.", "见最后一节。"),
            ),
        ),
    )


def _sources(figures: Figures) -> Section:
    return Section(
        Text("Sources (5.1)", "语料来源（5.1）"),
        (
            Field(
                "5.1 a",
                Text("Sources and their grounds", "来源及其依据"),
                None,
                (figures["sources"], figures["tiers"], figures["categories"]),
                "sources.assessment",
            ),
            Field(
                "5.1 b",
                Text("Domestic and overseas", "境内与境外"),
                None,
                (figures["origin"], figures["countries"], figures["top_domains"]),
            ),
            Field(
                "5.1 c",
                Text("Refusals that were heeded", "遵守的拒绝声明"),
                None,
                (figures["opt_outs_by_protocol"], figures["ai_train"], figures["robots"]),
                "sources.refusals",
            ),
            Field.of_people(
                "5.1 d", Text("Contracts and authorizations", "合同与授权"), "contracts"
            ),
        ),
    )


def _content(figures: Figures) -> Section:
    return Section(
        Text("Content (5.2)", "语料内容（5.2）"),
        (
            Field(
                "5.2 a",
                Text("Illegal and bad content filtered", "违法不良信息的过滤"),
                None,
                (figures["risky_words"], figures["taken_down"]),
                "content.filtering",
            ),
            Field(
                "5.2 b",
                Text("Intellectual property", "知识产权"),
                None,
                (figures["licenses"], figures["reservations"], figures["paywalls"]),
                "property.person",
            ),
            Field.of_people("9.2", Text("Acceptance by sampling", "抽检合格率"), "sampling.result"),
        ),
    )


def _personal(figures: Figures) -> Section:
    return Section(
        Text("Personal data (5.2 c, GB/T 45574)", "个人信息（5.2 c、GB/T 45574）"),
        (
            Field(
                "5.2 c",
                Text("Masked before anything is written", "写入之前已遮盖"),
                None,
                (figures["masked"],),
            ),
            Field.of_people(
                "5.2 c 1", Text("Consent and separate consent", "同意与单独同意"), "consent"
            ),
        ),
    )


def _gaps() -> Section:
    gaps = (
        ("consent.shown", Text("Consent of anybody", "任何人的同意")),
        (
            "copyright.cleared",
            Text("Clearance of copyright; who the author is", "版权清理；作者是谁"),
        ),
        (
            "filing.checked",
            Text("That claimed filing numbers are real", "页面自称的备案号是否属实"),
        ),
        ("crawl.conduct", Text("How the crawl was done", "抓取的过程")),
        ("names", Text("Names of persons, which are not masked", "人名，不遮盖")),
        ("facts", Text("Whether what texts say is true", "文本内容是否真实")),
        (
            "lists",
            Text("Word lists that do not ship, political ones first", "未随附的词表，首先是政治类"),
        ),
        ("organization", Text("Persons in charge, training, complaints", "责任人、培训与投诉渠道")),
    )
    return Section(
        Text("What no file of the output shows", "产出中没有的依据"),
        tuple(
            Field.of_people(f"G{number}", label, key) for number, (key, label) in enumerate(gaps, 1)
        ),
    )
