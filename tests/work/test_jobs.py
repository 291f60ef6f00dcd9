"""Long work in the queue: what is told of it fits its column on either database."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from ronglu.store.models import Import, Job
from ronglu.work import imports, jobs
from tests.cast import Cast, cast  # noqa: F401  (the fixture)

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 10, 9)


def test_a_long_file_name_is_cut_in_the_label_since_postgresql_refuses_what_sqlite_takes() -> None:
    made = jobs.enqueue(kind="import.check", label=f"试读 {'长' * 196}.xlsx", at=dt.datetime(2026, 3, 10, 9))
    assert len(Job.objects.get(pk=made.pk).label) == 200


def job(state: str, kind: str = "assess", **args: object) -> Job:
    return Job.objects.create(kind=kind, label="计分", state=state, args=args, created_at=AT)


def test_who_looks_just_as_the_work_ends_meets_no_missing_slip(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.HOME = tmp_path
    made = job("running")
    jobs.tell(made, 3, 9, "逐项计分")
    assert jobs.seen(made).done == 3
    monkeypatch.setattr(Path, "exists", lambda path: True)  # it was there a moment ago
    jobs.forget(made)
    assert jobs.seen(made) is made


def test_work_that_stopped_with_the_program_is_told_as_failed_and_what_waits_goes_on(
    settings: Any, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    lost, waits, done = job("running"), job("waiting"), job("done")
    jobs.tell(lost, 1, 3, "逐项计分")
    assert jobs.strand(at=AT) == 1
    assert [Job.objects.get(pk=one.pk).state for one in (lost, waits, done)] == ["failed", "waiting", "done"]
    assert "请再办一次" in Job.objects.get(pk=lost.pk).message
    assert list((tmp_path / "jobs").iterdir()) == []
    assert jobs.strand(at=AT) == 0


def test_a_file_whose_reading_stopped_with_the_program_may_be_read_again(
    cast: Cast,
    settings: Any,
    tmp_path: Path,
) -> None:
    settings.HOME = tmp_path
    by, file = cast.account["周统计员"], imports.File(name="三月.xlsx", digest="x", size=1, path="imports/x.xlsx")
    made = {
        state: imports.upload(plant=cast.plant, kind="roster", file=file, by=by, at=AT)
        for state in ("running", "waiting")
    }
    for state, one in made.items():
        imports.check(imported=one, by=by, at=AT)
        Job.objects.filter(args={"import": one.pk}).update(state=state)
    jobs.strand(at=AT)
    assert imports.strand(at=AT) == 1
    states = {state: Import.objects.get(pk=one.pk).state for state, one in made.items()}
    assert states == {"running": "failed", "waiting": "reading"}
    imports.check(imported=made["running"], by=by, at=AT)
