"""Made-up numbers and names of people and things, in the forms in which people write them."""

from random import Random

from stdnum import luhn as stdnum_luhn
from stdnum.cn import ric
from stdnum.cn import uscc as stdnum_uscc

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高"
_GIVEN = ("伟", "芳", "娜", "敏", "静", "丽华", "建国", "晓明", "雪梅", "志强", "海燕", "文博")
_AREAS = ("110105", "310104", "330106", "440305", "510107", "610113", "420111", "370202", "230102")
_CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨"
_LOWER = "〇一二三四五六七八九"
_UPPER = "零壹贰叁肆伍陆柒捌玖"


def name(r: Random) -> str:
    return r.choice(_SURNAMES) + r.choice(_GIVEN)


def digits(r: Random, count: int) -> str:
    return "".join(r.choice("0123456789") for _ in range(count))


def word(r: Random, low: int, high: int) -> str:
    return "".join(r.choice("abcdefghijkmnprstuvwxyz") for _ in range(r.randint(low, high)))


def assigned_mobile(r: Random) -> str:
    segments = (
        "130",
        "133",
        "136",
        "138",
        "139",
        "150",
        "152",
        "158",
        "159",
        "166",
        "173",
        "177",
        "178",
        "180",
        "185",
        "186",
        "188",
        "189",
        "191",
        "198",
        "199",
    )
    return r.choice(segments) + digits(r, 8)


def birth(r: Random) -> str:
    return f"{r.randint(1940, 2012)}{r.randint(1, 12):02}{r.randint(1, 28):02}"


def old_resident_id(r: Random) -> str:
    birth = f"{r.randint(40, 85)}{r.randint(1, 12):02}{r.randint(1, 28):02}"
    return r.choice(_AREAS) + birth + digits(r, 3)


def resident_id(r: Random, area: str = "") -> str:
    body = (area or r.choice(_AREAS)) + birth(r) + digits(r, 3)
    number = body + str(ric.calc_check_digit(body + "0"))
    return resident_id(r, area) if stdnum_uscc.is_valid(number) else number


def luhn(body: str) -> str:
    return body + str(stdnum_luhn.calc_check_digit(body))


def bank_card(r: Random) -> str:
    bins = (
        ("622202", 19),
        ("621700", 19),
        ("622848", 19),
        ("621661", 19),
        ("622588", 16),
        ("621483", 16),
        ("622260", 19),
        ("621226", 19),
        ("622700", 16),
    )
    first, length = r.choice(bins)
    return luhn(first + digits(r, length - 1 - len(first)))


def vin(r: Random) -> str:
    values = dict(
        zip(
            "ABCDEFGHJKLMNPRSTUVWXYZ",
            (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9),
            strict=True,
        )
    )
    weights = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
    body = (
        r.choice(("LSV", "LFV", "LBE", "LGX", "LVS", "LHG"))
        + "".join(r.choice("ABCDEFGHJKLMNPRSTUVWXYZ0123456789") for _ in range(5))
        + "0"
        + r.choice("ABCDEFGHJKLMN")
        + r.choice("ABCDE")
        + digits(r, 6)
    )
    total = sum((values.get(c) or int(c)) * w for c, w in zip(body, weights, strict=True)) % 11
    return body[:8] + "0123456789X"[total] + body[9:]


def hong_kong_id(r: Random) -> str:
    letter, body = r.choice("ACDEGHKPRVYZ"), digits(r, 6)
    total = (
        36 * 9
        + (ord(letter) - 55) * 8
        + sum(int(d) * w for d, w in zip(body, range(7, 1, -1), strict=True))
    )
    check = (11 - total % 11) % 11
    return f"{letter}{body}({'A' if check == 10 else check})"


def taiwan_id(r: Random) -> str:
    letter, body = r.choice("ABCDEFGHJKLMNPQRSTUVXYWZIO"), r.choice("12") + digits(r, 7)
    code = "ABCDEFGHJKLMNPQRSTUVXYWZIO".index(letter) + 10
    total = (
        code // 10
        + code % 10 * 9
        + sum(int(d) * w for d, w in zip(body, range(8, 0, -1), strict=True))
    )
    return f"{letter}{body}{-total % 10}"


def plate(r: Random) -> str:
    province, city = r.choice("京津沪浙苏粤鲁川鄂湘闽皖豫冀"), r.choice("ABCDEFG")
    alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
    if r.random() < 0.4:
        return f"{province}{city}{r.choice('·')}{r.choice('DF')}{digits(r, 5)}"
    number = r.choice("0123456789") + r.choice(alphabet) + r.choice(alphabet) + digits(r, 2)
    return f"{province}{city}{r.choice(('', '·', ' ', '•'))}{number}"


def hard(r: Random, number: str) -> str:
    """Writes the digits in another way."""
    ways = (
        lambda n: "".join(chr(ord(c) + 0xFEE0) for c in n),
        lambda n: n.translate({48 + i: c for i, c in enumerate(_CIRCLED)}),
        lambda n: n.translate({48 + i: c for i, c in enumerate(_LOWER)}),
        lambda n: n.translate({48 + i: c for i, c in enumerate(_UPPER)}),
        "\u200b".join,
        "-".join,
        lambda n: n.replace("1", "幺"),
        lambda n: n[:4] + n[4:].translate({48 + i: c for i, c in enumerate(_LOWER)}),
        lambda n: f"{n[:3]}.{n[3:7]}.{n[7:]}",
        lambda n: f"{n[:3]}-{n[3:7]}-{n[7:]}",
    )
    return str(r.choice(ways)(number))


def grouped(number: str, joint: str, *sizes: int) -> str:
    parts, floor = [], 0
    for size in sizes:
        parts.append(number[floor : floor + size])
        floor += size
    return joint.join(parts)


