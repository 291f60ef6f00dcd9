"""五抓五促: five sentences a quarter, looked at by somebody else; the plant words the list, and no points hang on it."""

import datetime as dt

import pytest

from ronglu.kernel.gathering.integrity import IntegrityTrouble
from ronglu.kernel.labour import LabourTrouble
from ronglu.kernel.time.period import Period
from ronglu.store.models import BodyState, QuarterPoint
from ronglu.work import quarter_points, wording
from ronglu.work.quarter_points import BadPoint
from ronglu.work.queries import integrity as queries
from ronglu.work.queries.places import Places
from ronglu.work.wording import BadWording
from tests.cast import AT, ON, Cast, cast  # noqa: F401  (the fixture)
from tests.work.sworn import officer

pytestmark = pytest.mark.django_db
Q1 = Period.parse("2026-Q1")


def filled(cast: Cast, point: str = "study", **rest: object) -> QuarterPoint:
    said = {"done": True, "words": "观看警示片并讨论", "by": cast.account["王书记"], "at": AT} | rest
    return quarter_points.fill(body=cast.body["QL-B1"], quarter=Q1, point=point, **said)  # type: ignore[arg-type]


@pytest.mark.covers("S1-21")
def test_each_of_the_five_is_filled_by_the_branch_and_looked_at_by_another(cast: Cast) -> None:
    row = filled(cast)
    with pytest.raises(BadPoint, match="须由另一人"):
        quarter_points.look(row=row, holds=True, remark="", by=cast.account["王书记"], at=AT)
    quarter_points.look(row=row, holds=True, remark="", by=officer(cast), at=AT)
    with pytest.raises(BadPoint, match="纪检已经看过"):
        filled(cast, words="改一改")
    quarter = queries.quarters(scope=cast.scope("王书记"), places=Places(cast.plant, ON), quarter=Q1)[0]
    assert (len(quarter.points), quarter.filled) == (5, 1)


def test_what_does_not_hold_goes_back_and_is_written_anew(cast: Cast) -> None:
    row = filled(cast)
    with pytest.raises(LabourTrouble, match="哪里不实"):
        quarter_points.look(row=row, holds=False, remark="", by=officer(cast), at=AT)
    quarter_points.look(row=row, holds=False, remark="没有讨论记录", by=officer(cast), at=AT)
    again = filled(cast, words="3 月 9 日补了讨论")
    assert (again.pk, again.looked_by, again.remark) == (row.pk, None, "")


def test_nothing_is_written_ahead_nor_outside_the_list(cast: Cast) -> None:
    with pytest.raises(BadPoint, match="还没有到"):
        quarter_points.fill(
            body=cast.body["QL-B1"],
            quarter=Q1 + 1,
            point="study",
            done=True,
            words="x",
            by=cast.account["王书记"],
            at=AT,
        )
    with pytest.raises(IntegrityTrouble, match="不在“五抓五促”里"):
        filled(cast, "sixth")


@pytest.mark.covers("S1-21")
def test_the_plant_words_the_five_and_what_was_recorded_stays_with_its_line(cast: Cast) -> None:
    filled(cast)
    wording.reword(plant=cast.plant, name="points", words={"study": "抓教育，促自律"}, by=cast.account["孙干事"], at=AT)
    labels = [one.zh for one in wording.listed(cast.plant, "points")]
    assert (labels[0], len(labels)) == ("抓教育，促自律", 5)
    assert wording.listed(cast.neighbour, "points")[0].zh == "抓学习教育，促廉洁自律"
    quarter = queries.quarters(scope=cast.scope("王书记"), places=Places(cast.plant, ON), quarter=Q1)[0]
    point, row = quarter.points[0]
    assert (point.zh, row is not None) == ("抓教育，促自律", True)
    wording.reword(plant=cast.plant, name="points", words={"study": " "}, by=cast.account["孙干事"], at=AT)
    assert wording.listed(cast.plant, "points")[0].zh == "抓学习教育，促廉洁自律"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"study": "一" * 41}, "最多 40 字"),
        ({"study": "同", "duty": "同"}, "不能同名"),
        ({"six": "六"}, "不在“五抓五促”里"),
    ],
    ids=["long", "same", "unknown"],
)
def test_words_that_cannot_be_are_refused(cast: Cast, words: dict[str, str], said: str) -> None:
    with pytest.raises(IntegrityTrouble, match=said):
        wording.reword(plant=cast.plant, name="points", words=words, by=cast.account["孙干事"], at=AT)
    with pytest.raises(BadWording, match="没有“slogans”"):
        wording.reword(plant=cast.plant, name="slogans", words={}, by=cast.account["孙干事"], at=AT)


def test_a_quarter_keeps_the_branches_it_had(cast: Cast) -> None:
    """The converter branch was merged in April; a branch founded then owed nothing for the first quarter."""
    filled(cast)
    april = dt.date(2026, 4, 1)
    BodyState.objects.filter(body=cast.body["QL-B1"]).update(until_on=april)
    BodyState.objects.filter(body=cast.body["QL-B2"]).update(from_on=april)
    places = Places(cast.plant, dt.date(2026, 5, 6))

    def told(quarter: Period) -> list[tuple[str, int]]:
        found = queries.quarters(scope=cast.scope("孙干事", places.on), places=places, quarter=quarter)
        return [(one.name, one.filled) for one in found]

    assert told(Q1) == [("转炉党支部", 1), ("机关党支部", 0)]
    assert told(Q1 + 1) == [("精炼党支部", 0), ("机关党支部", 0)]


def test_a_group_fills_none_of_its_own(cast: Cast) -> None:
    with pytest.raises(BadPoint, match="由当季的支部、党总支填"):
        quarter_points.fill(
            body=cast.body["QL-B1-甲"],
            quarter=Q1,
            point="study",
            done=True,
            words="学了",
            by=cast.account["王书记"],
            at=AT,
        )
