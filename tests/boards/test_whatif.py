"""The answer of a what-if: means, medians, ties and grades worked by hand; post-holders once each, never in order of figures."""

from decimal import Decimal
from typing import Any

import pytest

from ronglu.boards.whatif import leaders, read
from ronglu.config.plant import pack_of
from ronglu.kernel.time.period import Period
from ronglu.store.models import Job, LinkScheme, Post, Unit, UnitState
from tests.cast import ON, SINCE, Cast, cast  # noqa: F401
from tests.work.drafted import AT, begin
from tests.work.linked import admin

pytestmark = pytest.mark.django_db
MODELS = leaders.linkable(pack_of("qinglan").standing.linkage)


def answered(cast: Cast, revision: int = 0) -> read.WhatIf:
    """QL-B1: 90.00 and 89.90 become 90.50 and 90.10; QL-B2 stays at 88.00, QL-B3 has 88.00 and loses February."""
    one, two, three = (cast.body[code].pk for code in ("QL-B1", "QL-B2", "QL-B3"))
    totals: list[list[Any]] = [
        ["2026-02", one, "party", 9000, 9050, "excellent", "excellent"],
        ["2026-03", one, "party", 8990, 9010, "good", "excellent"],
        ["2026-02", two, "party", 8800, 8800, "good", "good"],
        ["2026-03", two, "party", 8800, 8800, "good", "good"],
        ["2026-02", three, "party", 9900, None, "excellent", ""],
        ["2026-03", three, "party", 8800, 8800, "good", "good"],
    ]
    cells = [
        ["2026-02", one, "B3", "scored", 700, "scored", 600], ["2026-03", one, "B3", "scored", 500, "scored", 550],
        ["2026-03", three, "D8", "scored", 400, "", None],
    ]  # fmt: skip
    draft = begin(cast)
    result = {
        "draft": draft.pk,
        "revision": revision,
        "months": ["2026-02", "2026-03"],
        "totals": totals,
        "cells": cells,
    }
    job = Job.objects.create(
        kind="whatif",
        label="推演",
        plant=cast.plant,
        args={"draft": draft.pk},
        state="done",
        result=result,
        created_at=AT,
    )
    assert read.latest(draft) == job
    told = read.read(job=job, draft=draft)
    assert told is not None
    return told


def test_means_are_taken_over_the_months_that_have_a_figure_both_times(cast: Cast) -> None:
    scale = answered(cast).scale("party")
    assert scale is not None
    assert [(m.name, m.before, m.after, m.moved) for m in scale.movers] == [
        ("转炉党支部", Decimal("89.95"), Decimal("90.30"), Decimal("0.35")),
        ("精炼党支部", Decimal("88.00"), Decimal("88.00"), Decimal("0.00")),
        ("机关党支部", Decimal("88.00"), Decimal("88.00"), Decimal("0.00")),
    ]
    assert (scale.up, scale.down, scale.same, scale.turned) == (1, 0, 2, 2)
    assert (scale.median_before, scale.median_after) == (Decimal("88.00"), Decimal("88.00"))
    assert (scale.tied_before, scale.tied_after) == (2, 2)


def test_grades_turn_month_by_month_and_without_enough_points_there_is_none(cast: Cast) -> None:
    scale = answered(cast).scale("party")
    assert scale is not None
    turns = {m.name: [(str(t.month), t.before, t.after) for t in m.turns] for m in scale.movers}
    assert turns["转炉党支部"] == [("2026-03", "良好", "优秀")]
    assert turns["机关党支部"] == [("2026-02", "优秀", "")]


def test_items_tell_how_many_cells_move_and_which_are_gone(cast: Cast) -> None:
    b3, d8 = answered(cast).items
    # −1.00 and +0.50
    assert (b3.code, b3.cells, b3.up, b3.down, b3.mean) == ("B3", 2, 1, 1, Decimal("-0.25"))
    assert (d8.code, d8.mean, d8.states) == ("D8", None, (("已计分", "", 1),))


def test_an_answer_from_before_an_edit_says_so(cast: Cast) -> None:
    assert not answered(cast).stale
    assert answered(cast, revision=7).stale


def test_the_models_offered_need_nothing_but_two_scores() -> None:
    assert sorted(MODELS) == ["M1", "M3"]


