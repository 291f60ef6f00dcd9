"""A month's scores out of cases: what fell due, what was kept in time, whom it counts for, and what asks for a veto."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from ronglu.config.plant import pack_of
from ronglu.facts import cases, civil, partition
from ronglu.kernel.loops.loop import Clock
from ronglu.kernel.time.period import Period
from ronglu.store.models import CalendarRow, Case, CaseRow, Partition, Post
from ronglu.tasks.assess import assess_month
from ronglu.work import cases_clock, cases_view
from tests.cast import AT as MONDAY  # 10 March 2026, nine o'clock
from tests.cast import SINCE, Cast, cast  # noqa: F401  (the fixture)
from tests.facts.plant_month import AT, MARCH, March, make_march
from tests.facts.scored import lines, result, same_in_the_kernel
from tests.work.loops_cast import LOOPS, line, report, settle, step

pytestmark = pytest.mark.django_db
FRIDAY = dt.date(2026, 3, 13)
DAY = dt.timedelta(days=1)


@pytest.fixture
def march(cast: Cast, settings: Any, tmp_path: Path) -> March:
    settings.HOME, settings.TODAY = tmp_path, "2026-04-03"
    line_ = cast.unit["QL-R1"]
    return make_march(plant=line_.plant, line=line_, by=cast.account["周统计员"])


def fixing(
    cast: Cast, *, measures: int, due_on: dt.date = FRIDAY, unit: str = "QL-R1-甲"
) -> tuple[Case, list[CaseRow]]:
    """A graded hazard whose measures 陈技术员 is to take by a Friday."""
    case = report(cast, unit=cast.unit[unit]).case
    step(cast, case, "赵安全员", "grade")
    rows = [line(cast, case, "赵安全员", who="陈技术员", due_on=due_on) for _ in range(measures)]
    step(
        cast, case, "赵安全员", "settle", fixer="陈技术员", funds="不需要", fix_by=str(due_on), fallback="不需要，不停产"
    )  # fmt: skip
    return case, rows


def close(cast: Cast, case: Case, rows: list[CaseRow], *, at: dt.datetime = MONDAY) -> None:
    for row in rows:
        settle(cast, row, "陈技术员", "done", at=at)
    step(cast, case, "陈技术员", "ask", at=at)
    for row in rows:
        settle(cast, row, "赵安全员", "pass", at=at)
    step(cast, case, "赵安全员", "close", at=at)


@pytest.mark.covers("S4-24")
def test_of_twenty_measures_of_eighteen_hazards_nineteen_are_closed_and_one_hazard_stays_open(
    cast: Cast, march: March
) -> None:
    """AV-3: seventeen hazards with eighteen measures are closed, the eighteenth has one of two passed."""
    # all are found before the first is closed: a later report of the same place and kind would re-open it
    hazards = [fixing(cast, measures=2 if no > 15 else 1) for no in range(18)]
    *whole, (half, (first, second)) = hazards
    for case, rows in whole:
        close(cast, case, rows)
    settle(cast, first, "陈技术员", "done")
    settle(cast, second, "陈技术员", "done")
    step(cast, half, "陈技术员", "ask")
    settle(cast, first, "赵安全员", "pass")
    assert (Case.objects.count(), CaseRow.objects.count()) == (18, 20)
    assert Case.objects.filter(phase="closed").count() == 17
    half.refresh_from_db()
    assert half.state == "checking"
    found = result(assess_month(plant=march.plant, month=MARCH, at=AT), "E1")
    # 19 ÷ 20 × 12 = 11.40
    assert (found.state, found.won, lines(found)) == ("scored", 1140, [("measures", 19, 20)])
    late = [one for one in found.basis["records"] if one["state"] != "kept"]
    assert [(one["record"], one["no"], one["due"], one["done"]) for one in late] == [
        (half.number, 2, "2026-03-13", "2026-03-10")
    ]
    assert same_in_the_kernel(found)


def test_done_by_its_day_and_passed_later_is_in_time_and_done_a_day_later_is_not(cast: Cast, march: March) -> None:
    evening, night, slow = (fixing(cast, measures=1) for _ in range(3))
    close(cast, *evening, at=dt.datetime(2026, 3, 13, 23, 0))
    close(cast, *night, at=dt.datetime(2026, 3, 14, 1, 0))
    settle(cast, slow[1][0], "陈技术员", "done", at=dt.datetime(2026, 3, 13, 8, 0))
    step(cast, slow[0], "陈技术员", "ask", at=dt.datetime(2026, 3, 13, 9, 0))
    settle(cast, slow[1][0], "赵安全员", "pass", at=dt.datetime(2026, 3, 20, 8, 0))
    found = result(assess_month(plant=march.plant, month=MARCH, at=AT), "E1")
    assert lines(found) == [("measures", 2, 3)]


def test_a_measure_counts_in_the_month_of_its_day_for_the_branch_of_its_place(cast: Cast, march: March) -> None:
    fixing(cast, measures=1, due_on=dt.date(2026, 3, 31))
    fixing(cast, measures=1, due_on=dt.date(2026, 4, 1))
    run = assess_month(plant=march.plant, month=MARCH, at=AT)
    assert (result(run, "E1").won, lines(result(run, "E1"))) == (0, [("measures", 0, 1)])
    # nothing fell due for the other branch: full, as the item says
    assert (result(run, "E1", "QL-B2").state, result(run, "E1", "QL-B2").won) == ("nothing", 1200)


def test_what_is_not_due_yet_at_the_end_of_yesterday_is_not_counted(cast: Cast, march: March, settings: Any) -> None:
    fixing(cast, measures=1, due_on=dt.date(2026, 3, 20))
    for today, counted in (("2026-03-20", []), ("2026-03-21", [("measures", 0, 1)])):
        settings.TODAY = today
        run = assess_month(plant=march.plant, month=MARCH, at=AT)
        assert lines(result(run, "E1")) == counted


def test_dropped_lines_and_void_cases_count_for_nothing(cast: Cast, march: March) -> None:
    fixing(cast, measures=1)
    _, (dropped, _) = fixing(cast, measures=2)
    settle(cast, dropped, "赵安全员", "drop", reason="与第 2 条重复")
    run = assess_month(plant=march.plant, month=MARCH, at=AT)
    assert lines(result(run, "E1")) == [("measures", 0, 2)]
    case = report(cast, unit=cast.unit["QL-R1-乙"]).case
    step(cast, case, "赵安全员", "grade")
    line(cast, case, "赵安全员", who="陈技术员", due_on=FRIDAY)
    assert lines(result(assess_month(plant=march.plant, month=MARCH, at=AT), "E1")) == [("measures", 0, 3)]
    step(cast, case, "赵安全员", "void", reason="查无此事")
    assert lines(result(assess_month(plant=march.plant, month=MARCH, at=AT), "E1")) == [("measures", 0, 2)]


def test_a_plant_that_writes_down_no_hazards_has_no_full_points_for_it(cast: Cast, march: March) -> None:
    run = assess_month(plant=march.plant, month=MARCH, at=AT)
    assert {result(run, code).state for code in ("E1", "E2", "E4", "C1", "C4")} == {"not_wired"}


def major(cast: Cast) -> Case:
    """重大: a plan, approved, five settled, due on the 13th."""
    case = report(cast).case
    step(cast, case, "赵安全员", "grade_major", board="厂级督办", stop="停 2# 炉")
    return case


def test_a_major_hazard_a_week_overdue_asks_for_a_veto_and_changes_no_points(cast: Cast, march: March) -> None:
    """Due in the state 定方案 on the third working day after Tuesday 10 March: the 13th; seven days more: the 20th."""
    case = major(cast)
    run = assess_month(plant=march.plant, month=MARCH, at=AT)
    found = result(run, "E1")
    assert (found.state, found.won, found.basis["vetoes"]) == ("nothing", 1200, ["major_hazard_overdue"])
    assert [(one["record"], one["due"]) for one in found.basis["records"]] == [(case.number, "2026-03-20")]
    assert not run.totals.filter(vetoed=True).exists()
    cases_clock.tend_cases(loops=LOOPS, at=dt.datetime(2026, 3, 21))
    case.refresh_from_db()
    assert case.flag == "major_hazard_overdue"


def test_only_the_months_that_a_step_touches_are_written_again(cast: Cast, march: March, settings: Any) -> None:
    _, rows = fixing(cast, measures=1)
    fixing(cast, measures=1, due_on=dt.date(2026, 4, 20))
    assess_month(plant=march.plant, month=MARCH, at=AT)
    paths = {m: partition.path_of(settings.HOME, fact="cases", plant="qinglan", month=m) for m in (202603, 202604)}
    before = {month: path.stat().st_mtime_ns for month, path in paths.items()}
    kept = {one.month: one.digest for one in Partition.objects.filter(fact="cases")}
    assert {m: partition.digest(pq.read_table(path).cast(civil.SCHEMA)) for m, path in paths.items()} == kept
    settle(cast, rows[0], "陈技术员", "done")
    assess_month(plant=march.plant, month=MARCH, at=AT)
    assert paths[202603].stat().st_mtime_ns > before[202603]
    assert paths[202604].stat().st_mtime_ns == before[202604]


def asked(cast: Cast, day: dt.date, *, answered: dt.date | None) -> Case:
    """A request of 吴师傅, sorted at once, to be answered by the tenth day after."""
    at, loop = dt.datetime.combine(day, dt.time(9)), LOOPS["request"]
    case = report(cast, loop=loop, at=at, given={"topic": "hours", "what": "夜班连排"}).case
    step(cast, case, "冯主席", "assign", loop=loop, at=at, handler="马主任", answer_by=str(day + 10 * DAY))
    if answered:
        step(cast, case, "马主任", "reply", loop=loop, at=dt.datetime.combine(answered, dt.time(9)), reply="排班已改")
    return case


def test_requests_are_counted_over_the_quarter_and_carried_until_the_next(cast: Cast, march: March) -> None:
    """Due 30 January in time, 15 February a day late, 12 March in time; one due 5 April is the next quarter's."""
    asked(cast, dt.date(2026, 1, 20), answered=dt.date(2026, 1, 30))
    asked(cast, dt.date(2026, 2, 5), answered=dt.date(2026, 2, 16))
    asked(cast, dt.date(2026, 3, 2), answered=dt.date(2026, 3, 12))
    asked(cast, dt.date(2026, 3, 26), answered=None)
    february = assess_month(plant=march.plant, month=Period.month(2026, 2), at=AT)
    assert result(february, "C5").state == "not_applicable"  # before the first audit of a quarter
    run = assess_month(plant=march.plant, month=MARCH, at=AT)
    found = result(run, "C5")
    # 2 ÷ 3 × 5 = 3.33
    assert (found.state, found.won, lines(found)) == ("scored", 333, [("answered", 2, 3)])
    assert [one["due"] for one in found.basis["records"]] == ["2026-01-30", "2026-02-15", "2026-03-12"]
    assert same_in_the_kernel(found)
    assert {name for name in run.partitions if name.startswith("cases/")} == {
        "cases/202601", "cases/202602", "cases/202603"
    }  # fmt: skip
    april = result(assess_month(plant=march.plant, month=Period.month(2026, 4), at=AT), "C5")
    assert (april.state, april.won, april.basis["from"]) == ("carried", 333, "2026-03")


