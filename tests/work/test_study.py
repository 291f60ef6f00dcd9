"""Study: plans issued by another, topics taken up by meetings, what A2 and A3 make of them, and hours for the check alone."""

import datetime as dt
from decimal import Decimal

import pytest

from ronglu.config.plant import packs
from ronglu.facts import civil
from ronglu.facts import study as facts
from ronglu.kernel.regulation.facts import Study
from ronglu.kernel.time.period import Period
from ronglu.store.models import AgendaRow, Partition, StudyTopic
from ronglu.store.rulebook import regulations
from ronglu.work import education, gatherings_room, study, trainings
from ronglu.work.education import BadWord
from ronglu.work.gatherings_fill import Line
from ronglu.work.laid import BadLaying
from ronglu.work.queries import study as queries
from ronglu.work.queries import study_hours
from ronglu.work.study import BadStudy
from ronglu.work.trainings import BadTraining
from tests.cast import AT, Cast, cast
from tests.work.educated import LISTS, by, document, on, planned, taken, topic
from tests.work.gathered import arranged, came, close, held, opened

__all__ = ["cast"]
MARCH = Period.month(2026, 3)
YEAR = {"first": dt.date(2026, 1, 1), "last": dt.date(2026, 12, 31)}


def rows(cast: Cast, fact: str) -> list[tuple[str, int]]:
    found = facts.rows(plant=cast.plant, month=MARCH, loops={})
    return [(one["label"], one["num"]) for one in found if one["fact"] == fact]


@pytest.mark.covers("S1-18", "S2-08")
def test_each_audience_has_a_plan_with_its_own_standard(cast: Cast) -> None:
    for audience in LISTS.audiences.values():
        study.plan(body=cast.body["QL-B1"], year=2026, audience=audience, standard=audience.standard, **by(cast))
        with pytest.raises(BadStudy, match="已经有了"):
            study.plan(body=cast.body["QL-B1"], year=2026, audience=audience, standard="又一份", **by(cast))
    assert len({one.standard for one in cast.body["QL-B1"].study_plans.all()}) == 3


@pytest.mark.covers("S2-02")
def test_a_plan_is_issued_by_another_and_not_empty(cast: Cast) -> None:
    plan = planned(cast, issue=False)
    with pytest.raises(BadStudy, match="另一人"):
        study.issue(plan=plan, **by(cast, "王书记"))
    assert rows(cast, "study_topic") == []
    study.issue(plan=plan, **by(cast))
    assert rows(cast, "study_topic") == [("国企改革指导意见", 0)]
    with pytest.raises(BadStudy, match="已经下达"):
        study.issue(plan=plan, **by(cast))
    empty = study.plan(body=cast.body["QL-B2"], year=2026, audience=LISTS.audiences["staff"], standard="一", **by(cast))
    with pytest.raises(BadStudy, match="还没有专题"):
        study.issue(plan=empty, **by(cast, "高书记"))


def test_a_topic_lies_ahead_in_the_year_of_its_plan(cast: Cast) -> None:
    plan = planned(cast)
    for day in (dt.date(2026, 3, 9), dt.date(2027, 1, 5)):
        with pytest.raises(BadStudy, match="完成期限"):
            study.add(plan=plan, title="一题", form="policy", due_on=day, lists=LISTS, **by(cast))
    with pytest.raises(BadStudy, match="没有“quiz”这种形式"):
        topic(cast, plan, form="quiz")


@pytest.mark.covers("S2-02", "S0-37")
def test_a_topic_counts_when_the_meeting_decided_something(cast: Cast) -> None:
    plan = planned(cast)
    one = plan.topics.get()
    other = topic(cast, plan, "1+N 政策体系", 31, form="policy")
    taken(cast, one, decide=True)
    assert rows(cast, "study_topic") == [("国企改革指导意见", 1), ("1+N 政策体系", 0)]
    states = [found.state for found in queries.of_plans(plans=[plan], on=AT.date())]
    assert states == [queries.DONE, queries.AHEAD]
    assert [found.state for found in queries.of_plans(plans=[plan], on=dt.date(2026, 4, 1))] == [
        queries.DONE,
        queries.LATE,
    ]
    assert other.row is None


@pytest.mark.covers("S1-17")
def test_studied_and_talked_about_but_nothing_decided_is_held_and_does_not_count(cast: Cast) -> None:
    plan = planned(cast)
    taken(cast, plan.topics.get(), decide=False)
    assert [found.state for found in queries.of_plans(plans=[plan], on=AT.date())] == [queries.HELD]
    assert rows(cast, "study_topic") == [("国企改革指导意见", 0)]
    # discussed, tied to no work; what would hang on the missing link is not counted again
    assert rows(cast, "study_link") == [
        ("国企改革指导意见", 0), ("国企改革指导意见：研讨没有结合具体工作", 1), ("国企改革指导意见", 0),
    ]  # fmt: skip


