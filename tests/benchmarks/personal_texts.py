"""Sentences with personal data of each type, as people write them."""

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from tests.benchmarks.personal_values import (
    address,
    assigned_mobile,
    bank_card,
    coordinates,
    digits,
    email,
    grouped,
    handle,
    hard,
    hard_email,
    hong_kong_id,
    known_key,
    landline_forms,
    luhn,
    mobile_forms,
    name,
    old_resident_id,
    password,
    plate,
    public_ip,
    qq,
    random_key,
    resident_id,
    taiwan_id,
    vin,
)


class Planted(NamedTuple):
    """A text with personal data."""

    text: str
    kinds: tuple[str, ...]
    """The type of each value in it."""


FILLERS = (
    "今天早上下了一场小雨，路上的人不多。",
    "他在2023年10月12日回到老家，一待就是三个月。",
    "这家店开了十五年，门口的老槐树还在。",
    "昨晚的比赛最后打成了3-2，大家都很高兴。",
    "书里讲了一个关于灯塔的故事，很值得一读。\n",
    "我们一行六人沿着河走了大约12.5公里。",
    "会议由王主任主持，各科室负责人参加。",
    "菜市场的西红柿每斤3.8元，比上周便宜了些。",
    "孩子们在操场上跑来跑去，笑声传得很远。\n",
    "第二天，村里的人都知道了这件事。",
    "一二三四五，上山打老虎，这首童谣谁都会唱。",
    "The weather was fine, and everyone enjoyed the trip. ",
)


def _of(kind: str, make: Callable[[Random], str], *sentences: str) -> Callable[[Random], Planted]:
    """Returns a maker of sentences with one value; {v} is the value, {n} a name."""

    def plant(r: Random) -> Planted:
        return Planted(r.choice(sentences).format(v=make(r), n=name(r)), (kind,))

    return plant


_MOBILE_SENTENCES = (
    "有事打我手机{v}。",
    "{n}，{v}，随时可以找我。",
    "房东电话是{v}，下午在家。",
    "报名请找{n}（{v}）。",
    "转让一辆八成新自行车，{v}，非诚勿扰！",
    "失主可联系{n}{v}领取。",
    "客户{n} {v} 已签收。",
    "收货人：{n} {v}",
    "他把号码{v}写在了纸条上。",
    "微信同号：{v}。",
    "tel:{v}",
    "有需要的加{v}，备注来意。",
)


