"""Bulletins of hazards: counted from the cases, two hands, fixed once counted, and what they tell the rules."""

import datetime as dt
from typing import Any

import pytest

from ronglu.kernel.regulation.finding import State
from ronglu.kernel.time.period import Period
from ronglu.store.models import AuditEntry, Case, Checklist, HazardBulletin, Round, Zone
from ronglu.work import bulletins, life_findings
from ronglu.work.bulletins import BadBulletin
from ronglu.work.queries import bulletins as queries
from tests.cast import Cast, cast  # noqa: F401

AT = dt.datetime(2026, 4, 2, 9)
MARCH, QUARTER = Period.parse("2026-03"), Period.parse("2026-Q1")


def hazard(cast: Cast, day: str, closed: str = "", *, unit: str = "QL-R1", grade: str = "minor", **more: Any) -> Case:
    found = dt.datetime.fromisoformat(day)
    data = {"kind": "site", "grade": grade} | more.pop("data", {})
    said = {"state": "closed", "phase": "closed"} if closed else {"state": "fixing", "phase": "working"}
    return Case.objects.create(
        plant=cast.plant, loop="hazard", version=1, number=f"YH-{Case.objects.count() + 1:03d}", title="护栏松动",
        unit=cast.unit[unit], raised_at=found, entered_at=found, data=data,
        closed_at=dt.datetime.fromisoformat(closed) if closed else None, **(said | more),
    )  # fmt: skip


def propose(cast: Cast, period: Period = MARCH, *, unit: str = "QL", at: dt.datetime = AT) -> HazardBulletin:
    return bulletins.propose(unit=cast.unit[unit], period=period, by=cast.account["赵安全员"], at=at)


def publish(cast: Cast, row: HazardBulletin, *, at: dt.datetime = AT, who: str = "马主任") -> HazardBulletin:
    return bulletins.publish(bulletin=row, place="board", announced_on=at.date(), by=cast.account[who], at=at)


def states(cast: Cast, rule: str, side: str, on: dt.date, subject: int | None = None) -> list[State]:
    found = life_findings.judge(plant=cast.plant, on=on, year=2026)
    return [
        one.state
        for one in found
        if (one.rule, one.side) == (rule, side) and (subject is None or int(one.subject.id) == subject)
    ]


def test_what_was_open_at_the_start_and_found_less_what_was_closed_is_what_is_left(cast: Cast) -> None:
    hazard(cast, "2026-02-10")  # still open
    hazard(cast, "2026-02-11", "2026-03-05")
    hazard(cast, "2026-02-12", "2026-02-20")  # over before March: not in it
    hazard(cast, "2026-03-03", "2026-03-09")
    hazard(cast, "2026-03-31 23:00", "2026-04-01", data={"fix_by": "2026-03-31"})  # closed too late for March
    hazard(cast, "2026-03-08", data={"fix_by": "2026-03-20"})  # overdue
    hazard(cast, "2026-04-01")  # after it
    total = propose(cast).figures["total"]["minor"]
    assert total == {"before": 2, "found": 3, "closed": 2, "left": 3, "late": 1}
    assert propose(cast, QUARTER).figures["rate"] == [3, 6]


def test_it_tells_workshops_and_grades_and_names_the_major_ones_by_their_number_alone(cast: Cast) -> None:
    one = hazard(cast, "2026-03-03", grade="major", data={"what": "煤气泄漏"})
    hazard(cast, "2026-03-04", "2026-03-06", unit="QL-F1", grade="")
    hazard(cast, "2026-03-05", unit="QL-HSE")
    figures = propose(cast).figures
    assert [(row["place"], row["counts"]["major"]["found"]) for row in figures["rows"]] == [
        ("熔炼车间", 1), ("精炼车间", 0), ("", 0),
    ]  # fmt: skip
    assert figures["majors"] == [{"number": one.number, "found_on": "2026-03-03", "closed_on": ""}]
    assert "煤气泄漏" not in str(figures)
    assert [row["place"] for row in propose(cast, unit="QL-F").figures["rows"]] == ["精炼车间"]


def test_a_confidential_hazard_a_void_one_and_a_neighbours_are_in_no_number(cast: Cast) -> None:
    hazard(cast, "2026-03-03", secrecy="confidential", grade="major")
    hazard(cast, "2026-03-03", state="void", phase="dropped")
    Case.objects.filter(pk=hazard(cast, "2026-03-03").pk).update(plant=cast.neighbour)
    assert propose(cast).figures["rows"] == []


def test_who_reported_without_a_name_is_counted_and_nothing_of_him_is_kept(cast: Cast) -> None:
    hazard(cast, "2026-03-03", claim="a" * 64)
    row = propose(cast)
    assert row.figures["total"]["minor"]["found"] == 1
    assert set(row.figures) == {"rows", "total", "rate", "majors"}


def test_nobody_publishes_what_he_proposed_and_the_figures_are_those_he_looked_at(cast: Cast) -> None:
    hazard(cast, "2026-03-03")
    row = propose(cast)
    with pytest.raises(BadBulletin, match="须由另一人"):
        publish(cast, row, who="赵安全员")
    hazard(cast, "2026-03-04")
    published = publish(cast, row)
    assert published.figures["total"]["minor"]["found"] == 1
    HazardBulletin.objects.filter(pk=row.pk).update(state="proposed", figures={**row.figures, "rate": [9, 9]})
    with pytest.raises(BadBulletin, match="不符"):
        publish(cast, row)
    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["bulletins.propose", "bulletins.publish"]


