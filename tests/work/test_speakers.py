"""Several lead speakers where the guide or the form of study has them, one elsewhere; rules and agenda read them all."""

import datetime as dt

import pytest

from ronglu.kernel.gathering.errors import GatheringTrouble
from ronglu.kernel.gathering.guide import guide_of, load_guests, problems
from ronglu.kernel.regulation.finding import State
from ronglu.work import gatherings_guests, gatherings_room, study
from ronglu.work.guides import declared, guests
from ronglu.work.study import BadStudy
from tests.cast import AT, Cast, cast
from tests.work.educated import planned, topic
from tests.work.gathered import arranged, by, opened
from tests.work.lived import held
from tests.work.test_life_findings import MARCH, states

__all__ = ["cast"]


def test_the_central_group_names_several_and_a_lecture_one(cast: Cast) -> None:
    one = {kind: next((i for i in guide.inputs if i.code == "speaker"), None) for kind, guide in declared().items()}
    assert one["central_study"] and one["central_study"].many
    assert one["lecture"] and not one["lecture"].many
    row = opened(cast, "central_study", "QL-C", name="孙干事")
    two = [cast.person["孙干事"], cast.person["马主任"], cast.person["孙干事"]]
    gatherings_room.take_down(gathering=row, said={}, given={"speaker": two}, **by(cast, "孙干事"))
    row.refresh_from_db()
    assert row.data["speaker_name"] == "孙干事、马主任", "each once, in the order they were named"
    gatherings_room.take_down(gathering=row, said={}, given={"speaker": []}, **by(cast, "孙干事"))
    row.refresh_from_db()
    assert row.data["speaker"] is None


def test_only_a_person_may_be_many() -> None:
    row = {
        "kind": "talk",
        "label": "谈",
        "held_by": ["branch"],
        "blocks": [{"code": "a", "label": "甲", "kind": "study"}],
    }
    wrong = guide_of(row | {"inputs": [{"code": "topic", "label": "题目", "kind": "line", "many": True}]})
    assert problems(wrong) == ["谈：题目不是人，不能写 many"]
    with pytest.raises(GatheringTrouble, match="union 写了两遍"):
        load_guests({"guests": [{"code": "union", "label": "工会"}] * 2})
    assert "superior" in guests()


def test_the_secretary_among_several_speakers_is_found_by_the_rule(cast: Cast) -> None:
    two = [cast.person["孙干事"].pk, cast.person["高书记"].pk]
    held(cast, "QL-C", "lecture", MARCH, data={"speaker": two})
    assert states(cast, "R-LIFE-04", "QL-C") == {"2026": State.OK}


def test_a_topic_of_the_central_group_has_several_who_lead_it_and_its_line_on_the_agenda_says_so(cast: Cast) -> None:
    plan = planned(cast, "QL-B1", "leaders", issue=False)
    one, two = cast.person["王书记"], cast.person["马主任"]
    row = topic(cast, plan, "改革文件", form="central", speaker=one, others=[two, one])
    assert [who.name for who in study.leading(row)] == ["王书记", "马主任"]
    meeting = arranged(cast, "theme_day", "QL-B1", name="王书记", starts_at=AT + dt.timedelta(days=2))
    line = study.take_up(topic=row, gathering=meeting, **by(cast, "王书记"))
    assert line.figures["note"] == "领学人：王书记、马主任"
    with pytest.raises(BadStudy, match="政策学习只写一位领学人"):
        topic(cast, plan, "另一题", form="policy", speaker=one, others=[two])
    with pytest.raises(BadStudy, match="先写第一位领学人"):
        topic(cast, plan, "另一题", form="central", others=[two])


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "列席的写一样"), ({"who": "superior", "count": 0}, "1 到 99"), ({"who": "张三"}, "没有“张三”这种身份"),
        ({"person": "邻厂书记"}, "外来的只记身份和人数"), ({"person": "李班长"}, "应到的人"),
        ({"person": "周统计员", "who": "superior"}, "列席的写一样"),
    ],
)  # fmt: skip
def test_a_guest_is_one_of_the_plant_or_an_office_and_never_a_name_from_outside(
    cast: Cast, said: dict, words: str
) -> None:
    row = arranged(cast)
    told = said | ({"person": cast.person[said["person"]]} if "person" in said else {})
    with pytest.raises(GatheringTrouble, match=words):
        gatherings_guests.invite(gathering=row, **told, **by(cast))
    row.refresh_from_db()
    assert row.guests == [] and not row.people.filter(due=False).exists()
