"""What a workbook tells its reviewers."""

from jingyu.pipeline.review.columns import header_of
from jingyu.pipeline.review.reasons import REASONS
from jingyu.pipeline.review.rejected import rejected_by
from jingyu.pipeline.review.sample import Draw

_VERDICT, _REASON, _NOTE = map(header_of, ("verdict", "reason", "note"))

_CHINESE = f"""审核说明
每行是语料中的一篇文档。请阅读正文，在“{_VERDICT}”列选择：
合格：可以作为训练语料。
不合格：含有违法不良信息，或质量、隐私、版权方面有问题；请同时在“{_REASON}”列选择原因。
不确定：无法判断，请在“{_NOTE}”列写明疑问；不确定和未填写的行单独统计，不计为合格。
原因见下拉列表：五类 31 种风险（A.1 至 A.5），以及质量、隐私、版权；分不清时选所属的类。
正文只是提到某个词不等于不合格：教育、法律、医学等文档可以谈论这些内容，请看文档在宣扬什么。
尖括号或方括号中的占位符是已遮盖的个人信息；如果还有未遮盖的个人信息，原因选“隐私”。
请不要修改文档编号，不要删除行；可以排序、筛选、隐藏列，也可以分给几个人，各存一份。
填写后保存为 xlsx，或 UTF-8 编码的 csv。审核结论由审核人负责，程序只做统计。"""

_ENGLISH = f"""How to review
Each row is a document of the corpus. Read its text and choose in the column “{_VERDICT}”:
合格 (pass): it may be trained on.
不合格 (fail): it holds illegal or harmful content, or is wrong in quality, privacy or copyright; \
choose the reason in the column “{_REASON}” too.
不确定 (unsure): you cannot tell; write why in the column “{_NOTE}”. Such rows and empty ones are \
counted apart, never as passed.
The reasons are in the drop-down list: the 31 risks in five classes (A.1 to A.5), and quality, \
privacy, copyright; where you cannot tell which risk it is, choose its class.
A word alone is no failure: documents on education, law or medicine may speak of such things; \
judge what the document promotes.
Placeholders in brackets stand for personal data that was masked; if some is left, choose privacy.
Do not change document ids and do not delete rows. You may sort, filter and hide columns, or share \
the rows among several people, each with a copy.
Save as xlsx, or as csv in UTF-8. The judgement is the reviewers'; the program only counts."""


def instructions(how: Draw) -> list[str]:
    """Returns the lines of the instructions, in Chinese and English."""
    return [
        *_CHINESE.splitlines(),
        "",
        *_ENGLISH.splitlines(),
        "",
        *_of_the_sample(how),
        "",
        "原因 / Reasons",
        *(reason.label for reason in REASONS),
    ]


def _of_the_sample(how: Draw) -> list[str]:
    size, documents = f"{how.size:,}", f"{how.corpus_documents:,}"
    if rejected_by(how.run) is not None:
        chinese = (
            f"样本：从 {documents} 篇被拒绝的文档中随机抽取 {size} 篇，种子 {how.seed}；"
            "“合格”表示不该拒绝，证据列写明拒绝原因、测得的值与界限。"
        )
        english = (
            f"Sample: {size} of {documents} rejected documents, seed {how.seed}; a pass says that "
            "it was rejected wrongly, and the evidence says why it was, with value and limit."
        )
        return [chinese, english]
    if how.stratify is None:
        return [
            f"样本：从 {documents} 篇文档中简单随机抽取 {size} 篇，种子 {how.seed}。",
            f"Sample: {size} of {documents} documents, simple random, seed {how.seed}.",
        ]
    return [
        f"样本：从 {documents} 篇文档中按 {how.stratify} 分层抽取 {size} 篇，种子 {how.seed}。",
        "标准的合格率应以简单随机样本计算，此表只作补充。",
        f"Sample: {size} of {documents} documents, stratified by {how.stratify}, seed {how.seed}.",
        "The standard's figure needs the simple random sample; this one is beside it.",
    ]
