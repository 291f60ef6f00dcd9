"""党建 × 行政 on the tables: schemes by their dates, results of closed months, what an adjustment adds, and old ways replayed."""

import datetime as dt
from typing import Any

import pytest

from ronglu.kernel.time.period import Period
from ronglu.store.models import Adjustment, AdjustmentTotal, AuditEntry, LinkResult, Mapping, Post, Unit, UnitState
from ronglu.store.models.append import OnlyAdded
from ronglu.work import link_results, linkages
from ronglu.work.linkages import LinkageProblem
from tests.cast import AT, SINCE, Cast, cast  # noqa: F401  (the fixture)
from tests.work.linked import MARCH, MODELS, admin, closed, in_force, old, proposed, quarter

pytestmark = pytest.mark.django_db
APRIL = Period.month(2026, 4)


def compute(cast: Cast, month: Period = MARCH) -> list[LinkResult]:
    return link_results.compute(plant=cast.plant, month=month, by=cast.account["孙干事"], at=AT)


def only(cast: Cast, month: Period = MARCH) -> LinkResult:
    found = compute(cast, month)
    assert [one.person.name for one in found] == ["马主任"]
    return found[0]


def ground(cast: Cast, party: int | None = 9200, score: int = 10_500) -> None:
    closed(cast, {"QL-B1": party})
    admin(cast, {"QL-R": score})


@pytest.mark.covers("S2-13")
def test_party_92_and_admin_105_give_96_60_under_the_product(cast: Cast) -> None:
    """AV-10."""
    in_force(cast)
    ground(cast)
    found = only(cast)
    assert (found.value_h, found.coefficient_tt, found.unrounded) == (9660, 9200, "96.6")
    assert [(row["code"], row["value"], row["source"]) for row in found.inputs] == [
        ("admin", "105.00", "admin"), ("party", "92.00", "party"),
    ]  # fmt: skip


@pytest.mark.parametrize(("model", "value", "coefficient"), [("M1", 9660, 9200), ("M3", 10_500, 10_000)])
def test_the_linkage_table_of_the_domain_on_tables(cast: Cast, model: str, value: int, coefficient: int) -> None:
    in_force(cast, model)
    ground(cast)
    found = only(cast)
    assert (found.value_h, found.coefficient_tt) == (value, coefficient)


