"""One score explained: rule, figures, steps, the readings with their origin, and what one corrected reading moved."""

import datetime as dt
from decimal import Decimal

import pytest

from ronglu.boards.explain.read import Explanation, missing, read, readings
from ronglu.config.plant import pack_of
from ronglu.store.models import Import, ItemFigure, Mapping, PlanStop, Reading
from tests.boards.assessed import AT, MARCH, March, assess, cast, march  # noqa: F401
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def explain(
    cast: Cast, item: str, *, name: str = "孙干事", body: str = "QL-B1", number: int | None = None
) -> Explanation | None:
    return read(
        scope=cast.scope(name), plant=cast.plant, month=MARCH, body=body, item=item, number=number,
        pack=pack_of(cast.plant.code),
    )  # fmt: skip


def test_the_rule_its_parameters_and_where_it_comes_from_are_told(cast: Cast, march: March) -> None:
    assess(march)
    told = explain(cast, "D3")
    assert told.trace.sentence.startswith("D3 能耗物耗得 7.03 分（满分 8）")
    assert ("满分", "8 分") in told.trace.params
    assert ("最低覆盖率", "90%，低于即缺数，不计分") in told.trace.params
    assert told.trace.source == "系统默认，可修改"
    assert told.days == (dt.date(2026, 3, 1), dt.date(2026, 3, 31))


def test_the_figure_shows_both_sums_and_how_many_readings_they_are_of(cast: Cast, march: March) -> None:
    assess(march)
    coal = explain(cast, "D3").figure("SM-02")
    assert (coal.shown, coal.plan, coal.covered, coal.expected) == (Decimal("43.00"), Decimal(42), 93, 93)
    # 93 shifts × 430 kg over 93 shifts × 10 t
    assert [(p.label, p.unit, p.amount, p.n, p.below) for p in coal.parts] == [
        (coal.series[0].name, "kg", Decimal("39990.0"), 93, False),
        (coal.series[1].name, "t", Decimal("930.000"), 93, True),
    ]


def test_the_steps_lead_from_the_plan_to_the_points(cast: Cast, march: March) -> None:
    assess(march)
    steps = explain(cast, "D3").trace.steps
    said = [(s.label, s.value) for s in steps]
    # 42 ÷ 43 = 0.976744; 0.7 + 0.026744 ÷ 0.03 × 0.2 = 0.878293 (to nine decimals)
    assert ("达成率", "0.976744") in said
    assert said[-1] == ("得分，四舍五入到两位", "7.03 分")


def test_the_branch_stands_on_the_line_of_the_rule(cast: Cast, march: March) -> None:
    assess(march)
    curve = explain(cast, "D3").curve
    assert curve.points[0] == (Decimal("0.85"), Decimal(0))
    assert curve.points[-1] == (Decimal("1.05"), Decimal(1))  # bonus is off: the overshoot is capped
    assert [(m.attainment, m.share.quantize(Decimal("0.0001"))) for m in curve.marks] == [
        (Decimal("0.976744"), Decimal("0.8783"))
    ]
    assert explain(cast, "B5").curve is None


def test_the_readings_are_the_very_ones_with_file_sheet_and_cell(cast: Cast, march: March) -> None:
    batch = Import.objects.create(
        plant=cast.plant, file_name="班报_转炉_2026-03.xlsx", digest="ab12cd34ef", size=1, path="x",
        created_by=march.by, created_at=AT,
    )  # fmt: skip
    first = march.reading("sm_coal", 1, 1)
    Reading.objects.filter(pk=first.pk).update(
        batch=batch, place="煤耗!F37", audited_by=cast.account["陈技术员"], audited_at=AT
    )
    assess(march)
    told = explain(cast, "D3")
    found = readings(scope=cast.scope("孙干事"), told=told, figure=told.figure("SM-02"))
    assert found.page.paginator.count == 93
    row = found.rows[0]
    assert (row.day, row.shift, row.unit) == (dt.date(2026, 3, 1), "白", "转炉线")
    coal, feed = row.values
    assert (coal.text, coal.file, coal.place, coal.digest) == ("430", "班报_转炉_2026-03.xlsx", "煤耗!F37", "ab12cd34")
    assert (coal.entered_by, coal.audited_by, coal.version) == ("周统计员", "陈技术员", 1)
    assert (feed.text, feed.file) == ("10", "")


def test_readings_come_in_pages_at_the_same_cost(cast: Cast, march: March) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    assess(march)
    told = explain(cast, "D3")
    counted = []
    for page in (1, 3):
        with CaptureQueriesContext(connection) as seen:
            found = readings(scope=cast.scope("孙干事"), told=told, figure=told.figure("SM-02"), page=page)
        counted.append(len(seen))
        assert len(found.rows) == 31
    assert counted[0] == counted[1]
    assert (found.rows[0].day, found.rows[-1].day) == (dt.date(2026, 3, 21), dt.date(2026, 3, 31))


