"""The source profile: told wrong before any file is read, the same after a trip through JSON and YAML."""

import json

import pytest

from ronglu.exchange.profile import Clock, Column, Exclusion, Item, Measure, Profile, Ratio, Role, SheetRule
from ronglu.exchange.profile_text import ProfileError, from_dict, from_yaml, to_dict, to_yaml
from ronglu.kernel.time.stamp import StampMode
from tests.exchange.books import FORM_FULL, day_profile, form, item, long_profile, value

FULL = long_profile(
    Column(Role.LINE, ("产线", "系统"), required=False),
    value("处理量", "feed", unit="t", factor="0.001", decimals=3, low="0", high="5000", percent="as_is"),
    name="一选厂日报",
    sheets=SheetRule(("日报",), r"\d+月", True),
    header_rows=2,
    lines={"1#": "G1"},
    shifts={"甲": 1},
    stamp=StampMode.CLOSES_24,
    clocks=(Clock("2026-01-01", "16:00", (("中", "16:00", "8"), ("夜", "00:00", "8"), ("白", "08:00", "8")), 26),),
    date_formats=("%Y/%m/%d",),
    decimal_comma=True,
    nulls=("-",),
    synonyms={"group.actual": ("今年数",)},
    ratios=(Ratio("a", "b", "c"),),
    exclusions=(Exclusion("a", "b", "同一笔"),),
)


@pytest.mark.parametrize("profile", [FULL, FORM_FULL], ids=["long", "matrix"])
def test_a_profile_survives_json_and_yaml(profile: Profile) -> None:
    assert from_dict(json.loads(json.dumps(to_dict(profile), ensure_ascii=False))) == profile
    assert from_yaml(to_yaml(profile)) == profile


def test_a_hand_written_yaml_is_read() -> None:
    profile = from_yaml("""
name: 手写
grain: hour
stamp: closes
interval_minutes: 60
line: L1
clocks: [{from_on: 2026-01-01, day_starts: 16:00, shifts: [[中, 16:00, 8], [夜, 00:00, 8], [白, 08:00, 8]]}]
columns:
  - {role: stamp, words: [时间]}
  - {role: value, words: [处理量], measure: {series: feed, low: 0, high: 12.5}}
""")
    assert profile.problems() == []
    assert profile.columns[1].measure == Measure(series="feed", low="0", high="12.5")
    assert profile.stamp is StampMode.CLOSES
    own = profile.own_calendar()
    assert own is not None
    assert own.problems() == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[1]", "名称: 内容"),
        ("name: [", "YAML"),
        ("{name: a, 颜色: red}", "不认识“颜色”"),
        ("{layout: long}", "缺少“name”"),
        ("{name: a, layout: round}", "round"),
        ("{name: a, header_rows: two}", "整数"),
        ("{name: a, columns: [{words: [a]}]}", "role"),
        ("{name: a, columns: 3}", "列表"),
        ("{name: a, stamp: ends}", "ends"),
    ],
)
def test_a_text_that_is_no_profile_says_where(text: str, words: str) -> None:
    with pytest.raises(ProfileError, match=words):
        from_yaml(text)


def test_a_stamp_mode_must_be_one_of_the_four() -> None:
    with pytest.raises(ValueError, match="ends"):
        day_profile(value("处理量", "feed"), stamp="ends")


@pytest.mark.parametrize(
    ("profile", "words"),
    [
        (Profile(name=""), "没有名称"),
        (day_profile(), "没有一列是数值"),
        (Profile(name="a", columns=(value("a", "feed"),), line="L"), "日期或时间"),
        (Profile(name="a", columns=(Column(Role.STAMP, ("日期",)), value("a", "feed")), line="L"), "班次列"),
        (day_profile(value("a", "feed"), line=""), "哪条产线"),
        (day_profile(value("a", "feed"), value("b", "feed")), "2 列都写入序列 feed"),
        (day_profile(value("a", "feed"), value("A ", "power")), "表头用词“a”写在 2 列"),
        (day_profile(value("a", "feed"), grain="hour"), "时段长度"),
        (day_profile(value("a", "feed"), grain="fortnight"), "fortnight"),
        (day_profile(value("a", "feed", low="9", high="1")), "下限 9 大于上限 1"),
        (day_profile(value("a", "feed", factor="x")), "系数“x”不是数"),
        (day_profile(value("a", "feed", decimals=12)), "小数位数"),
        (day_profile(value("a", "feed"), sheets=SheetRule(pattern="(")), "模式"),
        (day_profile(value("a", "feed"), nulls=("删除",)), "既表示空值又表示删除"),
        (day_profile(value("a", "feed"), clocks=(Clock("2026-01-01", "08:00", (("白", "08:00", "12"),)),)), "24 小时"),
        (day_profile(value("a", "feed"), clocks=(Clock("2026-01-01", "25:00", ()),)), "自有日历"),
        (form(item("a", "feed"), item("a", "power")), "写了 2 次"),
        (form(item("a", "feed"), take=("actual.week",)), "actual.week"),
        (form(Item("a")), "没有写序列代码"),
    ],
)
def test_what_is_wrong_with_a_profile_is_said(profile: Profile, words: str) -> None:
    assert any(words in text for text in profile.problems()), profile.problems()


def test_a_right_profile_has_no_problems() -> None:
    assert FULL.problems() == []
    assert FORM_FULL.problems() == []
