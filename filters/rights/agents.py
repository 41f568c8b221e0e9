"""Robots that collect pages for language models, by the names that robots.txt calls them."""

from typing import Final, Literal, NamedTuple


class Agent(NamedTuple):
    """A robot."""

    name: str
    """Its product token, in lower case."""
    owner: str
    use: Literal["train", "search", "other"]
    """What its owner, or who watches it, says that pages are collected for."""
    source: str
    """Key of `SOURCES`."""


SOURCES: Final = {
    "apertus": "Apertus, technical report (2025): robots whose exclusion it applied back in time.",
    "ai.robots.txt": "github.com/ai-robots-txt/ai.robots.txt, robots.json of 2026-08-22.",
    "allenai": "allenai.org/crawler",
    "amazon": "developer.amazon.com/amazonbot",
    "anthropic": "support.anthropic.com, does Anthropic crawl data from the web",
    "apple": "support.apple.com/119829",
    "commoncrawl": "commoncrawl.org/ccbot",
    "google": "developers.google.com/search/docs/crawling-indexing/google-common-crawlers",
    "img2dataset": "github.com/rom1504/img2dataset",
    "meta": "developers.facebook.com/docs/sharing/webmasters/web-crawlers",
    "openai": "platform.openai.com/docs/bots",
    "perplexity": "docs.perplexity.ai/guides/bots",
    "webz": "webz.io/bot.html",
}
"""Where a name is from."""

AGENTS: Final = (
    Agent("ai2bot", "Ai2", "train", "allenai"),
    Agent("ai2bot-dolma", "Ai2", "train", "allenai"),
    Agent("aihitbot", "aiHit", "train", "ai.robots.txt"),
    Agent("amazonbot", "Amazon", "train", "amazon"),
    Agent("anthropic-ai", "Anthropic", "train", "ai.robots.txt"),
    Agent("applebot-extended", "Apple", "train", "apple"),
    Agent("bedrockbot", "Amazon", "train", "ai.robots.txt"),
    Agent("brightbot", "Bright Data", "train", "ai.robots.txt"),
    Agent("brightbot 1.0", "Bright Data", "train", "ai.robots.txt"),
    Agent("bytespider", "ByteDance", "train", "apertus"),
    Agent("ccbot", "Common Crawl", "train", "commoncrawl"),
    Agent("chatglm-spider", "Zhipu AI", "train", "ai.robots.txt"),
    Agent("chatgpt-user", "OpenAI", "other", "openai"),
    Agent("claude-searchbot", "Anthropic", "search", "anthropic"),
    Agent("claude-user", "Anthropic", "other", "anthropic"),
    Agent("claude-web", "Anthropic", "train", "ai.robots.txt"),
    Agent("claudebot", "Anthropic", "train", "anthropic"),
    Agent("cloudvertexbot", "Google", "train", "ai.robots.txt"),
    Agent("cohere-ai", "Cohere", "train", "ai.robots.txt"),
    Agent("cohere-training-data-crawler", "Cohere", "train", "apertus"),
    Agent("cotoyogi", "ROIS", "train", "ai.robots.txt"),
    Agent("crawlspace", "Crawlspace", "train", "ai.robots.txt"),
    Agent("deepseekbot", "DeepSeek", "train", "ai.robots.txt"),
    Agent("diffbot", "Diffbot", "train", "ai.robots.txt"),
    Agent("duckassistbot", "DuckDuckGo", "other", "ai.robots.txt"),
    Agent("exabot", "Exa", "search", "ai.robots.txt"),
    Agent("facebookbot", "Meta", "train", "ai.robots.txt"),
    Agent("factset_spyderbot", "FactSet", "train", "ai.robots.txt"),
    Agent("firecrawlagent", "Firecrawl", "train", "ai.robots.txt"),
    Agent("friendlycrawler", "unknown", "train", "ai.robots.txt"),
    Agent("google-cloudvertexbot", "Google", "train", "google"),
    Agent("google-extended", "Google", "train", "google"),
    Agent("google-notebooklm", "Google", "other", "ai.robots.txt"),
    Agent("googleother", "Google", "train", "google"),
    Agent("gptbot", "OpenAI", "train", "openai"),
    Agent("icc-crawler", "NICT", "train", "ai.robots.txt"),
    Agent("imagesiftbot", "ImageSift", "train", "ai.robots.txt"),
    Agent("img2dataset", "img2dataset", "train", "img2dataset"),
    Agent("isscyberriskcrawler", "ISS-Corporate", "train", "ai.robots.txt"),
    Agent("kangaroo bot", "Kangaroo LLM", "train", "ai.robots.txt"),
    Agent("kimi-user", "Moonshot AI", "other", "ai.robots.txt"),
    Agent("laion-huggingface-processor", "LAION", "train", "ai.robots.txt"),
    Agent("laiondownloader", "LAION", "train", "ai.robots.txt"),
    Agent("lcc", "Leipzig Corpora Collection", "train", "ai.robots.txt"),
    Agent("meta-externalagent", "Meta", "train", "meta"),
    Agent("meta-externalfetcher", "Meta", "other", "meta"),
    Agent("meta-webindexer", "Meta", "search", "meta"),
    Agent("mistralai-user", "Mistral AI", "other", "ai.robots.txt"),
    Agent("netestate imprint crawler", "netEstate", "train", "ai.robots.txt"),
    Agent("oai-searchbot", "OpenAI", "search", "openai"),
    Agent("omgili", "Webz.io", "train", "webz"),
    Agent("omgilibot", "Webz.io", "train", "webz"),
    Agent("pangubot", "Huawei", "train", "apertus"),
    Agent("panscient", "Panscient", "train", "ai.robots.txt"),
    Agent("perplexity-user", "Perplexity", "other", "perplexity"),
    Agent("perplexitybot", "Perplexity", "search", "perplexity"),
    Agent("sbintuitionsbot", "SB Intuitions", "train", "ai.robots.txt"),
    Agent("semrushbot-ocob", "Semrush", "train", "ai.robots.txt"),
    Agent("sidetrade indexer bot", "Sidetrade", "train", "ai.robots.txt"),
    Agent("spider", "Spider", "train", "ai.robots.txt"),
    Agent("tavilybot", "Tavily", "other", "ai.robots.txt"),
    Agent("tiktokspider", "ByteDance", "train", "ai.robots.txt"),
    Agent("timpibot", "Timpi", "train", "ai.robots.txt"),
    Agent("tongyibot", "Alibaba", "other", "ai.robots.txt"),
    Agent("velenpublicwebcrawler", "Velen", "train", "ai.robots.txt"),
    Agent("webzio-extended", "Webz.io", "train", "webz"),
    Agent("yandexadditional", "Yandex", "train", "ai.robots.txt"),
    Agent("yandexadditionalbot", "Yandex", "train", "ai.robots.txt"),
    Agent("yiyanbot", "Baidu", "other", "ai.robots.txt"),
    Agent("youbot", "You.com", "search", "ai.robots.txt"),
)
"""All that are known, by name. Names that mean little by themselves (`Code`, `Cursor`) are left
out, as are robots that only some owner's program is known to use."""

USES: Final = {agent.name: agent.use for agent in AGENTS}
"""What each is for."""

COLLECTORS: Final = frozenset(name for name, use in USES.items() if use == "train")
"""Those that collect for training."""
