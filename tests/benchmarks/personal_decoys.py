"""Sentences without personal data that look as if they had some."""

import re
from random import Random

from tests.benchmarks.personal_values import (
    assigned_mobile,
    bank_card,
    isbn,
    luhn,
    resident_id,
    uscc,
    vin,
    wrong,
)

DECOYS = {
    "order": "订单号：20240%1%########，已发货。",
    "long order": "订单号：20231%2%############，已发货。",
    "order like a mobile": "订单编号{mobile}正在处理。",
    "express": "快递单号SF#############，三天内送达。",
    "isbn": "ISBN {isbn}，定价58.00元。",
    "isbn with dashes": "ISBN：978-7-###-#####-#",
    "timestamp": "日志时间戳 16########### 出现错误。",
    "seconds": "ts=15########",
    "datetime": "发布时间：2023-0%-1# 13:#5:00",
    "packed datetime": "文件名为2023101%1#3#30.jpg",
    "credit code": "统一社会信用代码：{uscc}。",
    "bare credit code": "该公司（{uscc}）成立于2015年。",
    "price": "成交总额##8,###,###元，同比增长#.5%。",
    "price like a mobile": "总投资{mobile}元。",
    "population": "全县共有1######人，其中男性5#####人。",
    "doi": "doi:10.1###/j.cnki.####-####.2021.0#.0##",
    "400": "客服热线400-###-####，全天在线。",
    "bare 400": "咨询电话：400#######。",
    "service": "请拨打12345或95588咨询，也可以拨打96110。",
    "office": "市教育局监督电话：0571-8#######。",
    "other office": "联系单位：区人民政府办公室，联系电话：010-6#######",
    "hotline": "招生咨询电话：(0371)6#######",
    "version": "升级到版本%.1#.##.1%#后问题消失。",
    "browser": "Chrome/1%#.0.####.1## Safari",
    "section": "见%.%.%.1#节的说明。",
    "private ip": "路由器地址是192.168.%.1%#，内网10.0.%.1##。",
    "score": "四节比分为2%-1%、1%-2%、2%-2%、3#-1%。",
    "product": "型号^^-#####^，货号########。",
    "stock number": "商品编号：13#########",
    "wrong id": "流水{wrong_id}已入库。",
    "wrong card": "条码{wrong_card}扫描失败。",
    "wrong imei": "设备编码为{wrong_imei}的仪器需送检。",
    "short vin": "零件{short_vin}缺货，请换###型。",
    "barcode": "条形码69###########。",
    "id in an address": "详见 https://www.example.com/article/#########.html 。",
    "public account": "关注微信公众号：~~~~~~~~，回复资料领取。",
    "wechat app": "下载微信Android版即可，支持微信pay付款。",
    "qq app": "用QQ2013正式版登录，看看QQ音乐年度听歌报告。",
    "qq group": "官方QQ群：%########。",
    "street address": "书店位于南京市中山路%##号，营业到晚上十点。",
    "office address": "地址：北京市海淀区中关村大街%#号科技大厦1%层",
    "hotel room": "我们住在酒店的%号楼%0%房间，很安静。",
    "password word": "忘记密码请点击找回，密码必须包含8位以上字符。",
    "password field": "password: required",
    "share code": "提取码：~~~~，链接永久有效。",
    "decimal": "圆周率约为3.14159265358979，误差小于0.0000######。",
    "measured": "测得数据为##.####和##.####，p=0.0###。",
    "journal": "CN11-####/TP，ISSN 1###-####。",
    "case": "（2021）浙0106民初%####号判决书。",
    "filing": "京ICP备########号-1 京公网安备110###########号",
    "drug": "国药准字H2#######，批号########。",
    "standard": "执行标准GB/T #####-2019，新GB18030已实施。",
    "train": "乘坐G####次列车，1%车1%A号。",
    "stock": "股票代码60####，收盘价##.##元。",
    "table": "成绩： 97 8# 12# 6# 1## 7# 13# 88 4# 10# 99 3#",
    "counting": "一二三四五六七八九十，十九八七六五四三二一。",
    "code": "std::vector<int> a; ab::cd = 12:30:45;",
    "mention": "关注@人民日报 获取更多。",
    "package": "npm install vue@2.6.14，图标用logo@2x.png",
    "languages": "C＃语言 和 C＃.net 平台",
}
"""Sentences by what they look like: # and % are a digit and one from 1 to 9, ^ and ~ letters."""

_BLANK = re.compile("[#%^~]")
_ALPHABETS = {
    "#": "0123456789",
    "%": "123456789",
    "^": "ABCDEFGHJKLMNPQRSTUVWXYZ",
    "~": "abcdefghijklmnopqrstuvwxyz",
}


def decoy(r: Random, name: str) -> str:
    template = DECOYS[name]
    if "{" in template:
        return template.format(
            mobile=assigned_mobile(r),
            isbn=isbn(r),
            uscc=uscc(r),
            wrong_id=wrong(resident_id(r)),
            wrong_card=wrong(bank_card(r)),
            wrong_imei=wrong(luhn("86" + str(r.randrange(10**11, 10**12)))),
            short_vin=vin(r)[:16],
        )
    return _BLANK.sub(lambda blank: r.choice(_ALPHABETS[blank[0]]), template)
