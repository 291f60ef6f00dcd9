"""What was handed in after the working day of the timetable says on the duty sheet by how much."""

import datetime as dt
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from ronglu.kernel.time.workday import WorkCalendar
from ronglu.store.models import CalendarRow
from ronglu.tasks import assess_others
from ronglu.work.queries.assessed import late
from tests.cast import Cast, cast  # noqa: F401  (the fixture)
from tests.facts.plant_month import MARCH, SHIFTS
from tests.work.reviewed import APRIL_1, begun, card, go, tended

pytestmark = pytest.mark.django_db
WANG = reverse("duty_score", args=["20102"])
HANDED_IN = dt.date(2026, 4, 13)


@pytest.fixture
def may(cast: Cast, settings: Any, tmp_path: Path) -> None:
    """The self-check of March was due on Tuesday 7 April and came on Monday 13: Wednesday to Friday and Monday are four days."""
    settings.HOME, settings.TODAY = tmp_path, "2026-05-03"
    CalendarRow.objects.create(
        plant=cast.plant, from_on=dt.date(2025, 1, 1), day_starts=dt.time(8), month_first=1, shifts=SHIFTS
    )
    begun(cast)
    tended(cast, APRIL_1)
    go(cast, card(cast), "王书记", "submit", on=HANDED_IN)
    assess_others.persons(plant=cast.plant, month=MARCH + 1, at=dt.datetime(2026, 5, 3, 9))


def test_a_late_self_check_says_when_it_came_and_by_how_many_working_days(
    cast: Cast, may: None, client: Client
) -> None:
    page = cast.login(client, "王书记").get(WANG, {"month": "2026-04"}).content.decode()
    assert "2026-04-07" in page and "2026-04-13 才办成，迟 4 个工作日" in page
    answer = client.get(reverse("duty_xlsx", args=["20102"]), {"month": "2026-04"})
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert "到期 2026-04-07 未按期，2026-04-13 才办成，迟 4 个工作日" in str(list(book.active.values))


@pytest.mark.parametrize(
    ("due", "done", "n"),
    [
        ("2026-04-10", "2026-04-10", 0),
        ("2026-04-10", "2026-04-12", 0),
        ("2026-04-10", "2026-04-13", 1),
        ("2026-04-10", "2026-04-01", 0),
        ("2026-04-10", "", 0),
    ],
)
def test_a_weekend_after_the_due_day_makes_nothing_late(due: str, done: str, n: int) -> None:
    assert late({"due": due, "done": done}, WorkCalendar()) == n
