"""The month's sheet as a value: which cells, which words, which totals, and what one run moved against another."""

from decimal import Decimal

import pytest

from ronglu.boards.sheet import runs
from ronglu.boards.sheet.changes import preview
from ronglu.boards.sheet.read import SheetView, read
from ronglu.kernel.rules.state import State
from ronglu.kernel.time.period import Period
from ronglu.store.models import ItemFigure, VetoMark
from ronglu.tasks.assess import compute
from tests.boards.assessed import AT, MARCH, March, assess, cast, march  # noqa: F401
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def view(cast: Cast, name: str = "孙干事", *, number: int | None = None, body: str = "") -> SheetView | None:
    return read(scope=cast.scope(name), plant=cast.plant, month=MARCH, number=number, body=body)


def cell(found: SheetView, branch: str, item: str) -> object:
    at = [b.code for b in found.branches].index(branch)
    return next(row.cells[at] for row in found.rows if row.item.code == item)


def test_the_grid_has_every_branch_every_item_and_two_scales(cast: Cast, march: March) -> None:
    assess(march)
    found = view(cast)
    assert found is not None
    assert [(b.code, b.name) for b in found.branches] == [
        ("QL-B1", "转炉党支部"), ("QL-B2", "精炼党支部"), ("QL-B3", "机关党支部"),
    ]  # fmt: skip
    assert [(g.category.code, len(g.rows)) for g in found.groups] == [("A", 7), ("B", 8), ("C", 5), ("D", 8), ("E", 5)]
    assert [row.scale.name for row in found.scales] == ["党建百分", "生产融合百分"]
    assert (found.number, found.before, found.newest) == (1, None, True)


def test_cells_say_points_or_why_there_are_none(cast: Cast, march: March) -> None:
    assess(march)
    found = view(cast)
    # worked out in tests/facts/test_assess.py: 42 ÷ 43 on the curve × 8; 3 of 5 places mapped × 4
    assert [cell(found, "QL-B1", i).text for i in ("D1", "D3", "B5")] == ["12.00", "7.03", "2.40"]
    assert [cell(found, "QL-B1", i).text for i in ("A1", "D7", "E1")] == ["未接入"] * 3
    assert [cell(found, "QL-B3", i).text for i in ("D1", "D3", "B5")] == ["不适用"] * 3


def test_a_category_adds_what_stands_and_the_scale_says_why_it_is_not_graded(cast: Cast, march: March) -> None:
    assess(march)
    found = view(cast)
    production = next(g for g in found.groups if g.category.code == "D")
    assert (production.sums[0].won, production.sums[0].available) == (Decimal("19.03"), Decimal(20))  # D1 12 + D3 7.03
    fusion = found.scales[1].standings[0]
    assert (fusion.total.won, fusion.grade) == (Decimal("19.03") + _safety(found), "")
    assert fusion.reason.startswith("已评") and "不足适用" in fusion.reason


def _safety(found: SheetView) -> Decimal:
    return next(g for g in found.groups if g.category.code == "E").sums[0].won


def test_what_cannot_be_scored_yet_is_counted_by_its_word(cast: Cast, march: March) -> None:
    march.channel("sm_coal").readings.filter(day__lte="2026-03-04").delete()  # 12 of 93: 87 %
    assess(march)
    found = view(cast)
    assert found.counts[State.READINGS_MISSING] == 1
    assert cell(found, "QL-B1", "D3").text == "缺数"
    assert found.open == sum(found.counts[s] for s in (State.READINGS_MISSING, State.AWAITING_REVIEW, State.NOT_WIRED))


def test_a_second_run_shows_what_moved_and_the_first_one_still_says_what_it_said(cast: Cast, march: March) -> None:
    assess(march)
    march.restate(march.reading("sm_coal", 12, 3), "1360", 13_600, audited=True)
    assess(march)
    found = view(cast)
    # (39,990 + 930) ÷ 930 = 44.00; 42 ÷ 44 → 5.84
    assert [(c.item, c.before, c.after, c.moved) for c in found.changes] == [("D3", "7.03", "5.84", "-1.19")]
    assert [c.item for c in found.total_changes] == ["fusion"]
    first = view(cast, number=1)
    assert (cell(first, "QL-B1", "D3").text, first.newest, first.changes) == ("7.03", False, ())
    assert [(r.number, r.stands) for r in runs.of_month(cast.plant, MARCH)] == [(2, True), (1, False)]


