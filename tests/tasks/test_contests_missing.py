"""What was not read of a contest: hours of a shift, shifts of a crew, a month; waited for, never taken for nought, ranked by nobody."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ronglu.kernel.standing.contest import Weight
from ronglu.store.models import Channel, Contest, Reading
from ronglu.tasks import contests as worker
from ronglu.work import partitions
from tests.cast import Cast, cast  # noqa: F401
from tests.tasks.test_contests import counted, team
from tests.work.contested import AFTER, COAL, FEED, FIRST, raced

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path / "home"


@pytest.mark.covers("S0-23")
def test_an_hour_that_was_not_read_makes_no_poor_shift_of_it(cast: Cast) -> None:
    """Five of eight hours of 甲's feed are missing on one shift: its three hours are not what it fed."""
    made = raced(cast)
    rows = {key: row for key, row in made.rows.items() if key[0] == FEED}
    Channel.objects.filter(series=FEED).update(grain="hour")
    Reading.objects.filter(channel__series=FEED).delete()
    short = next(key for key, row in rows.items() if key[1] >= FIRST and row.letter == "甲")
    for key, row in rows.items():
        for hour in range(8 if key != short else 3):
            at = row.starts_at + dt.timedelta(hours=hour)
            Reading.objects.create(
                channel=row.channel, starts_at=at, ends_at=at + dt.timedelta(hours=1), day=row.day, shift_no=row.shift_no,
                month=row.month, letter=row.letter, text="12500", value=12500, state="audited", known_at=AFTER,
                entered_by=row.entered_by,
            )  # fmt: skip
    one = team(counted(made, weights=(Weight("SM-01", 100),)), "甲")
    assert one["stood"] - one["shifts"] == 1
    assert Decimal(one["by"]["SM-01"]["value"]) == 100 * one["shifts"]


@pytest.mark.covers("S0-23")
def test_a_shift_in_which_the_line_stood_still_by_a_breakdown_is_read_and_counts(cast: Cast) -> None:
    """Nothing fed and nothing burnt: the coal rate of that shift is none, its feed is nought, and it was read."""
    made = raced(cast)
    key = next(key for key, row in made.rows.items() if key[0] == FEED and key[1] >= FIRST and row.letter == "甲")
    for series in (FEED, COAL):
        made.correct(series, *key[1:], 0)
    result = counted(made)
    one = team(result, "甲")
    assert (one["shifts"], result.outcome["unread"]) == (one["stood"], 0)
    assert Decimal(one["by"]["SM-01"]["plan"]) == 101 * one["stood"]


@pytest.mark.covers("S0-23")
def test_a_contest_waits_for_its_readings_and_not_for_ever(cast: Cast) -> None:
    """One shift that nobody audited: counted three working days later, and all the same as soon as it was."""
    made = raced(cast)
    contest = made.declared()
    late = Reading.objects.filter(pk=made.rows[FEED, dt.date(2026, 3, 31), 2].pk)
    late.update(state="forecast")
    partitions.touch(plant=cast.plant, fact="readings", months=[202603])
    found = []
    for at in (dt.datetime(2026, 3, 1, 9), AFTER, dt.datetime(2026, 4, 3, 9)):
        worker.tend(plant=cast.plant, at=at)
        contest.refresh_from_db()
        found.append(contest.state)
    assert found == ["running", "running", "running"]
    late.update(state="audited")
    partitions.touch(plant=cast.plant, fact="readings", months=[202603])
    worker.tend(plant=cast.plant, at=dt.datetime(2026, 4, 3, 10))
    contest.refresh_from_db()
    assert (contest.state, contest.results.get().outcome["unread"]) == ("provisional", 0)


@pytest.mark.covers("S0-23")
def test_a_crew_whose_shifts_were_not_read_has_no_place_and_no_score(cast: Cast) -> None:
    """甲 fed a tenth more, and a fifth of its shifts is missing: perhaps the poor ones."""
    made = raced(cast, lead=10)
    mine = [row for (code, on, _no), row in made.rows.items() if code == FEED and on >= FIRST and row.letter == "甲"]
    for row in mine[::5]:
        row.delete()
    result = counted(made)
    one = team(result, "甲")
    assert (one["place"], one["points_h"], one["lacks"]) == (None, None, True)
    assert {team(result, other)["place"] for other in "乙丙丁"} == {1}
    assert one["by"]["SM-01"]["value"] is not None


@pytest.mark.covers("S0-23")
def test_a_contest_of_which_a_fifth_was_read_ranks_nobody_and_stays_open_until_it_is_counted_anew(cast: Cast) -> None:
    made = raced(cast)
    gone = Reading.objects.filter(day__gte=dt.date(2026, 3, 7))
    kept = list(gone)
    gone.delete()
    result = counted(made)
    assert {(one["place"], one["points_h"]) for one in result.outcome["teams"]} == {(None, None)}
    assert worker.replayed(result)
    late = dt.datetime(2026, 4, 20, 9)
    worker.tend(plant=cast.plant, at=late)
    contest = Contest.objects.get()
    assert contest.state == "provisional"
    Reading.objects.bulk_create(kept)
    partitions.touch(plant=cast.plant, fact="readings", months=[202603])
    worker.count(contest=contest, cause="补数", at=late)
    worker.tend(plant=cast.plant, at=late + dt.timedelta(days=4))
    contest.refresh_from_db()
    assert contest.state == "final"


@pytest.mark.covers("S0-23")
def test_a_past_of_which_too_little_was_read_is_nothing_to_have_improved_on(cast: Cast) -> None:
    """Of 乙's February only three shifts stand; its level alone counts, as for a crew without a past."""
    made = raced(cast)
    for (code, day, _no), row in made.rows.items():
        if code == FEED and row.letter == "乙" and dt.date(2026, 2, 4) < day < FIRST:
            row.delete()
    result = counted(made, improvement=Decimal("0.30"))
    one, other = team(result, "乙"), team(result, "丙")
    assert (one["better_ppb"], one["points_h"]) == (None, (one["level_ppb"] + 50_000) // 100_000)
    assert other["better_ppb"] is not None
