"""The pages of series and indicators, as the packs declare them."""

from decimal import Decimal

from ronglu.kernel.measure.indicator import Indicator, RollUp, Term
from ronglu.packs.loader import load, modules_available
from ronglu.packs.pack import Pack
from tools.docs.table import page, table

DIRECTIONS = {"up": "越高越好", "down": "越低越好", "band": "在区间内为好", "info": "只供了解"}


def everything() -> Pack:
    """All process modules together, without any plant."""
    return load((), modules=modules_available())


def indicators() -> str:
    """docs/reference/indicators.md."""
    pack = everything()
    parts = ["比值先各自相加再相除，从不平均比值。来源一栏注明出处；标“系统默认”的值可以修改，不是上级规定。\n"]
    for module in pack.modules.values():
        chosen = [one for one in pack.indicators.values() if one.module == module.code]
        parts.append(f"## {module.name} · {module.en}（`{module.code}`，{len(chosen)} 项）\n")
        rows = [
            (o.code, o.name, o.en, o.unit, formula(o), DIRECTIONS[o.direction], o.decimals, o.source, o.status.label)
            for o in chosen
        ]
        parts.append(table(["代码", "指标", "English", "单位", "怎么算", "方向", "小数", "来源", "依据"], rows))
    return page("指标 · Indicators", *parts)


def series() -> str:
    """docs/reference/series.md."""
    pack = everything()
    parts = ["读数按序列报来；可加的序列逐级求和，不可加的只取加权或最后值。合理范围只用来提醒，不拒收。\n"]
    for module in pack.modules.values():
        chosen = [one for one in pack.series.values() if one.module == module.code]
        parts.append(f"## {module.name} · {module.en}（`{module.code}`，{len(chosen)} 条）\n")
        rows = [
            (
                o.code,
                o.name,
                o.en,
                o.unit,
                o.decimals,
                "是" if o.additive else "否",
                {"wet": "湿", "dry": "干", None: ""}[o.basis],
                span(o.plausible),
            )
            for o in chosen
        ]
        parts.append(table(["代码", "序列", "English", "单位", "小数", "可加", "干湿", "合理范围"], rows))
    return page("数据序列 · Series", *parts)


def formula(one: Indicator) -> str:
    """How an indicator is worked out, as a person would write it."""
    above, below = added(one.numerator), added(one.denominator)
    times = f" × {plain(one.factor)}" if one.factor != 1 else ""
    match one.rollup:
        case RollUp.RATIO:
            return f"Σ({above}) ÷ Σ({below}){times}"
        case RollUp.WMEAN:
            return f"{above} 按 {'·'.join(one.weight)} 加权"
        case RollUp.DERIVED:
            inputs = [*one.of, *(term.series for term in (*one.numerator, *one.denominator))]
            return f"{one.derived}({', '.join(inputs)}){times}"
        case RollUp.SINCE:
            return f"{above} 自上次 {one.event} 起累计"
        case _:
            return f"{one.rollup.value} {above}{times}"


def added(terms: tuple[Term, ...]) -> str:
    """Terms with their factors; optional ones in brackets."""
    texts = []
    for term in terms:
        factor = "" if abs(term.factor) == 1 else f"{plain(abs(term.factor))}×"
        text = f"{factor}{term.series}".replace("*", "·")
        sign = " − " if term.factor < 0 else " + "
        texts.append(sign + (f"[{text}]" if term.optional else text))
    return "".join(texts).removeprefix(" + ")


def plain(value: Decimal) -> str:
    """A number without exponent or idle zeros."""
    return f"{value.normalize():f}"


def span(bounds: tuple[Decimal | None, Decimal | None] | None) -> str:
    """A range; an open end is left open."""
    if not bounds:
        return ""
    low, high = bounds
    return f"{'' if low is None else plain(low)}…{'' if high is None else plain(high)}"
