"""What a review lacks to support a corpus at the standard's bar."""

from collections.abc import Iterator
from typing import NamedTuple

from jingyu.pipeline.review.rejected import rejected_by
from jingyu.pipeline.review.review import Review


class Gap(NamedTuple):
    """A thing that a review lacks."""

    name: str
    chinese: str
    english: str


def gaps(review: Review) -> list[Gap]:
    """Returns what a review lacks; with none it supports the corpus at the bar.

    Undecided documents count as not passed, so that leaving them open never helps.
    """
    return [*_of_the_sample(review), *_of_the_answers(review)]


def _of_the_sample(review: Review) -> Iterator[Gap]:
    if review.how is None:
        yield Gap(
            "unknown_sample",
            "表格没有记录样本如何抽取，无法证明是简单随机样本",
            "no sheet says how its sample was drawn: it is not shown to be simple random",
        )
    elif rejected_by(review.how.run) is not None:
        yield Gap(
            "rejected_sample",
            "样本取自被拒绝的页面：合格率是误拒的比例，不是语料的合格率",
            "the sample is of rejected pages: its rate is the share that was rejected wrongly",
        )
    elif review.how.stratify:
        yield Gap(
            "stratified_sample",
            "样本是分层抽取的，标准的合格率应以简单随机样本计算",
            "the sample is stratified: the standard's figure needs the simple random sample",
        )


def _of_the_answers(review: Review) -> Iterator[Gap]:
    bar = review.bar
    if review.decided < bar.min_reviewed:
        is_whole = review.decided == review.corpus_documents
        yield Gap(
            "too_few_reviewed",
            f"已判定 {review.decided:,} 篇，少于 {bar.min_reviewed:,} 篇"
            + ("（已是语料的全部文档）" if is_whole else ""),
            f"{review.decided:,} documents are decided, fewer than {bar.min_reviewed:,}"
            + (" (they are the whole corpus)" if is_whole else ""),
        )
    if review.least_rate < bar.min_rate:
        yield Gap(
            "too_few_passed",
            f"未判定的按不合格计，合格率 {review.least_rate:.2%}，低于 {bar.min_rate:.0%}",
            f"with the undecided as failed, {review.least_rate:.2%} pass, below {bar.min_rate:.0%}",
        )
