"""Worked examples: cases a party office can read and sign, run through the very shapes that score."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ronglu.kernel.rules.arith import as_points, as_share, hundredths
from ronglu.kernel.rules.basis import Basis, Direction, Line, Method
from ronglu.kernel.rules.errors import RulesError, SheetProblem
from ronglu.kernel.rules.fields import Field, Form, Written
from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.params import Params, number
from ronglu.kernel.rules.score import Score, judge
from ronglu.kernel.rules.shape import Shape
from ronglu.kernel.rules.shapes import Parts, Priced
from ronglu.kernel.rules.shapes.target import Judged
from ronglu.kernel.rules.state import State


class Kind(StrEnum):
    """An item needs each of the three."""

    NORMAL = "normal"
    BOUNDARY = "boundary"
    NOTHING = "nothing"

    @property
    def label(self) -> str:
        return {"normal": "正常", "boundary": "边界", "nothing": "没有发生"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """`say` is the sentence; what it says in words (得 2.00 分, 不适用, 缺数 …) must be what `state` and `points` say."""

    item: str
    kind: Kind
    say: str
    basis: Basis
    state: State
    points: Decimal | None
    vetoes: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return f"{self.item}（{self.kind.label}）“{self.say}”"


def form_of(shape: Shape) -> Form:
    """What a page asks for to write the examples of an item of this shape, as one list `cases`."""
    columns = (
        Field(name="kind", label="哪一种", ask=Written.CHOICE, choices=tuple((k.value, k.label) for k in Kind), required=False),
        Field(name="say", label="一句话", help="把数和结论都写出来，最后写“得 2 分”或写明状态", required=False),
        Field(name="facts", label="事实", ask=Written.ROWS, columns=_fact_columns(shape), required=False, blanks=1),
        Field(name="coverage", label="有数／应有", help="如 89/90；与覆盖率无关的空着", required=False),
        Field(
            name="state", label="状态", ask=Written.CHOICE, required=False, help="空着是已计分",
            choices=tuple((s.value, s.label) for s in State if s is not State.SCORED),
        ),
        Field(name="points", label="应得几分", ask=Written.NUMBER, required=False),
        Field(name="vetoes", label="应提请的否决", ask=Written.TEXTS, required=False, blanks=1),
    )  # fmt: skip
    return Form((Field(name="cases", label="例子", ask=Written.ROWS, columns=columns, blanks=1),))


def _fact_columns(shape: Shape) -> tuple[Field, ...]:
    """Counted rows or indicator rows, as the shape (or one of its parts) reads them."""
    inner = [part.shape for part in shape.parts] if isinstance(shape, Parts) else [shape]
    names = [("key", "代号"), ("label", "名称")]
    own = (
        [] if not isinstance(shape, Parts) else [_choice("part", "哪一部分", ((p.name, p.label) for p in shape.parts))]
    )
    if any(isinstance(one, Judged) for one in inner):
        texts = [
            ("actual", "实际"),
            ("plan", "计划"),
            ("tol", "容差"),
            ("low", "下限"),
            ("high", "上限"),
            ("unit", "单位"),
        ]
        methods = [("attainment", "按达成率"), ("points", "按差值"), ("count", "按次数")]
        better = [("up", "越高越好"), ("down", "越低越好"), ("band", "落在范围内")]
        found = [_text(*one) for one in (*names, *texts)]
        return (
            *found,
            _choice("method", "评法", methods),
            _choice("better", "方向", better),
            _whole("weight", "权重"),
            *own,
        )
    prices = [(p.key, p.label) for one in inner if isinstance(one, Priced) for p in one.prices]
    keyed = [_choice("key", "哪一种情形", prices)] if prices and len(inner) == 1 else [_text(*one) for one in names]
    return (*keyed, _whole("num", "分子／次数"), _whole("den", "分母／应办"), *own)


def _text(name: str, label: str) -> Field:
    return Field(name=name, label=label, required=False)


def _whole(name: str, label: str) -> Field:
    return Field(name=name, label=label, ask=Written.NUMBER, required=False)


def _choice(name: str, label: str, choices: Iterable[tuple[str, str]]) -> Field:
    return Field(name=name, label=label, ask=Written.CHOICE, choices=tuple(choices), required=False)


def build_examples(name: str, data: Any) -> tuple[Example, ...]:
    """The examples of one file's content, or `SheetProblem` with everything wrong in it; `name` is how errors call it."""
    top = Params(name, data)
    found, problems = [], []
    for code, rows in top.group("examples"):
        for no, row in enumerate(rows if isinstance(rows, list) else [], start=1):
            p = Params(f"{name}，{code} 第 {no} 例", row)
            example = _read(p, code)
            problems += p.problems
            found.append(example)
    problems += top.finish()
    if problems:
        raise SheetProblem(f"例子文件 {name}", problems)
    return tuple(found)


def gaps(items: Iterable[Item], examples: Iterable[Example]) -> list[str]:
    """Items without one of each kind, and examples of items that do not exist."""
    known = {item.code: item for item in items}
    have = Counter((example.item, example.kind) for example in examples)
    found = [f"例子写给了不存在的项 {code}" for code in sorted({code for code, _ in have} - set(known))]
    for code, item in known.items():
        missing = [kind.label for kind in Kind if not have[code, kind]]
        if missing:
            found.append(f"{code} {item.name} 还缺例子：{'、'.join(missing)}（每项至少正常、边界、没有发生各一例）")
    return found