def test_where_and_when_it_was_announced_must_be_said(cast: Cast) -> None:
    row = propose(cast)
    with pytest.raises(BadBulletin, match="公示栏"):
        bulletins.publish(bulletin=row, place="wall", announced_on=AT.date(), by=cast.account["马主任"], at=AT)
    for day in (dt.date(2026, 3, 30), dt.date(2026, 4, 3)):
        with pytest.raises(BadBulletin, match="通报日期"):
            bulletins.publish(bulletin=row, place="board", announced_on=day, by=cast.account["马主任"], at=AT)


def test_one_period_is_told_once_and_again_only_after_it_was_withdrawn_by_another(cast: Cast) -> None:
    row = propose(cast)
    with pytest.raises(BadBulletin, match="待发布"):
        propose(cast)
    publish(cast, row)
    with pytest.raises(BadBulletin, match="已经发布"):
        propose(cast)
    with pytest.raises(BadBulletin, match="须由另一人撤回"):
        bulletins.withdraw(bulletin=row, reason="漏了", by=cast.account["马主任"], at=AT)
    bulletins.withdraw(bulletin=row, reason="漏了", by=cast.account["赵安全员"], at=AT)
    assert propose(cast).number == 2
    with pytest.raises(BadBulletin, match="不能拟"):
        propose(cast, Period.parse("2026-05"))


def test_publishing_tells_the_staff_of_every_hazard_up_to_the_covered_day(cast: Cast) -> None:
    """R-SAF-04: 30 days from being found."""
    early, late = hazard(cast, "2026-03-05"), hazard(cast, "2026-04-01 10:00")
    on = dt.date(2026, 5, 10)
    assert states(cast, "R-SAF-04", "staff", on, early.pk) == [State.MISSED]
    row = propose(cast)
    assert states(cast, "R-SAF-04", "staff", on, early.pk) == [State.MISSED]  # a proposal tells nobody
    publish(cast, row)
    assert states(cast, "R-SAF-04", "staff", on, early.pk) == [State.OK]
    assert states(cast, "R-SAF-04", "staff", on, late.pk) == [State.MISSED]
    bulletins.withdraw(bulletin=row, reason="漏了", by=cast.account["赵安全员"], at=AT)
    assert states(cast, "R-SAF-04", "staff", on, early.pk) == [State.MISSED]


def test_a_bulletin_of_one_workshop_tells_its_own_hazards_and_no_others(cast: Cast) -> None:
    here, there = hazard(cast, "2026-03-20"), hazard(cast, "2026-03-20", unit="QL-F1")
    publish(cast, propose(cast, unit="QL-R"))
    on = dt.date(2026, 5, 10)
    assert states(cast, "R-SAF-04", "staff", on, here.pk) == [State.OK]
    assert states(cast, "R-SAF-04", "staff", on, there.pk) == [State.MISSED]


def test_only_a_whole_quarter_or_year_is_kept_as_statistics(cast: Cast) -> None:
    """R-SAF-06, of a workshop whose zones are walked here since January."""
    since = dt.date(2026, 1, 1)
    zone = Zone.objects.create(
        plant=cast.plant, unit=cast.unit["QL-R1"], code="Z1", name="炉前", kind="own", token="t1", from_on=since
    )
    lines = Checklist.objects.create(plant=cast.plant, work_class="safety", version=1, from_on=since, cadence="month")
    Round.objects.create(
        zone=zone, checklist=lines, work_class="safety", due_on=since, state="done", done_at=dt.datetime(2026, 1, 1, 9)
    )
    site, on = cast.unit["QL-R"].pk, dt.date(2026, 5, 10)
    assert states(cast, "R-SAF-06", "quarter", on, site)[0] == State.MISSED
    half = propose(cast, QUARTER, at=dt.datetime(2026, 3, 20, 9))
    publish(cast, half, at=dt.datetime(2026, 3, 20, 10))
    assert states(cast, "R-SAF-06", "quarter", on, site)[0] == State.MISSED
    publish(cast, propose(cast, QUARTER))
    assert states(cast, "R-SAF-06", "quarter", on, site)[0] == State.OK
    after = dt.datetime(2027, 1, 10, 9)
    assert states(cast, "R-SAF-06", "year", dt.date(2027, 2, 10), site)[0] == State.MISSED
    publish(cast, propose(cast, Period.parse("2026"), at=after), at=after)
    assert states(cast, "R-SAF-06", "year", dt.date(2027, 2, 10), site)[0] == State.OK


def test_a_period_is_not_whole_on_the_afternoon_of_its_last_day(cast: Cast) -> None:
    """What is found that evening is found in this March, or it would be in the opening figure of April out of nowhere."""
    evening = dt.datetime(2026, 3, 31, 16)
    early = propose(cast, at=evening)
    assert early.until_on == dt.date(2026, 3, 30)
    publish(cast, early, at=evening)
    hazard(cast, "2026-03-31 20:00")
    assert propose(cast).figures["total"]["minor"]["found"] == 1


def test_a_proposal_is_read_by_those_who_deal_with_it_and_a_published_one_by_all_of_the_plant(cast: Cast) -> None:
    row = propose(cast)

    def readers() -> set[str]:
        return {name for name in cast.names if queries.one(scope=cast.scope(name), pk=row.pk)}

    assert readers() == {"赵安全员"}
    publish(cast, row)
    assert readers() == set(cast.names) - {"外人", "邻厂书记", "集团", "系统管理员", "安全管理员", "审计员"}


def test_what_waits_is_told_to_who_may_publish_and_did_not_propose(cast: Cast) -> None:
    bulletins.propose(unit=cast.unit["QL-R"], period=MARCH, by=cast.account["赵安全员"], at=AT)
    assert queries.waiting(cast.scope("马主任")).count() == 1
    assert queries.waiting(cast.scope("赵安全员")).count() == 0
