"""A loop that is declared badly is refused with a sentence for each fault: one bent loop per rule."""

from dataclasses import replace

import pytest

from ronglu.kernel.loops.due import Due, Rung
from ronglu.kernel.loops.field import Choice, Field
from ronglu.kernel.loops.loop import SYSTEM, Benefit, Clock, Column, Loop, Party, Phase, State
from ronglu.kernel.loops.problems import problems
from tests.kernel.loops.toy import ROLES, TOY, bent, with_move, with_rows, with_state

RAISING = TOY.raising
STUCK = State(code="stuck", label="卡住", en="Stuck", phase=Phase.OPEN, due=Due(1), turn=("head",))
WAYS_OUT = tuple(m for m in TOY.moves if m.code != "drop")


def states(*more: State) -> tuple[State, ...]:
    return (*TOY.states, *more)


BAD: dict[str, tuple[Loop, list[str]]] = {
    "code twice": (bent(parties=TOY.parties * 2), ["当事人 doer 写了两次"]),
    "code letters": (bent(fields=(*TOY.fields, Field(code="No-1", label="号", en="No"))), ["字段代码 No-1 只能用小写字母、数字和下划线"]),
    "version": (bent(version=0), ["版本应从 1 起，写的是 0"]),
    "no source": (bent(source=""), ["没有写来源"]),
    "party word": (
        bent(parties=(*TOY.parties, Party(code="raiser", label="提的人", en="Raiser", at_zone=True))),
        ["当事人不能叫 raiser，这是系统自带的词"],
    ),
    "raised into nowhere": (bent(raising=replace(RAISING, to="nowhere")), ["提出后进入的状态 nowhere 不存在"]),
    "move to nowhere": (
        with_move("dear", to="nowhere"),
        ["动作 dear：状态 nowhere 不存在"],
    ),
    "apart of nothing": (with_move("drop", apart=("nobody",)), ["动作 drop：apart 里的 nobody 不是动作、当事人或明细"]),
    "due move of another state": (with_state("doing", at_due="tire"), ["状态 doing：到期动作 tire 不从这里出发"]),
    "due move of a person": (with_state("doing", at_due="ready"), ["状态 doing：到期动作 ready 不从这里出发"]),
    "recurs by a person": (with_move("again", by=("head",)), ["再次发生时的动作 again 不存在，或不由系统来走"]),
    "recurs into nowhere": (bent(recurs=replace(TOY.recurs, into="nowhere")), ["再次发生时的状态 nowhere 不存在"]),
    "unreachable": (bent(states=states(STUCK)), ["状态 stuck（卡住）走不到"]),
    "no way to an end": (
        bent(states=states(STUCK), moves=(*WAYS_OUT, replace(TOY.moves[3], code="jam", to="stuck", when={}), replace(TOY.moves[4], source=("raised",)))),
        ["状态 stuck（卡住）走不到结束"],
    ),
    "never closed": (
        bent(states=tuple(replace(s, phase=Phase.DROPPED) if s.code == "done" else s for s in TOY.states), moves=tuple(replace(m, reason=True) if m.code == "close" else m for m in TOY.moves)),
        ["没有一个状态是闭环"],
    ),
    "no deadline": (with_state("raised", due=None), ["状态 raised（待派）没有期限"]),
    "nobody's turn": (with_state("raised", turn=()), ["状态 raised（待派）没有写轮到谁", "状态 raised 有期限，却没有写轮到谁"]),
    "deadline of nothing": (with_state("raised", due=Due(0)), ["状态 raised 的期限应大于 0"]),
    "deadline by no field": (with_state("doing", due=Due(5, by="day")), ["状态 doing 的期限：字段 day 不存在"]),
    "deadline by no date": (with_state("doing", due=Due(5, by="what")), ["状态 doing 的期限：字段 what 应为 date"]),
    "deadline after closing": (with_state("done", due=Due(5)), ["状态 done 有期限，却没有写轮到谁"]),
    "deadline of what is over": (with_state("void", due=Due(5), turn=("head",)), ["状态 void 已经不办，不能有期限"]),
    "closes alone": (
        with_move("close", source=("doing", "checking")),
        ["动作 close（办结）一个人就能闭环：请从待验收出发，或写明 apart"],
    ),
    "closes alone from anywhere": (
        with_move("close", source=()),
        ["动作 close（办结）一个人就能闭环：请从待验收出发，或写明 apart"],
    ),
    "drops without a reason": (with_move("drop", reason=False), ["动作 drop（不办）不办却不写理由：请设 reason"]),
    "assigns nobody": (with_move("send", assigns=("doer", "helper")), ["assigns 里的 helper 不是当事人"]),
    "party never named": (
        bent(parties=(*TOY.parties, Party(code="helper", label="帮手", en="Helper"))),
        ["当事人 helper 没有任何动作来选定"],
    ),
    "too much to fill in": (
        bent(raising=replace(RAISING, asks=("kind", "by_day", "cost", "what", "kind"))),
        ["提出时要填 6 项，最多 5 项（现场用手机填）"],
    ),
    "asks for no field": (with_move("send", asks=("colour",)), ["动作 send：字段 colour 不存在"]),
    "sets no field": (with_move("send", sets={"colour": "red"}), ["动作 send：字段 colour 不存在"]),
    "choice without choices": (
        bent(fields=(replace(TOY.fields[0], choices=()), *TOY.fields[1:])),
        ["字段 kind：只有选择题才有选项，选择题必须有选项"],
    ),
    "choices without choice": (
        bent(fields=(*TOY.fields[:1], replace(TOY.fields[1], choices=(Choice("a", "甲", "A"),)), *TOY.fields[2:])),
        ["字段 what：只有选择题才有选项，选择题必须有选项"],
    ),
    "recurs by no field": (bent(recurs=replace(TOY.recurs, fields=("colour",))), ["再次发生：字段 colour 不存在"]),
    "place": (bent(raising=replace(RAISING, place="room")), ["提出的地点 room 应为 unit、zone、body 或 none"]),
    "home": (bent(home="moon"), ["home 写的是 moon，应为 place 或 raiser"]),
    "line of no field": (with_rows("vote", fields=("colour",)), ["明细 vote：字段 colour 不存在"]),
    "line in no state": (with_rows("vote", states=("nowhere",)), ["明细 vote：状态 nowhere 不存在"]),
    "line brings what it needs": (with_rows("vote", brings=("cost",)), ["明细 vote：brings 里的 cost 应在 fields 里，不能在添加时必填"]),
    "published in no state": (bent(published=("nowhere",)), ["published：状态 nowhere 不存在"]),
    "line needs what it does not have": (with_rows("vote", needs=("cost",)), ["明细 vote：cost 必填却不在 fields 里"]),
    "line brings what it needs first": (
        with_rows("task", brings=("what",)),
        ["明细 task：brings 里的 what 应在 fields 里，不能在添加时必填"],
    ),
    "line closes unseen": (with_rows("task", passed_by=()), ["明细 task 逐条闭环，却没有人验收"]),
    "clock of nothing": (bent(clocks=(Clock(code="c", label="钟", en="C"),)), ["时钟 c：states 与 rows 写且只写一个"]),
    "clock of both": (
        bent(clocks=(Clock(code="c", label="钟", en="C", states=("doing",), rows="task"),)),
        ["时钟 c：states 与 rows 写且只写一个"],
    ),
    "clock in no state": (bent(clocks=(Clock(code="c", label="钟", en="C", states=("nowhere",)),)), ["时钟 c：状态 nowhere 不存在"]),
    "clock of open lines": (bent(clocks=(Clock(code="c", label="钟", en="C", rows="vote"),)), ["时钟 c：vote 不是逐条闭环的明细"]),
    "clock of no field": (
        bent(clocks=(Clock(code="c", label="钟", en="C", rows="task", when={"colour": frozenset({"red"})}),)),
        ["时钟 c：字段 colour 不存在"],
    ),
    "rung tells nobody": (bent(ladder=(Rung(days=0, tell=(), label="到期"),)), ["催办“到期”没有写告诉谁"]),
    "rung of no field": (
        bent(ladder=(Rung(days=0, tell=("head",), label="到期", when={"colour": frozenset({"red"})}),)),
        ["催办“到期”：字段 colour 不存在"],
    ),
    "column of nothing": (bent(ledger=(Column("颜色", "colour"), Column("金额", "figure:sum"))), ["台账列“颜色”：colour 不存在", "台账列“金额”：figure:sum 不存在"]),
    "benefit of no move": (
        bent(benefit=Benefit(move="count", plus=("what",), minus=("sum",))),
        ["benefit：动作 count 不存在", "benefit：what 不是金额字段", "benefit：sum 不是金额字段"],
    ),
    "benefit of nothing": (bent(benefit=Benefit(move="close", plus=())), ["benefit：没有写哪个金额算效益"]),
    "move of no role": (with_move("send", by=("queen",)), ["动作 send：角色 queen 没有声明"]),
    "move of nobody": (with_move("send", by=()), ["动作 send 没有写谁来走"]),
    "turn of no role": (with_state("raised", turn=("queen",)), ["状态 raised：角色 queen 没有声明"]),
    "line of no role": (with_rows("task", passed_by=("queen",)), ["明细 task：角色 queen 没有声明"]),
    "rung of no role": (bent(ladder=(Rung(days=0, tell=("queen",), label="到期"),)), ["催办“到期”：角色 queen 没有声明"]),
    "raised by no role": (bent(raising=replace(RAISING, by=("queen",))), ["提出：角色 queen 没有声明"]),
    "trusted of no role": (bent(trusted=("queen",)), ["可看保密件：角色 queen 没有声明"]),
    "carried into nowhere": (bent(carry={"old": "nowhere"}), ["carry：状态 nowhere 不存在"]),
}  # fmt: skip


