"""Query parameters that say how a reader came to a page, not which page it is."""

import re
from collections.abc import Mapping

from jingyu.filters.lazy_pattern import lazy_pattern

SHARE_VALUES: Mapping[str, frozenset[str]] = {
    # WeChat appends both to whatever is shared in it: `from` by where, in a chat or in Moments.
    "from": frozenset({"singlemessage", "groupmessage", "timeline"}),
    "isappinstalled": frozenset({"0", "1", ""}),
    # Accelerated mobile pages of WordPress and others; the page without it is the same one.
    "amp": frozenset({"", "1", "true"}),
    "outputtype": frozenset({"amp"}),
}
"""Parameters, in lower case, that count as tracking with these values only.

Source: observed in crawls; the names by themselves are too common.
"""

_WECHAT = "nsukey mpshare sharer_sharetime sharer_shareid wx_header"
_ALIBABA = "spm scm algo_pvid algo_expid ali_trackid ali_refid ut_sk tbsocialpopkey"
_BILIBILI = (
    "spm_id_from from_spmid vd_source share_source share_medium share_plat share_session_id "
    "share_tag share_from unique_k is_story_h5 buvid"
)
_BYTEDANCE = "share_token tt_from share_app_id share_did share_iid share_link_id"
_BAIDU = "bd_vid bdclkid hmsr hmpl hmcu hmkw hmci hmmd"
_TENCENT = "adtag pgv_ref qz_gdt gdt_vid tdsourcetag"
_SINA = "sudaref luicode lfid featurecode refer_flag"
_SOHU = "_trans_"
_QIHOO = "qhclickid"
_CSDN = (
    "ops_request_misc request_id biz_id dist_request_id sharetype shareid sharerefer sharesource "
    "sharefrom"
)
_ZHIHU = "zhida_source hb_wx_block"
_XIAOHONGSHU = "xsec_token xsec_source xhsshare"
_GOOGLE = "gclid gclsrc dclid gbraid wbraid srsltid _ga _gl"
_OTHERS = (
    "fbclid fb_action_ids fb_action_types fb_source fb_ref igshid igsh twclid ref_src ref_url "
    "msclkid ttclid yclid ysclid _openstat mc_cid mc_eid mkt_tok _hsenc _hsmi vero_id oly_enc_id"
)
TRACKING = frozenset(
    " ".join(
        (
            *(_WECHAT, _ALIBABA, _BILIBILI, _BYTEDANCE, _BAIDU, _TENCENT, _SINA, _SOHU, _QIHOO),
            *(_CSDN, _ZHIHU, _XIAOHONGSHU, _GOOGLE, _OTHERS),
        )
    ).split()
)
"""Parameters, in lower case, that never choose a page, whatever their value.

Source: Baidu Tongji (hm…) and Google Analytics (utm_…) name theirs in their help pages; the others
are those of ClearURLs' rules and AdGuard's tracking list whose names no other site is likely to use
for anything else, and what the sites they are grouped by append when a page is shared.
"""

TRACKING_PREFIXES = ("utm_", "depth_1-utm_")
"""Google Analytics' own parameters, and CSDN's name for those of the page before."""

SITE_TRACKING: Mapping[str, frozenset[str]] = {
    "bilibili.com": frozenset({"ts", "bbid", "mid", "plat_id", "timestamp", "from", "seid"}),
    "toutiao.com": frozenset({"app", "timestamp", "use_new_style", "req_id", "wxshare_count"}),
    "sina.cn": frozenset({"wm", "vt", "from", "pos"}),
    "sina.com.cn": frozenset({"wm", "from", "cre", "mod", "loc", "rfunc", "tj"}),
    "sohu.com": frozenset({"_f", "pvid", "trans"}),
    "163.com": frozenset({"clickfrom", "spss", "spsw", "spssid", "referfrom", "isfromh5share"}),
    "baike.baidu.com": frozenset({"fr", "frommodule", "lemmafrom"}),
    "zhidao.baidu.com": frozenset({"fr", "ala"}),
    "douban.com": frozenset({"dt_dapp", "dt_platform", "_dtcc", "_i"}),
    "xiaohongshu.com": frozenset({"appuid", "apptime", "share_id", "author_share", "app_platform"}),
}  # fmt: skip
"""Parameters that are tracking on a host and those below it, and may be content elsewhere."""

SITE_CONTENT: Mapping[str, frozenset[str]] = {
    "mp.weixin.qq.com": frozenset({"__biz", "mid", "idx", "sn", "album_id", "action", "t"}),
}
"""Hosts of which only these parameters choose a page.

Articles of WeChat accounts are named by account (`__biz`), message, place in it and signature; what
else an address carries (`chksm`, `scene`, `key`, `pass_ticket`, …) is of the reader who shared it.
"""

SESSIONS = frozenset(
    {"jsessionid", "phpsessid", "sessionid", "session_id", "sessid"}
    | {"cfid", "cftoken", "oscsid", "zenid"}
)
"""Session ids of servlets, PHP, ColdFusion, osCommerce and Zen Cart."""

SESSION_PREFIX = "aspsessionid"
"""Classic ASP adds eight letters of its own to the name."""

OPAQUE_SESSIONS = frozenset({"sid", "s_id", "s"})
"""Session ids of forums (phpBB, vBulletin) if they look like one; else perhaps a story's number."""

OPAQUE = lazy_pattern(r"(?=[a-z]*[0-9])(?=[0-9]*[a-z])[0-9a-z]{26,40}", re.IGNORECASE)
"""What session ids look like: 26 to 40 letters and digits of both kinds, as PHP makes them."""

CACHE_BUSTERS: Mapping[str, re.Pattern[str]] = {
    "_": re.compile(r"1[0-9]{9,12}"),
    **dict.fromkeys(("r", "rnd", "rand", "random", "t"), re.compile(r"0\.[0-9]{6,}")),
}
"""What scripts append so that no cache answers: jQuery's time, and `Math.random()`."""
