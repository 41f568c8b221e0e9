from jingyu.pipeline.page.mask.kinds import KINDS
from jingyu.schemas.sensitive import SENSITIVITY


def test_each_type_of_personal_data_is_classed() -> None:
    assert SENSITIVITY.keys() == KINDS.keys()
    assert all(each.reason.endswith(".") for each in SENSITIVITY.values())


def test_the_number_of_an_identity_card_is_not_sensitive_but_that_of_a_bank_card_is() -> None:
    assert SENSITIVITY["resident_id"].sensitive == "no"
    assert SENSITIVITY["bank_card"].sensitive == "yes"
