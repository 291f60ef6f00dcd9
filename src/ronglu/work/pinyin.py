"""How a Chinese name is spelled for search; surnames come first from a table, since the dictionary misreads them."""

from functools import lru_cache

# read as common words, these would be dan, jie, cha, chou, qu, ceng, di, gai …
SURNAMES = {
    "单": "shan", "解": "xie", "查": "zha", "仇": "qiu", "区": "ou", "曾": "zeng", "翟": "zhai", "盖": "ge",
    "朴": "piao", "任": "ren", "华": "hua", "乐": "yue", "缪": "miao", "覃": "qin", "召": "shao", "冼": "xian",
    "黑": "he", "秘": "bi", "折": "she", "员": "yun", "繁": "po", "种": "chong", "晁": "chao", "尉": "wei",
    "宿": "su", "能": "nai", "过": "guo", "纪": "ji", "牟": "mu", "燕": "yan", "应": "ying", "葛": "ge",
    "隗": "wei", "洗": "xian", "郇": "xun", "都": "du", "尹": "yin", "令": "ling", "石": "shi", "长": "zhang",
}  # fmt: skip
DOUBLE = {
    "尉迟": "yu chi", "万俟": "mo qi", "单于": "chan yu", "长孙": "zhang sun", "澹台": "tan tai", "令狐": "ling hu",
    "欧阳": "ou yang", "上官": "shang guan", "司马": "si ma", "诸葛": "zhu ge", "夏侯": "xia hou", "皇甫": "huang fu",
}  # fmt: skip


@lru_cache(maxsize=20_000)
def spell(text: str) -> tuple[str, str]:
    """Syllables with blanks between, and their first letters: 转炉线 → ("zhuan lu xian", "zll")."""
    from pypinyin import lazy_pinyin  # tables of 1 MB that most pages never need

    syllables = [part.strip().lower() for part in lazy_pinyin(text) if part.strip()]
    return " ".join(syllables), "".join(part[0] for part in syllables)


def spelled(name: str) -> tuple[str, str]:
    """A person's name, its surname read as a surname; what the columns `pinyin` and `initials` of Person keep."""
    for length, table in ((2, DOUBLE), (1, SURNAMES)):
        if (family := table.get(name[:length])) and len(name) > length:
            given, _ = spell(name[length:])
            syllables = f"{family} {given}".split()
            return " ".join(syllables), "".join(part[0] for part in syllables)
    return spell(name)
