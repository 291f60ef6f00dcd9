"""S2-17 三大攻坚战: aims of indicators with a pair for each, read off the boards month by month, closed with a report."""

import datetime as dt
from decimal import Decimal

import pytest

from ronglu.config.plant import pack_of, packs
from ronglu.kernel.labour import LabourTrouble
from ronglu.kernel.standing.kit import KitTrouble
from ronglu.store.models import AuditEntry, BattleAim, IndicatorRow
from ronglu.work import battles, campaigns
from ronglu.work.queries.battles import Kpi, kpis
from tests.cast import Cast, cast
from tests.work.battled import BEFORE, CHARGE, COAL, ON, aimed, battle, month

__all__ = ["cast"]
KNOWN = pack_of("qinglan").indicators


def only(cast: Cast, on: dt.date = ON) -> Kpi:
    [found] = kpis(campaign=battle(cast), known=KNOWN, on=on)
    return found


@pytest.mark.covers("S2-17")
def test_three_battles_are_declared_and_their_programme_asks_for_aims_quarters_and_a_report() -> None:
    kits = [one for one in packs().base.kits.values() if one.battle]
    assert [one.zh for one in kits] == ["降本增效攻坚战", "安全环保攻坚战", "质量攻坚战"]
    assert all(one.days == 365 and [task.day for task in one.tasks] == [15, 100, 191, 283, 0] for one in kits)


@pytest.mark.covers("S2-17")
def test_what_adds_up_is_held_against_time_by_months_of_the_board(cast: Cast) -> None:
    """120,000 t a year. On 10 March 68 of 365 days are over, 18.63 %: 22,356 t would be due, 24,000 t were charged."""
    aimed(cast)
    for period, tonnes, plan in (("2026-01", "10500", "10000"), ("2026-02", "9900", "9500"), ("2026-03", "3600", "")):
        month(cast, CHARGE, period, tonnes, plan=plan, value=tonnes)
    found = only(cast)
    assert (found.actual, found.pace.task, found.pace.time) == (Decimal(24000), Decimal("20.00"), Decimal("18.63"))
    assert [(str(one.period), one.value, one.plan) for one in found.months[:2]] == [
        ("2026-01", Decimal(10500), Decimal(10000)), ("2026-02", Decimal(9900), Decimal(9500)),
    ]  # fmt: skip
    assert (found.state, found.missing) == ("good", ()) and len(found.months) == 12


@pytest.mark.covers("S2-17")
def test_a_month_without_a_value_is_missing_and_nothing_is_judged(cast: Cast) -> None:
    aimed(cast)
    assert (only(cast).actual, only(cast).state) == (None, "missing")
    month(cast, CHARGE, "2026-01", "99999", value="99999")
    found = only(cast)
    assert (found.state, [str(one) for one in found.missing]) == ("missing", ["2026-02"])  # March is not over yet


@pytest.mark.covers("S2-17")
def test_a_month_that_was_read_in_part_is_no_month_behind(cast: Cast) -> None:
    """A fifth of February's shifts were read: what lacks is not nought, and so nobody is behind."""
    aimed(cast)
    month(cast, CHARGE, "2026-01", "10500", value="10500")
    month(cast, CHARGE, "2026-02", "2000", value="2000")
    IndicatorRow.objects.filter(period="2026-02").update(covered=17, expected=84)
    found = only(cast)
    assert (found.state, [str(one) for one in found.missing]) == ("missing", ["2026-02"])


@pytest.mark.covers("S2-17")
def test_a_ratio_is_the_ratio_of_its_sums_and_judged_by_its_level(cast: Cast) -> None:
    """Coal per tonne: 40 of 1 and 20 of 3 is 60 of 4, not the mean of 40 and 6.67."""
    aimed(cast, COAL, "16")
    month(cast, COAL, "2026-01", "40", "1")
    month(cast, COAL, "2026-02", "20", "3")
    found = only(cast)
    assert (found.actual, found.state, found.summed) == (Decimal("15.00"), "good", False)


def test_who_lags_behind_time_is_told(cast: Cast) -> None:
    aimed(cast)
    month(cast, CHARGE, "2026-01", "9000", value="9000")
    month(cast, CHARGE, "2026-02", "9000", value="9000")
    assert only(cast).state == "behind"


def test_the_pair_are_two_persons_and_the_aim_a_number_of_what_adds_up(cast: Cast) -> None:
    with pytest.raises(KitTrouble, match="两个人"):
        aimed(cast, line=cast.person["王书记"])
    with pytest.raises(LabourTrouble, match="不是数字"):
        aimed(cast, aim="很多")
    last = next(one.code for one in KNOWN.values() if not battles.fit(one))
    with pytest.raises(KitTrouble, match="不能逐月累计"):
        aimed(cast, last)
    aimed(cast)
    with pytest.raises(KitTrouble, match="已有目标"):
        battles.aim_at(
            campaign=battle(cast), kit=packs().base.kits["battle_cost"], indicator=KNOWN[CHARGE], unit=cast.unit["QL-R1"],
            aim="1", party=cast.person["王书记"], line=cast.person["马主任"], by=cast.account["孙干事"], at=BEFORE,
        )  # fmt: skip


def test_other_campaigns_have_no_aims_of_a_battle(cast: Cast) -> None:
    with pytest.raises(KitTrouble, match="不是攻坚战"):
        battles.aim_at(
            campaign=battle(cast), kit=packs().base.kits["safety_month"], indicator=KNOWN[CHARGE], unit=cast.unit["QL-R1"],
            aim="1", party=cast.person["王书记"], line=cast.person["马主任"], by=cast.account["孙干事"], at=BEFORE,
        )  # fmt: skip


def test_an_aim_is_taken_back_with_a_reason_that_stays_and_not_after_the_report(cast: Cast) -> None:
    row = aimed(cast)
    battles.give_up(row=row, reason="换成单耗", by=cast.account["孙干事"], at=BEFORE)
    assert not BattleAim.objects.exists()
    assert AuditEntry.objects.get(verb="campaigns.unaim").detail["reason"] == "换成单耗"
    row = aimed(cast)
    battle(cast).tasks.update(state="checked")
    campaigns.close(
        campaign=battle(cast), report="到了目标", by=cast.account["孙干事"], at=dt.datetime(2026, 12, 31, 10)
    )
    with pytest.raises(KitTrouble, match="已总结"):
        battles.give_up(row=row, reason="x", by=cast.account["孙干事"], at=BEFORE)
