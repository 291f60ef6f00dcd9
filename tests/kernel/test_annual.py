"""The annual plan as values: eight stages by two sides, the goal tree, platforms and their cadence, and the lists as declared."""

import datetime as dt
from typing import Any

import pytest

from ronglu.config.plant import packs
from ronglu.kernel.annual.book import read
from ronglu.kernel.annual.errors import AnnualTrouble
from ronglu.kernel.annual.goal import GoalNode, gaps, may_stand_under
from ronglu.kernel.annual.joint import Joint, JointStamp, due_day, lacking
from ronglu.kernel.annual.platform import PlatformStand, PostKind, Rhythm, reach

DUE = dt.date(2026, 3, 10)
BEFORE, AFTER = dt.date(2026, 3, 9), dt.date(2026, 3, 11)


def stamp(party: dt.date | None = None, line: dt.date | None = None) -> JointStamp:
    return JointStamp(stage=Joint.PLAN, due_on=DUE, party_on=party, line_on=line)


@pytest.mark.parametrize(
    ("party", "line", "on", "state"),
    [
        (None, None, BEFORE, "open"),
        (BEFORE, None, BEFORE, "half"),
        (None, None, DUE, "open"),
        (None, BEFORE, AFTER, "missed"),
        (BEFORE, DUE, AFTER, "kept"),
        (BEFORE, AFTER, AFTER, "late"),
    ],
)
@pytest.mark.covers("S1-11")
def test_a_stage_is_kept_only_when_both_sides_confirmed_it_by_its_day(
    party: dt.date | None, line: dt.date | None, on: dt.date, state: str
) -> None:
    assert stamp(party, line).state(on) == state
    assert stamp(party, line).kept == (state == "kept")


@pytest.mark.covers("S1-11")
def test_what_is_missing_is_told_by_stage_and_side() -> None:
    told = [
        stamp(party=BEFORE),
        JointStamp(stage=Joint.REPORT, due_on=BEFORE),
        JointStamp(stage=Joint.CARRY, due_on=dt.date(2026, 4, 1)),
    ]
    assert lacking(told, AFTER) == ((Joint.PLAN, ("line",)), (Joint.REPORT, ("party", "line")))


def test_the_days_of_the_stages_lie_inside_the_task() -> None:
    first, last = dt.date(2026, 1, 1), dt.date(2026, 4, 11)  # a hundred days on
    assert [due_day(first, last, share) for share in (0, 5, 100)] == [first, dt.date(2026, 1, 6), last]


@pytest.mark.parametrize(
    ("child", "parent", "may"),
    [
        ("committee", "committee", True), ("branch", "committee", True), ("group", "branch", True), ("member", "group", True),
        ("member", "branch", True), ("branch", "group", False), ("branch", "joint", False), ("group", "group", False),
    ],
)  # fmt: skip
@pytest.mark.covers("S0-03")
def test_goals_go_down_from_plant_to_member(child: str, parent: str, may: bool) -> None:
    assert may_stand_under(child, parent) is may


@pytest.mark.covers("S0-03")
def test_weights_and_missing_branches_are_told() -> None:
    nodes = [
        GoalNode(key=1, code="1", level="committee"),
        GoalNode(key=2, code="1.1", level="branch", parent=1, weight=60),
        GoalNode(key=3, code="1.2", level="branch", parent=1, weight=30),
        GoalNode(key=4, code="1.3", level="branch", parent=1, weight=10, over=True),
        GoalNode(key=5, code="2", level="committee"),
        GoalNode(key=6, code="2.1", level="committee", parent=5),
        GoalNode(key=7, code="3", level="committee"),
        GoalNode(key=8, code="3.1", level="branch", parent=7),
    ]
    found = gaps(nodes)
    # 60 + 30 without the dropped 10; goal 2 and its part never reach a branch; 3 has parts without weights
    assert found.weights == ((1, 90),)
    assert found.unbroken == (5, 6)


