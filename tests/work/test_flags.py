"""旗帜党员 with a real secret vote: who is shortlisted, who judges, who is chosen, and that only the chosen are published."""

import datetime as dt
from typing import Any

import pytest

from ronglu.config.plant import packs
from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.store.models import Account, Case, CaseRow, PointEntry, Poll
from ronglu.work import cases, cases_clock, flags, polls
from ronglu.work.queries.cases import visible
from ronglu.work.scope import scope_of
from tests.cast import AT, Cast, cast  # noqa: F401  (the fixture)
from tests.work.loops_cast import step
from tests.work.membered import POINTS, by, days
from tests.work.polled import KINDS, people, tick, vote

pytestmark = pytest.mark.django_db
LOOPS = packs().loops
FLAG = LOOPS["flag_member"]


def begun(cast: Cast, seats: int = 1) -> Case:
    return cases.raise_case(
        loop=FLAG, plant=cast.plant, given={"year": "2026", "seats": str(seats)}, at=AT, by=cast.account["孙干事"],
        scope=cast.scope("孙干事"), body=cast.body["QL-C"], title="2026 年旗帜党员",
    ).case  # fmt: skip


def points(
    cast: Cast, who: Any, points_h: int, *, source: str = "mission_effect", months: int = 1, state: str = "entered"
) -> None:
    """Entries of 1.50 count 1.50 in their month."""
    PointEntry.objects.bulk_create(
        PointEntry(
            person=who, body=cast.body["QL-B1"], source=source, month=202601 + no, points_h=points_h, record=f"hand:{source}:{no}",
            label="x", state=state, entered_at=AT,
        )
        for no in range(months)
    )  # fmt: skip


def moved(cast: Cast, case: Case, who: str, code: str, at: dt.datetime = AT, **given: Any) -> None:
    step(cast, case, who, code, loop=FLAG, at=at, **given)


def listed(case: Case, kind: str = flags.CANDIDATE) -> list[str]:
    return list(case.rows.filter(kind=kind).order_by("no").values_list("person__name", flat=True))


def shortlisted(cast: Cast, case: Case, by_: str = "孙干事") -> list[str]:
    flags.shortlist(case=case, rules=POINTS, **by(cast, by_))
    return listed(case)


def earned(cast: Cast) -> None:
    """李班长 4.50, 何组长 3.00, 马主任 3.00, 王书记 1.50; 郑师傅 6.00 but with a booked deduction."""
    for name, months in (("李班长", 3), ("何组长", 2), ("马主任", 2), ("王书记", 1), ("郑师傅", 4)):
        points(cast, cast.person[name], 150, months=months)
    points(cast, cast.person["郑师傅"], -200, source="violation")


@pytest.mark.covers("S3-24")
def test_the_shortlist_is_made_by_booked_points_and_bars_who_has_a_deduction(cast: Cast) -> None:
    """One place, two to a place: the line is 3.00, and 何 and 马 are level on it. 王 is below, 郑 barred; waiting entries count nothing."""
    earned(cast)
    points(cast, cast.person["高书记"], 150, months=6, state="told")
    case = begun(cast)
    assert shortlisted(cast, case) == ["何组长", "李班长", "马主任"]
    assert shortlisted(cast, case) == ["何组长", "李班长", "马主任"]
    told = str(list(CaseRow.objects.values_list("data", "no")))
    assert "4.5" not in told and "450" not in told and "名次" not in told


def test_there_must_be_more_to_choose_from_than_places(cast: Cast) -> None:
    points(cast, cast.person["李班长"], 150)
    with pytest.raises(LoopTrouble, match="人数应比名额多"):
        shortlisted(cast, begun(cast))


def test_who_is_on_the_shortlist_neither_makes_it_nor_judges_it(cast: Cast) -> None:
    earned(cast)
    for name in ("孙干事", "高书记"):
        points(cast, cast.person[name], 150, months=5)
    case = begun(cast)
    with pytest.raises(LoopTrouble, match="入围的有您本人"):
        shortlisted(cast, case)
    PointEntry.objects.filter(person=cast.person["孙干事"]).delete()
    assert shortlisted(cast, case) == ["高书记", "李班长"]
    moved(cast, case, "孙干事", "shortlist")
    with pytest.raises(LoopTrouble, match="须由另一人"):
        moved(cast, case, "高书记", "recommend", opinion="同意")


