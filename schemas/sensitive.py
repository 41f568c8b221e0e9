"""Which of the personal data that is masked is sensitive by GB/T 45574-2025."""

from typing import Final, Literal, NamedTuple

Sensitive = Literal["yes", "depends", "no"]


class Sensitivity(NamedTuple):
    """How one type of personal data stands to the standard."""

    sensitive: Sensitive
    """`depends` where what the number belongs to, or how much of it there is, decides."""
    reason: str


_NUMBER = "The number of an identity document; the picture of an identity card would be."
_CONTACT = "Not among the classes of Annex A."

SENSITIVITY: Final = {
    "email": Sensitivity("no", _CONTACT),
    "resident_id": Sensitivity("no", _NUMBER),
    "mobile": Sensitivity("no", _CONTACT),
    "landline": Sensitivity("no", _CONTACT),
    "foreign_id": Sensitivity("no", _NUMBER),
    "regional_id": Sensitivity("no", _NUMBER),
    "permit": Sensitivity("no", _NUMBER),
    "passport": Sensitivity("no", _NUMBER),
    "bank_card": Sensitivity("yes", "Financial accounts (金融账户)."),
    "plate": Sensitivity("no", _CONTACT),
    "vin": Sensitivity("no", _CONTACT),
    "imei": Sensitivity("no", _CONTACT),
    "qq": Sensitivity("no", _CONTACT),
    "wechat": Sensitivity("no", _CONTACT),
    "handle": Sensitivity("no", _CONTACT),
    "ip": Sensitivity("no", _CONTACT),
    "coordinates": Sensitivity("depends", "Whereabouts (行踪轨迹), if they follow a person."),
    "address": Sensitivity("no", _CONTACT),
    "social_security": Sensitivity("depends", "Medical and health (医疗健康), if of insurance."),
    "medical_record": Sensitivity("yes", "Medical and health (医疗健康)."),
    "password": Sensitivity("depends", "Financial accounts (金融账户), if of one."),
    "key": Sensitivity("no", "Of programs, not of persons."),
}
"""By type. Data of children under 14 is sensitive whatever its type, which no number shows.

Our reading, at second hand: the text of Annex A could not be had.

Source: GB/T 45574-2025, Annex A, as told by jingtian.com (11 July 2025): the number of a resident
identity card is no longer listed, its picture is; Personal Information Protection Law, article 28,
for the classes.
"""
