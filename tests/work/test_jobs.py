"""Long work in the queue: what is told of it fits its column on either database."""

import datetime as dt

import pytest

from ronglu.store.models import Job
from ronglu.work import jobs

pytestmark = pytest.mark.django_db


def test_a_long_file_name_is_cut_in_the_label_since_postgresql_refuses_what_sqlite_takes() -> None:
    made = jobs.enqueue(kind="import.check", label=f"试读 {'长' * 196}.xlsx", at=dt.datetime(2026, 3, 10, 9))
    assert len(Job.objects.get(pk=made.pk).label) == 200
