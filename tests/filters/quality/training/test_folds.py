import numpy as np

from jingyu.filters.quality.training.folds import FOLDS, folds_of, groups_of
from tests.support.examples import example, examples


def test_an_owner_a_domain_and_a_template_lie_in_one_fold() -> None:
    made = examples(40)
    made[3] = made[3]._replace(owner="甲")
    made[9] = made[9]._replace(owner="甲", domain="shared.cn")
    made[20] = made[20]._replace(domain="shared.cn", signature=made[30].signature)

    folds = folds_of(made)

    assert len({int(folds[row]) for row in (3, 9, 20, 30)}) == 1
    assert sorted(set(folds.tolist())) == list(range(FOLDS))


def test_documents_without_owner_and_domain_are_alone() -> None:
    made = [example(number, "spam", domain="") for number in range(4)]

    assert groups_of(made).tolist() == [0, 1, 2, 3]


def test_folds_are_nearly_of_one_size() -> None:
    sizes = np.bincount(folds_of(examples(52)))

    assert sizes.max() - sizes.min() <= 1
