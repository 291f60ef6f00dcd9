"""`ronglu explain 支部 项 --month --plant`: why a branch got its points for an item, from the stored run.

Rule, parameters, numerator and denominator, what moved since the run before, and the very readings with file and cell.
"""

from collections.abc import Iterator
from typing import Any

import click

from ronglu.cli.shell import Refusal, as_json, month_of, plant_of, print_json, told

ALL = 100_000
"""Readings of one figure in one month: quarter hours of several lines stay below."""


@click.command(name="explain", help="说明一个支部一项得分的来由：规则、参数、分子分母、读数。")
@click.argument("branch")
@click.argument("item")
@click.option("--month", required=True, help="月份，如 2026-03")
@click.option("--plant", "plant_code", required=True, help="厂的编码")
@click.option(
    "--readings", "with_readings", is_flag=True, help="连同每一个读数：来源文件、工作表和格（--json 总是带上）"
)
@click.option("--run", "number", type=int, default=None, help="第几次计分，默认最后一次")
@as_json
@told
def command(
    branch: str, item: str, month: str, plant_code: str, with_readings: bool, number: int | None, as_data: bool
) -> None:
    from ronglu.boards.explain.read import read, readings
    from ronglu.cli.operator import scope
    from ronglu.config.plant import pack_of

    plant, period = plant_of(plant_code), month_of(month)
    code = _branch(plant, branch, period)
    who = scope(plant)
    found = read(
        scope=who, plant=plant, month=period, body=code, item=item.upper(), pack=pack_of(plant.code),
        number=number,
    )  # fmt: skip
    if found is None:
        raise Refusal(f"{plant.name} {period} 没有计过分，或考核表里没有 {item} 这一项；先运行 ronglu assess {period}")
    behind = {}
    if as_data or with_readings:
        behind = {one.code: readings(scope=who, told=found, figure=one, size=ALL) for one in found.figures}
    if as_data:
        print_json(as_dict(found, behind))
        return
    click.echo("\n".join([*lines(found), *(line for one in behind.values() for line in reading_lines(one))]))


def as_dict(found: Any, behind: dict[str, Any]) -> dict[str, Any]:
    trace, moved = found.trace, found.moved
    return {
        "branch": found.branch.name,
        "item": trace.item,
        "sentence": trace.sentence,
        "state": found.cell.state.value,
        "won": None if found.cell.won is None else str(found.cell.won),
        "full": str(found.cell.full),
        "rule": trace.rule,
        "params": dict(trace.params),
        "steps": [{"label": s.label, "expression": s.expression, "value": s.value} for s in trace.steps],
        "figures": [_figure(one) | {"readings": list(_given(behind[one.code]))} for one in found.figures],
        "moved": []
        if moved is None
        else [{"label": s.label, "before": s.before, "after": s.after, "unit": s.unit} for s in moved.steps],
        "days": [str(day) for day in found.days],
        "source": trace.source,
        "run": found.sheet.number,
    }


def _figure(one: Any) -> dict[str, Any]:
    return {
        "code": one.code, "name": one.name, "unit": one.unit, "shown": _text(one.shown), "plan": _text(one.plan),
        "numerator": _text(one.above), "denominator": _text(one.below), "covered": one.covered,
        "expected": one.expected,
    }  # fmt: skip


def _given(found: Any) -> Iterator[dict[str, Any]]:
    """Each reading that scored, in the order of time."""
    for row in found.rows:
        for series, one in zip(found.series, row.values, strict=True):
            if one is not None:
                yield {
                    "day": str(row.day), "shift": row.shift, "crew": row.letter, "unit": row.unit, "series": series.code,
                    "name": series.name, "text": one.text, "version": one.version, "was": one.old, "file": one.file,
                    "place": one.place,
                }  # fmt: skip


def reading_lines(found: Any) -> Iterator[str]:
    for one in _given(found):
        origin = "　".join(part for part in (one["file"], one["place"]) if part) or "手工录入"
        was = f"（原 {one['was']}）" if one["was"] else ""
        yield f"  {one['day']} {one['shift']} {one['crew']}　{one['unit']}　{one['name']} {one['text']}{was}　{origin} v{one['version']}"


def lines(found: Any) -> list[str]:
    trace = found.trace
    said = [f"{found.branch.name}　{trace.sentence}", f"规则：{trace.rule}（{trace.source}）"]
    said += [f"  {name}：{value}" for name, value in trace.params]
    for one in found.figures:
        fraction = f"{_text(one.above)} ÷ {_text(one.below)}" if one.below is not None else _text(one.above)
        said.append(f"{one.code} {one.name} {_text(one.shown)} {one.unit}，计划 {_text(one.plan)}，{fraction}")
        said.append(f"  有数 {one.covered}/{one.expected}")
    said += [f"  {step.label}：{step.expression} = {step.value}" for step in trace.steps]
    if found.moved is not None:
        said.append(f"比第 {found.moved.number} 次计分：")
        said += [f"  {step.label}：{step.before} → {step.after} {step.unit}".rstrip() for step in found.moved.steps]
    return said


def _text(value: Any) -> str:
    return "—" if value is None else f"{value.normalize():f}"


def _branch(plant: Any, text: str, month: Any) -> str:
    """A branch by its code or its name in the month; several with the name are told apart by code."""
    from ronglu.store.models import BodyState

    states = BodyState.objects.filter(body__plant=plant, kind__in=("branch", "joint")).within(month.first, month.last)
    known = {(state.body.code, state.name) for state in states.select_related("body")}
    found = sorted({code for code, name in known if text in (code, name)})
    if len(found) != 1:
        names = "、".join(f"{name}（{code}）" for code, name in sorted(known))
        raise Refusal(f"{plant.name}在 {month} {'有几个' if found else '没有'}支部“{text}”，可用：{names}")
    return found[0]
