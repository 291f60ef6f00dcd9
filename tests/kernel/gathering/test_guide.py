"""The guides of meetings as declared: complete, readable, and a plant's own words over them."""

from dataclasses import replace
from typing import Any

import pytest

from ronglu.kernel.gathering import guide as declaration
from ronglu.kernel.gathering.errors import GatheringTrouble
from ronglu.kernel.gathering.guide import Block, BlockKind, Guide, as_data, guide_of, load, problems
from ronglu.kernel.regulation.facts import GATHERINGS
from ronglu.work.guides import declared


@pytest.mark.covers("S1-14")
def test_every_kind_that_a_regulation_asks_for_has_a_guide_under_the_same_name() -> None:
    found = declared()
    assert {kind: found[kind].label for kind in GATHERINGS} == dict(GATHERINGS)


@pytest.mark.covers("S0-33", "S1-22", "S1-23", "S2-09", "S4-08", "S0-38")
@pytest.mark.parametrize(
    "kind",
    ["lecture", "short_lecture", "crew_lesson", "salon", "reading_club", "tackle_meeting", "open_talk", "pact_meeting"],
)
def test_further_kinds_are_declared_beside_them(kind: str) -> None:
    assert declared()[kind].blocks


@pytest.mark.covers("S1-14")
def test_every_guide_says_what_is_prepared_or_filled_in_what_happens_and_what_comes_out() -> None:
    for one in declared().values():
        assert one.blocks and one.outputs and one.status == "系统默认，可修改", one.label


@pytest.mark.covers("S3-08")
def test_the_five_standing_blocks_of_a_group_meeting_are_there_as_the_systems_default() -> None:
    one = declared()["group_meeting"]
    labels = [block.label for block in one.blocks]
    five = ["学习研讨", "亮进度·亮差距·亮措施", "金点子征集", "责任区检查通报", "谈心与诉求收集"]
    assert [label for label in labels if label in five] == five
    assert "没有查到出处" in one.source


@pytest.mark.covers("S1-15")
def test_a_group_meeting_studies_reports_discusses_and_assigns_person_and_date() -> None:
    kinds = {block.kind for block in declared()["group_meeting"].blocks}
    assert {BlockKind.STUDY, BlockKind.REPORT, BlockKind.DISCUSS, BlockKind.ASSIGN} <= kinds


@pytest.mark.covers("S1-16")
def test_items_are_reported_discussed_or_shared() -> None:
    assert [BlockKind(code).label for code in ("report", "discuss", "share")] == ["汇报", "研讨", "分享"]


def test_a_guide_survives_being_stored() -> None:
    for one in declared().values():
        assert guide_of(as_data(one)) == one


def row(**changes: Any) -> dict[str, Any]:
    block = {"code": "talk", "label": "研讨", "kind": "discuss"}
    return {"kind": "tea", "label": "茶话会", "held_by": ["branch"], "blocks": [block]} | changes


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"held_by": []}, "缺 held_by"),
        ({"mood": "good"}, "不认识 mood"),
        ({"minutes": 0}, "时长 0 分钟不合理"),
        ({"blocks": []}, "一个环节也没有"),
        ({"blocks": [{"code": "a", "label": "甲", "kind": "sing"}]}, "没有“sing”这种环节"),
        ({"blocks": [{"code": "a", "label": " ", "kind": "study"}]}, "环节 a 没有名称"),
        ({"blocks": [{"code": "a", "label": "甲", "kind": "study"}] * 2}, "环节 a 写了两遍"),
        ({"blocks": [{"code": "a", "label": "甲", "kind": "study", "fill": ["gossip"]}]}, "没有“gossip”"),
        ({"inputs": [{"code": "x", "label": "等次", "kind": "choice"}]}, "等次没有可选的项"),
        ({"outputs": ["poem"]}, "没有“poem”这种成果"),
        ({"rhythm": "daily"}, "多久一次写错了"),
    ],
)
def test_a_fault_is_told_with_the_name_of_the_meeting(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(GatheringTrouble) as told:
        load({"kinds": [row(**changes)]})
    assert "茶话会" in str(told.value) and says in str(told.value)


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(GatheringTrouble) as told:
        load({"kinds": [row(minutes=0), row(kind="tea", rhythm="x")]})
    assert len(told.value.problems) == 3
    with pytest.raises(GatheringTrouble, match="会议类型 tea 写了两遍"):
        load({"kinds": [row(), row()]})


def words(**changes: Any) -> Guide:
    return declared()["group_meeting"].words(**changes)


@pytest.mark.covers("S3-08")
def test_a_plant_words_the_blocks_its_own_way() -> None:
    blocks = tuple(replace(one, label=f"本厂{one.label}") for one in declared()["group_meeting"].blocks)
    assert words(blocks=blocks).blocks[0].label == "本厂学习研讨"
    with pytest.raises(GatheringTrouble, match="一个环节也没有"):
        words(blocks=())


def test_what_the_rules_read_is_not_worded_away() -> None:
    with pytest.raises(GatheringTrouble, match="inputs"):
        words(inputs=())
    assert declaration.WORDED.isdisjoint({"inputs", "due", "votes", "elects", "convener", "held_by"})


def test_two_blocks_never_fill_in_the_same_thing() -> None:
    twice = Block(code="more", label="再来", kind=BlockKind.REPORT, fill=("figures",))
    guide = declared()["group_meeting"]
    assert problems(replace(guide, blocks=(*guide.blocks, twice))) == ["党小组会：带出来的内容 figures 写了两遍"]
