"""The boxes of a ballot as a page draws and sends them: the name of each input, and the cells behind what was sent."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict

from ronglu.kernel.keys import key_of
from ronglu.kernel.standing.ballot import PollAnswer, PollKind, PollQuestion, Tick

CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Ask:
    """One question about one subject, and what was ticked when the form came back unfinished."""

    name: str
    question: PollQuestion
    answers: tuple[tuple[PollAnswer, bool], ...]


def asks(kind: PollKind, subject: int, sent: QueryDict) -> list[Ask]:
    found = []
    for question in kind.questions:
        name = _name(subject, question.code)
        found.append(Ask(name, question, tuple((one, sent.get(name) == one.code) for one in kind.answers)))
    return found


def chosen(sent: QueryDict) -> set[int]:
    """Numbers of the ticked candidates."""
    return {number for text in sent.getlist(CHOSEN) if (number := key_of(text, most=9999)) is not None}


def ballot(kind: PollKind, sent: QueryDict, *, subjects: int) -> frozenset[Tick]:
    """What was ticked; whether it is a valid ballot is for the kernel to say."""
    if kind.form == "choose":
        return frozenset(Tick(number, kind.questions[0].code, kind.answers[0].code) for number in chosen(sent))
    return frozenset(
        Tick(number, question.code, answer)
        for number in range(1, subjects + 1)
        for question in kind.questions
        for answer in sent.getlist(_name(number, question.code))
    )


def boxes(kind: PollKind, subjects: int) -> Iterator[tuple[Tick, str]]:
    """Every box of the paper with the name of its number field on the page of totals."""
    for cell in kind.cells(subjects):
        yield cell, f"{_name(cell.subject, cell.question)}-{cell.answer}"


def _name(subject: int, question: str) -> str:
    return f"{subject}-{question}"
