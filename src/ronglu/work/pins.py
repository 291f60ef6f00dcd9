"""PINs of the shift terminal: set by oneself, gone when the administrator resets the password, tried at most five times in a quarter of an hour."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F

from ronglu.store.models import Account, Pin, PinTry, Unit
from ronglu.work import audits
from ronglu.work.accounts import AccountProblem
from ronglu.work.scope import scope_of

LENGTH = 6
MOST_TRIES = 5
MOST_AT_TERMINAL = 20
LOCK = dt.timedelta(minutes=15)
RUNS = "01234567890 09876543210"


@dataclass(frozen=True, slots=True)
class Tried:
    """`account` is who it is; else `left` tries before the lock, 0: locked now."""

    account: Account | None = None
    left: int = 0


@transaction.atomic
def set_pin(*, account: Account, pin: str, at: dt.datetime) -> None:
    """AccountProblem says what a PIN must be like."""
    if account.person_id is None:
        raise AccountProblem("这个账号不属于个人，不设 PIN")
    if len(pin) != LENGTH or not (pin.isascii() and pin.isdigit()):
        raise AccountProblem(f"PIN 是 {LENGTH} 位数字")
    if len(set(pin)) < 3 or pin in RUNS:
        raise AccountProblem("这个 PIN 太好猜：不要用顺号或一两个数字的重复")
    if pin in account.staff_no or account.staff_no in pin:
        raise AccountProblem("PIN 不要和工号相近")
    Pin.objects.update_or_create(account=account, defaults={"digest": make_password(pin)})
    audits.record(verb="accounts.pin", by=account, at=at, subject=account.staff_no)


@transaction.atomic
def identify(*, staff_no: str, pin: str, unit: Unit, terminal: Account, at: dt.datetime) -> Tried:
    """Who it is, of the plant where the terminal stands. A wrong number, a wrong PIN, no PIN and a neighbour's look alike."""
    ways = ((_name(staff_no), MOST_TRIES), (f"terminal:{terminal.pk}", MOST_AT_TERMINAL))
    if any(_failed(name, at) >= most for name, most in ways):
        return Tried()
    account = _account(staff_no, unit, at)
    if _right(pin, Pin.objects.filter(account=account).first() if account else None):
        PinTry.objects.filter(name=_name(staff_no)).delete()
        return Tried(account)
    for name, _most in ways:
        _count(name, at)
    return Tried(left=min(most - _failed(name, at) for name, most in ways))


def _right(pin: str, kept: Pin | None) -> bool:
    """A number without a PIN takes as long as one with it."""
    if kept is None:
        make_password(pin)
        return False
    return check_password(pin, kept.digest)


def _account(staff_no: str, unit: Unit, at: dt.datetime) -> Account | None:
    """An account in use, of a person who works in the plant that day."""
    rows = Account.objects.select_related("person").filter(is_active=True, person__plant=unit.plant_id)
    found = rows.filter(staff_no=staff_no.strip()).first()
    return found if found is not None and scope_of(found, on=at.date()).roles else None


def _failed(name: str, at: dt.datetime) -> int:
    row = PinTry.objects.filter(name=name, last_at__gt=at - LOCK).first()
    return row.failed if row else 0


def _count(name: str, at: dt.datetime) -> None:
    PinTry.objects.filter(last_at__lte=at - LOCK).delete()
    PinTry.objects.get_or_create(name=name, defaults={"last_at": at})
    PinTry.objects.filter(name=name).update(failed=F("failed") + 1, last_at=at)


def _name(staff_no: str) -> str:
    return hashlib.sha256(f"pin:{staff_no.strip()}".encode()).hexdigest()
