"""The ledger of outcomes: seven kinds, four answers each, counted once somebody else found the effect true."""

import datetime as dt
from typing import Any

import pytest

from ronglu.config.plant import packs
from ronglu.kernel.labour import LabourTrouble
from ronglu.store.models import Achievement, AuditEntry, Case
from ronglu.work import achievements
from ronglu.work.achievements import BadAchievement
from ronglu.work.queries import achievements as queries
from tests.cast import AT, ON, Cast, cast
from tests.work.loops_cast import LOOPS

__all__ = ["cast"]
RULES = packs().base.awards
# S1-51: the low-level fugitive gas of the furnace mouth
SAID = {
    "kind": "innovation",
    "title": "高密封性自抑结渣装置",
    "problem": "炉口低空污染",
    "solution": "改密封结构，自抑结渣",
    "application": "转炉炉口",
    "effect": "无组织排放下降",
    "day": ON,
}


def record(cast: Cast, **other: Any) -> Achievement:
    place = {"body": cast.body["QL-B1"], "unit": cast.unit["QL-R1"]}
    return achievements.record(**(SAID | place | other), by=cast.account["陈技术员"], at=AT)


def verify(row: Achievement, cast: Cast, name: str = "马主任", **other: Any) -> Achievement:
    said = {"holds": True, "verdict": "查烟气在线数据，属实"} | other
    return achievements.verify(achievement=row, **said, by=cast.account[name], at=AT)


@pytest.mark.covers("S1-51")
def test_an_outcome_says_problem_solution_application_and_effect(cast: Cast) -> None:
    row = record(cast)
    assert (row.problem, row.solution, row.application, row.effect) == (
        "炉口低空污染", "改密封结构，自抑结渣", "转炉炉口", "无组织排放下降",
    )  # fmt: skip
    assert row.get_state_display() == "待核实"


@pytest.mark.covers("S3-35", "S4-11", "S4-18")
def test_the_kinds_are_those_of_the_seeds() -> None:
    assert [zh for _code, zh in achievements.KINDS] == [
        "金点子", "技术创新成果", "科研孵化", "攻关立题", "专利", "攻关改善成果", "精益化管理举措", "获奖",
    ]  # fmt: skip


def test_it_counts_after_a_second_person_and_only_then(cast: Cast) -> None:
    row = record(cast)
    with pytest.raises(BadAchievement, match="登记的人不能自己核实"):
        verify(row, cast, "陈技术员")
    assert Achievement.objects.filter(state="verified").count() == 0
    done = verify(row, cast)
    assert (done.state, done.verified_by) == ("verified", cast.account["马主任"])
    with pytest.raises(BadAchievement, match="已核实，不能再办这一步"):
        verify(row, cast, "高书记")
    assert [e.verb for e in AuditEntry.objects.order_by("pk")] == ["achievements.record", "achievements.verify"]


def test_whoever_corrects_a_refused_one_does_not_verify_it(cast: Cast) -> None:
    row = verify(record(cast), cast, holds=False, verdict="数据没有变化")
    assert row.state == "rejected"
    words = {name: SAID[name] for name in achievements.WORDS} | {"effect": "粉尘下降一成"}
    again = achievements.correct(achievement=row, by=cast.account["马主任"], at=AT, **words)
    assert (again.state, again.effect, again.verdict) == ("recorded", "粉尘下降一成", "")
    with pytest.raises(BadAchievement, match="登记的人不能自己核实"):
        verify(again, cast, "马主任")
    assert AuditEntry.objects.get(verb="achievements.reject").detail == {"told": "数据没有变化"}


def test_a_verified_one_is_not_changed_any_more(cast: Cast) -> None:
    row = verify(record(cast), cast)
    with pytest.raises(BadAchievement, match="已核实，不能再办这一步"):
        achievements.correct(
            achievement=row, by=cast.account["陈技术员"], at=AT, **dict.fromkeys(achievements.WORDS, "改")
        )


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"kind": "poem"}, "没有“poem”这一类成果"),
        ({"day": ON + dt.timedelta(days=1)}, "形成日期 2026-03-11 还没有到"),
        ({"effect": " "}, "请填写效果"),
        ({"problem": ""}, "请填写解决什么问题"),
        ({"case_no": "无此号"}, "本厂没有编号为 无此号 的事项"),
        ({}, "技术创新成果“高密封性自抑结渣装置”已经登记过，同一成果只登记一次"),
    ],
)
def test_what_is_not_yet_an_outcome_is_refused(cast: Cast, said: dict[str, Any], why: str) -> None:
    record(cast)
    with pytest.raises(LabourTrouble, match=why):
        record(cast, **({"title": "另一项"} | said if said else {}))


def test_place_and_body_are_of_one_plant(cast: Cast) -> None:
    with pytest.raises(BadAchievement, match="不在同一个厂"):
        record(cast, unit=cast.unit["BS-F1"])


def test_an_outcome_names_the_case_it_came_out_of(cast: Cast) -> None:
    case = Case.objects.create(
        plant=cast.plant, loop="idea", version=1, number="JDZ-1", title="密封", state="raised", phase="open",
        raised_at=AT, entered_at=AT, unit=cast.unit["QL-R1"],
    )  # fmt: skip
    assert record(cast, case_no=" JDZ-1 ", loops=LOOPS).case == case


