"""What a finding says, in English: its sentence is short and made of names, so each part is known by its kind, not by what stands around.

Longer sentences are left to web/said.py. Documents keep their Chinese title, with their English beside it where there is one.
"""

import re
from functools import cache, lru_cache

from django import template
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from ronglu.packs import regulations
from ronglu.web.said import said
from ronglu.web.words import named, unit_sign

register = template.Library()
HAN = re.compile(r"[\u3400-\u9fff]")
DAY = r"\d{4}-\d\d-\d\d"
KINDS = {
    "when": rf"(?:\d{{4}}年(?:\d{{1,2}}月|[一二三四]季度|[上下]半年)?|{DAY}(?: 至 {DAY})?)",
    "day": DAY, "due": DAY, "end": DAY, "n": r"-?[\d.]+", "m": r"-?[\d.]+", "k": r"-?[\d.]+",
    "what": r"[^\d，。；：“”]+?", "who": r"[^\d，。；：“”]+?", "parts": r"[^\d，。；：]+", "text": r".+?", "doc": r".+?",
    "art": r"[\d、-]+",
}  # fmt: skip
SPLIT = re.compile(r"(、|→)")
LED = re.compile(r"(：)(?:([^\s\d“”：]{2,20}) )?(.+)", re.S)
"""A sentence of the list begins after the name of its place; a member is named first."""
SENTENCES = (
    _("{when}{what} {n} 次"),
    _("{when}{what} {n} 天"),
    _("{when}{what}谈心谈话 {n} 次"),
    _("{day} {what}，固定日是每月 {n} 日，相差 {m} 天"),
    _("{day} {what}：支部没有登记固定日"),
    _("{what}在 {day} 召开"),
    _("{day} {what}各环节齐全"),
    _("{day} {what}没有登记环节"),
    _("{day} {what}：没有登记环节"),
    _("{day} {what}没有登记等次"),
    _("{day} 民主评议没有登记等次"),
    _("{day} {what}没有登记召集人"),
    _("{day} {what}等次符合规定"),
    _("{day} {what}等次“{text}”不在规定之内"),
    _("{day} {what}由{who}召集"),
    _("{day} {what}缺{parts}"),
    _("{day} {what}：{parts}"),
    _("{day} 民主评议正式党员 {n} 名，优秀 {m} 名，最多 {k} 名"),
    _("{day} 民主评议给 {n} 名预备党员评定了等次"),
    _("在 {day} 前再开{what} {n} 次，{due} 前完成记录"),
    _("{day} {what}到会 {n} 人，没有登记应到人数"),
    _("{day} {what}到会 {n} 人，应到 {m} 人，应达到 {k}"),
    _("{day} {what}到会 {n} 人，应到 {m} 人，应超过 {k}"),
    _("{day} 选举到会有选举权的 {n} 人，没有登记应到人数"),
    _("{day} 选举到会有选举权的 {n} 人，应到 {m} 人，应达到 {k}"),
    _("{day} 表决“{text}”时有表决权的到会 {n} 人，没有登记应到人数"),
    _("{day} 表决“{text}”时有表决权的到会 {n} 人，应到 {m} 人，应达到 {k}"),
    _("{day} 表决“{text}”赞成 {n} 票，没有登记应到人数"),
    _("{day} 表决“{text}”赞成 {n} 票，应到 {m} 人，应超过 {k}"),
    _("“{text}” {day} 提交党员大会，支委会 {due} 讨论过"),
    _("“{text}” {day} 提交党员大会，没有支委会讨论记录"),
    _("{when}集中培训和集体学习 {n} 学时"),
    _("{when}参加集中培训 {n} 次"),
    _("{when}参加轮训 {n} 次"),
    _("{who}（{day} 至 {due}）参加集中培训 {n} 次"),
    _("{when}参加所在支部、党小组组织生活 {n} 次"),
    _("到 {when}连续 {n} 个月未交纳党费"),
    _("{day} “{text}”交流研讨 {n} 次"),
    _("{day} “{text}”{n} 次研讨中 {m} 次没有联系具体工作"),
    _("{day} “{text}”{n} 项工作中 {m} 项没有联系政策或文件"),
    _("“{text}”{day} 发现，{due} 整改，应在 {end} 前"),
    _("“{text}”{day} 发现，尚未整改，应在 {end} 前"),
    _("“{text}”{day} 销号，没有验收"),
    _("“{text}”{day} 销号，由整改人自己验收"),
    _("“{text}”{day} 销号，由另一人验收"),
    _("“{text}”{day} 销号，五落实齐全"),
    _("“{text}”{day} 销号，五落实缺{parts}"),
    _("“{text}”治理方案齐全"),
    _("“{text}”治理方案缺{parts}"),
    _("“{text}”{day} 向职工通报，应在 {due} 前"),
    _("“{text}”{day} 报告监管部门，应在 {due} 前"),
    _("“{text}”{day} 报告职工大会或职代会，应在 {due} 前"),
    _("“{text}”没有向职工通报的记录，应在 {due} 前"),
    _("“{text}”没有报告监管部门的记录，应在 {due} 前"),
    _("“{text}”没有报告职工大会或职代会的记录，应在 {due} 前"),
    _("“{text}”已关联失效的风险管控措施"),
    _("“{text}”没有关联失效的风险管控措施"),
    _("{text}的风险清单是空的"),
    _("{text}风险 {n} 条，未分级 {m} 条"),
    _("{when}隐患排查 {n} 次"),
    _("{when}季度隐患统计已归档"),
    _("{when}季度隐患统计未归档"),
    _("{when}年度隐患统计已归档"),
    _("{when}年度隐患统计未归档"),
    _("{when}是{what}"),
    _("{when}已经过去：开过没有登记的，补登记；没有开的，补开并注明补哪一次"),
    _("{when}已经过去：开过没有登记的，补登记；没有开的，补开并注明补哪一次；不能补的，登记理由"),
    _("到 {day} 成立（编入）只有 {n} 天，不满 {m} 天"),
    _("{day} 起已撤销或转出"),
    _("其间大修或停产 {n} 天"),
    _("不设支委会"),
    _("其间任职只有 {n} 天，不满 {m} 天"),
    _("尚未分级"),
    _("风险清单不在本系统登记"),
    _("{day} 起才在本系统登记"),
    _("成立（编入）不满 {n} 天"),
    _("其间撤销或转出"),
    _("其间大修或停产 {n} 天以上"),
    _("其间任职不满 {n} 天"),
    _("系统默认，可修改"),
    _("系统默认，可修改（参照《{doc}》）"),
    _("《{doc}》"),
    _("《{doc}》第{art}条"),
    _("《{doc}》（待本单位核对原文）"),
    _("《{doc}》第{art}条（待本单位核对原文）"),
    _("《{doc}》第{art}条（条号和原文待本单位核对）"),
    _("本单位做法"),
    _("本单位做法（待本单位核对原文）"),
)