def idea(cast: Cast, *, adopted: bool, finish_by: dt.date = dt.date(2026, 3, 25)) -> Case:
    """Collected in the group's meeting; at the second gate the committee adopts it or not."""
    loop = LOOPS["idea"]
    case = report(cast, "吴师傅", loop=loop, given={"what": "加装喷枪导向套"}).case
    step(cast, case, "何组长", "collect", loop=loop, group=cast.body["QL-B1-甲"].pk, meeting="2026-03-10")
    if adopted:
        step(
            cast, case, "王书记", "adopt", loop=loop, reason="见效快", committee="2026-03-10", finish_by=str(finish_by),
            doer="李班长",
        )  # fmt: skip
    else:
        step(cast, case, "王书记", "decline", loop=loop, reason="已有同类措施")
    return case


def carried_out(cast: Cast, case: Case, *, at: dt.datetime, verified: bool = True) -> None:
    step(cast, case, "李班长", "finish", loop=LOOPS["idea"], at=at, result="已装")
    if verified:
        step(cast, case, "马主任", "verify_plain", loop=LOOPS["idea"], at=at + DAY, reason="不涉及金额")


def test_of_94_ideas_the_second_gate_rejects_20_and_the_rate_is_of_the_adopted_that_fell_due(
    cast: Cast, march: March
) -> None:
    """AV-8: 74 adopted, 70 of them due in March; of these 63 carried out and verified in time, 1 late, 6 not verified yet."""
    cases = [idea(cast, adopted=no >= 20, finish_by=dt.date(2026, 3 if no < 90 else 4, 25)) for no in range(94)]
    adopted = cases[20:]
    assert (Case.objects.filter(state="doing").count(), len(adopted)) == (74, 74)
    for case in adopted[:63]:
        carried_out(cast, case, at=dt.datetime(2026, 3, 24, 9))
    carried_out(cast, adopted[63], at=dt.datetime(2026, 3, 26, 9))
    for case in adopted[64:70]:
        carried_out(cast, case, at=dt.datetime(2026, 3, 24, 9), verified=False)
    found = result(assess_month(plant=march.plant, month=MARCH, at=AT), "D6")
    # 63 ÷ 70 × 6 = 5.40
    assert (found.state, found.won, lines(found)) == ("scored", 540, [("implemented", 63, 70)])
    assert same_in_the_kernel(found)


