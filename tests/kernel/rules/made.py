"""Items and shapes made for a test: short to write, complete enough to be judged."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from ronglu.kernel.rules.arith import FULL
from ronglu.kernel.rules.basis import Basis, Direction, Line, Method
from ronglu.kernel.rules.item import CalendarKind, Item, Source, Status
from ronglu.kernel.rules.shape import Shape
from ronglu.kernel.rules.shapes import Curve, Deduct, Price, Rate, Target, TargetPP
from ronglu.kernel.rules.state import WhenNothing
from ronglu.kernel.time.period import Grain

# 04 §4.3: 1.05→1.10, 1.00→1.00, 0.98→0.90, 0.95→0.70, 0.90→0.40, below 0.85→0
CURVE = Curve(
    (
        (850_000, 0),
        (900_000, 400_000_000),
        (950_000, 700_000_000),
        (980_000, 900_000_000),
        (1_000_000, FULL),
        (1_050_000, 1_100_000_000),
    )
)


def item(shape: Shape, **changes: Any) -> Item:
    """An item worth what its shape is set for."""
    made = Item(
        code="X1",
        name="闭环",
        en="Closed",
        category="X",
        points=Decimal(shape.of) / 100,
        cadence=Grain.MONTH,
        calendar=CalendarKind.CIVIL,
        fact="case",
        grain="branch × month",
        evidence=("closure",),
        shape=shape,
        when_nothing=WhenNothing.NOT_APPLICABLE,
        rule="到期的按期办结多少，就得多少。",
        source=Source(("S1-15",), Status.DEFAULT),
        wired_by=("Loops",),
        starts_on=date(2026, 1, 1),
    )
    return replace(made, **changes)


def rate(of: int = 1000) -> Rate:
    return Rate(of=of, done="按期办结", due="到期")


def deduct(of: int = 800, **prices: int) -> Deduct:
    found = prices or {"missed": 200}
    return Deduct(of=of, prices=tuple(Price(key, key, each) for key, each in found.items()))


def target(of: int = 800, cap: int = FULL) -> Target:
    return Target(of=of, curve=CURVE, cap=cap)


def target_pp(of: int = 1000, cap: int = FULL) -> TargetPP:
    return TargetPP(of=of, cap=cap)


def reading(actual: int, plan: int | None, better: str = "up", *, method: str = "attainment", **more: Any) -> Line:
    """A row whose numbers are all in the same unit."""
    return Line(key="K", num=actual, den=1, plan=plan, method=Method(method), direction=Direction(better), **more)


def closed(done: int, due: int) -> Basis:
    return Basis.ratio(done, due)


def missed(n: int, due: int = 0, key: str = "missed") -> Basis:
    return Basis.of(Line(key, n, due))
