"""Six figures tell a terminal who is there; guessing them is hopeless, and a number that does not exist looks like one that does."""

import datetime as dt
from typing import Any

import pytest

from ronglu.store.models import Account, Engagement, Pin, PinTry
from ronglu.work import accounts, pins
from ronglu.work.accounts import AccountProblem
from ronglu.work.pins import Tried
from tests.cast import AT, PEOPLE, Cast, cast

__all__ = ["cast"]
PIN = "830274"
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def terminal(cast: Cast) -> Account:
    unit = cast.unit["QL-R1"]
    for name in ("李班长", "邻厂书记"):
        pins.set_pin(account=cast.account[name], pin=PIN, at=AT)
    return Account.objects.create_user("kiosk-r1", None, label="转炉线终端", roles=[f"kiosk@unit:{unit.pk}"])


def tried(cast: Cast, terminal: Account, number: str, pin: str = PIN, at: dt.datetime = AT) -> Tried:
    return pins.identify(staff_no=number, pin=pin, unit=cast.unit["QL-R1"], terminal=terminal, at=at)


def number(name: str) -> str:
    return PEOPLE[name][0]


def test_the_right_pin_tells_who_it_is(cast: Cast, terminal: Account) -> None:
    assert tried(cast, terminal, f" {number('李班长')} ").account == cast.account["李班长"]


def test_only_a_slow_hash_of_it_is_kept(cast: Cast, terminal: Account) -> None:
    assert PIN not in repr(list(Pin.objects.values())) and Pin.objects.count() == 2


@pytest.mark.parametrize("who", [number("李班长"), number("王书记"), number("邻厂书记"), "99999", ""])
def test_wrong_unset_foreign_and_unknown_look_alike(cast: Cast, terminal: Account, who: str) -> None:
    """王书记 has no PIN; 邻厂书记 has one, in another plant."""
    wrong = "111222" if who == number("李班长") else PIN
    left = [tried(cast, terminal, who, wrong).left for _ in range(6)]
    assert left == [4, 3, 2, 1, 0, 0]


def test_five_wrong_lock_a_quarter_of_an_hour_even_for_the_right_one(cast: Cast, terminal: Account) -> None:
    for _ in range(5):
        tried(cast, terminal, number("李班长"), "111222")
    assert tried(cast, terminal, number("李班长"), at=AT + 14 * MINUTE) == Tried()
    assert tried(cast, terminal, number("李班长"), at=AT + 15 * MINUTE).account == cast.account["李班长"]
    assert not PinTry.objects.filter(name=pins._name(number("李班长"))).exists()


def test_the_lock_of_one_is_not_the_lock_of_another(cast: Cast, terminal: Account) -> None:
    pins.set_pin(account=cast.account["何组长"], pin="592610", at=AT)
    for _ in range(5):
        tried(cast, terminal, number("李班长"), "111222")
    assert tried(cast, terminal, number("何组长"), "592610").account == cast.account["何组长"]


def test_one_terminal_cannot_try_number_after_number(cast: Cast, terminal: Account) -> None:
    for no in range(20):
        tried(cast, terminal, f"4{no:04d}", "111222")
    assert tried(cast, terminal, number("李班长")) == Tried()


def test_who_has_left_or_is_closed_is_nobody(cast: Cast, terminal: Account) -> None:
    pins.set_pin(account=cast.account["吴师傅"], pin=PIN, at=AT)
    Engagement.objects.filter(person=cast.person["吴师傅"]).update(until_on=AT.date())
    Account.objects.filter(pk=cast.account["李班长"].pk).update(is_active=False)
    assert tried(cast, terminal, number("吴师傅")).account is None
    assert tried(cast, terminal, number("李班长")).account is None


def test_a_reset_password_takes_the_pin_along(cast: Cast, terminal: Account) -> None:
    accounts.reset(account=cast.account["李班长"], by=cast.account["系统管理员"], at=AT)
    assert tried(cast, terminal, number("李班长")).account is None


@pytest.mark.parametrize(
    ("pin", "said"),
    [
        ("12345", "PIN 是 6 位数字"), ("12a456", "PIN 是 6 位数字"), ("１２３４５６", "PIN 是 6 位数字"),
        ("123456", "太好猜"), ("987654", "太好猜"), ("777777", "太好猜"), ("121212", "太好猜"), ("201017", "和工号相近"),
    ],
)  # fmt: skip
def test_a_pin_that_is_easily_guessed_is_refused(cast: Cast, pin: str, said: str) -> None:
    with pytest.raises(AccountProblem, match=said):
        pins.set_pin(account=cast.account["李班长"], pin=pin, at=AT)


def test_an_account_beside_no_person_has_no_pin(cast: Cast) -> None:
    with pytest.raises(AccountProblem, match="不属于个人"):
        pins.set_pin(account=cast.account["集团"], pin=PIN, at=AT)


def test_staff_numbers_that_were_typed_are_kept_as_digests_only(cast: Cast, terminal: Account) -> None:
    tried(cast, terminal, "44321", "111222")
    kept: Any = repr(list(PinTry.objects.values()))
    assert "44321" not in kept