def test_a_reader_without_the_readings_sees_the_sums_alone(cast: Cast, march: March) -> None:
    assess(march)
    for name in ("何组长", "集团"):  # both may see the sheet, neither has readings.see
        told = explain(cast, "D3", name=name)
        found = readings(scope=cast.scope(name), told=told, figure=told.figure("SM-02"))
        assert (told.figure("SM-02").shown, found.page.paginator.count) == (Decimal("43.00"), 0)


def test_one_corrected_and_audited_reading_is_shown_from_reading_to_total(cast: Cast, march: March) -> None:
    assess(march)
    old = march.reading("sm_coal", 12, 3)
    new = march.restate(old, "1360", 13_600, audited=True)
    Reading.objects.filter(pk=new.pk).update(
        reason="皮带秤漏记一车", audited_by=cast.account["陈技术员"], audited_at=AT
    )
    assess(march)
    moved = explain(cast, "D3").moved
    assert moved.number == 1
    said = {s.label: (s.before, s.after) for s in moved.steps}
    # 39,990 + 930 = 40,920; ÷ 930 = 44.00; 42 ÷ 44 = 0.954545 → 0.730300 × 8 = 5.84
    assert said["煤耗"] == ("43.00", "44.00")
    assert said["D3"] == ("7.03", "5.84")
    assert said["D 类"] == ("19.03", "17.84")  # D1 is full: 12.00
    won = [Decimal(text) for text in said["生产融合百分·得分"]]
    assert won[1] - won[0] == Decimal("-1.19")
    assert "生产融合百分·折算" in said
    assert [(r.day, r.shift, r.before.text, r.after.text, r.after.reason, r.after.audited_by) for r in moved.readings] == [
        (dt.date(2026, 3, 12), "夜", "430", "1360", "皮带秤漏记一车", "陈技术员")
    ]  # fmt: skip


def test_the_old_run_still_shows_the_old_version_and_says_what_came_later(cast: Cast, march: March) -> None:
    assess(march)
    march.restate(march.reading("sm_coal", 1, 1), "520", 5_200, audited=True)
    assess(march)
    for number, text, other in ((1, "430", ("", "v2 520")), (2, "520", ("v1 430", ""))):
        told = explain(cast, "D3", number=number)
        found = readings(scope=cast.scope("孙干事"), told=told, figure=told.figure("SM-02"))
        coal = found.rows[0].values[0]
        assert (coal.text, (coal.old, coal.newer)) == (text, other)


def test_a_correction_that_waits_for_its_audit_is_counted_and_does_not_score(cast: Cast, march: March) -> None:
    march.restate(march.reading("sm_coal", 1, 1), "520", 5_200, audited=False)
    assess(march)
    told = explain(cast, "D3")
    found = readings(scope=cast.scope("孙干事"), told=told, figure=told.figure("SM-02"))
    assert (found.waiting, found.rows[0].values[0].text, found.rows[0].values[0].newer) == (1, "430", "v2 520")
    assert told.cell.text == "7.03"


def test_an_item_that_did_not_move_says_nothing_of_the_one_that_did(cast: Cast, march: March) -> None:
    assess(march)
    march.restate(march.reading("sm_coal", 12, 3), "1360", 13_600, audited=True)
    assess(march)
    assert explain(cast, "B5").moved is None
    assert explain(cast, "B5").previous == 1


def test_a_branch_with_one_crew_sees_that_crews_shifts_only(cast: Cast, march: March) -> None:
    Mapping.objects.create(body=cast.body["QL-B2"], unit=cast.unit["QL-R1-甲"], from_on=dt.date(2025, 1, 1))
    assess(march)
    told = explain(cast, "D3", body="QL-B2")
    found = readings(scope=cast.scope("孙干事"), told=told, figure=told.figure("SM-02"))
    assert {row.letter for row in found.rows} == {"甲"}
    assert found.page.paginator.count == told.figure("SM-02").parts[0].n


def test_a_branch_that_took_the_line_over_on_the_14th_sees_its_readings_from_then_on(cast: Cast, march: March) -> None:
    line = cast.unit["QL-R1"]
    Mapping.objects.filter(body=cast.body["QL-B1"], unit=line).update(until_on=dt.date(2026, 3, 14))
    Mapping.objects.create(body=cast.body["QL-B2"], unit=line, from_on=dt.date(2026, 3, 14))
    assess(march)
    counts = {}
    for body in ("QL-B1", "QL-B2"):
        told = explain(cast, "D3", body=body)
        found = readings(scope=cast.scope("孙干事"), told=told, figure=told.figure("SM-02"))
        counts[body] = (found.page.paginator.count, found.rows[0].day)
    assert counts == {"QL-B1": (13 * 3, dt.date(2026, 3, 1)), "QL-B2": (18 * 3, dt.date(2026, 3, 14))}


