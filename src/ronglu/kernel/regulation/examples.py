"""Worked examples of rules: facts in plain rows, a sentence a party office can sign, and the state it must come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, get_args, get_origin, get_type_hints

from ronglu.kernel.regulation.book import RuleBook
from ronglu.kernel.regulation.engine import judged
from ronglu.kernel.regulation.errors import RuleProblem
from ronglu.kernel.regulation.facts import SUBJECTS, Facts
from ronglu.kernel.regulation.finding import Finding, State
from ronglu.kernel.regulation.rule import Level
from ronglu.kernel.time.period import Period

LATER = timedelta(days=60)
NOTHING = "nothing"
"""Expected where the rule has nothing to look at."""


class Kind(StrEnum):
    """A check needs each of the first four; a note needs one of its own."""

    PASSING = "passing"
    FAILING = "failing"
    BOUNDARY = "boundary"
    EXEMPT = "exempt"
    NOTE = "note"

    @property
    def label(self) -> str:
        return {
            "passing": "符合", "failing": "未做到", "boundary": "边界", "exempt": "不适用", "note": "提醒或说明",
        }[self.value]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """`expect`: a state for all findings of the rule, or the states of some of its sides by code."""

    rule: str
    kind: Kind
    say: str
    given: Mapping[str, Any]
    expect: Mapping[str, str]
    window: str = ""
    seen_on: date | None = None
    subject: str = ""

    @property
    def title(self) -> str:
        return f"{self.rule}（{self.kind.label}）“{self.say}”"


def build(rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> tuple[Example, ...]:
    """Examples by rule id, or RuleProblem with everything that is wrong in them."""
    found, faults = [], []
    for rule, written in rows.items():
        for number, row in enumerate(written, start=1):
            try:
                found.append(_example(rule, row))
            except (KeyError, ValueError, TypeError) as error:
                faults.append(f"{rule} 第 {number} 例：{f'缺少 {error}' if isinstance(error, KeyError) else error}")
    if faults:
        raise RuleProblem("\n".join(faults))
    return tuple(found)


def _example(rule: str, row: Mapping[str, Any]) -> Example:
    if unknown := set(row) - {"kind", "say", "given", "expect", "window", "seen_on", "subject"}:
        raise ValueError(f"不认识“{'、'.join(sorted(unknown))}”")
    expect = row["expect"] if isinstance(row["expect"], dict) else {"": row["expect"]}
    for state in expect.values():
        words = ("符合", "不适用") if state == NOTHING else (State(state).label,)
        if not any(word in row["say"] for word in words):
            raise ValueError(f"结果是“{state}”，句子里应写“{'”或“'.join(words)}”")
    return Example(
        rule=rule,
        kind=Kind(row["kind"]),
        say=row["say"],
        given=row["given"] or {},
        expect=expect,
        window=str(row.get("window", "")),
        seen_on=row.get("seen_on"),
        subject=row.get("subject", ""),
    )


def gaps(book: RuleBook, examples: Iterable[Example]) -> list[str]:
    """Rules that lack an example of a kind they need, and examples of rules that do not exist."""
    have = Counter((one.rule, one.kind) for one in examples)
    known = {rule.id: rule for rule in book.rules}
    found = [f"例子写给了不存在的规则 {rule}" for rule in sorted({rule for rule, _ in have} - set(known))]
    for rule in known.values():
        needed = (Kind.NOTE,) if rule.level is Level.NOTE else tuple(Kind)[:4]
        missing = [kind.label for kind in needed if not have[rule.id, kind]]
        found += [f"{rule.id} {rule.label} 还缺例子：{'、'.join(missing)}"] if missing else []
    return found


def one_sided(book: RuleBook, examples: Iterable[Example]) -> list[str]:
    """Sides of rules with several that no example shows kept, or none shows missed."""
    shown = {(one.rule, code, state) for one in examples for code, state in one.expect.items()}
    found = []
    for rule in book.rules:
        for side in rule.sides if len(rule.sides) > 1 and rule.level is Level.CHECK else ():
            bad = State.NOTED if side.level is Level.NOTE else State.MISSED
            lacking = [
                state.label for state in (State.OK, bad) if not {(rule.id, c, state) for c in ("", side.code)} & shown
            ]
            found += [f"{rule.id} {side.label} 没有“{'”“'.join(lacking)}”的例子"] if lacking else []
    return found


def run(book: RuleBook, example: Example) -> list[str]:
    """What the example says and the rule does not; empty when they agree."""
    period = Period.parse(example.window)
    mine = RuleBook(tuple(_switched_on(rule) for rule in book.rules if rule.id == example.rule))
    subject = example.subject or mine.rules[0].subject
    facts = _facts(subject, example)
    on = example.seen_on or period.last + LATER
    return compared(example, judged(mine, [facts], first=period.first, last=period.last, on=on))


def compared(example: Example, findings: Iterable[Finding]) -> list[str]:
    """Findings against what an example expects of them."""
    found = list(findings)
    said = []
    for code, state in example.expect.items():
        states = {one.state.value for one in found if code in ("", one.side)} or {NOTHING}
        if states != {state}:
            details = "；".join(f"{one.side} {one.state.label}：{one.detail}" for one in found) or "没有发现"
            said.append(f"{example.title}\n  {code} 应为 {state}，得到 {'、'.join(sorted(states))}（{details}）")
    return said


def _switched_on(rule: Any) -> Any:
    return replace(rule, enabled=True, sides=tuple(replace(side, enabled=True) for side in rule.sides))


def _facts(subject: str, example: Example) -> Facts:
    given = {"id": 1, "name": "一支部", "from_on": date(2020, 1, 1), **example.given}
    given["reasons"] = {(example.rule, part): text for part, text in given.get("reasons", {}).items()}
    found = filled(SUBJECTS[subject], given)
    assert isinstance(found, Facts)
    return found


def filled(cls: type[Any], row: Mapping[str, Any]) -> Any:
    """A value of a dataclass from a plain row; rows inside become what the field holds, and are numbered where they need an id."""
    hints, names = get_type_hints(cls), [one.name for one in fields(cls)]
    if unknown := [name for name in row if name not in names]:
        raise RuleProblem(f"{cls.__name__} 没有 {'、'.join(unknown)}；有 {'、'.join(names)}")
    return cls(**{name: _value(hints[name], value) for name, value in row.items()})


def _value(hint: Any, value: Any) -> Any:
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        if not is_dataclass(inner):
            return tuple(value)
        numbered = "id" in {one.name for one in fields(inner)}
        rows = ({"id": no, **row} if numbered else row for no, row in enumerate(value, start=1))
        return tuple(filled(inner, row) for row in rows)  # type: ignore[arg-type]
    return Decimal(str(value)) if hint is Decimal else value
