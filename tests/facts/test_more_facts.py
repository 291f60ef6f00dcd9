"""Rounds, confirmed money and cleanliness findings as facts: what they count, whose they are, in which month, and what E3 takes off."""

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from ronglu.facts import benefits, civil, partition, rounds
from ronglu.kernel.time.period import Period
from ronglu.store.models import Case, Partition, Round, RoundAnswer, Zone
from ronglu.tasks.assess import assess_month
from ronglu.work import checklists, partitions, zones
from ronglu.work import rounds as verbs
from tests.cast import AT as TUESDAY
from tests.cast import SINCE, Cast, cast  # noqa: F401  (the fixture)
from tests.facts.plant_month import AT, MARCH, March, make_march
from tests.facts.scored import lines, result, same_in_the_kernel
from tests.work.loops_cast import LOOPS, line, report, settle, step, zone
from tests.work.loops_played import go, offices, raised

__all__ = ["offices"]
pytestmark = pytest.mark.django_db
FRIDAY = dt.date(2026, 3, 13)
APRIL = Period.month(2026, 4)


@pytest.fixture
def march(cast: Cast, settings: Any, tmp_path: Path) -> March:
    settings.HOME, settings.TODAY = tmp_path, "2026-04-03"
    line_ = cast.unit["QL-R1"]
    return make_march(plant=line_.plant, line=line_, by=cast.account["周统计员"])


def kept_rows(march: March, home: Path, fact: str) -> list[dict[str, Any]]:
    """What stands in the month's partition after it was freshened by an assessment."""
    assess_month(plant=march.plant, month=MARCH, at=AT)
    path = partition.path_of(home, fact=fact, plant=march.plant.code, month=202603)
    return pq.read_table(path).to_pylist()


def planned(cast: Cast, place: Zone, *work_classes: str) -> None:
    who: dict[str, Any] = {"by": cast.account["赵安全员"], "at": TUESDAY}
    for one in work_classes:
        checklists.publish(plant=cast.plant, work_class=one, cadence="week", lines=["地面无积料"], on=SINCE, **who)
    verbs.plan(plant=cast.plant, first=dt.date(2026, 3, 1), last=dt.date(2026, 4, 5), **who)


def walk(cast: Cast, due: dt.date, work_class: str, *, on: dt.date, found: str = "") -> Round:
    """李班长 walks a round; what he finds is a hazard of the zone."""
    row = Round.objects.get(due_on=due, work_class=work_class)
    at = dt.datetime.combine(on, dt.time(9))

    def raise_finding(one: verbs.Found) -> str:
        given = {"kind": "other", "what": one.words}
        return str(report(cast, "李班长", zone=one.zone, given=given, at=at).case.number)

    answer = verbs.Answer(1, "finding" if found else "ok", found)
    verbs.do(due=row, answers=[answer], by=cast.account["李班长"], at=at, raise_finding=raise_finding)
    return row


def test_rounds_count_in_the_month_of_their_day_and_are_kept_when_walked_by_then(
    cast: Cast, march: March, tmp_path: Path
) -> None:
    """Sundays of March: 1, 8, 15, 22, 29. One in time, one a day late, one called off, two never: 1 of 4; April's is April's."""
    planned(cast, zone(cast), "safety")
    assert list(Round.objects.order_by("due_on").values_list("due_on__month", flat=True)) == [3] * 5 + [4]
    walk(cast, dt.date(2026, 3, 8), "safety", on=dt.date(2026, 3, 8))
    walk(cast, dt.date(2026, 3, 15), "safety", on=dt.date(2026, 3, 16))
    off = Round.objects.get(due_on=dt.date(2026, 3, 22))
    verbs.cancel(due=off, reason="停产", by=cast.account["赵安全员"], at=TUESDAY)
    found = kept_rows(march, tmp_path, "rounds")
    assert {row["branch"] for row in found} == {cast.body["QL-B1"].pk}
    assert [(row["fact"], row["key"], row["day"].day, row["state"], row["num"], row["den"]) for row in found] == [
        ("zone_round", "safety", 1, "broken", 0, 1),
        ("zone_round", "safety", 8, "kept", 1, 1),
        ("zone_round", "safety", 15, "broken", 0, 1),
        ("zone_round", "safety", 29, "broken", 0, 1),
    ]
    # the one a day late says when it was walked
    assert [row["done"] for row in found if row["day"].day == 15] == [dt.date(2026, 3, 16)]
    # items read what has gone by, of the very same rows
    read = civil.rows(plant=march.plant, months=[MARCH], until=dt.date(2026, 3, 20), home=tmp_path)
    mine = [row for row in read if row["fact"] == rounds.FACT]
    assert (sum(row["num"] for row in mine), sum(row["den"] for row in mine)) == (1, 3)
    assert rounds.FACT in civil.kept(plant=march.plant, loops=LOOPS, last=MARCH.last)
    assert rounds.FACT not in civil.kept(plant=march.plant, loops=LOOPS, last=dt.date(2026, 2, 28))


