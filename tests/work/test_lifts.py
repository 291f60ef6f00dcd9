"""1151 双提升: the list of promises, figures from records, figures two people stand for, and each member beside his own baseline."""

import datetime as dt

import pytest

from ronglu.kernel.time.period import Period
from ronglu.store.models import Closing, LiftMonth, LiftPlan, LiftStand, Partition
from ronglu.work import closings, lifts
from ronglu.work.lifts import BadLift
from tests.cast import AT, Cast, cast  # noqa: F401  (the fixture)
from tests.work.membered import LIFT, MARCH, by, computed, figures, record, seat

pytestmark = pytest.mark.django_db
APRIL, MAY = MARCH + 1, MARCH + 2


def promised(cast: Cast, who: str = "李班长", mentor: str | None = "何组长") -> LiftPlan:
    return lifts.promise(
        person=cast.person[who], year=2026, ability="考过高级工", results="甲班炉时处理量达到计划",
        mentor=cast.person[mentor] if mentor else None, **by(cast, who),
    )  # fmt: skip


@pytest.mark.covers("S1-45")
def test_a_member_promises_one_goal_of_each_sort_and_his_group_leader_agrees(cast: Cast) -> None:
    with pytest.raises(BadLift, match="导师或结对人不能是自己"):
        promised(cast, mentor="李班长")
    with pytest.raises(BadLift, match="不是本厂党员"):
        promised(cast, who="吴师傅")
    plan = promised(cast)
    for name, why in (
        ("李班长", "须由另一人办"),
        ("马主任", "由本人所在党小组的组长或本支部委员办"),
        ("孙干事", "由本人所在党小组"),
    ):
        with pytest.raises(BadLift, match=why):
            lifts.agree(plan=plan, **by(cast, name))
    lifts.agree(plan=plan, **by(cast, "何组长"))
    assert (plan.state, plan.body.code) == ("agreed", "QL-B1")
    with pytest.raises(BadLift, match="已经商定"):
        lifts.agree(plan=plan, **by(cast, "王书记"))
    with pytest.raises(BadLift, match="已经商定，不能再改"):
        promised(cast)


def test_the_mentor_or_the_branch_writes_a_word_each_quarter(cast: Cast) -> None:
    plan = lifts.agree(plan=promised(cast), **by(cast, "王书记"))
    quarter = Period.quarter(2026, 1)
    lifts.note(plan=plan, quarter=quarter, text="操作稳了，理论要补", **by(cast, "何组长"))
    lifts.note(plan=plan, quarter=quarter, text="操作稳了，理论在补", **by(cast, "何组长"))
    assert list(plan.notes.values_list("quarter", "text")) == [("2026-Q1", "操作稳了，理论在补")]
    with pytest.raises(BadLift, match="须由另一人"):
        lifts.note(plan=plan, quarter=quarter, text="都好", **by(cast, "李班长"))
    with pytest.raises(BadLift, match="2026 年的某一季"):
        lifts.note(plan=plan, quarter=Period.quarter(2025, 4), text="都好", **by(cast, "何组长"))


@pytest.mark.covers("S1-45", "S1-47")
def test_figures_come_from_records_and_what_is_missing_is_not_nought(cast: Cast) -> None:
    """高级工 is 70; 3 of 4 indicators 75; of three ideas due one in time and verified, one late, one not verified: 33.33."""
    cast.person["李班长"].grades = ["火法冶炼工 高级工"]
    cast.person["李班长"].save()
    ideas = [
        record(cast),
        record(cast, key="case:2:1", kept=False),
        record(cast, key="case:3:1", verified=False),
    ]
    computed(cast, MARCH, *ideas, work=(3, 4))
    assert figures(cast) == {"learning": None, "skill": 7000, "work": 7500, "innovation": 3333, "lead": None}
    grounds = dict(LiftMonth.objects.filter(person=cast.person["李班长"]).values_list("dimension", "ground"))
    assert grounds["innovation"] == "到期 3 件，按期办成并经核实 1 件"
    assert grounds["work"] == "转炉甲班 4 项指标，3 项达到计划"
    assert grounds["lead"] == "本月没有到期的，不计为零"
    # a figure for each member of the plant and nobody else: 7 members, 5 dimensions
    assert LiftMonth.objects.count() == 35
    assert not LiftMonth.objects.filter(person=cast.person["吴师傅"]).exists()


