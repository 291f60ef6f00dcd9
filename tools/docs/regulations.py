"""The page of the regulations: what each rule asks, on whose text it rests, what clears it, and the examples that show it."""

from collections.abc import Iterable

from ronglu.kernel.measure.status import Status
from ronglu.kernel.regulation.examples import Example
from ronglu.kernel.regulation.exempt import told
from ronglu.kernel.regulation.rule import Level, Rule, Severity, Side, Source
from ronglu.packs import regulations as declared
from tools.docs.table import page, table

INTRO = """四十四条，分四章，写在 `packs/base/regulations/`，例子在它的 `examples/`。条文数字都可由厂里按日期修改。
“应当”的要照办；“一般”的可以登记理由；“本单位做法”先关着，由厂里打开。四条是提醒或说明，不检查。
核对原文（写明出处、核对人、日期）之前，页面上标“待本单位核对原文”；标“系统默认”的不是上级规定。
"""
CHAPTERS = {
    "organisation": "组织设置 · Organisation",
    "life": "组织生活 · Organisational life",
    "study": "教育学习和党费 · Study and dues",
    "safety": "安全 · Safety",
}
WINDOWS = {
    "month": "每月", "quarter": "每季度", "half": "每半年", "year": "每年", "event": "每次", "term": "每一阶段",
}  # fmt: skip


def regulations() -> str:
    """docs/reference/regulations.md."""
    book, examples = declared.load(), declared.examples()
    parts = [INTRO]
    for code, title in CHAPTERS.items():
        rules = [rule for rule in book.rules if rule.chapter == code]
        parts += [f"## {title}（{len(rules)} 条）\n", _overview(rules)]
        parts += [described(rule, (one for one in examples if one.rule == rule.id)) for rule in rules]
    return page("规定 · Regulations", *parts)


def _overview(rules: Iterable[Rule]) -> str:
    rows = [(f"[{r.id}](#{r.id.lower()})", r.label, r.en, strength(r), source(r.source)) for r in rules]
    return table(["编号", "规则", "English", "强度", "出处"], rows)


def described(rule: Rule, examples: Iterable[Example]) -> str:
    """One rule: its sides where it has several, its numbers, who is spared, what clears it, its examples."""
    parts = [f'<a id="{rule.id.lower()}"></a>\n\n### {rule.id} {rule.label}\n\n']
    if len(rule.sides) > 1:
        parts.append("".join(f"- {told_side(one)}\n" for one in rule.sides))
    parts.append(
        "".join(f"- 数字：{t.label} {t.value} {t.unit}（{basis(t.status)}）\n" for t in rule.thresholds.values())
    )
    spared = dict.fromkeys(told(one) for one in (*rule.exempt, *(e for side in rule.sides for e in side.exempt)))
    parts += [f"- 不适用：{'；'.join(spared)}\n"] if spared else []
    parts += ["- 只告诉支部书记\n"] if rule.audience else []
    parts.append(f"- 怎样消除：{rule.clear_by}\n")
    parts += [f"- 说明：{rule.source.note}\n"] if rule.source.note else []
    parts.append("".join(f"- {example.kind.label}：{example.say}\n" for example in examples))
    return "".join(parts)


def told_side(side: Side) -> str:
    """One side of a rule with its window, strength and grace."""
    word = "提醒" if side.level is Level.NOTE else side.severity.label
    grace = f"，宽限 {side.grace_days} 天" if side.grace_days else ""
    return f"{WINDOWS[side.window]}：{side.label}（{word}{grace}{'' if side.enabled else '，先关着'}）"


def strength(rule: Rule) -> str:
    """应当, 一般, 本单位做法, or what only reminds."""
    if rule.level is Level.NOTE:
        return "提醒或说明"
    return "、".join(one.label for one in Severity if any(c.severity is one and c.enabled for c in rule.sides)) or (
        f"{rule.severity.label}（先关着）"
    )


def source(given: Source) -> str:
    """The document and its article, and how well they are founded."""
    article = f"第 {given.article} 条" if given.article else ""
    unsure = "，条号待核对" if given.article and given.article_status != "V" else ""
    return f"{given.doc}{article}（{basis(given.status)}{unsure}）"


def basis(status: str) -> str:
    """The words for a status mark; a mixed mark (V/M) names both."""
    return " / ".join(Status(mark).label for mark in status.split("/"))
