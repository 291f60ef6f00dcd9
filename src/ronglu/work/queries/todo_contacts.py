"""What waits in 横班联系: a pair that asks for one's yes; at the end of a week, the sentence nobody wrote."""

from collections.abc import Iterator

from ronglu.work.queries.contacts import SEE, waiting
from ronglu.work.queries.todo_item import Todo
from ronglu.work.scope import Scope


def waiting_contacts(scope: Scope) -> Iterator[Todo]:
    if not scope.has(SEE):
        return
    asked, silent = waiting(scope)
    if asked:
        yield Todo("contact_agree", asked)
    if silent:
        yield Todo("contact_note", silent)
