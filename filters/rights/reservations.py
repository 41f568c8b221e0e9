"""What a page reserves in words: reprints, credit, commercial use, crawling, training of models."""

from jingyu.filters.rights.page import RIGHTS_RESERVED, Page
from jingyu.filters.rights.wording import wording

_FOOTER = 6000

_NO = (
    "(?:禁止|不得|不许|不許|不准|不可|不允许|不允許|不能|不同意|请勿|請勿|切勿|勿|谢绝|謝絕|严禁|嚴禁|"
    "拒绝|拒絕|杜绝)"
)
_WITHOUT = (
    "(?:未经|未經|未获|未獲|未得|未征得|未徵得|未取得|非经|非經|不经|不經|没有|沒有|未)"
    "[^。；;！!]{0,30}?(?:授权|授權|许可|許可|同意|允许|允許|准许|准許|批准|特许)"
)
_REPRINT = "(?:转载|轉載|转贴|轉貼|转帖|轉帖|翻印|翻版|摘编|摘編|盗链|转摘|轉摘)"
_COPY = "(?:转载|轉載|转贴|轉貼|翻印|摘编|摘編|复制|複製|镜像|抄袭|刊登|引用|传播|采集|刊发)"
_MUST = (
    "(?:请|請|须|須|需|必须|必須|务必|務必|应|應|敬请|敬請|烦请|望|要|记得|记住|保留|注明|註明|标明|"
    "標明|附上|署名)"
)
_CREDIT = "(?:注明|註明|标明|標明|标注|写明|附上|保留|署名|加上)"
_CREDITED = (
    "(?:出处|出處|来源|來源|来自|來自|作者|链接|連結|鏈接|原文|本文|本站|本声明|声明|版权|网址|地址|"
    "出自)"
)
_ASKING = "(?:授权|授權|许可|許可|同意|联系|聯[系絡]|联络)"
_NAMING = f"{_CREDIT}[^。；;]{{0,12}}?{_CREDITED}"
_MODEL = (
    "(?:人工智能|人工智慧|大模型|大语言模型|语言模型|語言模型|机器学习|機器學習|生成式|模型|"
    "(?<![A-Za-z])(?:AI|AIGC|LLM|GPT|ChatGPT)(?![A-Za-z]))"
)
_TRAINING = "(?:训练|訓練|学习|學習|开发|開發|语料|數據集|数据集)"
_OURS = (
    "(?:未经|未經|本站|本网|本網|本文|本刊|本书|本平台|本公司|内容|內容|作品|文章|版权|版權|转载|"
    "轉載)"
)
_HERE = "本[站网網文刊书書平公页頁号號作]"
_OURS_NOT = rf"{_OURS}[^。；;]{{0,60}}?{_NO}[^。；;]{{0,40}}?"

# First characters of `_NO`, `_WITHOUT`, `_REPRINT` and `_OURS`.
_NOS, _WITHOUTS, _REPRINTS, _OURSES = (
    "禁不请請切勿谢謝严嚴拒杜",
    "未非不没沒",
    "转轉翻摘盗",
    "未本内內作文版转轉",
)