@pytest.mark.covers("S1-17")
def test_work_without_a_policy_costs_one_link_and_a_document_mends_it(cast: Cast) -> None:
    plan = planned(cast)
    taken(cast, plan.topics.get(), decide=True)
    assert [num for _label, num in rows(cast, "study_link")] == [0, 0, 1]
    AgendaRow.objects.filter(topics__plan=plan).update(document=document(cast, kind="superior"))
    assert [num for _label, num in rows(cast, "study_link")] == [0, 0, 0]
    AgendaRow.objects.filter(topics__plan=plan).update(document=document(cast, "读本", kind="study"))
    assert [num for _label, num in rows(cast, "study_link")] == [0, 0, 1]


def test_a_draft_with_a_topic_that_ran_out_is_put_right_before_it_is_issued(cast: Cast) -> None:
    plan = planned(cast, issue=False)
    later = dt.datetime(2026, 4, 2, 9)
    with pytest.raises(BadStudy, match="期限 2026-03-31 已过"):
        study.issue(plan=plan, **by(cast, at=later))
    study.drop(topic=plan.topics.get(), reason="没有赶上", **by(cast, "王书记", later))
    topic(cast, plan, "四月的专题", due_on=dt.date(2026, 4, 30), **by(cast, "王书记", later))
    assert study.issue(plan=plan, **by(cast, at=later)).state == "issued"


def test_a_decision_after_the_last_day_of_the_topic_is_late(cast: Cast) -> None:
    plan = planned(cast)
    taken(cast, plan.topics.get(), decide=True)
    StudyTopic.objects.update(due_on=dt.date(2026, 3, 9))
    assert rows(cast, "study_topic") == [("国企改革指导意见", 0)]


def test_an_empty_line_of_the_guide_is_nothing_studied(cast: Cast) -> None:
    held(cast)
    assert AgendaRow.objects.filter(kind="study").exists() and rows(cast, "study_link") == []


def test_a_document_read_out_at_a_committee_is_no_study_item(cast: Cast) -> None:
    paper = document(cast)
    line = Line(block="study", kind="study", title=paper.title, source="document", document=paper.pk)
    meeting = opened(cast, "committee", "QL-B1", name="王书记", lines=(line,))
    came(cast, meeting, name="王书记")
    close(cast, meeting, name="王书记")
    assert rows(cast, "study_link") == []


@pytest.mark.covers("S1-17")
def test_a_document_read_out_at_a_group_meeting_is_studied_once_somebody_spoke_about_it(cast: Cast) -> None:
    """Two documents came onto the agenda by themselves; the crew talked about the first alone."""
    papers = [document(cast, title, "superior") for title in ("第一份", "第二份")]
    laid = tuple(
        Line(block="study", kind="study", title=one.title, source="document", document=one.pk) for one in papers
    )
    meeting = opened(cast, lines=laid)
    talk = meeting.agenda.get(kind="discuss", about__document=papers[0])
    gatherings_room.take_down(gathering=meeting, said={talk.pk: "护罩要补"}, given={}, **by(cast, "何组长"))
    came(cast, meeting)
    close(cast, meeting)
    assert rows(cast, "study_link") == [("第一份", 0), ("第一份：研讨没有结合具体工作", 1), ("第一份", 0)]


def test_a_topic_goes_to_a_meeting_of_its_own_body_that_is_still_ahead(cast: Cast) -> None:
    one = planned(cast).topics.get()
    with pytest.raises(BadLaying, match="不是这个党组织的"):
        study.take_up(topic=one, gathering=arranged(cast, body="QL-B2-甲", name="郑师傅"), **by(cast, "王书记"))
    done = held(cast)
    with pytest.raises(BadLaying, match="还没有开完"):
        study.take_up(topic=one, gathering=done, **by(cast, "王书记"))
    study.take_up(topic=one, gathering=arranged(cast, starts_at=on(12)), **by(cast, "王书记"))
    with pytest.raises(BadStudy, match="已经排在"):
        study.take_up(topic=one, gathering=arranged(cast, starts_at=on(13)), **by(cast, "王书记"))


def test_a_topic_is_called_off_in_time_only(cast: Cast) -> None:
    plan = planned(cast)
    with pytest.raises(BadStudy, match="已过"):
        study.drop(topic=plan.topics.get(), reason="并入下月", **by(cast, "王书记", dt.datetime(2026, 4, 1, 8)))
    study.drop(topic=plan.topics.get(), reason="并入下月", **by(cast, "王书记"))
    assert rows(cast, "study_topic") == []


def test_a_closed_meeting_marks_the_months_of_its_study(cast: Cast) -> None:
    plan = planned(cast)
    Partition.objects.filter(fact="study").delete()
    taken(cast, plan.topics.get(), decide=True)
    assert Partition.objects.get(plant=cast.plant, fact="study", month=202603).wanted >= 1


