"""The risk list: what is graded, what controls it, what hazards say of them, and the table that fills it."""

import datetime as dt
from typing import Any

import pytest

from ronglu.config.plant import packs
from ronglu.kernel.regulation.finding import State
from ronglu.kernel.table import Row, TableFaults
from ronglu.store.models import Risk
from ronglu.work import life_findings, risks
from ronglu.work.queries import risks as queries
from ronglu.work.queries.places import Places
from ronglu.work.risks import BadRisk
from ronglu.work.tables import risks as table
from tests.cast import AT, ON, Cast, cast  # noqa: F401
from tests.work.test_bulletins import hazard


def register(cast: Cast, **more: Any) -> Risk:
    said = {
        "unit": cast.unit["QL-R1"], "activity": "转炉出钢", "what": "钢水喷溅烫伤", "post": "炉长", "grade": "red",
        "controls": ["出钢前清场", "穿隔热服"],
    }  # fmt: skip
    return risks.register(plant=cast.plant, by=cast.account["赵安全员"], at=AT, **(said | more))


def change(cast: Cast, risk: Risk, **said: Any) -> Risk:
    return risks.change(risk=risk, by=cast.account["赵安全员"], at=AT, **said)


def controls(risk: Risk) -> list[tuple[int, str]]:
    return [(one.no, one.text) for one in risk.controls.filter(dropped_on=None).order_by("no")]


def graded(cast: Cast, unit: str = "QL-R", on: dt.date = ON) -> list[State]:
    found = life_findings.judge(plant=cast.plant, on=on)
    key = cast.unit[unit].pk
    return [one.state for one in found if (one.rule, one.side, one.subject.id) == ("R-SAF-05", "graded", key)]


def test_a_workshop_without_a_list_is_asked_nothing_and_one_with_it_is_asked_for_every_colour(cast: Cast) -> None:
    assert graded(cast) == []
    risk = register(cast)
    assert graded(cast) == [State.OK]  # this year alone: of last year's list nothing is known
    bare = register(cast, grade="", activity="吊包")
    assert graded(cast) == [State.MISSED]
    change(cast, bare, grade="blue")
    assert graded(cast) == [State.OK]
    assert graded(cast, "QL-F") == []
    risks.end(risk=risk, reason="工艺取消", by=cast.account["赵安全员"], at=AT)


def test_a_control_keeps_its_number_while_its_words_stay_and_a_new_one_gets_a_new_number(cast: Cast) -> None:
    risk = register(cast)
    change(cast, risk, controls=["穿隔热服", "设挡板"])
    assert controls(risk) == [(2, "穿隔热服"), (3, "设挡板")]
    change(cast, risk, controls=["出钢前清场"])
    assert controls(risk) == [(1, "出钢前清场")]


def test_a_hazard_picks_from_the_list_and_what_was_written_before_stays_as_it_is(cast: Cast) -> None:
    risk = register(cast)
    assert queries.offered(plant=cast.plant, on=ON) == ["FX-0001#1 出钢前清场", "FX-0001#2 穿隔热服"]
    hazard(cast, "2026-03-03", data={"control": "FX-0001#2 穿隔热服"})
    hazard(cast, "2026-03-03", data={"control": "没有护栏"})
    hazard(cast, "2026-03-03", data={"control": "FX-0001#1 出钢前清场"}, secrecy="confidential")
    (line,) = queries.lines([risk], plant=cast.plant)
    assert line.failed == 1
    linked = [
        one for one in life_findings.judge(plant=cast.plant, on=ON) if (one.rule, one.side) == ("R-SAF-05", "linked")
    ]
    assert [one.state for one in linked] == [State.OK, State.OK]


