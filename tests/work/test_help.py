"""问一问: only the two of them read it, whoever knows may take it, and nobody's name is ever counted."""

import ast
from pathlib import Path
from typing import Any

import pytest

from ronglu.store.models import AuditEntry, HelpRequest
from ronglu.work import help as verbs
from ronglu.work.help import BadHelp
from ronglu.work.queries.todo import todo
from tests.cast import AT, ON, Cast, cast

__all__ = ["cast"]


def ask(cast: Cast, by: str = "吴师傅", to: str = "李班长", **other: Any) -> HelpRequest:
    said = {"topic": "炉口清渣", "question": "粘渣怎么清得快？", "asked": cast.person[to] if to else None}
    return verbs.ask(plant=cast.plant, **(said | other), by=cast.account[by], at=AT)


def answer(request: HelpRequest, cast: Cast, by: str = "李班长", text: str = "趁热，分两次") -> HelpRequest:
    return verbs.answer(asking=request, answer=text, by=cast.account[by], at=AT)


def seen(cast: Cast, which: Any = verbs.mine) -> set[str]:
    """Who sees anything at all."""
    return {name for name in cast.names if which(scope=cast.scope(name)).exists()}


@pytest.mark.covers("S0-17")
def test_a_question_is_answered_and_the_asker_says_whether_it_helped(cast: Cast) -> None:
    request = answer(ask(cast), cast)
    assert (request.state, request.answer) == ("answered", "趁热，分两次")
    done = verbs.settle(asking=request, helped=True, by=cast.account["吴师傅"], at=AT)
    assert done.get_state_display() == "帮上了"


@pytest.mark.covers("S0-17")
def test_only_the_two_of_them_read_it(cast: Cast) -> None:
    answer(ask(cast), cast)
    assert seen(cast) == {"吴师傅", "李班长"}
    assert seen(cast, verbs.waiting) == set()


def test_whoever_knows_is_every_member_of_the_plant_until_one_takes_it(cast: Cast) -> None:
    request = ask(cast, to="")
    members = {"李班长", "王书记", "何组长", "马主任", "孙干事", "郑师傅", "高书记"}
    assert (seen(cast, verbs.waiting), seen(cast)) == (members, {"吴师傅"})
    answer(request, cast, by="郑师傅")
    assert (seen(cast, verbs.waiting), seen(cast)) == (set(), {"吴师傅", "郑师傅"})


def test_a_member_who_asks_whoever_knows_does_not_find_his_own_question(cast: Cast) -> None:
    ask(cast, by="何组长", to="")
    assert "何组长" not in seen(cast, verbs.waiting)


def test_of_two_who_take_a_question_at_once_one_is_told(cast: Cast) -> None:
    request = ask(cast, to="")
    stale = HelpRequest.objects.get(pk=request.pk)
    answer(request, cast, by="郑师傅")
    with pytest.raises(BadHelp, match="这个问题已回答，不能再办这一步"):
        answer(stale, cast, by="何组长")
    assert HelpRequest.objects.get().asked == cast.person["郑师傅"]


def test_nobody_answers_for_another_or_himself_and_only_the_asker_settles(cast: Cast) -> None:
    request = ask(cast)
    with pytest.raises(BadHelp, match="这个问题不是问您的"):
        answer(request, cast, by="王书记")
    with pytest.raises(BadHelp, match="自己问的，不能自己回答"):
        answer(request, cast, by="吴师傅")
    with pytest.raises(BadHelp, match="等回答，不能再办这一步"):
        verbs.settle(asking=request, helped=True, by=cast.account["吴师傅"], at=AT)
    answer(request, cast)
    with pytest.raises(BadHelp, match="由提问的人说"):
        verbs.settle(asking=request, helped=True, by=cast.account["李班长"], at=AT)


def test_questions_that_cannot_be_are_refused(cast: Cast) -> None:
    for said, why in (
        ({"to": "吴师傅"}, "不用问自己"),
        ({"to": "邻厂书记"}, "不在本厂"),
        ({"question": " "}, "请填写问题"),
        ({"topic": ""}, "请填写关于什么"),
        ({"by": "集团"}, "没有对应的人员"),
    ):
        with pytest.raises(ValueError, match=why):
            ask(cast, **said)


def test_it_leaves_no_line_in_the_trail_from_which_somebody_could_count(cast: Cast) -> None:
    verbs.settle(asking=answer(ask(cast), cast), helped=False, by=cast.account["吴师傅"], at=AT)
    assert AuditEntry.objects.count() == 0


def test_no_code_outside_the_two_rooms_of_help_reads_the_questions() -> None:
    """Whoever wants to count has to write the name of the table: only its own verbs do, and they do not count."""
    import ronglu

    root = Path(ronglu.__file__).parent
    files = {
        p.relative_to(root).as_posix(): p.read_text("utf-8") for p in root.rglob("*.py") if "migrations" not in p.parts
    }
    using = {name for name, text in files.items() if "HelpRequest" in text or "help_requests" in text}
    assert using == {"store/models/help.py", "store/models/__init__.py", "work/help.py", "web/help/views.py"} & set(
        files
    )
    counting = {"count", "annotate", "aggregate", "values", "values_list", "Count", "Counter", "alias"}
    for name in ("work/help.py", "web/help/views.py"):
        called = {n.attr for n in ast.walk(ast.parse(files.get(name, ""))) if isinstance(n, ast.Attribute)}
        called |= {n.id for n in ast.walk(ast.parse(files.get(name, ""))) if isinstance(n, ast.Name)}
        assert not called & counting, name


def test_who_is_asked_is_told_that_somebody_waits_and_not_how_many(cast: Cast) -> None:
    def told(name: str) -> list[tuple[str, int]]:
        return [(one.kind, one.count) for one in todo(scope=cast.scope(name), on=ON) if one.kind == "help"]

    ask(cast)
    ask(cast, topic="天车")
    assert (told("李班长"), told("吴师傅"), told("王书记")) == ([("help", 0)], [], [])
