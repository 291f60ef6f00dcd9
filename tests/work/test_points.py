"""Member points: where they come from, who settles them, who is told, how they are objected to and taken back."""

import datetime as dt
from typing import Any

import pytest

from ronglu.kernel.loops.loop import Phase
from ronglu.kernel.standing.credits import credit
from ronglu.store.models import AuditEntry, Case, Deputy, Notice, PointEntry
from ronglu.work import points
from ronglu.work.points import BadPoint
from ronglu.work.queries import points as queries
from tests.cast import AT, ON, SINCE, Cast, cast  # noqa: F401  (the fixture)
from tests.work.loops_cast import LOOPS, step
from tests.work.membered import FRIDAY, POINTS, by, days, entry, proposed, record, seat

pytestmark = pytest.mark.django_db
APPEAL = LOOPS["appeal"]


def objected(cast: Cast, one: PointEntry, at: dt.datetime = AT, who: str = "李班长") -> Any:
    return points.object_to(
        entry=one, rules=POINTS, loop=APPEAL, ground="我做了两件，只记一件", wish="补记一件", by=cast.account[who],
        scope=cast.scope(who, at.date()), at=at,
    )  # fmt: skip


@pytest.mark.covers("S3-23", "S1-47")
def test_only_what_was_kept_and_verified_by_another_becomes_points_and_only_once(cast: Cast) -> None:
    """Reported late, or not verified yet, or of somebody who is no member: nothing. Looked at again: nothing more."""
    done = record(cast)
    late, waits = record(cast, key="case:2:1", kept=False), record(cast, key="case:3:1", verified=False)
    guest = record(cast, who="吴师傅", key="case:4:1")
    assert proposed(cast, done, late, waits, guest) == 1
    assert proposed(cast, done, late, waits, guest) == 0
    one = PointEntry.objects.get()
    assert (one.person.name, one.body.code, one.source, one.month, one.points_h, one.record, one.state) == (
        "李班长", "QL-B1", "idea_implemented", 202603, 300, "case:1:1", "declared",
    )  # fmt: skip
    assert one.entered_by is None


def test_what_the_system_reads_from_records_nobody_claims_by_hand(cast: Cast) -> None:
    with pytest.raises(BadPoint, match="由系统从已核实的记录取数"):
        _claim(cast, source="idea_implemented")
    with pytest.raises(BadPoint, match="没有“登录”这一种"):
        _claim(cast, source="登录")
    with pytest.raises(BadPoint, match="请写明依据"):
        _claim(cast, ground="  ")
    with pytest.raises(BadPoint, match="不能替别人申报"):
        _claim(cast, by_="何组长")
    made = _claim(cast)
    assert (made.points_h, made.month, made.state, made.label) == (
        150,
        202603,
        "declared",
        "2026-03-06 徒弟考过中级工，车间认定",
    )
    with pytest.raises(BadPoint, match="已经登记过"):
        _claim(cast)


def _claim(
    cast: Cast, *, source: str = "pair_goal", ground: str = "徒弟考过中级工，车间认定", by_: str = "李班长"
) -> PointEntry:
    person = cast.person["李班长"]
    return points.claim(person=person, rules=POINTS, source=source, on=FRIDAY, ground=ground, **by(cast, by_))


def test_a_deduction_is_entered_by_the_committee_and_verified_by_another_of_it(cast: Cast) -> None:
    seat(cast)
    with pytest.raises(BadPoint, match="扣分由本支部委员"):
        _claim(cast, source="violation", ground="安环通报 2026-11 号")
    made = _claim(cast, source="violation", ground="安环通报 2026-11 号", by_="王书记")
    assert made.points_h == -200
    with pytest.raises(BadPoint, match="须由另一名委员核实"):
        points.verify(entry=made, **by(cast, "王书记"))
    points.verify(entry=made, **by(cast, "何组长"))
    assert made.state == "verified"


