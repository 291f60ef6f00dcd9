"""The second hand is another's: who stands in for the one who proposed or entered does not confirm it in his stead."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from ronglu.kernel.time.period import Period
from ronglu.store.models import Closing, Deputy, ItemFigure
from ronglu.work import closings, figures, hands, vetoes
from tests.cast import AT, Cast, cast  # noqa: F401  (the fixture)
from tests.web.scored import scored

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 4, 24)
NOW = dt.datetime.combine(ON, dt.time(9))
MARCH = Period.month(2026, 3)


def standing_in(cast: Cast, *, until: dt.date) -> None:
    """孙干事 is away and has named 高书记."""
    Deputy.objects.create(
        absent=cast.person["孙干事"], deputy=cast.person["高书记"], from_on=ON - dt.timedelta(days=3), until_on=until,
        named_by=cast.account["孙干事"],
    )  # fmt: skip


def a_close(cast: Cast) -> Callable[[], Any]:
    asked = Closing.objects.create(
        plant=cast.plant, month=202603, state="proposed", run=scored(cast), proposed_by=cast.account["孙干事"],
        proposed_at=AT,
    )  # fmt: skip
    return lambda: closings.close(closing=asked, files={}, by=cast.account["高书记"], on=ON, at=NOW)


def a_veto(cast: Cast) -> Callable[[], Any]:
    scored(cast)
    made = vetoes.enter(
        body=cast.body["QL-B1"], month=MARCH, reason="environment", evidence="通报", by=cast.account["孙干事"], at=AT
    )
    return lambda: vetoes.approve(veto=made, by=cast.account["高书记"], at=NOW)


def a_figure(cast: Cast) -> Callable[[], Any]:
    scored(cast)
    made = ItemFigure.objects.create(
        body=cast.body["QL-B1"], item="A1", month=202603, won=300, ground="台账", entered_by=cast.account["孙干事"],
        entered_at=AT,
    )  # fmt: skip
    return lambda: figures.sign(figure=made, by=cast.account["高书记"], at=NOW)


@pytest.mark.parametrize("deed", [a_close, a_veto, a_figure])
def test_a_deputy_does_not_confirm_what_the_absent_began(cast: Cast, deed: Callable[[Cast], Any]) -> None:
    confirm = deed(cast)
    standing_in(cast, until=ON + dt.timedelta(days=1))
    with pytest.raises(ValueError, match=hands.LENT):
        confirm()


@pytest.mark.parametrize("deed", [a_close, a_veto, a_figure])
def test_from_the_day_the_other_is_back_he_does(cast: Cast, deed: Callable[[Cast], Any]) -> None:
    confirm = deed(cast)
    standing_in(cast, until=ON)
    confirm()
