"""One sentence of a brief: Chinese text with slots in braces; a stretch in 〔〕 falls away where a slot inside has no value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches

from ronglu.kernel.brief.topics import Topic, When

SLOT = re.compile(r"\{([^{}]*)\}")
MAYBE = re.compile(r"〔([^〔〕]*)〕")
NOTHING = "—"
LONGEST = 300


def problems(text: str, *, topic: Topic, when: When) -> list[str]:
    """What keeps the sentence from being used; each with what would be right."""
    named = f"“{topic.zh}：{when.zh}”"
    if not text.strip():
        return [f"{named}这一句必须写：缺数和要紧的事不能不说"] if when.must else []
    found = [f"{named}太长，最多 {LONGEST} 字，现在 {len(text)} 字"] if len(text) > LONGEST else []
    if "\n" in text or "\r" in text:
        found.append(f"{named}一句话写在一行里，不要换行")
    found += [_unknown(slot, named, when) for slot in dict.fromkeys(SLOT.findall(text)) if slot not in when.slots]
    if "{" in SLOT.sub("", text) or "}" in SLOT.sub("", text):
        found.append(f"{named}的花括号不成对；应写成 {{指标}} 这样")
    if set(MAYBE.sub("", text)) & set("〔〕"):
        found.append(f"{named}的〔〕不成对，或一层套着一层")
    found += [
        f"{named}的〔{piece}〕里没有空格位，永远不会省去；去掉〔〕或放进一个空格位"
        for piece in MAYBE.findall(text)
        if not SLOT.search(piece)
    ]
    return found


def fill(text: str, slots: Mapping[str, str]) -> str:
    """The same slots give the same words; a slot without a value outside 〔〕 is a dash."""

    def maybe(match: re.Match[str]) -> str:
        piece = match[1]
        return piece if all(slots.get(name) for name in SLOT.findall(piece)) else ""

    return SLOT.sub(lambda match: slots.get(match[1]) or NOTHING, MAYBE.sub(maybe, text))


def _unknown(slot: str, named: str, when: When) -> str:
    near = get_close_matches(slot, when.slots, n=1, cutoff=0.3)
    meant = f"，是不是要写 {{{near[0]}}}" if near else ""
    known = "、".join(f"{{{one}}}" for one in when.slots)
    right = f"这里可用：{known}" if known else "这一句没有可填的数"
    return f"{named}里没有 {{{slot}}} 这个空格位{meant}；{right}"
