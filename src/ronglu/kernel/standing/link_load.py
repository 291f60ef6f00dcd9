"""From a declaration (a pack's, or one kept with a scheme) to linkage models and their parameters, complete or refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from ronglu.kernel.rules.item import Status
from ronglu.kernel.rules.params import Params
from ronglu.kernel.standing.errors import ModelTrouble
from ronglu.kernel.standing.link_models import ARITHMETIC, Arithmetic, LinkBand, LinkParams, Weighted
from ronglu.kernel.standing.linkage import Model, Need


def build_models(data: Mapping[str, Any]) -> dict[str, Model]:
    """The models of a file by code; ModelTrouble with everything wrong in all of them."""
    top = Params("联动模型", data)
    found: dict[str, Model] = {}
    problems: list[str] = []
    for row in top.rows("models"):
        model, wrong = _model(row)
        problems += wrong
        if model and model.code in found:
            problems.append(f"{model.code}：写了两遍")
        if model:
            found[model.code] = model
    if problems := top.finish() + problems:
        raise ModelTrouble(problems)
    return found


def build_model(data: Mapping[str, Any]) -> Model:
    """One model, for instance from the declaration a scheme kept."""
    model, problems = _model(data)
    if model is None:
        raise ModelTrouble(problems)
    return model


def read_params(model: Model, data: Mapping[str, Any]) -> LinkParams:
    """Parameters as a scheme keeps or a page sends them."""
    found, problems = _params(f"{model.code} {model.label}", data, ARITHMETIC[model.by])
    if problems:
        raise ModelTrouble(problems)
    return found


def _model(data: Any) -> tuple[Model | None, list[str]]:
    p = Params(f"{data.get('code', '?')} {data.get('label', '')}" if isinstance(data, Mapping) else "联动模型", data)
    by = p.text("by")
    if by not in ARITHMETIC:
        p.complain(f"算法“{by}”不存在，可用：{'、'.join(ARITHMETIC)}")
        return None, p.problems
    arithmetic = ARITHMETIC[by]
    params, problems = _params(p.where, p.raw("params") or {}, arithmetic)
    status = p.text("status", "D")
    if status not in set(Status):
        p.complain(f"“status”应为 {'、'.join(Status)} 之一，现在是“{status}”")
    fields = {name: p.text(name) for name in ("code", "label", "en", "formula", "formula_en", "source")}
    inputs, each = _needs(p, "inputs"), _needs(p, "each")
    model = Model(
        **fields, by=by, warning=p.text("warning", ""), warning_en=p.text("warning_en", ""), inputs=inputs, each=each,
        params=params, status=Status(status) if status in set(Status) else Status.DEFAULT, declaration=data,
    )  # fmt: skip
    problems = [*p.finish(), *problems, *(f"{p.where}：{text}" for text in _fits(model, arithmetic))]
    return (None if problems else model), problems


def _needs(p: Params, name: str) -> tuple[Need, ...]:
    found = []
    for row in p.raw(name) or ():
        r = Params(f"{p.where}，{name}", row)
        need = Need(
            code=r.text("code"), label=r.text("label"), en=r.text("en"), unit=r.text("unit", ""), low=r.decimal("low"),
            high=r.decimal("high"), decimals=r.whole("decimals", 2), optional=r.raw("optional") is True, hint=r.text("hint", ""),
        )  # fmt: skip
        if need.low >= need.high:
            r.complain(f"{need.label}的下限应小于上限")
        p.problems += r.finish()
        found.append(need)
    return tuple(found)


def _fits(model: Model, arithmetic: Arithmetic) -> Iterator[str]:
    for what, needs, due in (("inputs", model.inputs, arithmetic.inputs), ("each", model.each, arithmetic.each)):
        if {need.code for need in needs} != due:
            yield f"{what} 应恰好是 {'、'.join(sorted(due)) or '空'}"
    for need in (*model.inputs, *model.each):
        if need.optional and need.code not in arithmetic.optional:
            yield f"{need.label}不能省略"


def _params(where: str, data: Any, arithmetic: Arithmetic) -> tuple[LinkParams, list[str]]:
    p = Params(where, data)
    lines = tuple(_line(p, row) for row in p.rows("lines")) if arithmetic.lines else ()
    bands = tuple(_band(p, row) for row in p.rows("bands")) if arithmetic.bands else ()
    problems = p.finish()
    if not problems:
        problems = [f"{where}：{text}" for text in (*_wrong_lines(lines), *_wrong_bands(bands))]
    return LinkParams(lines=lines, bands=bands), problems


def _line(p: Params, row: Any) -> Weighted:
    r = Params(f"{p.where}，lines", row)
    line = Weighted(r.text("code"), r.text("label"), r.decimal("weight"))
    p.problems += r.finish()
    return line


def _band(p: Params, row: Any) -> LinkBand:
    r = Params(f"{p.where}，bands", row)
    band = LinkBand(r.decimal("at_least"), r.decimal("coefficient"))
    p.problems += r.finish()
    return band


def _wrong_lines(lines: tuple[Weighted, ...]) -> Iterator[str]:
    if not lines:
        return
    if len({line.code for line in lines}) < len(lines):
        yield "各条线的代号不能重复"
    yield from (f"{line.label}的权重应大于 0，现为 {line.weight}" for line in lines if line.weight <= 0)
    if (total := sum((line.weight for line in lines), Decimal(0))) != 1:
        yield f"各条线的权重合计应为 1，现为 {total}"


def _wrong_bands(bands: tuple[LinkBand, ...]) -> Iterator[str]:
    if not bands:
        return
    if any(high.at_least <= low.at_least for high, low in pairwise(bands)) or bands[-1].at_least != 0:
        yield "各档应从高分到低分，最后一档从 0 起"
    if any(high.coefficient < low.coefficient for high, low in pairwise(bands)):
        yield "分数低的一档，系数不能比分数高的一档还高"
    yield from (f"系数应大于 0、不超过 2，现为 {row.coefficient}" for row in bands if not 0 < row.coefficient <= 2)
