"""The EU's public summary of training content, as far as a corpus can answer it."""

from collections.abc import Iterable
from typing import Any, Final

from jingyu.pipeline.audit.disclose.crawl import crawlers, inputs_by_crawler, silent_inputs, stated
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

_MOST_INPUTS = 20
_CONTENT = ("origin", "suffixes", "countries", "languages", "categories", "licenses")


def eu_summary(figures: Figures) -> Form:
    """Returns the form: sections 1, 2 and 3 of the template."""
    sections = (_general(figures), _sources(), _crawled(figures), _processing(figures))
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


def _crawled(figures: Figures) -> Section:
    manifest = figures.output.manifest
    names = crawlers(manifest)
    silent = silent_inputs(manifest)
    told = ", ".join(names)
    named = Text(
        f"{told} (as the WARC files state; {silent} of {len(manifest['inputs'])} inputs name none)",
        f"{told}（依 WARC 文件所述；{len(manifest['inputs'])} 个输入中有 {silent} 个未写明）",
    )
    return Section(
        Text("2.3 Data crawled and scraped from online sources", "2.3 从网上抓取的数据"),
        (
            Field(
                "2.3.a",
                Text("Were crawlers used", "是否使用爬虫"),
                Text("Yes", "是"),
                (figures["records"],),
            ),
            Field(
                "2.3.b",
                Text("Crawler names or identifiers", "爬虫名称或标识"),
                named if names else None,
                (),
                "crawler.names",
            ),
            Field.of_people(
                "2.3.c", Text("Purposes of the crawlers", "爬虫的用途"), "crawler.purposes"
            ),
            _behaviour(figures),
            Field(
                "2.3.e",
                Text("Period of data collection (MM/YYYY)", "采集时段（MM/YYYY）"),
                _inputs(manifest),
                (figures["period"], figures["periods"]),
            ),
            Field(
                "2.3.f",
                Text("Type of content and online sources", "内容与网站的类型"),
                Text(
                    "Geography by origin of the site, by its domain and by its server's country; "
                    "languages; classes of sites; licenses that pages state",
                    "按站点归属、域名后缀和服务器所在地统计地域；语言；站点类别；页面声明的许可",
                ),
                tuple(figures[name] for name in _CONTENT),
                "crawler.content",
            ),
            Field("2.3.g", Text("Modality", "模态"), Text("Text", "文本")),
            Field(
                "2.3.h",
                Text(
                    "Most relevant domains: top 10 % by content",
                    "最主要的域名：按内容计前 10 %",
                ),
                None,
                (figures["domains"], figures["top_domains"]),
            ),
            Field(
                "2.3.h (SME)",
                Text(
                    "The shorter list of smaller providers: top 5 %, at most 1,000",
                    "小型提供者的较短名单：前 5 %，至多 1,000 个",
                ),
                None,
                (figures["top_domains_small"],),
            ),
            Field(
                "2.3.i",
                Text("Additional comments", "补充说明"),
                Text(
                    "The address of each document is in the column `url` of `corpus/`, that of "
                    "each record of the crawl in `ledger/`; below the 1,000 domains with most text",
                    "每篇文档的地址见 `corpus/` 的 `url` 列，每条抓取记录的地址见 `ledger/`；"
                    "下表为文本最多的 1,000 个域名",
                ),
                (figures["outcomes"], figures["more_domains"]),
                "crawler.comments",
            ),
        ),
    )


def _inputs(manifest: dict[str, Any]) -> Text | None:
    """Returns which inputs are of which crawler: the table tells the periods of inputs."""
    told = "; ".join(
        f"{name}: {', '.join(inputs[:_MOST_INPUTS])}{', …' if len(inputs) > _MOST_INPUTS else ''}"
        for name, inputs in inputs_by_crawler(manifest).items()
    )
    return (
        Text(f"By crawler, as the WARC files state: {told}", f"各爬虫的文件：{told}")
        if told
        else None
    )


def _behaviour(figures: Figures) -> Field:
    manifest = figures.output.manifest
    config = manifest["config"]
    rights, policies = config["rights"], stated(manifest, "robots")
    exclude = ", ".join(rights["exclude"])
    crawl = "; ".join(policies)
    as_of = rights.get("as_of")
    statuses = ", ".join(map(str, config["inputs"]["statuses"]))
    en = [
        f"robots.txt while crawling, as the WARC files state: {crawl or 'not stated'}.",
        f"robots.txt afterwards, for {', '.join(rights['agents'])}: "
        + ("read from snapshots" if rights["robots"] else "not read")
        + (f", as of {as_of}." if as_of else "."),
        f"Pages are left out for: {exclude or 'nothing'}.",
        f"Responses with status {statuses} are read, pages that ask for a password (401) are not.",
        "Paywalls that pages state are counted below.",
    ]
    zh = [
        f"抓取时的 robots.txt，依 WARC 文件所述：{crawl or '未写明'}。",
        f"事后的 robots.txt（{'、'.join(rights['agents'])}）："
        + ("依快照读取" if rights["robots"] else "未读取")
        + (f"，截至 {as_of}。" if as_of else "。"),
        f"因下列情形排除页面：{exclude or '无'}。",
        f"只读状态码为 {statuses} 的响应，要求密码的响应（401、403）不读。",
        "页面声明的付费墙见下表。",
    ]
    return Field(
        "2.3.d",
        Text(
            "Crawler behaviour: captchas, passwords, paywalls, robots.txt, other protocols",
            "爬虫行为：验证码、密码、付费墙、robots.txt 与其他协议",
        ),
        Text(" ".join(en), "".join(zh)),
        (figures["robots"], figures["paywalls"], figures["statements"]),
        "crawler.behaviour",
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