_PATTERNS = {
    "no_reprint": (
        "[不勿禁絕绝杜拒追必]",
        _WITHOUTS + _NOS + _REPRINTS,
        rf"{_WITHOUT}[^。；;！!]{{0,30}}?{_NO}(?:[^。；;]{{0,25}}?{_COPY}|[^。；;]{{0,8}}?使用)",
        # Copyright acts speak of works that bear such a note.
        rf"(?<![注註标標声聲载載]明){_NO}[^。；;，,]{{0,12}}?{_REPRINT}(?!自|于|於|未)",
        rf"{_REPRINT}[^。；;]{{0,12}}?(?:必究|追究)",
    ),
    "permission_required": (
        "[载載贴貼帖翻摘盗]",
        _REPRINTS,
        rf"{_REPRINT}[^。；;！!]{{0,12}}?[须須需应應请請][^。；;！!]{{0,12}}?{_ASKING}",
    ),
    "attribution_required": (
        "[载載贴貼帖翻摘盗发發引]",
        _REPRINTS + "引",
        rf"(?:{_REPRINT}|转发|轉發|引用)[^。；;！!]{{0,20}}?{_MUST}[^。；;！!]{{0,16}}?{_NAMING}",
        rf"(?:{_REPRINT}|转发)(?:时|時|请|請)?(?:{_NAMING}|(?:注明|註明)[:：])",
    ),
    "no_commercial_use": (
        "[商营營盈]",
        _NOS + "非商",
        rf"{_NO}[^。；;]{{0,16}}?(?:商业|商業|营利|營利|盈利)性?(?:用途|目的|使用|转载|轉載|利用)",
        r"(?:非商业|非商業|非营利|非營利)性?[^。；;，,]{0,6}?(?:转载|轉載|使用)",
        r"(?<!非)(?:商业|商業)转载[^。；;]{0,12}?(?:授权|联系|许可)",
    ),
    "no_ai_training": (
        "[训訓掘勘]|学习|學習|开发|開發|语料|数据集|數據集",
        _OURSES + _NOS,
        rf"{_OURS_NOT}{_MODEL}[^。；;]{{0,12}}?{_TRAINING}",
        rf"{_OURS_NOT}(?:训练|訓練)[^。；;]{{0,8}}?{_MODEL}",
        rf"{_NO}[^。；;]{{0,30}}?{_MODEL}[^。；;]{{0,8}}?(?:训练|訓練)[^。；;]{{0,10}}?本[站网文刊]",
        rf"{_NO}[^。；;]{{0,16}}?{_HERE}[^。；;]{{0,24}}?{_MODEL}[^。；;]{{0,12}}?{_TRAINING}",
        rf"{_NO}[^。；;]{{0,16}}?{_HERE}[^。；;]{{0,24}}?(?:训练|訓練)[^。；;]{{0,8}}?{_MODEL}",
        rf"{_OURS_NOT}(?:数据挖掘|資料探勘|数据发掘)",
    ),
    "no_crawling": (
        "[爬抓蜘]",
        _NOS,
        rf"{_NO}[^。；;]{{0,20}}?(?:爬虫|爬蟲|爬取|网络抓取|抓取本|机器人抓取|蜘蛛)",
    ),
    "all_rights_reserved": (
        "[究留]",
        "翻盗侵违違抄仿保",
        r"(?:翻印|翻版|盗版|侵权|违者|違者|盗用|抄袭|仿冒)必究",
        r"保留(?:一切|所有|全部)(?:权利|權利|版权|著作權)",
    ),
    "copyright_claimed": (
        "[权權]",
        "版著",
        r"(?:版权|版權|著作權|著作权)(?:所有(?!者|人|权|權)|[归歸][^。；;，,]{1,24}?所有)",
    ),
}
"""Of each kind, what is needed for it, what it begins with, and what states it."""

_WORDINGS = tuple(wording(kind, *how) for kind, how in _PATTERNS.items())


def reservations(page: Page) -> tuple[str, ...]:
    """Returns the kinds of reservations that a page states, in alphabetical order.

    - `no_reprint`: reprints or copies are forbidden, outright or without permission.
    - `permission_required`: who reprints has to ask.
    - `attribution_required`: who reprints has to name author, source or address.
    - `no_commercial_use`: not for commerce or profit.
    - `no_ai_training`: the site's contents are not for training models or for data mining.
    - `no_crawling`: crawlers are refused in words.
    - `all_rights_reserved`: in these words, also in English near the end of the page, or with a
      threat (翻印必究).
    - `copyright_claimed`: somebody is named as holder (版权所有).

    Whose contents are meant, the site's or another's that it quotes, cannot be told.
    """
    sentences = page.sentences
    found = {one.name for one in _WORDINGS if one.is_in(sentences)}
    footer = len(page.markup) - _FOOTER
    if any(at >= footer for words in RIGHTS_RESERVED for at in page.found.get(words, ())):
        found.add("all_rights_reserved")
    return tuple(sorted(found))


def in_words(kind: str, page: Page) -> str | None:
    """Returns the first words of a page that state a kind of reservation; none if none do."""
    return next((one.words(page.sentences) for one in _WORDINGS if one.name == kind), None)