@pytest.mark.covers("S2-13")
def test_each_post_holder_stands_there_once_with_his_coefficient_before_and_after(cast: Cast) -> None:
    """马主任 heads the workshop of the converter line; 王书记 heads its workshop too: he is one row with both posts."""
    Post.objects.create(person=cast.person["王书记"], role="workshop_head", unit=cast.unit["QL-R"], from_on=SINCE)
    admin(cast, {"QL-R1": 10500})
    scale = answered(cast).scale("party")
    assert scale is not None

    def seen(model: str, names: bool = True) -> list[Any]:
        rows = leaders.read(
            plant=cast.plant,
            scale=scale,
            month=Period.month(2026, 3),
            on=ON,
            model=MODELS[model],
            params=None,
            names=names,
        )
        return [
            (
                r.posts,
                r.name,
                r.before and r.before.coefficient,
                r.after and r.after.coefficient,
                r.after and r.after.value,
            )
            for r in rows
        ]

    # 105 × 0.9030 = 94.815 → 94.82
    assert seen("M1") == [
        (("支部书记", "车间主任"), "王书记", Decimal("0.8995"), Decimal("0.9030"), Decimal("94.82")),
        (("车间主任",), "马主任", Decimal("0.8995"), Decimal("0.9030"), Decimal("94.82")),
    ]
    # 89.95 is below the band of 90
    assert seen("M3")[1] == (("车间主任",), "马主任", Decimal("0.9700"), Decimal("1.0000"), Decimal("105.00"))
    assert [row[1] for row in seen("M1", names=False)] == ["", ""]


@pytest.mark.covers("S2-13")
def test_the_plants_approved_scheme_is_taken_from_its_month_on_with_its_own_parameters(cast: Cast) -> None:
    model = pack_of("qinglan").standing.linkage["M3"]
    bands = {"bands": [{"at_least": "90", "coefficient": "1.1"}, {"at_least": "0", "coefficient": "0.9"}]}
    LinkScheme.objects.create(
        plant=cast.plant, number=1, from_month=202605, grain="month", role="workshop_head", place="workshop", model="M3",
        declaration=dict(model.declaration), params=bands, sources={}, document="厂发〔2026〕8号", title="经济责任制",
        dated_on=ON, state="approved", proposed_by=cast.account["孙干事"], proposed_at=AT,
    )  # fmt: skip
    assert leaders.in_force(cast.plant, Period.month(2026, 4)) is None
    found = leaders.in_force(cast.plant, Period.month(2026, 5))
    assert found is not None
    row, ruled, params = found
    scale = answered(cast).scale("party")
    assert scale is not None
    [_, head] = leaders.read(
        plant=cast.plant, scale=scale, month=Period.month(2026, 3), on=ON, model=ruled, params=params, names=True
    )
    assert (row.document, head.name, head.moved) == ("厂发〔2026〕8号", "马主任", Decimal("0.2000"))


def admin_of_the_head(cast: Cast) -> Decimal | None:
    """马主任's, who heads the workshop 熔炼 over the converter line."""
    scale = answered(cast).scale("party")
    assert scale is not None
    rows = leaders.read(
        plant=cast.plant, scale=scale, month=Period.month(2026, 3), on=ON, model=MODELS["M1"], params=None, names=True
    )  # fmt: skip
    return next(row.admin for row in rows if row.name == "马主任")


def second_line(cast: Cast) -> None:
    line = Unit.objects.create(plant=cast.plant, code="QL-R2", kind="line")
    UnitState.objects.create(unit=line, name="沉降线", parent=cast.unit["QL-R"], from_on=SINCE)
    cast.unit["QL-R2"] = line


def test_the_workshops_own_administrative_score_goes_before_those_of_its_lines(cast: Cast) -> None:
    admin(cast, {"QL-R": 9800, "QL-R1": 10500})
    assert admin_of_the_head(cast) == Decimal("98.00")


def test_of_several_lines_the_mean_by_days_counts(cast: Cast) -> None:
    """Both lines all of March: (105.00 + 100.00) ÷ 2."""
    second_line(cast)
    admin(cast, {"QL-R1": 10500, "QL-R2": 10000})
    assert admin_of_the_head(cast) == Decimal("102.50")


def test_where_one_of_his_lines_owes_its_score_there_is_none(cast: Cast) -> None:
    second_line(cast)
    admin(cast, {"QL-R1": 10500})
    assert admin_of_the_head(cast) is None


def test_an_administrative_score_that_nobody_approved_does_not_count(cast: Cast) -> None:
    admin(cast, {"QL-R": 9800}, approved=False)
    assert admin_of_the_head(cast) is None


def test_who_leads_a_branch_and_no_unit_has_no_administrative_score(cast: Cast) -> None:
    """王书记 is secretary of the branch of that line, and heads nothing: branches have none (09-14)."""
    admin(cast, {"QL-R1": 10500})
    scale = answered(cast).scale("party")
    assert scale is not None
    rows = leaders.read(
        plant=cast.plant, scale=scale, month=Period.month(2026, 3), on=ON, model=MODELS["M1"], params=None, names=True
    )  # fmt: skip
    assert [(row.name, row.admin) for row in rows] == [("王书记", None), ("马主任", Decimal("105.00"))]
