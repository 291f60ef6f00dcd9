"""A1, A2 and A3 scored: a relay that was missed costs two points, topics count by what was decided, a missing link costs one."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from ronglu.config.plant import pack_of
from ronglu.kernel.time.period import Period
from ronglu.store.models import AgendaRow, CalendarRow, SheetVersion
from ronglu.tasks.assess import assess_month
from ronglu.work import partitions, relays
from tests.cast import AT, SINCE, Cast, cast  # noqa: F401
from tests.facts.plant_month import SHIFTS
from tests.facts.scored import lines, result, same_in_the_kernel
from tests.work.educated import asked, by, document, on, planned, taken, topic

pytestmark = pytest.mark.django_db
MARCH = Period.month(2026, 3)
APRIL = dt.datetime(2026, 4, 12, 9)


@pytest.fixture(autouse=True)
def _day(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.HOME, settings.TODAY = tmp_path, "2026-04-12"
    CalendarRow.objects.create(plant=cast.plant, from_on=SINCE, day_starts=dt.time(8), month_first=1, shifts=SHIFTS)
    SheetVersion.objects.create(
        plant=cast.plant, version=1, from_month=202501, declaration=dict(pack_of(cast.plant.code).sheet.declaration), digest="x",
        published_at=APRIL,
    )  # fmt: skip


def scored(cast: Cast, item: str, body: str = "QL-B1") -> tuple[str, int | None]:
    found = result(assess_month(plant=cast.plant, month=MARCH, at=APRIL), item, body)
    assert found.state == "not_wired" or same_in_the_kernel(found)
    return found.state, found.won


def test_where_nobody_keeps_documents_or_plans_the_items_are_not_wired(cast: Cast) -> None:
    assert [scored(cast, item) for item in ("A1", "A2", "A3")] == [("not_wired", None)] * 3


@pytest.mark.covers("S2-30", "S4-28")
def test_a_relay_missed_costs_two_of_the_four_points_and_more_telling_earns_nothing(cast: Cast) -> None:
    """4 − 2: of two documents one was told in time, twice; the branch that was asked for nothing keeps all."""
    told, _missed = asked(cast), asked(cast, title="第二份")
    for occasion in ("甲班班前会", "乙班班前会"):
        relays.tell(relay=told, day=AT.date(), occasion=occasion, people=2, **by(cast, "王书记"))
    assert scored(cast, "A1") == ("scored", 200)
    assert scored(cast, "A1", "QL-B2") == ("nothing", 400)


def test_a_late_relay_with_an_accepted_reason_costs_nothing(cast: Cast) -> None:
    row = asked(cast)
    relays.explain(relay=row, reason="大修期间全员在现场", **by(cast, "王书记", on(24)))
    assert scored(cast, "A1") == ("scored", 200)
    relays.decide(relay=row, holds=True, remark="", **by(cast, at=on(26)))
    assert scored(cast, "A1") == ("scored", 400)


@pytest.mark.covers("S2-02")
def test_topics_score_by_the_share_that_ended_in_a_decision(cast: Cast) -> None:
    """Two topics due, one decided: half of five points; the hours of the meeting are nowhere."""
    plan = planned(cast)
    topic(cast, plan, "1+N 政策体系")
    taken(cast, plan.topics.order_by("pk")[0], decide=True)
    assert scored(cast, "A2") == ("scored", 250)
    assert sorted(lines(result(assess_month(plant=cast.plant, month=MARCH, at=APRIL), "A2"))) == [
        ("", 0, 1),
        ("", 1, 1),
    ]
    assert scored(cast, "A2", "QL-B2")[0] == "not_applicable"


@pytest.mark.covers("S1-17")
def test_each_missing_link_costs_one_of_four_points(cast: Cast) -> None:
    """Decided, but tied to no policy: 4 − 1; with a document of superiors on the line nothing is missing."""
    plan = planned(cast)
    taken(cast, plan.topics.get(), decide=True)
    assert scored(cast, "A3") == ("scored", 300)
    AgendaRow.objects.filter(topics__plan=plan).update(document=document(cast, kind="superior"))
    partitions.touch(plant=cast.plant, fact="study", months=[202603])
    assert scored(cast, "A3") == ("scored", 400)
