"""What several loops say alike: the six kinds of causes, who heads a place, and the conditions on lines that close."""

from decimal import Decimal
from typing import Any

from ronglu.kernel.loops.due import Rung
from ronglu.kernel.loops.engine import CaseView
from ronglu.kernel.loops.field import Choice
from ronglu.kernel.loops.loop import Check

CAUSES = (
    Choice("man", "人", "People"),
    Choice("machine", "机", "Machine"),
    Choice("material", "料", "Material"),
    Choice("method", "法", "Method"),
    Choice("environment", "环", "Environment"),
    Choice("measurement", "测", "Measurement"),
)
"""人机料法环测; the seed's own three (S4-05) are 法 (工艺调节), 机 (设备控制) and 人 (操作管理)."""

NOUGHT = Decimal(0)
"""The least that can be counted or paid."""
ON_SITE = ("crew_leader", "workshop_head", "technician")
HEADS = ("workshop_head", "plant_head")
PARTY = ("branch_committee", "general_committee")
ABOVE = ("party_office", "plant_committee")


def ladder(*doers: str, first: str = "workshop_head", second: str = "plant_head") -> tuple[Rung, ...]:
    """Three days before to who works on it, on the day to who answers for the place, three days later to who stands above."""
    return (
        Rung(days=-3, tell=doers, label="还有三天到期"),
        Rung(days=0, tell=(*doers, first), label="已到期"),
        Rung(days=3, tell=(second,), label="超期三天，请督办"),
    )


def has(kind: str, word: str) -> Check:
    """At least one line that was not dropped."""

    def holds(case: CaseView) -> str:
        return "" if any(r.state != "dropped" for r in case.lines(kind)) else f"先写至少一条{word}"

    return Check(code=f"has_{kind}", holds=holds)


def each_done(kind: str, word: str) -> Check:
    def holds(case: CaseView) -> str:
        left = [str(r.no) for r in case.lines(kind) if r.state == "open"]
        return f"{word}第 {'、'.join(left)} 条还没有完成" if left else ""

    return Check(code=f"{kind}_done", holds=holds)


def each_passed(kind: str, word: str) -> Check:
    """Nothing left open or unchecked; a case without such lines is not held up by them."""

    def holds(case: CaseView) -> str:
        left = [str(r.no) for r in case.lines(kind) if r.state not in ("passed", "dropped")]
        return f"{word}第 {'、'.join(left)} 条还没有验收" if left else ""

    return Check(code=f"{kind}_passed", holds=holds)


def number(value: Any) -> Decimal | None:
    """A number kept as text; None where nothing was filled in."""
    return None if value in (None, "") else Decimal(str(value))


def difference(case: CaseView, minuend: str, subtrahend: str) -> str:
    """One field less another, once both are known."""
    one, other = number(case.data.get(minuend)), number(case.data.get(subtrahend))
    return "" if one is None or other is None else f"{one - other:+}"


def rate(case: CaseView, good: str, whole: str) -> str:
    """A share in percent with two decimals; nothing while the whole is unknown or nought."""
    one, other = number(case.data.get(good)), number(case.data.get(whole))
    return "" if one is None or not other else f"{100 * one / other:.2f}"
