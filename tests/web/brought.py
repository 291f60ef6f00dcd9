"""An import, a source and a reading of the converter line, as plain rows: for tests of pages that must be there."""

import datetime as dt
from typing import Any

from ronglu.store.models import Channel, Import, Reading, Source
from tests.cast import AT, SINCE, Cast

PROFILE = {
    "name": "转炉班报",
    "columns": [
        {"role": "stamp", "words": ["日期"]},
        {"role": "shift", "words": ["班次"]},
        {"role": "value", "words": ["用煤"], "measure": {"series": "sm_coal", "unit": "kg"}},
    ],
    "line": "QL-R1",
}


def source(cast: Cast) -> dict[str, Any]:
    return {"pk": make_source(cast).pk}


def brought(cast: Cast) -> dict[str, Any]:
    return {"pk": make_import(cast).pk}


def reading(cast: Cast) -> dict[str, Any]:
    return {"pk": make_reading(cast).pk}


def make_source(cast: Cast) -> Source:
    made, _ = Source.objects.get_or_create(plant=cast.plant, code="s1", name="转炉班报", profile=PROFILE)
    return made


def make_import(cast: Cast, name: str = "三月.xlsx") -> Import:
    """Read on trial and ready."""
    found = Import.objects.filter(plant=cast.plant, file_name=name).first()
    counts = {"new": 93, "changed": 1, "unchanged": 0, "errors": 0, "questions": 0}
    report = {"counts": counts, "problems": [], "lines": [], "sheets": ["班报"], "ready": True, "errors": 0}
    return found or Import.objects.create(
        plant=cast.plant, source=make_source(cast), kind="readings", file_name=name, digest="0" * 64, size=12_345,
        path="imports/none.xlsx", state="checked", counts=counts, report=report, created_by=cast.account["周统计员"],
        created_at=AT,
    )  # fmt: skip


def make_reading(cast: Cast, day: int = 5, **more: Any) -> Reading:
    """A forecast of the white shift, entered by the statistician."""
    channel, _ = Channel.objects.get_or_create(unit=cast.unit["QL-R1"], series="sm_coal", grain="shift", from_on=SINCE)
    starts = dt.datetime(2026, 3, day, 8)
    found = Reading.objects.filter(channel=channel, starts_at=starts).first()
    given = {
        "ends_at": starts + dt.timedelta(hours=8), "day": starts.date(), "shift_no": 1, "month": 202603, "letter": "甲",
        "text": "430", "value": 4300, "known_at": AT, "entered_by": cast.account["周统计员"], "place": "班报!D2",
    }  # fmt: skip
    return found or Reading.objects.create(channel=channel, starts_at=starts, **(given | more))
