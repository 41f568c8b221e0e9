"""Precise coordinates, and home addresses to the door."""

import re
from collections.abc import Iterator

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.pipeline.page.mask.context import before
from jingyu.pipeline.page.mask.label import Labelled, words
from jingyu.pipeline.page.mask.span import Span

COORDINATES_SHAPES = (b"0.0000",)
DOOR_HINT = lazy_pattern(
    "[0-9一二三四五六七八九十](?:[号號室栋棟幢单户组]|[-－—][0-9]{1,2}[-－—][0-9])"
)
_COORDINATES = lazy_pattern(
    "(?P<first>[0-9](?=[0-9]{0,2}[.][0-9]{4})(?<![0-9.].)[0-9]{0,2}[.][0-9]{4,10})(?P<between>[^0-9\\n\\[\\]]{1,14})"
    "(?P<second>[0-9]{1,3}[.][0-9]{4,10})(?![0-9.]?[0-9])(?:°?[NEne](?![A-Za-z])|[°度])?"
)
_COORDINATES_NAMED = lazy_pattern(
    "经纬|纬度|经度|[东西]经|[北南]纬|坐标|定位|(?<![A-Za-z])(?:GPS|lat|lng|lon|latitude|longitude|location)",
    re.IGNORECASE,
)
_LETTER = lazy_pattern("[A-Za-z\x80-\U0010ffff]")
_AXIS = lazy_pattern("[经纬NE]|lat|lng|lon")
_COMMA = lazy_pattern(" ?[,，] ?")
_MIN_PLACES = 5
# Source: extent of China as degrees: 3.8 to 53.6 north, 73.5 to 135.1 east.
_SOUTH, _NORTH, _WEST, _EAST = 3.8, 53.6, 73.5, 135.1

_WRITTEN = (
    "(?:[〇一-龥0-9A-Za-z#()（） .·－—-]|(?<=[号室元栋幢楼村区]),|(?<=[省市区县镇号元栋幢楼村])，)"
)
_ADDRESS = lazy_pattern(
    "[ \t]{0,2}(?:[(（][^()（）\n]{1,8}[)）])?[ \t]{0,2}"
    "(?P<mark>[:：]|是[:：]?|为[:：]?|在|于)?[ \t]{0,2}"
    f"(?P<address>{_WRITTEN}{{4,80}})"
)
_NUMERAL = "(?:[0-9A-Za-z]{1,5}|[〇零一二三四五六七八九十百]{1,5}|[甲乙丙丁东西南北])"
_DOOR = lazy_pattern(
    f"(?<![月年第])(?<![0-9A-Za-z一二三四五六七八九十]){_NUMERAL}(?:[-－—]{_NUMERAL}){{0,3}} ?"
    "(?:号(?:楼|院|房)?|號(?:樓)?|室|单元|單元|栋|棟|幢|座|楼|樓|层|弄|户|组|门|房|#)"
    "|(?<![0-9-])[0-9]{1,3}[-－—][0-9]{1,2}[-－—][0-9]{3,4}(?![0-9])"
    "|(?<=[号栋幢楼元])[0-9]{3,4}(?![0-9])"
)
_PLACE = lazy_pattern(
    "[省市区區县縣镇鎮乡鄉村路街道巷弄庄屯寨里苑园園府城湾坊胡旗盟州厦]|新村|小区|花园|公寓|家属"
)
_DEEP = lazy_pattern("[室栋棟幢户元]|[-－—][0-9]{3,4}|[号栋幢楼元][0-9]{3,4}\\Z")
_NOT_HOME = lazy_pattern(
    "酒店|宾馆|賓館|饭店|旅馆|旅社|招待所|公司|酒楼|(?:大学|学院|学校|医院)(?![路街巷村城道])|大厅|大厦|办公|政府|委员会|[局厅]|[的了着过]"
)
_VAGUE = lazy_pattern("[一这那某哪每同][个條条座家栋]")
_GAP = 14
_REGION = lazy_pattern("[\u4e00-\u9fff]{2,8}[省市县區区州]")
_RECEIVER = lazy_pattern("(?:收件|收货|寄件)人?|(?:姓名|买家|客户)[:：]")
_OFFICE = lazy_pattern(
    "(?:邮寄|工作|现场|单位|办公|公司|报名|寄送|通[讯信]|网|邮|联系|详细的?|店铺?|学校|注册)\\Z"
)
_HOME_WORDS = words(
    "家庭住址|家庭地址|住址|现住址|户籍地址|户籍所在地|户籍地|户口所在地|户籍住址|身份证地址",
    "收货地址|收件地址|收货人地址|收件人地址|送货地址|寄件地址|居住地址|居住地|居住于",
    "常住地址|租住于|租住在|租住|暂住地|暂住|经常居住地|家住|现住|我家在|家在|我家地址",
    "家里地址|快递地址|住宅地址|常住地|现居住地|现居|户籍|老家在|家庭詳細地址|家庭详细地址",
    "详细住址|住宅|租房地址|本人地址|上门地址|家裡地址|居住地為|戶籍地址|住家地址|我住在|我住",
)
_STAY_WORDS = words("住在|居住在|，住|,住|、住|，户籍|\n住|。住| 住")
_PLAIN_WORDS = words("地址")


