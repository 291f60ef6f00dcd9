"""Several machines at once on one poll: real processes on a database of their own, or on the server's."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from tests.cast import AT, make_cast
from tests.work.polled import body_poll, people

SRC = Path(__file__).resolve().parents[2] / "src"
CONTENDER = """
import datetime as dt, sys
import django
django.setup()
from ronglu.kernel.standing.ballot import PollTrouble
from ronglu.store.models import Account, Poll
from ronglu.work import polls, polls_cast
from ronglu.kernel.standing.ballot import Tick
poll, answer = Poll.objects.get(), sys.argv[1]
at = dt.datetime.fromisoformat(sys.argv[2])
voters = list(Account.objects.filter(person__staff_no__startswith="41").order_by("staff_no"))
paper = frozenset(Tick(1, one.code, answer) for one in polls.kind_of(poll).questions)
print("ready", flush=True)
sys.stdin.readline()
won = 0
for voter in voters:
    try:
        polls_cast.cast(poll=poll, ballot=paper, by=voter, at=at)
        won += 1
    except PollTrouble:
        pass
print(won)
"""


@pytest.mark.django_db(transaction=True)
def test_of_four_machines_that_cast_for_the_same_people_each_person_is_counted_once(tmp_path: Path) -> None:
    """Real processes on a database of their own, or on the server's."""
    cast = make_cast()
    voters = people(cast, 40)
    body_poll(cast)
    file = tmp_path / "ronglu.sqlite3"
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("RONGLU_", "DATABASE_"))}
    env = kept | {
        "RONGLU_HOME": str(tmp_path), "PYTHONPATH": str(SRC), "DJANGO_SETTINGS_MODULE": "ronglu.config.settings"
    }  # fmt: skip
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(file)) as copy:
            connection.connection.backup(copy)
            copy.execute(
                "PRAGMA journal_mode=WAL"
            )  # as the product's own file is: the change itself bears no second process
    else:
        s = connection.settings_dict
        env["DATABASE_URL"] = f"postgresql://{s['USER']}:{s['PASSWORD']}@{s['HOST']}:{s['PORT']}/{s['NAME']}"
    machines = [
        subprocess.Popen(
            [sys.executable, "-c", CONTENDER, answer, AT.isoformat()],
            env=env, cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for answer in ("good", "fair", "common", "poor")
    ]  # fmt: skip
    for machine in machines:
        assert machine.stdout is not None and machine.stdout.readline() == "ready\n", machine.communicate()
    for machine in machines:
        assert machine.stdin is not None
        machine.stdin.write("go\n")
        machine.stdin.flush()
    said = [machine.communicate(timeout=600) for machine in machines]
    won = [int(out) for out, _trouble in said]
    assert sum(won) == len(voters), said
    counts = "select answer, count from store_tally where question = 'overall' order by answer"
    marks = "select count(*) from store_pollvoter where state = 'voted'"
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(file)) as found:
            told, voted = found.execute(counts).fetchall(), found.execute(marks).fetchone()[0]
    else:
        with connection.cursor() as cursor:
            cursor.execute(counts)
            told = list(cursor.fetchall())
            cursor.execute(marks)
            voted = cursor.fetchone()[0]
    # each machine's votes stand under its own answer: none was lost, none counted twice
    assert told == sorted([*zip(("good", "fair", "common", "poor"), won, strict=True), ("unknown", 0)])
    assert voted == len(voters)
