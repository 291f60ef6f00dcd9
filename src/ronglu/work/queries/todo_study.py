"""What waits in documents and study: relays to pass on, reasons to judge, questions to answer, topics nobody took up."""

from collections.abc import Iterator

from ronglu.work.queries import documents, relays, study
from ronglu.work.queries.todo_item import Todo
from ronglu.work.scope import Scope


def waiting_study(scope: Scope) -> Iterator[Todo]:
    if scope.has(relays.TELL) or scope.has(relays.ASK):
        told, late, reasons = relays.waiting(scope)
        if told:
            yield Todo("relay_tell", told, key=str(late) if late else "")
        if reasons:
            yield Todo("relay_reason", reasons)
    if scope.has(documents.KEEP) and (n := documents.waiting(scope)):
        yield Todo("policy_answer", n)
    due, drafts = study.waiting(scope)
    if due:
        yield Todo("topic_due", due)
    if drafts:
        yield Todo("plan_issue", drafts)