@pytest.mark.parametrize("name", ["马主任", "孙干事", "高书记", "郑师傅", "邻厂书记", "赵安全员", "外人"])
def test_nobody_outside_the_committee_of_his_branch_settles_points(cast: Cast, name: str) -> None:
    one = entry(cast)
    for verb, more in ((points.verify, {}), (points.refuse, {"reason": "无"}), (points.reverse, {"reason": "无"})):
        with pytest.raises(BadPoint, match="只有本支部委员可以办"):
            verb(entry=one, **more, **by(cast, name))
    assert PointEntry.objects.get().state == "declared"


def test_nobody_settles_his_own_nor_those_of_whom_he_stands_in_for(cast: Cast) -> None:
    seat(cast)
    proposed(cast, record(cast, who="王书记"))
    own = PointEntry.objects.get()
    with pytest.raises(BadPoint, match="您自己的"):
        points.verify(entry=own, **by(cast, "王书记"))
    Deputy.objects.create(
        absent=cast.person["王书记"], deputy=cast.person["李班长"], from_on=SINCE, named_by=cast.account["王书记"]
    )
    with pytest.raises(BadPoint, match="所代理的人"):
        points.verify(entry=own, **by(cast, "李班长"))
    points.verify(entry=own, **by(cast, "何组长"))


def test_a_refused_claim_stays_with_its_reason(cast: Cast) -> None:
    one = entry(cast)
    with pytest.raises(BadPoint, match="请写明为什么"):
        points.refuse(entry=one, reason=" ", **by(cast, "王书记"))
    points.refuse(entry=one, reason="效果还没有核实", **by(cast, "王书记"))
    assert (one.state, one.reason) == ("reversed", "效果还没有核实")
    with pytest.raises(ValueError, match="什么也不能"):
        points.verify(entry=one, **by(cast, "王书记"))


@pytest.mark.covers("S3-23")
def test_the_member_is_told_and_has_five_days_before_it_is_booked(cast: Cast) -> None:
    """Told on the 10th: to be objected to until the 15th, booked from the 16th. Only he is told, and only in his inbox."""
    one = entry(cast, state="told")
    assert (one.state, one.told_on) == ("told", ON)
    told = Notice.objects.get()
    assert (told.person.name, told.state) == ("李班长", "none")
    assert told.text == "积分 3.00 分（建议实施见效）已由支部核实，2026-03-15 前可在“我的”里提异议"
    assert points.book(plant=cast.plant, rules=POINTS, at=days(5)) == 0
    assert points.book(plant=cast.plant, rules=POINTS, at=days(6)) == 1
    assert points.book(plant=cast.plant, rules=POINTS, at=days(7)) == 0
    one.refresh_from_db()
    assert (one.state, one.booked_at) == ("entered", days(6))
    assert points.tell(plant=cast.plant, rules=POINTS, at=days(7)) == 0


def test_an_open_objection_keeps_the_entry_out_and_an_upheld_one_takes_it_back(cast: Cast) -> None:
    one = entry(cast, state="told")
    with pytest.raises(BadPoint, match="只有本人"):
        objected(cast, one, who="何组长")
    case = objected(cast, one)
    assert (case.loop, case.secrecy, case.data["against"]) == ("appeal", "confidential", "points")
    assert case.data["which"] == f"2026-03 积分第 {one.pk} 条：建议实施见效 3.00 分"
    one.refresh_from_db()
    with pytest.raises(BadPoint, match="正在办理"):
        objected(cast, one)
    assert points.book(plant=cast.plant, rules=POINTS, at=days(9)) == 0
    for who, move, more in (
        ("高书记", "admit", {"maker": [cast.person["王书记"].pk], "checker": "赵安全员"}),
        ("赵安全员", "find", {"finding": "第二件也已验收"}),
        ("高书记", "correct", {"correction": "两件合记", "reason": "属实"}),
    ):
        step(cast, case, who, move, loop=APPEAL, at=days(9), **more)
    assert case.phase == Phase.CLOSED
    assert points.book(plant=cast.plant, rules=POINTS, at=days(9)) == 0
    one.refresh_from_db()
    assert (one.state, one.reason) == ("reversed", f"异议 {case.number} 成立，已更正")


