"""The second hand: nobody confirms what he himself proposed, entered or did, nor what the one whom he stands in for did."""

import datetime as dt

from ronglu.kernel.standing.errors import StandingTrouble
from ronglu.store.models import Account, Deputy, Person

LENT = "前一手是您所代理的人办的，这一步须由另一人办"
CONCERNED = "这件事关系您所代理的人，须由另一人办"


def apart(by: Account, *first: Account | Person | None, on: dt.date, trouble: type[ValueError], own: str) -> None:
    """Raises `trouble` where `by` is no second hand: with the words `own` where one of `first` is he himself, with LENT or
    CONCERNED where he stands in for one of them that day, else who proposes would name the colleague who confirms it.

    `first`: accounts that did the step before, and persons whose own matter it is; None is nobody, as what the system did.
    """
    if any(_is(one, by) for one in first):
        raise _said(trouble, own)
    away = absent(by, on=on)
    if any(isinstance(one, Account) and one.person_id in away for one in first):
        raise _said(trouble, LENT)
    if any(isinstance(one, Person) and one.pk in away for one in first):
        raise _said(trouble, CONCERNED)


def same(one: Account | None, other: Account) -> bool:
    """Whether two accounts are one hand, where a deputy is no matter; a second hand is asked by `apart`."""
    return one is not None and one.pk == other.pk


def absent(by: Account, *, on: dt.date) -> frozenset[int]:
    """The persons he stands in for that day."""
    if by.person_id is None:
        return frozenset()
    return frozenset(Deputy.objects.on(on).filter(deputy=by.person_id).values_list("absent", flat=True))


def _is(one: Account | Person | None, by: Account) -> bool:
    """A person has one account; a terminal's or an office's account is nobody but itself."""
    return one == by.person if isinstance(one, Person) else same(one, by)


def _said(trouble: type[ValueError], words: str) -> ValueError:
    """A StandingTrouble tells all that is wrong at once and so takes a list."""
    return trouble([words]) if issubclass(trouble, StandingTrouble) else trouble(words)