@pytest.mark.parametrize(
    ("said", "why"),
    [({"post": "李班长"}, "不写姓名"), ({"controls": [" "]}, "至少一条"), ({"grade": "pink"}, "等级应为"),
     ({"reviewed_on": dt.date(2026, 3, 11)}, "还没有到"), ({"what": ""}, "请填写风险"), ({"controls": ["长" * 91]}, "最多 90 字"),
     ({"code": "A#1"}, "含空格")],
)  # fmt: skip
def test_what_cannot_stand_on_the_list_is_refused_in_words(cast: Cast, said: dict[str, Any], why: str) -> None:
    with pytest.raises(BadRisk, match=why):
        register(cast, **said)
    assert not Risk.objects.exists()


def test_what_is_off_the_list_is_not_offered_and_not_changed(cast: Cast) -> None:
    risk = register(cast)
    risks.end(risk=risk, reason="设备拆除", by=cast.account["赵安全员"], at=AT)
    assert queries.offered(plant=cast.plant, on=ON + dt.timedelta(days=1)) == []
    with pytest.raises(BadRisk, match="已不在清单上"):
        change(cast, risk, grade="blue")


def take(cast: Cast, rows: list[list[Any]], who: str = "赵安全员") -> Any:
    declared = table.declare(plant=cast.plant, pack=packs().plants["qinglan"], on=ON)
    units = declared.column("unit").known
    grades = declared.column("grade").known
    codes = [column.code for column in declared.columns]
    told = []
    for number, row in enumerate(rows):
        values = dict(zip(codes, [one if one != "" else None for one in row], strict=True))
        values["unit"] = units[values["unit"]]
        values["grade"] = grades[values["grade"]] if values["grade"] else None
        told.append(Row("风险清单", number, values))
    return table.take(plant=cast.plant, pack=None, rows=told, by=cast.account[who], at=AT)  # type: ignore[arg-type]


LINE = ["FX-0007", "转炉线", "", "出钢", "烫伤", "橙", "清场\n穿隔热服", "炉长", dt.date(2026, 3, 1)]


def test_the_table_is_taken_once_and_what_is_written_out_and_read_back_changes_nothing(cast: Cast) -> None:
    done = take(cast, [LINE])
    assert (done.new, done.changed, done.unchanged) == (1, 0, 0)
    listed = list(queries.visible(scope=cast.scope("赵安全员"), plant=cast.plant, on=ON))
    out = table.cells(queries.lines(listed, plant=cast.plant), places=Places(cast.plant, ON))
    done = take(cast, out)
    assert (done.new, done.changed, done.unchanged) == (0, 0, 1)
    done = take(cast, [[*LINE[:5], "红（重大）", *LINE[6:]]])
    assert (done.changed, Risk.objects.get().grade) == (1, "red")


def test_a_row_of_a_unit_that_is_not_ones_own_and_a_name_for_a_post_are_told_by_their_row(cast: Cast) -> None:
    with pytest.raises(TableFaults) as wrong:
        take(cast, [["FX-1", "精炼线", *LINE[2:]]], who="马主任")
    assert "不在您的职责范围" in wrong.value.faults[0].what
    with pytest.raises(TableFaults) as wrong:
        take(cast, [[*LINE[:7], "李班长", None]])
    assert "不写姓名" in wrong.value.faults[0].what


def test_the_risk_of_another_workshop_is_not_taken_over_by_its_number(cast: Cast) -> None:
    """The row names a unit of his own, the number stands for somebody else's risk."""
    theirs = register(cast, unit=cast.unit["QL-F1"], code="FX-0007", activity="精炼出铜")
    with pytest.raises(TableFaults) as wrong:
        take(cast, [LINE], who="马主任")
    assert [(one.column, one.what) for one in wrong.value.faults] == [
        ("code", "编号 FX-0007 是别的单位的风险，不由您改；新的风险请另用一个编号")
    ]
    theirs.refresh_from_db()
    assert (theirs.unit, theirs.activity) == (cast.unit["QL-F1"], "精炼出铜")
    register(cast, code="FX-0008")
    assert take(cast, [["FX-0008", *LINE[1:]]], who="马主任").changed == 1
