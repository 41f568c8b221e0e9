from jingyu.pipeline.read.record import Record
from jingyu.pipeline.steps.extract.crawl import crawl_of


def described(*lines: str) -> dict[str, str]:
    payload = "\r\n".join(lines).encode()
    return crawl_of(Record(0, 0, None, "warcinfo", payload=payload))


def test_a_file_names_its_crawler_and_how_it_heeded_robots_txt() -> None:
    assert described(
        "software: Apache Nutch 1.19",
        "http-header-user-agent: CCBot/2.0 (https://commoncrawl.org/faq/)",
        "robots: checked via crawler-commons",
        "hostname: ip-10-0-0-1",
        "operator: Zhang San",
        "isPartOf: CC-MAIN-2026-40",
    ) == {
        "software": "Apache Nutch 1.19",
        "http-header-user-agent": "CCBot/2.0 (https://commoncrawl.org/faq/)",
        "robots": "checked via crawler-commons",
        "ispartof": "CC-MAIN-2026-40",
    }


def test_personal_data_in_it_is_masked_and_damage_passed_over() -> None:
    assert described("software: x", "description: 13812345678, a.b@chenghe.cn") == {
        "software": "x",
        "description": "[手机号], [邮箱]",
    }
    assert described("\x00", "software") == {}
