"""The codes of languages that can be found, and what is often written in their place."""

import difflib

_LABELS = (
    "af als am an ar arz as ast av az azb ba bar bcl be bg bh bn bo bpy br bs bxr ca cbk ce ceb "
    "ckb co cs cv cy da de diq dsb dty dv el eml en eo es et eu fa fi fr frr fy ga gd gl gn gom gu "
    "gv he hi hif hr hsb ht hu hy ia id ie ilo io is it ja jbo jv ka kk km kn ko krc ku kv kw ky "
    "la lb lez li lmo lo lrc lt lv mai mg mhr min mk ml mn mr mrj ms mt mwl my myv mzn nah nap nds "
    "ne new nl nn no oc or os pa pam pfl pl pms pnb ps pt qu rm ro ru rue sa sah sc scn sco sd sh "
    "si sk sl so sq sr su sv sw ta te tg th tk tl tr tt tyv ug uk und ur uz vec vep vi vls vo wa "
    "war wuu xal xmf yi yo yue zh"
)
CODES = tuple(_LABELS.split())
"""The labels of fastText's lid.176, and `und`; here so that a config is checked without loading it.

A test compares them with the model.
"""

_MEANT = {
    "zh": "chinese mandarin cmn zho chi cn chs cht hans hant 中文 汉语 漢語 普通话 简体 繁体",
    "yue": "cantonese 粤语 粵語 广东话",
    "wuu": "wu shanghainese 吴语",
    "ja": "japanese jpn jp 日语 日本語",
    "ko": "korean kor kr 韩语 한국어",
    "en": "english eng 英语",
}
_CODE_OF = {name: code for code, names in _MEANT.items() for name in names.split()}


def checked_code(code: str) -> str:
    """Returns a code of `CODES`.

    Raises:
        ValueError: It is another; the message says which was probably meant.
    """
    if code in CODES:
        return code
    meant = _meant(code)
    hint = f"did you mean `{meant}`?" if meant else f"there are {', '.join(CODES)}"
    raise ValueError(f"`{code}` is not a language that is found; {hint}")


def _meant(code: str) -> str | None:
    """Returns the code that a name, a code of three letters or a tag as of BCP 47 stands for."""
    name = code.strip().lower().replace("_", "-")
    first, _, rest = name.partition("-")
    # Names of languages within Chinese are what follows it: zh-yue, but not zh-CN.
    for part in (name, rest, first):
        found = part if part in CODES else _CODE_OF.get(part)
        if found:
            return found
    close = difflib.get_close_matches(name, _CODE_OF, n=1, cutoff=0.8)
    return _CODE_OF[close[0]] if close else None