def test_each_fact_is_kept_once_there_is_something_to_keep(cast: Cast) -> None:
    kept = civil.kept(plant=cast.plant, loops={}, last=MARCH.last)
    assert not kept & {facts.TOPIC, facts.LINK}
    taken(cast, planned(cast).topics.get(), decide=True)
    assert civil.kept(plant=cast.plant, loops={}, last=MARCH.last) >= {facts.TOPIC, facts.LINK}


def hours(cast: Cast, name: str, kinds: tuple[str, ...] = ("group_meeting",)) -> tuple[Study, ...]:
    book = regulations(cast.plant)
    found = study_hours.study_of(people=[cast.person[name].pk], kinds=kinds, book=book, **YEAR)
    return found.get(cast.person[name].pk, ())


@pytest.mark.covers("S0-37")
def test_hours_come_from_closed_meetings_of_those_who_were_there(cast: Cast) -> None:
    held(cast, away=("李班长",))
    arranged(cast, starts_at=on(12))
    assert hours(cast, "何组长") == (Study(held_on=AT.date(), hours=Decimal(1)),)
    assert hours(cast, "李班长") == () and hours(cast, "何组长", ("lecture",)) == ()


def test_a_make_up_session_counts_once(cast: Cast) -> None:
    first = held(cast, away=("李班长",))
    held(cast, starts_at=on(12), makeup_of=first)
    assert [one.held_on.day for one in hours(cast, "李班长")] == [12]


def test_training_counts_by_half_days_as_the_rule_converts_them(cast: Cast) -> None:
    trainings.record(
        plant=cast.plant, title="支部书记轮训", first_on=on(2).date(), last_on=on(4).date(), half_days=5, rotation=True,
        people=[cast.person["王书记"]], **by(cast),
    )  # fmt: skip
    # two days of eight and half a day of four
    assert hours(cast, "王书记") == (Study(held_on=on(2).date(), hours=Decimal(20), training=True, rotation=True),)
    own = [{"rule": "R-EDU-05", "values": {"day": "6", "half_day": "3"}, "from_on": "2026-01-01"}]
    cast.plant.settings = {"org_rules": own}
    assert [one.hours for one in hours(cast, "王书记")] == [Decimal(15)]


def test_a_training_is_struck_and_counts_for_nobody(cast: Cast) -> None:
    said = {"plant": cast.plant, "title": "培训", "people": [cast.person["王书记"]], **by(cast)}
    row = trainings.record(first_on=on(2).date(), last_on=on(2).date(), half_days=2, **said)
    trainings.strike(training=row, reason="登错了人", **by(cast))
    assert hours(cast, "王书记") == ()
    for first, last, halves, words in (
        (on(2), on(2), 3, "最多 2 个半天"), (on(9), on(11), 2, "培训结束后"), (dt.datetime(2025, 12, 31), on(1), 2, "跨年"),
    ):  # fmt: skip
        with pytest.raises(BadTraining, match=words):
            trainings.record(first_on=first.date(), last_on=last.date(), half_days=halves, **said)
    trainings.record(first_on=on(2).date(), last_on=on(2).date(), half_days=2, **said)
    with pytest.raises(BadTraining, match="一人只登记一次"):
        trainings.record(first_on=on(2).date(), last_on=on(2).date(), half_days=1, **said)
    stranger = {**said, "people": [cast.person["邻厂书记"]]}
    with pytest.raises(BadTraining, match="不都是本厂"):
        trainings.record(first_on=on(2).date(), last_on=on(2).date(), half_days=2, **stranger)


@pytest.mark.covers("S1-18", "S2-04", "S2-06", "S2-08")
def test_audiences_forms_and_themes_are_defaults_of_ours_that_a_plant_may_call_otherwise(cast: Cast) -> None:
    assert [(one.label, one.reach) for one in LISTS.audiences.values()] == [
        ("党政班子", "关键少数"), ("党员队伍", "最大多数"), ("员工队伍", "最大多数"),
    ]  # fmt: skip
    assert len({one.standard for one in LISTS.audiences.values()}) == 3
    assert [one.label for one in LISTS.themes.values()][:3] == ["讲政治", "顾大局", "守纪律"]
    assert LISTS.forms["situation"].label == "形势任务教育" and LISTS.forms["situation"].audience == "staff"
    assert LISTS.note == "系统默认，可修改"
    said = {"plant": cast.plant, "declared": LISTS, "name": "themes", **by(cast)}
    own = education.word(code="whole", words="顾全大局", **said)
    assert own.themes["whole"].label == "顾全大局" and own.themes["politics"] == LISTS.themes["politics"]
    cast.plant.refresh_from_db()
    assert education.lists_of(cast.plant, LISTS).themes["whole"].label == "顾全大局"
    assert education.word(code="whole", words=" ", **said).themes["whole"].label == "顾大局"
    with pytest.raises(BadWord, match="没有这一项"):
        education.word(code="gone", words="甲", **said)
    assert packs().base.education.themes["whole"].label == "顾大局"
