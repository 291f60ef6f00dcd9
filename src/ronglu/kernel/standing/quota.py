"""How many may be 优秀 (AV-20), who is inside, and who stands level at the edge: there the committee decides, no program does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Nominee:
    """Somebody or some branch put forward; `score_h` None = not rated."""

    code: str
    score_h: int | None
    probationary: bool = False
    vetoed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Allotment:
    """`within` fit, `edge` share `open` places by an equal score, `beyond` do not fit, `barred` may not be named at all."""

    places: int
    within: tuple[str, ...]
    edge: tuple[str, ...]
    open: int
    beyond: tuple[str, ...]
    barred: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]


def places(*, rated: int, quota: Fraction | None) -> int | None:
    """⌊rated × quota⌋; None where the plant has no quota. `rated` leaves out 预备党员 and whoever has no grade."""
    return None if quota is None else rated * quota.numerator // quota.denominator


def allot(*, nominees: Iterable[Nominee], rated: int, quota: Fraction | None) -> Allotment:
    """Set nominees against the places; without a quota all who may be named are within."""
    found = list(nominees)
    barred = tuple((one.code, why) for one in found if (why := _bar(one)))
    names = {code for code, _ in barred}
    ranked = sorted((one for one in found if one.code not in names), key=lambda one: (-(one.score_h or 0), one.code))
    limit = places(rated=rated, quota=quota)
    most = len(ranked) if limit is None else limit
    if len(ranked) <= most:
        within, edge, beyond = ranked, [], []
    else:
        line = ranked[most].score_h or 0
        within = [one for one in ranked if (one.score_h or 0) > line]
        edge = [one for one in ranked if one.score_h == line] if len(within) < most else []
        beyond = [one for one in ranked if one not in within and one not in edge]
    left = most - len(within) if edge else 0
    return Allotment(
        places=most, within=_codes(within), edge=_codes(edge), open=left, beyond=_codes(beyond), barred=barred,
        problems=tuple(_problems(len(ranked), most, rated, len(edge), left)),
    )  # fmt: skip


def _bar(one: Nominee) -> str:
    if one.probationary:
        return "预备党员参加评议，不评等次"
    if one.vetoed:
        return "有一票否决，不得评为优秀"
    return "没有得分，暂不评级" if one.score_h is None else ""


def _problems(named: int, most: int, rated: int, edge: int, left: int) -> Iterable[str]:
    if named > most:
        yield f"参评 {rated}，优秀最多 {most} 名，现提名 {named} 名，多 {named - most} 名"
    if edge:
        yield f"名额边上 {edge} 名同分，只剩 {left} 个名额，由委员会决定"


def _codes(found: Iterable[Nominee]) -> tuple[str, ...]:
    return tuple(one.code for one in found)
