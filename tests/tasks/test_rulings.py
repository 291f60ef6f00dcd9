"""申诉改判 keeps what was signed and what was sealed: one appeal never moves its ruling from one month to another."""

import datetime as dt
from pathlib import Path

import pytest

from ronglu.kernel.time.period import Period
from ronglu.store.models import Case, Ruling
from ronglu.tasks.assess import assess_month
from ronglu.work import rulings
from tests.cast import Cast, cast  # noqa: F401  (the fixture)
from tests.facts.plant_month import AT, MARCH, March
from tests.tasks.test_close import LATER, appeal, assess_points, closed, march, ruling, verified  # noqa: F401

pytestmark = pytest.mark.django_db
AFTER = LATER + dt.timedelta(hours=1)


def again(cast: Cast, *, month: Period = MARCH, body: str = "QL-B1") -> Ruling:
    return rulings.enter(
        case=Case.objects.get(loop="appeal"), body=cast.body[body], month=month, item="D3", won=assess_points("6"),
        ground="另一处", by=cast.account["孙干事"], at=AFTER,
    )  # fmt: skip


def test_a_signed_ruling_is_not_carried_off_to_another_month_by_the_same_appeal(march: March, cast: Cast) -> None:
    assess_month(plant=march.plant, month=MARCH, at=AT)
    rulings.sign(ruling=ruling(march, cast), by=cast.account["高书记"], at=LATER)
    with pytest.raises(rulings.RulingProblem, match="SS-2026-0001 已在 2026-03 改判 QL-B1 的 D3，不能另作他用"):
        again(cast, month=MARCH + 1)
    with pytest.raises(rulings.RulingProblem, match="不能另作他用"):
        again(cast, body="QL-B2")
    assert list(Ruling.objects.values_list("month", "state", "won")) == [(202603, "signed", 800)]
    assert rulings.signed(plant=march.plant, month=MARCH) != {}


def test_a_ruling_that_was_withdrawn_and_sealed_is_not_written_over(
    march: March,
    cast: Cast,
    tmp_path: Path,
) -> None:
    assess_month(plant=march.plant, month=MARCH, at=AT)
    rulings.withdraw(ruling=ruling(march, cast), reason="另案处理", by=cast.account["孙干事"], at=LATER)
    closed(march, cast)
    for month in (MARCH, MARCH + 1):
        with pytest.raises(
            rulings.RulingProblem, match="2026-03 已关账，其中撤回的这一条改判一并封存：请由新的申诉改判"
        ):
            again(cast, month=month)
    assert verified(march, tmp_path) == []


def test_a_withdrawn_ruling_of_an_open_month_is_entered_anew(march: March, cast: Cast) -> None:
    assess_month(plant=march.plant, month=MARCH, at=AT)
    rulings.withdraw(ruling=ruling(march, cast), reason="写错了月份", by=cast.account["孙干事"], at=LATER)
    assert (again(cast).month, Ruling.objects.count()) == (202603, 1)
