"""Tiers within 1 and 2, titles where the declared conditions hold, publicity only while each person agrees."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from ronglu.config.plant import pack_of
from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.store.models import Body, BodyState, Case, Post, VetoMark
from ronglu.work import case_rows, cases_clock
from ronglu.work.queries import branch_year, honours
from tests.cast import AT, ON, SINCE, Cast, cast  # noqa: F401  (the fixture)
from tests.work.loops_cast import LOOPS, report, settle, step

pytestmark = pytest.mark.django_db
LATER = dt.date(2026, 12, 31)


def declared(cast: Cast, tier: str, *, body: str = "QL-B1", by: str = "王书记", year: str = "2026") -> Case:
    """A tier on its way to its acceptance: declared, approved, supervised, handed in."""
    loop = LOOPS["tier"]
    given = {"year": year, "tier": tier, "theme": "提质", "plan": "补齐专栏", "reach_by": "2026-06-30"}
    case = report(cast, by, loop=loop, body=cast.body[body], given=given).case
    step(cast, case, "孙干事", "approve", loop=loop, supervisor=[cast.person["孙干事"].pk])
    row = case_rows.add(
        loop=loop, case=case, kind="point", given={"point": "手册缺页"}, at=AT, by=cast.account["孙干事"],
        scope=cast.scope("孙干事"), person=cast.person[by], due_on=dt.date(2026, 3, 20),
    )  # fmt: skip
    settle(cast, row, by, "done", loop=loop)
    settle(cast, row, "孙干事", "pass", loop=loop)
    step(cast, case, by, "ask", loop=loop, result="五样有效")
    return case


def accept(cast: Cast, case: Case, **given: Any) -> None:
    step(cast, case, "高书记", "accept", loop=LOOPS["tier"], verdict="现场看过", **given)


def branch(cast: Cast, code: str, name: str) -> None:
    """Another branch of the plant, with its secretary."""
    body = cast.body[code] = Body.objects.create(plant=cast.plant, code=code, position=50)
    BodyState.objects.create(body=body, name=name, kind="branch", parent=cast.body["QL-C"], from_on=SINCE)
    Post.objects.create(person=cast.person["王书记"], role="secretary", body=body, from_on=SINCE)


@pytest.mark.covers("S0-07")
def test_one_benchmark_and_two_models_and_the_holders_are_named(cast: Cast) -> None:
    for no in range(4):
        branch(cast, f"QL-N{no}", f"新{no}支部")
    accept(cast, declared(cast, "benchmark"))
    second = declared(cast, "benchmark", body="QL-N0")
    with pytest.raises(LoopTrouble) as refused:
        accept(cast, second)
    assert str(refused.value).splitlines() == [
        "标杆党支部最多 1 个，现有 2 个，须减 1 个",
        "已有：转炉党支部（CJ-2026-0001）",
    ]
    # what was not good enough for the one place may be good enough for one of the two
    accept(cast, second, tier="model")
    accept(cast, declared(cast, "model", body="QL-N1"))
    third = declared(cast, "model", body="QL-N2")
    with pytest.raises(LoopTrouble, match="示范党支部最多 2 个，现有 3 个"):
        accept(cast, third)
    accept(cast, third, tier="standard")
    # another year has places of its own
    accept(cast, declared(cast, "benchmark", body="QL-N3", year="2027"))
    held = honours.held(plant=cast.plant, on=LATER, loops=LOOPS)
    assert {body: [one.label for one in mine] for body, mine in held.items()} == {
        cast.body["QL-B1"].pk: ["标杆党支部"], cast.body["QL-N0"].pk: ["示范党支部"], cast.body["QL-N1"].pk: ["示范党支部"],
        cast.body["QL-N2"].pk: ["标准党支部"], cast.body["QL-N3"].pk: ["标杆党支部"],
    }  # fmt: skip


def test_a_place_that_was_taken_back_is_free_again(cast: Cast) -> None:
    branch(cast, "QL-N0", "新0支部")
    first = declared(cast, "benchmark")
    accept(cast, first)
    step(cast, first, "高书记", "revoke", loop=LOOPS["tier"], reason="数据不实")
    accept(cast, declared(cast, "benchmark", body="QL-N0"))
    assert list(honours.held(plant=cast.plant, on=LATER, loops=LOOPS)) == [cast.body["QL-N0"].pk]


def test_a_branch_has_one_tier_a_year(cast: Cast) -> None:
    accept(cast, declared(cast, "standard"))
    with pytest.raises(LoopTrouble, match="本支部这一年已是标准党支部（CJ-2026-0001），先撤销再改"):
        accept(cast, declared(cast, "model"))


def test_nobody_accepts_what_he_supervised_or_declared(cast: Cast) -> None:
    with pytest.raises(LoopTrouble, match="您与这一件有关（督导人），“达标”须由另一人"):
        step(cast, declared(cast, "standard"), "孙干事", "accept", loop=LOOPS["tier"], verdict="好")


def nominated(cast: Cast, title: str = "red_flag", *, body: str = "QL-B1") -> Case:
    given = {"year": "2026", "title": title, "ground": "年度党建百分 93.2"}
    return report(cast, "王书记", loop=LOOPS["title"], body=cast.body[body], given=given).case


def good_year(monkeypatch: pytest.MonkeyPatch, **other: Any) -> None:
    figures = {
        "party_score": Decimal("93.20"), "fusion_score": Decimal("85.10"), "party_stars": 5, "standard_items": 5, "vetoes": 0,
        "request_share": Decimal(98), "satisfaction": Decimal(91), "office_score": Decimal("88.50"),
    } | other  # fmt: skip
    monkeypatch.setattr(branch_year, "figures", lambda **_asked: figures)


def decided(cast: Cast, case: Case) -> None:
    step(cast, case, "孙干事", "support", loop=LOOPS["title"])
    step(cast, case, "高书记", "decide", loop=LOOPS["title"], meeting="3 月 10 日")


def test_a_title_without_a_year_behind_it_is_not_supported(cast: Cast) -> None:
    with pytest.raises(LoopTrouble) as refused:
        step(cast, nominated(cast), "孙干事", "support", loop=LOOPS["title"])
    assert str(refused.value).splitlines() == [
        "红旗党支部的条件没有做到：党建百分年度得分不低于 90：没有数据",
        "红旗党支部的条件没有做到：生产融合百分年度得分不低于 80：没有数据",
        "红旗党支部的条件没有做到：“五个一”有效项不低于 5：现为 0",
    ]


@pytest.mark.covers("S2-18")
def test_the_title_is_given_after_five_days_of_publicity_and_there_is_one(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    branch(cast, "QL-N0", "新0支部")
    good_year(monkeypatch)
    case = nominated(cast)
    decided(cast, case)
    # five working days after Tuesday 10 March end with the 17th
    assert (case.state, case.due_at) == ("publicity", dt.datetime(2026, 3, 18))
    other = nominated(cast, body="QL-N0")
    step(cast, other, "孙干事", "support", loop=LOOPS["title"])
    with pytest.raises(
        LoopTrouble, match=r"红旗党支部最多 1 个，现有 2 个，须减 1 个\n已有：转炉党支部（CH-2026-0001）"
    ):
        step(cast, other, "高书记", "decide", loop=LOOPS["title"], meeting="3 月 11 日")
    cases_clock.tend_cases(loops=LOOPS, at=dt.datetime(2026, 3, 18, 1))
    case.refresh_from_db()
    assert case.state == "awarded"
    [mine] = honours.held(plant=cast.plant, on=LATER, loops=LOOPS)[cast.body["QL-B1"].pk]
    assert (mine.label, mine.year, mine.vetoes) == ("红旗党支部", "2026", ())


def test_a_veto_calls_the_title_into_question_and_the_committee_takes_it_back(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    good_year(monkeypatch)
    case = nominated(cast)
    decided(cast, case)
    cases_clock.tend_cases(loops=LOOPS, at=dt.datetime(2026, 3, 18, 1))
    who = {"entered_by": cast.account["孙干事"], "approved_by": cast.account["高书记"]}
    VetoMark.objects.create(
        body=cast.body["QL-B1"], month=202605, reason="major_hazard_overdue", evidence="YH-2026-0001", **who
    )
    [mine] = honours.held(plant=cast.plant, on=LATER, loops=LOOPS)[cast.body["QL-B1"].pk]
    assert mine.vetoes == (202605,)
    with pytest.raises(LoopTrouble, match="“撤销称号”不归您办"):
        step(cast, case, "孙干事", "revoke", loop=LOOPS["title"], reason="否决", document="2026-05")
    step(cast, case, "高书记", "revoke", loop=LOOPS["title"], reason="否决", document="2026-05")
    assert honours.held(plant=cast.plant, on=LATER, loops=LOOPS) == {}


def test_the_figures_of_a_year_are_those_of_the_tables(cast: Cast) -> None:
    found = branch_year.figures(body=cast.body["QL-B1"], year=2026, on=ON)
    assert found == {
        "party_score": None, "fusion_score": None, "party_stars": None, "standard_items": 0, "vetoes": 0, "request_share": None,
        "satisfaction": None, "office_score": None,
    }  # fmt: skip
    assert set(found) >= {c.fact for t in pack_of("qinglan").standing.honour.titles.values() for c in t.conditions}


@pytest.mark.covers("S3-25")
def test_a_text_comes_down_the_moment_one_of_those_named_takes_his_consent_back(cast: Cast) -> None:
    loop = LOOPS["publicity"]
    given = {"headline": "夜班抢修", "text": "李班长和吴师傅换水套", "where": "board"}
    case = report(cast, "何组长", loop=loop, body=cast.body["QL-B1-甲"], given=given).case
    step(cast, case, "何组长", "ask", loop=loop, named=[cast.person["李班长"].pk, cast.person["吴师傅"].pk])
    for name in ("李班长", "吴师傅"):
        with pytest.raises(LoopTrouble, match="人没有答复"):
            step(cast, case, "何组长", "send", loop=loop)
        case_rows.add(
            loop=loop,
            case=case,
            kind="consent",
            given={"agreed": "yes"},
            at=AT,
            by=cast.account[name],
            scope=cast.scope(name),
        )
    step(cast, case, "何组长", "send", loop=loop)
    step(cast, case, "孙干事", "publish", loop=loop, place="东门专栏")
    assert case.state == "published"
    with pytest.raises(LoopTrouble, match="“我收回同意”不归您办"):
        step(cast, case, "孙干事", "withdraw", loop=loop)
    step(cast, case, "吴师傅", "withdraw", loop=loop)
    assert case.state == "withdrawn"


def test_publicity_makes_no_fact_that_could_score() -> None:
    assert not LOOPS["publicity"].clocks
    assert LOOPS["publicity"].benefit is None
