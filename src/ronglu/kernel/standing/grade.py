"""From a scale's total to a grade and stars, held down by an approved veto, withheld where too little stands."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ronglu.kernel.rules.sheet import Grade, Sheet, Star
from ronglu.kernel.rules.total import UNRATED, Total


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """`grade` and `star` are None while the scale is 暂不评级; `capped` says a veto took a better grade away."""

    scale: str
    grade: Grade | None
    star: Star | None
    capped: bool
    linkable: bool
    reason: str

    @property
    def label(self) -> str:
        return self.grade.name if self.grade else UNRATED


def grade_of(sheet: Sheet, converted: Decimal) -> Grade:
    """The first grade whose threshold the converted score (two decimals) reaches."""
    return next(grade for grade in sheet.grades if converted >= grade.at_least)


def star_of(sheet: Sheet, converted: Decimal) -> Star:
    return next(star for star in sheet.stars if converted >= star.at_least)


def stand(*, sheet: Sheet, total: Total, vetoed: bool = False) -> Standing:
    """Grade and stars of one scale. `vetoed`: an approved veto of the month; it caps both scales alike."""
    if not total.rated or total.converted is None:
        reason = total.reason or "没有一项得分成立"
        return Standing(scale=total.scale, grade=None, star=None, capped=False, linkable=False, reason=reason)
    return placed(sheet=sheet, scale=total.scale, converted=total.converted, vetoed=vetoed)


def placed(*, sheet: Sheet, scale: str, converted: Decimal, vetoed: bool) -> Standing:
    """Where a score that stands puts someone; the month and the year share it."""
    grade, star = grade_of(sheet, converted), star_of(sheet, converted)
    capped = False
    if vetoed:
        cap = next(g for g in sheet.grades if g.code == sheet.veto.cap)
        if grade.at_least > cap.at_least:
            grade, star, capped = cap, min(star, best_star_within(sheet, cap), key=lambda s: s.count), True
    reason = f"一票否决，等级以{grade.name}为限" if capped else ""
    return Standing(scale=scale, grade=grade, star=star, capped=capped, linkable=True, reason=reason)


def best_star_within(sheet: Sheet, grade: Grade) -> Star:
    """The most stars a score inside this grade can have: the veto cap in stars."""
    above = [g.at_least for g in sheet.grades if g.at_least > grade.at_least]
    below = [star for star in sheet.stars if not above or star.at_least < min(above)]
    return max(below, key=lambda star: star.count)