@pytest.mark.parametrize("hidden", [{"unit": None}, {"secrecy": "confidential"}])
def test_a_case_that_the_writer_may_not_see_is_answered_like_none(cast: Cast, hidden: dict[str, Any]) -> None:
    seen = {"unit": cast.unit["QL-R1"], "secrecy": "open"}
    Case.objects.create(
        plant=cast.plant, loop="request", version=1, number="SQ-1", title="食堂", state="raised", phase="open",
        raised_at=AT, entered_at=AT, **(seen | hidden),
    )  # fmt: skip
    said = []
    for number in ("SQ-1", "SQ-9"):
        with pytest.raises(LabourTrouble, match=f"本厂没有编号为 {number} 的事项") as refused:
            record(cast, case_no=number, loops=LOOPS)
        said.append(str(refused.value).replace(number, ""))
    assert said[0] == said[1]


def test_no_person_stands_in_the_ledger() -> None:
    """By body and kind, never by person: the accounts that wrote and verified are all there is of people."""
    related = {f.related_model.__name__ for f in Achievement._meta.get_fields() if f.related_model}
    assert "Person" not in related


def award(cast: Cast, by: str = "陈技术员", **other: Any) -> Achievement:
    said = {
        "title": "高密封性自抑结渣装置", "level": "province", "prize": "science", "organ": "省人民政府",
        "paper": "2025-J-3-041", "day": ON, "body": cast.body["QL-B1"], "unit": cast.unit["QL-R1"], "rules": RULES,
    }  # fmt: skip
    return achievements.award(**(said | other), by=cast.account[by], at=AT)


@pytest.mark.covers("S1-53")
def test_an_award_counts_by_year_and_level_once_another_has_seen_the_document(cast: Cast) -> None:
    """S1-53 tells of two provincial prizes: two are verified, a third of the year before, one is only claimed."""
    levels = [one.code for one in RULES.levels]
    for title, day in (("一", ON), ("二", ON), ("三", dt.date(2025, 12, 31))):
        verify(award(cast, title=title, day=day), cast)
    verify(award(cast, title="四", level="plant", paper="厂发〔2026〕3 号"), cast)
    award(cast, title="五")
    found = queries.awards(plant=cast.plant, levels=levels)
    assert levels == ["plant", "company", "province", "nation"]
    assert found.rows == ((2026, (1, 0, 2, 0)), (2025, (0, 0, 1, 0))) and found.total == (1, 0, 3, 0)
    assert queries.awards(plant=cast.neighbour, levels=levels) == queries.Awards((), ())


@pytest.mark.covers("S1-53")
def test_whoever_claims_an_award_does_not_verify_it(cast: Cast) -> None:
    row = award(cast)
    assert (row.kind, row.state, row.organ, row.paper) == ("award", "recorded", "省人民政府", "2025-J-3-041")
    with pytest.raises(BadAchievement, match="登记的人不能自己核实"):
        verify(row, cast, "陈技术员")
    assert verify(row, cast, holds=False, verdict="文件上是三等奖").state == "rejected"
    said = {"level": "company", "prize": "qc", "organ": "集团公司", "paper": "集发〔2026〕8 号", "rules": RULES}
    again = achievements.correct_award(achievement=row, **said, by=cast.account["马主任"], at=AT)
    assert (again.level, again.prize, again.state, again.verdict) == ("company", "qc", "recorded", "")
    with pytest.raises(BadAchievement, match="登记的人不能自己核实"):
        verify(again, cast, "马主任")
    assert verify(again, cast, "陈技术员").state == "verified"


def test_one_outcome_wins_at_several_levels_and_each_document_once(cast: Cast) -> None:
    award(cast)
    award(cast, level="nation", paper="2026-J-1-007")
    with pytest.raises(BadAchievement, match="的这份奖（2025-J-3-041）已经登记过"):
        award(cast)
    assert Achievement.objects.count() == 2


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"level": "world"}, "没有“world”这个级别，应为厂级、公司级、省部级、国家级之一"),
        ({"prize": "song"}, "没有“song”这个奖项"),
        ({"organ": " "}, "请填写授奖单位"),
        ({"paper": ""}, "请填写文号或证书号"),
        ({"title": ""}, "请填写名称"),
        ({"day": ON + dt.timedelta(days=1)}, "还没有到"),
    ],
)
def test_what_is_not_yet_an_award_is_refused(cast: Cast, said: dict[str, Any], why: str) -> None:
    with pytest.raises(LabourTrouble, match=why):
        award(cast, **said)


def test_an_award_and_an_outcome_are_not_taken_for_each_other(cast: Cast) -> None:
    with pytest.raises(BadAchievement, match="获奖请用“登记获奖”"):
        record(cast, kind="award")
    words = {name: SAID[name] for name in achievements.WORDS}
    with pytest.raises(BadAchievement, match="获奖请更正级别"):
        achievements.correct(achievement=award(cast), by=cast.account["马主任"], at=AT, **words)
    said = {"level": "company", "prize": "qc", "organ": "集团", "paper": "1", "rules": RULES}
    with pytest.raises(BadAchievement, match="这一项不是获奖"):
        achievements.correct_award(achievement=record(cast), **said, by=cast.account["马主任"], at=AT)
