"""The page of stops: who logs, the Pareto of a period, where failure hours come from, the workbook, the same cost at more rows."""

import datetime as dt
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from ronglu.store.models import Channel, Halt, Reading
from tests.cast import Cast, make_cast
from tests.work.clock import set_clock

URL = reverse("halts")
MARCH = {"grain": "month", "period": "2026-03"}


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Path) -> Cast:
    settings.HOME, settings.TODAY = tmp_path, "2026-03-10T16:00"
    found = make_cast()
    set_clock(found.plant)
    return found


def stop(
    cast: Cast, starts: str, ends: str = "", reason: str = "mechanical", unit: str = "QL-R1", state: str = ""
) -> Halt:
    return Halt.objects.create(
        unit=cast.unit[unit], starts_at=dt.datetime.fromisoformat(starts), reason=reason, kind="unplanned",
        ends_at=dt.datetime.fromisoformat(ends) if ends else None, state=state or ("over" if ends else "running"),
        logged_by=cast.account["李班长"], logged_at=dt.datetime(2026, 3, 10, 9),
    )  # fmt: skip


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def test_a_stop_is_logged_with_five_answers(cast: Cast, client: Client) -> None:
    form = {
        "unit": cast.unit["QL-R1"].pk, "reason": "power", "starts_at": "2026-03-10T14:00", "ends_at": "2026-03-10T14:40",
        "words": "电网限电",
    }  # fmt: skip
    answer = cast.login(client, "李班长").post(reverse("halt_new"), form)
    row = Halt.objects.get()
    assert answer.status_code == 302
    assert (row.unit, row.reason, row.words, row.state) == (cast.unit["QL-R1"], "power", "电网限电", "over")
    again = client.post(reverse("halt_new"), form | {"starts_at": "2026-03-10T14:39", "ends_at": "2026-03-10T15:00"})
    assert again.status_code == 422 and "重叠" in words(again)


def test_a_stop_of_another_line_is_not_offered(cast: Cast, client: Client) -> None:
    form = {"unit": cast.unit["QL-F1"].pk, "reason": "power", "starts_at": "2026-03-10T14:00"}
    assert cast.login(client, "李班长").post(reverse("halt_new"), form).status_code == 422
    assert not Halt.objects.exists()


def test_minutes_are_summed_by_reason_inside_the_period_the_longest_first(cast: Cast, client: Client) -> None:
    """90 + 30 of mechanical, 60 of power; what ran over from February counts from 1 March 08:00 on: 60 of its 120."""
    stop(cast, "2026-03-05T10:00", "2026-03-05T11:30")
    stop(cast, "2026-03-06T10:00", "2026-03-06T10:30")
    stop(cast, "2026-03-01T07:00", "2026-03-01T09:00", "power")
    stop(cast, "2026-03-07T10:00", "2026-03-07T12:00", "gas", state="withdrawn")
    found = cast.login(client, "李班长").get(URL, MARCH)
    assert [(name, one.times, one.minutes) for name, one in found.context["reasons"]] == [
        ("机械故障", 2, 120), ("停电、限电", 1, 60),
    ]  # fmt: skip
    assert found.context["minutes"] == 180 and "记错，撤回" in words(found)
    book = load_workbook(BytesIO(b"".join(client.get(reverse("halts_export"), MARCH).streaming_content)))  # type: ignore[arg-type]
    assert [[cell.value for cell in row] for row in book["按原因"].iter_rows(min_row=2)] == [
        ["机械故障", 2, 120, 2], ["停电、限电", 1, 60, 1],
    ]  # fmt: skip
    assert book["停机记录"].max_row == 5


def test_a_stop_that_runs_is_counted_up_to_now_and_not_beyond(cast: Cast, client: Client) -> None:
    """From 15:15 to 16:00, while the shift looked at goes on to midnight."""
    stop(cast, "2026-03-10T15:15")
    found = cast.login(client, "李班长").get(URL, {"grain": "day", "period": "2026-03-10"})
    assert found.context["minutes"] == 45


def test_it_says_whether_the_reading_or_the_log_speaks_for_failure_hours(cast: Cast, client: Client) -> None:
    """Mechanical failure of 90 minutes is 1.5 h of the log, waiting for a ladle is none; the reading says 2.25 h."""
    stop(cast, "2026-03-05T10:00", "2026-03-05T11:30")
    stop(cast, "2026-03-06T10:00", "2026-03-06T10:30", "waiting")
    page = words(cast.login(client, "马主任").get(URL, MARCH))
    assert "停机记录只说明停机，不进设备故障率" in page
    channel = Channel.objects.create(
        unit=cast.unit["QL-R1"], series="sm_fault_hours", grain="day", from_on=dt.date(2026, 1, 1)
    )
    assert "缺数" in words(client.get(URL, MARCH))
    Reading.objects.create(
        channel=channel, starts_at=dt.datetime(2026, 3, 5, 8), ends_at=dt.datetime(2026, 3, 6, 8), day=dt.date(2026, 3, 5),
        shift_no=0, month=202603, text="2.25", value=225, state="audited", known_at=dt.datetime(2026, 3, 6),
        entered_by=cast.account["周统计员"],
    )  # fmt: skip
    found = client.get(URL, MARCH)
    assert [(one.read, one.logged) for one in found.context["sources"]] == [(Decimal("2.25"), Decimal("1.50"))]
    assert "用读数，不用停机记录；两者对照，不相加" in words(found)


def test_only_lines_in_reach_are_seen(cast: Cast, client: Client) -> None:
    stop(cast, "2026-03-05T10:00", "2026-03-05T11:30", unit="QL-F1")
    assert cast.login(client, "李班长").get(URL, MARCH).context["minutes"] == 0
    assert cast.login(client, "赵安全员").get(URL, MARCH).context["minutes"] == 90
    assert cast.login(client, "外人").get(URL).status_code == 404
    assert cast.login(client, "李班长").get(URL, MARCH | {"unit": cast.unit["QL-F1"].pk}).status_code == 404


def test_three_rows_cost_what_one_costs(cast: Cast, client: Client) -> None:
    cast.login(client, "马主任")
    counts = []
    for number in range(3):
        stop(cast, f"2026-03-0{number + 5}T10:00", f"2026-03-0{number + 5}T11:00")
        with CaptureQueriesContext(connection) as seen:
            client.get(URL, MARCH)
        counts.append(len(seen))
    assert counts[1] == counts[2]


def test_corrected_ended_and_withdrawn_from_the_page(cast: Cast, client: Client) -> None:
    row = stop(cast, "2026-03-10T10:00")
    cast.login(client, "马主任")
    client.post(reverse("halt_end", args=[row.pk]), {"ends_at": "2026-03-10T11:00"})
    said = {"reason": "power", "starts_at": "2026-03-10T10:00", "ends_at": "2026-03-10T11:10", "why": "看错了表"}
    client.post(reverse("halt_correct", args=[row.pk]), said)
    row.refresh_from_db()
    assert (row.state, row.reason, row.ends_at) == ("over", "power", dt.datetime(2026, 3, 10, 11, 10))
    client.post(reverse("halt_withdraw", args=[row.pk]), {"why": "记在别的线上了"})
    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert cast.login(client, "吴师傅").post(reverse("halt_withdraw", args=[row.pk]), {"why": "x"}).status_code == 403
