"""Small tables and rosters on their way in through the same steps as readings: trial, confirmation, report."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ronglu.config.plant import pack_of
from ronglu.exchange.arrive import arrive
from ronglu.exchange.template import write_template
from ronglu.store.models import Account, Import, ImportedScore, Person, Plan, Reading
from ronglu.tasks.imports_check import book_of
from ronglu.work import imports, rosters_in
from ronglu.work.imports import ImportTrouble
from ronglu.work.imports_kinds import KINDS
from ronglu.work.tables import run
from tests.cast import ON, Cast, cast  # noqa: F401  (the fixture)
from tests.exchange.books import write
from tests.tasks.books import AT, check, confirm
from tests.work.clock import set_clock

pytestmark = pytest.mark.django_db
PLANS = ["单位", "指标", "年份", "全年", "3月"]


@pytest.fixture
def bring(cast: Cast, settings: Any, tmp_path: Path) -> Any:
    settings.HOME, settings.TODAY = tmp_path / "home", "2026-03-10"
    set_clock(cast.plant)

    def bring_rows(kind: str, by: str, *rows: Sequence[Any], path: Path | None = None) -> Import:
        book = path or write(tmp_path / "表.xlsx", {"表": rows})
        with book.open("rb") as file:
            kept = arrive(book.name, iter(lambda: file.read(65536), b""), settings.HOME)
        one = imports.File(name=book.name, digest=kept.digest, size=kept.size, path=kept.path)
        return check(imports.upload(plant=cast.plant, kind=kind, file=one, by=cast.account[by], at=AT))

    return bring_rows


def told(imported: Import, severity: str = "error") -> list[tuple[str, str]]:
    return [(p["cell"], p["message"]) for p in imported.report["problems"] if p["severity"] == severity]


def counts(imported: Import) -> tuple[int, int, int]:
    """New, changed, unchanged."""
    return imported.counts["new"], imported.counts["changed"], imported.counts["unchanged"]


def test_plans_are_read_on_trial_then_written_and_again_change_nothing(bring: Any) -> None:
    rows = (PLANS, ["转炉线", "SM-01", 2026, 11000, 930])
    one = bring("plans", "周统计员", *rows)
    assert (one.state, counts(one), one.report["ready"]) == ("checked", (2, 0, 0), True)
    assert not Plan.objects.exists()
    one = confirm(one)
    assert (one.state, Plan.objects.get(period="2026-03").batch) == ("done", one)
    assert counts(bring("plans", "周统计员", *rows)) == (0, 0, 2)


def test_faults_of_cells_and_of_the_plant_carry_their_cells_into_the_error_workbook(bring: Any) -> None:
    one = bring("plans", "周统计员", PLANS, ["精炼线", "SM-01", 2026, "多", 5])
    assert [cell for cell, _ in told(one)] == ["D2"]
    one = bring("plans", "周统计员", PLANS, ["精炼线", "SM-01", 2026, 60, 5])
    assert [cell for cell, _ in told(one)] == ["A2", "B2"]
    page = openpyxl.load_workbook(book_of(one))["表"]
    assert page["A2"].fill.fgColor.rgb.endswith("FFD8D2")
    with pytest.raises(ImportTrouble):
        confirm(one)


def test_what_was_ready_is_read_again_and_refused_when_the_plant_has_moved_on(bring: Any, cast: Cast) -> None:
    one = bring(
        "stops", "周统计员", ["单位", "停产首日", "停产末日", "原因"], ["转炉线", "2026-03-04", "2026-03-06", "检修"]
    )
    other = bring(
        "stops", "周统计员", ["单位", "停产首日", "停产末日", "原因"], ["转炉线", "2026-03-05", "2026-03-08", "大修"]
    )
    confirm(one)
    with pytest.raises(imports.NotReady):
        confirm(other)
    other.refresh_from_db()
    assert (other.state, other.report["ready"]) == ("checked", False)
    assert "重叠" in told(other)[0][1]


def test_scores_say_that_they_wait_for_a_second_person(bring: Any) -> None:
    head = ["种类", "党组织", "时段", "分数"]
    one = bring("scores", "孙干事", head, ["往期党建分", "转炉党支部", "2025-Q4", 92.5])
    assert told(one, "note") == [("", "1 个分数等待另一人认可")]
    assert confirm(one).state == "done"
    assert ImportedScore.objects.get().batch == one


def test_a_cost_of_a_locked_month_asks_for_its_reason(bring: Any, cast: Cast) -> None:
    head = ["单位", "费用项目", "月份", "金额"]
    confirm(bring("costs", "周统计员", head, ["转炉线", "sm_cost", "2026-02", 100]))
    Reading.objects.update(state="locked")
    one = bring("costs", "周统计员", head, ["转炉线", "sm_cost", "2026-02", 120])
    assert (one.counts["changed"], one.report["frozen"]) == (1, 1)
    with pytest.raises(ImportTrouble, match="原因"):
        confirm(one)
    assert counts(confirm(one, reason="发票补到")) == (0, 1, 0)
    assert Reading.objects.order_by("-version").first().reason == "发票补到"


def test_a_roster_with_a_forbidden_column_is_refused_by_the_columns_name(bring: Any) -> None:
    one = bring("roster", "孙干事", ["工号", "姓名", "身份证号"], ["20201", "钱师傅", "1"])
    assert told(one) == [("C1", "“身份证号”：身份证件号码不保存，以工号识别人员。请在文件中删去这一列后再上传。")]
    assert not Person.objects.filter(staff_no="20201").exists()


def test_doubtful_columns_of_a_roster_are_asked_about_and_the_answers_read(bring: Any) -> None:
    one = bring("roster", "孙干事", ["工号", "姓名", "电话", "爱好"], ["20201", "钱师傅", "6100", "棋"])
    asked = {p["key"]: p["choices"] for p in one.report["problems"] if p["severity"] == "question"}
    assert asked == {"roster:电话": ["yes", "no"], "roster:爱好": ["skip"]}
    one = check(one, answers={"roster:电话": "yes", "roster:爱好": "skip"})
    assert (counts(one), one.report["ready"]) == ((1, 0, 0), True)
    assert confirm(one).state == "done"
    assert Person.objects.get(staff_no="20201").contact == "6100"


def test_many_unknown_columns_are_left_out_with_one_answer(bring: Any) -> None:
    head = ["工号", "姓名", "爱好", "特长", "车牌", "衣号"]
    one = bring("roster", "孙干事", head, ["20201", "钱师傅", "棋", "电焊", "x", "L"])
    assert one.report["questions"] == 4
    one = check(one, answers={"all:roster_unknown": "skip"})
    assert (counts(one), one.report["ready"]) == ((1, 0, 0), True)


def test_a_roster_fault_stands_at_its_cell_and_the_same_roster_twice_changes_nobody(bring: Any) -> None:
    one = bring("roster", "孙干事", ["工号", "姓名", "单位"], ["20101", "李班长", "没有的线"])
    assert told(one) == [("C2", "没有叫“没有的线”的单位")]
    rows = (["工号", "姓名", "单位"], ["20202", "钱师傅", "转炉线"], ["20101", "李班长", ""])
    assert counts(confirm(bring("roster", "孙干事", *rows))) == (1, 0, 1)
    assert counts(bring("roster", "孙干事", *rows)) == (0, 0, 2)


@pytest.mark.parametrize("kind", [code for code, kind in KINDS.items() if kind.template and code != "roster"])
def test_every_template_says_only_that_it_is_empty(bring: Any, cast: Cast, tmp_path: Path, kind: str) -> None:
    write_template(run.declare(kind, plant=cast.plant, pack=pack_of("qinglan"), on=ON), tmp_path / "t.xlsx")
    assert [p["code"] for p in bring(kind, "周统计员", path=tmp_path / "t.xlsx").report["problems"]] == ["table_empty"]


def test_the_roster_template_is_accepted_as_a_roster(bring: Any, tmp_path: Path) -> None:
    write_template(rosters_in.template(), tmp_path / "t.xlsx")
    one = bring("roster", "孙干事", path=tmp_path / "t.xlsx")
    assert (one.report["problems"], one.counts["new"]) == ([], 0)


def test_accounts_brought_in_have_no_password_anywhere_in_the_report(bring: Any, cast: Cast) -> None:
    Account.objects.filter(staff_no="20110").delete()
    one = confirm(bring("accounts", "系统管理员", ["工号"], ["20110"]))
    assert counts(one) == (1, 0, 0)
    assert told(one, "note") == [("", "1 个新账号还没有口令，请到“账号”页发放")]
    assert not Account.objects.get(staff_no="20110").has_usable_password()
