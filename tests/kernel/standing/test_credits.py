"""Member points: caps, diminishing returns, deductions, reversals; the order of entries never matters."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronglu.kernel.standing.credits import Credited, credit
from ronglu.kernel.standing.errors import LedgerTrouble
from ronglu.kernel.standing.points import PointLine, PointState, move, objections_until
from ronglu.packs import standing

RULES = standing.load().points


def line(id: int, source: str, month: int = 202601, points: float | None = None, **more: object) -> PointLine:  # noqa: A002
    points_h = RULES.sources[source].points_h if points is None else round(points * 100)
    return PointLine(id=id, source=source, month=month, points_h=points_h, **{"state": PointState.ENTERED, **more})  # type: ignore[arg-type]


def given_to(found: Credited) -> dict[int, int]:
    return {one.line.id: one.credited_h for one in found.credits}


def why(found: Credited, id: int) -> str:  # noqa: A002
    return next(one.why for one in found.credits if one.line.id == id)


def test_three_dimensions_of_one_hundred() -> None:
    assert {one.label: one.cap_h for one in RULES.dimensions.values()} == {
        "职责履行": 6000, "改革创新": 2500, "先锋引领": 1500,
    }  # fmt: skip


def test_the_second_and_third_of_a_month_bring_less() -> None:
    # 1.5, then half of 1.5, then a quarter: 1.50 + 0.75 + 0.375 → 0.38
    found = credit([line(n, "zone_closed") for n in (1, 2, 3)], RULES, year=2026)
    assert given_to(found) == {1: 150, 2: 75, 3: 38}
    assert (why(found, 1), why(found, 3)) == ("", "当月同一来源第 3 件，按 0.25 计")


def test_the_biggest_of_a_month_counts_whole_whenever_it_came() -> None:
    # 1.5 whole and half of 0.2, not 0.2 whole and half of 1.5
    found = credit([line(1, "zone_closed", points=0.2), line(2, "zone_closed", points=1.5)], RULES, year=2026)
    assert given_to(found) == {2: 150, 1: 10}


def test_a_source_brings_no_more_than_its_cap_in_a_month_and_starts_anew_in_the_next() -> None:
    # 3 + 1.5 = 4.5, the third of 0.75 finds 0.5 left of 5
    ideas = [line(n, "idea_implemented") for n in (1, 2, 3)] + [line(4, "idea_implemented", 202602)]
    found = credit(ideas, RULES, year=2026)
    assert given_to(found) == {1: 300, 2: 150, 3: 50, 4: 300}
    assert why(found, 3) == "当月同一来源第 3 件，按 0.25 计；建议实施见效每月以 5.00 分为限"


def test_a_dimension_brings_no_more_than_its_share_of_the_year() -> None:
    # ten months of 1.5 fill the 15 of 先锋引领
    found = credit([line(m, "pair_goal", 202600 + m) for m in range(1, 13)], RULES, year=2026)
    assert found.total_h == 1500
    assert given_to(found)[11] == 0 and why(found, 11) == "先锋引领全年以 15.00 分为限"


def test_a_deduction_takes_from_its_dimension_and_stops_at_nothing() -> None:
    entries = [line(1, "post_target"), line(2, "violation", 202602), line(3, "discipline", 202603)]
    found = credit(entries, RULES, year=2026)
    assert given_to(found) == {1: 200, 2: -200, 3: 0}
    assert (found.total_h, why(found, 3)) == (0, "职责履行扣到 0 分为止")


def test_what_went_past_the_cap_shields_from_no_deduction() -> None:
    # 2 + 1.5+0.75 + 1 a month = 5.25; twelve months are 63, the cap is 60
    months = range(202601, 202613)
    sources = ("post_target", "zone_closed", "zone_closed", "action_closed")
    entries = [line(4 * i + j, source, m) for i, m in enumerate(months) for j, source in enumerate(sources)]
    assert credit(entries, RULES, year=2026).total_h == 6000
    assert credit([*entries, line(99, "violation", 202601)], RULES, year=2026).total_h == 5800


def test_only_booked_entries_count_and_the_others_say_where_they_are() -> None:
    found = credit([line(1, "pair_goal", state=PointState.TOLD), line(2, "pair_goal")], RULES, year=2026)
    assert given_to(found) == {1: 0, 2: 150}
    assert why(found, 1) == "告知中，不计分"


def test_a_reversal_cancels_its_entry_and_frees_the_cap() -> None:
    entries = [line(1, "pair_goal"), line(2, "pair_goal"), line(3, "pair_goal", 202603, points=-1.5, reversal_of=1)]
    found = credit(entries, RULES, year=2026)
    assert given_to(found) == {1: 0, 2: 150, 3: 0}
    assert (why(found, 1), why(found, 3)) == ("已由第 3 条冲回，两条相抵", "冲回第 1 条，两条相抵")


def test_a_reversal_that_is_not_booked_yet_changes_nothing() -> None:
    back = line(2, "pair_goal", points=-1.5, reversal_of=1, state=PointState.TOLD)
    found = credit([line(1, "pair_goal"), back], RULES, year=2026)
    assert (given_to(found), why(found, 2)) == ({1: 150, 2: 0}, "冲回第 1 条，告知中，还没有生效")


def test_each_year_starts_anew_and_a_late_reversal_goes_back_to_its_year() -> None:
    entries = [
        line(1, "pair_goal", 202512),
        line(2, "pair_goal", 202601, points=-1.5, reversal_of=1),
        line(3, "pair_goal"),
    ]
    assert given_to(credit(entries, RULES, year=2026)) == {3: 150}
    assert given_to(credit(entries, RULES, year=2025)) == {1: 0, 2: 0}


def test_everything_wrong_with_a_ledger_is_told_at_once() -> None:
    entries = [
        line(1, "pair_goal", points=-1), line(2, "violation", points=1), line(3, "pair_goal", points=-1.5, reversal_of=9),
        line(4, "pair_goal"), line(5, "pair_goal", points=-1, reversal_of=4), line(6, "pair_goal", points=-1.5, reversal_of=4),
        line(7, "pair_goal", points=1.5, reversal_of=6), replace(line(8, "pair_goal"), source="meeting"),
    ]  # fmt: skip
    with pytest.raises(LedgerTrouble) as refused:
        credit(entries, RULES, year=2026)
    assert refused.value.problems == (
        "第 1 条：帮带目标达成不能扣分",
        "第 2 条：违章作业只能扣分",
        "第 3 条冲回第 9 条，但没有那一条",
        "第 5 条冲回第 4 条：来源应相同、分数应相反（-1.50）",
        "第 6 条冲回第 4 条：那一条已经冲回过",
        "第 7 条冲回第 6 条：冲回本身不能再冲回，请另记一条",
        "第 8 条的来源“meeting”不在积分来源里",
    )


def test_an_entry_goes_through_its_states_one_by_one() -> None:
    assert move(PointState.DECLARED, PointState.VERIFIED) is PointState.VERIFIED
    with pytest.raises(LedgerTrouble, match="已申报的积分不能变为已入账，只能变为：已冲回、支部已核实"):
        move(PointState.DECLARED, PointState.ENTERED)
    with pytest.raises(LedgerTrouble, match="只能变为：什么也不能"):
        move(PointState.REVERSED, PointState.ENTERED)


def test_five_days_are_open_for_objections() -> None:
    assert objections_until(RULES, date(2026, 3, 30)) == date(2026, 4, 4)


SOURCES = st.sampled_from(sorted(RULES.sources))


@st.composite
def ledgers(draw: st.DrawFn) -> list[PointLine]:
    rows = draw(st.lists(st.tuples(SOURCES, st.integers(1, 12), st.integers(1, 900)), max_size=25))
    return [
        line(n, source, 202600 + month, points=(-p if RULES.sources[source].deducts else p) / 100)
        for n, (source, month, p) in enumerate(rows)
    ]


@given(lines=ledgers(), seed=st.randoms())
def test_the_order_of_entries_never_matters_and_the_parts_add_up(lines: list[PointLine], seed: object) -> None:
    shuffled = list(lines)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]
    found = credit(lines, RULES, year=2026)
    assert credit(shuffled, RULES, year=2026) == found
    assert found.total_h == sum(one.credited_h for one in found.credits) == sum(found.by_dimension.values())
    assert all(0 <= found.by_dimension[code] <= one.cap_h for code, one in RULES.dimensions.items())
    assert sorted(one.line.id for one in found.credits) == sorted(one.id for one in lines)


@given(lines=ledgers(), source=SOURCES, month=st.integers(1, 12), points=st.integers(1, 900))
def test_one_more_entry_never_lowers_the_sum_unless_it_deducts(
    lines: list[PointLine], source: str, month: int, points: int
) -> None:
    sign = -1 if RULES.sources[source].deducts else 1
    before = credit(lines, RULES, year=2026).total_h
    after = credit([*lines, line(1000, source, 202600 + month, points=sign * points / 100)], RULES, year=2026).total_h
    assert after >= before if sign > 0 else after <= before
