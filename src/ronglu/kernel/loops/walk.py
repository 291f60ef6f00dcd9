"""A worked example of a loop in the words of those who use it: who did what, what he filled in, where it went or why it was refused.

Names are labels, so that an official can read a walk; persons and places are any names, numbered as they come.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ronglu.kernel.loops import engine
from ronglu.kernel.loops.engine import Actor, CaseView, Did, RowView
from ronglu.kernel.loops.errors import BadField
from ronglu.kernel.loops.field import NAMED
from ronglu.kernel.loops.loop import SYSTEM, Loop, Rows

CLOCK, NOBODY, RAISING = "系统", "匿名", "提出"
ACTS = {"添加": "add", "完成": "done", "验收通过": "pass", "退回": "return", "撤销": "drop"}
AFTER = {"done": "done", "pass": "passed", "return": "open", "drop": "dropped"}


class BadWalk(ValueError):
    """The walk names something that the loop does not have."""


@dataclass
class Walker:
    """One walk on its way; `faults` are the places where the loop did not do what the walk says."""

    loop: Loop
    who: Mapping[str, frozenset[str]]
    again: bool = False
    case: CaseView | None = None
    faults: list[str] = field(default_factory=list)
    reached: set[str] = field(default_factory=set)
    _numbers: dict[str, int] = field(default_factory=dict)

    def go(self, no: int, step: Mapping[str, Any]) -> None:
        """One step: `by` `do` (with `line` on a line of the case) `fill`ing fields and parties; what it expects is `to` (a state), `refused` (the exact words) and `shows` (figures)."""
        if (
            unknown := step.get("fill", {}).keys()
            - {f.label for f in self.loop.fields}
            - {p.label for p in self.loop.parties}
        ):
            raise BadWalk(f"第 {no} 步没有这些字段：{'、'.join(sorted(unknown))}")
        try:
            said = self._line(step) if "line" in step else self._move(step)
        except BadField as fault:
            said = [str(fault)]
        wanted = step.get("refused", [])
        if said != (wanted if isinstance(wanted, list) else [wanted]):
            self.faults.append(f"第 {no} 步“{step['do']}”：应为 {wanted or '可以办'}，实为 {said or '可以办'}")
        if self.case is None:
            return
        now = self.loop.state(self.case.state).label
        self.reached.add(self.case.state)
        if step.get("to", now) != now:
            self.faults.append(f"第 {no} 步后应在“{step['to']}”，实在“{now}”")
        for label, value in step.get("shows", {}).items():
            figure = _of(self.loop.figures, label)
            if (found := figure.of(self.case)) != str(value):
                self.faults.append(f"第 {no} 步后“{label}”应为 {value}，实为 {found}")

    def _move(self, step: Mapping[str, Any]) -> list[str]:
        person, fill = self._number(step["by"]), step.get("fill", {})
        if step["do"] == RAISING:
            return self._raise(step["by"], person, fill)
        case = self._case()
        made = _of((m for m in self.loop.leaving(case.state) if m.label == step["do"]), step["do"], self.loop.moves)
        values = self._values((*made.needs, *made.asks), fill)
        named = {c: self._people(fill[label]) for c in made.assigns if (label := _party(self.loop, c)) in fill}
        if said := engine.refusals(
            self.loop, case, self._actor(step["by"]), made.code, values | named, step.get("reason", "")
        ):
            return said
        self.case = replace(
            case,
            state=made.to,
            data={**case.data, **values, **made.sets},
            parties={**case.parties, **{code: frozenset(people) for code, people in named.items()}},
            did=(*case.did, Did(made.code, person, case.state, made.to)),
        )
        return []

    def _raise(self, name: str, person: int | None, fill: Mapping[str, Any]) -> list[str]:
        raising = self.loop.raising
        if person is None and not raising.anonymous and not (name == CLOCK and SYSTEM in raising.by):
            return [f"{self.loop.label}须登录后提出"]
        if person is not None and not engine.words_of(self.loop, CaseView(state=raising.to), self._actor(name)) & set(
            raising.by
        ):
            return [f"{self.loop.label}不由您提出，或者不在您的范围内"]
        data = self._values((*raising.needs, *raising.asks), fill)
        if missing := [f"请填写“{self.loop.field(c).label}”" for c in raising.needs if data.get(c) is None]:
            return missing
        if wrong := [said for c in raising.checks if (said := c.holds(CaseView(state=raising.to, data=data)))]:
            return wrong
        owners = {
            p.code: frozenset(self._people(fill[p.label])) for p in self.loop.parties if p.at_zone and p.label in fill
        }
        into = self.loop.recurs.into if self.again and self.loop.recurs else raising.to
        self.case = CaseView(state=into, data=data, raised_by=person, parties=owners)
        return []

    def _line(self, step: Mapping[str, Any]) -> list[str]:
        case, rows, act = self._case(), _of(self.loop.rows, step["line"]), ACTS[step["do"]]
        lines = case.lines(rows.code)
        row = lines[step["row"] - 1] if act != "add" else None
        if said := engine.row_refusals(self.loop, case, self._actor(step["by"]), rows, act, row):
            return said
        new = self._added(rows, step, len(lines) + 1) if row is None else self._settled(rows, row, act, step)
        if missing := [f"请填写“{self.loop.field(c).label}”" for c in rows.needs if new.data.get(c) is None]:
            return missing
        kept = (*lines, new) if row is None else tuple(new if r.no == new.no else r for r in lines)
        self.case = replace(case, rows={**case.rows, rows.code: kept})
        return []

    def _added(self, rows: Rows, step: Mapping[str, Any], no: int) -> RowView:
        data = self._values(rows.fields, step.get("fill", {}))
        doer, state = self._number(step["for"]) if "for" in step else None, "open" if rows.closes else "noted"
        return RowView(
            no=no, state=state, person=doer, added_by=self._number(step["by"]), due_on=step.get("due"), data=data
        )

    def _settled(self, rows: Rows, row: RowView, act: str, step: Mapping[str, Any]) -> RowView:
        data = {**row.data, **self._values(rows.fields, step.get("fill", {}))}
        if act != "done":
            return replace(row, state=AFTER[act], data=data)
        on: dt.date | None = step.get("day")
        return replace(row, state="done", data=data, done_by=self._number(step["by"]), done_on=on)

    def _values(self, codes: Iterable[str], fill: Mapping[str, Any]) -> dict[str, Any]:
        asked = [f for code in dict.fromkeys(codes) if (f := self.loop.field(code)).label in fill]
        return {f.code: f.read(self._plain(fill[f.label], f)) for f in asked}

    def _plain(self, value: Any, asked: Any) -> Any:
        """Choices by their label, records by any name."""
        if asked.kind in NAMED:
            return self._number(value)
        return next((c.code for c in asked.choices if c.label == value), value)

    def _actor(self, name: str) -> Actor:
        return Actor(person=self._number(name), roles=self.who.get(name, frozenset()), clock=name == CLOCK)

    def _people(self, names: Any) -> list[int]:
        return [n for one in (names if isinstance(names, list) else [names]) if (n := self._number(one)) is not None]

    def _number(self, name: str) -> int | None:
        return None if name in (CLOCK, NOBODY) else self._numbers.setdefault(name, len(self._numbers) + 1)

    def _case(self) -> CaseView:
        if self.case is None:
            raise BadWalk(f"第一步应为“{RAISING}”")
        return self.case


def walked(loop: Loop, walk: Mapping[str, Any], roles: Mapping[str, str]) -> Walker:
    """The loop taken through a walk: `who` names roles by their labels, `again` is a report of what was closed a short time ago."""
    if unknown := {label for held in walk["who"].values() for label in held} - roles.keys():
        raise BadWalk("没有这些角色：" + "、".join(sorted(unknown)))
    who = {name: frozenset(roles[label] for label in held) for name, held in walk["who"].items()}
    walker = Walker(loop, who, again=walk.get("again", False))
    for no, step in enumerate(walk["steps"], 1):
        walker.go(no, step)
    return walker


def _of(entries: Iterable[Any], label: str, others: Iterable[Any] = ()) -> Any:
    """The entry with this label; a move may be tried from a state that it does not leave."""
    for one in (*entries, *others):
        if one.label == label:
            return one
    raise BadWalk(f"没有“{label}”")


def _party(loop: Loop, code: str) -> str:
    party = loop.party(code)
    return party.label if party else code