def test_an_upheld_appeal_against_a_booked_entry_proposes_its_reversal(cast: Cast) -> None:
    one = entry(cast, state="entered")
    case = objected(cast, one, at=days(7))
    Case.objects.filter(pk=case.pk).update(state="corrected", phase=Phase.CLOSED)
    for _ in "twice":
        points.book(plant=cast.plant, rules=POINTS, at=days(8))
    back = PointEntry.objects.get(reversal_of=one)
    assert (back.state, back.entered_by, back.reason, _balance(cast)) == (
        "declared",
        None,
        f"异议 {case.number} 成立",
        300,
    )
    points.confirm_reversal(entry=back, **by(cast, "王书记", days(8)))
    assert _balance(cast) == 0


def test_what_was_booked_is_taken_back_by_two_and_both_rows_stay(cast: Cast) -> None:
    one = entry(cast, state="entered")
    assert _balance(cast) == 300
    back = points.reverse(entry=one, reason="重复计了同一件", **by(cast, "王书记"))
    assert (back.points_h, back.reversal_of_id, _balance(cast)) == (-300, one.pk, 300)
    with pytest.raises(BadPoint, match="已经提出冲回"):
        points.reverse(entry=one, reason="再冲一次", **by(cast, "何组长"))
    with pytest.raises(BadPoint, match="须由另一名委员"):
        points.confirm_reversal(entry=back, **by(cast, "王书记"))
    points.confirm_reversal(entry=back, **by(cast, "何组长"))
    one.refresh_from_db()
    assert (one.state, back.state, PointEntry.objects.count(), _balance(cast)) == ("reversed", "entered", 2, 0)
    assert credit(queries.lines(one.person, year=2026), POINTS, year=2026).total_h == 0


def _balance(cast: Cast) -> int:
    return queries.balance(cast.person["李班长"], rules=POINTS, year=2026).total_h


def test_caps_say_why_an_entry_does_not_count_whole(cast: Cast) -> None:
    """Two ideas in a month: 3, then half of 3; three: 3 + 1.5 + 0.75 = 5.25, capped at 5."""
    seat(cast)
    proposed(cast, *(record(cast, key=f"case:{no}:1") for no in (1, 2, 3)))
    PointEntry.objects.update(state="entered")
    found = queries.balance(cast.person["李班长"], rules=POINTS, year=2026)
    assert sorted(one.credited_h for one in found.credits) == [50, 150, 300]
    assert found.total_h == 500
    assert [one.why for one in found.credits][-1] == "当月同一来源第 3 件，按 0.25 计；建议实施见效每月以 5.00 分为限"


@pytest.mark.covers("S3-23")
def test_points_are_for_the_member_and_the_committee_of_his_own_branch_alone(cast: Cast) -> None:
    entry(cast, state="entered")
    branch = cast.body["QL-B1"]
    seen = {name for name in cast.names if queries.entries_of(branch, by=cast.account[name], on=ON) is not None}
    assert seen == {"王书记", "何组长"}
    own = {name for name in cast.names if queries.mine(cast.account[name], year=2026).exists()}
    assert own == {"李班长"}


def test_the_trail_says_who_settled_what_but_never_what_it_is_worth(cast: Cast) -> None:
    entry(cast, state="entered")
    trail = AuditEntry.objects.filter(verb__startswith="points.")
    assert list(trail.order_by("pk").values_list("verb", flat=True)) == ["points.propose", "points.verify"]
    assert "300" not in str(list(trail.values_list("detail", "subject")))


def test_of_two_who_settle_it_at_once_one_wins(cast: Cast) -> None:
    one = entry(cast)
    stale = PointEntry.objects.get()
    points.verify(entry=one, **by(cast, "王书记"))
    with pytest.raises(BadPoint, match="刚刚被别人办过"):
        points.verify(entry=stale, **by(cast, "何组长"))