def test_a_problem_answered_within_five_working_days_counts_for_the_quarter(cast: Cast, march: March) -> None:
    """Raised on Tuesday 10 March, due on the 17th: one answered then, one on the 18th, one shelved, which is no debt."""
    loop = LOOPS["problem"]
    cases = [report(cast, loop=loop, given={"what": "喷枪堵塞"}).case for _ in range(3)]
    for case, day in ((cases[0], 17), (cases[1], 18)):
        said = {"answer": "下周停炉换枪", "solver": "陈技术员", "solve_by": "2026-04-10"}
        step(cast, case, "马主任", "take", loop=loop, at=dt.datetime(2026, 3, day, 16), **said)
    step(cast, cases[2], "马主任", "shelve", loop=loop, reason="等大修")
    found = result(assess_month(plant=march.plant, month=MARCH, at=AT), "A6")
    assert lines(found) == [("answered", 1, 2)]


def feedback(cast: Cast, at: dt.datetime) -> Case:
    """The downstream crew files an anode lot; the converter line answers."""
    given = {"lot": "Y-0320-2", "aspect": "looks", "plates": "400", "rejects": "12"}
    return report(cast, "郑师傅", loop=LOOPS["feedback"], at=at, given=given, unit=cast.unit["QL-R1"]).case