def test_an_assessed_skill_counts_once_another_has_signed_it_and_stands_until_the_next(cast: Cast) -> None:
    seat(cast)
    lifts.agree(plan=promised(cast), **by(cast, "王书记"))
    said = {"person": cast.person["李班长"], "month": MARCH, "ground": "三月岗位考评"}
    with pytest.raises(BadLift, match="由系统从记录算出"):
        lifts.enter(**said, dimension="work", figure_h=9000, **by(cast, "何组长"))
    with pytest.raises(BadLift, match="0 到 100"):
        lifts.enter(**said, dimension="skill", figure_h=10001, **by(cast, "何组长"))
    with pytest.raises(BadLift, match="您自己的"):
        lifts.enter(**said, dimension="skill", figure_h=9000, **by(cast, "李班长"))
    with pytest.raises(BadLift, match="党小组的组长或本支部委员"):
        lifts.enter(**said, dimension="skill", figure_h=9000, **by(cast, "马主任"))
    row = lifts.enter(**said, dimension="skill", figure_h=8800, **by(cast, "何组长"))
    computed(cast)
    assert "skill" not in figures(cast)
    with pytest.raises(BadLift, match="填的人不能自己签认"):
        lifts.sign(row=row, rules=LIFT, **by(cast, "何组长"))
    with pytest.raises(BadLift, match="您自己的"):
        lifts.sign(row=row, rules=LIFT, **by(cast, "李班长"))
    lifts.sign(row=row, rules=LIFT, **by(cast, "王书记"))
    assert figures(cast)["skill"] == 8800
    computed(cast, APRIL, at=dt.datetime(2026, 4, 30, 9))
    assert figures(cast, month=APRIL)["skill"] == 8800


@pytest.mark.covers("S1-45")
def test_a_member_stands_beside_his_own_first_quarter_and_nobody_elses(cast: Cast) -> None:
    """Skill 70 throughout; results 50, 75, 100 make a baseline of 75. April 75: level. May 50: one axis below."""
    _played(cast, {1: (2, 4), 2: (3, 4), 3: (4, 4), 4: (3, 4), 5: (2, 4)})
    stood = LiftStand.objects.filter(person=cast.person["李班长"]).values_list(
        "month", "x_h", "y_h", "dy_h", "quadrant", "state"
    )
    assert list(stood) == [
        (202601, 7000, 5000, None, "baseline", "open"),
        (202602, 7000, 7500, None, "baseline", "open"),
        (202603, 7000, 10000, None, "baseline", "open"),
        (202604, 7000, 7500, 0, "level", "reached"),
        (202605, 7000, 5000, -2500, "down", "short"),
    ]


def _played(cast: Cast, months: dict[int, tuple[int, int]]) -> None:
    cast.person["李班长"].grades = ["高级工"]
    cast.person["李班长"].save()
    for month, work in months.items():
        one = Period.month(2026, month)
        computed(cast, one, work=work, at=dt.datetime.combine(one.last, dt.time(9)))


def test_computed_again_nothing_moves_and_no_score_is_called_stale(cast: Cast) -> None:
    assert computed(cast, work=(3, 4)) > 0
    wanted = Partition.objects.get(fact="axes", month=202603).wanted
    assert computed(cast, work=(3, 4)) == 0
    assert Partition.objects.get(fact="axes", month=202603).wanted == wanted
    assert computed(cast, work=(4, 4)) > 0
    assert Partition.objects.get(fact="axes", month=202603).wanted == wanted + 1


def test_a_closed_month_takes_no_figure_any_more(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closings, "is_closed", lambda *, plant, month: month == MARCH)
    said = {"person": cast.person["李班长"], "dimension": "skill", "figure_h": 9000, "ground": "考评"}
    with pytest.raises(closings.Closed):
        lifts.enter(**said, month=MARCH, **by(cast, "王书记"))
    assert computed(cast, work=(3, 4)) == 0
    assert not LiftMonth.objects.exists()
    assert not Closing.objects.exists()
    assert lifts.enter(**said, month=Period.month(2026, 2), by=cast.account["王书记"], at=AT)
