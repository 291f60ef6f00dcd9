"""优秀 on the tables: a third of those rated, never by the programme at a tie, decided by one and confirmed by another."""

import datetime as dt
from fractions import Fraction

import pytest

from ronglu.kernel.rules.load import digest
from ronglu.store.models import Person, QuotaList, SheetVersion
from ronglu.work import quotas, sheets, years
from ronglu.work.quotas import QuotaProblem
from ronglu.work.years import YearProblem
from tests.cast import AT, SINCE, Cast, cast  # noqa: F401  (the fixture)
from tests.work.polled import people
from tests.work.yeared import JANUARY, YEAR, compute, panels, polled, year

pytestmark = pytest.mark.django_db
THIRD = Fraction(1, 3)


def branch_of_thirty(cast: Cast) -> list[Person]:
    """QL-B2 has one member of its own (郑师傅): 29 more make thirty, and two 预备党员 beside them."""
    full = [one.person for one in people(cast, 29, body="QL-B2")]
    people(cast, 2, first=42001, body="QL-B2", status="probationary")
    return [one for one in full if one is not None]


def nominate(cast: Cast, scores: list[tuple[Person, int | None]]) -> QuotaList:
    return quotas.nominate(
        body=cast.body["QL-B2"], year=YEAR, people=scores, quota=THIRD, by=cast.account["孙干事"], at=AT
    )


def test_eleven_named_of_thirty_leave_ten_places(cast: Cast) -> None:
    """AV-20."""
    found = branch_of_thirty(cast)
    quota = nominate(cast, [(one, 9900 - 10 * place) for place, one in enumerate(found[:11])])
    assert (quota.rated, quota.allotment["places"], quota.state) == (30, 10, "open")
    assert len(quota.allotment["within"]) == 10
    assert quota.allotment["beyond"] == [found[10].staff_no]
    assert quota.allotment["problems"] == ["参评 30，优秀最多 10 名，现提名 11 名，多 1 名"]


def test_a_probationary_member_takes_part_without_a_grade(cast: Cast) -> None:
    found = branch_of_thirty(cast)
    young = Person.objects.get(staff_no="42001")
    quota = nominate(cast, [(young, 9999), *((one, 9000) for one in found[:10])])
    assert quota.allotment["barred"] == [["42001", "预备党员参加评议，不评等次"]]
    assert (quota.state, len(quotas.placed(quota))) == ("settled", 10)
    assert "42001" not in quotas.placed(quota)


def test_two_level_at_the_edge_are_named_and_a_committee_decides(cast: Cast) -> None:
    found = branch_of_thirty(cast)
    scores = [9900 - 10 * place for place in range(9)] + [9500, 9500]
    quota = nominate(cast, list(zip(found[:11], scores, strict=True)))
    tied = [found[9].staff_no, found[10].staff_no]
    assert (quota.allotment["edge"], quota.allotment["open"]) == (tied, 1)
    assert quotas.placed(quota) == frozenset(), "nothing stands before it is settled"
    deed = {"ground": "支委会 1 月 8 日", "by": cast.account["孙干事"], "at": AT}
    with pytest.raises(QuotaProblem, match="只剩 1 个名额，选了 2 个"):
        quotas.decide(quota=quota, chosen=tied, **deed)
    with pytest.raises(QuotaProblem, match="不在同分名单里"):
        quotas.decide(quota=quota, chosen=[found[0].staff_no], **deed)
    with pytest.raises(QuotaProblem, match="哪次会议"):
        quotas.decide(quota=quota, chosen=tied[:1], **{**deed, "ground": " "})
    quotas.decide(quota=quota, chosen=tied[1:], **deed)
    with pytest.raises(QuotaProblem, match="不能自己确认"):
        quotas.confirm(quota=quota, by=cast.account["孙干事"], at=AT)
    quotas.confirm(quota=quota, by=cast.account["高书记"], at=AT)
    assert tied[1] in quotas.placed(quota) and tied[0] not in quotas.placed(quota)
    assert len(quotas.placed(quota)) == 10
    with pytest.raises(QuotaProblem, match="不能再改提名"):
        nominate(cast, [(found[0], 9000)])


def test_what_does_not_agree_with_the_minutes_goes_back(cast: Cast) -> None:
    found = branch_of_thirty(cast)
    quota = nominate(cast, [(one, 9500) for one in found[:11]])
    quotas.decide(quota=quota, chosen=[found[0].staff_no], ground="会议", by=cast.account["孙干事"], at=AT)
    quotas.send_back(quota=quota, by=cast.account["高书记"], at=AT)
    assert (quota.state, quota.chosen) == ("open", [])


