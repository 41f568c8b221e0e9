"""What is dropped says nothing of its own: planted reprints, forms filled in, and archives."""

import random
import tempfile
import time
from collections.abc import Callable, Iterator

import numpy as np

from jingyu.pipeline.config.deduplication import Deduplication
from jingyu.pipeline.page.sign.minhash import HASHES
from tests.benchmarks.planted import Text, document_of_length
from tests.benchmarks.staged import Found, document_ids, found, stage, staged_table
from tests.support.staged import deduplicate_here, layout_in

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
_GIVEN = "伟芳娜敏静强磊军洋勇艳杰涛明超兰霞平刚桂英华建文斌"
_PLACES = ("城东", "河西", "开发", "高新", "滨江", "龙泉", "青山", "石桥", "南湖", "北苑")
_WORKS = ("道路维修", "绿化养护", "设备采购", "食堂改造", "网络建设", "课桌更换", "屋面防水")
_HEADERS = ("首页新闻中心正文", "您的位置本站社会新闻详情", "发布时间2024年5月6日来源本网")
_FOOTERS = ("责任编辑李明", "上一篇下一篇返回列表", "版权所有未经许可不得转载投诉电话12345")
_FORMS, _REPRINTS, _ARCHIVES = 200, 200, 200

Pairs = list[tuple[int, int]]


def print_lossless() -> None:
    """Plants, deduplicates and prints what was found and what should have stayed."""
    generator = random.Random(11)
    texts: list[str] = []
    reprints = {name: _reprints(make, texts, generator) for name, make in _CHANGES.items()}
    forms = _forms(texts, generator)
    archives = _archives(texts, generator)
    decided, seconds = _decided(texts)
    is_dropped = decided.survivors >= 0
    print(f"{len(texts):,} documents, {seconds:.1f} s of one core")  # noqa: T201
    for name, pairs in reprints.items():
        share = np.mean([is_dropped[one] or is_dropped[other] for one, other in pairs])
        print(f"reprints, {name:<13} {share:7.2%} of {len(pairs)} found")  # noqa: T201
    stays = 1 - is_dropped[forms].mean()
    print(f"forms of other figures and names {stays:7.2%} of {len(forms)} stay")  # noqa: T201
    share = np.mean([decided.survivors[post] == archive for post, archive in archives])
    stays = np.mean([not is_dropped[archive] for _, archive in archives])
    print(  # noqa: T201
        f"posts in archives {share:7.2%} of {len(archives)} found; {stays:.2%} of archives stay"
    )


def _decided(texts: list[str]) -> tuple[Found, float]:
    with tempfile.TemporaryDirectory() as folder:
        layout = layout_in(folder)
        keys = stage(staged_table(texts), layout, 4)
        started = time.process_time()
        deduplicate_here(keys, layout, Deduplication(), HASHES)
        return found(keys, layout, document_ids(len(texts))), time.process_time() - started


def _reprints(
    make: Callable[[str, random.Random], str], texts: list[str], generator: random.Random
) -> Pairs:
    pairs = []
    for _ in range(_REPRINTS):
        page = document_of_length(generator.randint(300, 2_000), generator)
        pairs.append((len(texts), len(texts) + 1))
        texts += [page, make(page, generator)]
    return pairs


def _edited(page: str, generator: random.Random) -> str:
    places = set(generator.choices(range(len(page)), k=max(len(page) // 100, 1)))
    return "".join("改" if at in places else each for at, each in enumerate(page))


def _in_other_script(page: str, generator: random.Random) -> str:
    import opencc

    del generator
    return str(opencc.OpenCC("s2t").convert(page))


_CHANGES: dict[str, Callable[[str, random.Random], str]] = {
    "header": lambda page, generator: f"{generator.choice(_HEADERS)}\n{page}",
    "footer": lambda page, generator: f"{page}\n{generator.choice(_FOOTERS)}",
    "light edits": _edited,
    "cut end": lambda page, generator: page[: round(len(page) * generator.uniform(0.5, 0.95))],
    "other script": _in_other_script,
}


def _forms(texts: list[str], generator: random.Random) -> list[int]:
    """Plants notices on one form each ten; returns their numbers."""
    first = len(texts)
    for _ in range(_FORMS // 10):
        frame = [document_of_length(generator.randint(80, 160), generator) for _ in range(4)]
        texts += ["\n".join(_filled(frame, generator)) for _ in range(10)]
    return list(range(first, len(texts)))


def _filled(frame: Text, generator: random.Random) -> Iterator[str]:
    name = generator.choice(_SURNAMES) + "".join(generator.choices(_GIVEN, k=2))
    yield f"{generator.choice(_PLACES)}{generator.choice(_WORKS)}项目公告"
    yield f"{frame[0]}联系人{name}，{frame[1]}"
    yield f"{frame[2]}预算{generator.randint(10, 999)}万元，{frame[3]}"
    yield f"2024年{generator.randint(1, 12)}月{generator.randint(1, 28)}日"


def _archives(texts: list[str], generator: random.Random) -> Pairs:
    pairs = []
    for _ in range(_ARCHIVES):
        posts = [
            document_of_length(generator.randint(200, 1_200), generator)
            for _ in range(generator.randint(3, 8))
        ]
        archive = len(texts) + len(posts)
        pairs += [(len(texts) + at, archive) for at in range(len(posts))]
        texts += [*posts, "\n".join(posts)]
    return pairs