def mobile_forms(r: Random) -> str:
    number = assigned_mobile(r)
    forms = (
        number,
        number,
        number,
        grouped(number, " ", 3, 4, 4),
        grouped(number, "-", 3, 4, 4),
        f"+86 {number}",
        f"+86-{grouped(number, '-', 3, 4, 4)}",
        f"(+86){number}",
        f"86{number}",
    )
    return r.choice(forms)


def landline_forms(r: Random) -> str:
    area, length = r.choice(
        (("010", 8), ("021", 8), ("0571", 8), ("0759", 7), ("028", 8), ("0431", 8))
    )
    local = r.choice("2345678") + digits(r, length - 1)
    return r.choice(
        (
            f"{area}-{local}",
            f"({area}){local}",
            f"（{area}）{local}",
            f"{area} {local}",
            f"{area}{local}",
            f"+86-{area[1:]}-{local}",
        )
    )


def address(r: Random) -> str:
    town = r.choice(
        (
            "浙江省杭州市西湖区",
            "北京市海淀区",
            "上海市徐汇区",
            "四川省成都市武侯区",
            "武汉市洪山区",
            "南京市鼓楼区",
        )
    )
    road = r.choice(("文三路", "中关村南大街", "漕溪北路", "人民南路四段", "珞喻路", "汉中门大街"))
    place = r.choice(("", "翠苑新村", "阳光花园", "绿地小区", "师大家属院"))
    house = f"{r.randint(1, 400)}号"
    flat = r.choice(
        (
            f"{r.randint(1, 30)}幢{r.randint(1, 4)}单元{r.randint(1, 20)}0{r.randint(1, 4)}室",
            f"{r.randint(1, 30)}号楼{r.randint(1, 20)}0{r.randint(1, 4)}室",
            f"{r.randint(1, 30)}栋{r.randint(1, 20)}0{r.randint(1, 4)}",
            f"{r.randint(1, 9)}-{r.randint(1, 4)}-{r.randint(1, 20)}0{r.randint(1, 4)}",
            "",
        )
    )
    if not place and flat.count("-"):
        flat = ""
    return town + road + house + place + flat


def coordinates(r: Random) -> str:
    latitude, longitude = r.uniform(20, 45), r.uniform(90, 125)
    return r.choice(
        (
            f"{latitude:.6f},{longitude:.6f}",
            f"{longitude:.6f}, {latitude:.6f}",
            f"北纬{latitude:.5f}°，东经{longitude:.5f}°",
            f"经度{longitude:.6f}，纬度{latitude:.6f}",
            f"lat={latitude:.6f}&lng={longitude:.6f}",
            f"{latitude:.5f}N {longitude:.5f}E",
        )
    )


def public_ip(r: Random) -> str:
    if r.random() < 0.25:
        return ":".join(["240e", "3b7", *(f"{r.randrange(1, 65535):x}" for _ in range(6))])
    first = r.choice((36, 58, 101, 113, 119, 123, 180, 202, 218, 222))
    return f"{first}.{r.randint(33, 250)}.{r.randint(1, 250)}.{r.randint(1, 250)}"


def password(r: Random) -> str:
    return r.choice(
        (
            word(r, 4, 7) + digits(r, 3),
            word(r, 3, 5).title() + "@" + digits(r, 4),
            digits(r, 6),
            word(r, 3, 5).title() + "#" + digits(r, 3) + "!",
            "P@ss" + digits(r, 4) + "w0rd",
        )
    )


def random_key(r: Random, length: int) -> str:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    return "".join(r.choice(alphabet) for _ in range(length))


def known_key(r: Random) -> str:
    return r.choice(
        (
            "sk-" + random_key(r, 48),
            "AKIA" + random_key(r, 16).upper(),
            "LTAI" + random_key(r, 20),
            "ghp_" + random_key(r, 36),
            "AIza" + random_key(r, 35),
            "glpat-" + random_key(r, 20),
            f"eyJ{random_key(r, 20)}.eyJ{random_key(r, 60)}.{random_key(r, 43)}",
            f"-----BEGIN RSA PRIVATE KEY-----\n{random_key(r, 100)}\n-----END RSA PRIVATE KEY-----",
        )
    )


def email(r: Random) -> str:
    host = r.choice(("qq.com", "163.com", "gmail.com", "126.com", "zju.edu.cn", "example.com.cn"))
    return f"{word(r, 3, 8)}{r.choice(('', '.', '_'))}{word(r, 2, 5)}{digits(r, 2)}@{host}"


def hard_email(r: Random) -> str:
    local, _, host = email(r).partition("@")
    at = r.choice(("#", "(at)", " (at) ", "[at]", "艾特", "＠", "（at）"))
    return local + at + host


def qq(r: Random) -> str:
    return r.choice("123456789") + digits(r, r.randint(5, 9))


def handle(r: Random) -> str:
    return r.choice(
        (word(r, 5, 8) + digits(r, 3), word(r, 3, 5) + "_" + word(r, 4, 6) + digits(r, 2))
    )


def wrong(number: str) -> str:
    return number[:-1] + str((int(number[-1]) + 3) % 10 if number[-1].isdigit() else 5)


def isbn(r: Random) -> str:
    body = "9787" + digits(r, 8)
    total = sum(int(c) * (1, 3)[i % 2] for i, c in enumerate(body))
    return body + str(-total % 10)


def uscc(r: Random) -> str:
    body = (
        r.choice(("91", "92", "52", "12"))
        + r.choice(("330106", "110108"))
        + random_key(r, 9).upper().translate(str.maketrans("IOSVZ", "13524"))
    )
    return body + str(stdnum_uscc.calc_check_digit(body))
