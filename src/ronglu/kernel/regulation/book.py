"""All rules with their versions by date, and the three things a party office may change: numbers, switches, verification."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from ronglu.kernel.regulation.errors import RuleProblem
from ronglu.kernel.regulation.rule import Rule, Severity, Side, Source


@dataclass(frozen=True)
class RuleBook:
    rules: tuple[Rule, ...]

    def at(self, on: date) -> tuple[Rule, ...]:
        """The rules in force that day, in order of their id; LOCAL ones only where switched on."""
        return tuple(sorted((r for r in self.rules if r.holds(on) and r.enabled), key=lambda r: r.id))

    def get(self, rule_id: str, *, on: date) -> Rule | None:
        """Also one that is switched off: it can be looked at, and switched on."""
        return next((rule for rule in self.rules if rule.id == rule_id and rule.holds(on)), None)

    def chapter(self, *codes: str) -> RuleBook:
        return RuleBook(tuple(rule for rule in self.rules if rule.chapter in codes))

    def side(self, rule_id: str, part: str = "") -> Side | None:
        """The side a finding is of. `part` is what its subject carries: the code comes first where there are several."""
        sides = next((rule.sides for rule in self.rules if rule.id == rule_id), ())
        code = part.split(":", 1)[0]
        return next((one for one in sides if one.code in ("", code)), None)

    def item(self, rule_id: str, part: str = "") -> str:
        """Which item of the assessment a finding costs; empty: none."""
        found = self.side(rule_id, part)
        return found.item if found else ""

    def edited(self, rule_id: str, *, values: Mapping[str, Decimal], from_on: date) -> RuleBook:
        """The plant's own thresholds from a day on; the earlier ones stay for earlier days. Marked D: no longer the text's."""
        current = self._in_force(rule_id, from_on)
        unknown = [name for name in values if name not in current.thresholds]
        if unknown:
            raise RuleProblem(f"{rule_id} 没有参数 {'、'.join(unknown)}；可改的有 {'、'.join(current.thresholds)}")
        changed = {name: replace(current.thresholds[name], value=value, status="D") for name, value in values.items()}
        return self._from(current, from_on, thresholds={**current.thresholds, **changed})

    def switched(self, rule_id: str, *, enabled: bool, from_on: date, side: str = "") -> RuleBook:
        """A rule, or one side of it, on or off from a day on; what the text asks (应当) stays on."""
        current = self._in_force(rule_id, from_on)
        named = [one for one in current.sides if side in ("", one.code)]
        if not named:
            raise RuleProblem(f"{rule_id} 没有“{side}”这一项；有 {'、'.join(one.code for one in current.sides)}")
        if not enabled and any(one.severity is Severity.MUST for one in named):
            raise RuleProblem(f"{rule_id} 是“应当”类规定，不能关闭")
        if not side:
            return self._from(current, from_on, enabled=enabled)
        sides = tuple(replace(one, enabled=enabled) if one.code == side else one for one in current.sides)
        return self._from(current, from_on, sides=sides)

    def verified(self, rule_id: str, *, text_url: str, by: str, on: date, article: str | None = None) -> RuleBook:
        """The plant has compared the rule with the official text: from then on, and for all its days, it is quoted as law."""
        if not text_url.strip() or not by.strip():
            raise RuleProblem(f"{rule_id}：核对原文要写明出处网址或文号和核对人")
        if not any(rule.id == rule_id for rule in self.rules):
            raise RuleProblem(f"没有规则 {rule_id}")

        def checked(source: Source) -> Source:
            told = source.article if article is None else article
            return replace(source, article=told, article_status="V", text_url=text_url, verified_by=by, verified_on=on)

        return RuleBook(tuple(replace(r, source=checked(r.source)) if r.id == rule_id else r for r in self.rules))

    def _in_force(self, rule_id: str, on: date) -> Rule:
        current = self.get(rule_id, on=on)
        if current is None:
            raise RuleProblem(f"{rule_id} 在 {on} 不在生效期内，无法修改")
        return current

    def _from(self, current: Rule, from_on: date, **changes: Any) -> RuleBook:
        later = replace(current, from_on=from_on, **changes)
        before = [replace(current, until_on=from_on)] if current.from_on < from_on else []
        return RuleBook((*(rule for rule in self.rules if rule is not current), *before, later))
