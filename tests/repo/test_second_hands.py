"""A verb that asks for a second hand asks `hands.apart`: one that asks in a way of its own forgets the deputies."""

import ast
from collections.abc import Iterator
from pathlib import Path

import ronglu.work

WORK = Path(ronglu.work.__file__).parent
# the verbs that ask whether two accounts are one, and why a deputy is no matter there
ALONE = {
    "accounts.reset": "his own password: there was no step before it",
    "accounts.set_active": "his own account",
    "accounts.set_roles": "his own roles",
    "drafts._save": "writes down who edited; `approve` asks them all",
    "handovers.take": "a receipt by the next shift, whose leader may well stand in for the one before",
    "imports._mine": "whose upload it is, to go on with it",
    "imports.cancel": "whether his own upload is at work",
    "key_tasks.confirm": "each of two sides answers for itself, the one side's also where it stands in for the other",
    "points._judge": "asks in whose names he sits on the committee, the absent among them",
    "talks.withdraw": "his own record, to take it back",
    "venues.give_up": "his own booking, to give it up",
}


def test_no_verb_asks_in_a_way_of_its_own_but_where_a_deputy_is_no_matter() -> None:
    assert {place for place, call in calls() if call != "hands.apart"} == set(ALONE)


def test_hands_are_asked_by_their_room_so_that_this_file_sees_them() -> None:
    texts = {path.name: path.read_text("utf-8") for path in sorted(WORK.glob("*.py"))}
    assert [name for name, text in texts.items() if "work.hands import" in text] == []


def calls() -> Iterator[tuple[str, str]]:
    """`module.function` of the verbs with what it asks: a function of `hands`, or "compares" where it holds an account beside
    that of `by` itself."""
    for path in sorted(WORK.glob("*.py")):
        if path.stem == "hands":
            continue
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef):
                yield from ((f"{path.stem}.{function.name}", call) for call in _in(function))


def _in(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("hands.apart", "hands.same"):
            yield ast.unparse(node.func)
        if isinstance(node, ast.Compare) and "by.pk" in map(ast.unparse, (node.left, *node.comparators)):
            yield "compares"
