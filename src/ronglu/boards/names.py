"""How the person behind an account is named on a page."""

from ronglu.store.models import Account


def name_of(account: Account | None) -> str:
    """His name, the account's own where it belongs to no person, empty for the worker's clock."""
    if account is None:
        return ""
    return account.person.name if account.person else str(account)
