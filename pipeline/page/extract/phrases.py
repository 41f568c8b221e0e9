"""Set phrases of the furniture around a text."""

import numpy as np
from numpy.typing import NDArray

from jingyu.filters.lexicon.literals import Literals

# A colon stands for one of either width, which is not part of the match.
_WORDS = {
    "share": "分享到 分享至 分享本 扫一扫 二维码 打印 关闭窗口 关闭本页 【关闭】 收藏 "
    "设为首页 设为主页 复制链接 字体: 字号 大中小 返回 回到顶部 公众号 扫描 扫码 "
    "长按 點擊 转发 一键 下载APP 客户端",
    "neighbours": "上一篇 下一篇 上一页 下一页 上一条 下一条 上一个 下一个 上一章 下一章 上一节 "
    "下一节 上篇 下篇 上頁 下頁 上一頁 下一頁 上一則 下一則 前一篇 后一篇 没有了 "
    "尾页 末页 Previous Next 目录",
    "offers": "相关阅读 相关文章 相关新闻 相关链接 相关推荐 相关内容 相关产品 相关资讯 "
    "相关信息 相关搜索 相关专题 相关问题 相关主题 相关帖子 相关文档 相關 延伸阅读 "
    "推荐 猜你喜欢 热门 热点 排行 最新 为您 大家都在 随机 友情链接 更多 更多> "
    "more More MORE 标签: 标签 Tags Tag: tags 关键词: 关键字: 分类: 精彩 专题 "
    "点击排行 图文",
    "legal": "版权 Copyright copyright COPYRIGHT © ICP 备案 公网安备 reserved Reserved "
    "RESERVED 技术支持 网站地图 免责声明 主办 承办 协办 法律声明 未经 授权 许可 "
    "侵权 不良信息 Powered Power 网站标识码 浏览器 分辨率 转载 著作权 隐私 声明",
    "stated": "来源: 来源于 作者: 发布时间 发布日期 发布于 更新时间 发表于 发表时间 时间: "
    "日期: 点击: 点击数 点击量 点击次数 浏览: 浏览次数 浏览量 浏览数 次浏览 "
    "人浏览 阅读: 阅读( 阅读（ 阅读量 阅读数 次阅读 人阅读 人气 发布人: 发布者: "
    "楼主 views 稿源 访问量 访问次数 责任编辑 编辑: 责编 记者: 审核: 撰稿 通讯员: "
    "供稿 录入 文: 图: 摄影: 积分 最后编辑 修改时间 创建时间 关注 粉丝 回帖 "
    "回复于",
    "place": "当前位置 所在位置 您的位置 现在的位置 现在位置 您现在 你现在 您当前 首页> "
    "首页 主页 网站首页 位置:",
    "account": "登录 登陆 登入 注册 密码 验证码 用户名 搜索 检索 请输入 提交 忘记 欢迎 "
    "购物车 会员 留言 在线客服 客服 咨询 立即 免费 试用 订阅 评论 回复 发表 举报 "
    "点赞 赞 投诉 反馈 点此 点击",
    "contact": "电话 传真: 邮编: 地址: 邮箱: mail: Mail: 联系 手机: 热线 网址: QQ Tel TEL tel 微信",
}
PHRASES = tuple(_WORDS)
"""The sorts of phrases."""


def _literals() -> tuple[Literals, list[int]]:
    bits: dict[str, int] = {}
    forms: dict[str, int] = {}
    for index, words in enumerate(_WORDS.values()):
        for word in words.split():
            bare = word.rstrip(":")
            # With and without a colon a phrase is of one sort.
            bit = bits.setdefault(bare, 1 << index)
            forms |= {bare + colon: bit for colon in (("",) if bare == word else (":", "："))}
    return Literals(forms), list(forms.values())


_LITERALS, _BITS = _literals()
_NUMBERS = np.array(_BITS, np.int32)


def phrases_of(lines: list[str], longest: int) -> NDArray[np.int32]:
    """Returns the bits of the phrases that begin in each line, all short lines read as one text.

    Args:
        lines: Lines of text.
        longest: Length up to which a line is short; a longer one is a text, whatever it mentions.
    """
    return _LITERALS.bits(lines, longest, _NUMBERS)


def phrases_in(text: str) -> list[tuple[int, int]]:
    """Returns where phrases stand in a text, each with its bit: bit n for the nth sort.

    Of phrases that overlap only the first counts, and of these the longest.
    """
    return [(start, _BITS[number]) for number, start in _LITERALS.apart(text)]
