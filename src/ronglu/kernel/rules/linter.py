"""The formalism linter: which kinds of evidence may score, and the red list of what never may; it has no override."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ronglu.kernel.rules.errors import SheetProblem
from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.shape import Shape
from ronglu.kernel.rules.shapes import Deduct, Parts
from ronglu.kernel.rules.sheet import Sheet


class Evidence(StrEnum):
    """Kinds of evidence (decision 22); the last three are always refused."""

    INDICATOR = "indicator"
    CLOSURE = "closure"
    EFFECT = "effect"
    STRUCTURE = "structure"
    DUTY = "duty"
    FINDING = "finding"
    PANEL = "panel"
    ACTIVITY = "activity"
    RECOGNITION = "recognition"
    APP_USE = "app_use"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Evidence.INDICATOR: "指标读数", Evidence.CLOSURE: "按期闭环", Evidence.EFFECT: "核实的成效",
    Evidence.STRUCTURE: "组织设置", Evidence.DUTY: "应尽职责", Evidence.FINDING: "检查发现", Evidence.PANEL: "评审",
    Evidence.ACTIVITY: "活动数量", Evidence.RECOGNITION: "表彰与宣传", Evidence.APP_USE: "软件使用情况",
}  # fmt: skip

REFUSED = frozenset({Evidence.ACTIVITY, Evidence.RECOGNITION, Evidence.APP_USE})


@dataclass(frozen=True, slots=True)
class Clause:
    """A rule behind a refusal. `says` paraphrases: an official one is not to be quoted before its text is checked.

    `kept` says by what else the product keeps it, for a rule that no word in an item could break.
    """

    code: str
    title: str
    says: str
    official: bool
    kept: str = ""

    @property
    def text(self) -> str:
        return f"{self.code}《{self.title}》：{self.says}" + ("（大意，引用前请核对原文）" if self.official else "")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the red list: words, patterns and facts that give a forbidden source away."""

    code: str
    label: str
    evidence: Evidence
    words: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]
    facts: tuple[str, ...]
    clauses: tuple[str, ...]
    instead: str

    def found_in(self, texts: Iterable[str]) -> str:
        """The first give-away, or ''."""
        for text in texts:
            folded = re.sub(r"\s+", "", text).casefold()
            for word in self.words:
                if word.casefold() in folded:
                    return word
            for pattern in self.patterns:
                if hit := pattern.search(folded):
                    return hit.group()
        return ""


@dataclass(frozen=True, slots=True)
class RedList:
    clauses: Mapping[str, Clause]
    entries: tuple[Entry, ...]
    duty_clauses: tuple[str, ...]

    def cite(self, codes: Iterable[str]) -> tuple[Clause, ...]:
        return tuple(self.clauses[code] for code in codes)

    def of(self, kind: Evidence) -> tuple[str, ...]:
        """All clauses that forbid a kind, once each."""
        return tuple(dict.fromkeys(code for entry in self.entries if entry.evidence is kind for code in entry.clauses))


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an item may not be published, by which clause, and what would be right."""

    item: str
    found: str
    clauses: tuple[Clause, ...]
    instead: str

    @property
    def text(self) -> str:
        cited = "；".join(clause.text for clause in self.clauses)
        return f"{self.item}：{self.found}。{f'依据 {cited}。' if cited else ''}{self.instead}"


def lint(item: Item, red: RedList) -> tuple[Refusal, ...]:
    """Every reason to refuse an item, by its declared evidence and by what its words and facts give away."""
    name = f"{item.code} {item.name}"
    found = list(_by_evidence(item, name, red))
    for entry in red.entries:
        fact = next((fact for fact in _facts(item) if fact in entry.facts), "")
        hit = fact or entry.found_in(_texts(item))
        if hit:
            found.append(
                Refusal(name, f"出现“{hit}”，属于{entry.label}，不得计分", red.cite(entry.clauses), entry.instead)
            )
    return tuple(found)


def lint_sheet(sheet: Sheet, red: RedList) -> tuple[Refusal, ...]:
    return tuple(refusal for item in sheet.items for refusal in lint(item, red))


def refuse(sheet: Sheet, red: RedList) -> None:
    """Raise with every refusal of a sheet; publication calls this and offers no way round."""
    if refusals := lint_sheet(sheet, red):
        raise SheetProblem(f"考核表“{sheet.name}”不能发布，", [refusal.text for refusal in refusals])


def _by_evidence(item: Item, name: str, red: RedList) -> Iterable[Refusal]:
    if not item.evidence:
        yield Refusal(name, "没有写依据的种类", (), _allowed())
    for text in item.evidence:
        if text not in set(Evidence):
            yield Refusal(name, f"不认识依据种类“{text}”", red.cite(red.duty_clauses[:1]), _allowed())
            continue
        kind = Evidence(text)
        if kind in REFUSED:
            instead = next((e.instead for e in red.entries if e.evidence is kind), _allowed())
            yield Refusal(name, f"依据种类“{kind.label}”（{kind}）不得计分", red.cite(red.of(kind)), instead)
    if Evidence.DUTY in item.evidence and not only_costs(item.shape):
        yield Refusal(
            name, f"“应尽职责”只能扣分，不能用“{item.shape.label}”得分：多开会、多写材料不加分", red.cite(red.duty_clauses),
            "请改用 deduct（没有理由而漏掉的扣分），或改为按结果计分",
        )  # fmt: skip


def only_costs(shape: Shape) -> bool:
    """Whether a shape can do nothing but take points away."""
    if isinstance(shape, Parts):
        return all(only_costs(part.shape) for part in shape.parts)
    return isinstance(shape, Deduct)


def _allowed() -> str:
    kinds = "、".join(f"{kind}（{kind.label}）" for kind in Evidence if kind not in REFUSED)
    return f"可用的依据：{kinds}"


def _facts(item: Item) -> tuple[str, ...]:
    return (*item.facts, *item.filter, *(value for values in item.filter.values() for value in values))


def _texts(item: Item) -> tuple[str, ...]:
    """All that people wrote in the item: its names, rule, grain, and the labels inside its shape."""
    labels = [text for pair in item.shape.params() for text in pair]
    return (item.name, item.en, item.rule, item.grain, *labels, *_facts(item))


def build_redlist(data: Mapping[str, Any]) -> RedList:
    """The red list from its declaration; a clause that an entry cites and nobody defines is an error."""
    clauses = {
        row["code"]: Clause(row["code"], row["title"], row["says"], row["official"], row.get("kept", ""))
        for row in data["clauses"]
    }
    entries = tuple(_entry(row) for row in data["entries"])
    duty = tuple(data["duty_clauses"])
    cited = {code for entry in entries for code in entry.clauses} | set(duty)
    if unknown := sorted(cited - set(clauses)):
        raise SheetProblem("红线清单", [f"引用了没有定义的条款 {code}" for code in unknown])
    return RedList(clauses, entries, duty)


def _entry(row: Mapping[str, Any]) -> Entry:
    return Entry(
        code=row["code"], label=row["label"], evidence=Evidence(row["evidence"]), words=tuple(row.get("words", ())),
        patterns=tuple(re.compile(text, re.IGNORECASE) for text in row.get("patterns", ())),
        facts=tuple(row.get("facts", ())), clauses=tuple(row["clauses"]), instead=row["instead"],
    )  # fmt: skip