def test_rate_times_satisfaction_gives_91_77(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """105 × 0.92 × 0.95 = 91.77; the satisfaction comes from a published poll."""
    in_force(cast, "M2")
    ground(cast)
    monkeypatch.setattr("ronglu.work.queries.rated.polled", lambda **_: {cast.body["QL-B1"].pk: 9500})
    found = only(cast)
    assert (found.value_h, found.coefficient_tt) == (9177, 8740)
    assert found.inputs[2]["value"] == "0.9500"


def test_the_weighted_sum_adds_business_base_and_vitality_without_a_coefficient(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """0.4 × 90 + 0.3 × 92 + 0.3 × 80 = 36 + 27.6 + 24 = 87.60."""
    in_force(cast, "M4")
    ground(cast, score=9000)
    monkeypatch.setattr("ronglu.work.queries.rated.polled", lambda **_: {cast.body["QL-B1"].pk: 8000})
    found = only(cast)
    assert (found.value_h, found.coefficient_tt) == (8760, None)


def test_rounding_happens_once_at_the_end_and_both_figures_are_kept(cast: Cast) -> None:
    """97.35 × 91.11 ÷ 100 = 88.695585."""
    in_force(cast)
    ground(cast, party=9111, score=9735)
    found = only(cast)
    assert (found.unrounded, found.value_h) == ("88.695585", 8870)


def test_fusion_instead_of_the_imported_score_is_a_choice_and_never_both(cast: Cast) -> None:
    in_force(cast, sources=linkages.usual_sources(MODELS["M1"], fusion=True))
    ground(cast)
    closed(cast, {"QL-B1": 8800}, scale="fusion")
    assert only(cast).value_h == 8096  # 88.00 × 0.92
    with pytest.raises(LinkageProblem, match="不能两样都算"):
        proposed(
            cast,
            "M4",
            from_month=APRIL,
            sources={"score.business": "admin", "score.base": "fusion", "score.vitality": "party"},
        )
    with pytest.raises(LinkageProblem, match="只能用一次"):
        proposed(cast, from_month=APRIL, sources={"admin": "party", "party": "party"})


def test_a_branch_that_is_not_rated_is_not_linked_and_no_number_is_made_up(cast: Cast) -> None:
    in_force(cast)
    ground(cast, party=None)
    found = only(cast)
    assert (found.value_h, found.coefficient_tt) == (None, None)
    assert found.reason == "还没有党建百分（折算），暂不联动"


def test_an_administrative_score_nobody_approved_does_not_count(cast: Cast) -> None:
    in_force(cast)
    closed(cast, {"QL-B1": 9200})
    admin(cast, {"QL-R": 10_500}, approved=False)
    assert only(cast).reason == "还没有行政绩效分，暂不联动"


def test_without_a_score_of_the_workshop_its_lines_stand_for_it(cast: Cast) -> None:
    in_force(cast)
    closed(cast, {"QL-B1": 9200})
    admin(cast, {"QL-R1": 9800})
    found = only(cast)
    assert found.value_h == 9016  # 98.00 × 0.92
    assert [(part["code"], part["days"]) for part in found.inputs[0]["parts"]] == [("QL-R1", 31)]


def test_a_score_that_one_line_still_owes_leaves_no_score_at_all(cast: Cast) -> None:
    second = Unit.objects.create(plant=cast.plant, code="QL-R2", kind="line", position=90)
    UnitState.objects.create(unit=second, name="转炉二线", parent=cast.unit["QL-R"], from_on=SINCE)
    in_force(cast)
    closed(cast, {"QL-B1": 9200})
    admin(cast, {"QL-R1": 9800})
    assert only(cast).reason == "还没有行政绩效分，暂不联动"


def test_a_branch_without_a_grade_is_left_out_with_its_days(cast: Cast) -> None:
    in_force(cast)
    closed(cast, {"QL-B1": 9200, "QL-B3": None})
    admin(cast, {"QL-R": 10_000})
    Mapping.objects.create(body=cast.body["QL-B3"], unit=cast.unit["QL-R1"], from_on=SINCE)
    found = only(cast)
    assert [(part["code"], part["score"]) for part in found.inputs[1]["parts"]] == [("QL-B1", 9200), ("QL-B3", None)]
    assert found.value_h == 9200


def test_a_move_in_the_middle_of_the_month_counts_both_workshops_by_days(cast: Cast) -> None:
    """13 days of 熔炼 (92, 105) and 18 of 精炼 (80, 100): party (1196 + 1440) ÷ 31 = 85.03, admin (1365 + 1800) ÷ 31 = 102.10."""
    in_force(cast)
    closed(cast, {"QL-B1": 9200, "QL-B2": 8000})
    admin(cast, {"QL-R": 10_500, "QL-F": 10_000})
    moved = dt.date(2026, 3, 14)
    Post.objects.filter(person=cast.person["马主任"], role="workshop_head").update(until_on=moved)
    Post.objects.create(person=cast.person["马主任"], role="workshop_head", unit=cast.unit["QL-F"], from_on=moved)
    found = only(cast)
    assert [row["value"] for row in found.inputs] == ["102.10", "85.03"]
    assert [(part["code"], part["days"], part["score"]) for part in found.inputs[1]["parts"]] == [
        ("QL-B1", 13, 9200), ("QL-B2", 18, 8000),
    ]  # fmt: skip
    assert found.value_h == 8682  # 102.10 × 0.8503 = 86.815630
    assert found.unit == cast.unit["QL-F"]


def test_a_branch_that_came_to_the_line_in_the_month_counts_from_its_day_on(cast: Cast) -> None:
    """B1 31 days at 92, B3 from the 22nd on 10 days at 80: (2852 + 800) ÷ 41 = 89.07."""
    in_force(cast)
    closed(cast, {"QL-B1": 9200, "QL-B3": 8000})
    admin(cast, {"QL-R": 10_000})
    Mapping.objects.create(body=cast.body["QL-B3"], unit=cast.unit["QL-R1"], from_on=dt.date(2026, 3, 22))
    assert only(cast).inputs[1]["value"] == "89.07"


def test_a_month_that_is_not_closed_is_not_computed(cast: Cast) -> None:
    in_force(cast)
    with pytest.raises(LinkageProblem, match="2026-03 还没有关账"):
        compute(cast)


def test_computing_again_writes_nothing_new(cast: Cast) -> None:
    in_force(cast)
    ground(cast)
    only(cast)
    assert compute(cast) == []
    assert LinkResult.objects.count() == 1


def test_an_approved_adjustment_adds_a_result_beside_the_old_one_with_the_difference(cast: Cast) -> None:
    in_force(cast)
    ground(cast)
    first = only(cast)
    adjustment = Adjustment.objects.create(
        closing=first.closing, number=1, state="approved", cause="申诉", proposed_at=AT, decided_at=AT
    )
    AdjustmentTotal.objects.create(
        adjustment=adjustment, body=cast.body["QL-B1"], scale="party", applicable=10_000, available=10_000, won=9_000,
        before=9_200, converted=9_000, grade="excellent",
    )  # fmt: skip
    second = only(cast)
    assert (second.number, second.value_h, second.value_moved_h, second.coefficient_moved_tt) == (2, 9450, -210, -200)
    assert second.adjustment == adjustment
    assert LinkResult.objects.get(pk=first.pk).value_h == 9660
    with pytest.raises(OnlyAdded):
        LinkResult.objects.filter(pk=first.pk).update(value_h=1)


@pytest.mark.covers("S2-15")
def test_the_old_quarterly_review_of_secretaries_stays_reproducible(cast: Cast) -> None:
    scheme = old(cast)
    quarter(cast, {"QL-B1": 9375})
    found = {one.person.name: one for one in compute(cast, Period.month(2025, 12))}
    mine = found["王书记"]
    assert (mine.period, mine.value_h, mine.coefficient_tt) == ("2025-Q4", 9375, None)
    assert [(part["code"], part["days"]) for part in mine.inputs[0]["parts"]] == [("QL-B1", 31 + 30 + 31)]
    assert compute(cast, Period.month(2025, 11)) == [], "a quarter ends with its third month"
    in_force(cast)
    ground(cast)
    assert [(one.person.name, one.scheme.model) for one in compute(cast)] == [("马主任", "M1")]
    again = LinkResult.objects.get(pk=mine.pk)
    assert link_results.replay(again).value_h == 9375
    assert link_results.replays(again)
    assert again.scheme == scheme


def test_a_result_replays_by_the_model_that_was_approved_whatever_the_pack_says_now(cast: Cast) -> None:
    in_force(
        cast,
        "M3",
        params={"bands": [{"at_least": "90", "coefficient": "1.1"}, {"at_least": "0", "coefficient": "0.9"}]},
    )
    ground(cast)
    found = only(cast)
    assert (found.value_h, found.coefficient_tt) == (11_550, 11_000)
    assert link_results.replay(LinkResult.objects.get(pk=found.pk)).value_h == 11_550


@pytest.mark.covers("S2-14")
@pytest.mark.parametrize("gone", ["document", "title"])
def test_a_scheme_names_the_document_that_puts_it_in_force(cast: Cast, gone: str) -> None:
    with pytest.raises(LinkageProblem, match="请填写"):
        proposed(cast, **{gone: " "})


def test_nobody_approves_what_he_proposed_nor_what_links_his_own_pay(cast: Cast) -> None:
    scheme = proposed(cast)
    with pytest.raises(LinkageProblem, match="不能自己批准"):
        linkages.approve(scheme=scheme, by=cast.account["孙干事"], at=AT)
    with pytest.raises(LinkageProblem, match="您自己的兑现"):
        linkages.approve(scheme=scheme, by=cast.account["马主任"], at=AT)
    linkages.approve(scheme=scheme, by=cast.account["高书记"], at=AT)
    with pytest.raises(LinkageProblem, match="已经有人决定过"):
        linkages.reject(scheme=scheme, why="晚了", by=cast.account["高书记"], at=AT)
    assert list(AuditEntry.objects.values_list("verb", flat=True)).count("linkage.approve") == 1


def test_a_scheme_begins_after_the_last_closed_month(cast: Cast) -> None:
    closed(cast, {"QL-B1": 9200})
    with pytest.raises(LinkageProblem, match="最早从 2026-04 起用"):
        proposed(cast, from_month=MARCH)
    waiting = proposed(cast, from_month=APRIL)
    closed(cast, {"QL-B1": 9200}, month=APRIL)
    with pytest.raises(LinkageProblem, match="最早从 2026-05 起用"):
        linkages.approve(scheme=waiting, by=cast.account["高书记"], at=AT)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"role": "statistician"}, "请选择对谁联动"),
        ({"grain": "week"}, "按月还是按季度"),
        ({"sources": {"party": "party"}}, "行政绩效分还没有定从哪里取"),
        ({"sources": {"party": "party", "admin": "moon"}}, "“moon”不是取数的地方"),
        ({"place": "branch", "role": "secretary"}, "支部没有行政绩效分"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(cast: Cast, more: dict[str, Any], words: str) -> None:
    with pytest.raises(LinkageProblem, match=words):
        proposed(cast, **more)
