"""The types of personal data that are recognized."""

from jingyu.filters.lazy_pattern import lazy_pattern

KINDS = {
    "email": "邮箱",
    "resident_id": "身份证号",
    "mobile": "手机号",
    "landline": "座机号",
    "foreign_id": "外国人永居证号",
    "regional_id": "港澳台身份证号",
    "permit": "通行证号",
    "passport": "护照号",
    "bank_card": "银行卡号",
    "plate": "车牌号",
    "vin": "车架号",
    "imei": "设备号",
    "qq": "QQ号",
    "wechat": "微信号",
    "handle": "账号",
    "ip": "IP地址",
    "coordinates": "坐标",
    "address": "住址",
    "social_security": "社保号",
    "medical_record": "病历号",
    "password": "密码",
    "key": "密钥",
}
"""What stands for a masked span, for each type: in a text the Chinese word in brackets."""

PLACEHOLDER = lazy_pattern(
    rf"\[(?P<name>{'|'.join(KINDS.values())})(?P<number>[1-9][0-9]{{0,8}})?\]"
    rf"|_(?:{'|'.join(KINDS).upper()})_"
)
"""What masking puts into texts and addresses: never a candidate, nor a part of one."""
