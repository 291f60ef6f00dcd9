"""贡献台账: no measure, no credit; registered before, confirmed by the line, credited once (S3-05, N1)."""

import datetime as dt
from decimal import Decimal as D

import pytest

from ronglu.kernel.measure.indicator import Direction
from ronglu.kernel.standing.contribution import ContributionTrouble, Improvement
from ronglu.store.models import AuditEntry, Post, Zone
from ronglu.work import contributions
from ronglu.work.queries import contributions as queries
from tests.cast import SINCE, Cast, cast  # noqa: F401  (the fixture)
from tests.work.contributed import LATER, MARCH, better, claim, confirmed, indicator, measure, settle

pytestmark = pytest.mark.django_db


def credited(cast: Cast, body: str = "QL-B1") -> int:
    return contributions.credited(
        body=cast.body[body], unit=cast.unit["QL-R1"], indicator=indicator(cast).code, period=MARCH
    )


@pytest.mark.covers("S3-05")
def test_recovery_rises_without_a_registered_measure_and_the_branch_gains_nothing(cast: Cast) -> None:
    better(cast)
    ground = queries.Ground.of(cast.plant, MARCH)
    (line,) = queries.better(ground=ground, indicators={indicator(cast).code: indicator(cast)})
    assert (line.improvement.improved, line.credited, line.measures) == (True, 0, 0)
    with pytest.raises(ContributionTrouble, match="没有在改善期开始前登记的举措，贡献计 0"):
        claim(cast, None)
    assert credited(cast) == 0


@pytest.mark.covers("S3-05")
def test_with_a_measure_the_claim_waits_for_the_line_and_is_credited_once(cast: Cast) -> None:
    better(cast)
    made = claim(cast, measure(cast))
    assert (made.state, credited(cast)) == ("claimed", 0)
    contributions.confirm(contribution=made, holds=True, reason="", by=cast.account["马主任"], at=LATER)
    assert (made.state, credited(cast)) == ("confirmed", 0)
    settle(cast, made, {made.pk: 60})
    assert credited(cast) == 60
    with pytest.raises(ContributionTrouble, match="重新打开"):
        settle(cast, made, {made.pk: 60})


def test_a_measure_registered_when_the_month_had_begun_counts_nothing(cast: Cast) -> None:
    better(cast)
    with pytest.raises(ContributionTrouble, match="事后登记的贡献计 0"):
        claim(cast, measure(cast, at=dt.datetime(2026, 3, 1, 8)))
    claim(cast, measure(cast, at=dt.datetime(2026, 3, 1, 7, 59)))


def test_a_measure_that_was_given_up_counts_nothing(cast: Cast) -> None:
    better(cast)
    with pytest.raises(ContributionTrouble, match="没有办成"):
        claim(cast, measure(cast, phase="dropped"))


def test_a_measure_of_another_line_or_branch_is_not_this_branchs(cast: Cast) -> None:
    better(cast)
    other = measure(cast, unit="QL-F1-甲", by="郑师傅")
    with pytest.raises(ContributionTrouble, match="不是这个支部"):
        claim(cast, other)
    with pytest.raises(ContributionTrouble, match="不是这个支部"):
        claim(cast, measure(cast), body="QL-B2")


def test_nothing_to_claim_where_nothing_got_better(cast: Cast) -> None:
    better(cast, before="92.90", now="92.90")
    with pytest.raises(ContributionTrouble, match="没有可申报的"):
        claim(cast, measure(cast))


def test_a_zone_action_is_a_measure_whatever_its_loop(cast: Cast) -> None:
    better(cast)
    with pytest.raises(ContributionTrouble, match="不是这个支部"):
        claim(cast, measure(cast, loop="hazard"))
    zone = Zone.objects.create(
        plant=cast.plant, unit=cast.unit["QL-R1-甲"], code="Z1", name="炉口", kind="own", token="z1", from_on=SINCE
    )
    claim(cast, measure(cast, loop="hazard", zone=zone))


def test_one_measure_is_credited_once_even_where_two_branches_name_it(cast: Cast) -> None:
    """郑师傅 of the other branch proposed it for the converter: a measure of both."""
    better(cast)
    shared = measure(cast, by="郑师傅")
    claim(cast, shared)
    with pytest.raises(ContributionTrouble, match="一项举措只认一次"):
        claim(cast, shared, body="QL-B2")


def test_two_branches_share_one_improvement_and_never_more_than_the_whole(cast: Cast) -> None:
    better(cast)
    one = confirmed(cast, measure(cast), asked=70)
    two = confirmed(cast, measure(cast, by="郑师傅"), body="QL-B2", asked=60, by="高书记")
    with pytest.raises(ContributionTrouble, match="合计不能超过 100%，现在是 130%"):
        settle(cast, one, {one.pk: 70, two.pk: 60}, reason="都认")
    with pytest.raises(ContributionTrouble, match="请写明理由"):
        settle(cast, one, {one.pk: 60, two.pk: 40})
    settle(cast, one, {one.pk: 60, two.pk: 40}, reason="清渣为主，枪位为辅")
    assert (credited(cast), credited(cast, "QL-B2")) == (60, 40)


