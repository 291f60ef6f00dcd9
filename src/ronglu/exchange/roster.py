"""The faults of a personnel roster as problems with their cells: columns refused or asked about, rows that do not fit."""

import re
from collections.abc import Iterable, Iterator, Mapping

from ronglu.exchange.problems import Problem, problem
from ronglu.exchange.sandbox import Sheet
from ronglu.kernel.org.roster_in import Column, HeaderCheck

YES, NO, SKIP = "yes", "no", "skip"
SPOT = re.compile(r"([A-Z]{1,3})(\d+)[：\s](.*)", re.DOTALL)


def header_problems(sheet: Sheet, header: HeaderCheck) -> Iterator[Problem]:
    """Everything that keeps the columns from being read; a question is answered under `roster:` and its header."""

    def tell(code: str, column: Column, choices: tuple[str, ...] = ()) -> Problem:
        return problem(
            code,
            sheet=sheet.name,
            row=header.row,
            column=column.index,
            value=column.name,
            why=column.say,
            key=_key(column.name) if choices else "",
            choices=choices,
        )

    yield from (tell("roster_refused", column) for column in header.refused)
    yield from (problem("table_column", sheet=sheet.name, word=label) for label in header.missing)
    yield from (problem("roster_twice", sheet=sheet.name, value=label) for label in header.doubled)
    yield from (tell("roster_ask", column, (YES, NO)) for column in header.questions)
    yield from (tell("roster_unknown", column, (SKIP,)) for column in header.unknown)


def answered(header: HeaderCheck, answers: Mapping[str, str]) -> tuple[dict[str, bool], list[str]]:
    """Column name → whether it is the field it was asked about, and the names of columns that are left unread.

    `header` is the check without answers; many questions of one kind are answered together, under `all:` and the kind.
    """
    asked = {c.name: answers.get(_key(c.name)) or answers.get("all:roster_ask") for c in header.questions}
    unknown = {c.name: answers.get(_key(c.name)) or answers.get("all:roster_unknown") for c in header.unknown}
    confirmed = {name: answer == YES for name, answer in asked.items() if answer in (YES, NO)}
    return confirmed, [name for name, answer in unknown.items() if answer == SKIP]


def row_problems(sheet: Sheet, texts: Iterable[str], code: str = "row_wrong") -> Iterator[Problem]:
    """`B3：没有叫“甲组”的党小组` as a problem at B3."""
    for text in texts:
        if (found := SPOT.fullmatch(text)) is None:
            yield problem(code, sheet=sheet.name, what=text)
            continue
        column = 0
        for one in found[1]:
            column = column * 26 + ord(one) - 64
        yield problem(code, sheet=sheet.name, row=int(found[2]) - 1, column=column - 1, what=found[3])


def _key(name: str) -> str:
    return f"roster:{name}"
