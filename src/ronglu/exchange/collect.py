"""Gathers problems while a file is read: every one with its place, long lists of one kind cut with a count, questions answered."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ronglu.exchange.messages import MESSAGES
from ronglu.exchange.problems import Problem, Severity, cell_name, letter, problem


class Collector:
    def __init__(self, answers: Mapping[str, str], *, listed: int) -> None:
        self.answers, self.listed = answers, listed
        self.found: list[Problem] = []
        self.counts: Counter[tuple[str, str, str]] = Counter()
        self.unanswered: dict[tuple[str, str, str], tuple[str, ...]] = {}  # cut off the list while still open

    def add(
        self,
        code: str,
        *,
        sheet: str = "",
        row: int | None = None,
        column: int | None = None,
        value: object = "",
        **args: Any,
    ) -> None:
        slot = (code, sheet, "" if column is None else letter(column))
        self.counts[slot] += 1
        if self.counts[slot] <= self.listed:
            self.found.append(problem(code, sheet=sheet, row=row, column=column, value=value, **args))

    def ask(
        self,
        code: str,
        choices: tuple[str, ...],
        *,
        sheet: str = "",
        row: int | None = None,
        column: int | None = None,
        value: object = "",
        key: str = "",
        **args: Any,
    ) -> str:
        """The person's answer to a question, "" while there is none. Answered by its own key or for all of its kind (all:code)."""
        key = key or question_key(code, sheet, row, column)
        answer = self.answers.get(key) or self.answers.get(f"all:{code}") or ""
        valid = bool(answer) and (not choices or answer in choices or "*" in choices)
        slot = (code, sheet, "" if column is None else letter(column))
        self.counts[slot] += 1
        if not valid and self.counts[slot] > self.listed:
            self.unanswered[slot] = choices
        if self.counts[slot] <= self.listed:
            made = problem(code, sheet=sheet, row=row, column=column, value=value, key=key, choices=choices, **args)
            if valid:
                made = replace(made, severity=Severity.NOTE, message=f"{made.message} 已选择:{answer}。")
            self.found.append(made)
        return answer if valid else ""

    def take(self, made: Problem) -> None:
        """A problem that a check has made; an answered question becomes a note."""
        answer = self.answers.get(made.key) or self.answers.get(f"all:{made.code}") or ""
        if made.severity is Severity.QUESTION and answer in made.choices:
            made = replace(made, severity=Severity.NOTE, message=f"{made.message} 已选择:{answer}。")
        self.found.append(made)

    def finish(self) -> tuple[Problem, ...]:
        """Sorted as a person reads a workbook: errors before questions before notes, then sheet by sheet."""
        for slot, count in self.counts.items():
            if count > self.listed:
                self.found.append(self._more(slot, count - self.listed))
        rank = {Severity.ERROR: 0, Severity.QUESTION: 1, Severity.NOTE: 2}
        sheets: dict[str, int] = {}
        for item in self.found:
            sheets.setdefault(item.sheet, len(sheets))
        return tuple(
            sorted(self.found, key=lambda p: (rank[p.severity], sheets[p.sheet], p.row or 0, len(p.column), p.column))
        )

    def _more(self, slot: tuple[str, str, str], count: int) -> Problem:
        """Stands for those that were cut; it can be answered for all of them at once."""
        code, sheet, column = slot
        severity, choices = Severity(MESSAGES[code][0]), self.unanswered.get(slot, ())
        if severity is Severity.QUESTION and not choices:
            severity = Severity.NOTE
        key = f"all:{code}" if choices else ""
        made = problem("more", sheet=sheet, count=count, kind=code, severity=severity, key=key, choices=choices)
        return replace(made, column=column)


def question_key(code: str, sheet: str, row: int | None, column: int | None) -> str:
    spot = (
        ""
        if row is None and column is None
        else cell_name(row, column)
        if row is not None and column is not None
        else (letter(column) if column is not None else str((row or 0) + 1))
    )
    return f"{code}:{sheet}!{spot}" if spot else f"{code}:{sheet}"