def coordinates(text: str) -> Iterator[Span]:
    """Yields pairs of latitude and longitude with four or more places (some 10 m).

    They need a word such as 经纬度, N or lat, unless both lie in China and have five places.
    """
    # Tables of numbers have none of the words.
    has_words = bool(_AXIS.search(text) or _COORDINATES_NAMED.search(text))
    for found in _COORDINATES.finditer(text):
        first, second = found["first"], found["second"]
        is_place = _is_bare(first, found["between"], second)
        is_place = is_place or (has_words and _is_named(text, found))
        if is_place and _is_on_earth(float(first), float(second)):
            yield Span(found.start(), found.end(), "coordinates", f"{first},{second}")


def _is_bare(first: str, between: str, second: str) -> bool:
    if not _COMMA.fullmatch(between):
        return False
    is_precise = min(len(v.partition(".")[2]) for v in (first, second)) >= _MIN_PLACES
    return is_precise and _is_in_china(float(first), float(second))


def _is_named(text: str, found: re.Match[str]) -> bool:
    if _AXIS.search(found["between"]):
        return True
    around = before(text, found.start(), 24) + found["between"]
    return _LETTER.search(around) is not None and _COORDINATES_NAMED.search(around) is not None


def _is_on_earth(first: float, second: float) -> bool:
    low, high = sorted((first, second))
    return low <= 90 and high <= 180  # noqa: PLR2004 (degrees)


def _is_in_china(first: float, second: float) -> bool:
    low, high = sorted((first, second))
    return _SOUTH <= low <= _NORTH and _WEST <= high <= _EAST


def _home(value: re.Match[str], _label: str) -> Iterator[Span]:
    """Checks that places come first, then a door; the rest of the sentence is no address."""
    yield from _address(value, needs_depth=False)


def _stay(value: re.Match[str], label: str) -> Iterator[Span]:
    """Checks a flat, or after a comma, as in judgments, a province or county."""
    is_judgment = not label.endswith("在")
    if not is_judgment or _REGION.match(value["address"]):
        yield from _address(value, needs_depth=not is_judgment)


def _plain(value: re.Match[str], label: str) -> Iterator[Span]:
    """Checks that a person who receives something stands before."""
    left = before(value.string, value.pos - len(label), 40).replace("\n", " ")
    right = value.string[value.end() : value.end() + 20] + value["address"]
    if (_RECEIVER.search(left) or _RECEIVER.search(right)) and not _OFFICE.search(left):
        yield from _address(value, needs_depth=False)


def _address(value: re.Match[str], *, needs_depth: bool) -> Iterator[Span]:
    written = value["address"]
    end = 0
    for door in _DOOR.finditer(written):
        between = written[end : door.start()]
        if end and (len(between) > _GAP or _NOT_HOME.search(between)):
            break
        if not end and (
            _VAGUE.search(between) or not _PLACE.search(between) or _NOT_HOME.search(between)
        ):
            return
        end = door.end()
    if not end or (_NOT_HOME.match(written, end) and written[end] not in "的了着过"):
        return
    if needs_depth and not _DEEP.search(written[:end]):
        return
    start = value.start("address")
    yield Span(start, start + end, "address", re.sub("[ ,，]", "", written[:end]))


LABELLED = (
    Labelled(_HOME_WORDS, _ADDRESS, _home),
    Labelled(_STAY_WORDS, _ADDRESS, _stay),
    Labelled(_PLAIN_WORDS, _ADDRESS, _plain),
)
"""Addresses to the door, where somebody lives."""
