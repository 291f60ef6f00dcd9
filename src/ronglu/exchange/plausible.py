"""Judges a column by its plausible range: a few strays are asked one by one, a column that is wrong as a column is refused."""

from decimal import Decimal
from typing import TYPE_CHECKING

from ronglu.exchange.job import Job
from ronglu.exchange.measures import Plan
from ronglu.exchange.problems import cell_name, letter
from ronglu.exchange.sandbox import Sheet

if TYPE_CHECKING:
    from ronglu.exchange.cells import Read

FEW, SHARE = 3, 50  # a column is refused from 3 values outside that are more than 1 in 50
THOUSAND = 1000  # one value this far outside is a wrong reading of the file, not of the plant
EXAMPLES = 5
LEAST = 5


def judge(job: Job, sheet: Sheet, plan: Plan, index: int, read: "Read") -> set[int] | None:
    """Positions to leave out; None when the column is refused (said with count, range and examples)."""
    outs = read.outs
    count = len(read.texts)
    far = [n for n in outs if _far(plan, read.scaled[n])]
    if far or (len(outs) >= FEW and len(outs) * SHARE > count):
        examples = "、".join(f"{cell_name(read.rows[n], index)}={read.texts[n]}" for n in (far or outs)[:EXAMPLES])
        job.collect.add(
            "implausible",
            sheet=sheet.name,
            column=index,
            name=plan.name,
            outside=len(outs),
            count=count,
            range=plan.range_text,
            examples=examples,
            why=_why(plan, read, outs, far),
        )
        return None
    gone = set()
    for n in outs:
        answer = job.collect.ask(
            "implausible_value",
            ("keep", "skip"),
            sheet=sheet.name,
            row=read.rows[n],
            column=index,
            value=read.texts[n],
            range=plan.range_text,
            name=plan.name,
        )
        if answer != "keep":
            gone.add(n)
    return gone


def even(job: Job, sheet: Sheet, plan: Plan, index: int, read: "Read") -> bool:
    """Without a range the column is its own measure: a value a thousand times the middle one is asked about."""
    numbers = sorted(abs(s) for s in read.scaled if s)
    if len(numbers) < LEAST or numbers[-1] < THOUSAND * numbers[len(numbers) // 2]:
        return True
    top = next(n for n, s in enumerate(read.scaled) if s is not None and abs(s) == numbers[-1])
    middle = Decimal(numbers[len(numbers) // 2]).scaleb(-plan.decimals)
    answer = job.collect.ask(
        "spread",
        ("keep", "skip"),
        sheet=sheet.name,
        row=read.rows[top],
        column=index,
        value=read.texts[top],
        middle=middle,
        name=plan.name,
        key=f"spread:{sheet.name}!{letter(index)}",
    )
    return answer == "keep"


def _far(plan: Plan, scaled: int | None) -> bool:
    edge = max((abs(bound) for bound in (plan.low, plan.high) if bound is not None), default=Decimal(0))
    return scaled is not None and edge > 0 and abs(scaled) > edge.scaleb(plan.decimals) * THOUSAND


def _why(plan: Plan, read: "Read", outs: list[int], far: list[int]) -> str:
    """The likely reason, to help the person; never a correction."""
    if far:
        return "大了上千倍:像是小数逗号被当成千分位,请从原系统重新导出"
    top = max((abs(s) for s in (read.scaled[n] for n in outs) if s is not None), default=0)
    if plan.is_percent and top <= 10**plan.decimals:
        return "像是小数(0.93)而不是百分数(93),请在方案里写明百分比的写法"
    return "请核对单位、列的对应关系和方案里的合理范围"
