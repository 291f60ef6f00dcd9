"""Who may do what with a case: roles and parties, the second person in all its forms, what must be filled in, the lines."""

import pytest

from ronglu.kernel.loops.engine import Actor, CaseView, Did, RowView, offers, refusals, row_refusals, settled
from ronglu.kernel.loops.loop import Check, Loop, Phase, State
from tests.kernel.loops.toy import (
    CLERK,
    DOER,
    HEAD,
    RAISED_BY,
    TOY,
    actor,
    bent,
    case,
    with_move,
    with_rows,
    with_state,
)

SENT = {"by_day": "2026-03-20", "doer": [DOER]}
CHECKING = case("checking", parties={"doer": frozenset({DOER})}, did=(Did("ready", DOER, "doing", "checking"),))


def tried(view: CaseView, who: Actor, code: str, *, loop: Loop = TOY, reason: str = "", **given: object) -> list[str]:
    return refusals(loop, view, who, code, given, reason)


def test_a_move_is_for_its_roles_and_for_the_parties_of_this_case() -> None:
    assert tried(case(), actor(HEAD, "head"), "send", **SENT) == []
    assert tried(case(), actor(CLERK, "clerk"), "send", **SENT) == ["“派办”不归您办"]
    doing = case("doing", parties={"doer": frozenset({DOER})})
    assert tried(doing, actor(DOER), "ready") == []
    assert tried(doing, actor(HEAD, "head"), "ready") == ["“办完”不归您办"]


def test_a_move_from_another_state_names_where_it_leaves_and_where_the_case_is() -> None:
    assert tried(case(), actor(DOER), "ready") == ["“办完”要从“办理”走，现在是“待派”；请刷新后再看"]
    assert tried(case("done"), actor(HEAD, "head"), "drop", reason="迟了") == [
        "“不办”要从未结束的状态走，现在是“办结”；请刷新后再看"
    ]
    assert tried(case(), actor(HEAD, "head"), "fly") == ["“心愿”没有“fly”这一步"]


def test_a_move_of_some_cases_is_not_offered_to_the_others() -> None:
    head = actor(HEAD, "head")
    plain, dear = case("doing", data={"kind": "a"}), case("doing", data={"kind": "b"})
    assert tried(plain, head, "dear") == ["这一件不走“贵的另批”"]
    assert [o.move.code for o in offers(TOY, plain, head)] == ["drop"]
    assert [o.move.code for o in offers(TOY, dear, head)] == ["dear", "drop"]


def test_what_must_be_filled_in_named_and_explained_is_said_at_once() -> None:
    assert tried(case(), actor(HEAD, "head"), "send") == ["请填写“期限”", "请选定经办人"]
    assert tried(case(), actor(HEAD, "head"), "drop", reason="  ") == ["“不办”请写明理由"]


def test_what_stands_there_already_need_not_be_filled_in_again_but_may_not_be_emptied() -> None:
    known = case(data={"by_day": "2026-03-20"}, parties={"doer": frozenset({DOER})})
    assert tried(known, actor(HEAD, "head"), "send") == []
    assert tried(known, actor(HEAD, "head"), "send", by_day=None) == ["请填写“期限”"]


@pytest.mark.parametrize(
    "view",
    [
        case("checking", parties={"doer": frozenset({HEAD})}),
        case("checking", did=(Did("ready", HEAD, "doing", "checking"),)),
        case("checking", rows={"task": (RowView(no=1, state="passed", done_by=HEAD),)}),
    ],
    ids=["who is named to do it", "who sent it to be checked", "who reported a line done"],
)
def test_who_did_the_work_never_closes_it(view: CaseView) -> None:
    assert tried(view, actor(HEAD, "head"), "close") == ["这一件由您办理，“办结”须由另一人"]
    assert tried(view, actor(CLERK, "clerk"), "close") == []


