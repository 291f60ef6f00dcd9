"""Key tasks: eight stages by two sides, each side by its own responsible, what was missed stays missed and costs item A5."""

import datetime as dt

import pytest

from ronglu.facts import civil
from ronglu.facts import key_tasks as facts
from ronglu.kernel.annual.errors import AnnualTrouble
from ronglu.kernel.annual.joint import Joint
from ronglu.kernel.time.period import Period
from ronglu.store.models import Deputy, KeyTask, KeyTaskStage, Partition
from ronglu.work import key_tasks
from ronglu.work.queries import key_tasks as queries
from tests.cast import ON, Cast, cast  # noqa: F401
from tests.work.planned import FIRST, LAST, confirm, key_task, meeting, said, stage

pytestmark = pytest.mark.django_db
# five, ten and forty per cent of a hundred days from 10 March
PLAN, DEPLOY, REPORT = dt.date(2026, 3, 15), dt.date(2026, 3, 20), dt.date(2026, 4, 19)


def due(cast: Cast, month: int) -> list[tuple[str, int, str]]:
    rows = facts.rows(plant=cast.plant, month=Period.month(2026, month), loops={})
    return [(row["label"].split()[-1], row["num"], row["state"]) for row in rows]


@pytest.mark.covers("S1-11")
def test_a_task_has_its_eight_stages_laid_out_over_its_time(cast: Cast) -> None:
    task = key_task(cast)
    assert [(one.stage, one.due_on) for one in task.stages.all()][:3] == [
        ("plan", PLAN),
        ("deploy", DEPLOY),
        ("report", REPORT),
    ]
    assert task.stages.count() == 8 and task.stages.get(stage="commend").due_on == LAST


@pytest.mark.covers("S1-11")
def test_each_side_confirms_for_itself_and_one_pair_of_hands_never_both(cast: Cast) -> None:
    task = key_task(cast)
    with pytest.raises(AnnualTrouble, match="王书记（党务）和马主任（行政）"):
        confirm(cast, task, Joint.PLAN, "孙干事", FIRST)
    one = confirm(cast, task, Joint.PLAN, "王书记", FIRST)
    assert (one.party_on, one.line_on) == (FIRST, None)
    with pytest.raises(AnnualTrouble, match="已经确认过"):
        confirm(cast, task, Joint.PLAN, "王书记", FIRST)
    Deputy.objects.create(
        absent=cast.person["马主任"],
        deputy=cast.person["王书记"],
        named_by=cast.account["马主任"],
        from_on=FIRST,
        until_on=dt.date(2026, 4, 1),
    )
    key_tasks.give(task=task, party=cast.person["高书记"], line=cast.person["马主任"], **said(cast, "孙干事"))
    with pytest.raises(AnnualTrouble, match="另一边也是您确认的"):
        confirm(cast, task, Joint.PLAN, "王书记", FIRST)  # now as deputy of the line's responsible
    assert confirm(cast, task, Joint.PLAN, "马主任", PLAN).line_on == PLAN


@pytest.mark.covers("S1-11")
def test_the_page_tells_what_is_missing_by_stage_and_side(cast: Cast) -> None:
    task = key_task(cast)
    confirm(cast, task, Joint.PLAN, "王书记", FIRST)
    told = queries.told(task, scope=cast.scope("马主任"), on=dt.date(2026, 3, 21))
    assert told.lacks == ((Joint.PLAN, ("line",)), (Joint.DEPLOY, ("party", "line")))
    assert told.state == "lacking"
    assert [one.state for one in told.stages][:3] == ["missed", "missed", "open"]
    assert [one.may_confirm for one in told.stages] == [True] * 8


@pytest.mark.covers("S1-11")
def test_item_a5_counts_the_stages_due_and_missing_of_the_branch(cast: Cast) -> None:
    task = key_task(cast)
    confirm(cast, task, Joint.PLAN, "王书记", FIRST)
    confirm(cast, task, Joint.PLAN, "马主任", PLAN)
    confirm(cast, task, Joint.DEPLOY, "王书记", DEPLOY)
    assert due(cast, 3) == [("同谋划", 0, "kept"), ("同部署", 1, "broken")]
    # made good after its day: it stands on the page, and the score stays as it was
    confirm(cast, task, Joint.DEPLOY, "马主任", dt.date(2026, 3, 25))
    assert due(cast, 3) == [("同谋划", 0, "kept"), ("同部署", 1, "broken")]
    row = facts.rows(plant=cast.plant, month=Period.month(2026, 3), loops={})[1]
    assert (row["fact"], row["item"], row["key"], row["branch"]) == (
        "key_task_stage",
        "A5",
        "missed",
        cast.body["QL-B1"].pk,
    )
    assert due(cast, 2) == []


def test_the_item_stays_unwired_until_a_stage_fell_due(cast: Cast) -> None:
    assert facts.FACT not in civil.kept(plant=cast.plant, loops={}, last=ON)
    key_task(cast)
    assert facts.FACT not in civil.kept(plant=cast.plant, loops={}, last=PLAN - dt.timedelta(days=1))
    assert facts.FACT in civil.kept(plant=cast.plant, loops={}, last=PLAN)


