"""A write that began before the close and ends after it: it is sealed with the month, or it meets the closed month."""

import datetime as dt
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from ronglu.kernel.time.period import Period
from ronglu.store.models import Closing, VetoMark
from ronglu.work import closings, seals, vetoes
from tests.cast import AT, Cast, make_cast
from tests.web.scored import scored

ON = dt.date(2026, 4, 24)
MARCH = Period.month(2026, 3)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def proposed() -> tuple[Cast, Closing]:
    cast = make_cast()
    run = scored(cast)
    asked = Closing.objects.create(
        plant=cast.plant, month=202603, state="proposed", run=run, proposed_by=cast.account["孙干事"], proposed_at=AT
    )
    return cast, asked


def both(first: Callable[[], Any], second: Callable[[], Any]) -> list[str]:
    """The first holds its transaction open until the second has ended, or waits for it; says what each was refused with."""
    wrote, ended = threading.Event(), threading.Event()
    said = ["", ""]

    def hold() -> None:
        with transaction.atomic():
            first()
            wrote.set()
            ended.wait(1.5)

    def follow() -> None:
        wrote.wait(10)
        second()
        ended.set()

    def run(number: int, deed: Callable[[], None]) -> None:
        try:
            deed()
        except Exception as why:
            said[number] = f"{type(why).__name__}：{why}"
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in ((0, hold), (1, follow))]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
    return said


def veto(cast: Cast) -> VetoMark:
    by = cast.account["孙干事"]
    return vetoes.enter(body=cast.body["QL-B1"], month=MARCH, reason="environment", evidence="通报", by=by, at=AT)


def test_a_veto_that_is_being_entered_is_sealed_with_the_month(proposed: tuple[Cast, Closing], tmp_path: Path) -> None:
    cast, asked = proposed
    said = both(
        lambda: veto(cast),
        lambda: closings.close(closing=asked, files={}, by=cast.account["高书记"], on=ON, at=AT),
    )
    assert said == ["", ""]
    assert VetoMark.objects.count() == 1
    assert seals.verify(plant=cast.plant, archive=tmp_path) == []


def test_a_veto_that_comes_while_the_month_is_being_closed_meets_the_closed_month(
    proposed: tuple[Cast, Closing], tmp_path: Path
) -> None:
    cast, asked = proposed
    said = both(
        lambda: closings.close(closing=asked, files={}, by=cast.account["高书记"], on=ON, at=AT),
        lambda: veto(cast),
    )
    assert said[0] == ""
    assert said[1].startswith("Closed：2026-03 已关账")
    assert not VetoMark.objects.exists()
    assert seals.verify(plant=cast.plant, archive=tmp_path) == []
