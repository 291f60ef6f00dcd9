"""The dispatcher's page: progress against time, what is needed after a stop, the forecast as stored; nothing is reckoned here."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronglu.config.plant import pack_of
from ronglu.store.models import Cascade, Halt, Job, Plan, PlanStop, Reading
from ronglu.tasks.boards import build_plant
from ronglu.tasks.run import HANDLERS, perform
from ronglu.work import halts, stops
from tests.cast import Cast, make_cast
from tests.facts.plant_month import March, make_march

URL = reverse("cascade")
MARCH = {"unit": "QL-R1", "grain": "month", "period": "2026-03", "indicator": "SM-01"}
NOW = dt.datetime(2026, 3, 21, 9)


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Path) -> Cast:
    settings.HOME, settings.TODAY = tmp_path, "2026-03-21T09:00"
    return make_cast()


@pytest.fixture
def march(cast: Cast) -> March:
    """Planned 930 t, 30 a day; read up to the 20th: 600 t."""
    line = cast.unit["QL-R1"]
    found = make_march(plant=line.plant, line=line, by=cast.account["周统计员"])
    Reading.objects.filter(day__gt=dt.date(2026, 3, 20)).delete()
    Plan.objects.filter(indicator="SM-01").update(value="930")
    build_plant(plant=line.plant, at=NOW)
    return found


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def month(answer: Any) -> Any:
    return next(one["level"] for one in answer.context["months"] if str(one["level"].period) == "2026-03")


@pytest.mark.covers("S3-32")
def test_done_due_gap_and_what_is_needed(march: March, cast: Cast, client: Client) -> None:
    """600 of 600 due; 330 left over 11 days: 30 a day."""
    found = cast.login(client, "李班长").get(URL, MARCH)
    level = month(found)
    assert (level.plan, level.due, level.done, level.gap, level.days_left) == (930, 600, 600, 0, 11)
    weeks = {str(one["level"].period): one["level"] for one in found.context["weeks"]}
    assert weeks["2026-W13"].needed == 30
    page = words(found)
    assert "数据到 03-20" in page and "还不能预计" in page and "用表格看这张图" in page


def test_an_approved_stop_re_plans_the_rest_through_the_worker(march: March, cast: Cast, client: Client) -> None:
    """The 24th and 25th stop: 330 over 9 days is 36.67; the job that the approval asked for does it."""
    row = stops.propose(
        unit=cast.unit["QL-R1"], first=dt.date(2026, 3, 24), last=dt.date(2026, 3, 25), reason="年修",
        by=cast.account["周统计员"], at=NOW,
    )  # fmt: skip
    stops.approve(stop=row, by=cast.account["马主任"], at=NOW)
    assert PlanStop.objects.get().approved_by
    for job in _waiting(cast):
        perform(job)
    found = cast.login(client, "李班长").get(URL, MARCH)
    weeks = {str(one["level"].period): one["level"] for one in found.context["weeks"]}
    assert (weeks["2026-W13"].days_left, str(weeks["2026-W13"].needed)) == (5, "36.67")
    assert "计划停产 年修" in words(found)


def test_a_logged_stop_asks_the_worker_and_takes_its_part_of_the_day(march: March, cast: Cast, client: Client) -> None:
    """The 21st has stood from 08:00 to 20:00: half a day; 330 ÷ 10.5 = 31.43 for the others, half of it for the 21st."""
    said = halts.Said(starts_at=dt.datetime(2026, 3, 21, 8), ends_at=dt.datetime(2026, 3, 21, 20), reason="mechanical")
    book = pack_of("qinglan").base.stops
    halts.log(
        unit=cast.unit["QL-R1"], said=said, book=book, by=cast.account["李班长"], at=dt.datetime(2026, 3, 21, 20, 5)
    )
    for job in _waiting(cast):
        perform(job)
    row = Cascade.objects.get(unit=cast.unit["QL-R1"], indicator="SM-01")
    asked = {day[0][-2:]: day[3] for day in row.days if day[3]}
    assert (asked["21"], asked["22"]) == ("15.71", "31.43")
    assert "停机 机械故障" in words(cast.login(client, "李班长").get(URL, MARCH))
    assert Halt.objects.count() == 1


def test_the_forecast_stands_as_it_was_stored(march: March, cast: Cast, client: Client) -> None:
    said = {
        "point": "930.00",
        "low": "910.00",
        "high": "925.00",
        "days": "11",
        "sure": "80",
        "tries": "20",
        "held": "17",
    }
    Cascade.objects.update(ends={"2026-03": said})
    page = words(cast.login(client, "李班长").get(URL, MARCH))
    assert "910.00 – 925.00" in page and "试 20 次，17 次落在范围里" in page and "预计够不着计划" in page


def test_the_year_has_its_own_curve_and_the_workbook_every_day(march: March, cast: Cast, client: Client) -> None:
    cast.login(client, "李班长")
    assert len(client.get(URL, MARCH | {"grain": "year", "period": "2026"}).context["view"].days) == 365
    answer = client.get(reverse("cascade_export"), MARCH)
    assert answer.status_code == 200 and b"".join(answer.streaming_content)[:2] == b"PK"  # type: ignore[arg-type]


def test_other_lines_and_outsiders_find_nothing_and_a_unit_without_a_plan_is_said(
    march: March, cast: Cast, client: Client
) -> None:
    for name in ("郑师傅", "外人"):
        assert cast.login(client, name).get(URL, MARCH).status_code == 404, name
    Cascade.objects.all().delete()
    assert "没有可分解的计划" in words(cast.login(client, "李班长").get(URL, MARCH))


def test_the_page_reads_stored_rows_alone(march: March, cast: Cast, client: Client) -> None:
    cast.login(client, "李班长")
    client.get(URL, MARCH)
    with CaptureQueriesContext(connection) as seen:
        client.get(URL, MARCH)
    assert sum('"store_cascade"' in one["sql"] for one in seen) == 1
    assert not [one for one in seen if '"store_reading"' in one["sql"] or '"store_plan"' in one["sql"]]
    assert "cascades" in HANDLERS


def _waiting(cast: Cast) -> list[Job]:
    return list(Job.objects.filter(plant=cast.plant, state="waiting").order_by("pk"))