PLANTED: tuple[Callable[[Random], Planted], ...] = (
    _of("mobile", mobile_forms, *_MOBILE_SENTENCES),
    _of("mobile", lambda r: hard(r, assigned_mobile(r)), *_MOBILE_SENTENCES),
    _of(
        "resident_id",
        resident_id,
        "{n}，身份证号{v}。",
        "{n}（身份证号码：{v}）经审核符合条件。",
        "公示名单：{n} {v}",
        "犯罪嫌疑人{n}，公民身份号码{v}，现已到案。",
        "中奖者{n}，证件号{v}。",
        "学员{n}/{v}/合格",
        "考生号下面写着{v}。",
    ),
    _of(
        "resident_id",
        lambda r: resident_id(r, r.choice(("810000", "820000", "830000"))),
        "持港澳台居民居住证（{v}）的旅客请走人工通道，旅客为{n}。",
        "居住证号码 {v}",
    ),
    _of(
        "resident_id",
        lambda r: grouped(resident_id(r), r.choice(" -"), 6, 8, 4),
        "{n}的身份证是{v}。",
        "证件：{v}，姓名：{n}。",
    ),
    _of(
        "resident_id",
        lambda r: hard(r, resident_id(r)),
        "身份证号：{v}，{n}。",
        "我的号是{v}，请帮忙查一下。",
    ),
    _of(
        "resident_id",
        old_resident_id,
        "{n}，旧身份证号{v}，1998年办理。",
        "一代身份证：{v}。",
        "身份证号码为{v}的{n}",
    ),
    _of(
        "foreign_id",
        lambda r: resident_id(
            r, "9" + r.choice(("11", "31", "44")) + r.choice(("840", "392", "410"))
        ),
        "外国人永久居留身份证号码：{v}。",
        "{n}的永居证号是{v}，请核对。",
    ),
    _of(
        "foreign_id",
        lambda r: r.choice(("USA", "JPN", "CAN")) + "3100" + digits(r, 8),
        "外国人永久居留身份证：{v}。",
        "永居证 {v}，持证人{n}。",
    ),
    _of(
        "regional_id",
        hong_kong_id,
        "香港身份证{v}。",
        "申请人{n}，HKID：{v}。",
        "{n}持{v}办理了手续。",
    ),
    _of("regional_id", taiwan_id, "台湾身分證字號：{v}。", "身份证字号 {v}，{n}。"),
    _of(
        "regional_id",
        lambda r: f"{r.choice('157')}{digits(r, 6)}({digits(r, 1)})",
        "澳门居民身份证号码：{v}。",
        "{n}，澳门身份证{v}",
    ),
    _of(
        "permit",
        lambda r: r.choice("HM") + digits(r, 8),
        "港澳居民来往内地通行证号码：{v}。",
        "{n}的回乡证是{v}。",
        "回乡证号{v}，有效期五年。",
    ),
    _of("permit", lambda r: digits(r, 8), "台胞证：{v}。", "台湾居民来往大陆通行证 {v}"),
    _of(
        "permit",
        lambda r: "C" + r.choice(("", "A", "E")) + digits(r, 8)[:7] + r.choice("0123456789"),
        "往来港澳通行证号{v}，{n}。",
    ),
    _of("permit", lambda r: digits(r, 9), "外国人居留许可号码：{v}。", "居留许可 {v}，{n}。"),
    _of(
        "passport",
        lambda r: (
            r.choice(("E", "G", "EA", "EJ", "E")) + digits(r, 8)[:8]
            if r.random() < 0.6
            else "E" + r.choice("ABCDEF") + digits(r, 7)
        ),
        "护照号码：{v}。",
        "{n}的护照号是{v}，已过期。",
        "护照：{v}",
        "Passport No. {v}",
        "请出示护照（{v}）。",
        "护照号{v}，签发地北京。",
    ),
    _of(
        "landline",
        landline_forms,
        "我家里电话{v}，晚上打。",
        "家庭电话：{v}。",
        "{n}住宅电话是{v}。",
        "宅电{v}，{n}。",
        "座机：{v}，找{n}。",
    ),
    _of(
        "bank_card",
        bank_card,
        "请汇到{v}，户名{n}。",
        "卡号：{v}。",
        "建行卡{v}，{n}。",
        "我的工资卡是{v}。",
        "转账给{n}：{v}",
        "{v}，{n}，农行。",
    ),
    _of(
        "bank_card",
        lambda r: grouped(bank_card(r), r.choice(" -"), 4, 4, 4, 4, 3).rstrip(" -"),
        "银行卡号{v}，开户名{n}。",
        "打款到 {v} 即可。",
    ),
    _of(
        "bank_card",
        lambda r: (
            luhn(r.choice(("4", "51", "52")) + digits(r, 13) + digits(r, 1))[:16]
            if False
            else luhn(r.choice(("4", "5")) + "2" + digits(r, 13))
        ),
        "信用卡{v}被盗刷。",
        "visa卡号：{v}",
    ),
    _of("bank_card", lambda r: hard(r, bank_card(r)), "银行卡：{v}，户名{n}。", "收款卡号{v}"),
    _of(
        "plate",
        plate,
        "一辆{v}小轿车停在路口。",
        "车牌号{v}。",
        "车主{n}，{v}，请速挪车。",
        "民警拦下了{v}。",
        "肇事车辆为{v}。",
    ),
    _of(
        "vin",
        vin,
        "车架号：{v}。",
        "车辆识别代号{v}，{n}所有。",
        "VIN码 {v}",
        "发动机没问题，{v}这台车可以过户。",
    ),
    _of(
        "imei",
        lambda r: luhn("86" + digits(r, 12)),
        "IMEI：{v}。",
        "手机串号{v}，{n}。",
        "IMEI1: {v}",
        "丢失手机一部，串码是{v}。",
    ),
    _of(
        "qq",
        qq,
        "加我QQ{v}。",
        "QQ：{v}",
        "我的扣扣是{v}，常在线。",
        "qq号 {v}，{n}。",
        "Q:{v}",
        "有意者QQ联系：{v}。",
        "企鹅号{v}",
    ),
    _of("qq", lambda r: hard(r, qq(r)), "QQ：{v}。", "扣扣{v}"),
    _of(
        "wechat",
        handle,
        "加我微信{v}。",
        "微信号：{v}",
        "我的微信是 {v}，{n}。",
        "VX：{v}",
        "wx:{v}",
        "薇信{v}，备注来意。",
        "加V：{v}",
        "微信（{v}）",
    ),
    _of(
        "handle",
        handle,
        "抖音号：{v}。",
        "小红书号：{v}",
        "我的Telegram：@{v}",
        "快手号{v}，{n}。",
        "支付宝账号：{v}",
        "Skype: {v}",
    ),
    _of(
        "ip",
        public_ip,
        "登录IP：{v}。",
        "来自{v}的用户发表了评论。",
        "服务器{v}昨晚宕机。",
        "访问者地址{v}已被记录。",
        "ip {v}",
    ),
    _of(
        "coordinates",
        coordinates,
        "定位坐标：{v}。",
        "他最后一次出现的位置是（{v}）。",
        "GPS：{v}",
    ),
    _of(
        "address",
        address,
        "家住{v}。",
        "家庭住址：{v}。",
        "{n}，女，汉族，住{v}。",
        "收货地址：{v}。",
        "户籍地址{v}，{n}。",
        "现住址：{v}",
        "我家在{v}，欢迎来玩。",
    ),
    _of(
        "social_security",
        lambda r: r.choice(("", "A", "B")) + digits(r, r.choice((8, 9, 10, 12))),
        "社保号：{v}。",
        "社会保障号码：{v}",
        "{n}的社保卡号是{v}。",
        "医保卡号{v}。",
        "医保编号：{v}，{n}",
    ),
    _of(
        "medical_record",
        lambda r: r.choice(("", "Z", "ZY", "M")) + digits(r, r.choice((6, 7, 8, 10))),
        "住院号：{v}。",
        "病历号{v}，{n}，男，56岁。",
        "门诊号：{v}",
        "病案号 {v}",
        "就诊卡号：{v}，{n}。",
    ),
    _of(
        "password",
        password,
        "密码：{v}",
        "wifi密码是{v}。",
        "登录密码为 {v} ，别告诉别人。",
        "password: {v}",
        "pwd={v}",
        "口令：{v}",
    ),
    _of("key", known_key, "我的key是 {v} 别外传", "OPENAI 的密钥 {v}\n", "配置里写着 {v}\n"),
    _of(
        "key",
        lambda r: random_key(r, 14) + digits(r, 18),
        'api_key = "{v}"',
        "appsecret：{v}",
        "access_token={v}",
        "密钥：{v}",
        '"secretKey": "{v}"',
    ),
    _of(
        "email",
        email,
        "邮箱{v}。",
        "简历发到{v}，{n}收。",
        "E-mail: {v}",
        "{v}",
        "有问题写信给{n}<{v}>",
    ),
    _of("email", hard_email, "邮箱：{v}。", "我的email {v}，{n}", "电子邮箱：{v}，{n}收"),
)
