"""党组织工作经费: entered for a year, replaced, taken back; the rule looks only where one was entered (R-ORG-13)."""

import datetime as dt
from decimal import Decimal

import pytest

from ronglu.store.models import AuditEntry, Finding, PartyBudget
from ronglu.work import party_budgets
from ronglu.work.findings import refresh_findings
from ronglu.work.party_budgets import BadBudget, Money
from tests.work.plant import ON, Story, story  # noqa: F401

AT = dt.datetime(2026, 3, 31, 9)


def enter(story: Story, budget: str | None, *, carried: str = "0", wages: str = "10000000", year: int = 2026) -> None:
    said = (
        Money(wages_last_year=Decimal(wages), budget=Decimal(budget), carried_over=Decimal(carried)) if budget else None
    )
    party_budgets.enter(body=story.body["厂党委"], year=year, money=said, by=story.by, at=AT)
    refresh_findings(plant=story.plant, on=ON, at=AT)


def found() -> list[tuple[str, dt.date]]:
    rows = Finding.objects.filter(rule="R-ORG-13", cleared_on=None)
    return list(rows.order_by("subject").values_list("detail", "opened_on"))


@pytest.mark.covers("S0-04")
def test_less_than_one_per_cent_is_found_since_the_year_began_and_cleared_by_what_is_put_right(story: Story) -> None:
    refresh_findings(plant=story.plant, on=ON, at=AT)
    assert found() == []  # nothing entered, nothing asked
    enter(story, "90000")
    assert found() == [
        ("厂党委 2026 年党组织工作经费 90,000.00 元，按上年工资总额 1% 应为 100,000.00 元", dt.date(2026, 1, 1))
    ]
    enter(story, "100000")
    assert found() == [] and PartyBudget.objects.count() == 1
    trail = AuditEntry.objects.filter(verb="party_budgets.enter").order_by("pk").last()
    assert trail is not None and trail.detail["before"] == "10000000.00/90000.00/0.00"


def test_more_than_two_per_cent_carried_over_stops_the_allocation(story: Story) -> None:
    enter(story, "100000", carried="200000.01")
    assert [words for words, _ in found()] == ["厂党委结转已超过上年工资总额的 2%，2026 年不再安排"]
    enter(story, "0", carried="200000.01")
    assert found() == []


def test_what_was_entered_by_mistake_is_taken_back_and_the_finding_goes_with_it(story: Story) -> None:
    enter(story, "1")
    assert len(found()) == 1
    enter(story, None)
    assert (found(), PartyBudget.objects.count()) == ([], 0)
    assert AuditEntry.objects.get(verb="party_budgets.withdraw").detail["before"] == "10000000.00/1.00/0.00"
    with pytest.raises(BadBudget, match="没有登记过工作经费"):
        enter(story, None)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"year": 2025}, "2025 年不能登记，请选 2026 或 2027"),
        ({"wages": "0"}, "上年工资总额应大于 0"),
        ({"wages": "1000"}, "本年安排 90000 元应在 0 和上年工资总额 1000 元之间"),
        ({"carried": "-1"}, "上年结转 -1 元应在 0 和"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(story: Story, said: dict[str, str], why: str) -> None:
    with pytest.raises(BadBudget, match=why):
        enter(story, "90000", **said)  # type: ignore[arg-type]
    assert PartyBudget.objects.count() == 0
