"""A month that was scored: the converter line's March of `tests.facts.plant_month`, and the clock that goes with it."""

from pathlib import Path
from typing import Any

import pytest

from ronglu.store.models import Run
from ronglu.tasks.assess import assess_month
from tests.cast import Cast, cast
from tests.facts.plant_month import AT, MARCH, March, make_march

__all__ = ["AT", "MARCH", "March", "assess", "cast", "march"]


@pytest.fixture
def march(cast: Cast, settings: Any, tmp_path: Path) -> March:
    settings.HOME, settings.TODAY = tmp_path, "2026-04-03"
    line = cast.unit["QL-R1"]
    return make_march(plant=line.plant, line=line, by=cast.account["周统计员"])


def assess(march: March, at: Any = AT) -> Run:
    return assess_month(plant=march.plant, month=MARCH, at=at)