@pytest.mark.covers("S3-24")
def test_from_points_to_a_name_by_panel_secret_vote_and_publicity(cast: Cast) -> None:
    """Seven of the twelve on the roll vote, six of them for 李班长: more than half of those who voted, one place."""
    voters, case = _voted(cast)
    with pytest.raises(LoopTrouble, match="还没有结束并公布"):
        _count(cast, case)
    poll = Poll.objects.get()
    for no, voter in enumerate(voters):
        vote(poll, voter, tick(2) if no < len(voters) - 1 else tick(1))
    after = days(6)
    polls.close(poll=poll, **by(cast, "孙干事", after))
    polls.publish(poll=Poll.objects.get(), **by(cast, "孙干事", after))
    _count(cast, case, after)
    case.refresh_from_db()
    assert (case.state, listed(case, flags.CHOSEN)) == ("publicity", ["李班长"])
    # counted on the 16th: from the 17th to the end of the 21st everybody may say something; then the clock names him
    assert case.due_at == dt.datetime(2026, 3, 22)
    cases_clock.tend_cases(loops=LOOPS, at=after + dt.timedelta(days=4))
    case.refresh_from_db()
    assert case.state == "publicity"
    cases_clock.tend_cases(loops=LOOPS, at=after + dt.timedelta(days=6))
    case.refresh_from_db()
    assert (case.state, case.phase) == ("named", "closed")
    assert list(case.steps.order_by("no").values_list("move", flat=True)) == [
        "raise", "shortlist", "recommend", "ballot", "count", "settle",
    ]  # fmt: skip


def _voted(cast: Cast) -> tuple[list[Account], Case]:
    earned(cast)
    voters = people(cast, 8)
    case = begun(cast)
    shortlisted(cast, case)
    moved(cast, case, "孙干事", "shortlist")
    moved(cast, case, "高书记", "recommend", opinion="三人实绩都经核实")
    flags.open_vote(
        case=case,
        loop=FLAG,
        kind=KINDS["secret"],
        due_on=dt.date(2026, 3, 15),
        scope=cast.scope("孙干事"),
        **by(cast, "孙干事"),
    )
    case.refresh_from_db()
    return voters, case


def _count(cast: Cast, case: Case, at: dt.datetime = AT) -> None:
    case.refresh_from_db()
    flags.count(case=case, loop=FLAG, scope=scope_of(cast.account["孙干事"], on=at.date()), **by(cast, "孙干事", at))


@pytest.mark.covers("S3-24")
def test_before_the_publicity_the_case_is_the_committees_and_then_only_the_chosen_are_told(cast: Cast) -> None:
    _, case = _voted(cast)
    poll = Poll.objects.get()
    assert [one.name for one in poll.subjects.all()] == ["何组长", "李班长", "马主任"]

    def readers() -> set[str]:
        return {name for name in cast.names if visible(cast.scope(name), LOOPS).filter(pk=case.pk).exists()}

    assert readers() & {"吴师傅", "郑师傅", "周统计员", "邻厂书记", "外人"} == set()
    assert "孙干事" in readers() and "高书记" in readers()
    Case.objects.filter(pk=case.pk).update(state="publicity", phase="verifying")
    assert {"吴师傅", "郑师傅"} <= readers()
    assert "candidate" in FLAG.withheld and "chosen" not in FLAG.withheld


def test_another_poll_than_the_one_about_the_shortlist_counts_for_nothing(cast: Cast) -> None:
    _, case = _voted(cast)
    Poll.objects.update(state="published")
    CaseRow.objects.filter(case=case, person=cast.person["马主任"]).delete()
    with pytest.raises(LoopTrouble, match="候选人与入围名单不一致"):
        _count(cast, case)
    with pytest.raises(LoopTrouble, match="已有投票"):
        flags.open_vote(
            case=case,
            loop=FLAG,
            kind=KINDS["secret"],
            due_on=dt.date(2026, 3, 15),
            scope=cast.scope("孙干事"),
            **by(cast, "孙干事"),
        )
