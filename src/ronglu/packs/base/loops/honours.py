"""What tiers and titles share: the declared places and conditions, as choices of a field and as conditions of a move."""

from collections.abc import Sequence

from ronglu.kernel.loops.engine import CaseView
from ronglu.kernel.loops.field import Choice, Field, Kind
from ronglu.kernel.loops.loop import Occupied
from ronglu.kernel.standing import declared
from ronglu.kernel.standing.honour import Facts, eligible, tier_problems, title_problems
from ronglu.packs import sheets

HONOUR = declared.honour_rules(sheets.content(sheets.BASE / "standing" / "honour.yaml"))
TIERS = tuple(Choice(one.code, one.label, one.en) for one in HONOUR.tiers.values())
TITLES = tuple(Choice(one.code, one.label, one.en) for one in HONOUR.titles.values())
THIS = "本支部"
YEAR = Field(code="year", label="年度", en="Year", help="写四位数，如 2026")


def a_year(case: CaseView) -> str:
    text = str(case.data.get("year") or "")
    return "" if len(text) == 4 and text.isdigit() and text.startswith("20") else f"年度应写成 2026，写的是“{text}”"


def tier_free(case: CaseView, held: Sequence[Occupied]) -> tuple[str, ...]:
    """1 标杆, 2 示范: over that, the holders are named; and a branch has one tier a year."""
    wanted = str(case.data.get("tier"))
    if own := [one for one in held if one.own]:
        return (f"{THIS}这一年已是{_tier(own[0].value)}（{own[0].number}），先撤销再改",)
    assigned = {f"{one.place}（{one.number}）": one.value for one in held}
    found = tier_problems(assigned | {THIS: wanted}, HONOUR)
    return (*found, _holders(held, wanted)) if found else ()


def title_free(case: CaseView, held: Sequence[Occupied]) -> tuple[str, ...]:
    wanted = str(case.data.get("title"))
    same = [one for one in held if one.value == wanted]
    if own := [one for one in same if one.own]:
        return (f"{THIS}这一年已有这个称号（{own[0].number}）",)
    found = title_problems([*(one.value for one in same), wanted], HONOUR)
    return (*found, _holders(held, wanted)) if found else ()


def deserved(case: CaseView, figures: Facts) -> tuple[str, ...]:
    """Every declared condition of the title that does not hold, or that nobody knows."""
    title = HONOUR.titles[str(case.data.get("title"))]
    return tuple(f"{title.label}的条件没有做到：{line}" for line in eligible(title, figures).lacking)


def _holders(held: Sequence[Occupied], wanted: str) -> str:
    return "已有：" + "、".join(f"{one.place}（{one.number}）" for one in held if one.value == wanted)


def _tier(code: str) -> str:
    return HONOUR.tiers[code].label if code in HONOUR.tiers else code


TIER = Field(code="tier", label="层级", en="Tier", kind=Kind.CHOICE, choices=TIERS)
TITLE = Field(code="title", label="称号", en="Title", kind=Kind.CHOICE, choices=TITLES)