def test_nobody_names_himself_nor_a_stranger_and_no_nominee_decides(cast: Cast) -> None:
    mine = cast.account["郑师傅"]
    found = branch_of_thirty(cast)
    with pytest.raises(QuotaProblem, match="提名了自己"):
        quotas.nominate(body=cast.body["QL-B2"], year=YEAR, people=[(mine.person, 9000)], quota=THIRD, by=mine, at=AT)
    with pytest.raises(QuotaProblem, match="李班长不是这个支部的党员"):
        nominate(cast, [(cast.person["李班长"], 9000)])
    quota = nominate(cast, [(cast.person["郑师傅"], 9500), *((one, 9500) for one in found[:10])])
    with pytest.raises(QuotaProblem, match="提名里有您本人"):
        quotas.decide(quota=quota, chosen=["20111"], ground="会议", by=mine, at=AT)


def branches(cast: Cast, monkeypatch: pytest.MonkeyPatch, scores: dict[str, int]) -> None:
    """Three branches of which a third may be 优秀: one place."""
    year(cast, scores)
    panels(cast, scores)
    polled(monkeypatch, cast, scores)
    version = SheetVersion.objects.get(plant=cast.plant)
    declaration = {**version.declaration, "quota_percent": 34}
    SheetVersion.objects.filter(pk=version.pk).update(declaration=declaration, digest=digest(declaration))


@pytest.mark.covers("S3-20")
def test_of_three_branches_that_reach_it_the_places_are_the_sheets_share(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    branches(cast, monkeypatch, {"QL-B1": 9600, "QL-B2": 9300, "QL-B3": 9100})
    review = compute(cast)
    quota = years.lists(review)[1]
    assert (quota.subject, quota.allotment["places"]) == ("scale:party", 1)
    assert quota.allotment["within"] == ["QL-B1"] and quota.allotment["beyond"] == ["QL-B2", "QL-B3"]
    with pytest.raises(YearProblem, match="名额还没有定"):
        years.publicise(review=review, by=cast.account["孙干事"], on=JANUARY, at=AT)
    quotas.decide(quota=quota, chosen=[], ground="党委会", by=cast.account["孙干事"], at=AT)
    quotas.confirm(quota=quota, by=cast.account["高书记"], at=AT)
    sheet = sheets.sheet_of(review.sheet)
    found = {
        one.body.code: years.final_grade(one, sheet, quota) for one in years.results(review) if one.scale == "party"
    }
    assert found == {"QL-B1": "excellent", "QL-B2": "good", "QL-B3": "good"}


def test_who_sits_on_a_tied_branch_does_not_decide(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    branches(cast, monkeypatch, {"QL-B1": 9500, "QL-B2": 9500})
    quota = years.lists(compute(cast))[1]
    assert quota.allotment["edge"] == []
    SheetVersion.objects.filter(plant=cast.plant).update(
        declaration={**SheetVersion.objects.get(plant=cast.plant).declaration, "quota_percent": 50}
    )
    quota = years.lists(compute(cast))[1]
    assert (quota.allotment["edge"], quota.allotment["open"]) == (["QL-B1", "QL-B2"], 1)
    with pytest.raises(QuotaProblem, match="您任委员"):
        quotas.decide(quota=quota, chosen=["QL-B1"], ground="会", by=cast.account["王书记"], at=AT)


def test_a_seat_counts_while_it_is_held_also_where_its_last_day_is_written_already(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    branches(cast, monkeypatch, {"QL-B1": 9500, "QL-B2": 9500})
    compute(cast)
    SheetVersion.objects.filter(plant=cast.plant).update(
        declaration={**SheetVersion.objects.get(plant=cast.plant).declaration, "quota_percent": 50}
    )
    quota, posts = years.lists(compute(cast))[1], cast.person["王书记"].posts
    posts.update(until_on=AT.date() + dt.timedelta(days=30))
    with pytest.raises(QuotaProblem, match="您任委员"):
        quotas.decide(quota=quota, chosen=["QL-B1"], ground="会", by=cast.account["王书记"], at=AT)
    posts.update(until_on=AT.date())
    quotas.decide(quota=quota, chosen=["QL-B1"], ground="会", by=cast.account["王书记"], at=AT)