def test_a_doer_stays_a_doer_after_the_case_came_back_and_another_took_it_over() -> None:
    view = case(
        "checking", parties={"doer": frozenset({DOER})},
        did=(Did("ready", CLERK, "doing", "checking"), Did("tire", None, "checking", "doing"), Did("ready", DOER, "doing", "checking")),
    )  # fmt: skip
    assert tried(view, actor(CLERK, "clerk"), "close") == ["这一件由您办理，“办结”须由另一人"]


def test_who_stands_in_for_the_doer_does_not_close_it_either() -> None:
    deputy = actor(HEAD, "head", also=frozenset({DOER}))
    assert tried(CHECKING, deputy, "close") == ["这一件由您所代理的人办理，“办结”须由另一人"]
    assert tried(case("doing", parties={"doer": frozenset({DOER})}), deputy, "ready") == []


def test_the_first_of_two_checks_is_for_another_as_well() -> None:
    """checking → counting → done: whoever worked neither passes the first check nor the second."""
    counting = State(code="counting", label="核钱", en="Counting", phase=Phase.VERIFYING, turn=("clerk",))
    loop = bent(states=(*TOY.states, counting), moves=with_move("close", to="counting").moves)
    assert tried(CHECKING, actor(DOER), "close", loop=loop) == ["这一件由您办理，“办结”须由另一人"]


def test_what_was_closed_is_not_judged_again_by_who_did_it() -> None:
    loop = with_move("again", by=("head",))
    view = case("done", did=(Did("ready", HEAD, "doing", "checking"),))
    assert tried(view, actor(HEAD, "head"), "again", loop=loop) == ["这一件由您办理，“重开”须由另一人"]


def test_apart_keeps_away_who_raised_it_made_a_move_is_named_or_wrote_a_line() -> None:
    head = actor(RAISED_BY, "head")
    assert tried(case(), head, "drop", reason="不必") == ["“提出”是您做的，“不办”须由另一人"]
    deputy = actor(HEAD, "head", also=frozenset({RAISED_BY}))
    assert tried(case(), deputy, "drop", reason="不必") == ["“提出”是您所代理的人做的，“不办”须由另一人"]
    loop = with_move("drop", apart=("send", "doer", "vote"))
    view = case(
        "doing", parties={"doer": frozenset({DOER})}, did=(Did("send", HEAD, "raised", "doing"),),
        rows={"vote": (RowView(no=1, state="noted", added_by=CLERK),)},
    )  # fmt: skip
    said = {p: tried(view, actor(p, "head"), "drop", loop=loop, reason="不必") for p in (HEAD, DOER, CLERK, RAISED_BY)}
    assert said == {
        HEAD: ["“派办”是您做的，“不办”须由另一人"],
        DOER: ["您与这一件有关（经办人），“不办”须由另一人"],
        CLERK: ["您与这一件有关（表态），“不办”须由另一人"],
        RAISED_BY: [],
    }
    deputy = actor(RAISED_BY, "head", also=frozenset({DOER}))
    assert tried(view, deputy, "drop", loop=loop, reason="不必") == [
        "您所代理的人与这一件有关（经办人），“不办”须由另一人"
    ]


def test_a_check_looks_at_the_case_as_the_move_would_leave_it() -> None:
    costly = Check(code="costly", holds=lambda c: "太贵" if c.data.get("cost") == "9.00" else "")
    himself = Check(code="himself", holds=lambda c: "不能派给提的人" if RAISED_BY in c.parties.get("doer", ()) else "")
    loop = with_move("send", needs=("by_day", "cost"), checks=(costly, himself))
    head = actor(HEAD, "head")
    assert tried(case(), head, "send", loop=loop, **SENT, cost="9.00") == ["太贵"]
    assert tried(case(), head, "send", loop=loop, **SENT | {"doer": [RAISED_BY]}, cost="1.00") == ["不能派给提的人"]
    assert tried(case(), head, "send", loop=loop, **SENT, cost="1.00") == []
    assert offers(loop, case(), head)[0].open  # nothing filled in yet: the form is there to be filled in


def test_what_the_clock_does_nobody_else_does_and_it_does_nothing_else() -> None:
    assert tried(CHECKING, Actor(clock=True), "tire") == []
    assert tried(CHECKING, actor(HEAD, "head"), "tire") == ["“到期退回”不归您办"]
    assert tried(CHECKING, Actor(clock=True), "close") == ["“办结”不归您办"]


