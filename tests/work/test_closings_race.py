"""Thirty-two closers at fifty months, in four real processes: each month is closed exactly once, in one unbroken chain."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from ronglu.kernel.time.period import Period
from ronglu.store.models import Closing, Run, SheetVersion
from tests.cast import AT, make_cast
from tests.work.clock import set_clock

ROOT = Path(__file__).resolve().parents[2]
MONTHS, PROCESSES, THREADS = 50, 4, 8


@pytest.mark.django_db(transaction=True)
def test_each_of_fifty_months_has_exactly_one_closer_of_thirty_two(tmp_path: Path) -> None:
    cast = make_cast()
    set_clock(cast.plant)
    months = [(Period.month(2026, 1) + n).yyyymm for n in range(MONTHS)]
    sheet = SheetVersion.objects.create(
        plant=cast.plant, version=1, from_month=202601, declaration={}, digest="x", published_at=AT
    )
    for month in months:
        run = Run.objects.create(plant=cast.plant, sheet=sheet, month=month, number=1, at=AT, digest="x")
        Closing.objects.create(
            plant=cast.plant, month=month, state="proposed", run=run, proposed_by=cast.account["孙干事"], proposed_at=AT
        )
    others = [str(cast.account[name].pk) for name in ("高书记", "马主任", "王书记", "李班长")]
    env, rows = outside(tmp_path)
    words = [sys.executable, "-m", "tests.work.closers", str(THREADS), *others]
    running = [
        subprocess.Popen(words, env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(PROCESSES)
    ]
    said = [one.communicate(timeout=600) for one in running]
    assert [one.returncode for one in running] == [0] * PROCESSES, said
    assert [err for _, err in said if err] == [], "no closer met anything but the word that it was closed"
    assert sorted(int(text) for out, _ in said for text in out.split()) == months
    assert rows("select count(*) from store_closing where state = 'closed' and seal_id is not null") == [(MONTHS,)]
    chain = rows("select number, previous, digest, month from store_seal order by number")
    assert [(number, month) for number, _, _, month in chain] == list(enumerate(months, start=1))
    assert [previous for _, previous, _, _ in chain] == ["0" * 64, *(digest for _, _, digest, _ in chain[:-1])]


def outside(home: Path):  # type: ignore[no-untyped-def]
    """The test's database for other processes, and how to read it afterwards."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("RONGLU_", "DATABASE_"))}
    env = kept | {"RONGLU_HOME": str(home), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    if connection.vendor == "postgresql":
        s = connection.settings_dict
        env["DATABASE_URL"] = f"postgresql://{s['USER']}:{s['PASSWORD']}@{s['HOST']}:{s['PORT']}/{s['NAME']}"

        def read(statement: str) -> list[tuple[object, ...]]:
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return list(cursor.fetchall())

        return env, read
    connection.ensure_connection()
    file = home / "ronglu.sqlite3"
    with closing(sqlite3.connect(file)) as copy:
        connection.connection.backup(copy)
        copy.execute(
            "PRAGMA journal_mode=WAL"
        )  # as the product's own file is: the change itself bears no second process

    def read_file(statement: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(file)) as copy:
            return copy.execute(statement).fetchall()

    return env, read_file