def test_an_imported_score_names_its_ground_and_both_persons(cast: Cast, march: March) -> None:
    ItemFigure.objects.create(
        body=cast.body["QL-B1"], item="A1", month=202603, won=350, ground="台账第 3 页",
        entered_by=cast.account["孙干事"], entered_at=AT, signed_by=cast.account["高书记"], signed_at=AT,
    )  # fmt: skip
    assess(march)
    signed = explain(cast, "A1").signed
    assert (signed.ground, signed.entered_by, signed.signed_by) == ("台账第 3 页", "孙干事", "高书记")
    assert explain(cast, "A1", name="集团").signed.entered_by == ""


def test_other_peoples_branches_and_unknown_items_are_not_there(cast: Cast, march: March) -> None:
    assess(march)
    assert explain(cast, "D3", name="王书记", body="QL-B2") is None
    assert explain(cast, "D3", name="外人") is None
    assert explain(cast, "Z9") is None


def test_the_shift_that_cost_most_comes_first_and_says_how_far_it_was_off(cast: Cast, march: March) -> None:
    march.restate(march.reading("sm_coal", 12, 3), "1360", 13_600, audited=True)
    march.restate(march.reading("sm_coal", 20, 1), "400", 4_000, audited=True)
    assess(march)
    told = explain(cast, "D3")
    found = readings(scope=cast.scope("孙干事"), told=told, figure=told.figure("SM-02"), ranked=True)
    # 1,360 kg ÷ 10 t = 136 against 42; 400 ÷ 10 = 40 is better than 42 and comes last of all
    first = found.rows[0]
    assert (first.day, first.shift, first.whole.shown, first.whole.gap, first.whole.worse) == (
        dt.date(2026, 3, 12), "夜", Decimal("136.00"), Decimal("94.00"), True,
    )  # fmt: skip
    last = readings(scope=cast.scope("孙干事"), told=told, figure=told.figure("SM-02"), ranked=True, page=3).rows[-1]
    assert (last.day, last.whole.gap, last.whole.worse) == (dt.date(2026, 3, 20), Decimal("-2.00"), False)


def test_what_the_shifts_cost_adds_up_to_what_the_month_is_over_its_plan(cast: Cast, march: March) -> None:
    assess(march)
    told = explain(cast, "D3")
    pages = [
        readings(scope=cast.scope("孙干事"), told=told, figure=told.figure("SM-02"), page=n).rows for n in (1, 2, 3)
    ]
    # 39,990 kg − 42 kg/t × 930 t
    assert sum((row.whole.loss for rows in pages for row in rows), Decimal(0)) == Decimal(930)


def test_missing_shifts_are_named_with_what_was_not_read(cast: Cast, march: March) -> None:
    march.channel("sm_coal").readings.filter(day__lte="2026-03-04").delete()  # 12 of 93
    march.channel("sm_feed_dry").readings.filter(day="2026-03-04", shift_no=2).update(state="forecast")
    assess(march)
    told = explain(cast, "D3")
    assert told.trace.sentence == "D3 能耗物耗：缺数（满分 8）。覆盖 81/93，低于 90%，不计分"
    found = missing(scope=cast.scope("孙干事"), told=told, figure=told.figure("SM-02"), until=dt.date(2026, 3, 31))
    coal, feed = (series.name for series in told.figure("SM-02").series)
    assert len(found) == 12
    assert (found[0].day, found[0].shift, found[0].series) == (dt.date(2026, 3, 1), "白", (coal,))
    assert (found[-2].day, found[-2].shift, set(found[-2].series)) == (dt.date(2026, 3, 4), "中", {coal, feed})


def test_a_shift_of_an_approved_stop_is_not_missing(cast: Cast, march: March) -> None:
    march.channel("sm_coal").readings.filter(day__lte="2026-03-04").delete()
    PlanStop.objects.create(
        unit=march.line, reason="炉修", from_on=dt.date(2026, 3, 1), until_on=dt.date(2026, 3, 4),
        approved_by=cast.account["马主任"],
    )  # fmt: skip  # three days of four
    assess(march)
    told = explain(cast, "D3")
    found = missing(scope=cast.scope("孙干事"), told=told, figure=told.figure("SM-02"), until=dt.date(2026, 3, 31))
    assert {gap.day for gap in found} == {dt.date(2026, 3, 4)}


def test_a_stop_that_nobody_approved_excuses_no_shift(cast: Cast, march: March) -> None:
    """The score counts it as due (facts/spine), so the explanation has to name it."""
    march.channel("sm_coal").readings.filter(day="2026-03-01").delete()
    PlanStop.objects.create(unit=march.line, reason="炉修", from_on=dt.date(2026, 3, 1), until_on=dt.date(2026, 3, 2))
    assess(march)
    told = explain(cast, "D3")
    found = missing(scope=cast.scope("孙干事"), told=told, figure=told.figure("SM-02"), until=dt.date(2026, 3, 31))
    assert {gap.day for gap in found} == {dt.date(2026, 3, 1)}