def test_a_dry_run_tells_the_difference_and_keeps_nothing(cast: Cast, march: March) -> None:
    run = assess(march)
    march.restate(march.reading("sm_coal", 12, 3), "1360", 13_600, audited=True)
    told = preview(run=run, outcome=compute(plant=march.plant, month=MARCH, at=AT)[1])
    assert [row[1:] for row in told["cells"]] == [["D3", "7.03", "5.84", "-1.19"]]
    assert [row[1] for row in told["totals"]] == ["fusion"]
    assert march.plant.runs.count() == 1


def test_a_secretary_sees_his_branch_a_stranger_nothing(cast: Cast, march: March) -> None:
    assess(march)
    assert [b.code for b in view(cast, "王书记").branches] == ["QL-B1"]
    assert [b.mine for b in view(cast, "王书记").branches] == [True]
    assert view(cast, "王书记", body="QL-B2") is None
    assert view(cast, "外人") is None
    assert view(cast, "邻厂书记") is None


def test_a_month_that_was_never_scored_has_no_sheet(cast: Cast, march: March) -> None:
    assess(march)
    scope = cast.scope("孙干事")
    assert read(scope=scope, plant=cast.plant, month=Period.month(2026, 2)) is None
    assert read(scope=scope, plant=cast.plant, month=MARCH, number=7) is None
    assert runs.months(cast.plant) == (MARCH,)


def test_a_veto_is_named_on_both_scales(cast: Cast, march: March) -> None:
    VetoMark.objects.create(
        body=cast.body["QL-B1"], month=202603, reason="falsified", evidence="核查结论 3 号",
        entered_by=cast.account["孙干事"], approved_by=cast.account["高书记"],
    )  # fmt: skip
    assess(march)
    assert [row.standings[0].total.vetoed for row in view(cast).scales] == [True, True]


def test_three_branches_cost_as_many_queries_as_one(
    cast: Cast, march: March, django_assert_num_queries: object
) -> None:
    assess(march)
    scopes = {name: cast.scope(name) for name in ("王书记", "孙干事")}
    counted = []
    for name in ("王书记", "孙干事"):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as seen:
            read(scope=scopes[name], plant=cast.plant, month=MARCH)
        counted.append(len(seen))
    assert counted[0] == counted[1]


def test_an_imported_figure_is_a_cell_with_points(cast: Cast, march: March) -> None:
    ItemFigure.objects.create(
        body=cast.body["QL-B1"], item="A1", month=202603, won=350, ground="台账第 3 页",
        entered_by=cast.account["孙干事"], entered_at=AT, signed_by=cast.account["高书记"], signed_at=AT,
    )  # fmt: skip
    assess(march)
    found = cell(view(cast), "QL-B1", "A1")
    assert (found.state, found.text, found.of) == (State.IMPORTED, "3.50", MARCH)


def test_readings_that_wait_for_their_audit_are_counted_for_those_who_may_see_them(cast: Cast, march: March) -> None:
    march.restate(march.reading("sm_coal", 1, 1), "520", 5_200, audited=False)
    assess(march)
    assert (view(cast).waiting, view(cast, "王书记").waiting, view(cast, "集团").waiting) == (1, 1, 0)


def test_a_sheet_says_when_readings_moved_on_since_it_was_computed(cast: Cast, march: March) -> None:
    assess(march)
    assert not view(cast).stale
    march.restate(march.reading("sm_coal", 1, 1), "520", 5_200, audited=True)
    assert view(cast).stale
    compute(plant=march.plant, month=MARCH, at=AT)  # a trial writes the partition anew and keeps no run
    assert view(cast).stale
    assess(march)
    assert not view(cast).stale
    assert not view(cast, number=1).stale  # an old run is old, not stale
