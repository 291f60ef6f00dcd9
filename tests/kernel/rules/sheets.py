"""A small sheet for totals and switches: one scale of 100 in four items."""

import copy
from decimal import Decimal
from typing import Any

from ronglu.kernel.rules.load import build
from ronglu.kernel.rules.score import Score
from ronglu.kernel.rules.sheet import Sheet
from ronglu.kernel.rules.state import State

RATE = {"kind": "rate", "done": "按期", "due": "到期"}
CURVE = [["1.05", "1.10"], ["1.00", "1.00"], ["0.85", "0"]]


def one(code: str, points: int, **changes: Any) -> dict[str, Any]:
    return {
        "code": code, "category": code[0], "name": f"第{code}项", "en": code, "points": points, "cadence": "month",
        "calendar": "civil", "fact": "case", "grain": "branch × month", "evidence": ["closure"], "shape": dict(RATE),
        "when_nothing": "not_applicable", "wired_by": ["Loops"], "source": {"rows": ["S1-15"], "status": "D"},
        "rule": "到期的按期办结多少，就得多少。",
    } | changes  # fmt: skip


TARGET = one(
    "K4", 20, evidence=["indicator"], min_coverage=90, calendar="stat", shape={"kind": "target", "curve": CURVE}
)


def data(**changes: Any) -> dict[str, Any]:
    """A declaration to be changed freely; `bonus=True` switches the bonus on."""
    found: dict[str, Any] = {
        "code": "test", "version": 1, "name": "试表", "en": "Test", "from_month": "2026-01", "status": "D",
        "scales": [{"code": "k", "name": "百分", "en": "K", "points": 100}],
        "categories": [{"code": "K", "name": "类", "en": "K", "scale": "k", "points": 100, "items": 4}],
        "items": [one("K1", 40), one("K2", 30), one("K3", 10), TARGET],
        "rated": {"available_percent": 80, "applicable_points": 40},
        "bonus": {"enabled": False, "per_year": 5, "overshoot": "1.10", "ground": "别处采用并核实"},
        "veto": {"cap": "fair", "reasons": [{"code": "major", "name": "重大", "en": "Major"}]},
        "grades": [
            {"code": c, "name": n, "en": c, "at_least": edge}
            for c, n, edge in [("excellent", "优秀", 90), ("good", "良好", 80), ("fair", "一般", 70), ("poor", "较差", 0)]
        ],
        "stars": [
            {"count": n, "at_least": edge, "health": "健康"}
            for n, edge in [(5, 95), (4, 90), (3, 80), (2, 70), (1, 60), (0, 0)]
        ],
    }  # fmt: skip
    return copy.deepcopy(found | changes)


def bonus_on() -> dict[str, Any]:
    found = data()
    found["bonus"]["enabled"] = True
    return found


def sheet(**changes: Any) -> Sheet:
    return build(data(**changes))


def score(code: str, full: int, won: str | None, state: State | None = None) -> Score:
    """A score in points: `won` as text, None where no points stand."""
    hundredths = None if won is None else int(Decimal(won) * 100)
    default = State.SCORED if won is not None else State.NOT_APPLICABLE
    return Score(item=code, full_h=full * 100, state=state or default, won_h=hundredths)
