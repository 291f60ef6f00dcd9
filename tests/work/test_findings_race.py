"""Two who have the rules run at the same time: each finding is opened once, and neither of them meets an error."""

import datetime as dt
import threading

import pytest
from django.db import connection, transaction

from ronglu.store.models import Finding
from ronglu.work import findings, life_findings
from tests.cast import AT, make_cast
from tests.work.lived import held

ON = dt.date(2026, 6, 30)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="one writer at a time anyway")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("run", [findings.refresh_findings, life_findings.refresh])
def test_two_runs_at_once_open_each_finding_once(run) -> None:  # type: ignore[no-untyped-def]
    cast = make_cast()
    held(cast, "QL-B1-甲", "group_meeting", dt.date(2026, 3, 12))
    opened, troubles = [], []
    wrote, ended = threading.Event(), threading.Event()

    def refresh(first: bool) -> None:
        """The first keeps its transaction open until the second has ended, or waits for it."""
        try:
            if not first:
                wrote.wait(10)
            with transaction.atomic():
                opened.append(len(run(plant=cast.plant, on=ON, at=AT).opened))
                wrote.set()
                if first:
                    ended.wait(1.5)
        except Exception as trouble:
            troubles.append(str(trouble))
        finally:
            ended.set()
            connection.close()

    threads = [threading.Thread(target=refresh, args=(first,)) for first in (True, False)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
    assert not troubles
    assert opened[0] and opened[1] == 0
    assert Finding.objects.count() == opened[0]
