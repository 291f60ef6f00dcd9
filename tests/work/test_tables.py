"""Plans, benchmarks, costs, scores, accounts, stops and holidays as workbooks: all or nothing, and the second time nothing."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ronglu.config.plant import pack_of
from ronglu.exchange.table import read_table
from ronglu.kernel.table import TableFaults, Taken
from ronglu.kernel.time.period import Period
from ronglu.store.models import (
    Account,
    AuditEntry,
    Benchmark,
    Channel,
    DayRow,
    Holiday,
    Import,
    ImportedScore,
    Partition,
    Plan,
    PlanStop,
    Reading,
)
from ronglu.work import accounts, scores, shifts
from ronglu.work.accounts import AccountProblem
from ronglu.work.queries import rated
from ronglu.work.scores import BadScore
from ronglu.work.tables import run
from tests.cast import AT, ON, Cast, cast
from tests.exchange.books import write
from tests.work.clock import set_clock

__all__ = ["cast"]

PLANS = ["单位", "指标", "年份", "全年", "1月", "2月", "3月"]
SCORES = ["种类", "党组织", "单位", "时段", "分数", "所依办法"]


@dataclass
class Desk:
    """Brings workbooks in, the whole way from the file."""

    cast: Cast
    folder: Path

    def bring(self, kind: str, head: Sequence[str], *rows: Sequence[Any], by: str = "周统计员") -> Taken:
        return self._do(run.take, kind, head, rows, by)

    def rehearse(self, kind: str, head: Sequence[str], *rows: Sequence[Any], by: str = "周统计员") -> Taken:
        return self._do(run.rehearse, kind, head, rows, by)

    def faults(
        self, kind: str, head: Sequence[str], *rows: Sequence[Any], by: str = "周统计员"
    ) -> list[tuple[int, str, str]]:
        with pytest.raises(TableFaults) as refused:
            self.bring(kind, head, *rows, by=by)
        return [(fault.row.number + 1, fault.column, fault.what) for fault in refused.value.faults]

    def _do(self, verb: Any, kind: str, head: Sequence[str], rows: Sequence[Sequence[Any]], by: str) -> Taken:
        plant, pack, account = self.cast.plant, pack_of("qinglan"), self.cast.account[by]
        table = run.declare(kind, plant=plant, pack=pack, on=ON)
        found = read_table(write(self.folder / "a.xlsx", {"表": [head, *rows]}), table)
        assert found.ready, [(p.where, p.message) for p in found.problems]
        batch = Import.objects.create(
            plant=plant, kind=kind, file_name="a.xlsx", digest="x", size=1, path="x", created_by=account, created_at=AT
        )
        return verb(kind, plant=plant, pack=pack, rows=found.rows, by=account, at=AT, batch=batch)


@pytest.fixture
def desk(cast: Cast, tmp_path: Path) -> Desk:
    set_clock(cast.plant)
    return Desk(cast, tmp_path)


def plans() -> dict[str, str]:
    return dict(Plan.objects.order_by("period").values_list("period", "value"))


def test_a_year_and_its_months_become_plans_and_a_second_time_nothing_changes(desk: Desk) -> None:
    row = ["转炉线", "SM-01", 2026, 11000, 930, "", 900.5]
    assert desk.bring("plans", PLANS, row).touched == 3
    assert plans() == {"2026": "11000", "2026-01": "930", "2026-03": "900.5"}
    before = list(Plan.objects.order_by("pk").values())
    again = desk.bring("plans", PLANS, row)
    assert (again.touched, again.unchanged) == (0, 3)
    assert list(Plan.objects.order_by("pk").values()) == before


def test_a_blank_month_keeps_its_plan_and_the_mark_takes_it_away(desk: Desk) -> None:
    desk.bring("plans", PLANS, ["转炉线", "SM-01", 2026, "", 930, 840, 900])
    done = desk.bring("plans", PLANS, ["转炉线", "SM-01", 2026, "", "", "删除", 910])
    assert (done.new, done.changed, done.deleted) == (0, 1, 1)
    assert plans() == {"2026-01": "930", "2026-03": "910"}


def test_a_plan_marks_the_built_months_it_moves_and_no_others(desk: Desk) -> None:
    for month in (202601, 202603, 202701):
        Partition.objects.create(plant=desk.cast.plant, fact="readings", month=month, wanted=1, built=1)
    desk.bring("plans", PLANS, ["转炉线", "SM-01", 2026, "", "", "", 900])
    assert list(Partition.objects.order_by("month").values_list("month", "wanted")) == [
        (202601, 1),
        (202603, 2),
        (202701, 1),
    ]
    desk.bring("plans", PLANS, ["转炉线", "SM-01", 2026, 11000, "", "", ""])
    assert list(Partition.objects.order_by("month").values_list("wanted", flat=True)) == [2, 3, 1]


def test_one_wrong_row_keeps_all_rows_out_and_every_fault_is_told(desk: Desk) -> None:
    found = desk.faults(
        "plans", PLANS,
        ["转炉线", "SM-01", 2026, 11000, 930, "", 900],
        ["精炼线", "SM-01", 2026, 100, "", "", ""],
        ["转炉线", "SM-02", 2026, "", 42, "", ""],
        ["转炉线", "SM-05", 2026, 50, 30, 30, ""],
    )  # fmt: skip
    assert [(row, column) for row, column, _ in found] == [(3, "unit"), (3, "indicator"), (5, "whole")]
    assert found[0][2] == "这个单位不在您的职责范围内，请由其统计员或调度导入"
    assert found[1][2].endswith("的指标，这条产线没有")
    assert not Plan.objects.exists()
    assert not AuditEntry.objects.filter(verb="plans.put").exists()


def test_twelve_months_that_do_not_make_the_year_are_noted_and_taken(desk: Desk) -> None:
    head = [*PLANS, *(f"{month}月" for month in range(4, 13))]
    done = desk.bring("plans", head, ["转炉线", "SM-01", 2026, 1300, *([100] * 12)])
    assert [note.what for note in done.notes] == ["全年 1300，十二个月相加 1200，按各月的数执行"]
    assert done.new == 13


def test_day_plans_lie_beside_the_months(desk: Desk) -> None:
    head = ["单位", "指标", "生产日", "计划值"]
    desk.bring("plans_day", head, ["转炉线", "SM-01", dt.date(2026, 3, 5), 25], ["转炉线", "SM-01", "2026-03-06", 0])
    assert plans() == {"2026-03-05": "25", "2026-03-06": "0"}


def test_a_rehearsal_says_what_would_change_and_changes_nothing(desk: Desk) -> None:
    assert desk.rehearse("plans", PLANS, ["转炉线", "SM-01", 2026, 11000, "", "", ""]).new == 1
    assert not Plan.objects.exists()
    assert not AuditEntry.objects.exists()


def test_benchmarks_keep_their_source_and_day_and_older_ones_stay(desk: Desk) -> None:
    head = ["指标", "层级", "标杆值", "出处", "日期", "负责人工号"]
    old = ["SM-02", "行业先进", 38, "行业年报第 12 页", dt.date(2025, 1, 1), "20106"]
    assert desk.bring("benchmarks", head, old, by="陈技术员").new == 1
    assert desk.bring("benchmarks", head, [*old[:2], "38.0", *old[3:5], ""], by="陈技术员").touched == 0
    assert desk.bring("benchmarks", head, [*old[:2], 37, "行业年报", dt.date(2026, 1, 1), ""], by="陈技术员").new == 1
    found = Benchmark.objects.order_by("dated_on")
    assert [(one.tier, one.value, one.owner and one.owner.name) for one in found] == [
        ("industry", "38", "陈技术员"), ("industry", "37", None),
    ]  # fmt: skip


def test_a_benchmark_of_the_future_or_of_nobody_is_refused(desk: Desk) -> None:
    head = ["指标", "层级", "标杆值", "出处", "日期", "负责人工号"]
    found = desk.faults("benchmarks", head, ["SM-02", "自身最好", 38, "台账", dt.date(2026, 3, 11), "90001"])
    assert [(column, what) for _, column, what in found] == [
        ("owner", "青岚冶炼厂没有工号 90001，请核对"), ("dated_on", "2026-03-11 还没有到，标杆只能是已经达到的值"),
    ]  # fmt: skip


def test_a_cost_is_a_reading_of_its_month_that_waits_for_its_audit(desk: Desk) -> None:
    head = ["单位", "费用项目", "月份", "金额"]
    row = ["转炉线", "粗铜加工费用", "2026-02", 1234567.89]
    assert desk.bring("costs", head, row).new == 1
    reading = Reading.objects.select_related("channel").get()
    assert (reading.channel.series, reading.channel.grain, reading.month) == ("sm_cost", "month", 202602)
    assert (reading.value, reading.text, reading.state, reading.place) == (123456789, "1234567.89", "forecast", "表!2")
    assert (reading.starts_at, reading.ends_at) == (dt.datetime(2026, 2, 1, 8), dt.datetime(2026, 3, 1, 8))
    assert desk.bring("costs", head, row).touched == 0
    assert desk.bring("costs", head, [*row[:3], 1200000]).changed == 1


def test_a_cost_that_comes_by_day_too_would_count_twice_and_is_refused(desk: Desk) -> None:
    Channel.objects.create(unit=desk.cast.unit["QL-R1"], series="sm_cost", grain="day", from_on=dt.date(2026, 1, 1))
    found = desk.faults("costs", ["单位", "费用项目", "月份", "金额"], ["转炉线", "sm_cost", "2026-02", 5])
    assert found == [(2, "series", "“粗铜加工费用”在这个单位按日上报，再按月导入会算两次")]


def test_scores_count_only_after_a_second_person(desk: Desk) -> None:
    done = desk.bring(
        "scores", SCORES,
        ["往期党建分", "转炉党支部", "", "2025-Q4", 92.5, "原办法"],
        ["行政绩效", "", "转炉线", "2026-02", 101.25, ""],
        by="孙干事",
    )  # fmt: skip
    assert (done.new, done.says) == (2, ("2 个分数等待另一人认可",))
    batch, subject = Import.objects.get(), f"unit:{desk.cast.unit['QL-R1'].pk}"
    asked = {"plant": desk.cast.plant, "kind": "admin", "subjects": [subject], "period": "2026-02"}
    assert scores.approved(**asked) == {}
    with pytest.raises(BadScore, match="由您导入，须由另一人认可"):
        scores.approve(batch=batch, by=desk.cast.account["孙干事"], at=AT)
    assert scores.approve(batch=batch, by=desk.cast.account["高书记"], at=AT) == 2
    assert scores.approved(**asked) == {subject: 10125}


def test_a_score_changed_after_its_approval_waits_again(desk: Desk) -> None:
    row = ["往期党建分", "转炉党支部", "", "2025-Q4", 92.5, "原办法"]
    desk.bring("scores", SCORES, row, by="孙干事")
    scores.approve(batch=Import.objects.get(), by=desk.cast.account["高书记"], at=AT)
    assert desk.bring("scores", SCORES, row, by="孙干事").touched == 0
    assert ImportedScore.objects.get().approved_by is not None
    assert desk.bring("scores", SCORES, [*row[:4], 91, row[5]], by="孙干事").changed == 1
    who = desk.cast.account["高书记"].pk
    found = ImportedScore.objects.order_by("number").values_list("value", "approved_by")
    assert list(found) == [(9250, who), (9100, None)]
    # brought in once more while it waits, it is the same row
    assert desk.bring("scores", SCORES, [*row[:4], 91.5, row[5]], by="孙干事").changed == 1
    assert list(ImportedScore.objects.order_by("number").values_list("value", flat=True)) == [9250, 9150]


def test_what_was_approved_stands_until_the_next_one_is_and_when_that_is_rejected(desk: Desk) -> None:
    row = ["行政绩效", "", "转炉线", "2026-02", 101.25, ""]
    by, subject = desk.cast.account["高书记"], f"unit:{desk.cast.unit['QL-R1'].pk}"
    asked = {"plant": desk.cast.plant, "kind": "admin", "subjects": [subject], "period": Period.month(2026, 2)}
    desk.bring("scores", SCORES, row, by="孙干事")
    first = Import.objects.get()
    scores.approve(batch=first, by=by, at=AT)
    for text, decide, stands in ((99, scores.reject, 10125), (98, scores.approve, 9800)):
        desk.bring("scores", SCORES, [*row[:4], text, ""], by="孙干事")
        assert scores.approved(**asked) == {subject: 10125}
        batch = Import.objects.order_by("pk").last()
        assert batch is not None and batch != first
        why = {"reason": "数不对"} if decide is scores.reject else {}
        assert decide(batch=batch, by=by, at=AT, **why) == 1
        assert scores.approved(**asked) == {subject: stands}
    told = rated.imported(plant=desk.cast.plant, kind="admin", period=Period.month(2026, 2))
    assert told == {subject: (9800, batch.pk)}


def test_a_score_says_which_kind_of_subject_it_needs(desk: Desk) -> None:
    found = desk.faults(
        "scores", SCORES,
        ["行政绩效", "转炉党支部", "", "2026-02", 90, ""],
        ["往期党建分", "转炉党支部", "转炉线", "2025-Q4", 90, ""],
        ["往期党建分", "转炉党支部", "", "2026-05", 90, ""],
        by="孙干事",
    )  # fmt: skip
    assert [(row, column) for row, column, _ in found] == [(2, "unit"), (3, "unit"), (4, "period")]


def test_rejected_scores_are_gone_and_need_a_reason(desk: Desk) -> None:
    desk.bring("scores", SCORES, ["往期党建分", "转炉党支部", "", "2025-Q4", 92.5, ""], by="孙干事")
    batch, by = Import.objects.get(), desk.cast.account["高书记"]
    with pytest.raises(BadScore, match="原因"):
        scores.reject(batch=batch, reason=" ", by=by, at=AT)
    assert scores.reject(batch=batch, reason="办法已废止", by=by, at=AT) == 1
    assert not ImportedScore.objects.exists()


def test_accounts_are_opened_without_a_password_and_it_is_issued_once(desk: Desk) -> None:
    Account.objects.filter(staff_no__in=["20110", "20111"]).delete()
    by = desk.cast.account["系统管理员"]
    done = desk.bring("accounts", ["工号", "姓名"], ["20110", "吴师傅"], [20111, ""], ["20101", ""], by="系统管理员")
    assert (done.new, done.unchanged) == (2, 1)
    assert [account.staff_no for account in accounts.unissued(plant=desk.cast.plant)] == ["20110", "20111"]
    issued = accounts.issue(plant=desk.cast.plant, by=by, at=AT)
    assert [(one.account.staff_no, one.account.must_change) for one in issued] == [("20110", True), ("20111", True)]
    assert Account.objects.get(staff_no="20110").check_password(issued[0].password)
    assert accounts.issue(plant=desk.cast.plant, by=by, at=AT) == ()
    trail = "".join(str(entry.detail) for entry in AuditEntry.objects.all())
    assert issued[0].password not in trail
    assert desk.bring("accounts", ["工号"], ["20110"], by="系统管理员").touched == 0


def test_an_account_without_a_password_cannot_log_in(desk: Desk) -> None:
    Account.objects.filter(staff_no="20110").delete()
    desk.bring("accounts", ["工号"], ["20110"], by="系统管理员")
    account = Account.objects.get(staff_no="20110")
    assert not account.has_usable_password()
    assert not account.check_password("")
    with pytest.raises(AccountProblem):
        accounts.reset(account=desk.cast.account["系统管理员"], by=desk.cast.account["系统管理员"], at=AT)


def test_an_account_needs_a_person_of_the_roster_under_that_name(desk: Desk) -> None:
    found = desk.faults("accounts", ["工号", "姓名"], ["77777", ""], ["20110", "李班长"], by="系统管理员")
    assert [(row, column) for row, column, _ in found] == [(2, "staff_no"), (3, "name")]


def test_holidays_move_working_days_that_were_written_out(desk: Desk) -> None:
    shifts.materialise(plant=desk.cast.plant, first=dt.date(2026, 4, 3), last=dt.date(2026, 4, 6))
    head = ["日期", "放假或上班", "名称"]
    rows = [[dt.date(2026, 4, 6), "放假", "清明节"], [dt.date(2026, 4, 4), "上班", "清明节调休"]]
    assert desk.bring("holidays", head, *rows).new == 2
    assert list(DayRow.objects.order_by("day").values_list("workday", flat=True)) == [True, True, False, False]
    assert desk.bring("holidays", head, *rows).touched == 0
    assert desk.bring("holidays", head, [dt.date(2026, 4, 6), "放假", "清明"]).changed == 1
    assert Holiday.objects.get(day=dt.date(2026, 4, 6)).name == "清明"


def test_stops_come_in_as_proposals_and_a_repeated_one_is_left(desk: Desk) -> None:
    head = ["单位", "停产首日", "停产末日", "原因"]
    row = ["转炉线", dt.date(2026, 3, 4), dt.date(2026, 3, 6), "检修"]
    done = desk.bring("stops", head, row)
    assert (done.new, done.says) == (1, ("1 项停产等待另一人批准",))
    stop = PlanStop.objects.get()
    assert (stop.until_on, stop.approved_by, stop.set_by) == (dt.date(2026, 3, 7), None, desk.cast.account["周统计员"])
    assert desk.bring("stops", head, row).touched == 0
    found = desk.faults("stops", head, ["转炉线", dt.date(2026, 3, 6), dt.date(2026, 3, 8), "又修"])
    assert found == [(2, "first", "与已有的停产（2026-03-04 至 2026-03-06，检修）重叠")]
