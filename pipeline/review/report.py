"""What a review found, for programs and for people."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from jingyu.filters.source.wilson import CONFIDENCE
from jingyu.pipeline.review.gaps import gaps
from jingyu.pipeline.review.reasons import REASONS, UNSTATED
from jingyu.pipeline.review.review import Review, SourceCount
from jingyu.pipeline.review.sheet import described
from jingyu.pipeline.review.verdicts import Verdict

_MOST_ROWS = 50
_LABELS = {reason.key: reason.label for reason in REASONS} | {UNSTATED: "未说明 none given"}


def as_figures(review: Review) -> dict[str, Any]:
    """Returns all that a review found, for `review.json`; no text, and no note of a reviewer."""
    low, high = review.interval
    lacking = gaps(review)
    return {
        "sample": described(review.how) if review.how else None,
        "corpus_documents": review.corpus_documents,
        "documents": review.size,
        "verdicts": {verdict.value: count for verdict, count in review.counts.items()},
        "decided": review.decided,
        "pass_rate": review.pass_rate,
        "interval": {"method": "wilson", "confidence": CONFIDENCE, "low": low, "high": high},
        "pass_rate_if_undecided_failed": review.least_rate,
        "bar": asdict(review.bar)
        | {
            "supports": not lacking,
            "gaps": {gap.name: gap.english for gap in lacking},
            "interval_is_above": low >= review.bar.min_rate,
        },
        "failures_by_reason": review.by_reason(),
        "failures_by_class": review.by_class(),
        "failures_by_host": _sources(review.by_source("host")),
        "failures_by_registered_domain": _sources(review.by_source("registered_domain")),
        "failed": [
            {
                "document_id": each.answer.document_id,
                "reason": each.answer.reason,
                "url": each.url,
                "host": each.host,
                "place": each.answer.place,
            }
            for each in review.failures
        ],
        "undecided": [
            {"document_id": each.document_id, "verdict": each.verdict.value, "place": each.place}
            for each in review.undecided
        ],
    }


def _sources(counts: Mapping[str, SourceCount]) -> dict[str, dict[str, float]]:
    return {
        name: asdict(count) | {"failure_rate": count.failure_rate, "lower_bound": count.lowest_rate}
        for name, count in counts.items()
        if count.failed
    }


def as_markdown(review: Review) -> str:
    """Returns the report, in Chinese and English."""
    parts = [
        "# 审核报告 Review\n",
        *_conclusion(review),
        *_figures(review),
        *_reasons(review),
        *_hosts(review),
        *_undecided(review),
    ]
    return "\n".join(parts) + "\n"


def _conclusion(review: Review) -> list[str]:
    kind = {"manual": ("人工抽检", "by hand"), "technical": ("技术抽检", "by technical means")}
    chinese, english = kind[review.bar.kind]
    lacking = gaps(review)
    least, rate = f"{review.bar.min_reviewed:,}", f"{review.bar.min_rate:.0%}"
    supports = ("尚不支持", "does not yet support") if lacking else ("支持", "supports")
    in_chinese = (
        f"本次审核{supports[0]}以下标准：{chinese}不少于 {least} 篇，合格率不低于 {rate}。"
        "是否合规由人判断，本报告只提供证据。\n"
    )
    in_english = (
        f"This review {supports[1]} the bar: at least {least} documents {english}, at least {rate} "
        "of them passed. The judgement stays with people; this report is evidence only.\n"
    )
    listed = [f"- {gap.chinese}。\n  {gap.english}." for gap in lacking]
    return [in_chinese, in_english, *listed, *([""] if lacking else [])]


def _figures(review: Review) -> list[str]:
    low, high = review.interval
    passed = "—" if review.pass_rate is None else f"{review.pass_rate:.2%}"
    rows = {
        "语料文档 documents of the corpus": f"{review.corpus_documents:,}",
        "样本 sample": _sample(review),
        "合格 passed": f"{review.counts[Verdict.PASSED]:,}",
        "不合格 failed": f"{review.counts[Verdict.FAILED]:,}",
        "不确定 uncertain": f"{review.counts[Verdict.UNCERTAIN]:,}",
        "未填写 blank": f"{review.counts[Verdict.BLANK]:,}",
        "缺失 missing": f"{review.counts[Verdict.MISSING]:,}",
        "合格率（合格与不合格中） pass rate, of the decided": passed,
        "95 % Wilson 区间 interval": f"{low:.2%} – {high:.2%}",
        "未判定全按不合格计 undecided as failed": f"{review.least_rate:.2%}",
    }
    return ["## 结果 Figures\n", "| | |", "| --- | --- |"] + [
        f"| {name} | {value} |" for name, value in rows.items()
    ]


def _sample(review: Review) -> str:
    how = review.how
    if how is None:
        return f"{review.size:,}; 抽取方式未知 how it was drawn is not known"
    drawn = f"按 {how.stratify} 分层 stratified" if how.stratify else "简单随机 simple random"
    return f"{review.size:,}; {drawn}; 种子 seed {how.seed}; 运行 run {how.run[:16]}"


def _reasons(review: Review) -> list[str]:
    if not review.failures:
        return []
    lines = ["\n## 不合格原因 Failures by reason\n", "| | | |", "| --- | --- | --: |"]
    return lines + [
        f"| {key} | {_LABELS[key]} | {count:,} |" for key, count in review.by_reason().items()
    ]


def _hosts(review: Review) -> list[str]:
    failing = {name: count for name, count in review.by_source("host").items() if count.failed}
    if not failing:
        return []
    lines = [
        "\n## 不合格来源 Failures by source\n",
        "| 站点 host | 已判定 judged | 不合格 failed | 下限 lower bound |",
        "| --- | --: | --: | --: |",
    ]
    for name, count in list(failing.items())[:_MOST_ROWS]:
        shown = name.replace("|", "\\|") or "(none)"
        lines.append(f"| {shown} | {count.reviewed} | {count.failed} | {count.lowest_rate:.1%} |")
    return lines + _more(len(failing))


def _undecided(review: Review) -> list[str]:
    if not review.undecided:
        return []
    lines = ["\n## 未判定 Undecided\n", "| document_id | | |", "| --- | --- | --- |"]
    for each in review.undecided[:_MOST_ROWS]:
        place = each.place.replace("|", "\\|")
        lines.append(f"| {each.document_id} | {each.verdict.value} | {place} |")
    return lines + _more(len(review.undecided))


def _more(count: int) -> list[str]:
    return [f"\n… {count - _MOST_ROWS:,} more: review.json"] if count > _MOST_ROWS else []
