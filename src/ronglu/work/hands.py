"""The second hand: nobody confirms what he himself proposed, entered or did, nor what the one whom he stands in for did."""

import datetime as dt

from ronglu.store.models import Account, Deputy

LENT = "前一手是您所代理的人办的，这一步须由另一人办"


def same(one: Account | None, other: Account) -> bool:
    """Whether two accounts are one hand: a person has one account. What the system did by itself is nobody's."""
    return one is not None and one.pk == other.pk


def lent(one: Account | None, other: Account, *, on: dt.date) -> bool:
    """Whether `other` stands in for `one` that day: else who proposes would name the colleague who confirms it."""
    if one is None or one.person_id is None or other.person_id is None:
        return False
    return Deputy.objects.on(on).filter(absent=one.person_id, deputy=other.person_id).exists()
