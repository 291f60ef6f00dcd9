"""A month scored from the tables: the facts of the Foundation, their states, and what one correction moves."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from ronglu.facts import partition
from ronglu.kernel.time.period import Period
from ronglu.store.models import CalendarRow, Finding, ItemFigure, Mapping, Plan, Result, Run
from ronglu.tasks.assess import assess_month
from tests.cast import Cast, cast  # noqa: F401  (the fixture)
from tests.facts.plant_month import AT, MARCH, March, make_march

pytestmark = pytest.mark.django_db


@pytest.fixture
def march(cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> March:
    settings.HOME = tmp_path
    monkeypatch.setattr("ronglu.tasks.assess.today", lambda: AT.date())
    line = cast.unit["QL-R1"]
    return make_march(plant=line.plant, line=line, by=cast.account["周统计员"])


def result(run: Run, body: str, item: str) -> Result:
    return Result.objects.get(run=run, body__code=body, item=item)


def total(run: Run, body: str, scale: str) -> Any:
    return run.totals.get(body__code=body, scale=scale)


def test_output_on_plan_has_full_points_and_coal_above_plan_loses_along_the_curve(march: March) -> None:
    run = assess_month(plant=march.plant, month=MARCH, at=AT)
    assert result(run, "QL-B1", "D1").won == 1200
    # 42 ÷ 43 = 0.976744; between 0.95 (0.7) and 0.98 (0.9): 0.7 + 0.026744/0.03 × 0.2 = 0.878293; × 8 = 7.03
    coal = result(run, "QL-B1", "D3")
    assert (coal.state, coal.won, coal.covered, coal.expected) == ("scored", 703, 93, 93)
    told = coal.basis["figures"]["SM-02"]
    assert (told["shown"], told["plan"]) == ("43.00", "42")
    assert [(p["key"], p["total"], p["n"]) for p in told["parts"]] == [
        ("sm_coal", "39990.0", 93), ("sm_feed_dry", "930.000", 93),
    ]  # fmt: skip


def test_one_days_own_level_moves_the_months_level_by_that_day_and_does_not_become_it(march: March) -> None:
    """1 March alone may burn 73: (30 × 42 + 73) ÷ 31 = 43 for the month, and 43 was burnt."""
    Plan.objects.create(unit=march.line, indicator="SM-02", period="2026-03-01", value="73")
    coal = result(assess_month(plant=march.plant, month=MARCH, at=AT), "QL-B1", "D3")
    assert coal.basis["figures"]["SM-02"]["plan"] == "43.00"
    assert coal.won == 800


def test_structure_and_findings_are_scored_and_items_without_facts_say_so(march: March) -> None:
    run = assess_month(plant=march.plant, month=MARCH, at=AT)
    # the line and two of its four crews are mapped: 3 of 5, 4 points
    assert result(run, "QL-B1", "B5").won == 240
    assert result(run, "QL-B3", "B5").state == "not_applicable"
    assert {r.item for r in Result.objects.filter(run=run, body__code="QL-B1", state="not_wired")} >= {"A1", "B1", "E1"}
    assert result(run, "QL-B3", "D1").state == "not_applicable"
    assert Result.objects.filter(run=run, body__code="QL-B1").count() == 33
    party = total(run, "QL-B1", "party")
    assert party.available < party.applicable
    assert party.grade == ""


def test_party_items_look_at_the_calendar_month_where_the_statistical_one_ends_on_the_25th(
    march: March, cast: Cast
) -> None:
    """09-5: of 155 days of a line and four crews 93 are mapped, and six of a third crew from the 26th on: 99/155 × 4."""
    CalendarRow.objects.update(month_first=26)
    Mapping.objects.create(body=cast.body["QL-B1-甲"], unit=cast.unit["QL-R1-丙"], from_on=dt.date(2026, 3, 26))
    run = assess_month(plant=march.plant, month=MARCH, at=AT)
    assert result(run, "QL-B1", "B5").won == 255


def test_a_month_whose_first_calendar_day_has_not_gone_by_is_scored_without_its_party_items(march: March) -> None:
    """On 3 April the statistical April from the 26th runs since a week, on its calendar side two days; May has none yet."""
    CalendarRow.objects.update(month_first=26)
    run = assess_month(plant=march.plant, month=Period.month(2026, 5), at=AT)
    assert result(run, "QL-B1", "B5").state == "not_applicable"


def test_a_signed_figure_stands_in_for_an_item_that_is_not_wired(march: March, cast: Cast) -> None:
    figure = ItemFigure.objects.create(
        body=cast.body["QL-B1"], item="A1", month=202603, won=350, ground="台账第 3 页",
        entered_by=cast.account["孙干事"], entered_at=AT,
    )  # fmt: skip
    before = assess_month(plant=march.plant, month=MARCH, at=AT)
    assert result(before, "QL-B1", "A1").state == "not_wired"
    ItemFigure.objects.filter(pk=figure.pk).update(signed_by=cast.account["王书记"], signed_at=AT)
    after = assess_month(plant=march.plant, month=MARCH, at=AT)
    assert (result(after, "QL-B1", "A1").state, result(after, "QL-B1", "A1").won) == ("imported", 350)


def test_missing_shifts_below_the_minimum_score_nothing(march: March) -> None:
    march.channel("sm_coal").readings.filter(day__lte="2026-03-04").delete()  # 12 of 93: 87 %
    run = assess_month(plant=march.plant, month=MARCH, at=AT)
    coal = result(run, "QL-B1", "D3")
    assert (coal.state, coal.won, coal.covered) == ("readings_missing", None, 81)


def test_one_corrected_reading_moves_item_and_total_once_it_is_audited(march: March) -> None:
    first = assess_month(plant=march.plant, month=MARCH, at=AT)
    old = march.reading("sm_coal", 12, 3)
    waiting = march.restate(old, "1360", 13_600, audited=False)
    again = assess_month(plant=march.plant, month=MARCH, at=AT)
    assert result(again, "QL-B1", "D3").won == 703  # the last audited version still scores
    waiting.delete()
    march.restate(old, "1360", 13_600, audited=True)
    moved = assess_month(plant=march.plant, month=MARCH, at=AT)
    # 39,990 + 930 = 40,920 kg ÷ 930 t = 44.00; 42 ÷ 44 = 0.954545; 0.7 + 0.004545/0.03 × 0.2 = 0.730300; × 8 = 5.84
    assert result(moved, "QL-B1", "D3").won == 584
    assert total(first, "QL-B1", "fusion").won - total(moved, "QL-B1", "fusion").won == 703 - 584
    assert moved.number > first.number
    assert moved.partitions["readings/202603"] != first.partitions["readings/202603"]


def test_the_same_facts_scored_twice_add_no_run(march: March) -> None:
    first = assess_month(plant=march.plant, month=MARCH, at=AT)
    assert assess_month(plant=march.plant, month=MARCH, at=AT) == first
    assert Run.objects.filter(plant=march.plant).count() == 1


def test_only_the_dirty_partition_is_written_again(march: March, settings: Any) -> None:
    assess_month(plant=march.plant, month=MARCH, at=AT)
    path = partition.path_of(settings.HOME, fact="readings", plant=march.plant.code, month=202603)
    written = path.stat().st_mtime_ns
    assess_month(plant=march.plant, month=MARCH, at=AT)
    assert path.stat().st_mtime_ns == written
    march.restate(march.reading("sm_coal", 1, 1), "431", 4_310, audited=True)
    assess_month(plant=march.plant, month=MARCH, at=AT)
    assert path.stat().st_mtime_ns > written


def test_the_organisation_is_checked_before_it_is_scored(march: March) -> None:
    """Nobody has to press 现在检查 for B7 to be true: 精炼党支部 has had no secretary since its first day."""
    assert not Finding.objects.exists()
    run = assess_month(plant=march.plant, month=MARCH, at=AT)
    open_ones = Finding.objects.filter(body__code="QL-B2", opened_on__lt="2026-03-01", cleared_on=None)
    assert open_ones.exists()
    assert result(run, "QL-B2", "B7").won < 300
