"""Section 2.3 of the EU's public summary: what was crawled, by whom and how."""

from typing import Any

from jingyu.pipeline.audit.disclose.crawl import crawlers, inputs_by_crawler, silent_inputs, stated
from jingyu.pipeline.audit.disclose.figures import Figures
from jingyu.pipeline.audit.disclose.form import Field, Section, Text

_MOST_INPUTS = 20
_UNAUTHORIZED = 401
_CONTENT = ("origin", "suffixes", "countries", "languages", "categories", "licenses")


def crawled(figures: Figures) -> Section:
    """Returns the section."""
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
    statuses = config["inputs"]["statuses"]
    listed, is_closed = ", ".join(map(str, statuses)), _UNAUTHORIZED not in statuses
    en = [
        f"robots.txt while crawling, as the WARC files state: {crawl or 'not stated'}.",
        f"robots.txt afterwards, for {', '.join(rights['agents'])}: "
        + ("read from snapshots" if rights["robots"] else "not read")
        + (f", as of {as_of}." if as_of else "."),
        f"Pages are left out for: {exclude or 'nothing'}.",
        f"Responses with status {listed} are read"
        + (", pages that ask for a password (401) are not." if is_closed else "."),
        "Paywalls that pages state are counted below.",
    ]
    zh = [
        f"抓取时的 robots.txt，依 WARC 文件所述：{crawl or '未写明'}。",
        f"事后的 robots.txt（{'、'.join(rights['agents'])}）："
        + ("依快照读取" if rights["robots"] else "未读取")
        + (f"，截至 {as_of}。" if as_of else "。"),
        f"因下列情形排除页面：{exclude or '无'}。",
        f"只读状态码为 {listed} 的响应" + ("，要求密码的响应（401）不读。" if is_closed else "。"),
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