def test_every_change_of_a_round_marks_its_month(cast: Cast, march: March) -> None:
    def wanted() -> dict[int, int]:
        return dict(Partition.objects.filter(plant=march.plant, fact="rounds").values_list("month", "wanted"))

    place = zone(cast)
    planned(cast, place, "safety")
    first = wanted()
    assert set(first) == {202603, 202604}
    walk(cast, dt.date(2026, 3, 8), "safety", on=dt.date(2026, 3, 8))
    assert wanted() == first | {202603: first[202603] + 1}
    april = Round.objects.get(due_on=dt.date(2026, 4, 5))
    verbs.cancel(due=april, reason="停产", by=cast.account["赵安全员"], at=TUESDAY)
    assert wanted()[202604] == first[202604] + 1
    zones.close(zone=place, on=dt.date(2026, 3, 10), by=cast.account["赵安全员"], at=TUESDAY)
    assert wanted() == {202603: first[202603] + 2, 202604: first[202604] + 1}


def test_rounds_planned_before_any_write_marked_a_month_are_counted_all_the_same(
    cast: Cast, march: March, tmp_path: Path
) -> None:
    planned(cast, zone(cast), "safety")
    Partition.objects.filter(fact="rounds").delete()
    assert len(kept_rows(march, tmp_path, "rounds")) == 5


def test_a_run_that_knew_a_partition_nobody_knows_any_more_is_to_be_computed_again(cast: Cast, march: March) -> None:
    planned(cast, zone(cast), "safety")
    run = assess_month(plant=march.plant, month=MARCH, at=AT)
    assert not partitions.moved_on(run)
    Partition.objects.filter(fact="rounds", month=202603).delete()
    assert partitions.moved_on(run)
    assess_month(plant=march.plant, month=MARCH, at=AT)
    assert not partitions.moved_on(run)


def put_right(cast: Cast, case: Case, *, done: bool) -> None:
    """One measure until Friday, passed in time or left open."""
    step(cast, case, "赵安全员", "grade")
    row = line(cast, case, "赵安全员", who="陈技术员", due_on=FRIDAY)
    five = {"funds": "不需要", "fix_by": str(FRIDAY), "fallback": "不需要"}
    step(cast, case, "赵安全员", "settle", fixer="陈技术员", **five)
    if done:
        settle(cast, row, "陈技术员", "done")
        step(cast, case, "陈技术员", "ask")
        settle(cast, row, "赵安全员", "pass")