@register.filter
def told(text: object) -> str:
    """The sentence as the reader would say it."""
    line = str(text)
    return english(line) if get_language() == "en" and HAN.search(line) else line


@register.filter
def unit_told(sign: str) -> str:
    """The unit of a number of a rule."""
    if get_language() != "en" or not HAN.search(sign):
        return sign
    word = unit_sign(sign)
    return word if word != sign else named(sign)


@lru_cache(maxsize=4096)
def english(line: str) -> str:
    if led := LED.fullmatch(line):
        return _after(led[1] + line[1:], led)
    return _sentence(line) or said(named(line))


def _after(line: str, led: re.Match[str]) -> str:
    """After the name of a place; the person is known by what is left once his name is taken away."""
    whole = line[1:]
    if found := _sentence(whole):
        return f": {found}"
    if led[2] and (found := _sentence(led[3]) or _changed(led[3])):
        return f": {led[2]}, {found}"
    return f": {said(named(whole))}"


def _sentence(line: str) -> str:
    """By its shape; what stands in brackets at its end is said on its own."""
    if not HAN.search(word := _labels().get(line) or named(line)):
        return word
    for zh, shape in _shapes():
        if found := shape.fullmatch(line):
            return gettext(zh).format(**{kind: _part(kind, value) for kind, value in found.groupdict().items()})
    if found := _joined(line, "。", ". "):
        return found
    head, mark, tail = line.partition("（")
    if mark and tail.endswith("）") and (found := _sentence(head) or _changed(head)):
        return f"{found} ({_sentence(tail[:-1]) or said(tail[:-1])})"
    return _joined(line, "：", ": ") or _joined(line, "；", "; ") or _joined(line, "、", ", ")


def _joined(line: str, mark: str, english_mark: str) -> str:
    """Several of them beside each other, if all are known."""
    pieces = [_sentence(one) for one in line.split(mark)] if mark in line else []
    return english_mark.join(pieces) if all(pieces) else ""


@cache
def _labels() -> dict[str, str]:
    """What the rules are called."""
    return {rule.label: rule.en for rule in regulations.load().rules}


def _changed(line: str) -> str:
    word = said(line)
    return word if word != line else ""


def _part(kind: str, value: str) -> str:
    if kind == "doc":
        gloss = named(value) if named(value) != value else gettext(value)
        return f"《{value}》" + (f" ({gloss})" if gloss != value else "")
    if kind == "when" and "至" in value:
        return value.replace("至", "to")
    if kind in ("what", "who", "parts"):
        return "".join({"、": ", ", "→": " → "}.get(one) or _word(one) for one in SPLIT.split(value))
    return named(value) if kind == "when" else value


def _word(word: str) -> str:
    return named(word) if named(word) != word else gettext(word)


@cache
def _shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Who says most of his own comes first."""
    ordered = sorted(SENTENCES, key=lambda zh: len(re.sub(r"\{\w+\}", "", zh)), reverse=True)
    return tuple((zh, re.compile(_pattern(zh), re.S)) for zh in ordered)


def _pattern(zh: str) -> str:
    pieces = re.split(r"\{(\w+)\}", zh)
    return "".join(re.escape(one) if place % 2 == 0 else f"(?P<{one}>{KINDS[one]})" for place, one in enumerate(pieces))