def test_feedback_of_the_night_shift_belongs_to_the_day_on_which_the_shift_began(cast: Cast, march: March) -> None:
    """AV-14: shifts 07/15/23; filed at 23:40 and at 02:10 of the 21st, both of the 夜 shift of the 20th; 8 hours from filing."""
    shifts = [
        {"no": no, "name": name, "starts": starts, "hours": "8"}
        for no, (name, starts) in enumerate((("白", "07:00"), ("中", "15:00"), ("夜", "23:00")), start=1)
    ]
    CalendarRow.objects.update(day_starts=dt.time(7), shifts=shifts)
    late, night = feedback(cast, dt.datetime(2026, 3, 20, 23, 40)), feedback(cast, dt.datetime(2026, 3, 21, 2, 10))
    assert late.due_at == dt.datetime(2026, 3, 21, 7, 40)
    for case, at in ((late, dt.datetime(2026, 3, 21, 7, 40)), (night, dt.datetime(2026, 3, 21, 10, 11))):
        step(cast, case, "马主任", "answer", loop=LOOPS["feedback"], at=at, cause_kind="method", cause="浇铸温度偏低")
    found = result(assess_month(plant=march.plant, month=MARCH, at=AT), "E4")
    assert (lines(found), found.won) == ([("answered", 1, 2)], 350)  # 1 ÷ 2 × 7
    assert [(one["record"], one["raised"], one["due"]) for one in found.basis["records"]] == [
        (late.number, "2026-03-20/3", "2026-03-21"), (night.number, "2026-03-20/3", "2026-03-21")
    ]  # fmt: skip
    assert same_in_the_kernel(found)


