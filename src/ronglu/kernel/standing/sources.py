"""The formalism linter for what scores persons: points and 1151 obey the same red list as the items of a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ronglu.kernel.rules.linter import REFUSED, Evidence, RedList, Refusal


@dataclass(frozen=True, slots=True)
class Scoring:
    """What the linter looks at: all that people wrote, the kinds of evidence, the fact, and whether it can only cost."""

    code: str
    label: str
    en: str
    rule: str
    evidence: tuple[str, ...]
    fact: str
    only_costs: bool


def lint(source: Scoring, red: RedList) -> tuple[Refusal, ...]:
    """Every reason to refuse; there is no override."""
    return (*_by_evidence(source, red), *_by_words(source, red))


def _by_evidence(source: Scoring, red: RedList) -> Iterator[Refusal]:
    allowed = "可用的依据：" + "、".join(f"{kind}（{kind.label}）" for kind in Evidence if kind not in REFUSED)
    for text in source.evidence:
        if text not in set(Evidence):
            yield Refusal(source.label, f"不认识依据种类“{text}”", (), allowed)
        elif (kind := Evidence(text)) in REFUSED:
            yield Refusal(source.label, f"依据种类“{kind.label}”（{kind}）不得计分", red.cite(red.of(kind)), allowed)
        elif kind is Evidence.DUTY and not source.only_costs:
            cited = red.cite(red.duty_clauses)
            yield Refusal(source.label, "“应尽职责”只能扣分，不能得分：多开会、多写材料不加分", cited, allowed)


def _by_words(source: Scoring, red: RedList) -> Iterator[Refusal]:
    for entry in red.entries:
        texts = (source.label, source.en, source.rule, source.fact)
        if hit := source.fact if source.fact in entry.facts else entry.found_in(texts):
            found = f"出现“{hit}”，属于{entry.label}，不得计分"
            yield Refusal(source.label, found, red.cite(entry.clauses), entry.instead)