def test_what_comes_later_gets_at_most_what_is_left(cast: Cast) -> None:
    better(cast)
    one = confirmed(cast, measure(cast), asked=70)
    settle(cast, one, {one.pk: 70})
    two = confirmed(cast, measure(cast, by="郑师傅"), body="QL-B2", asked=40, by="高书记")
    with pytest.raises(ContributionTrouble, match="其中已认定 70%"):
        settle(cast, two, {two.pk: 40})
    settle(cast, two, {two.pk: 30}, reason="只剩三成")
    assert credited(cast, "QL-B2") == 30


def test_both_claims_are_settled_together(cast: Cast) -> None:
    better(cast)
    one = confirmed(cast, measure(cast))
    confirmed(cast, measure(cast, by="郑师傅"), body="QL-B2", asked=40, by="高书记")
    with pytest.raises(ContributionTrouble, match="重新打开"):
        settle(cast, one, {one.pk: 60})


def test_nobody_confirms_his_own_claim_or_one_of_his_own_committee(cast: Cast) -> None:
    better(cast)
    made = claim(cast, measure(cast), by="马主任")
    with pytest.raises(ContributionTrouble, match="自己申报的"):
        contributions.confirm(contribution=made, holds=True, reason="", by=cast.account["马主任"], at=LATER)
    Post.objects.create(person=cast.person["陈技术员"], body=cast.body["QL-B1"], role="organiser", from_on=SINCE)
    with pytest.raises(ContributionTrouble, match="申报支部的委员"):
        contributions.confirm(contribution=made, holds=True, reason="", by=cast.account["陈技术员"], at=LATER)


@pytest.mark.parametrize(
    ("by", "why"), [("王书记", "申报或确认过"), ("马主任", "申报或确认过"), ("何组长", "申报支部的党员")]
)
def test_nobody_with_a_stake_reviews(cast: Cast, by: str, why: str) -> None:
    better(cast)
    made = confirmed(cast, measure(cast))
    with pytest.raises(ContributionTrouble, match=why):
        settle(cast, made, {made.pk: 60}, by=by)


def test_the_line_may_say_no_with_a_reason_and_that_ends_it(cast: Cast) -> None:
    better(cast)
    made, head = claim(cast, measure(cast)), cast.account["马主任"]
    with pytest.raises(ContributionTrouble, match="写明理由"):
        contributions.confirm(contribution=made, holds=False, reason=" ", by=head, at=LATER)
    contributions.confirm(contribution=made, holds=False, reason="二月换了原料", by=head, at=LATER)
    assert (made.state, made.granted, credited(cast)) == ("rejected", 0, 0)
    with pytest.raises(ContributionTrouble, match="办过"):
        contributions.confirm(contribution=made, holds=True, reason="", by=head, at=LATER)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"statement": "开了会"}, "至少 10 个字"),
        ({"record": " "}, "哪一次会议"),
        ({"did": "team", "record": "team:999"}, "本支部的队伍"),
        ({"asked": 0}, "1 到 100"),
        ({"asked": 101}, "1 到 100"),
        ({"at": dt.datetime(2026, 3, 31, 12)}, "还没有过完"),
    ],
    ids=["words", "paper", "team", "0", "101", "too early"],
)
def test_a_claim_says_what_the_organisation_did_and_where_that_is_written(
    cast: Cast, said: dict[str, object], why: str
) -> None:
    better(cast)
    with pytest.raises(ContributionTrouble, match=why):
        claim(cast, measure(cast), **said)


def test_every_step_is_in_the_trail(cast: Cast) -> None:
    better(cast)
    made = confirmed(cast, measure(cast))
    settle(cast, made, {made.pk: 50}, reason="原料也好些")
    told = list(
        AuditEntry.objects.filter(verb__startswith="contributions.").order_by("pk").values_list("verb", flat=True)
    )
    assert told == ["contributions.claim", "contributions.confirm", "contributions.settle"]


@pytest.mark.parametrize(
    ("direction", "past", "value", "better_by"),
    [("up", "92.1", "92.9", "0.8"), ("down", "50", "47", "3"), ("band", "13", "11", "1"), ("band", "10", "11", "0")],
)
def test_better_by_the_way_an_indicator_points(direction: str, past: str, value: str, better_by: str) -> None:
    """A band from 9 to 12: 13 lies 1 outside, 11 and 10 inside."""
    one = Improvement(value=D(value), past=D(past), plan=None, direction=Direction(direction), band=(D(9), D(12)))
    assert one.against_past == D(better_by)
    assert one.improved is (D(better_by) > 0)
    assert one.against_plan is None


def test_a_longer_month_makes_no_quantity_better() -> None:
    """31 days of 100 t are more than 28 of 105 t, and still less than planned."""
    march = {"value": D(3100), "past": D(2940), "direction": Direction.UP, "quantity": True}
    assert not Improvement(**march, plan=D(3200)).improved
    assert not Improvement(**march, plan=None).improved
    assert Improvement(**march, plan=D(3000)).improved
