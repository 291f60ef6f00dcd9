"""Which changes of a declaration make a new version: what decides what may happen, and not what it is called."""

from dataclasses import replace
from decimal import Decimal

import pytest

from ronglu.kernel.loops.due import Due, In
from ronglu.kernel.loops.loop import Check, Loop
from ronglu.kernel.loops.version import digest
from tests.kernel.loops.toy import TOY, bent, with_move, with_rows, with_state

SAME = {
    "label of the loop": bent(label="愿望", en="Desire", icon="star"),
    "label of a state": with_state("raised", label="收到", en="Got"),
    "label of a move": with_move("send", label="交办", en="Hand over"),
    "label of a field": bent(fields=(replace(TOY.fields[0], label="种类", help="选一个"), *TOY.fields[1:])),
    "label of a choice": bent(fields=(replace(TOY.fields[0], choices=tuple(replace(c, label="某") for c in TOY.fields[0].choices)), *TOY.fields[1:])),
    "columns": bent(ledger=()),
    "source": bent(source="另一处"),
    "button first": with_move("send", main=True),
}  # fmt: skip
MOVED = {
    "state": bent(states=TOY.states[::-1]),
    "phase": with_state("doing", phase=TOY.states[0].phase),
    "deadline": with_state("raised", due=Due(3)),
    "deadline unit": with_state("raised", due=Due(2, In.HOURS)),
    "turn": with_state("raised", turn=("clerk",)),
    "move by the clock": with_state("checking", at_due=""),
    "source of a move": with_move("send", source=("raised", "done")),
    "end of a move": with_move("tire", to="raised"),
    "who moves": with_move("send", by=("head", "clerk")),
    "needs": with_move("send", needs=()),
    "reason": with_move("drop", reason=False),
    "apart": with_move("drop", apart=()),
    "check": with_move("close", checks=(Check(code="c", holds=lambda case: ""),)),
    "when": with_move("dear", when={"kind": frozenset({"a"})}),
    "field": bent(fields=TOY.fields[1:]),
    "choice": bent(fields=(replace(TOY.fields[0], choices=TOY.fields[0].choices[:1]), *TOY.fields[1:])),
    "who works": bent(parties=(replace(TOY.parties[0], works=False),)),
    "who passes a line": with_rows("task", passed_by=("head",)),
    "rung": bent(ladder=TOY.ladder[:1]),
    "who raises": bent(raising=replace(TOY.raising, by=("head",))),
    "anonymous": bent(raising=replace(TOY.raising, anonymous=True)),
    "nameless is confidential": bent(raising=replace(TOY.raising, discreet=True)),
    "check of the raising": bent(raising=replace(TOY.raising, checks=(Check(code="c", holds=lambda case: ""),))),
    "smallest number": bent(fields=(replace(TOY.fields[0], least=Decimal(1)), *TOY.fields[1:])),
    "carry": bent(carry={"old": "raised"}),
}


@pytest.mark.parametrize("name", SAME)
def test_another_word_for_the_same_thing_is_the_same_version(name: str) -> None:
    assert digest(SAME[name]) == digest(TOY)


@pytest.mark.parametrize("name", MOVED)
def test_what_may_happen_makes_another_version(name: str) -> None:
    assert digest(MOVED[name]) != digest(TOY)


def test_a_set_of_values_has_one_digest_however_it_was_written_down() -> None:
    one = with_move("dear", when={"kind": frozenset(("a", "b"))})
    two = with_move("dear", when={"kind": frozenset(("b", "a"))})
    assert digest(one) == digest(two)


def test_another_smallest_number_is_another_version_and_the_same_one_written_otherwise_is_not() -> None:
    def least(text: str) -> str:
        return digest(bent(fields=(replace(TOY.fields[0], least=Decimal(text)), *TOY.fields[1:])))

    assert least("0") != least("1") and least("1") != least("10")
    assert least("1") == least("1.00") and least("10") == least("1E1")


def test_the_number_of_the_version_is_not_part_of_its_shape() -> None:
    again: Loop = bent(version=2)
    assert digest(again) == digest(TOY)
