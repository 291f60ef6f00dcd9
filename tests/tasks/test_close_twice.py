"""Two who close one month at the same moment: the archive is the winner's, whole, whatever the other met."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ronglu.facts import keep
from ronglu.store.models import Closing
from ronglu.tasks.close import close_month
from ronglu.work import closings
from ronglu.work.closings import Closed
from tests.cast import Cast, cast  # noqa: F401  (the fixture)
from tests.facts.plant_month import March
from tests.tasks.test_close import LATER, closed, march, verified  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def too_late(march: March, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Closing]:
    """The other closer asked before the first had closed, and goes on."""
    done = closed(march, cast)
    monkeypatch.setattr(closings, "refuse_hand", lambda **_: None)
    return lambda: close_month(closing=done, by=cast.account["马主任"], at=LATER)


def test_the_second_closer_leaves_the_archive_of_the_first(
    too_late: Callable[[], Closing],
    march: March,
    tmp_path: Path,
) -> None:
    archive = tmp_path / "archive" / march.plant.code / "202603"
    before = {path: path.stat().st_ino for path in archive.rglob("*") if path.is_file()}
    with pytest.raises(Closed, match="已由高书记于"):
        too_late()
    assert before
    assert {path: path.stat().st_ino for path in archive.rglob("*") if path.is_file()} == before
    assert verified(march, tmp_path) == []
    assert list((tmp_path / keep.SCRATCH).glob("close-*")) == []


def test_facts_that_moved_on_meanwhile_do_not_cost_the_archive(
    too_late: Callable[[], Closing],
    march: March,
    tmp_path: Path,
    settings: Any,
) -> None:
    live = settings.HOME / "facts" / "coverage" / "qinglan" / "202603.parquet"
    live.write_bytes((settings.HOME / "facts" / "org_finding" / "qinglan" / "202603.parquet").read_bytes())
    with pytest.raises(keep.Gone):
        too_late()
    assert verified(march, tmp_path) == []
