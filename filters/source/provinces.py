"""Provinces of the mainland: by the names of places, area codes and regional domains."""

import functools
from collections import Counter

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.filters.lexicon.literals import Literals

_NAMES = {
    "11": "北京",
    "12": "天津",
    "13": "河北 石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水",
    "14": "山西 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁",
    "15": "内蒙古 呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 锡林郭勒",
    "21": "辽宁 沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 葫芦岛",
    "22": "吉林 长春 四平 辽源 通化 白山 松原 白城 延边",
    "23": "黑龙江 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 绥化",
    "31": "上海",
    "32": "江苏 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁",
    "33": "浙江 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水",
    "34": "安徽 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 滁州 阜阳 宿州 六安 亳州 池州 宣城",
    "35": "福建 福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德",
    "36": "江西 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶",
    "37": "山东 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 莱芜 临沂 聊城 滨州 菏泽",
    "41": "河南 郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 "
    "周口 驻马店",
    "42": "湖北 武汉 黄石 十堰 宜昌 襄阳 襄樊 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施",
    "43": "湖南 长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西",
    "44": "广东 广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 "
    "东莞 潮州 揭阳 云浮",
    "45": "广西 南宁 柳州 桂林 梧州 防城港 钦州 贵港 玉林 百色 贺州 河池 崇左",
    "46": "海南 海口 三亚 儋州",
    "50": "重庆",
    "51": "四川 成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 "
    "巴中 资阳 甘孜 凉山",
    "52": "贵州 贵阳 六盘水 遵义 安顺 毕节 铜仁 黔东南 黔西南 黔南",
    "53": "云南 昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 楚雄 文山 西双版纳 德宏 迪庆",
    "54": "西藏 拉萨 日喀则 昌都 林芝 那曲",
    "61": "陕西 西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛",
    "62": "甘肃 兰州 嘉峪关 金昌 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 临夏",
    "63": "青海 西宁 海东",
    "64": "宁夏 银川 石嘴山 吴忠 固原 中卫",
    "65": "新疆 乌鲁木齐 克拉玛依 吐鲁番 昌吉 巴音郭楞 阿克苏 喀什 伊犁 塔城 阿勒泰 石河子",
}
"""Provinces and cities at the level of prefectures, by code of GB/T 2260.

Left out are cities whose name is another word, too (大理, 德州, 白银, 来宾, 日照, 中山, 朝阳).
"""

_AREA_CODES = {
    "11": "10",
    "12": "22",
    "13": "31 335",
    "14": "34 35",
    "15": "47 48",
    "21": "24 41 42",
    "22": "43",
    "23": "45 46",
    "31": "21",
    "32": "25 51 523 527",
    "33": "57 580",
    "34": "55 56",
    "35": "59",
    "36": "79 701",
    "37": "53 54 63",
    "41": "37 39",
    "42": "27 71 72",
    "43": "73 74",
    "44": "20 66 75 76",
    "45": "77",
    "46": "898 899 890",
    "50": "23",
    "51": "28 81 82 83",
    "52": "85",
    "53": "87 88 69",
    "54": "89",
    "61": "29 91",
    "62": "93 94",
    "63": "97",
    "64": "95",
    "65": "90 99",
}
"""Beginnings of area codes; the longest counts. Source: the ministry's numbering plan."""

_REGIONS = {
    "bj": "11", "tj": "12", "he": "13", "sx": "14", "nm": "15", "ln": "21", "jl": "22", "hl": "23",
    "sh": "31", "js": "32", "zj": "33", "ah": "34", "fj": "35", "jx": "36", "sd": "37", "ha": "41",
    "hb": "42", "hn": "43", "gd": "44", "gx": "45", "hi": "46", "cq": "50", "sc": "51", "gz": "52",
    "yn": "53", "xz": "54", "sn": "61", "gs": "62", "qh": "63", "nx": "64", "xj": "65",
}  # fmt: skip
"""Regional domains below `.cn`. Source: CNNIC's rules on domain names."""

_PHONE = lazy_pattern(
    r"0(?<![0-9]0)(10|2[0-57-9]|[3-9][0-9]{2})(?:[)）][-—－ ]{0,3}|[-—－ ]{1,3})"
    r"[2-8][0-9]{6,7}(?![0-9])"
)


_LEAST_NAME = 4
_PLACE = lazy_pattern(
    "^(?:(?:"
    + "|".join(name for names in _NAMES.values() for name in names.split())
    + ")[省市]?){1,2}"
)


def province_of_name(name: str) -> str | None:
    """Returns the code of the province that a name speaks of, if it is one.

    `吉林省安图县林业局` speaks of 22; a name without a place in it, or with two, of none.
    """
    codes = set(places_by_province(name))
    return codes.pop() if len(codes) == 1 else None


def places_by_province(text: str) -> Counter[str]:
    """Returns how often a text names a place of each province, by its code."""
    names, codes = _names_of_places(), _codes()
    return Counter(codes[names[number]] for number, _ in _places().apart(text))


def without_place(name: str) -> str:
    """Returns a name without the places that it begins with: 鞍山市铁东区某校 is 铁东区某校.

    One that would be too short without them keeps them.
    """
    shorter = _PLACE.sub("", name)
    return shorter if len(shorter) >= _LEAST_NAME else name


def provinces_of_phones(text: str) -> frozenset[str]:
    """Returns the codes of the provinces of the landline numbers that stand in a text."""
    found = (province_of_area(match[1]) for match in _PHONE.finditer(text))
    return frozenset(code for code in found if code)


def province_of_area(area: str) -> str | None:
    """Returns the code of the province of an area code, given without its zero."""
    prefixes = _prefixes()
    ends = range(len(area), 1, -1)
    return next((prefixes[area[:end]] for end in ends if area[:end] in prefixes), None)


def province_of_host(host: str | None) -> str | None:
    """Returns the code of the province of a regional domain such as `sh.cn`, if it is below one."""
    name, _, region = (host or "").removesuffix(".cn").rpartition(".")
    return _REGIONS.get(region) if name and (host or "").endswith(".cn") else None


@functools.cache
def _codes() -> dict[str, str]:
    return {name: code for code, names in _NAMES.items() for name in names.split()}


@functools.cache
def _names_of_places() -> tuple[str, ...]:
    return tuple(_codes())


@functools.cache
def _places() -> Literals:
    return Literals(tuple(_codes()))


@functools.cache
def _prefixes() -> dict[str, str]:
    return {area: code for code, areas in _AREA_CODES.items() for area in areas.split()}
