"""`ronglu explain 支部 项 --month --plant`: why a branch got its points for an item, from the stored run."""

from typing import Any

import click

from ronglu.cli.shell import Refusal, as_json, month_of, plant_of, print_json, told


@click.command(name="explain", help="说明一个支部一项得分的来由：规则、参数、分子分母、读数。")
@click.argument("branch")
@click.argument("item")
@click.option("--month", required=True, help="月份，如 2026-03")
@click.option("--plant", "plant_code", required=True, help="厂的编码")
@click.option("--run", "number", type=int, default=None, help="第几次计分，默认最后一次")
@as_json
@told
def command(branch: str, item: str, month: str, plant_code: str, number: int | None, as_data: bool) -> None:
    from ronglu.boards.explain.read import read
    from ronglu.cli.operator import scope
    from ronglu.config.plant import pack_of

    plant, period = plant_of(plant_code), month_of(month)
    code = _branch(plant, branch, period)
    found = read(
        scope=scope(plant), plant=plant, month=period, body=code, item=item.upper(), pack=pack_of(plant.code),
        number=number,
    )  # fmt: skip
    if found is None:
        raise Refusal(f"{plant.name} {period} 没有计过分，或考核表里没有 {item} 这一项；先运行 ronglu assess {period}")
    if as_data:
        print_json(as_dict(found))
        return
    click.echo("\n".join(lines(found)))


def as_dict(found: Any) -> dict[str, Any]:
    trace = found.trace
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
        "figures": [_figure(one) for one in found.figures],
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


def lines(found: Any) -> list[str]:
    trace = found.trace
    said = [f"{found.branch.name}　{trace.sentence}", f"规则：{trace.rule}（{trace.source}）"]
    said += [f"  {name}：{value}" for name, value in trace.params]
    for one in found.figures:
        fraction = f"{_text(one.above)} ÷ {_text(one.below)}" if one.below is not None else _text(one.above)
        said.append(f"{one.code} {one.name} {_text(one.shown)} {one.unit}，计划 {_text(one.plan)}，{fraction}")
        said.append(f"  有数 {one.covered}/{one.expected}")
    said += [f"  {step.label}：{step.expression} = {step.value}" for step in trace.steps]
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
