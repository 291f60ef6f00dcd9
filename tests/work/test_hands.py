"""The second hand is another's: who stands in for the one who proposed or entered does not confirm it in his stead. He acts
everywhere else: a small plant is not brought to a halt by one man's leave."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from ronglu.kernel.annual.joint import Joint
from ronglu.kernel.standing.errors import StandingTrouble
from ronglu.kernel.time.period import Period
from ronglu.store.models import Account, Closing, Deputy, Handover, ItemFigure, Person
from ronglu.work import closings, figures, handovers, hands, vetoes
from tests.cast import AT, Cast, cast  # noqa: F401  (the fixture)
from tests.web.scored import scored
from tests.work import planned

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


def lend(cast: Cast, absent: str, deputy: str) -> None:
    Deputy.objects.create(
        absent=cast.person[absent], deputy=cast.person[deputy], from_on=planned.FIRST, until_on=planned.LAST,
        named_by=cast.account[absent],
    )  # fmt: skip


def test_the_next_shift_takes_over_though_its_leader_stands_in_for_the_one_before(cast: Cast) -> None:
    row = Handover.objects.create(
        unit=cast.unit["QL-R1"], day=ON, shift_no=1, letter="甲", indicator="SM-01", plan="400", actual="400", won="won",
        given_by=cast.account["李班长"], given_at=NOW,
    )  # fmt: skip
    lend(cast, "李班长", "何组长")
    assert handovers.take(handover=row, by=cast.account["何组长"], at=NOW).state == "taken"


def test_the_line_answers_for_its_side_though_it_stands_in_for_the_party_side(cast: Cast) -> None:
    task = planned.key_task(cast)
    planned.confirm(cast, task, Joint.PLAN, "王书记", planned.FIRST)
    lend(cast, "王书记", "马主任")
    assert planned.confirm(cast, task, Joint.PLAN, "马主任", planned.FIRST).line_by == cast.account["马主任"]


def apart(by: Account, *first: Account | Person | None) -> None:
    hands.apart(by, *first, on=NOW.date(), trouble=ValueError, own="这是您自己的")


def test_what_nobody_did_is_anybodys_to_confirm(cast: Cast) -> None:
    apart(cast.account["审计员"], None)
    apart(cast.account["孙干事"])


def test_an_account_of_no_person_is_one_hand_and_stands_in_for_nobody(cast: Cast) -> None:
    with pytest.raises(ValueError, match="这是您自己的"):
        apart(cast.account["审计员"], cast.account["审计员"])
    apart(cast.account["审计员"], cast.account["集团"], cast.person["李班长"])
    apart(cast.account["李班长"], cast.account["审计员"])


def test_one_of_several_is_enough_and_the_words_say_whether_he_did_it_or_it_is_about_him(cast: Cast) -> None:
    lend(cast, "孙干事", "高书记")
    gao, li = cast.account["高书记"], cast.account["李班长"]
    with pytest.raises(ValueError, match=hands.LENT):
        apart(gao, li, cast.account["孙干事"])
    with pytest.raises(ValueError, match=hands.CONCERNED):
        apart(gao, li, cast.person["孙干事"])
    with pytest.raises(ValueError, match="这是您自己的"):
        apart(gao, cast.account["孙干事"], cast.person["高书记"])
    apart(gao, li, cast.person["李班长"])


def test_a_trouble_that_lists_everything_gets_one_line_not_its_letters(cast: Cast) -> None:
    with pytest.raises(StandingTrouble) as told:
        hands.apart(cast.account["李班长"], cast.person["李班长"], on=ON, trouble=StandingTrouble, own="由另一人办")
    assert told.value.problems == ("由另一人办",)
