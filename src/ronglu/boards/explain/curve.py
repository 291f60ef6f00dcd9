"""The rule as a line with the branch's points on it, where an item judges attainment."""

from dataclasses import dataclass
from decimal import Decimal

from ronglu.kernel.rules.arith import as_share
from ronglu.kernel.rules.basis import Basis
from ronglu.kernel.rules.shape import Shape
from ronglu.kernel.rules.shapes.curve import Curve, attainment_ppm, by_attainment, missing, row_ppb
from ronglu.kernel.rules.shapes.parts import Parts
from ronglu.kernel.rules.shapes.target import Target


@dataclass(frozen=True, slots=True)
class Mark:
    name: str
    attainment: Decimal
    share: Decimal


@dataclass(frozen=True, slots=True)
class CurveView:
    points: tuple[tuple[Decimal, Decimal], ...]
    marks: tuple[Mark, ...]


def curve_of(shape: Shape, basis: Basis) -> CurveView | None:
    """None where no indicator row of the basis is judged along a curve."""
    target = _target(shape)
    if target is None:
        return None
    curve, cap = target.curve, target.cap
    rows = [line for line in basis.lines if by_attainment(line) and not missing(line)]
    marks = [
        Mark(line.name, as_share(attainment_ppm(line, curve.knots[-1][0]) * 1000), as_share(row_ppb(line, curve, cap)))
        for line in rows
    ]
    return CurveView(_capped(curve, cap), tuple(marks)) if marks else None


def _capped(curve: Curve, cap: int) -> tuple[tuple[Decimal, Decimal], ...]:
    return tuple((as_share(a * 1000), as_share(min(share, cap))) for a, share in curve.knots)


def _target(shape: Shape) -> Target | None:
    if isinstance(shape, Target):
        return shape
    if isinstance(shape, Parts):
        return next((found for part in shape.parts if (found := _target(part.shape)) is not None), None)
    return None