@pytest.mark.parametrize(
    ("rhythm", "last", "silent"),
    [
        (Rhythm.MONTH, None, True),
        (Rhythm.MONTH, dt.date(2026, 1, 31), True),
        (Rhythm.MONTH, dt.date(2026, 2, 1), False),
        (Rhythm.MONTH, dt.date(2026, 3, 1), False),
        (Rhythm.QUARTER, dt.date(2025, 10, 1), False),
        (Rhythm.NEED, None, False),
    ],
)
@pytest.mark.covers("S1-25")
def test_a_platform_is_silent_when_its_last_whole_period_went_by_without_it(
    rhythm: Rhythm, last: dt.date | None, silent: bool
) -> None:
    assert rhythm.silent(since=dt.date(2025, 1, 1), last=last, on=DUE) is silent


def test_a_platform_that_began_inside_the_period_is_not_silent_yet() -> None:
    assert not Rhythm.MONTH.silent(since=dt.date(2026, 2, 2), last=None, on=DUE)
    assert Rhythm.MONTH.silent(since=dt.date(2026, 2, 1), last=None, on=DUE)


@pytest.mark.covers("S1-25")
def test_posts_and_categories_that_no_platform_reaches_are_told() -> None:
    both = frozenset({PostKind.PRODUCTION, PostKind.EQUIPMENT})
    found = reach([PlatformStand(key=1, category="study", posts=both)], ["study", "care"])
    assert found.posts == {PostKind.PRODUCTION: 1, PostKind.SERVICE: 0, PostKind.EQUIPMENT: 1}
    assert found.bare == ("service", "care")


@pytest.mark.covers("S1-25", "S1-10", "S1-11", "S0-43")
def test_the_lists_are_declared_as_defaults_of_ours() -> None:
    book = packs().base.annual
    assert (len(book.categories), len(book.platforms), len(book.grips), len(book.joints)) == (5, 12, 3, 8)
    assert {one.category for one in book.platforms.values()} == set(book.categories)
    assert {kind for one in book.platforms.values() for kind in one.posts} == set(PostKind)
    fields = [one.zh for one in book.themes.values() if one.kind == "field"]
    assert fields == ["规模增效", "成本控制", "三项制度改革", "精益管理"]
    assert book.status == "系统默认，可修改"


@pytest.mark.covers("S1-10")
def test_every_campaign_and_meeting_has_exactly_one_of_the_three() -> None:
    book, kits = packs().base.annual, packs().base.kits
    named = [code for grip in book.grips.values() for code in grip.of.get("campaign", ())]
    assert sorted(named) == sorted(kits)
    assert book.grip_of("campaign", "overhaul") == "benefit"
    assert book.grip_of("gathering", "assembly") == "base"  # named nowhere: the first


def test_lists_that_are_declared_wrong_are_refused_with_every_fault() -> None:
    data: dict[str, Any] = {
        "status": "系统默认", "themes": [{"code": "a", "zh": "甲", "en": "A", "kind": "slogan"}], "grips": [{"code": "base", "zh": "抓", "en": "b"}],
        "joints": [{"code": "plan", "zh": "同谋划", "en": "Plan", "share": 120}], "programmes": [{"code": "p", "zh": "乙", "en": "B", "grip": "x"}],
        "categories": [{"code": "c", "zh": "丙", "en": "C"}, {"code": "c", "zh": "丁", "en": "D"}],
        "platforms": [{"code": "t", "zh": "戊", "en": "E", "grip": "base", "category": "z", "rhythm": "daily", "posts": []}],
    }  # fmt: skip
    with pytest.raises(AnnualTrouble) as told:
        read(data)
    for words in (
        "kind 应为",
        "joints 应依次是",
        "share 应是",
        "grip 应为三抓三要之一",
        "写了两遍",
        "没有声明：z",
        "rhythm 应为",
        "p 的说明、产出和任务都要写 zh 和 en",
        "t 的说明、产出和任务都要写 zh 和 en",
    ):
        assert words in str(told.value)


def test_everything_a_platform_or_programme_says_is_told_in_both_languages() -> None:
    book = packs().base.annual
    told = [pair for one in book.platforms.values() for pair in ((one.says, one.says_en), (one.output, one.output_en))]
    for each in book.programmes.values():
        tasks = (pair for step in each.steps for pair in zip(step.tasks, step.tasks_en, strict=True))
        told += [(each.says, each.says_en), *tasks]
    assert len(told) > 2 * len(book.platforms) and [pair for pair in told if not all(pair)] == []
