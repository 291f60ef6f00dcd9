"""The second hand: nobody confirms what he himself proposed, entered or did."""

from ronglu.store.models import Account


def same(one: Account | None, other: Account) -> bool:
    """Whether two accounts are one hand: a person has one account. What the system did by itself is nobody's."""
    return one is not None and one.pk == other.pk
