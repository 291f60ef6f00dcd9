"""How the person behind an account is named on a page, and to whom he is not named."""

from ronglu.store.models import Account


def name_of(account: Account | None) -> str:
    """His name, the account's own where it belongs to no person, empty for the worker's clock."""
    if account is None:
        return ""
    return account.person.name if account.person else str(account)


def name_for(account: Account | None, people: bool) -> str:
    """Empty for a reader who may not see people."""
    return name_of(account) if people else ""
