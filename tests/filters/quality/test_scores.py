import hashlib
from importlib import resources
from pathlib import Path

from jingyu.filters.quality.measure import measure
from jingyu.filters.quality.quality import quality
from jingyu.filters.quality.scores import scores, shipped_model, shipped_model_sha256
from jingyu.filters.quality.settings import Quality, QualityModel
from jingyu.filters.spam.measure import measure_content
from jingyu.schemas.lexicon import LEXICON

PROSE = "山里的天气说变就变，早上还是晴空万里，中午就下起了大雨，我们只好等雨停下来。\n" * 3
MENU = "首页\n新闻\n关于我们\n联系我们\n登录\n注册\n产品中心\n友情链接"


def signals_of(text: str) -> dict[str, float]:
    lexicon = dict.fromkeys(LEXICON.names, 0.0)
    content = measure_content(text, None)
    page = {"extraction_confidence": 1.0, "hidden_ratio": 0.0}
    return {**measure(text), **content, **lexicon, **page}


def test_without_a_model_form_is_the_quality() -> None:
    signals = signals_of(PROSE)

    found = scores(PROSE, None, signals, Quality(builtin=False))

    assert found == {
        "form_quality": quality(signals),
        "text_probability": 1.0,
        "quality": quality(signals),
    }


def test_the_model_that_ships_tells_prose_from_a_menu() -> None:
    prose, menu = (scores(text, None, signals_of(text), Quality()) for text in (PROSE, MENU))

    assert prose["quality"] > menu["quality"]
    assert prose["text_probability"] > 0.5 > menu["text_probability"]


def test_a_model_of_ones_own_goes_before_the_one_that_ships(tmp_path: Path) -> None:
    path = tmp_path / "mine.npz"
    path.write_bytes(shipped_model().to_bytes())
    settings = Quality(model=QualityModel(path=path, sha256=shipped_model_sha256()))
    signals = signals_of(PROSE)

    assert scores(PROSE, None, signals, settings) == scores(PROSE, None, signals, Quality())


def test_the_card_that_ships_is_of_the_model_that_ships() -> None:
    card = resources.files("jingyu.configs") / "models" / "quality_zh.md"

    assert f"- sha256: {shipped_model_sha256()}\n" in card.read_text("utf-8")


def test_the_model_that_ships_is_small() -> None:
    content = shipped_model().to_bytes()

    assert len(content) < 2 << 20
    assert hashlib.sha256(content).hexdigest() == shipped_model_sha256()
