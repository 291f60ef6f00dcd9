"""The rules of the regulations as base declares them, one file a chapter, with their worked examples beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ronglu.kernel.org import examples as day
from ronglu.kernel.org.checks import REGISTRY
from ronglu.kernel.regulation import examples as window
from ronglu.kernel.regulation import problems as together
from ronglu.kernel.regulation.book import RuleBook
from ronglu.kernel.regulation.errors import RuleProblem
from ronglu.kernel.regulation.examples import Example, build
from ronglu.kernel.regulation.load import load as built
from ronglu.packs import reading
from ronglu.packs.problem import PackError, Problem

FOLDER = Path(__file__).parent / "base" / "regulations"


def read(folder: Path, problems: list[Problem]) -> RuleBook:
    """All chapters as one book; every fault of every file is added to `problems`."""
    rules = []
    for path in sorted(folder.glob("*.yaml")):
        sheet = reading.read(path, root=folder.parents[1])
        problems += sheet.problems
        chapter = sheet.content.get("chapter", "")
        try:
            book = built({"chapter": chapter, **row} for row in sheet.content.get("rules") or ())
        except RuleProblem as trouble:
            problems += [Problem(sheet.name, line) for line in str(trouble).splitlines()]
            continue
        problems += [Problem(sheet.name, text) for text in together.problems(book, elsewhere=REGISTRY)]
        rules += list(book.rules)
    return RuleBook(tuple(rules))


def load(folder: Path = FOLDER) -> RuleBook:
    """The book; PackError with everything that is wrong."""
    problems: list[Problem] = []
    book = read(folder, problems)
    if problems:
        raise PackError(tuple(problems))
    return book


def examples(folder: Path = FOLDER) -> tuple[Example, ...]:
    """The worked examples of all rules; RuleProblem with everything that is wrong in them."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path in sorted((folder / "examples").glob("*.yaml")):
        found |= reading.read(path, root=folder.parents[1]).content
    return build(found)


def run(book: RuleBook, example: Example) -> list[str]:
    """What an example says and its rule does not: on a day's organisation, or on the facts of one subject."""
    of_a_day = {rule.id for rule in book.rules if rule.measure in REGISTRY}
    return day.run(book, example) if example.rule in of_a_day else window.run(book, example)
