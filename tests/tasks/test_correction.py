"""From a late assay to the score: entered as a correction it changes nothing, audited by another it moves the item."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from ronglu.store.models import Reading, Result, Run
from ronglu.tasks.assess import assess_month
from ronglu.work import readings
from tests.cast import Cast, cast  # noqa: F401  (the fixture)
from tests.facts.plant_month import AT, MARCH, March, make_march

pytestmark = pytest.mark.django_db
LATER = AT + dt.timedelta(hours=1)


@pytest.fixture
def march(cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> March:
    settings.HOME = tmp_path
    monkeypatch.setattr("ronglu.tasks.assess.today", lambda: AT.date())
    line = cast.unit["QL-R1"]
    made = make_march(plant=line.plant, line=line, by=cast.account["周统计员"])
    Reading.objects.update(audited_by=cast.account["陈技术员"], audited_at=AT)
    return made


def coal(march: March) -> tuple[Run, int]:
    """The run, and what the branch of the line won for coal, in hundredths."""
    run = assess_month(plant=march.plant, month=MARCH, at=AT)
    return run, Result.objects.get(run=run, body__code="QL-B1", item="D3").won


def test_a_corrected_reading_moves_the_item_once_a_second_person_has_audited_it(march: March, cast: Cast) -> None:
    first, won = coal(march)
    assert won == 703
    made = readings.correct(
        reading=march.reading("sm_coal", 12, 3), text="1360", decimals=1, reason="磅单补到",
        by=cast.account["周统计员"], at=LATER,
    )  # fmt: skip
    assert coal(march)[1] == 703  # a forecast is shown and does not score
    waiting = Reading.objects.filter(pk=made.pk)
    readings.audit(plant=march.plant, readings=waiting, by=cast.account["陈技术员"], at=LATER)
    # 39,990 kg + 930 = 40,920 ÷ 930 t = 44.00; 42 ÷ 44 = 0.954545; 0.7 + 0.004545/0.03 × 0.2 = 0.730300; × 8 = 5.84
    second, won = coal(march)
    assert won == 584
    assert second.number > first.number


def test_an_audit_taken_back_gives_the_item_its_points_of_before(march: March, cast: Cast) -> None:
    zhou, chen = cast.account["周统计员"], cast.account["陈技术员"]
    old = march.reading("sm_coal", 12, 3)
    made = readings.correct(reading=old, text="1360", decimals=1, reason="磅单补到", by=zhou, at=LATER)
    waiting = Reading.objects.filter(pk=made.pk)
    readings.audit(plant=march.plant, readings=waiting, by=chen, at=LATER)
    readings.unaudit(plant=march.plant, readings=list(waiting), reason="磅单不符", by=zhou, at=LATER)
    assert coal(march)[1] == 703
