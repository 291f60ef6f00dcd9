"""How many cases and lines wait, as the menu writes it."""

from ronglu.config.plant import packs
from ronglu.work.queries.inbox import CAP, count
from ronglu.work.scope import Scope


def shown_count(n: int) -> str:
    """99+ says that there are more than anybody counts."""
    return "" if not n else f"{CAP - 1}+" if n >= CAP else str(n)


def badge(scope: Scope) -> str:
    """One query; none for those for whom nothing can wait."""
    return shown_count(count(scope, packs().loops))