def test_a_cleanliness_finding_costs_only_what_was_not_put_right_by_its_day(cast: Cast, march: March) -> None:
    """Two findings of cleanliness rounds, one put right, one left; one of a safety round left, one reported by hand left: −1 of 6."""
    planned(cast, zone(cast), "safety", "clean")
    walk(cast, dt.date(2026, 3, 8), "clean", on=dt.date(2026, 3, 7), found="积料")
    walk(cast, dt.date(2026, 3, 8), "safety", on=dt.date(2026, 3, 7), found="护栏松动")
    numbers = dict(RoundAnswer.objects.values_list("round__work_class", "raised"))
    left = Case.objects.get(number=numbers["clean"])
    # nothing is taken off for having found it
    assert result(assess_month(plant=march.plant, month=MARCH, at=AT), "E3").won == 600
    put_right(cast, left, done=False)
    put_right(cast, Case.objects.get(number=numbers["safety"]), done=False)
    by_hand = report(cast, zone=Zone.objects.get(), given={"kind": "site", "what": "杂物"}).case
    put_right(cast, by_hand, done=False)
    kept = Zone.objects.create(
        plant=cast.plant, unit=cast.unit["QL-R1-乙"], code="Z7", name="浇铸场", kind="own", token="tokZ7", from_on=SINCE
    )
    case = report(cast, "李班长", zone=kept, given={"kind": "other", "what": "浮灰"}).case
    RoundAnswer.objects.create(
        round=Round.objects.get(due_on=dt.date(2026, 3, 15), work_class="clean"), line=1, answer="finding", words="浮灰",
        raised=case.number,
    )  # fmt: skip
    put_right(cast, case, done=True)
    found = result(assess_month(plant=march.plant, month=MARCH, at=AT), "E3")
    assert (found.state, found.won) == ("scored", 500)
    assert [one for one in lines(found) if one[0] == "untidy"] == [("untidy", 1, 2)]
    assert same_in_the_kernel(found)
    assert {one["record"]: one["state"] for one in found.basis["records"]} == {
        left.number: "broken", case.number: "kept"
    }  # fmt: skip
    # the other branch found nothing
    assert result(assess_month(plant=march.plant, month=MARCH, at=AT), "E3", "QL-B2").won == 600


def confirmed_job(cast: Cast, *, at: dt.datetime, quote: str, cost: str) -> Case:
    case = raised(cast, "job", "李班长", unit=cast.unit["QL-R1-甲"], equipment="1# 风机", kind="repair", what="换轴承")
    go(cast, case, "马主任", "send", helper=cast.unit["QL-F1"].pk, finish_by="2026-03-20", worker="吴师傅")
    go(cast, case, "吴师傅", "finish", result="已换", hours="16")
    go(cast, case, "陈技术员", "check", trial="合格", quote=quote, quote_from="上次合同", cost=cost)
    go(cast, case, "郑师傅", "confirm", basis="领料单", at=at)
    return case


def test_confirmed_money_counts_in_cents_in_the_month_finance_confirmed_it(
    cast: Cast, march: March, tmp_path: Path
) -> None:
    """820,000.50 less 60,000.25 is 760,000.25 yuan in March; another is confirmed in April, one never."""
    counted = confirmed_job(cast, at=dt.datetime(2026, 3, 31, 17), quote="820000.50", cost="60000.25")
    later = confirmed_job(cast, at=dt.datetime(2026, 4, 1, 8), quote="5000", cost="1000")
    waiting = raised(cast, "job", "李班长", unit=cast.unit["QL-R1-甲"], equipment="2# 风机", kind="repair", what="找平")
    found = kept_rows(march, tmp_path, "benefits")
    assert [(row["fact"], row["branch"], row["type"], row["record"], row["num"], row["den"], row["day"]) for row in found] == [
        ("benefit", cast.body["QL-B1"].pk, "job", counted.number, 76000025, 100, dt.date(2026, 3, 31))
    ]  # fmt: skip
    april = benefits.rows(plant=march.plant, month=APRIL, loops=LOOPS)
    assert [(row["record"], row["num"]) for row in april] == [(later.number, 400000)]
    assert waiting.state == "asked"
    assert set(Partition.objects.filter(fact="benefits").values_list("month", flat=True)) == {202603, 202604}


def test_a_forecast_is_no_benefit_and_the_verified_figure_is(cast: Cast) -> None:
    case = raised(cast, "idea", "吴师傅", unit=cast.unit["QL-R1-甲"], what="烟罩加挡板", forecast="50000")
    go(cast, case, "何组长", "collect", group=cast.body["QL-B1-甲"].pk, meeting="3 月 10 日党小组会")
    go(
        cast,
        case,
        "王书记",
        "adopt",
        committee="3 月 10 日支委会",
        finish_by="2026-03-20",
        doer="何组长",
        reason="可行",
    )
    go(cast, case, "何组长", "finish", result="已装")
    go(cast, case, "马主任", "verify")
    assert benefits.rows(plant=cast.plant, month=MARCH, loops=LOOPS) == []
    go(cast, case, "郑师傅", "confirm", verified="42000.10")
    (row,) = benefits.rows(plant=cast.plant, month=MARCH, loops=LOOPS)
    assert (row["num"], row["type"], row["record"]) == (4200010, "idea", case.number)