def test_of_a_confidential_or_anonymous_case_the_shift_is_not_told(cast: Cast, march: March) -> None:
    """In a crew of eight the shift is as good as a name."""
    made = [feedback(cast, dt.datetime(2026, 3, 20, 10)) for _ in range(3)]
    Case.objects.filter(pk=made[1].pk).update(secrecy="confidential")
    Case.objects.filter(pk=made[2].pk).update(raised_by=None)
    found = cases.rows(plant=march.plant, month=MARCH, loops=LOOPS)
    assert {row["record"]: row["shift_no"] is None for row in found} == {
        made[0].number: False, made[1].number: True, made[2].number: True
    }  # fmt: skip


def test_a_saving_is_82_ten_thousand_yuan_only_once_finance_has_confirmed_it(cast: Cast) -> None:
    """AV-17: quote 1,200,000 less own cost 380,000."""
    loop, figure = LOOPS["job"], LOOPS["job"].figures[0]
    case = report(cast, "李班长", loop=loop, given={"equipment": "3# 阳极炉", "kind": "repair", "what": "换衬"}).case
    step(cast, case, "马主任", "send", loop=loop, helper=cast.unit["QL-F"].pk, finish_by="2026-03-20", worker="郑师傅")
    step(cast, case, "郑师傅", "finish", loop=loop, result="衬砖换完", hours="96")
    step(
        cast, case, "陈技术员", "check", loop=loop, trial="试车正常", quote="1200000", quote_from="某检修公司 3 月报价",
        cost="380000",
    )  # fmt: skip
    assert (case.state, figure.of(cases_view.view(loop, case))) == ("counting", "")
    Post.objects.create(person=cast.person["孙干事"], unit=cast.unit["QL"], role="finance", from_on=SINCE)
    step(cast, case, "孙干事", "confirm", loop=loop, basis="外委合同与领料单")
    assert Decimal(figure.of(cases_view.view(loop, case))) == Decimal("82.0") * 10_000


def test_a_loop_that_is_only_declared_is_counted_and_scored(
    cast: Cast, march: March, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One declaration with a clock, and the item reads it: nothing else knows of the loop."""
    clock = Clock(code="asked", label="试办按时答复", en="Answered", states=("found",), fact="idea", item="D6")
    toy = replace(LOOPS["hazard"], code="toy", prefix="TT", label="试办", clocks=(clock,), ladder=())
    pack = pack_of("qinglan")
    monkeypatch.setattr(
        "ronglu.tasks.assess.pack_of", lambda _: replace(pack, base=replace(pack.base, loops={"toy": toy}))
    )
    for day in (11, 12):  # due on the 11th, the working day after
        case = report(cast, loop=toy).case
        step(cast, case, "赵安全员", "grade", loop=toy, at=dt.datetime(2026, 3, day, 9))
    found = result(assess_month(plant=march.plant, month=MARCH, at=AT), "D6")
    assert (lines(found), found.won) == ([("asked", 1, 2)], 300)