def test_a_write_marks_the_months_of_the_stages_it_moved(cast: Cast) -> None:
    task = key_task(cast)
    marked = Partition.objects.filter(plant=cast.plant, fact="key_tasks")
    assert list(marked.order_by("month").values_list("month", flat=True)) == [202603, 202604, 202605, 202606]
    before = dict(marked.values_list("month", "wanted"))
    deploy = stage(task, Joint.DEPLOY)
    key_tasks.move(stage=deploy, due_on=dt.date(2026, 4, 2), reason="检修提前", **said(cast, "孙干事"))
    after = dict(marked.values_list("month", "wanted"))
    assert {month for month in after if after[month] != before[month]} == {202603, 202604}


def test_a_day_that_has_gone_by_stays_where_it_was(cast: Cast) -> None:
    task = key_task(cast)
    late = dt.datetime(2026, 3, 16, 9)
    with pytest.raises(AnnualTrouble, match="已到期，不能再改日子"):
        key_tasks.move(stage=stage(task), due_on=dt.date(2026, 4, 1), reason="忙", **said(cast, "孙干事", late))
    with pytest.raises(AnnualTrouble, match="期限应在今天以后"):
        key_tasks.move(stage=stage(task, Joint.REPORT), due_on=FIRST, reason="提前", **said(cast, "孙干事", late))


def test_a_dropped_task_takes_only_the_stages_ahead_with_it(cast: Cast) -> None:
    task = key_task(cast)
    key_tasks.drop(task=task, reason="并入大修", **said(cast, "孙干事", dt.datetime(2026, 3, 16, 9)))
    assert list(KeyTaskStage.objects.filter(task=task, dropped=False).values_list("stage", flat=True)) == ["plan"]
    assert due(cast, 3) == [("同谋划", 1, "broken")]
    with pytest.raises(AnnualTrouble, match="已撤销"):
        confirm(cast, task, Joint.PLAN, "王书记", dt.date(2026, 3, 17))


@pytest.mark.covers("S1-11")
def test_a_task_is_through_when_all_eight_are_confirmed_by_both(cast: Cast) -> None:
    task, held = key_task(cast), meeting(cast)
    for which in Joint:
        key_tasks.confirm(stage=stage(task, which), scope=cast.scope("王书记"), gathering=held, **said(cast, "王书记"))
        task.refresh_from_db()
        assert task.state == "open"
        confirm(cast, task, which, "马主任", FIRST)
    task.refresh_from_db()
    assert task.state == "done"
    assert stage(task).gathering == held


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"first": dt.date(2026, 3, 9)}, "已过"),
        ({"last": dt.date(2026, 3, 1)}, "结束日应在"),
        ({"line": "王书记"}, "应是两个人"),
        ({"title": ""}, "请填写重点任务"),
    ],
)
def test_a_task_that_cannot_be_is_refused(cast: Cast, more: dict[str, object], words: str) -> None:
    if "line" in more:
        more = {"line": cast.person["王书记"]}
    with pytest.raises(Exception, match=words):
        key_task(cast, **more)


def test_only_what_waits_for_the_readers_own_side_is_his(cast: Cast) -> None:
    task = key_task(cast)
    confirm(cast, task, Joint.PLAN, "王书记", FIRST)
    soon = ON + dt.timedelta(days=7)
    assert [one.stage for one in queries.mine(scope=cast.scope("马主任"), until=soon)] == ["plan"]
    assert queries.mine(scope=cast.scope("王书记"), until=soon) == []
    assert queries.mine(scope=cast.scope("孙干事"), until=soon) == []


def test_who_stands_in_for_the_other_side_still_answers_for_his_own(cast: Cast) -> None:
    """马主任 of the line stands in for 王书记 of the Party's side: his own yes is the line's."""
    task = key_task(cast)
    Deputy.objects.create(
        absent=cast.person["王书记"], deputy=cast.person["马主任"], named_by=cast.account["王书记"], from_on=FIRST,
        until_on=dt.date(2026, 4, 1),
    )  # fmt: skip
    one = confirm(cast, task, Joint.PLAN, "马主任", FIRST)
    assert (one.party_on, one.line_on) == (None, FIRST)
    soon = ON + dt.timedelta(days=7)
    assert [one.stage for one in queries.mine(scope=cast.scope("马主任"), until=soon)] == []


def test_the_eight_keep_their_order_whatever_is_moved(cast: Cast) -> None:
    task = key_task(cast)
    with pytest.raises(AnnualTrouble, match="八个环节依次进行：同谋划应不晚于同部署（2026-03-20）"):
        key_tasks.move(stage=stage(task), due_on=dt.date(2026, 3, 21), reason="忙", **said(cast, "孙干事"))
    with pytest.raises(AnnualTrouble, match="同部署应不早于同谋划（2026-03-15）"):
        key_tasks.move(
            stage=stage(task, Joint.DEPLOY), due_on=dt.date(2026, 3, 14), reason="提前", **said(cast, "孙干事")
        )
    assert key_tasks.move(stage=stage(task), due_on=DEPLOY, reason="忙", **said(cast, "孙干事")).due_on == DEPLOY


def test_a_task_dropped_meanwhile_is_not_given_on_or_moved(cast: Cast) -> None:
    task = key_task(cast)
    before, its_stage = KeyTask.objects.get(pk=task.pk), stage(task)
    key_tasks.drop(task=task, reason="并入大修", **said(cast, "孙干事"))
    with pytest.raises(AnnualTrouble, match="已撤销"):
        key_tasks.give(task=before, party=cast.person["高书记"], line=cast.person["马主任"], **said(cast, "孙干事"))
    with pytest.raises(AnnualTrouble, match="已撤销"):
        key_tasks.move(stage=its_stage, due_on=FIRST, reason="提前", **said(cast, "孙干事"))
