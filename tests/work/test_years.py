"""年考核 on the tables: months, panels and 民主测评 by declared weights, veto, publicity, a second person, the seal."""

import datetime as dt
from fractions import Fraction
from pathlib import Path

import pytest

from ronglu.store.models import (
    Adjustment,
    AdjustmentTotal,
    BodyState,
    Case,
    Closing,
    QuotaList,
    Succession,
    Total,
    YearResult,
    YearReview,
)
from ronglu.store.models.append import OnlyAdded
from ronglu.work import linkages, quotas, seals, years
from ronglu.work.queries.todo_year import waiting_years
from ronglu.work.quotas import QuotaProblem
from ronglu.work.years import YearProblem
from tests.cast import AT, Cast, cast  # noqa: F401  (the fixture)
from tests.work import linked
from tests.work.yeared import JANUARY, YEAR, compute, panels, polled, year

pytestmark = pytest.mark.django_db
AFTER = dt.date(2026, 1, 27)


def party(cast: Cast, code: str = "QL-B1") -> YearResult:
    review = cast.plant.years.get()
    return YearResult.objects.get(review=review, number=review.number, body=cast.body[code], scale="party")


def whole(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    year(cast, {"QL-B1": 9000})
    panels(cast, {"QL-B1": 9500})
    polled(monkeypatch, cast, {"QL-B1": 8800})


@pytest.mark.covers("S3-20")
def test_the_year_is_0_6_of_months_0_2_of_panels_and_0_2_of_the_appraisal(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """0.6 × 90 + 0.2 × 95 + 0.2 × 88 = 54 + 19 + 17.6 = 90.60."""
    whole(cast, monkeypatch)
    compute(cast)
    found = party(cast)
    assert (found.value_h, found.grade, found.reason) == (9060, "excellent", "")
    assert [row[1] for row in found.steps][:3] == ["0.6 × 90", "0.2 × 95", "0.2 × 88"]


def test_what_is_missing_is_named_and_never_filled_in(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    year(cast, {"QL-B1": 9000}, months=range(1, 6))
    compute(cast)
    found = party(cast)
    assert (found.value_h, found.grade) == (None, "")
    assert found.reason == "评了 5 个月，不足 6 个月；有 0 个季度点评分，不足 2 个；民主测评没有结果"
    other = party(cast, "QL-B2")
    assert other.value_h is None and "评了 0 个月" in other.reason


def test_months_that_were_not_rated_are_left_out_of_the_mean(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight months at 90 and four 暂不评级: the mean stays 90."""
    year(cast, {"QL-B1": 9000}, months=range(1, 9))
    year(cast, {"QL-B1": None}, months=range(9, 13))
    panels(cast, {"QL-B1": 9500})
    polled(monkeypatch, cast, {"QL-B1": 8800})
    compute(cast)
    assert party(cast).value_h == 9060


def test_a_veto_in_one_month_holds_the_year_down(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    whole(cast, monkeypatch)
    Total.objects.filter(run__month=202507, body=cast.body["QL-B1"]).update(vetoed=True)
    compute(cast)
    found = party(cast)
    assert (found.value_h, found.grade, found.capped, found.vetoes) == (9060, "fair", True, [7])


def test_a_new_branch_takes_the_days_before_it_from_the_branch_it_came_out_of(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B2 came out of B1 on 16 July: till June B1's 80, July (15 × 80 + 16 × 95) ÷ 31 = 87.74, then 95.

    Mean (6 × 80 + 87.74 + 5 × 95) ÷ 12 = 86.895; quarters 90 all; 0.6 × 86.895 + 0.2 × 90 + 0.2 × 90 = 88.137.
    """
    born = dt.date(YEAR, 7, 16)
    BodyState.objects.filter(body=cast.body["QL-B2"]).update(from_on=born)
    Succession.objects.create(before=cast.body["QL-B1"], after=cast.body["QL-B2"], on=born, kind="split")
    year(cast, {"QL-B1": 8000}, months=range(1, 7))
    year(cast, {"QL-B1": 8000, "QL-B2": 9500}, months=range(7, 13))
    panels(cast, {"QL-B1": 9000, "QL-B2": 9000})
    polled(monkeypatch, cast, {"QL-B1": 9000, "QL-B2": 9000})
    compute(cast)
    found = party(cast, "QL-B2")
    assert [found.months[str(no)]["score"] for no in (6, 7, 8)] == [8000, 8774, 9500]
    assert [(one["code"], one["days"]) for one in found.months["7"]["parts"]] == [("QL-B2", 16), ("QL-B1", 15)]
    assert found.value_h == 8814


def told(cast: Cast, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    whole(cast, monkeypatch)
    return years.publicise(review=compute(cast), by=cast.account["孙干事"], on=JANUARY, at=AT)


def test_publicity_lasts_five_working_days_and_appeals_five_more(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """From Monday 12 January: until Monday 19, appeals until Monday 26."""
    review = told(cast, monkeypatch)
    assert (review.publicity_on, review.appeals_on) == (dt.date(2026, 1, 19), dt.date(2026, 1, 26))
    with pytest.raises(YearProblem, match="不能再汇总"):
        compute(cast)
    with pytest.raises(YearProblem, match="之后才能公布"):
        years.publish(review=review, by=cast.account["高书记"], on=review.appeals_on, at=AT)


def test_it_is_published_by_another_and_only_when_every_appeal_is_decided(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = told(cast, monkeypatch)
    with pytest.raises(YearProblem, match="由另一人公布"):
        years.publish(review=review, by=cast.account["孙干事"], on=AFTER, at=AT)
    appeal = Case.objects.create(
        plant=cast.plant, loop="appeal", version=1, number="SS-2026-0001", title="年度", state="checking", phase="working",
        data={"against": "score"}, raised_at=AT, entered_at=AT,
    )  # fmt: skip
    with pytest.raises(YearProblem, match="1 件对考核得分的申诉没有裁定"):
        years.publish(review=review, by=cast.account["高书记"], on=AFTER, at=AT)
    Case.objects.filter(pk=appeal.pk).update(phase="closed")
    assert years.publish(review=review, by=cast.account["高书记"], on=AFTER, at=AT).state == "published"


def test_a_month_that_was_adjusted_since_is_computed_and_told_again_before_the_year_is_published(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The appeal was right, July stands at 70: what was told in public is no longer so."""
    review = told(cast, monkeypatch)
    adjusted = Adjustment.objects.create(
        closing=Closing.objects.get(plant=cast.plant, month=202507), number=1, state="approved", cause="申诉更正",
        proposed_at=AT, decided_by=cast.account["高书记"], decided_at=AT,
    )  # fmt: skip
    AdjustmentTotal.objects.create(
        adjustment=adjusted, body=cast.body["QL-B1"], scale="party", applicable=10_000, available=10_000, won=7_000,
        before=9_000, converted=7_000, grade_before="excellent", grade="fair",
    )  # fmt: skip
    said = "汇总以后，1 个支部的月度、季度或测评得分有变动（QL-B1）：请收回公示，重新汇总后再公示"
    assert said in years.problems(review, on=AFTER)
    with pytest.raises(YearProblem, match="请收回公示，重新汇总后再公示"):
        years.publish(review=review, by=cast.account["高书记"], on=AFTER, at=AT)
    years.reopen(review=review, reason="七月申诉更正", by=cast.account["孙干事"], at=AT)
    with pytest.raises(YearProblem, match="请重新汇总"):
        years.publicise(review=review, by=cast.account["孙干事"], on=JANUARY, at=AT)
    again = compute(cast)
    assert list(years.problems(again, on=AFTER)) == []
    assert party(cast).value_h == 8960, "0.6 × (11 × 90 + 70) ÷ 12 + 36.6"


def test_a_publicity_that_is_taken_back_may_be_computed_anew_and_keeps_what_was_told(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = told(cast, monkeypatch)
    with pytest.raises(YearProblem, match="请写明"):
        years.reopen(review=review, reason=" ", by=cast.account["孙干事"], at=AT)
    years.reopen(review=review, reason="申诉更正了七月", by=cast.account["孙干事"], at=AT)
    assert compute(cast).number == 2
    assert YearResult.objects.filter(body=cast.body["QL-B1"], scale="party").count() == 2
    with pytest.raises(OnlyAdded):
        YearResult.objects.update(value_h=1)


def test_the_archived_year_is_sealed_and_a_changed_result_is_found(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    review = told(cast, monkeypatch)
    years.publish(review=review, by=cast.account["高书记"], on=AFTER, at=AT)
    cast.plant.closings.all().delete()
    years.archive(review=review, by=cast.account["高书记"], at=AT)
    assert (review.state, review.seal.kind, review.seal.month) == ("archived", "year", 202512)
    assert seals.verify(plant=cast.plant, archive=tmp_path) == []
    one = party(cast)
    one.value_h = 9061
    one.save()
    assert seals.verify(plant=cast.plant, archive=tmp_path) == ["第 1 号封存（2025-12）：年度得分与封存时不符"]
    with pytest.raises(YearProblem, match="不能办这一步"):
        years.archive(review=review, by=cast.account["高书记"], at=AT)


def published(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> YearReview:
    review = told(cast, monkeypatch)
    done = years.publish(review=review, by=cast.account["高书记"], on=AFTER, at=AT)
    cast.plant.closings.all().delete()
    return done


def named(cast: Cast, names: tuple[str, ...] = ("何组长",)) -> QuotaList:
    """Of the four members of QL-B1 one may be 优秀; he fits."""
    people = [(cast.person[name], 9000) for name in names]
    return quotas.nominate(
        body=cast.body["QL-B1"], year=YEAR, people=people, quota=Fraction(1, 3), by=cast.account["孙干事"], at=AT
    )


def test_the_list_of_a_branchs_members_is_sealed_with_the_year(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    review, quota = published(cast, monkeypatch), named(cast)
    assert quota.state == "settled"
    years.archive(review=review, by=cast.account["高书记"], at=AT)
    assert seals.verify(plant=cast.plant, archive=tmp_path) == []
    with pytest.raises(QuotaProblem, match="2025 年度考核已归档，名额不再改动"):
        quotas.nominate(
            body=cast.body["QL-B2"], year=YEAR, people=[], quota=Fraction(1, 3), by=cast.account["孙干事"], at=AT
        )
    QuotaList.objects.filter(pk=quota.pk).update(rated=5)
    assert seals.verify(plant=cast.plant, archive=tmp_path) == ["第 1 号封存（2025-12）：支部里的优秀提名与封存时不符"]


def test_a_year_with_a_list_that_is_not_decided_is_not_archived(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    review = published(cast, monkeypatch)
    assert named(cast, ("何组长", "李班长")).state == "open"
    with pytest.raises(YearProblem, match="QL-B1 的党员优秀名额还没有定"):
        years.archive(review=review, by=cast.account["高书记"], at=AT)


def test_a_seal_from_before_a_table_was_covered_stands_for_what_it_names(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    review, quota = published(cast, monkeypatch), named(cast)
    with monkeypatch.context() as then:
        then.delitem(seals.OF_YEAR, "year_members")
        years.archive(review=review, by=cast.account["高书记"], at=AT)
    QuotaList.objects.filter(pk=quota.pk).update(rated=5)
    assert seals.verify(plant=cast.plant, archive=tmp_path) == []
    QuotaList.objects.filter(subject="scale:party").update(rated=5)
    assert seals.verify(plant=cast.plant, archive=tmp_path) == ["第 1 号封存（2025-12）：优秀名额与封存时不符"]


def test_a_year_that_is_not_over_is_not_told(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    whole(cast, monkeypatch)
    with pytest.raises(YearProblem, match="还没有过完"):
        years.publicise(review=compute(cast), by=cast.account["孙干事"], on=dt.date(YEAR, 12, 31), at=AT)


def todos(cast: Cast, name: str, on: dt.date = AFTER) -> list[tuple[str, str]]:
    return [(one.kind, one.key) for one in waiting_years(cast.scope(name, on))]


def test_what_waits_for_a_second_person_stands_on_his_home_page(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    scheme = linked.proposed(cast)
    assert todos(cast, "孙干事") == [], "he proposed it"
    assert todos(cast, "高书记") == [("link_scheme", "")]
    linkages.approve(scheme=scheme, by=cast.account["高书记"], at=AT)
    cast.plant.link_schemes.all().delete()
    review = told(cast, monkeypatch)
    assert todos(cast, "高书记", dt.date(2026, 1, 26)) == []
    assert todos(cast, "高书记") == [("year", "2025")]
    years.publish(review=review, by=cast.account["高书记"], on=AFTER, at=AT)
    assert todos(cast, "高书记") == [("year", "2025")], "it waits to be archived"
    assert todos(cast, "王书记") == []
