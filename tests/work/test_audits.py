"""The audit trail: written with the deed, also when someone was refused; never changed, never a witness against the anonymous."""

import pytest
from django.db import transaction

from ronglu.store.models import AuditEntry, Feedback
from ronglu.work import audits, feedback
from ronglu.work.feedback import FeedbackProblem
from ronglu.work.scope import Refused
from tests.cast import AT, ON, Cast, cast  # noqa: F401


def test_a_refused_look_at_a_persons_points_is_written_down(cast: Cast) -> None:
    refusal = audits.check(
        scope=cast.scope("马主任"),
        verb="scores_of_persons.see",
        subject=cast.person["李班长"],
        by=cast.account["马主任"],
        at=AT,
    )
    assert refusal is not None and refusal.hidden
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.outcome, entry.account.staff_no, entry.subject) == (  # type: ignore[union-attr]
        "scores_of_persons.see",
        "refused",
        "20107",
        f"person:{cast.person['李班长'].pk}",
    )


def test_a_look_that_is_allowed_and_an_ordinary_refusal_are_not(cast: Cast) -> None:
    mine = audits.check(
        scope=cast.scope("李班长"),
        verb="scores_of_persons.see",
        subject=cast.person["李班长"],
        by=cast.account["李班长"],
        at=AT,
    )
    other = audits.check(scope=cast.scope("李班长"), verb="readings.audit", by=cast.account["李班长"], at=AT)
    assert mine is None and other is not None
    assert not AuditEntry.objects.exists()


def test_what_was_rolled_back_is_not_in_the_trail(cast: Cast) -> None:
    with transaction.atomic():
        audits.record(verb="accounts.reset", by=cast.account["系统管理员"], at=AT)
        transaction.set_rollback(True)
    assert not AuditEntry.objects.exists()


def test_nothing_in_the_room_changes_or_removes_an_entry() -> None:
    assert {name for name in vars(audits) if not name.startswith("_") and callable(vars(audits)[name])} >= {
        "record",
        "refused",
        "check",
        "entries",
    }
    assert not {name for name in vars(audits) if name.startswith(("delete", "update", "edit", "remove", "clear"))}


def test_anonymous_feedback_leaves_no_trace_of_its_writer(cast: Cast) -> None:
    feedback.write(text="更衣室的灯坏了三周", on=ON, page="/home/", plant=cast.plant)
    row = Feedback.objects.get()
    assert (row.account, row.written_on, row.page) == (None, ON, "/home/")
    assert not AuditEntry.objects.exists()


def test_a_writer_may_give_his_name(cast: Cast) -> None:
    feedback.write(text="希望换班表提前两天贴出", on=ON, plant=cast.plant, by=cast.account["吴师傅"])
    assert Feedback.objects.get().account == cast.account["吴师傅"]


def test_unanswered_is_read_by_those_who_answer_answered_by_all_of_the_plant(cast: Cast) -> None:
    def read_by(name: str) -> int:
        return feedback.visible(scope=cast.scope(name)).count()

    feedback.write(text="更衣室的灯坏了三周", on=ON, plant=cast.plant)
    readers = ("冯主席", "孙干事", "吴师傅", "马主任", "邻厂书记", "外人", "系统管理员")
    assert [read_by(name) for name in readers] == [1, 1, 0, 0, 0, 0, 0]
    feedback.answer(
        feedback=Feedback.objects.get(),
        text="已报修，周五换好",
        scope=cast.scope("冯主席"),
        by=cast.account["冯主席"],
        at=AT,
    )
    assert [read_by(name) for name in readers] == [1, 1, 1, 1, 0, 0, 0]


def test_a_named_writer_sees_his_own_while_it_waits(cast: Cast) -> None:
    feedback.write(text="请公开分值", on=ON, plant=cast.plant, by=cast.account["吴师傅"])
    assert feedback.visible(scope=cast.scope("吴师傅")).count() == 1
    assert feedback.visible(scope=cast.scope("李班长")).count() == 0


@pytest.mark.parametrize("name", ["吴师傅", "马主任", "邻厂书记", "系统管理员"])
def test_only_the_union_and_the_party_office_answer(cast: Cast, name: str) -> None:
    row = feedback.write(text="更衣室的灯坏了三周", on=ON, plant=cast.plant)
    with pytest.raises(Refused):
        feedback.answer(feedback=row, text="不归我管", scope=cast.scope(name), by=cast.account[name], at=AT)


def test_an_empty_word_is_refused_both_ways(cast: Cast) -> None:
    with pytest.raises(FeedbackProblem, match="请写下内容"):
        feedback.write(text="  ", on=ON, plant=cast.plant)
    row = feedback.write(text="灯坏了", on=ON, plant=cast.plant)
    with pytest.raises(FeedbackProblem, match="请写下答复"):
        feedback.answer(feedback=row, text=" ", scope=cast.scope("冯主席"), by=cast.account["冯主席"], at=AT)