def test_the_toy_is_in_order() -> None:
    assert problems(TOY, ROLES) == ()


@pytest.mark.parametrize("name", BAD)
def test_each_fault_is_said_in_a_sentence(name: str) -> None:
    loop, said = BAD[name]
    assert list(problems(loop, ROLES)) == said


def test_a_state_that_is_gone_needs_to_be_carried_on() -> None:
    before = frozenset({"raised", "waiting"})
    assert list(problems(TOY, ROLES, before=before)) == ["上一版的状态 waiting 没有了，carry 要写明它现在是哪个状态"]
    assert problems(bent(carry={"waiting": "doing"}), ROLES, before=before) == ()


def test_all_faults_are_told_at_once() -> None:
    loop = replace(with_state("raised", due=None), version=0, source="")
    assert len(problems(loop, ROLES)) == 3


def test_a_move_of_the_clock_alone_needs_neither_a_second_person_nor_a_reason() -> None:
    closing = replace(TOY.moves[5], code="lapse", to="done", source=("raised",), by=(SYSTEM,))
    assert problems(bent(moves=(*TOY.moves, closing)), ROLES) == ()


def test_a_party_of_the_zone_is_named_by_the_report() -> None:
    loop = bent(parties=(*TOY.parties, Party(code="owner", label="责任人", en="Owner", at_zone=True)))
    assert problems(loop, ROLES) == ()