def run(item: Item, example: Example) -> list[str]:
    """Differences between what an example says and what the rule gives; empty when they agree."""
    try:
        score = judge(item=item, basis=example.basis)
    except RulesError as error:
        return [f"{example.title}算不出来：{error}"]
    found = []
    if score.state is not example.state:
        found.append(f"应为“{example.state.label}”，算出“{score.state.label}”（{score.note}）")
    won = None if score.won_h is None else as_points(score.won_h)
    if won != example.points:
        found.append(f"应得 {_say(example.points)}，算出 {_say(won)}")
    if score.vetoes != example.vetoes:
        found.append(f"应提请否决 {example.vetoes or '无'}，算出 {score.vetoes or '无'}")
    return [_report(item, example, score, text) for text in found]


def _report(item: Item, example: Example, score: Score, text: str) -> str:
    steps = item.shape.explain(example.basis) if score.state is State.SCORED else ()
    way = "".join(
        f"\n    {step.group + '·' if step.group else ''}{step.label}：{step.expression} = {step.value}"
        for step in steps
    )
    share = "" if score.share_ppb is None else f"\n    得分比例 {as_share(score.share_ppb)} × {item.points} 分"
    return f"{example.title}\n  {text}。算法：{item.shape.label}{way}{share}\n  规则：{item.rule}"


def _say(points: Decimal | None) -> str:
    return "（没有分）" if points is None else f"{points:.2f} 分"


def _read(p: Params, code: str) -> Example:
    kind, say = _enum(p, "kind", Kind, Kind.NORMAL), p.text("say")
    lines = tuple(_line(p, row) for row in (p.raw("facts") or []))
    cover = str(p.raw("coverage") or "")
    covered, expected = _coverage(p, cover) if cover else (None, None)
    points = p.decimal("points") if p.has("points") else p.raw("points")
    state = _enum(p, "state", State, State.SCORED) if p.has("state") else State(p.raw("state") or State.SCORED)
    vetoes = tuple(str(text) for text in (p.raw("vetoes") or []))
    p.finish()
    _agree(p, say, state, points)
    return Example(
        item=code, kind=kind, say=say, basis=Basis(lines, covered, expected), state=state, points=points, vetoes=vetoes
    )


def _agree(p: Params, say: str, state: State, points: Decimal | None) -> None:
    """The sentence and the expectation must say the same, or a reader signs something else than what is tested."""
    said = [Decimal(text) for text in re.findall(r"得 ?(\d+(?:\.\d+)?) ?分", say)]
    if points is not None and said[-1:] != [points]:
        p.complain(f"句子里最后应写“得 {points} 分”，现在写的是 {said[-1] if said else '没有写得几分'}")
    if points is None and (said or state.label not in say):
        p.complain(f"这一例没有分，句子里应写“{state.label}”，不写得几分")
    if points is not None:
        try:
            hundredths(points)
        except ValueError as error:
            p.complain(f"points：{error}")


def _enum(p: Params, name: str, kind: Any, fallback: Any) -> Any:
    text = p.text(name)
    if text in set(kind):
        return kind(text)
    p.complain(f"“{name}”应为 {'、'.join(kind)} 之一，现在是“{text}”")
    return fallback


def _coverage(p: Params, text: str) -> tuple[int | None, int | None]:
    if found := re.fullmatch(r"(\d+)/(\d+)", text.strip()):
        return int(found[1]), int(found[2])
    p.complain(f"“coverage”应写成 89/90，现在是“{text}”")
    return None, None


def _line(p: Params, row: Any) -> Line:
    """A counted row {key, num, den, part}, or an indicator row {key, actual, plan, better, method, …} in plain decimals."""
    sub = Params(f"{p.where}，facts", row)
    found = _indicator(sub) if isinstance(row, Mapping) and "method" in row else _counted(sub)
    p.problems += sub.finish()
    return found


def _counted(sub: Params) -> Line:
    return Line(
        key=sub.text("key", "all"), num=sub.whole("num"), den=sub.whole("den", 0), part=sub.text("part", ""),
        label=sub.text("label", ""), weight=sub.whole("weight", 1),
    )  # fmt: skip


def _indicator(sub: Params) -> Line:
    """Values become whole numbers in the finest decimals used; `actual: 缺` means no readings."""
    names = ("actual", "plan", "tol", "low", "high")
    texts = {name: sub.raw(name) for name in names}
    try:
        values = {k: number(v) for k, v in texts.items() if v is not None and v != "缺"}
    except ValueError as error:
        sub.complain(str(error))
        values = {}
    decimals = max([0, *(-int(v.as_tuple().exponent) for v in values.values())])
    ints = {name: int(values[name].scaleb(decimals)) if name in values else None for name in names}
    return Line(
        key=sub.text("key"), num=ints["actual"], den=1, part=sub.text("part", ""), label=sub.text("label", ""),
        plan=ints["plan"], weight=sub.whole("weight", 1), method=_enum(sub, "method", Method, Method.ATTAINMENT),
        direction=_enum(sub, "better", Direction, Direction.UP), tol=ints["tol"] or 0, low=ints["low"],
        high=ints["high"], decimals=decimals, unit=sub.text("unit", ""),
    )  # fmt: skip