def test_an_outsider_is_offered_nothing() -> None:
    assert offers(TOY, case(), Actor(person=99, everyone=False)) == ()


OPEN = RowView(no=1, state="open", person=DOER, data={"what": "拧紧"})
DONE = RowView(no=1, state="done", person=DOER, done_by=CLERK)


@pytest.mark.parametrize(
    ("who", "act", "row", "said"),
    [
        (actor(HEAD, "head"), "add", None, []),
        (actor(DOER), "add", None, ["任务不归您填"]),
        (actor(DOER), "done", OPEN, []),
        (actor(HEAD, also=frozenset({DOER})), "done", OPEN, []),
        (actor(CLERK, "clerk"), "done", OPEN, ["第 1 条不归您办"]),
        (actor(CLERK, "clerk"), "drop", OPEN, ["第 1 条不归您撤"]),
        (actor(HEAD, "head"), "drop", OPEN, []),
        (actor(HEAD, "head"), "pass", OPEN, ["任务第 1 条已经不是这个状态，请刷新后再看"]),
        (actor(HEAD, "head"), "pass", DONE, []),
        (actor(HEAD, "head"), "return", DONE, []),
        (actor(RAISED_BY), "pass", DONE, ["第 1 条不归您验收"]),
        (actor(DOER, "head"), "pass", DONE, ["第 1 条是您办的，须由另一人验收"]),
        (actor(CLERK, "clerk"), "pass", DONE, ["第 1 条是您办的，须由另一人验收"]),
        (actor(HEAD, "head", also=frozenset({DOER})), "pass", DONE, ["第 1 条是您所代理的人办的，须由另一人验收"]),
    ],
)
def test_a_line_is_done_by_one_and_passed_by_another(
    who: Actor, act: str, row: RowView | None, said: list[str]
) -> None:
    rows = TOY.row("task")
    assert rows is not None
    assert row_refusals(TOY, case("doing"), who, rows, act, row) == said


def test_lines_have_their_states_and_some_are_one_a_person() -> None:
    vote, task = TOY.row("vote"), TOY.row("task")
    assert vote is not None
    assert task is not None
    voted = case(rows={"vote": (RowView(no=1, state="noted", added_by=DOER),)})
    assert row_refusals(TOY, voted, actor(DOER), vote, "add", None) == ["表态每人一条，您已经填过"]
    assert row_refusals(TOY, voted, actor(CLERK), vote, "add", None) == []
    assert row_refusals(TOY, case("doing"), actor(CLERK), vote, "add", None) == ["表态在“待派”时办，现在是“办理”"]
    noted = RowView(no=1, state="noted")
    assert row_refusals(TOY, case(), actor(HEAD, "head"), vote, "done", noted) == ["表态没有这一步"]


@pytest.mark.parametrize(
    ("states", "all_settled"),
    [
        ((), False),
        (("dropped",), False),
        (("passed", "dropped"), True),
        (("passed", "done"), False),
        (("open",), False),
    ],
)
def test_lines_are_settled_when_each_is_passed_or_dropped_and_one_passed(
    states: tuple[str, ...], all_settled: bool
) -> None:
    assert settled(tuple(RowView(no=n, state=s) for n, s in enumerate(states, 1))) is all_settled


def test_the_holder_and_the_raiser_are_words_too() -> None:
    loop = with_move("ready", by=("holder", "raiser"))
    view = case("doing", holder=CLERK)
    assert [tried(view, actor(p), "ready", loop=loop) for p in (CLERK, RAISED_BY, DOER)] == [[], [], ["“办完”不归您办"]]


def test_a_loop_finds_its_parts_by_their_codes() -> None:
    assert TOY.move("nothing") is None
    assert TOY.figure("nothing") is None
    assert with_state("raised", label="收到").state("raised").label == "收到"
    assert with_rows("vote", label="投票").row("vote").label == "投票"  # type: ignore[union-attr]
