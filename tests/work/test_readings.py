"""Readings in the table: entered, imported, corrected, audited by a second person, locked; every version stays."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from ronglu.kernel.time.period import Period
from ronglu.kernel.time.stamp import Stamp
from ronglu.store.models import Account, AuditEntry, Channel, Deputy, Partition, Reading, RosterRow, ShiftRow
from ronglu.store.values import calendar_of
from ronglu.work import partitions, readings
from ronglu.work.readings import Entry
from tests.cast import Cast, cast  # noqa: F401  (the fixture)
from tests.facts.plant_month import MARCH, March, make_march
from tests.work.readings_made import Given, shift_values

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 4, 2, 9, 0)
COAL = "sm_coal"


@pytest.fixture
def march(cast: Cast) -> March:
    """A month of audited coal and feed: 430 kg and 10 t a shift."""
    line = cast.unit["QL-R1"]
    made = make_march(plant=line.plant, line=line, by=cast.account["周统计员"])
    RosterRow.objects.create(
        unit=line, code="四班三运转", crews=["甲", "乙", "丙", "丁"], cycle=[1, 1, 2, 2, 3, 3, None, None], step=2,
        anchor=dt.date(2026, 1, 1), from_on=dt.date(2025, 1, 1),
    )  # fmt: skip
    return made


@pytest.fixture
def zhou(cast: Cast) -> Account:
    return cast.account["周统计员"]


@pytest.fixture
def chen(cast: Cast) -> Account:
    return cast.account["陈技术员"]


def take(march: March, *given: Given, by: Account, grain: str = "shift", **more: Any) -> readings.Taken:
    values = shift_values(calendar_of(march.plant), "QL-R1", *given)
    return readings.take(plant=march.plant, values=values, grain=grain, by=by, at=AT, **more)


def versions(march: March, series: str, day: int, shift: int) -> list[tuple[int, str, str]]:
    found = Reading.objects.filter(channel__series=series, day=dt.date(2026, 3, day), shift_no=shift)
    return list(found.order_by("version").values_list("version", "text", "state"))


def newest(march: March, day: int, shift: int) -> Any:
    """As a queryset of one, since that is what the verbs of the second person take."""
    return Reading.objects.filter(pk=march.reading(COAL, day, shift).pk)


def build(march: March) -> None:
    """As if the facts had been built: nothing is dirty."""
    for one in partitions.dirty(plant=march.plant, fact="readings"):
        partitions.built(partition=one, digest="", rows=0, at=AT)


def test_what_is_new_comes_in_as_a_forecast_stamped_with_day_shift_month_and_crew(march: March, zhou: Account) -> None:
    Channel.objects.create(unit=march.line, series="sm_power", grain="shift", from_on=dt.date(2026, 3, 1))
    build(march)
    done = take(march, ("sm_power", 12, 3, "812.35"), by=zhou)
    made = Reading.objects.get(channel__series="sm_power")
    assert (done.added, done.changed, done.unchanged, done.months) == (1, 0, 0, (202603,))
    assert (made.day, made.shift_no, made.month, made.starts_at) == (
        dt.date(2026, 3, 12), 3, 202603, dt.datetime(2026, 3, 13, 0, 0),
    )  # fmt: skip
    # 12 March is day 70 from the anchor; 夜 stands at 4 or 5 of the cycle: (70 + 2i) mod 8 = 4 for i = 3
    assert made.letter == "丁"
    assert (made.text, made.value, made.state, made.place) == ("812.35", 8124, "forecast", "日报!B2")
    assert [p.month for p in partitions.dirty(plant=march.plant, fact="readings")] == [202603]


def test_the_same_values_again_change_no_row(march: March, zhou: Account) -> None:
    given = (COAL, 1, 1, "431"), (COAL, 1, 2, "430.0"), ("sm_feed_dry", 1, 1, "999")
    take(march, *given, by=zhou)
    build(march)
    before = list(Reading.objects.order_by("pk").values())
    done = take(march, *given, by=zhou)
    assert (done.added, done.changed, done.unchanged) == (0, 0, 3)
    assert list(Reading.objects.order_by("pk").values()) == before
    assert not partitions.dirty(plant=march.plant, fact="readings")


def test_a_late_assay_restates_its_shift_and_the_old_version_scores_until_the_audit(
    march: March, zhou: Account, chen: Account
) -> None:
    done = take(march, (COAL, 12, 3, "1360"), by=zhou)
    assert (done.changed, versions(march, COAL, 12, 3)) == (1, [(1, "430", "audited"), (2, "1360", "forecast")])
    readings.audit(plant=march.plant, readings=newest(march, 12, 3), by=chen, at=AT)
    assert versions(march, COAL, 12, 3) == [(1, "430", "superseded"), (2, "1360", "audited")]


def test_a_forecast_that_is_changed_before_its_audit_is_replaced_not_lost(march: March, zhou: Account) -> None:
    take(march, (COAL, 12, 3, "1360"), by=zhou)
    take(march, (COAL, 12, 3, "1370"), by=zhou)
    assert [state for _, _, state in versions(march, COAL, 12, 3)] == ["audited", "superseded", "forecast"]


def test_the_mark_takes_a_value_away_and_a_blank_does_not(march: March, zhou: Account, chen: Account) -> None:
    take(march, (COAL, 1, 1, None), by=zhou)  # 1 March 中 and 夜 are blank in this file
    assert versions(march, COAL, 1, 1)[-1] == (2, "删除", "forecast")
    assert march.reading(COAL, 1, 1).value is None
    assert versions(march, COAL, 1, 2) == [(1, "430", "audited")]
    assert take(march, (COAL, 1, 1, None), by=zhou).unchanged == 1


def test_what_was_sent_back_does_not_come_in_again_by_the_same_file(march: March, zhou: Account, chen: Account) -> None:
    take(march, (COAL, 2, 1, "4300"), by=zhou)
    readings.reject(plant=march.plant, readings=newest(march, 2, 1), reason="多写一个零", by=chen, at=AT)
    assert take(march, (COAL, 2, 1, "4300"), by=zhou).unchanged == 1
    assert take(march, (COAL, 2, 1, "430"), by=zhou).unchanged == 1  # that is what stands
    assert take(march, (COAL, 2, 1, "440"), by=zhou).changed == 1
    assert [s for _, _, s in versions(march, COAL, 2, 1)] == ["audited", "rejected", "forecast"]


def test_a_series_the_line_does_not_report_is_refused_by_name_unless_the_profile_opens_it(
    march: March, zhou: Account
) -> None:
    with pytest.raises(readings.NoChannel, match=r"日报!B2：QL-R1 不上报 sm_power"):
        take(march, ("sm_power", 1, 1, "5"), by=zhou)
    assert take(march, ("sm_power", 1, 1, "5"), by=zhou, opens=True).opened == 1
    channel = Channel.objects.get(series="sm_power")
    assert (channel.unit, channel.grain, channel.from_on) == (march.line, "shift", dt.date(2026, 3, 1))


def test_a_line_that_does_not_exist_is_named_with_its_cell(march: March, zhou: Account) -> None:
    values = shift_values(calendar_of(march.plant), "QL-X", (COAL, 1, 1, "5"))
    with pytest.raises(readings.NoChannel, match=r"日报!B2：本厂没有编码为“QL-X”的单位"):
        readings.take(plant=march.plant, values=values, grain="shift", by=zhou, at=AT)


def test_one_refused_value_keeps_all_out(march: March, zhou: Account) -> None:
    with pytest.raises(readings.NoChannel):
        take(march, (COAL, 1, 1, "999"), ("sm_power", 1, 1, "5"), by=zhou)
    assert versions(march, COAL, 1, 1) == [(1, "430", "audited")]


def test_a_report_of_the_shift_that_overlaps_a_stored_slot_is_refused(march: March, zhou: Account) -> None:
    values = shift_values(calendar_of(march.plant), "QL-R1", (COAL, 1, 1, "5"))
    stamp = values.stamps[0]
    values.stamps[0] = stamp._replace(starts_at=stamp.starts_at + dt.timedelta(hours=1))
    with pytest.raises(readings.BadSlot, match="与已有的 2026-03-01 08:00 至 2026-03-01 16:00 时段重叠"):
        readings.take(plant=march.plant, values=values, grain="shift", by=zhou, at=AT)


def test_nobody_audits_what_he_imported(march: March, zhou: Account, chen: Account) -> None:
    take(march, (COAL, 3, 1, "441"), by=zhou)
    with pytest.raises(readings.SecondPerson, match="1 个读数是您自己录入或导入的"):
        readings.audit(plant=march.plant, readings=newest(march, 3, 1), by=zhou, at=AT)
    assert versions(march, COAL, 3, 1)[-1][2] == "forecast"
    assert readings.audit(plant=march.plant, readings=newest(march, 3, 1), by=chen, at=AT) == 1
    entry = AuditEntry.objects.get(verb="readings.audit")
    assert (entry.account, entry.subject, entry.detail) == (chen, "2026-03", {"count": 1})


def test_a_keyer_on_leave_is_not_audited_by_the_colleague_he_named(march: March, zhou: Account, chen: Account) -> None:
    take(march, (COAL, 3, 1, "441"), by=zhou)
    leave = {"from_on": AT.date(), "until_on": AT.date() + dt.timedelta(days=3)}
    Deputy.objects.create(absent=zhou.person, deputy=chen.person, named_by=zhou, **leave)
    with pytest.raises(readings.SecondPerson, match="1 个读数是您所代理的人录入或导入的，须由另一人审核"):
        readings.audit(plant=march.plant, readings=newest(march, 3, 1), by=chen, at=AT)
    back = AT + dt.timedelta(days=3)
    assert readings.audit(plant=march.plant, readings=newest(march, 3, 1), by=chen, at=back) == 1


def test_a_second_person_takes_an_audit_back_and_the_version_before_scores_again(
    march: March, zhou: Account, chen: Account, cast: Cast
) -> None:
    take(march, (COAL, 3, 1, "441"), by=zhou)
    Reading.objects.filter(version=1).update(audited_by=chen)
    readings.audit(plant=march.plant, readings=newest(march, 3, 1), by=chen, at=AT)
    one = list(newest(march, 3, 1))
    with pytest.raises(readings.SecondPerson, match="您自己审核的"):
        readings.unaudit(plant=march.plant, readings=one, reason="化验单有误", by=chen, at=AT)
    with pytest.raises(readings.NoReason):
        readings.unaudit(plant=march.plant, readings=one, reason=" ", by=zhou, at=AT)
    readings.unaudit(plant=march.plant, readings=one, reason="化验单有误", by=zhou, at=AT)
    assert versions(march, COAL, 3, 1) == [(1, "430", "audited"), (2, "441", "forecast")]


def test_a_reading_whose_correction_waits_is_not_unaudited_so_that_no_slot_ever_scores_twice(
    march: March, zhou: Account, chen: Account
) -> None:
    Reading.objects.filter(version=1).update(audited_by=chen)
    old = march.reading(COAL, 3, 1)
    take(march, (COAL, 3, 1, "441"), by=zhou)
    with pytest.raises(readings.WrongState, match="更正在等审核"):
        readings.unaudit(plant=march.plant, readings=[old], reason="化验单有误", by=zhou, at=AT)
    # both versions waiting would be audited together, and both would be summed
    slot = Reading.objects.filter(channel__series=COAL, starts_at=old.starts_at)
    readings.audit(plant=march.plant, readings=slot, by=chen, at=AT)
    assert versions(march, COAL, 3, 1) == [(1, "430", "superseded"), (2, "441", "audited")]


def test_a_correction_needs_its_reason_and_waits_for_the_second_person(
    march: March, zhou: Account, chen: Account
) -> None:
    old = march.reading(COAL, 4, 2)
    with pytest.raises(readings.NoReason):
        readings.correct(reading=old, text="450", decimals=1, reason="", by=zhou, at=AT)
    made = readings.correct(reading=old, text="450", decimals=1, reason="磅单补录", by=zhou, at=AT)
    assert (made.version, made.text, made.value, made.state, made.reason) == (2, "450", 4500, "forecast", "磅单补录")
    assert (made.day, made.shift_no, made.letter, made.starts_at) == (old.day, 2, old.letter, old.starts_at)
    with pytest.raises(readings.WrongState, match="更新的版本"):
        readings.correct(reading=old, text="460", decimals=1, reason="再改", by=zhou, at=AT)


def test_a_locked_month_takes_a_change_only_with_a_reason_and_the_second_persons_audit_locks_it(
    march: March, zhou: Account, chen: Account
) -> None:
    assert readings.lock(plant=march.plant, month=MARCH, by=zhou, at=AT) == readings.LockedMonth(186, 0)
    with pytest.raises(readings.Locked, match="2026-03 已锁定"):
        take(march, (COAL, 5, 1, "451"), by=zhou)
    assert take(march, (COAL, 5, 1, "430"), by=zhou).unchanged == 1
    take(march, (COAL, 5, 1, "451"), by=zhou, reason="补化验")
    assert versions(march, COAL, 5, 1) == [(1, "430", "locked"), (2, "451", "forecast")]
    readings.audit(plant=march.plant, readings=newest(march, 5, 1), by=chen, at=AT)
    assert versions(march, COAL, 5, 1) == [(1, "430", "superseded"), (2, "451", "locked")]


def test_a_locked_reading_is_not_unaudited(march: March, zhou: Account, chen: Account) -> None:
    readings.lock(plant=march.plant, month=MARCH, by=zhou, at=AT)
    with pytest.raises(readings.Locked, match="不能反审核"):
        readings.unaudit(plant=march.plant, readings=list(newest(march, 5, 1)), reason="错了", by=chen, at=AT)


def test_a_month_that_is_not_over_is_not_locked(march: March, zhou: Account) -> None:
    with pytest.raises(readings.WrongState, match="2026-04-01 08:00 才结束"):
        readings.lock(plant=march.plant, month=MARCH, by=zhou, at=dt.datetime(2026, 4, 1, 7, 59))
    with pytest.raises(readings.WrongState, match="没有可锁定的"):
        readings.lock(plant=march.plant, month=Period.month(2026, 2), by=zhou, at=AT)


def test_the_lock_leaves_forecasts_behind_and_says_how_many(march: March, zhou: Account) -> None:
    take(march, (COAL, 6, 1, "431"), by=zhou)
    assert readings.lock(plant=march.plant, month=MARCH, by=zhou, at=AT) == readings.LockedMonth(186, 1)


def entry(march: March, text: str | None, *, day: int = 7, hour: int = 8, **more: Any) -> Entry:
    at = dt.datetime(2026, 3, day, hour)
    return Entry(unit=march.line, series=COAL, decimals=1, starts_at=at, text=text, **more)


def test_an_entered_value_takes_day_shift_and_crew_from_the_plants_clock(march: March, zhou: Account) -> None:
    march.reading(COAL, 7, 3).delete()
    done = readings.enter(rows=[entry(march, "12.34", day=8, hour=0)], by=zhou, at=AT)
    made = march.reading(COAL, 7, 3)
    assert (done.added, made.text, made.value, made.month, made.state) == (1, "12.34", 123, 202603, "forecast")
    # 7 March is day 65; (65 + 2i) mod 8 = 5 for i = 2
    assert (made.ends_at, made.letter, made.known_at) == (dt.datetime(2026, 3, 8, 8), "丙", AT)


def test_an_audited_value_is_changed_by_entry_only_with_a_reason(march: March, zhou: Account) -> None:
    with pytest.raises(readings.NoReason) as refused:
        readings.enter(rows=[entry(march, "430"), entry(march, "431", day=8)], by=zhou, at=AT)
    assert refused.value.row == 1
    done = readings.enter(rows=[entry(march, "431", reason="看错表")], by=zhou, at=AT)
    assert (done.changed, versions(march, COAL, 7, 1)[-1]) == (1, (2, "431", "forecast"))


def test_an_instant_that_begins_no_slot_is_refused(march: March, zhou: Account) -> None:
    with pytest.raises(readings.BadSlot, match="2026-03-07 09:00 不是一格的开始：sm_coal 按班上报"):
        readings.enter(rows=[entry(march, "1", hour=9)], by=zhou, at=AT)


def test_the_month_end_settlement_is_a_reading_of_its_own_beside_the_shifts(march: March, zhou: Account) -> None:
    Channel.objects.create(unit=march.line, series=COAL, grain="settlement", from_on=dt.date(2025, 1, 1))
    given = entry(march, "40000", day=1, grain="settlement")
    assert readings.enter(rows=[given], by=zhou, at=AT).added == 1
    made = Reading.objects.get(channel__grain="settlement")
    assert (made.day, made.shift_no, made.month, made.ends_at) == (
        dt.date(2026, 3, 31), 0, 202603, dt.datetime(2026, 4, 1, 8),
    )  # fmt: skip
    assert readings.enter(rows=[entry(march, "430", day=1)], by=zhou, at=AT).unchanged == 1  # the shift, not the month


def test_every_write_marks_its_month_for_the_facts(march: March, zhou: Account, chen: Account) -> None:
    def wanted() -> int:
        return Partition.objects.get(plant=march.plant, fact="readings", month=202603).wanted

    seen = [wanted()]
    for write in (
        lambda: readings.enter(rows=[entry(march, "431", reason="看错表")], by=zhou, at=AT),
        lambda: readings.audit(plant=march.plant, readings=newest(march, 7, 1), by=chen, at=AT),
        lambda: readings.unaudit(plant=march.plant, readings=list(newest(march, 7, 1)), reason="错", by=zhou, at=AT),
        lambda: readings.reject(plant=march.plant, readings=newest(march, 7, 1), reason="错", by=chen, at=AT),
    ):
        write()
        seen.append(wanted())
    assert seen == sorted(set(seen))


def test_a_date_that_lies_ahead_is_a_slip_of_the_pen_and_writes_no_shifts_up_to_it(march: March, zhou: Account) -> None:
    """2206 for 2026: 180 years of shift rows for every line. An instrument's clock may run ahead by a day."""
    values = shift_values(calendar_of(march.plant), "QL-R1", (COAL, 1, 1, "430"))
    on = dt.date(2206, 3, 1)
    values.stamps[0] = Stamp(*calendar_of(march.plant).bounds(on, 1), on, 1, Period.month(2206, 3))
    with pytest.raises(readings.BadSlot, match="日报!B2：2206-03-01 还没有到"):
        readings.take(plant=march.plant, values=values, grain="shift", by=zhou, at=AT)
    ahead = entry(march, "430")
    with pytest.raises(readings.BadSlot, match="2206-03-01 08:00 还没有到"):
        readings.enter(rows=[replace(ahead, starts_at=dt.datetime(2206, 3, 1, 8))], by=zhou, at=AT)
    tomorrow = replace(ahead, starts_at=dt.datetime(2026, 4, 3, 8))
    assert readings.enter(rows=[tomorrow], by=zhou, at=AT).added == 1
    assert ShiftRow.objects.latest("day").day == dt.date(2026, 4, 3)


@pytest.mark.parametrize("text", ["1e30", "999999999999999999"])
def test_a_number_no_reading_can_be_is_refused_in_words(march: March, zhou: Account, text: str) -> None:
    with pytest.raises(readings.BadSlot, match="太大"):
        readings.enter(rows=[entry(march, text, reason="看错表")], by=zhou, at=AT)
    with pytest.raises(readings.BadSlot, match="太大"):
        readings.correct(reading=march.reading(COAL, 4, 2), text=text, decimals=1, reason="看错表", by=zhou, at=AT)
