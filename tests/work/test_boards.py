"""A write of readings asks for the boards once, whatever its size and however many follow before the worker comes."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, transaction

from ronglu.store.models import Job, Plant, Reading
from ronglu.work import boards, readings
from tests.cast import AT, Cast, cast  # noqa: F401
from tests.facts.plant_month import make_march

pytestmark = pytest.mark.django_db


def test_a_correction_and_its_audit_ask_for_the_boards_once(cast: Cast) -> None:
    line = cast.unit["QL-R1"]
    march = make_march(plant=line.plant, line=line, by=cast.account["周统计员"])
    assert not Job.objects.exists()
    made = readings.correct(
        reading=march.reading("sm_coal", 10, 1),
        text="530",
        decimals=1,
        reason="抄错",
        by=cast.account["周统计员"],
        at=AT,
    )
    waiting = Reading.objects.filter(pk=made.pk)
    readings.audit(plant=line.plant, readings=waiting, by=cast.account["陈技术员"], at=AT + dt.timedelta(hours=1))
    job = Job.objects.get()
    assert (job.kind, job.plant, job.state, job.created_by) == (
        "boards",
        line.plant,
        "waiting",
        cast.account["周统计员"],
    )


def test_a_write_after_the_job_began_asks_again(cast: Cast) -> None:
    line = cast.unit["QL-R1"]
    march = make_march(plant=line.plant, line=line, by=cast.account["周统计员"])
    for number, state in ((10, "running"), (11, "waiting")):
        readings.correct(
            reading=march.reading("sm_coal", number, 1), text="530", decimals=1, reason="抄错",
            by=cast.account["周统计员"], at=AT,
        )  # fmt: skip
        if state == "running":
            Job.objects.update(state=state)
    assert sorted(Job.objects.values_list("state", flat=True)) == ["running", "waiting"]


@pytest.mark.django_db(transaction=True)
def test_a_job_that_a_write_counts_on_does_not_begin_before_the_write_is_there_to_be_seen() -> None:
    """Else the worker would build from the tables as they were, and nobody would ask again."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time: nobody takes a job while a write is under way")
    plant = Plant.objects.create(code="qinglan", name="青岚冶炼厂")
    with transaction.atomic():
        boards.follow(plant=plant, at=AT)

    def take() -> str:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '300ms'")
            Job.objects.filter(state="waiting").update(state="running")
            return "taken"
        except OperationalError:
            return "waits"
        finally:
            connection.close()

    with transaction.atomic():
        boards.follow(plant=plant, at=AT)
        with ThreadPoolExecutor(1) as worker:
            assert worker.submit(take).result() == "waits"
    assert Job.objects.count() == 1
