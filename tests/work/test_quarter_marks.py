"""The quarter's panel and 实特亮: who may give them, what stands of several, and how long they may change."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from ronglu.kernel.time.period import Period
from ronglu.store.models import PracticeMark, QuarterMark, Review
from ronglu.work import quarter_marks
from ronglu.work.marks import MarkProblem
from tests.cast import Cast, cast  # noqa: F401  (the fixture)
from tests.web.scored import scored
from tests.work.judged import named
from tests.work.reviewed import begun, tended

pytestmark = pytest.mark.django_db
Q1 = Period.quarter(2026, 1)
LATER = dt.datetime(2026, 4, 9, 10)


def score(cast: Cast, by: str, points: str, *, body: str = "QL-B1", **rest: Any) -> QuarterMark:
    said = {"quarter": Q1, "scale": "party", "reason": "按点评卡", "at": LATER} | rest
    return quarter_marks.mark_quarter(body=cast.body[body], score=Decimal(points), by=cast.account[by], **said)


@pytest.mark.covers("S3-19")
def test_the_mean_of_what_stands_goes_into_the_year(cast: Cast) -> None:
    """90 first, then 92.5; the other gave 91: (92.50 + 91.00) ÷ 2 = 91.75, and 91.7550 is rounded up to 91.76."""
    scored(cast)
    named(cast, "高书记", "赵安全员", item="quarter")
    score(cast, "高书记", "90")
    score(cast, "高书记", "92.5")
    score(cast, "赵安全员", "91")
    assert QuarterMark.objects.count() == 3, "the earlier one stays"
    year = Period.year(2026)
    assert quarter_marks.of_year(plant=cast.plant, year=year) == {(cast.body["QL-B1"].pk, "party"): {1: 9175}}
    score(cast, "赵安全员", "91.01")
    assert quarter_marks.of_year(plant=cast.plant, year=year)[cast.body["QL-B1"].pk, "party"] == {1: 9176}


@pytest.mark.parametrize(
    ("rest", "why"),
    [
        ({"points": "100.01"}, "点评分是 0 到 100"),
        ({"points": "-1"}, "点评分是 0 到 100"),
        ({"points": "90.123"}, "点评分是 0 到 100"),
        ({"points": "90", "reason": " "}, "请写明理由"),
        ({"points": "90", "scale": "both"}, "没有“both”这个百分"),
        ({"points": "90", "body": "QL-B3"}, "这是您所在的支部"),
        ({"points": "90", "at": dt.datetime(2026, 3, 31, 9)}, "还没有过完"),
        ({"points": "90", "by": "孙干事"}, "您现在不是“季度点评打分”的评审人"),
    ],
)
def test_what_is_no_score_is_refused_in_words(cast: Cast, rest: dict[str, Any], why: str) -> None:
    scored(cast)
    named(cast, "高书记", item="quarter")
    with pytest.raises(MarkProblem, match=why):
        score(cast, rest.pop("by", "高书记"), rest.pop("points"), **rest)
    assert not QuarterMark.objects.exists()


def test_once_the_year_is_publicised_the_quarter_changes_no_more(cast: Cast) -> None:
    scored(cast)
    named(cast, "高书记", item="quarter")
    begun(cast)
    tended(cast, dt.date(2027, 1, 1))
    later = {"at": dt.datetime(2027, 1, 5, 9)}
    score(cast, "高书记", "90", **later)
    case = Review.objects.get(kind="annual", body=cast.body["QL-B1"]).case
    type(case).objects.filter(pk=case.pk).update(state="publicity")
    with pytest.raises(MarkProblem, match="年考核已经公示"):
        score(cast, "高书记", "95", **later)


@pytest.mark.covers("S0-08")
def test_a_practice_is_told_in_three_words_with_a_comment(cast: Cast) -> None:
    scored(cast)
    named(cast, "高书记", item="practice")
    say: dict[str, Any] = {
        "body": cast.body["QL-B1"], "period": Q1, "practice": "红色擂台", "solid": 4, "distinct": 5, "bright": 3, "at": LATER,
        "comment": "炉前看得见", "by": cast.account["高书记"],
    }  # fmt: skip
    quarter_marks.mark_practice(**say)
    quarter_marks.mark_practice(**say | {"bright": 4, "period": Period.year(2025)})
    quarter_marks.mark_practice(**say | {"bright": 5})
    [stands] = quarter_marks.practices(plant=cast.plant, period=Q1)
    assert (stands.number, stands.solid, stands.distinct, stands.bright) == (2, 4, 5, 5)
    for wrong, why in (
        ({"solid": 0, "bright": 6}, "实、亮应评 1 到 5 档"),
        ({"comment": ""}, "请写明理由"),
        ({"practice": " "}, "哪个做法"),
        ({"period": Period.month(2026, 3)}, "按季度或年度评"),
        ({"body": cast.body["QL-B3"]}, "这是您所在的支部"),
    ):
        with pytest.raises(MarkProblem, match=why):
            quarter_marks.mark_practice(**say | wrong)
    assert PracticeMark.objects.count() == 3
