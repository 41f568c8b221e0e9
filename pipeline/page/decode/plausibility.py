"""How much a text looks like Chinese that was read in the right charset."""

import functools
from typing import NamedTuple

from jingyu.pipeline.page.decode.kinds import count_units

# The characters that come to everybody's mind first: function words, numbers, the vocabulary of
# news and of everyday life. They make up about two thirds of any modern text.
_MOST_FREQUENT = (
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小"
    "么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民"
    "样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什"
    "打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处"
    "总才场师书比住员九性通目华报立活难神数件安表原车白应路期常提感金更反合放做系计或司利受光果亲界及今京务"
    "制解各任至清物台记边共风接它许八特觉直服题建南度统字请交爱让认算论百义科社术结六功指非流每管连远资队带"
    "花快条院变联言权往展该领传近留红治决周保达办运半候七必城强步完深区即求品转量众技程告江语英基满式识极收"
    "钱党未持取设始双史商千片容研站广改议形委早音首单据导网专石校读志观争究包组造落视济服务发布信息项目公司"
)
# Those of them that are written otherwise in traditional script.
_IN_TRADITIONAL = (
    "這來國個說們爲時會過學對裏後麼沒於還發當無開見經頭從動兩長樣現將與進實點種聲話兒問機給幾業間"
    "電門東聽氣關並內卻軍產萬體別處總場師書員華報難數車應計親務臺記邊風許覺題統請愛讓認論義術結連"
    "遠資隊帶條變聯權該領傳紅決達辦運強區轉衆語滿識極錢黨設雙廣議單據導網專讀觀爭組視濟佈項"
)
# Without quotation marks: these stand in Western charsets, too.
_MARKS = "、。，！：；？（）《》「」【】"
_ENOUGH = 20
_CONVINCING = 0.6
_OTHER, _CHINESE, _FAMILIAR, _LOST, _PRIVATE, _CONTROL = range(6)
_BLOCKS = (
    (_CONTROL, 0x80, 0xA0),
    (_PRIVATE, 0xE000, 0xF900),
    (_LOST, 0xFFFD, 0xFFFE),
    (_CHINESE, 0x3400, 0xA000),
)


class Impression(NamedTuple):
    """What kinds of characters a text has."""

    beyond_ascii: int
    """Characters that are not ASCII."""
    chinese: int
    """Han characters of the basic plane, and full-width punctuation."""
    familiar: int
    """Of these, the most frequent characters and marks."""
    lost: int
    """U+FFFD."""
    private: int
    """Private-use characters of the basic plane."""
    control: int
    """C1 controls."""

    @property
    def strangeness(self) -> float:
        """How little this looks like Chinese that was read rightly, 0 to 3.

        It is twice the share of what no author writes (lost and private-use characters, controls)
        beyond ASCII, and the share of Chinese characters that are not familiar: together some 0.4
        in Chinese, 0.8 and more in Chinese that was read in a wrong charset. A text without
        Chinese characters is as strange as one of rare ones, but for ASCII.
        """
        if not self.beyond_ascii:
            return 0.0
        familiar = self.familiar / self.chinese if self.chinese else 0.0
        odd = self.lost + self.private + self.control
        return 2 * odd / self.beyond_ascii + 1 - familiar

    @property
    def is_chinese(self) -> bool:
        """Whether this is Chinese that was read rightly, without a doubt."""
        return self.chinese >= _ENOUGH and self.strangeness < _CONVINCING


def impression(text: str) -> Impression:
    """Returns what kinds of characters a text has; those beyond the basic plane count twice."""
    counts = count_units(text, _kinds())
    return Impression(
        beyond_ascii=sum(counts),
        chinese=counts[_CHINESE] + counts[_FAMILIAR],
        familiar=counts[_FAMILIAR],
        lost=counts[_LOST],
        private=counts[_PRIVATE],
        control=counts[_CONTROL],
    )


def familiar_characters() -> str:
    """Returns the most frequent characters, of both scripts, and marks."""
    return _MARKS + _MOST_FREQUENT + _IN_TRADITIONAL


@functools.cache
def _kinds() -> bytes:
    kinds = bytearray([_OTHER]) * (1 << 16)
    for kind, first, end in _BLOCKS:
        kinds[first:end] = bytes([kind]) * (end - first)
    for character in familiar_characters():
        kinds[ord(character)] = _FAMILIAR
    return bytes(kinds)
